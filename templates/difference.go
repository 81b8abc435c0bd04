package templates

import (
	"plumbline/assessment/difference"
	"plumbline/assessment/wording"
	"plumbline/assessment/words"
)

// DifferenceGroup is a pillar, or what belongs to none, with all that differs there.
type DifferenceGroup struct {
	ID    string // of the section
	Title string
	Parts []PartDifference
}

// PartDifference is one part of a questionnaire that differs.
type PartDifference struct {
	Class  difference.Class
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
	Before []wording.Run
	After  []wording.Run
}

// NewWordingChange marks what changed in a text.
func NewWordingChange(texts *wording.Comparer, name, before, after string) WordingChange {
	old, now := texts.Words(before, after)
	return WordingChange{name, old, now}
}

// NewListChange marks which lines of a list changed.
func NewListChange(texts *wording.Comparer, name, before, after string) WordingChange {
	old, now := texts.Lines(before, after)
	return WordingChange{name, old, now}
}

func (p PartDifference) Glyph() string {
	switch p.Class {
	case difference.Added:
		return "plus"
	case difference.Removed:
		return "minus"
	}
	return "turn"
}

// Word is what became of the part.
func (p PartDifference) Word() string { return words.Capital(string(p.Class)) }

// Both reports whether there is something to set side by side.
func (p PartDifference) Both() bool { return p.Class == difference.Changed }

func (v ValueChange) Only() string { return v.Before + v.After }

func (w WordingChange) Only() []wording.Run {
	if len(w.Before) > 0 {
		return w.Before
	}
	return w.After
}
