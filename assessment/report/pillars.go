package report

import "plumbline/assessment"

// drawPillars shows each pillar with the scores of its principles.
func drawPillars(d *document, v *view) {
	d.lead("Each pillar is the weighted mean of its principles, each principle that of its questions. A pillar without an applicable practice leaves the overall score.")
	for i := range v.q.Pillars {
		p := &v.q.Pillars[i]
		t := scoreTable(d.flow, "Principle", 25, 24)
		for j := range p.Principles {
			principle := &p.Principles[j]
			name := principle.Title
			if principle.Weight != 1 && principle.Weight != 0 {
				name += " (weight " + factor(principle.Weight) + ")"
			}
			t.addScore(v, styleBody, name, 0, v.principle(principle.ID), *v.countsOf[principle])
		}
		t.addScore(v, styleStrong, "All of "+p.Title, 0, v.pillar(p.ID), *v.counts[p])
		t.rows[len(t.rows)-1].total = true
		d.part(d.pillarNote(v, p), min(t.height()+14, bottom-top-40))
		d.y += 0.5
		if p.Summary != "" {
			d.paragraph(left, measure*0.82, styleSecond, clean(p.Summary))
			d.y += 2.5
		}
		t.draw()
		d.y += 4
	}
}

func (d *document) pillarNote(v *view, p *assessment.Pillar) string {
	s := v.pillar(p.ID)
	note := bandsMark(v.bands, s).word + ", " + rangeText(s.Range)
	if !s.Range.Applicable {
		note = "Not applicable"
	}
	if weight := v.Priorities.Of(p.ID); weight != 1 {
		note += " · priority " + factor(weight)
	}
	return note
}

// entryOf returns the place of a part of a chapter, for links to it.
func (d *document) entryOf(chapter, part string) target {
	inside := false
	for _, e := range d.entries {
		if e.level == 0 {
			inside = e.title == chapter
		} else if inside && e.title == part {
			return e.to
		}
	}
	return 0
}
