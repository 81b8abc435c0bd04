package report

import (
	"path"
	"strings"

	"plumbline/assessment"
)

// Format is a kind of file that a report can be written as.
type Format string

// The formats.
const (
	PDF      Format = "pdf"
	CSV      Format = "csv"
	Markdown Format = "md"
	JSON     Format = "json"
)

// FormatOf returns the format that the ending of a file name asks for, and false for any other ending.
func FormatOf(fileName string) (Format, bool) {
	switch f := Format(strings.ToLower(strings.TrimPrefix(path.Ext(fileName), "."))); f {
	case PDF, CSV, Markdown, JSON:
		return f, true
	}
	return "", false
}

// Media returns the media type of the format.
func (f Format) Media() string {
	switch f {
	case PDF:
		return "application/pdf"
	case CSV:
		return "text/csv; charset=utf-8"
	case Markdown:
		return "text/markdown; charset=utf-8"
	}
	return "application/json"
}

// FileName returns a file name in ASCII for a report of the parts, for example the name of the workload and the title
// of the snapshot: "claims-triage-assistant-design-review.pdf".
func (f Format) FileName(parts ...string) string {
	const longest = 80
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return ' '
	}, strings.ToLower(strings.Join(parts, " ")))
	name = strings.Join(strings.Fields(name), "-")
	if len(name) > longest {
		name = strings.TrimRight(name[:longest], "-")
	}
	if name == "" {
		name = "report"
	}
	return name + "." + string(f)
}

func unknownFormat(f Format) error {
	return assessment.Errorf(assessment.Invalid, "%q is not a report format; use pdf, csv, md or json", string(f))
}
