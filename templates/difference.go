package templates

import (
	"strings"

	"plumbline/assessment"
)

// DifferenceView sets two questionnaires side by side.
type DifferenceView struct {
	Page
	Errors FormErrors
	Before SelectInput
	After  SelectInput
	Ready  bool   // both are chosen; without that only the form shows
	Lead   string // the difference in a sentence
	Swap   string
	Totals []PartTotal
	Groups []DifferenceGroup
}

// PartTotal is one row of the summary.
type PartTotal struct {
	Kind                          string
	Added, Removed, Changed, Same int
	Of                            string // in what the changed ones changed
}

// DifferenceGroup is a pillar, or what belongs to none, with all that differs there.
type DifferenceGroup struct {
	ID    string // of the section
	Title string
	Parts []PartDifference
}

// PartDifference is one part of a questionnaire that differs.
type PartDifference struct {
	Class  assessment.ChangeClass
	Kind   string // for example Practice
	ID     string // empty for the questionnaire itself
	Title  string
	Values []ValueChange
	Texts  []WordingChange
}

// ValueChange is a short value before and after; one side is empty for a part that only the other has.
type ValueChange struct {
	Name   string
	Before string
	After  string
}

// WordingChange is a text before and after, with what changed in it marked.
type WordingChange struct {
	Name   string
	Before []assessment.Run
	After  []assessment.Run
}

// NewWordingChange marks what changed in a text.
func NewWordingChange(name, before, after string) WordingChange {
	old, now := assessment.CompareWords(before, after)
	return WordingChange{name, old, now}
}

// NewListChange marks which lines of a list changed.
func NewListChange(name, before, after string) WordingChange {
	old, now := assessment.CompareLines(before, after)
	return WordingChange{name, old, now}
}

func (p PartDifference) glyph() string {
	switch p.Class {
	case assessment.ClassAdded:
		return "plus"
	case assessment.ClassRemoved:
		return "minus"
	}
	return "turn"
}

// word is what became of the part.
func (p PartDifference) word() string {
	word := string(p.Class)
	return strings.ToUpper(word[:1]) + word[1:]
}

// both reports whether there is something to set side by side.
func (p PartDifference) both() bool { return p.Class == assessment.ClassChanged }

func (v ValueChange) only() string { return v.Before + v.After }

func (w WordingChange) only() []assessment.Run {
	if len(w.Before) > 0 {
		return w.Before
	}
	return w.After
}
