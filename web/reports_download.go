package web

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"plumbline/assessment"
	"plumbline/assessment/report"
)

// download is a document to be kept by the person who asked for it.
type download struct {
	media   string
	name    string // of the file, in any script
	tag     string // hash of the content, hex
	content []byte
	inline  bool // shown by the browser instead of kept
}

// sandboxPolicy lets a document that the browser shows run nothing and reach nothing.
const sandboxPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"

// serveDocument answers with a document that never changes; a browser that has it gets 304.
func serveDocument(w http.ResponseWriter, r *http.Request, d download) {
	header := w.Header()
	header.Set("Content-Type", d.media)
	header.Set("Content-Disposition", disposition(d))
	header.Set("Cache-Control", "private, no-cache")
	header.Set("ETag", `"`+d.tag+`"`)
	header.Set("Content-Security-Policy", sandboxPolicy)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(d.content))
}

// disposition names the file twice: in ASCII for every program, and in full for those that read RFC 5987.
func disposition(d download) string {
	kind := "attachment"
	if d.inline {
		kind = "inline"
	}
	return kind + `; filename="` + asciiName(d.name) + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(d.name), "+", "%20")
}

func asciiName(name string) string {
	return strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII || r < ' ' || r == '"' || r == '\\' || r == '%' {
			return '_'
		}
		return r
	}, name)
}

// fileName joins parts to the name of a file that every system can keep: without path separators, control and
// formatting characters.
func fileName(format report.Format, parts ...string) string {
	const longest = 60 // characters of a part
	for i, part := range parts {
		kept := strings.Map(func(r rune) rune {
			switch {
			case unicode.IsControl(r), unicode.Is(unicode.Cf, r), strings.ContainsRune(`/\:*?"<>|`, r):
				return ' '
			}
			return r
		}, part)
		parts[i] = strings.Trim(shortened(strings.Join(strings.Fields(kept), " "), longest), " .")
	}
	return strings.Join(parts, ", ") + "." + string(format)
}

func snapshotFileName(s *assessment.Snapshot, format report.Format) string {
	return fileName(format, s.Workload.Name, s.Title, s.TakenAt.Format(time.DateOnly))
}

func comparisonFileName(before, after *assessment.Snapshot, format report.Format) string {
	if before.Workload.ID != after.Workload.ID {
		return fileName(format, before.Workload.Name+" and "+after.Workload.Name, after.TakenAt.Format(time.DateOnly))
	}
	return fileName(format, after.Workload.Name, before.Title+" to "+after.Title, after.TakenAt.Format(time.DateOnly))
}
