package report

import (
	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
)

// drawPillars shows each pillar with the scores of its principles.
func drawPillars(d *document, v *view) {
	d.lead("A pillar score is the weighted mean of its principles, and a principle score that of its questions. A pillar without applicable practices does not count in the overall score.")
	for i := range v.Pillars {
		p := &v.Pillars[i]
		t := scoreTable(d.flow, "Principle", 22, 23, 18)
		for j := range p.Principles {
			principle := &p.Principles[j]
			name := principle.Title
			if principle.Weight != 1 && principle.Weight != 0 {
				name += " (weight " + words.Exact(principle.Weight) + ")"
			}
			t.addScore(v, styleBody, name, 0, principle.Score, principle.Tally)
		}
		t.addScore(v, styleStrong, "All of "+p.Title, 0, p.Score, p.Tally)
		t.rows[len(t.rows)-1].total = true
		summary := d.optional(styleSecond, p.Summary, measure*0.82)
		d.part(pillarNote(v.bands, p), d.follows(heightOf(summary)+3, t))
		d.y += 0.5
		if len(summary) > 0 {
			d.put(left, measure, summary)
			d.y += 2.5
		}
		t.draw()
		d.y += 4
	}
}

// follows returns how much of a table has to stand under its heading, the text above it included: all of it, or a part
// where too much of a page would stay empty for it.
func (d *document) follows(text float64, t *table) float64 {
	const part, empty = 60.0, 80.0
	whole := text + t.height()
	if rest := bottom - d.y - styleSub.height() - 8; whole > rest && rest > empty {
		return text + part
	}
	return min(whole, bottom-top-40)
}

func pillarNote(bands []assessment.Band, p *story.Pillar) string {
	note := words.Band(bands, p.Score) + ", " + words.Score(bands, p.Score.Range)
	if !p.Score.Range.Applicable {
		note = "Not applicable"
	}
	if p.Priority != 1 {
		note += " · priority " + words.Exact(p.Priority)
	}
	return note
}
