package web

import (
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// pillarChoice is the list to filter by pillar.
func pillarChoice(m *assessment.Model, chosen string) templates.FilterChoice {
	choice := templates.FilterChoice{Name: templates.ParamPillar, Label: "Pillar", All: "All pillars"}
	for _, pillar := range m.Questionnaire().Pillars {
		choice.Options = append(choice.Options, templates.FilterOption{Value: pillar.ID, Title: pillar.Title, Chosen: pillar.ID == chosen})
	}
	return choice
}

// severityChoice is the list to filter by one of the severities.
func severityChoice(severities []assessment.Level, chosen string) templates.FilterChoice {
	choice := templates.FilterChoice{Name: templates.ParamSeverity, Label: "Severity", All: "All severities"}
	for _, level := range severities {
		choice.Options = append(choice.Options, templates.FilterOption{Value: string(level), Title: words.Level(level), Chosen: string(level) == chosen})
	}
	return choice
}

// planFilters are the lists that shorten the improvement plan.
func planFilters(m *assessment.Model, q planQuery) []templates.FilterChoice {
	efforts := templates.FilterChoice{Name: "effort", Label: "Effort", All: "All efforts"}
	for _, effort := range []assessment.Effort{assessment.EffortS, assessment.EffortM, assessment.EffortL} {
		efforts.Options = append(efforts.Options, templates.FilterOption{Value: string(effort), Title: words.Effort(effort), Chosen: string(effort) == q.effort})
	}
	answers := templates.FilterChoice{Name: "unanswered", Label: "Answer", All: "All", Options: []templates.FilterOption{
		{Value: "no", Title: "Answered", Chosen: q.unanswered == "no"}, {Value: "yes", Title: words.Status(assessment.Unanswered), Chosen: q.unanswered == "yes"},
	}}
	severities := append(slices.Clone(levels), assessment.None)
	return []templates.FilterChoice{pillarChoice(m, q.pillar), severityChoice(severities, q.severity), efforts, answers}
}
