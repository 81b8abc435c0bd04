package report

import (
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

func planParts(v *view) []string {
	var parts []string
	if len(v.Planned) > 0 {
		parts = append(parts, "Planned")
	}
	if len(v.Actions) > 0 {
		parts = append(parts, "Next best actions")
	}
	return parts
}

// drawPlan shows what the team means to do, and everything that is left to do by rank.
func drawPlan(d *document, v *view) {
	d.lead("Gain is the increase in the confirmed overall score if the practice is adopted and nothing else changes. Practices are ranked by severity, then by gain per effort.")
	if len(v.Planned) > 0 {
		d.part(v.PlannedText(), 30)
		if sentence := v.projection(); sentence != "" {
			d.paragraph(left, measure, styleSecond, sentence)
			d.y += 2
		}
		d.plannedTable(v)
	}
	if len(v.Actions) == 0 {
		d.paragraph(left, measure, styleBody, words.NothingToPlan)
		return
	}
	d.part(words.Plural(len(v.Actions), "practice", "practices"), 40)
	d.rankTable(v)
}

// projection says where the overall score would be with everything that is planned, empty where that changes nothing.
func (v *view) projection() string {
	m, err := assessment.Compile(v.Questionnaire)
	if err != nil {
		return ""
	}
	practices := make([]string, len(v.Planned))
	for i, p := range v.Planned {
		practices[i] = p.Plan.Practice
	}
	now, then := v.Result.Overall.Range, m.Project(v.Answers, v.Priorities, v.Facets, practices).Overall.Range
	if !now.Applicable || !then.Applicable || words.Score(v.bands, now) == words.Score(v.bands, then) {
		return ""
	}
	return "If the whole plan is done, the overall score is " + words.Score(v.bands, then) + ", now " + words.Score(v.bands, now) + "."
}

func (d *document) plannedTable(v *view) {
	t := &table{flow: d.flow, columns: []column{
		{title: "Practice", width: measure - 32 - 34 - 22 - 13}, {title: "Owner", width: 32}, {title: "Due", width: 34},
		{title: "Severity", width: 22}, {title: "Gain", width: 13, number: true},
	}}
	for _, p := range v.Planned {
		item := p.Plan
		text := t.lines(styleBody, clean(p.Place.Practice.Title), t.inner(0))
		text = d.leading(text, "", d.answerOf(item.Practice))
		if item.URL != "" {
			text = append(text, d.leading(t.lines(styleMeta.in(accent), words.Address(item.URL), t.inner(0)), item.URL, 0)...)
		}
		severity, gain := t.cell(3, styleSecond, "Done"), t.cell(4, styleSecond, "")
		switch {
		case p.Status == assessment.OutOfScope:
			severity = t.cell(3, styleSecond, words.Status(p.Status))
		case p.Open():
			severity, gain = t.marked(3, styleBody, levelMark(p.Urgency)), t.cell(4, styleBody, p.GainText())
		}
		t.add(cell{lines: text}, t.cell(1, styleBody, orDash(clean(item.Owner))), t.cell(2, styleBody, orDash(words.Date(item.Due))), severity, gain)
	}
	t.draw()
	d.y += 3
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

func (d *document) rankTable(v *view) {
	most := 0.0
	for _, p := range v.Actions {
		most = max(most, p.Gain)
	}
	t := &table{flow: d.flow, columns: []column{
		{title: "", width: 10, number: true}, {title: "Practice", width: measure - 10 - 21 - 25 - 22 - 11},
		{title: "Severity", width: 21}, {title: "Effort", width: 25}, {title: "", width: 22}, {title: "Gain", width: 11, number: true},
	}}
	for _, p := range v.Actions {
		practice := p.Place.Practice
		text := t.lines(styleMetaInk, clean(practice.Title), t.inner(1))
		text = d.leading(text, "", d.answerOf(practice.ID))
		note := p.Pillar.Title + " · " + words.Lower(words.Status(p.Answer.Status))
		if len(p.Shifts) > 0 {
			note += " · changes " + v.tradeoffNames(p.Shifts)
		}
		text = append(text, t.lines(styleMeta, note, t.inner(1))...)
		bar := cell{chart: func(x, y, w float64) {
			if most > 0 {
				t.bar(x, y-1.1-0.2, max(w*p.Gain/most, 0.2), 2.2, accentSoft)
			}
		}}
		small := styleMetaInk
		t.add(t.cell(0, small.in(inkThird), words.Count(p.Rank)), cell{lines: text}, t.marked(2, small, levelMark(p.Urgency)),
			t.cell(3, small, words.Effort(practice.Effort)), bar, t.cell(5, small, p.GainText()))
	}
	t.draw()
}

// tradeoffNames names tradeoffs by their titles.
func (v *view) tradeoffNames(ids []string) string {
	var names []string
	for _, id := range ids {
		if t := v.Tradeoff(id); t != nil {
			names = append(names, "“"+clean(t.Title)+"”")
		}
	}
	return strings.Join(names, ", ")
}
