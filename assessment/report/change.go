package report

import (
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// change is a comparison with both snapshots, and what the pages look up in them.
type change struct {
	*assessment.Comparison
	before, after *view
}

func newChange(c *assessment.Comparison, before, after Named) *change {
	return &change{Comparison: c, before: newView(before), after: newView(after)}
}

// verdict says what changed in sentences.
func (c *change) verdict() string {
	if c.Across() {
		return c.acrossVerdict()
	}
	before, after := c.Before.Overall, c.After.Overall
	var b strings.Builder
	switch delta := c.shownDelta(); {
	case delta > 0:
		b.WriteString(words.Tenths(delta) + " points up, from " + words.Tenths(before.Low) + " to " + words.Tenths(after.Low))
	case delta < 0:
		b.WriteString(words.Tenths(-delta) + " points down, from " + words.Tenths(before.Low) + " to " + words.Tenths(after.Low))
	default:
		b.WriteString("The score stays at " + words.Tenths(after.Low))
	}
	b.WriteString(", counting only what is certain. ")
	b.WriteString(words.Plural(len(c.Improved()), "practice improved", "practices improved") + ", " + words.Count(len(c.Regressed())) + " regressed, " +
		words.Count(len(c.NewlyAnswered())) + " newly answered. ")
	b.WriteString(words.Plural(len(c.ChangedTradeoffs()), "tradeoff changed its state", "tradeoffs changed their state") + ", " +
		words.Plural(len(c.Decisions), "decision was recorded, changed or removed", "decisions were recorded, changed or removed") + ".")
	return b.String()
}

// shownDelta is the difference of both scores as they are shown, so that it adds up on paper.
func (c *change) shownDelta() float64 {
	return tenths(tenths(c.After.Overall.Low) - tenths(c.Before.Overall.Low))
}

// part is one of the reasons for a change, in points.
type part struct {
	name, note string
	exact      float64
	shown      float64 // rounded so that all parts add up
}

// parts returns the complete sum: what was asked, then one part a pillar.
func (c *change) parts() []part {
	list := []part{
		{name: "Questionnaire", note: c.questionnaireNote(), exact: c.Scope.Questionnaire},
		{name: "Priorities", note: c.priorityNote(), exact: c.Scope.Priorities},
		{name: "Applicability", note: c.applicabilityNote(), exact: c.Scope.Applicability},
	}
	for _, p := range c.Pillars {
		if p.Practices > 0 || p.Part != 0 {
			list = append(list, part{name: p.Title, note: words.Plural(p.Practices, c.word("practice", "practice differs"), c.word("practices", "practices differ")), exact: p.Part})
		}
	}
	exact := make([]float64, len(list))
	for i, p := range list {
		exact[i] = p.exact
	}
	for i, shown := range assessment.Apportion(exact, c.shownDelta(), 1) {
		list[i].shown = shown
	}
	return list
}

func (c *change) questionnaireNote() string {
	before, after := c.Before.Questionnaire, c.After.Questionnaire
	if before.ID == after.ID && before.Version == after.Version {
		return c.word("unchanged", "the same") + ", " + after.Version
	}
	text := before.Version + " to " + after.Version
	if before.ID != after.ID {
		text = before.ID + " " + before.Version + " to " + after.ID + " " + after.Version
	}
	return text + ", " + words.Count(len(c.Added)) + c.word(" added, ", " only after, ") + words.Count(len(c.Removed)) + c.word(" removed, ", " only before, ") +
		words.Count(len(c.Reworded)) + c.word(" reworded, ", " worded differently, ") + words.Count(len(c.Revalued)) + " with another risk or weight"
}

func (c *change) priorityNote() string {
	var notes []string
	for _, p := range c.Priorities {
		notes = append(notes, p.Title+" "+c.priorities(p))
	}
	if len(notes) == 0 {
		return c.word("unchanged", "the same")
	}
	return strings.Join(notes, ", ")
}

func (c *change) applicabilityNote() string {
	dropped, back := len(c.Dropped()), len(c.TakenBack())
	return c.word(words.Count(dropped)+" dropped, "+words.Count(back)+" taken back",
		words.Plural(dropped, "practice applies", "practices apply")+" before only, "+words.Count(back)+" after only")
}

// priorities says how much a pillar counts on both sides.
func (c *change) priorities(p assessment.PriorityChange) string {
	return c.word("from "+words.Exact(p.Before)+" to "+words.Exact(p.After), words.Exact(p.Before)+" before and "+words.Exact(p.After)+" after")
}

// sum writes the parts as one line of arithmetic.
func (c *change) sum() string {
	var b strings.Builder
	b.WriteString(words.Tenths(c.Before.Overall.Low))
	for _, p := range c.parts() {
		if tenths(p.shown) < 0 {
			b.WriteString(" " + words.Minus + " " + words.Tenths(-p.shown))
		} else {
			b.WriteString(" + " + words.Tenths(p.shown))
		}
	}
	return b.String() + " = " + words.Tenths(c.After.Overall.Low)
}
