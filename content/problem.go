package content

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"plumbline/assessment"
)

const (
	maxProblems = 10_000 // of one file that are looked for
	maxListed   = 100    // that are named
)

// Problem is one error or warning about a file.
type Problem struct {
	File    string `json:"file"`
	Line    int    `json:"line"`   // from 1; 0 where the file as a whole is meant
	Column  int    `json:"column"` // from 1, in characters; 0 likewise
	Path    string `json:"path"`   // for example pillars[0].principles[2].title; empty for the document
	Message string `json:"message"`
}

// String returns the problem as file:line:column: path: message, without the parts that are empty.
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", p.Line, p.Column)
	}
	b.WriteString(": ")
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	b.WriteString(p.Message)
	return b.String()
}

// Problems is everything that is wrong with a file, in the order of its lines. As an error its code is Invalid.
type Problems []Problem

// Error returns all problems, one a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = one.String()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns what the problems amount to for somebody who needs no places.
func (p Problems) Unwrap() error {
	return assessment.Errorf(assessment.Invalid, "the file has %d errors", len(p))
}

// Err returns p as an error, nil where it is empty.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// First returns the problems that are worth naming, and how many more there are.
func (p Problems) First() Problems {
	more := len(p) - maxListed
	if more <= 0 {
		return p
	}
	return append(p[:maxListed:maxListed], Problem{File: p[0].File, Message: fmt.Sprintf("%d more problems are not listed", more)})
}

// sorted returns the problems by place, those of one place in the order in which they were found, and those without a
// place at the end.
func (p Problems) sorted() Problems {
	slices.SortStableFunc(p, func(a, b Problem) int {
		if (a.Line == 0) != (b.Line == 0) {
			return b.Line - a.Line
		}
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return p
}
