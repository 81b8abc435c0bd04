package page

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"plumbline/assessment"
)

// Download is a document to be kept by the person who asked for it.
type Download struct {
	Media   string
	Name    string // of the file, in any script
	Tag     string // hash of the content, hex; empty where each download counts
	Content io.ReadSeeker
	Inline  bool // shown by the browser instead of kept
}

// SandboxPolicy lets a document that the browser shows run nothing and reach nothing.
const SandboxPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"

// ServeDocument answers with a document that never changes; a program that has it, and says so, gets 304.
func ServeDocument(w http.ResponseWriter, r *http.Request, d Download) {
	header := w.Header()
	header.Set("Content-Type", d.Media)
	header.Set("Content-Disposition", Disposition(d))
	if d.Tag != "" {
		header.Set("ETag", `"`+d.Tag+`"`)
	}
	header.Set("Content-Security-Policy", SandboxPolicy)
	http.ServeContent(w, r, "", time.Time{}, d.Content)
}

// ServeWritten answers with a document that write writes, whole or not at all. A slow reader does not hold it in memory.
func ServeWritten(w http.ResponseWriter, r *http.Request, d Download, write func(io.Writer) error) error {
	var document spool
	defer document.close()
	if err := write(&document); err != nil {
		return err
	}
	var err error
	if d.Content, d.Tag, err = document.read(); err != nil {
		return err
	}
	ServeDocument(w, r, d)
	return nil
}

// Disposition names the file twice: in ASCII for every program, and in full for those that read RFC 5987.
func Disposition(d Download) string {
	kind := "attachment"
	if d.Inline {
		kind = "inline"
	}
	return kind + `; filename="` + ASCIIName(d.Name) + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(d.Name), "+", "%20")
}

// ASCIIName returns a name with _ for whatever may not stand in a header between quotes.
func ASCIIName(name string) string {
	return strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII || r < ' ' || r == '"' || r == '\\' || r == '%' {
			return '_'
		}
		return r
	}, name)
}

// FileName joins parts, and an ending without its dot, to the name of a file that every system can keep: without path separators, control and
// formatting characters.
func FileName(ending string, parts ...string) string {
	const longest = 60 // characters of a part
	for i, part := range parts {
		kept := strings.Map(func(r rune) rune {
			switch {
			case unicode.IsControl(r), unicode.Is(unicode.Cf, r), strings.ContainsRune(`/\:*?"<>|`, r):
				return ' '
			}
			return r
		}, part)
		parts[i] = strings.Trim(Shortened(strings.Join(strings.Fields(kept), " "), longest), " .")
	}
	return strings.Join(parts, ", ") + "." + ending
}

// SnapshotFileName returns the name of a file that shows a snapshot.
func SnapshotFileName(s *assessment.Snapshot, ending string) string {
	return FileName(ending, s.Workload.Name, s.Title, s.TakenAt.Format(time.DateOnly))
}

// ComparisonFileName returns the name of a file that shows the change between two snapshots.
func ComparisonFileName(before, after *assessment.Snapshot, ending string) string {
	if before.Workload.ID != after.Workload.ID {
		return FileName(ending, before.Workload.Name+" and "+after.Workload.Name, after.TakenAt.Format(time.DateOnly))
	}
	return FileName(ending, after.Workload.Name, before.Title+" to "+after.Title, after.TakenAt.Format(time.DateOnly))
}
