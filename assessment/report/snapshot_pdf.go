package report

import (
	"strings"

	"plumbline/assessment/words"
)

func snapshotInformation(v *view) information {
	return information{
		title:    clean(v.Workload.Name) + ": " + clean(v.Title),
		subject:  "Review of a workload with " + v.Questionnaire.Title + " " + v.Questionnaire.Version,
		author:   v.TakenBy,
		keywords: "architecture review, " + v.Questionnaire.ID + " " + v.Questionnaire.Version + ", sha256 " + v.Hash,
		at:       v.TakenAt,
	}
}

// drawSnapshot draws the report of one snapshot.
func drawSnapshot(f *flow, v *view) {
	foot := clean(v.Title) + ", " + words.Day(v.TakenAt.UTC())
	if v.Hash != "" {
		foot += " · sha256 " + short(v.Hash)
	}
	d := newDocument(f, clean(v.Workload.Name), foot, []chapter{
		{title: "Summary", draw: func(d *document) { drawSummary(d, v) }},
		{title: "Pillars", parts: v.pillarTitles(), draw: func(d *document) { drawPillars(d, v) }},
		{title: "Findings", parts: findingParts(v), draw: func(d *document) { drawFindings(d, v) }},
		{title: "Tradeoffs and decisions", parts: tradeoffParts(v), draw: func(d *document) { drawTradeoffs(d, v) }},
		{title: "Improvement plan", parts: planParts(v), draw: func(d *document) { drawPlan(d, v) }},
		{title: "Method", parts: v.methodParts(), draw: func(d *document) { drawMethod(d, v) }},
		{title: "Appendix: all answers", parts: v.pillarTitles(), draw: func(d *document) { drawAppendix(d, v) }},
	})
	d.draw(func() { snapshotCover(f, v) }, legend(v.bands))
}

func (v *view) pillarTitles() []string {
	var titles []string
	for _, p := range v.Pillars {
		titles = append(titles, p.Title)
	}
	return titles
}

func snapshotCover(f *flow, v *view) {
	f.coverHead("Architecture review", v.Workload.Name, v.Workload.Description)
	f.coverScale(v.Result.Overall, v.bands, "Overall score, 0 to 100")
	facts := []fact{
		{"Snapshot", clean(v.Title)},
		{"Created", words.DayTime(v.TakenAt.UTC()) + by(v.TakenBy)},
		{"Reviewed with", v.Questionnaire.Title + " " + v.Questionnaire.Version},
	}
	if v.Workload.Owner != "" {
		facts = append(facts, fact{"Owner", clean(v.Workload.Owner)})
	}
	if v.Workload.Environment != "" {
		facts = append(facts, fact{"Environment", clean(v.Workload.Environment)})
	}
	if len(v.Workload.Tags) > 0 {
		facts = append(facts, fact{"Tags", clean(strings.Join(v.Workload.Tags, " · "))})
	}
	if v.Note != "" {
		facts = append(facts, fact{"Note", clean(v.Note)})
	}
	facts = append(facts, fact{"SHA-256", hashText(v.Hash)})
	f.coverFacts(facts)
}

func by(name string) string {
	if name == "" {
		return ""
	}
	return ", by " + clean(name)
}
