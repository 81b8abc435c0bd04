package content

import (
	"fmt"
	"strings"
)

// Loss is something of another format that a questionnaire cannot hold, or that was read otherwise than it was written.
type Loss struct {
	File         string // inside a folder or an archive; empty where one file is imported
	Line, Column int    // place in the file, from 1; 0 where the format has none
	Path         string // for example pillars[2].questions[0].choices[3].helpfulResource
	Message      string
}

// Problem returns the loss as something about the file, folder or archive that was imported.
func (l Loss) Problem(imported string) Problem {
	if l.File != "" {
		imported += "/" + l.File
	}
	return Problem{File: imported, Line: l.Line, Column: l.Column, Path: l.Path, Message: l.Message}
}

// In returns the loss as file:line:column: path: message, without the parts that are empty.
func (l Loss) In(imported string) string { return l.Problem(imported).String() }

// String returns the loss as In does, without the name of what was imported.
func (l Loss) String() string {
	if l.File != "" {
		return Problem(l).String()
	}
	text := l.Message
	if l.Path != "" {
		text = l.Path + ": " + text
	}
	if l.Line > 0 {
		text = fmt.Sprintf("%d:%d: %s", l.Line, l.Column, text)
	}
	return text
}

// Losses is every loss of one import, in the order of the file.
type Losses []Loss

// In returns all losses with the name of what was imported, one a line.
func (l Losses) In(imported string) string {
	lines := make([]string, len(l))
	for i, one := range l {
		lines[i] = one.In(imported)
	}
	return strings.Join(lines, "\n")
}

// String returns all losses, one a line.
func (l Losses) String() string {
	lines := make([]string, len(l))
	for i, one := range l {
		lines[i] = one.String()
	}
	return strings.Join(lines, "\n")
}
