package report

import (
	"bufio"
	"io"

	"plumbline/assessment/story"
	"plumbline/assessment/words"
)

func comparisonMarkdown(out io.Writer, c *change) error {
	m := markdown{bufio.NewWriter(out)}
	m.line("# ", escape(c.Heading()))
	m.line()
	m.line(escape(clean(c.Verdict() + " " + c.Counts() + " " + c.Note())))
	m.line()
	for i, s := range []*view{c.before, c.after} {
		m.line("- ", [...]string{"Before", "After"}[i], ": ", escape(c.Say("", s.Workload.Name+": ")+s.Title), ", ", words.FileTime(s.TakenAt), ", sha256 ", escape(s.Hash))
	}
	m.heading(2, "Scores")
	m.head("Level", ">Before", ">After", ">"+c.PointsTitle(), "Band")
	for i, s := range c.Scores {
		title := escape(s.Title)
		if i == 0 {
			title = "**" + title + "**"
		}
		m.row(title, story.Low(s.Before), story.Low(s.After), s.Change(), escape(s.Band))
	}
	m.heading(2, c.Why())
	m.line(escape(c.Sum()))
	m.head("Part", "What", ">Points")
	for _, p := range c.Parts {
		m.row(escape(p.Title), escape(p.Note), words.Signed(p.Shown, 1))
	}
	m.scopeShifts(c)
	for _, list := range c.filledLists() {
		m.changes(list)
	}
	m.heading(2, c.StatesTitle())
	for _, t := range c.States {
		m.line("- ", escape(t.Title), ": ", story.StateShift(t))
	}
	m.heading(2, c.SettledTitle())
	for _, d := range c.Settled {
		m.line("- ", escape(d.Kind), ": ", escape(d.Title))
	}
	m.contents(c)
	for _, defect := range c.Defects {
		m.line()
		m.line("**Defect:** ", escape(defect))
	}
	return m.Flush()
}

func (m markdown) scopeShifts(c *change) {
	if !c.Tailored() {
		return
	}
	m.heading(2, c.ScopeTitle())
	m.line(escape(clean(c.ScopeNote())))
	shifts := c.ScopeShifts()
	if len(shifts) == 0 {
		m.line()
		m.line(c.SameScope())
		return
	}
	m.head("About the workload", "Before", "After", ">Practices", ">Part")
	for _, one := range shifts {
		m.row(escape(one.Title), orDash(one.Before), orDash(one.After), words.Count(one.Practices), words.Signed(one.Part, 2))
	}
}

func (m markdown) changes(list story.List) {
	m.heading(2, list.Title)
	m.head("Practice", "Before", "After", ">Part")
	for _, p := range list.Rows {
		title := p.Title
		for _, note := range p.Notes {
			title += " (" + note + ")"
		}
		m.row(escape(title), p.BeforeWord(), words.Status(p.After), words.Signed(p.Part, 2))
	}
}

func (m markdown) contents(c *change) {
	if len(c.Contents) > 0 {
		m.heading(2, c.ContentsTitle())
	}
	for _, list := range c.Contents {
		m.heading(3, list.Title)
		for _, n := range list.Names {
			m.line("- ", escape(n.Title), " \\(", escape(n.ID), "\\)")
		}
	}
}
