package report

import (
	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
)

var severities = []assessment.Level{assessment.High, assessment.Medium, assessment.Low}

func findingParts(v *view) []string {
	var parts []string
	for _, level := range severities {
		if len(v.FindingsOf(level)) > 0 {
			parts = append(parts, words.Level(level)+" severity")
		}
	}
	if len(v.LeftOut) > 0 {
		parts = append(parts, story.LeftOut)
	}
	return parts
}

// drawFindings lists the findings by severity, each with what to do about it.
func drawFindings(d *document, v *view) {
	u := v.Counted.Unknown
	lead := "A finding is a practice that is not fully adopted. A partially adopted practice ranks one severity lower."
	if u.Total() > 0 {
		lead += " In addition, " + words.Plural(u.Total(), "practice is unanswered", "practices are unanswered") + ": " +
			words.Count(u.High) + " high risk, " + words.Count(u.Medium) + " medium risk and " + words.Count(u.Low) + " low risk."
	}
	if apart := story.ApartUnknown(v.Apart); apart != "" {
		lead += " " + apart
	}
	d.lead(lead)
	if v.Counted.Findings.Total() == 0 {
		d.paragraph(left, measure, styleBody, words.NothingMissing)
	}
	for _, level := range severities {
		d.findingTable(v.FindingsOf(level))
	}
	d.findingTable(v.LeftOut)
}

// findingTable draws a part of the chapter, or nothing where it has no findings.
func (d *document) findingTable(found []*story.Practice) {
	if len(found) == 0 {
		return
	}
	d.part(words.Plural(len(found), "finding", "findings"), 40)
	t := &table{flow: d.flow, columns: []column{
		{width: 8}, {title: "Practice and recommendation", width: measure - 8 - 27 - 31 - 13},
		{title: "Answer", width: 27}, {title: "Effort", width: 31}, {title: "Gain", width: 13, number: true},
	}}
	for _, f := range found {
		d.addFinding(t, f)
	}
	t.draw()
	d.y += 2
}

func (d *document) addFinding(t *table, p *story.Practice) {
	practice := p.Place.Practice
	text := t.lines(styleBody, clean(practice.Title), t.inner(1))
	for i := range text {
		text[i].to = d.answerOf(practice.ID)
	}
	if practice.Advice != "" {
		text = append(text, spaced(0.6, t.lines(styleMeta.in(inkSecond), clean(practice.Advice), t.inner(1)))...)
	}
	text = append(text, line{style: styleMeta, text: d.clip(styleMeta, practice.ID+" · "+p.Pillar.Title+" · "+p.Principle.Title, t.inner(1)), gap: 0.4})
	t.add(
		cell{lines: []line{{style: styleBody, mark: levelMark(p.Severity).glyph}}},
		cell{lines: text},
		t.marked(2, styleBody, statusMark(p.Answer.Status)),
		t.cell(3, styleBody, words.Effort(practice.Effort)),
		t.cell(4, styleBody, p.GainText()),
	)
}
