package report

import (
	"slices"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
)

var piles = []struct {
	pile         story.Pile
	title, about string
}{
	{story.Undecided, "Open decisions", "Active, but not decided yet."},
	{story.Decided, "Decided", "The team's decisions, with the current pulls."},
	{story.Possible, words.State(assessment.Possible), "Unanswered practices can make these active."},
	{story.Quiet, words.State(assessment.Quiet), "None of the answers make these active."},
	{story.NotApplicable, words.NotInScope, words.SideOut},
}

func tradeoffParts(v *view) []string {
	var parts []string
	for _, p := range piles {
		if len(v.Piled(p.pile)) > 0 {
			parts = append(parts, p.title)
		}
	}
	return parts
}

// drawTradeoffs shows what pulls against what: the open decisions, the decided ones, and the rest in short.
func drawTradeoffs(d *document, v *view) {
	d.lead("A tradeoff is two qualities that pull against each other. It is active if the answers meet one of its conditions; the team then decides how to deal with it. The arrows show the pull of each side, from 0 to 100; dashes show what unanswered practices can add. Neither side is right.")
	if len(v.Questionnaire.Tradeoffs) == 0 {
		d.paragraph(left, measure, styleBody, words.NoTradeoffs)
	}
	for _, p := range piles {
		found := v.Piled(p.pile)
		if len(found) == 0 {
			continue
		}
		d.part(words.Plural(len(found), "tradeoff", "tradeoffs")+". "+p.about, 60)
		if p.pile != story.Undecided && p.pile != story.Decided {
			d.tradeoffTable(found)
			continue
		}
		for _, t := range found {
			d.tradeoff(v, t)
		}
	}
}

// tradeoff draws one tradeoff in full: what pulls, why it is live, what to decide, what was decided.
func (d *document) tradeoff(v *view, t *story.Tradeoff) {
	x := left + indent
	side := d.tradeoffSide(v, t)
	title := d.lines(styleMinor, clean(t.Title), wide)
	head := slices.Concat(title, spaced(0.6, d.lines(styleSecond, clean(t.Summary), wide)))
	d.need(max(heightOf(head)+balanceHeight+16, heightOf(side)) + 12)
	d.rule(0.1, edge)
	d.y += 2.6
	y := d.y
	for _, l := range side {
		d.write(left, y, label, l)
		y += l.height()
	}
	page := d.page()
	d.put(x, wide, head)
	d.y += 2
	d.pulls(x, wide, t)
	d.whyLive(v, t, x)
	d.toDecide(t, x)
	if t.Decision != nil {
		d.decision(*t.Decision, x)
	}
	if d.page() == page {
		d.y = max(d.y, y)
	}
	d.y += 4
}

// tradeoffSide is the narrow column: the state, and what is the matter with the decision.
func (d *document) tradeoffSide(v *view, t *story.Tradeoff) []line {
	lines := []line{markLine(styleBody, tradeoffMark(t))}
	decision := t.Decision
	if decision == nil {
		return append(lines, line{style: styleMeta, text: "Not decided"})
	}
	lines = append(lines, markLine(styleBody, choiceMark(decision.Choice)))
	if t.Stale() {
		lines = append(lines, markLine(styleBody, warnMark("Outdated")))
		lines = append(lines, d.lines(styleMeta, "Answers changed after the decision.", label)...)
	}
	if decision.Due(assessment.DateOf(v.TakenAt.UTC())) {
		lines = append(lines, markLine(styleBody, warnMark("Due")))
		lines = append(lines, d.lines(styleMeta, "The review date had passed when the snapshot was created.", label)...)
	}
	return lines
}

// pulls draws both sides of a tradeoff with their arrows.
func (d *document) pulls(x, width float64, t *story.Tradeoff) {
	d.need(balanceHeight + 14)
	half := width/2 - 3
	l, r := t.Sides[0], t.Sides[1]
	number := style{bold, 13, ink, 1.2}
	base := d.y + number.baseline()
	d.text(x, base, number, words.Pull(t.Pulls[0]))
	d.textRight(x+width, base, number, words.Pull(t.Pulls[1]))
	d.y += number.height()
	base = d.y + styleStrong.baseline()
	d.text(x, base, styleStrong, d.clip(styleStrong, l.Label, half))
	name := d.clip(styleStrong, r.Label, half)
	d.textRight(x+width, base, styleStrong, name)
	d.y += styleStrong.height() + 1
	balance(d.canvas, x, d.y, width, t.Pulls)
	d.y += balanceHeight
}

// whyLive lists the sentences of the signals that hold, with the answers that make them hold.
func (d *document) whyLive(v *view, t *story.Tradeoff, x float64) {
	if len(t.Why) == 0 {
		return
	}
	const keep = 50.0
	d.y += 1
	title := []line{{style: styleMeta, text: "Why it is active"}}
	for _, signal := range t.Why {
		says := words.Kind(signal.Kind) + ": " + clean(signal.Says)
		why := append(title, spaced(0.4, d.lines(styleBody, says, wide))...)
		title = nil
		practices, _ := signal.When.Reasons(v.Status, v.Facets)
		for _, id := range practices {
			if p := v.Practice(id); p != nil {
				why = append(why, d.answerLines(p, wide)...)
			}
		}
		if h := heightOf(why); h < keep {
			d.need(h)
		}
		d.put(x, wide, why)
	}
	d.y += 1.4
}

// answerLines is one practice with its status as a sign, small.
func (d *document) answerLines(p *story.Practice, width float64) []line {
	practice, status := p.Place.Practice, statusMark(p.Status)
	hang := glyphSize(styleMeta) + glyphGap
	lines := d.lines(styleMeta.in(inkSecond), clean(practice.Title)+" ("+words.Lower(status.word)+", "+practice.ID+")", width-hang)
	for i := range lines {
		lines[i].to = d.answerOf(practice.ID)
		if i == 0 {
			lines[i].mark, lines[i].gap = status.glyph, 0.3
		} else {
			lines[i].dx = hang
		}
	}
	return lines
}

// toDecide puts the question to decide with what would soften the tradeoff, on one page where they fit on one.
func (d *document) toDecide(t *story.Tradeoff, x float64) {
	const keep = 70.0
	var question, ways []line
	if t.Decide != "" {
		question = append([]line{{style: styleMeta, text: "To decide"}}, spaced(0.3, d.lines(styleStrong, clean(t.Decide), wide))...)
	}
	if len(t.Mitigations) > 0 && t.Decision == nil {
		ways = append([]line{{style: styleMeta, text: "Mitigations"}}, d.bullets(styleBody, t.Mitigations, wide)...)
	}
	if h := heightOf(question) + heightOf(ways); h < keep {
		d.need(h)
	}
	for _, lines := range [][]line{question, ways} {
		if len(lines) > 0 {
			d.put(x, wide, lines)
			d.y += 1.4
		}
	}
}

func (d *document) bullets(s style, items []string, width float64) []line {
	const hang = 3.4
	var lines []line
	for _, item := range items {
		broken := d.lines(s, clean(item), width-hang)
		for i := range broken {
			broken[i].dx = hang
		}
		broken[0].mark, broken[0].dx, broken[0].gap = dash, 0, 0.4
		lines = append(lines, broken...)
	}
	return lines
}

func dash(c *canvas, x, y, s float64) { c.line(x, y+s/2, x+s*0.62, y+s/2, 0.2, edge) }

// decision draws what was decided, behind a bar.
func (d *document) decision(decision assessment.Decision, x float64) {
	const inset = 4.0
	width := wide - inset
	head := words.Choice(decision.Choice) + ", " + clean(decision.Owner)
	if day := words.Date(decision.Date); day != "" {
		head += ", " + day
	}
	lines := d.lines(styleStrong, head, width)
	lines = append(lines, spaced(0.6, d.lines(styleBody, strings.TrimSpace(decision.Rationale), width))...)
	if len(decision.Mitigations) > 0 {
		lines = append(lines, line{style: styleMeta, text: "Mitigations chosen", gap: 1})
		lines = append(lines, d.bullets(styleBody, decision.Mitigations, width)...)
	}
	for _, term := range story.DecisionTerms(&decision) {
		lines = append(lines, line{style: styleMeta, text: term.Name + ": " + clean(term.Value), gap: 1})
	}
	lines = append(lines, line{style: styleMeta, gap: 1, text: "When decided: " + words.Lower(words.State(decision.State)) +
		", pulls " + words.Range(decision.Pulls[0]) + " and " + words.Range(decision.Pulls[1]) + by(decision.By)})
	d.y += 0.6
	d.quoted(x, width, inset, lines, accent)
	d.y += 1
}

// quoted puts lines behind a vertical bar, on one page where they are few, else over as many pages as they need.
func (d *document) quoted(x, width, inset float64, lines []line, c colour) {
	const keep = 50.0
	if h := heightOf(lines); h < keep {
		d.need(h)
	}
	for i := range lines {
		d.need(roomFor(lines, i))
		d.line(x+0.3, d.y, x+0.3, d.y+lines[i].height(), 0.5, c)
		d.write(x+inset, d.y, width, lines[i])
		d.y += lines[i].height()
	}
}

// tradeoffTable lists tradeoffs in short, with both pulls.
func (d *document) tradeoffTable(found []*story.Tradeoff) {
	t := &table{flow: d.flow, columns: []column{
		{title: "Tradeoff", width: measure - 37 - 14 - 37 - 14}, {title: "One side", width: 37}, {title: "Pull", width: 14, number: true},
		{title: "Other side", width: 37}, {title: "Pull", width: 14, number: true},
	}}
	for _, one := range found {
		title := mark{glyph: tradeoffMark(one).glyph, word: clean(one.Title)}
		t.add(t.marked(0, styleBody, title), t.cell(1, styleSecond, clean(one.Sides[0].Label)), t.cell(2, styleBody, words.Pull(one.Pulls[0])),
			t.cell(3, styleSecond, clean(one.Sides[1].Label)), t.cell(4, styleBody, words.Pull(one.Pulls[1])))
	}
	t.draw()
	d.y += 2
}
