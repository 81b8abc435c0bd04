package report

import (
	"strings"

	"plumbline/assessment"
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
		summary := d.optional(styleSecond, p.Summary, measure*0.82)
		follows := heightOf(summary) + 3
		if len(p.Questions) > 0 {
			follows += d.questionStart(&p.Questions[0])
		}
		d.part(p.ID, min(follows, bottom-top-30))
		d.put(left, measure, summary)
		d.y += 3
		for k := range p.Questions {
			d.question(&p.Questions[k])
		}
	}
}

// question puts one question and all that is asked under it.
func (d *document) question(q *assessment.Question) {
	d.need(min(d.questionStart(q), bottom-top))
	d.rule(0.35, ink)
	d.y += 2.4
	d.put(left, measure, d.questionLines(q))
	d.y += 2.6
	for i := range q.Practices {
		d.ask(d.statement(&q.Practices[i]))
	}
	d.riskRules(q)
	d.y += 3
}

func (d *document) questionLines(q *assessment.Question) []line {
	title := d.lines(styleMinor, clean(q.Title), measure)
	return append(title, spaced(0.6, d.optional(styleMeta.in(inkSecond), q.Help, measure*0.82))...)
}

// questionStart returns the height of a question with the first practice under it, which stay together.
func (d *document) questionStart(q *assessment.Question) float64 {
	h := heightOf(d.questionLines(q)) + 5
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

// statement is what stands in the wide column of a practice.
type statement struct {
	title, hints []line
}

func (s statement) height() float64 {
	return 2 + max(heightOf(s.title)+heightOf(s.hints)+(noteLines+1)*lineStep, 4*boxStep) + 4
}

// needed returns how much of the height has to be on one page.
func (s statement) needed() float64 {
	return min(s.height(), max(keptWhole, heightOf(s.title)+4*boxStep), bottom-top)
}

func (d *document) statement(p *assessment.Practice) statement {
	s := statement{title: d.lines(styleStatement, clean(p.Title), wide)}
	small := styleMeta.in(inkSecond)
	for _, hint := range []string{partly(p.Help), named("To do: ", p.Advice), named("Not applicable when: ", p.NotApplicableWhen)} {
		if hint != "" {
			s.hints = append(s.hints, spaced(0.7, d.lines(small, hint, wide))...)
		}
	}
	s.title = append(s.title, d.marks(p))
	return s
}

// marks is the line that says how much a practice weighs and how long it takes.
func (d *document) marks(p *assessment.Practice) line {
	risk, effort := levelInk(p.Risk), effortInk(p.Effort)
	size := glyphSize(styleMetaInk)
	word := risk.word + " risk"
	step := 26.0
	both := func(c *canvas, x, y, s float64) {
		risk.glyph(c, x, y, s)
		effort.glyph(c, x+step, y, s)
		base := y + s/2 + styleMetaInk.size*millimetresPerPoint*0.355
		c.text(x+step+size+glyphGap, base, styleMetaInk, effort.word)
		c.text(x+2*step, base, styleMetaInk, "Weight "+factor(p.Weight))
	}
	return line{style: styleMetaInk, mark: both, text: word, right: d.clip(styleMeta, p.ID, wide-3*step), gap: 0.7}
}

// partly returns what a help says about a practice that is adopted in part, all of it where it says nothing about that.
func partly(help string) string {
	help = clean(help)
	if at := strings.LastIndex(help, "Partly: "); at >= 0 {
		return help[at:]
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
// right.
func (d *document) ask(s statement) {
	d.need(s.needed())
	d.rule(0.1, hair)
	d.y += 2
	boxes := d.y + d.ticks(left, d.y-0.6, "Not yet", "Partly", "Adopted", "Not applicable")
	page := d.page()
	d.put(left+indent, wide, s.title)
	d.put(left+indent, wide, s.hints)
	d.need((noteLines + 1) * lineStep)
	d.ruled(left+indent, wide, "Note", noteLines)
	d.ruled(left+indent, wide, "Evidence", 1)
	if d.page() == page {
		d.y = max(d.y, boxes)
	}
	d.y += 4
}

// riskRules says in words when a question has which risk, with boxes to tick.
func (d *document) riskRules(q *assessment.Question) {
	if len(q.RiskRules) == 0 {
		return
	}
	lines := []line{{style: styleMeta, text: "Risk of this question: the first of these that holds"}}
	for _, r := range q.RiskRules {
		lines = append(lines, spaced(1, d.boxed(styleBody, levelInk(r.Risk).word+riskWhen(r), wide))...)
	}
	d.need(min(heightOf(lines)+4, bottom-top))
	d.rule(0.1, hair)
	d.y += 2
	d.put(left+indent, wide, lines)
	d.y += 2
}
