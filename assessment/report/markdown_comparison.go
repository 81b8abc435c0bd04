package report

import (
	"bufio"
	"io"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

func comparisonMarkdown(out io.Writer, c *change) error {
	m := markdown{bufio.NewWriter(out)}
	m.line("# ", escape(c.word(c.After.Workload.Name+": what changed", c.subject())))
	m.line()
	m.line(escape(c.verdict()))
	m.line()
	for i, s := range []Named{c.before.Named, c.after.Named} {
		m.line("- ", [...]string{"Before", "After"}[i], ": ", escape(c.word("", s.Workload.Name+": ")+s.Title), ", ", words.FileTime(s.TakenAt), ", sha256 ", escape(s.Hash))
	}
	m.heading(2, "Scores")
	m.head("Level", ">Before", ">After", c.word(">Change", ">Difference"))
	change := func(name string, before, after assessment.Score) {
		m.row(name, lowText(before), lowText(after), changeText(before, after))
	}
	change("**Overall**", c.Before.Overall, c.After.Overall)
	for _, p := range c.Pillars {
		change(escape(p.Title), p.Before, p.After)
	}
	m.heading(2, c.word("Why", "Where the difference comes from"))
	m.line(escape(c.sum()))
	m.head("Part", "What", ">Points")
	for _, p := range c.parts() {
		m.row(escape(p.name), escape(p.note), words.Signed(p.shown, 1))
	}
	for _, list := range c.practiceLists() {
		m.changes(list)
	}
	m.heading(2, "Tradeoffs and decisions")
	for _, t := range c.ChangedTradeoffs() {
		m.line("- ", escape(t.Title), ": ", words.Lower(words.State(t.Before)), c.word(" → ", " before, "), words.Lower(words.State(t.After)), c.word("", " after"))
	}
	for _, d := range c.Decisions {
		m.line("- ", c.decisionKind(d), ": ", escape(d.Title))
	}
	m.names(c.word("Added to the questionnaire", "Asked after only"), c.Added)
	m.names(c.word("Removed from the questionnaire", "Asked before only"), c.Removed)
	m.names(c.word("Reworded", "Worded differently"), c.Reworded)
	m.names("Another risk or weight", c.Revalued)
	for _, defect := range c.Defects {
		m.line()
		m.line("**Defect:** ", escape(defect))
	}
	return m.Flush()
}

func (m markdown) changes(list practiceList) {
	if len(list.practices) == 0 {
		return
	}
	m.heading(2, list.title)
	m.head("Practice", "Before", "After", ">Part")
	for _, p := range list.practices {
		m.row(escape(p.Title), words.Status(p.Before), words.Status(p.After), words.Signed(p.Part, 1))
	}
}

func (m markdown) names(title string, names []assessment.PracticeName) {
	if len(names) == 0 {
		return
	}
	m.heading(2, title)
	for _, n := range names {
		m.line("- ", escape(n.Title), " \\(", escape(n.ID), "\\)")
	}
}
