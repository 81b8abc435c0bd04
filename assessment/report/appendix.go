package report

import (
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
)

// drawAppendix puts every practice with its answer, note and evidence.
func drawAppendix(d *document, v *view) {
	d.lead("All practices in the order of the questionnaire, with answers, notes and evidence.")
	for i := range v.Pillars {
		pillar := &v.Pillars[i]
		d.section = "Appendix: " + clean(pillar.Title)
		d.part(pillarNote(v.bands, pillar), 50)
		for j := range pillar.Principles {
			d.principle(v, &pillar.Principles[j])
		}
	}
}

func (d *document) principle(v *view, p *story.Principle) {
	score := p.Score
	d.need(46)
	d.y += 1
	d.rule(0.25, ink)
	d.y += 2
	d.bookmark(p.Title, 2, d.y-6)
	d.heading(styleMinor, p.Title, words.Band(v.bands, score)+" · "+words.Score(v.bands, score.Range)+" · "+words.Of(score.Answered, score.Applicable)+" answered")
	if p.Summary != "" {
		d.paragraph(left, measure*0.82, styleMeta.in(inkSecond), clean(p.Summary))
	}
	d.y += 2.4
	for k := range p.Questions {
		q := &p.Questions[k]
		if saysMore(p.Principle, q) {
			d.need(24)
			d.put(left+indent, wide, d.lines(styleStrong, clean(q.Title), wide))
			d.y += 1.4
		}
		for l := range q.Practices {
			d.practice(v.Practice(q.Practices[l].ID))
		}
		d.y += 2
	}
	d.y += 2
}

// saysMore reports whether a question has a title of its own: imported principles often have a single one of the same
// words, which are not said twice.
func saysMore(p *assessment.Principle, q *assessment.Question) bool {
	return len(p.Questions) > 1 || q.Title != p.Title
}

// riskText says what it means when a practice is missing: "high risk".
func riskText(p *assessment.Practice) string {
	if !p.Rated() {
		return "risk: not rated"
	}
	return words.Lower(words.Level(p.Risk)) + " risk"
}

// practice draws one answer: the status on the left; the statement, the note and the evidence on the right.
func (d *document) practice(one *story.Practice) {
	const (
		inset   = 3.6  // of a note behind its bar
		longest = 80.0 // of an answer that is kept on one page
	)
	p, answer := one.Place.Practice, one.Answer
	status := markLine(styleBody, statusMark(one.Status))
	if one.Status == assessment.Unanswered {
		status.style = styleSecond
	}
	side := []line{status}
	if one.Severity != "" {
		side = append(side, line{style: styleMeta, mark: levelMark(one.Severity).glyph, text: words.Level(one.Severity) + " finding"})
	}
	text := d.lines(styleBody, clean(p.Title), wide)
	about := p.ID + " · " + riskText(p) + " · weight " + words.Exact(p.Weight) + " · effort: " + words.Lower(words.Effort(p.Effort))
	text = append(text, line{style: styleMeta, text: d.clip(styleMeta, about, wide)})
	if one.Status == assessment.NotApplicable && answer.Reason != "" {
		text = append(text, spaced(0.8, d.lines(styleBody, "Not applicable because: "+strings.TrimSpace(answer.Reason), wide))...)
	}
	var note []line
	var evidence [][]line
	if typed := strings.TrimSpace(answer.Note); typed != "" {
		note = d.lines(styleSecond, typed, wide-inset)
	}
	whole := heightOf(text) + heightOf(note) + 6
	for _, e := range answer.Evidence {
		lines := d.evidence(e)
		evidence = append(evidence, lines)
		whole += heightOf(lines)
	}
	if whole > longest { // no use in keeping it together
		whole = heightOf(text) + 12
	}
	d.need(max(whole, heightOf(side)+3))
	d.rule(0.1, hair)
	d.y += 1.6
	d.place(d.answerOf(p.ID), d.y-4)
	y, page := d.y, d.page()
	for _, l := range side {
		d.write(left, y, label, l)
		y += l.height()
	}
	d.put(left+indent, wide, text)
	if len(note) > 0 {
		d.y += 0.9
		d.quoted(left+indent, wide-inset, inset, note, hair)
	}
	for _, lines := range evidence {
		d.need(heightOf(lines)) // its area is not torn
		d.put(left+indent, wide, lines)
	}
	if d.page() == page {
		d.y = max(d.y, y)
	}
	d.y += 1.7
}

// evidence returns a link's title and its address, which a printed page needs too.
func (d *document) evidence(e assessment.Link) []line {
	lines := d.lines(styleMeta.in(accent), words.Address(e.URL), wide)
	if title := clean(e.Title); title != "" && title != e.URL {
		lines = append(d.lines(styleMetaInk, "Evidence: "+title, wide), lines...)
	}
	return d.leading(spaced(0.8, lines), e.URL, 0)
}
