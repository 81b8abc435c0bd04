package report

import (
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
)

// drawSummary puts the whole result on one page.
func drawSummary(d *document, v *view) {
	d.lead(v.verdict())
	start := d.y
	d.overall(v, measure*0.44)
	left := d.y
	d.y = start
	axes := v.axes()
	if len(axes) >= minAxes {
		radar(d.canvas, right-41, start+29, 24, axes, v.bands, false)
		d.y = start + 59
	}
	d.y = max(d.y, left) + 4
	d.pillarTable(v)
	d.y += 3
	d.answersBar(v)
	d.y += 4
	d.shortLists(v)
}

// verdict says the result in sentences.
func (v *view) verdict() string {
	s := v.Result.Overall
	name := clean(v.Workload.Name)
	if !s.Range.Applicable {
		return name + " has no score: " + story.WhyNoScore(v.Apart) + "."
	}
	var b strings.Builder
	b.WriteString(name)
	if s.Open() {
		b.WriteString(" scores between " + words.Points(v.bands, s.Low) + " and " + words.Points(v.bands, s.High) + " of 100: " + words.Lower(words.BandTitle(v.bands, s.Band)) + " confirmed")
		if s.BandHigh != s.Band {
			b.WriteString(", " + words.Lower(words.BandTitle(v.bands, s.BandHigh)) + " at best")
		}
		b.WriteString(". ")
	} else {
		b.WriteString(" scores " + words.Points(v.bands, s.Low) + " of 100: " + words.Lower(words.BandTitle(v.bands, s.Band)) + ". ")
	}
	counted := v.Counted
	b.WriteString(words.Count(counted.Answered) + " of " + words.Plural(counted.Applicable, "applicable practice is answered", "applicable practices are answered"))
	if apart := story.ApartAnswered(v.Apart); apart != "" {
		b.WriteString(", and apart from them " + apart)
	}
	b.WriteString(". ")
	if scope := v.ScopeText(); scope != "" {
		b.WriteString(scope + ". ")
	}
	c := counted.Findings
	b.WriteString("There " + isAre(c.Total()) + " " + words.Plural(c.Total(), "finding", "findings"))
	if c.High > 0 {
		b.WriteString(", " + words.Count(c.High) + " of them high")
	}
	if len(v.Questionnaire.Tradeoffs) > 0 {
		b.WriteString(", and " + v.OpenDecisions())
	}
	b.WriteString(".")
	return b.String()
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// overall puts the score in large figures over its scale.
func (d *document) overall(v *view, width float64) {
	s := v.Result.Overall
	d.text(left, d.y+styleMinor.baseline(), styleMinor, "Overall")
	d.y += 18.5
	d.text(left-0.8, d.y, styleBig, words.Score(v.bands, s.Range))
	d.y += 3
	d.write(left, d.y, width, markLine(styleBody, bandsMark(v.bands, s)))
	d.y += 11.5
	rangeBar(d.canvas, left, d.y, width, 3.4, s.Range, v.bands)
	d.y += 7
	bandNames(d.canvas, left, d.y, width, v.bands, s)
	d.y += 6
	for _, l := range d.wrap(styleMeta, "Filled: confirmed. Hatched: still possible. A plumb line marks a final score.", width) {
		d.text(left, d.y+styleMeta.baseline(), styleMeta, l)
		d.y += styleMeta.height()
	}
}

// axes returns a ray for each applicable pillar.
func (v *view) axes() []axis {
	var axes []axis
	for _, p := range v.Pillars {
		if s := p.Score; s.Range.Applicable {
			axes = append(axes, axis{name: p.Title, note: words.Score(v.bands, s.Range), now: s.Range})
		}
	}
	return axes
}

// pillarTable puts one row a pillar, and one for all.
func (d *document) pillarTable(v *view) {
	t := scoreTable(d.flow, "Pillar", 30, 36, 18)
	for _, p := range v.Pillars {
		name := p.Title
		if p.Priority != 1 {
			name += " ×" + words.Exact(p.Priority)
		}
		t.addScore(v, styleBody, name, d.entryOf("Pillars", p.Title), p.Score, p.Tally)
	}
	t.addScore(v, styleStrong, story.AllPillars, 0, v.Counted.Score, story.TallyOf(v.Counted))
	t.rows[len(t.rows)-1].total = true
	if v.Apart.Pillars > 0 {
		t.addScore(v, styleBody, story.LeftOut, 0, v.Apart.Score, story.TallyOf(v.Apart))
	}
	t.draw()
}

// answersBar shows how the answers are shared out.
func (d *document) answersBar(v *view) {
	var parts []share
	for _, s := range []assessment.Status{assessment.Adopted, assessment.Partial, assessment.Absent, assessment.NotApplicable, assessment.OutOfScope, assessment.Unanswered} {
		if s == assessment.OutOfScope && v.Statuses[s] == 0 {
			continue
		}
		parts = append(parts, share{statusMark(s), v.Statuses[s]})
	}
	d.need(16)
	d.text(left, d.y+styleMinor.baseline(), styleMinor, "Answers")
	d.y += styleMinor.height() + 1.4
	shares(d.canvas, left, d.y, measure, 3, parts)
	d.y += 3 + 6
}

// shortest is the room that short lists take rather than a page of their own: a title and two or three items.
const shortest = 30.0

// shortLists puts the worst findings beside the best actions and the open decisions, as many as there is room for.
func (d *document) shortLists(v *view) {
	const gutter = 8.0
	half := (measure - gutter) / 2
	d.need(shortest)
	start := d.y
	d.shortList(left, half, "Top findings", v.worst())
	d.y = start
	d.shortList(left+half+gutter, half, "Next decisions and actions", v.upNext())
	d.y = bottom
}

// brief is one entry of a short list.
type brief struct {
	glyph glyph
	title string
	note  string
	to    target
	code  string // id of the practice, for the link into the appendix
}

// shortList writes as many of the items as the page has room for, at most six.
func (d *document) shortList(x, width float64, title string, items []brief) {
	d.line(x, d.y, x+width, d.y, 0.35, ink)
	d.text(x, d.y+1.6+styleMinor.baseline(), styleMinor, title)
	d.y += 1.6 + styleMinor.height() + 1.4
	if len(items) == 0 {
		d.text(x, d.y+styleMeta.baseline(), styleMeta, "None.")
	}
	for i, item := range items {
		size := glyphSize(styleMetaInk)
		lines := d.fewLines(styleMetaInk, item.title, width-size-glyphGap, 2)
		lines[0].mark = item.glyph
		for j := 1; j < len(lines); j++ {
			lines[j].dx = size + glyphGap
		}
		lines = append(lines, line{style: styleMeta, text: d.clip(styleMeta, item.note, width-size-glyphGap), dx: size + glyphGap})
		h := heightOf(lines) + 1.8
		if d.y+h > bottom || i == 6 {
			break
		}
		if i > 0 {
			d.line(x, d.y-0.4, x+width, d.y-0.4, 0.1, hair)
		}
		for _, l := range lines {
			if item.code != "" {
				l.to = d.answerOf(item.code)
			}
			d.write(x, d.y, width, l)
			d.y += l.height()
		}
		d.y += 1.8
	}
}

func (v *view) worst() []brief {
	var items []brief
	for _, p := range v.Findings {
		status := words.Lower(words.Status(p.Answer.Status))
		items = append(items, brief{levelMark(p.Severity).glyph, p.Place.Practice.Title,
			words.Level(p.Severity) + ", " + status + " · " + p.Pillar.Title, 0, p.Place.Practice.ID})
	}
	return items
}

// upNext returns the first open decisions and the first recommendations.
func (v *view) upNext() []brief {
	var items []brief
	open := v.Piled(story.Undecided)
	for _, t := range open[:min(2, len(open))] {
		title := t.Decide
		if title == "" {
			title = t.Title
		}
		items = append(items, brief{glyph: tradeoffMark(t).glyph, title: title, note: "Open decision, " + words.Lower(words.Kind(t.Kind())) + " · " + t.Title})
	}
	for _, p := range v.Actions {
		practice := p.Place.Practice
		items = append(items, brief{levelMark(p.Urgency).glyph, practice.Title,
			p.GainText() + " points, effort: " + words.Lower(words.Effort(practice.Effort)) + " · " + p.Pillar.Title, 0, practice.ID})
	}
	return items
}
