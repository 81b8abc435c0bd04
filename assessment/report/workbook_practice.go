package report

import (
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

var styleStatement = style{regular, 10, ink, 1.4}

const (
	noteLines = 2
	// keptWhole is up to which height the block of one practice stays on one page.
	keptWhole = 150.0
)

// drawQuestions puts the questions of one pillar.
func drawQuestions(d *document, pillar *assessment.Pillar) {
	if pillar.Summary != "" {
		d.lead(clean(pillar.Summary))
	}
	for i := range pillar.Principles {
		p := &pillar.Principles[i]
		d.section = clean(pillar.Title) + ": " + clean(p.Title)
		d.part(p.ID, min(d.principleStart(p), bottom-top-30))
		d.put(left, measure, d.optional(styleSecond, p.Summary, measure*0.82))
		d.y += 3
		for k := range p.Questions {
			after := 0.0
			switch {
			case k+1 < len(p.Questions):
				after = d.questionStart(p, &p.Questions[k+1])
			case i+1 < len(pillar.Principles):
				after = styleSub.height() + 8 + d.principleStart(&pillar.Principles[i+1])
			}
			d.question(p, &p.Questions[k], after)
		}
	}
}

// principleStart returns the height of what stays together under the title of a principle.
func (d *document) principleStart(p *assessment.Principle) float64 {
	h := heightOf(d.optional(styleSecond, p.Summary, measure*0.82)) + 3
	if len(p.Questions) > 0 {
		h += d.questionStart(p, &p.Questions[0])
	}
	return h
}

// question puts one question and all that is asked under it; after is the height of what follows in one piece, 0 where
// nothing does.
func (d *document) question(p *assessment.Principle, q *assessment.Question, after float64) {
	d.need(min(d.questionStart(p, q), bottom-top))
	d.rule(0.35, ink)
	d.y += 2.4
	d.put(left, measure, d.questionLines(p, q))
	d.y += 2.6
	rules := d.ruleLines(q)
	if len(rules) > 0 {
		after = heightOf(rules) + 4
	}
	for i := range q.Practices {
		follows := after
		if i+1 < len(q.Practices) {
			follows = d.statement(&q.Practices[i+1]).needed()
		}
		d.ask(d.statement(&q.Practices[i]), follows)
	}
	d.riskRules(rules)
	d.y += 3
}

// questionLines returns a question with its help.
func (d *document) questionLines(p *assessment.Principle, q *assessment.Question) []line {
	var title []line
	if saysMore(p, q) {
		title = d.lines(styleMinor, clean(q.Title), measure)
	}
	return append(title, spaced(0.6, d.optional(styleMeta.in(inkSecond), q.Help, measure*0.82))...)
}

// questionStart returns the height of a question with the first practice under it, which stay together.
func (d *document) questionStart(p *assessment.Principle, q *assessment.Question) float64 {
	h := heightOf(d.questionLines(p, q)) + 5
	if len(q.Practices) > 0 {
		h += d.statement(&q.Practices[0]).needed()
	}
	return h
}

// optional returns the lines of a text, none where it is empty.
func (d *document) optional(s style, text string, width float64) []line {
	if text = clean(text); text == "" {
		return nil
	}
	return d.lines(s, text, width)
}

// statement is a practice as it is asked: what stands beside the boxes in the wide column, and under them.
type statement struct {
	title, hints, side []line
}

func (s statement) height() float64 {
	return 2 + max(heightOf(s.title)+heightOf(s.hints)+(noteLines+1)*lineStep+1, 4*boxStep+heightOf(s.side)) + 3
}

// needed returns how much of the height has to be on one page.
func (s statement) needed() float64 {
	return min(s.height(), max(keptWhole, heightOf(s.title)+4*boxStep), bottom-top)
}

func (d *document) statement(p *assessment.Practice) statement {
	s := statement{title: d.lines(styleStatement, clean(p.Title), wide)}
	for _, hint := range []string{partly(p.Help), named("To do: ", p.Advice), named("Not applicable when: ", p.NotApplicableWhen)} {
		if hint != "" {
			s.hints = append(s.hints, spaced(0.6, d.lines(styleMeta.in(inkSecond), hint, wide))...)
		}
	}
	risk, effort := levelInk(p.Risk), effortInk(p.Effort)
	risk.word += " risk, weight " + words.Exact(p.Weight)
	s.side = append(s.side, spaced(1, []line{markLine(styleMetaInk, risk), markLine(styleMetaInk, effort)})...)
	s.side = append(s.side, d.lines(styleMeta, p.ID, label)...)
	return s
}

// partly returns what a help says about a practice that is adopted in part, all of it where it says nothing about that.
func partly(help string) string {
	help = clean(help)
	for _, word := range []string{words.Status(assessment.Partial) + ": ", "Partly: "} {
		if at := strings.LastIndex(help, word); at >= 0 {
			return help[at:]
		}
	}
	return help
}

// named puts a name before a text that is not empty.
func named(name, text string) string {
	if text = clean(text); text == "" {
		return ""
	}
	return name + text
}

// ask draws one practice: the boxes on the left; the statement, what helps to judge it and lines to write on at the
// right. Where what follows goes to the next page, the rest of this one is for a longer note.
func (d *document) ask(s statement, follows float64) {
	d.need(s.needed())
	d.rule(0.1, hair)
	d.y += 2
	page, under := d.page(), d.y-0.6
	under += d.ticks(left, under, words.Status(assessment.Absent), words.Status(assessment.Partial), words.Status(assessment.Adopted), words.Status(assessment.NotApplicable))
	for _, l := range s.side {
		d.write(left, under, label, l)
		under += l.height()
	}
	d.put(left+indent, wide, s.title)
	d.put(left+indent, wide, s.hints)
	d.need((noteLines+1)*lineStep + 1)
	d.y += 1
	d.ruled(left+indent, wide, "Note", d.stretch(noteLines, lineStep+3, follows))
	d.ruled(left+indent, wide, "Evidence", 1)
	if d.page() == page {
		d.y = max(d.y, under)
	}
	d.y += 3
}

// ruleLines says in words when a question has which risk, with boxes to tick; none where its practices decide that.
func (d *document) ruleLines(q *assessment.Question) []line {
	if len(q.RiskRules) == 0 {
		return nil
	}
	lines := []line{{style: styleMeta, text: "Risk of this question: the first one that applies"}}
	for i, r := range q.RiskRules {
		when := " if " + inWords(r.When)
		if r.Always() {
			when = " otherwise"
		}
		if i == 0 && r.Always() {
			when = ", regardless of the answers"
		}
		lines = append(lines, spaced(1, d.boxed(styleBody, words.Level(r.Risk)+when, wide))...)
	}
	return lines
}

func (d *document) riskRules(lines []line) {
	if len(lines) == 0 {
		return
	}
	d.need(min(heightOf(lines)+4, bottom-top))
	d.rule(0.1, hair)
	d.y += 2
	d.put(left+indent, wide, lines)
	d.y += 2
}
