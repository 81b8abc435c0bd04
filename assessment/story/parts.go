package story

import (
	"slices"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// Part is one of the reasons for a change, in points of the overall score.
type Part struct {
	Title string
	Note  string
	Exact float64
	Shown float64 // in tenths, rounded so that all parts add up to the change as it is shown
}

// Why is the title of the parts.
func (c *Change) Why() string {
	return c.Say("What changed the score", "Where the difference comes from")
}

// Bars says what the bars of a waterfall mean.
func (c *Change) Bars() string {
	before, after := c.Names()
	return c.Say("Filled bars rise, outlined bars fall.", "Filled bars: "+after+" is higher. Outlined bars: "+before+" is higher.")
}

// parts returns the complete sum: what was asked first, then what was done in each pillar of the later side.
func (c *Change) parts() []Part {
	list := []Part{
		{Title: "Questionnaire", Note: c.questionnaireNote(), Exact: c.Scope.Questionnaire},
		{Title: "Priorities", Note: c.priorityNote(), Exact: c.Scope.Priorities},
		{Title: "Applicability", Note: c.applicabilityNote(), Exact: c.Scope.Applicability},
	}
	for _, p := range c.Pillars {
		if slices.ContainsFunc(c.Later.Pillars, func(later Pillar) bool { return later.ID == p.ID }) {
			list = append(list, Part{Title: p.Title, Note: c.pillarNote(p.Practices), Exact: p.Part})
		}
	}
	exact := make([]float64, len(list))
	for i, p := range list {
		exact[i] = p.Exact
	}
	for i, shown := range assessment.Apportion(exact, c.delta(), 1) {
		list[i].Shown = shown
	}
	return list
}

// Sum writes the parts as one sum: 33.9 − 0.4 + 3.4 = 36.9.
func (c *Change) Sum() string {
	var b strings.Builder
	b.WriteString(words.Tenths(c.Before.Overall.Low))
	for _, p := range c.Parts {
		sign, size := " + ", p.Shown
		if size < 0 {
			sign, size = " "+words.Minus+" ", -size
		}
		b.WriteString(sign + words.Tenths(size))
	}
	return b.String() + " = " + words.Tenths(c.After.Overall.Low)
}

// Editions names the questionnaire of both sides by version, once where it is the same.
func (c *Change) Editions() string {
	before, after := c.Before.Questionnaire, c.After.Questionnaire
	switch {
	case before == after:
		return after.Version
	case before.ID == after.ID:
		return before.Version + " to " + after.Version
	}
	return before.ID + " " + before.Version + " to " + after.ID + " " + after.Version
}

func (c *Change) questionnaireNote() string {
	var counts []string
	for _, one := range []struct {
		n              int
		within, across string
	}{
		{len(c.Added), "added", "only after"}, {len(c.Removed), "removed", "only before"},
		{len(c.Reworded), "reworded", "worded differently"}, {len(c.WeightsChanged), "with a changed risk or weight", "with a different risk or weight"},
	} {
		if one.n > 0 {
			counts = append(counts, words.Count(one.n)+" "+c.Say(one.within, one.across))
		}
	}
	switch {
	case len(counts) > 0:
		return c.Editions() + ": " + strings.Join(counts, ", ")
	case c.Before.Questionnaire == c.After.Questionnaire:
		return c.unchanged() + ", " + c.Editions()
	}
	return c.Editions() + ": the same practices"
}

// unchanged says that a part is the same on both sides.
func (c *Change) unchanged() string { return c.Say("unchanged", "the same") }

func (c *Change) priorityNote() string {
	if len(c.Priorities) == 0 {
		return c.unchanged()
	}
	notes := make([]string, len(c.Priorities))
	for i, p := range c.Priorities {
		notes[i] = p.Title + " " + c.PriorityShift(p)
	}
	return strings.Join(notes, "; ")
}

// PriorityShift says how much a pillar counts on both sides: "from 1 to 2".
func (c *Change) PriorityShift(p assessment.PriorityChange) string {
	before, after := words.Exact(p.Before), words.Exact(p.After)
	return c.Say("from "+before+" to "+after, before+" before, "+after+" after")
}

func (c *Change) applicabilityNote() string {
	dropped, back := len(c.Dropped()), len(c.TakenBack())
	if dropped+back == 0 {
		return c.unchanged()
	}
	return c.Say(words.Count(dropped)+" no longer applicable, "+words.Count(back)+" now applicable",
		words.Plural(dropped, "practice applies", "practices apply")+" before only, "+words.Count(back)+" after only")
}

func (c *Change) pillarNote(practices int) string {
	switch {
	case practices == 0:
		return c.Say("no practice changed", "no practice differs")
	case c.Across():
		return words.Plural(practices, "practice differs", "practices differ")
	}
	return words.Plural(practices, "practice changed", "practices changed")
}
