package report

import (
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// practiceList is one group of practices that changed in the same way.
type practiceList struct {
	title, about string
	practices    []assessment.PracticeChange
}

// practiceLists returns the groups that are not empty; together they have every practice that changed. A newly answered
// practice that is adopted is in two.
func (c *change) practiceLists() []practiceList {
	before, after := c.names()
	lists := []practiceList{
		{c.word("Improved", "Better in "+after), c.word("A better answer than before, the largest part first.", "The largest part first."), c.Improved()},
		{c.word("Regressed", "Better in "+before), c.word("A worse answer than before, the worst first.", "The largest part first."), c.Regressed()},
		{c.word("Newly answered", "Answered in "+after+" only"), "Unanswered " + c.word("before", "in "+before) + ".", c.NewlyAnswered()},
		{c.word("Changed in applicability", "Applies to one of them only"), "Not applicable on one side.", c.ApplicabilityChanged()},
	}
	listed := map[string]bool{}
	for _, l := range lists {
		for _, p := range l.practices {
			listed[p.ID] = true
		}
	}
	rest := slices.DeleteFunc(slices.Clone(c.Practices), func(p assessment.PracticeChange) bool { return listed[p.ID] })
	lists = append(lists, practiceList{"Without points", c.word("The answer changed, and moved no score.", "Another answer, which moves no score."), rest})
	return slices.DeleteFunc(lists, func(l practiceList) bool { return len(l.practices) == 0 })
}

// practicesInShort counts the groups in a sentence, the empty ones too.
func (c *change) practicesInShort() string {
	return words.Plural(len(c.Improved()), "practice improved", "practices improved") + ", " + words.Count(len(c.Regressed())) + " regressed, " +
		words.Count(len(c.NewlyAnswered())) + " newly answered, " + words.Count(len(c.ApplicabilityChanged())) + " changed in applicability."
}

func (c *change) listTitles() []string {
	var titles []string
	for _, l := range c.practiceLists() {
		titles = append(titles, l.title)
	}
	return titles
}

func drawPracticeLists(d *document, c *change) {
	d.lead(c.practicesInShort())
	for _, l := range c.practiceLists() {
		d.part(words.Plural(len(l.practices), "practice", "practices")+". "+l.about, 24)
		t := &table{flow: d.flow, columns: []column{
			{title: "Practice", width: measure - 33 - 33 - 16}, {title: "Before", width: 33}, {title: "After", width: 33}, {title: "Part", width: 16, number: true},
		}}
		for _, p := range l.practices {
			text := t.lines(styleBody, clean(p.Title), t.inner(0))
			text = append(text, t.lines(styleMeta, c.pillarTitle(p.Pillar)+" · "+p.ID, t.inner(0))...)
			if reason := c.after.Answers[p.ID].Reason; p.After == assessment.NotApplicable && reason != "" {
				text = append(text, t.lines(styleMeta, "Because: "+clean(reason), t.inner(0))...)
			}
			if p.AskedAgain() && !c.Across() {
				text = append(text, t.lines(styleMeta, "Asked again: its text, risk or weight changed", t.inner(0))...)
			}
			t.add(cell{lines: text}, t.marked(1, styleBody, statusMark(p.Before)), t.marked(2, styleBody, statusMark(p.After)), t.cell(3, styleBody, words.Signed(p.Part, 2)))
		}
		t.draw()
		d.y += 2
	}
}

func (c *change) tradeoffParts() []string {
	return []string{c.word("Changed in state", "In another state"), "Decisions"}
}

// drawTradeoffChanges shows the tradeoffs in another state, and the decisions recorded, changed or removed.
func drawTradeoffChanges(d *document, c *change) {
	changed := c.ChangedTradeoffs()
	d.part(words.Plural(len(changed), "tradeoff", "tradeoffs"), 24)
	if len(changed) == 0 {
		d.paragraph(left, measure, styleSecond, "None.")
	}
	t := &table{flow: d.flow, columns: []column{
		{title: "Tradeoff", width: measure - 30 - 30}, {title: "Before", width: 30}, {title: "After", width: 30},
	}}
	for _, one := range changed {
		text := t.lines(styleBody, clean(one.Title), t.inner(0))
		if now, ok := c.after.tradeoffs[one.ID]; ok {
			for _, i := range c.after.states[one.ID].Signals {
				if i >= 0 && i < len(now.Signals) {
					text = append(text, t.lines(styleMeta.in(inkSecond), clean(now.Signals[i].Says), t.inner(0))...)
				}
			}
		}
		t.add(cell{lines: text}, t.marked(1, styleBody, stateMark(one.Before)), t.marked(2, styleBody, stateMark(one.After)))
	}
	t.draw()
	d.part(words.Plural(len(c.Decisions), "decision", "decisions"), 40)
	if len(c.Decisions) == 0 {
		d.paragraph(left, measure, styleSecond, "None.")
	}
	for _, one := range c.Decisions {
		d.decisionChange(one, c.decisionKind(one))
	}
}

func (c *change) decisionKind(d assessment.DecisionChange) string {
	switch {
	case d.Before == nil:
		return c.word("Recorded", "Only after")
	case d.After == nil:
		return c.word("Removed", "Only before")
	}
	return c.word("Changed", "Another one")
}

func (d *document) decisionChange(one assessment.DecisionChange, kind string) {
	x := left + indent
	title := d.lines(styleMinor, clean(one.Title), wide)
	d.need(heightOf(title) + 24)
	d.rule(0.1, edge)
	d.y += 2.4
	d.write(left, d.y, label, line{style: styleBody, text: kind})
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
