package page

import (
	"fmt"
	"slices"
	"strconv"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// PillarChoice is the list to filter by pillar.
func PillarChoice(m *assessment.Model, chosen string) templates.FilterChoice {
	choice := templates.FilterChoice{Name: templates.ParamPillar, Label: "Pillar", All: "All pillars"}
	for _, pillar := range m.Questionnaire().Pillars {
		choice.Options = append(choice.Options, templates.Option{Value: pillar.ID, Title: pillar.Title, Chosen: pillar.ID == chosen})
	}
	return choice
}

// SeverityChoice is the list to filter by one of the severities.
func SeverityChoice(severities []assessment.Level, chosen string) templates.FilterChoice {
	choice := templates.FilterChoice{Name: templates.ParamSeverity, Label: "Severity", All: "All severities"}
	for _, level := range severities {
		choice.Options = append(choice.Options, templates.Option{Value: string(level), Title: words.Level(level), Chosen: string(level) == chosen})
	}
	return choice
}

// Levels are the severities of findings, the worst first.
var Levels = []assessment.Level{assessment.High, assessment.Medium, assessment.Low}

// PillarTitles returns the titles of the pillars with the ids; one that the questionnaire does not have is left out.
func PillarTitles(c *assessment.Current, ids []string) []string {
	titles := make([]string, 0, len(ids))
	for _, id := range ids {
		if pillar, ok := c.Model.Pillar(id); ok {
			titles = append(titles, pillar.Title)
		}
	}
	return titles
}

// PriorityMark says a priority other than 1, for example ×2 or left out; empty for 1.
func PriorityMark(priority float64) string {
	switch priority {
	case 1:
		return ""
	case 0:
		return "excluded"
	}
	return "×" + words.Exact(priority)
}

// AboutWorkload is what stands under the name of a workload.
func AboutWorkload(w assessment.Workload) []string {
	tags := w.Tags[:min(len(w.Tags), maxTagsShown)]
	about := slices.Concat([]string{w.Owner, w.Environment}, tags)
	if more := len(w.Tags) - len(tags); more > 0 {
		about = append(about, fmt.Sprintf("%d more", more))
	}
	return slices.DeleteFunc(about, func(s string) bool { return s == "" })
}

// maxTagsShown is how many tags stand under the name of a workload.
const maxTagsShown = 3

// ApprovedLabel is what a list to choose from, where no glyph can stand, says of an approved snapshot.
func ApprovedLabel(label string) string { return "✓ " + label + ", approved" }

// OpenDecisions counts the live tradeoffs that nobody has settled, for example "6 open"; empty for none.
func OpenDecisions(c *assessment.Current) string {
	if n := len(assessment.OpenDecisions(c.Result, c.State.Decisions)); n > 0 {
		return strconv.Itoa(n) + " open"
	}
	return ""
}
