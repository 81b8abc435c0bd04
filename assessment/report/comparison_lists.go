package report

import (
	"slices"

	"plumbline/assessment/story"
	"plumbline/assessment/words"
)

// filledLists returns the lists of practices that are not empty.
func (c *change) filledLists() []story.List {
	return slices.DeleteFunc(slices.Clone(c.Lists), func(l story.List) bool { return len(l.Rows) == 0 })
}

func (c *change) listTitles() []string {
	var titles []string
	for _, l := range c.filledLists() {
		titles = append(titles, clean(l.Title))
	}
	return titles
}

func drawPracticeLists(d *document, c *change) {
	d.lead(clean(c.PracticeCounts()))
	for _, l := range c.filledLists() {
		d.part(words.Plural(len(l.Rows), "practice", "practices")+". "+clean(l.Hint)+".", 24)
		t := &table{flow: d.flow, columns: []column{
			{title: "Practice", width: measure - 33 - 33 - 16}, {title: "Before", width: 33}, {title: "After", width: 33}, {title: "Part", width: 16, number: true},
		}}
		for _, p := range l.Rows {
			text := t.lines(styleBody, clean(p.Title), t.inner(0))
			text = append(text, t.lines(styleMeta, p.PillarTitle+" · "+p.ID, t.inner(0))...)
			for _, note := range p.Notes {
				text = append(text, t.lines(styleMeta, clean(note), t.inner(0))...)
			}
			t.add(cell{lines: text}, t.answerBefore(styleBody, p), t.marked(2, styleBody, statusMark(p.After)), t.cell(3, styleBody, words.Signed(p.Part, 2)))
		}
		t.draw()
		d.y += 2
	}
}

func (c *change) tradeoffParts() []string {
	return []string{c.StatesTitle(), c.SettledTitle()}
}

// drawTradeoffChanges shows the tradeoffs in another state, and the decisions recorded, changed or removed.
func drawTradeoffChanges(d *document, c *change) {
	d.part(words.Plural(len(c.States), "tradeoff", "tradeoffs"), 24)
	if len(c.States) == 0 {
		d.paragraph(left, measure, styleSecond, c.NoStates())
	}
	t := &table{flow: d.flow, columns: []column{
		{title: "Tradeoff", width: measure - 30 - 30}, {title: "Before", width: 30}, {title: "After", width: 30},
	}}
	for _, one := range c.States {
		text := t.lines(styleBody, clean(one.Title), t.inner(0))
		if now := c.after.Tradeoff(one.ID); now != nil {
			for _, signal := range now.Why {
				text = append(text, t.lines(styleMeta.in(inkSecond), clean(signal.Says), t.inner(0))...)
			}
		}
		t.add(cell{lines: text}, t.marked(1, styleBody, stateMark(one.Before)), t.marked(2, styleBody, stateMark(one.After)))
	}
	t.draw()
	d.part(words.Plural(len(c.Settled), "decision", "decisions"), 40)
	if len(c.Settled) == 0 {
		d.paragraph(left, measure, styleSecond, c.NoneSettled())
	}
	for _, one := range c.Settled {
		d.decisionChange(one)
	}
}

func (d *document) decisionChange(one story.DecisionShift) {
	x := left + indent
	title := d.lines(styleMinor, clean(one.Title), wide)
	kind := d.lines(styleBody, clean(one.Kind), label)
	d.need(max(heightOf(title), heightOf(kind)) + 24)
	d.rule(0.1, edge)
	d.y += 2.4
	y := d.y
	for _, l := range kind {
		d.write(left, y, label, l)
		y += l.height()
	}
	d.put(x, wide, slices.Clone(title))
	if one.Before != nil {
		d.put(x, wide, []line{{style: styleMeta, text: "Before", gap: 0.8}})
		d.decision(*one.Before, x)
	}
	if one.After != nil {
		d.put(x, wide, []line{{style: styleMeta, text: "After", gap: 0.8}})
		d.decision(*one.After, x)
	}
	d.y += 3
}
