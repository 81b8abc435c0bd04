package page

import (
	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// PillarChoice is the list to filter by pillar.
func PillarChoice(m *assessment.Model, chosen string) templates.FilterChoice {
	choice := templates.FilterChoice{Name: templates.ParamPillar, Label: "Pillar", All: "All pillars"}
	for _, pillar := range m.Questionnaire().Pillars {
		choice.Options = append(choice.Options, templates.FilterOption{Value: pillar.ID, Title: pillar.Title, Chosen: pillar.ID == chosen})
	}
	return choice
}

// SeverityChoice is the list to filter by one of the severities.
func SeverityChoice(severities []assessment.Level, chosen string) templates.FilterChoice {
	choice := templates.FilterChoice{Name: templates.ParamSeverity, Label: "Severity", All: "All severities"}
	for _, level := range severities {
		choice.Options = append(choice.Options, templates.FilterOption{Value: string(level), Title: words.Level(level), Chosen: string(level) == chosen})
	}
	return choice
}
