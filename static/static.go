// Package static holds the stylesheet, the script and the libraries that pages load, embedded in the binary.
//
// Each file has an address that contains a hash of its content, so that a browser may keep it for ever.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

// Prefix is the path under which the files are served.
const Prefix = "/static/"

//go:embed app.css app.js find.js live.js menu.js session.js worksheet.js favicon.svg all:dist
var files embed.FS

// Files is the set of embedded files with their addresses.
type Files struct {
	addresses map[string]string // name to address
	assets    map[string]*asset // address to content
}

// asset is an embedded file. What is sent of it is made when somebody asks.
type asset struct {
	name    string // in files
	media   string
	once    sync.Once
	gzipped []byte
}

// Load returns the embedded files. An error means a damaged binary.
func Load() (*Files, error) {
	f := &Files{addresses: map[string]string{}, assets: map[string]*asset{}}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(path.Base(name), ".") {
			return err
		}
		return f.add(name)
	})
	if err != nil {
		return nil, fmt.Errorf("read the embedded files: %w", err)
	}
	return f, nil
}

func (f *Files) add(file string) error {
	content, err := files.ReadFile(file)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(content)
	name, extension := path.Base(file), path.Ext(file)
	address := Prefix + strings.TrimSuffix(name, extension) + "." + hex.EncodeToString(sum[:6]) + extension
	f.addresses[name] = address
	f.assets[address] = &asset{name: file, media: mediaOf(extension)}
	return nil
}

// mediaOf says what a file is by its extension. The tables of the machine are large, and may say something else on the
// next one.
func mediaOf(extension string) string {
	switch extension {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return "application/octet-stream"
}

// Address returns the path of a file by its name, and the empty string where it is not part of this build.
func (f *Files) Address(name string) string { return f.addresses[name] }

// ServeHTTP answers with the file whose address is the request's path.
func (f *Files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a, ok := f.assets[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	header := w.Header()
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	header.Set("Content-Type", a.media)
	header.Add("Vary", "Accept-Encoding")
	var content []byte
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		header.Set("Content-Encoding", "gzip")
		content = a.compressed()
	} else {
		content = a.content()
	}
	header.Set("Content-Length", strconv.Itoa(len(content)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(content)
	}
}

// content returns the file, which Load has read before.
func (a *asset) content() []byte {
	content, err := files.ReadFile(a.name)
	if err != nil {
		panic(err)
	}
	return content
}

func (a *asset) compressed() []byte {
	a.once.Do(func() {
		var buffer bytes.Buffer
		writer, err := gzip.NewWriterLevel(&buffer, gzip.BestCompression)
		if err != nil {
			panic(err)
		}
		_, _ = writer.Write(a.content())
		_ = writer.Close()
		a.gzipped = buffer.Bytes()
	})
	return a.gzipped
}

// Has reports whether path is the address of a file.
func (f *Files) Has(path string) bool {
	_, ok := f.assets[path]
	return ok
}
