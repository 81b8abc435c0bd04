package story

import (
	"cmp"
	"math"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// List is the practices that changed in the same way.
type List struct {
	ID    string // improved, answered, regressed, scope or unmoved
	Title string
	Hint  string // what is in it
	None  string // what is said where nothing is
	Rows  []PracticeShift
}

// PracticeShift is a practice before and after.
type PracticeShift struct {
	assessment.PracticeChange
	PillarTitle string
	Fresh       string   // what stands for the earlier answer where that side was not asked; else empty
	Notes       []string // why it does not apply, or was asked again
}

// BeforeWord is the answer of the earlier side.
func (p PracticeShift) BeforeWord() string { return cmp.Or(p.Fresh, words.Status(p.Before)) }

// lists returns the lists; together they have every practice that changed. A newly answered practice that is adopted is
// in two.
func (c *Change) lists() []List {
	before, after := c.Names()
	list := func(id string, changes []assessment.PracticeChange, within, across List) List {
		if c.Across() {
			within = across
		}
		within.ID, within.Rows = id, c.shifts(changes)
		return within
	}
	const positive, negative, one = "Parts above zero, largest first", "Parts below zero, largest first", "The parts add up to Applicability"
	const noneBetter = "No practice is better in "
	lists := []List{
		list("improved", c.Improved(), List{Title: "Improved", Hint: positive, None: "No practice improved."},
			List{Title: "Better in " + after, Hint: positive, None: noneBetter + after + "."}),
		list("answered", c.NewlyAnswered(), List{Title: "Newly answered", Hint: "Answered for the first time", None: "No practice was answered for the first time."},
			List{Title: "Answered in " + after + " only", Hint: "Not answered in " + before, None: before + " has an answer wherever " + after + " has one."}),
		list("regressed", c.Regressed(), List{Title: "Regressed", Hint: negative, None: "No practice regressed."},
			List{Title: "Better in " + before, Hint: negative, None: noneBetter + before + "."}),
		list("scope", c.applicability(), List{Title: "Applicability changed", Hint: one, None: "The same practices apply on both sides."},
			List{Title: "Applies to only one of them", Hint: one, None: "The same practices apply to both."}),
	}
	rest := slices.DeleteFunc(slices.Clone(c.Practices), func(p assessment.PracticeChange) bool { return listed(lists, p.ID) })
	if len(rest) == 0 {
		return lists
	}
	return append(lists, list("unmoved", rest, List{Title: "Without points", Hint: "The answer changed, the score did not"},
		List{Title: "Without points", Hint: "The answers differ, the score does not"}))
}

func listed(lists []List, practice string) bool {
	return slices.ContainsFunc(lists, func(l List) bool {
		return slices.ContainsFunc(l.Rows, func(p PracticeShift) bool { return p.ID == practice })
	})
}

func (c *Change) shifts(changes []assessment.PracticeChange) []PracticeShift {
	var rows []PracticeShift
	for _, change := range changes {
		row := PracticeShift{PracticeChange: change, PillarTitle: c.pillarTitle(change.Pillar)}
		if change.Added {
			row.Fresh = c.Say("New", "Not asked")
		}
		if note := c.outNote(change); note != "" {
			row.Notes = append(row.Notes, note)
		}
		if reason := c.Later.Answers[change.ID].Reason; change.After == assessment.NotApplicable && reason != "" {
			row.Notes = append(row.Notes, "Not applicable because: "+reason)
		}
		if change.AskedAgain() && !c.Across() {
			row.Notes = append(row.Notes, "Needs review: its text, risk or weight changed")
		}
		rows = append(rows, row)
	}
	return rows
}

// pillarTitle returns the title of a pillar, its id where neither side has it.
func (c *Change) pillarTitle(id string) string {
	for _, p := range c.Pillars {
		if p.ID == id {
			return p.Title
		}
	}
	return id
}

// Largest returns at most so many practices with the largest parts up or down, the largest first.
func (c *Change) Largest(most int) []PracticeShift {
	list := c.shifts(c.Practices)
	slices.SortStableFunc(list, func(a, b PracticeShift) int {
		return cmp.Compare(math.Abs(assessment.RoundTo(b.Part, 2)), math.Abs(assessment.RoundTo(a.Part, 2)))
	})
	return list[:min(most, len(list))]
}

// AskedAgain counts the practices that lost their answer because the later questionnaire states them otherwise.
func (c *Change) AskedAgain() int {
	n := 0
	for _, p := range c.Practices {
		if p.AskedAgain() && !c.Across() {
			n++
		}
	}
	return n
}
