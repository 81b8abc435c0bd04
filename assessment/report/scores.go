package report

import (
	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
)

// scoreTable returns a table of scores with their bars, bands, progress and findings; bar, band and
// answered are the widths of three of its columns, the names have what is left.
func scoreTable(f *flow, what string, bar, band, answered float64) *table {
	return &table{flow: f, columns: []column{
		{title: what, width: measure - bar - 16 - band - answered - 10 - 10 - 6},
		{title: "0 to 100", width: bar},
		{title: "Score", width: 16, number: true},
		{title: "Band", width: band},
		{title: "Answered", width: answered, number: true},
		{title: "High", width: 10, number: true, mark: levelMark(assessment.High).glyph},
		{title: "Med.", width: 10, number: true, mark: levelMark(assessment.Medium).glyph},
		{title: "Low", width: 6, number: true, mark: levelMark(assessment.Low).glyph},
	}}
}

func (t *table) addScore(v *view, s style, name string, to target, score assessment.Score, counts story.Tally) {
	small := style{s.weight, styleMetaInk.size, ink, s.size * s.leading / styleMetaInk.size}
	title := t.cell(0, s, name)
	for i := range title.lines {
		title.lines[i].to = to
	}
	bar := cell{chart: func(x, y, w float64) { rangeBar(t.canvas, x, y, w, 2, score.Range, v.bands) }}
	t.add(title, bar, t.cell(2, s, words.Score(v.bands, score.Range)), t.marked(3, styleMetaInk, bandsMark(v.bands, score)),
		t.cell(4, small, words.Of(score.Answered, score.Applicable)),
		t.count(5, small, counts.Findings.High), t.count(6, small, counts.Findings.Medium), t.count(7, small, counts.Findings.Low))
}

// count returns a cell with a number, zero in grey.
func (t *table) count(column int, s style, n int) cell {
	if n == 0 {
		s = s.in(inkThird)
	}
	return t.cell(column, s, words.Count(n))
}
