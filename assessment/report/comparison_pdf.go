package report

import (
	"math"

	"plumbline/assessment/story"
	"plumbline/assessment/words"
)

func comparisonInformation(c *change) information {
	return information{
		title:    clean(c.Heading()),
		subject:  c.Say("Comparison of two snapshots", "Comparison of two workloads"),
		author:   c.After.TakenBy,
		keywords: "architecture review, comparison, sha256 " + c.before.Hash + ", sha256 " + c.after.Hash,
		at:       c.After.TakenAt,
	}
}

// drawComparison draws the report of what changed between two snapshots.
func drawComparison(f *flow, c *change) {
	foot := c.Say(clean(c.Before.Title)+" → "+clean(c.After.Title), clean(c.Subject())) + " · sha256 " + short(c.before.Hash) + " → " + short(c.after.Hash)
	d := newDocument(f, clean(c.Subject()), foot, []chapter{
		{title: c.Say("What changed", "How they differ"), draw: func(d *document) { drawChangeSummary(d, c) }},
		{title: c.Why(), parts: c.whyParts(), draw: func(d *document) { drawWhy(d, c) }},
		{title: "Practices", parts: c.listTitles(), draw: func(d *document) { drawPracticeLists(d, c) }},
		{title: "Tradeoffs and decisions", parts: c.tradeoffParts(), draw: func(d *document) { drawTradeoffChanges(d, c) }},
		{title: "Method", parts: c.methodParts(), draw: func(d *document) { drawChangeMethod(d, c) }},
	})
	d.draw(func() { comparisonCover(f, c) }, legend(c.after.bands))
}

func comparisonCover(f *flow, c *change) {
	f.coverHead(c.Say("Comparison of two snapshots", "Comparison of two workloads"), c.Say(c.After.Workload.Name, clean(c.Subject())), c.span())
	const beam, axis = 148.0, 199.0
	f.line(left, beam, right, beam, 0.35, ink)
	f.text(left, beam-3, styleMeta, "Confirmed overall score before and after, 0 to 100")
	scale(f.canvas, left, axis, measure, 1.6, c.after.bands)
	before, after := c.Before.Overall, c.After.Overall
	from, to := at(left, measure, before.Low), at(left, measure, after.Low)
	f.bar(math.Min(from, to), axis-1.1, math.Abs(to-from), 2.2, accentSoft)
	f.line(from, beam, from, axis-6, 0.25, edge)
	f.outline(0.35, inkSecond, point{from - 2.2, axis - 6}, point{from + 2.2, axis - 6}, point{from, axis - 0.6})
	plumb(f.canvas, to, beam, axis-7.5, 7.2)
	text := words.Tenths(before.Low) + c.Say(" → ", " | ") + words.Tenths(after.Low)
	x, room := widestGap(min(from, to), max(from, to))
	big := styleBig
	big.size *= min(1, room/f.width(big, text))
	f.text(x, beam+26, big, text)
	f.text(x+0.6, beam+34, styleBody, words.Signed(c.Scores[0].Points, 1)+" points")
	after.BandHigh = after.Band
	bandNames(f.canvas, left, axis+7, measure, c.after.bands, after)
	f.coverFacts([]fact{
		{"Before", clean(c.Side(c.Before)) + ", " + words.DayTime(c.Before.TakenAt.UTC()) + by(c.Before.TakenBy)},
		{"SHA-256", hashText(c.before.Hash)},
		{"After", clean(c.Side(c.After)) + ", " + words.DayTime(c.After.TakenAt.UTC()) + by(c.After.TakenBy)},
		{"SHA-256", hashText(c.after.Hash)},
		{"Reviewed with", c.after.Questionnaire.Title + ", " + c.Parts[0].Note},
	})
}

// widestGap returns where the widest of the gaps before, between and after two plumb lines begins, and its width.
func widestGap(first, second float64) (x, width float64) {
	const clear = 6.0 // beside a line
	x, width = left, first-clear-left
	if between := second - first - 2*clear; between > width {
		x, width = first+clear, between
	}
	if after := right - second - clear; after > width {
		x, width = second+clear, after
	}
	return x, width
}

// drawChangeSummary puts the change on one page: both scores a pillar, and the radar of both.
func drawChangeSummary(d *document, c *change) {
	d.lead(clean(c.Verdict() + " " + c.Counts() + " " + c.Note()))
	t := &table{flow: d.flow, columns: []column{
		{title: "Pillar", width: measure - 15 - 47 - 13 - 17 - 33}, {title: "Before", width: 15, number: true}, {title: "0 to 100: before (ring), after (disc)", width: 47},
		{title: "After", width: 13, number: true}, {title: c.PointsTitle(), width: 17, number: true}, {title: "Band", width: 33},
	}}
	add := func(s style, score story.ScoreChange) {
		band := bandMark(c.after.bands, score.After.Band)
		band.word = score.Band
		t.add(t.cell(0, s, score.Title), t.cell(1, s, story.Low(score.Before)),
			cell{chart: func(x, y, w float64) {
				dumbbell(t.canvas, x, y, w, score.Before.Range, score.After.Range, c.after.bands)
			}},
			t.cell(3, s, story.Low(score.After)), t.cell(4, s, score.Change()), t.marked(5, styleMetaInk, band))
	}
	for _, score := range c.Scores[1:] {
		add(styleBody, score)
	}
	add(styleStrong, c.Scores[0])
	t.rows[len(t.rows)-1].total = true
	t.draw()
	axes := c.axes()
	if len(axes) < minAxes {
		d.y += 6
		d.changesInShort(c)
		return
	}
	d.need(82)
	d.y += 6
	top := d.y
	radar(d.canvas, left+measure*0.5, top+36, 26, axes, c.after.bands, true)
	d.y = top + 74
	d.textMid(left+measure*0.5, d.y, styleMeta, c.radarNote())
	d.y += 7
	d.changesInShort(c)
}

// changesInShort puts what moved the score most beside the tradeoffs and decisions that changed, as many as there is
// room for.
func (d *document) changesInShort(c *change) {
	const gutter = 8.0
	half := (measure - gutter) / 2
	d.need(shortest)
	start := d.y
	d.shortList(left, half, c.Say("Largest effects on the score", "Largest differences"), c.moved())
	d.y = start
	d.shortList(left+half+gutter, half, c.Say("Tradeoffs and decisions that changed", "Tradeoffs and decisions that differ"), c.settled())
	d.y = bottom
}

func (c *change) moved() []brief {
	var items []brief
	for _, p := range c.Largest(largestParts) {
		note := words.Signed(p.Part, 2) + ", " + words.Lower(p.BeforeWord()) + " → " + words.Lower(words.Status(p.After)) + " · " + p.PillarTitle
		items = append(items, brief{glyph: statusMark(p.After).glyph, title: p.Title, note: note})
	}
	return items
}

func (c *change) settled() []brief {
	var items []brief
	for _, t := range c.States {
		items = append(items, brief{glyph: stateMark(t.After).glyph, title: t.Title, note: story.StateShift(t)})
	}
	for _, one := range c.Settled {
		choice := one.After
		if choice == nil {
			choice = one.Before
		}
		items = append(items, brief{glyph: choiceMark(choice.Choice).glyph, title: one.Title,
			note: "Decision " + words.Lower(clean(one.Kind)) + ": " + words.Lower(words.Choice(choice.Choice)) + ", " + clean(choice.Owner)})
	}
	return items
}

func (c *change) axes() []axis {
	var axes []axis
	for _, p := range c.Rays() {
		axes = append(axes, axis{name: p.Title, note: story.Low(p.Before) + " → " + story.Low(p.After), now: p.After.Range, before: p.Before.Range})
	}
	return axes
}
