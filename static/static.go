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
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

// Prefix is the path under which the files are served.
const Prefix = "/static/"

//go:embed app.css app.js live.js favicon.svg all:dist
var files embed.FS

// Files is the set of embedded files with their addresses.
type Files struct {
	addresses map[string]string // name to address
	assets    map[string]*asset // address to content
}

type asset struct {
	content []byte
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
		content, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		f.add(path.Base(name), content)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the embedded files: %w", err)
	}
	return f, nil
}

func (f *Files) add(name string, content []byte) {
	sum := sha256.Sum256(content)
	extension := path.Ext(name)
	address := Prefix + strings.TrimSuffix(name, extension) + "." + hex.EncodeToString(sum[:6]) + extension
	f.addresses[name] = address
	f.assets[address] = &asset{content: content, media: mime.TypeByExtension(extension)}
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
	content := a.content
	header := w.Header()
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	header.Set("Content-Type", a.media)
	header.Add("Vary", "Accept-Encoding")
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		header.Set("Content-Encoding", "gzip")
		content = a.compressed()
	}
	header.Set("Content-Length", strconv.Itoa(len(content)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(content)
	}
}

func (a *asset) compressed() []byte {
	a.once.Do(func() {
		var buffer bytes.Buffer
		writer, err := gzip.NewWriterLevel(&buffer, gzip.BestCompression)
		if err != nil {
			panic(err)
		}
		_, _ = writer.Write(a.content)
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
