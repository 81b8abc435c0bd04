package plan

import (
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	"plumbline/web/page"
)

// planFilters are the lists that shorten the improvement plan.
func planFilters(m *assessment.Model, q planQuery) []templates.FilterChoice {
	efforts := templates.FilterChoice{Name: "effort", Label: "Effort", All: "All efforts"}
	for _, effort := range []assessment.Effort{assessment.EffortS, assessment.EffortM, assessment.EffortL} {
		efforts.Options = append(efforts.Options, templates.Option{Value: string(effort), Title: words.Effort(effort), Chosen: string(effort) == q.effort})
	}
	answers := templates.FilterChoice{Name: "unanswered", Label: "Answer", All: "All answers", Options: []templates.Option{
		{Value: "no", Title: "Answered", Chosen: q.unanswered == "no"}, {Value: "yes", Title: words.Status(assessment.Unanswered), Chosen: q.unanswered == "yes"},
	}}
	severities := append(slices.Clone(page.Levels), assessment.None)
	return []templates.FilterChoice{page.PillarChoice(m, q.pillar), page.SeverityChoice(severities, q.severity), efforts, answers}
}
