package overview

import (
	"fmt"
	"net/http"
	"net/url"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/overview"
	"plumbline/web/page"
)

// noteLead is how much of a note a list shows, in characters.
const noteLead = 240

// findingsFilter is what the address of the findings asks for; empty for all.
type findingsFilter struct {
	pillar   string
	severity string
}

// showFindings lists findings. A pillar or severity that does not exist is answered with 422 and all of them.
func (h *handlers) showFindings(w http.ResponseWriter, r *http.Request) error {
	c := page.CurrentOf(r)
	filter, problems := readFindingsFilter(c.Model, r.URL.Query())
	status := http.StatusOK
	if len(problems) > 0 {
		status = http.StatusUnprocessableEntity
	}
	v := findingsView(c, filter)
	v.Page = h.Placed(w, r, c, page.TabOverview, "Findings")
	v.Errors = problems
	return h.Render(w, r, status, view.Findings(v))
}

func readFindingsFilter(m *assessment.Model, values url.Values) (findingsFilter, templates.FormErrors) {
	filter := findingsFilter{pillar: values.Get(templates.ParamPillar), severity: values.Get(templates.ParamSeverity)}
	var problems templates.FormErrors
	if _, ok := m.Pillar(filter.pillar); !ok && filter.pillar != "" {
		problems = append(problems, templates.FieldError{Field: templates.ParamPillar,
			Message: fmt.Sprintf("There is no pillar “%s”; all pillars are shown", words.Cut(filter.pillar, 40))})
		filter.pillar = ""
	}
	switch assessment.Level(filter.severity) {
	case "", assessment.High, assessment.Medium, assessment.Low:
	default:
		problems = append(problems, templates.FieldError{Field: templates.ParamSeverity,
			Message: fmt.Sprintf("There is no severity “%s”; all severities are shown", words.Cut(filter.severity, 40))})
		filter.severity = ""
	}
	return filter, problems
}

func findingsView(c *assessment.Current, filter findingsFilter) view.FindingsView {
	counted, left := c.Model.SplitFindings(c.Full().Findings, c.State.Priorities)
	all := len(counted) + len(left)
	v := view.FindingsView{
		Action:  templates.FindingsURL(c.State.ID),
		Choices: []templates.FilterChoice{page.PillarChoice(c.Model, filter.pillar), page.SeverityChoice(page.Levels, filter.severity)},
		Unknown: unknownLines(c),
		Scope:   templates.ScopeOf(c.Model.Questionnaire(), c.State.Facets, templates.ScopeURL(c.State.ID)),
	}
	_, apart := c.Result.Split(c.State.Priorities)
	v.Apart = story.ApartUnknown(apart)
	count := 0
	for _, level := range page.Levels {
		group := view.FindingGroup{Severity: level}
		for _, finding := range counted {
			if finding.Severity == level && filter.passes(c.Model, finding) {
				group.Lines = append(group.Lines, findingLine(c, finding))
			}
		}
		if count += len(group.Lines); len(group.Lines) > 0 {
			group.Title = fmt.Sprintf("%s, %d", words.Level(level), len(group.Lines))
			v.Groups = append(v.Groups, group)
		}
	}
	for _, finding := range left {
		if filter.passes(c.Model, finding) {
			v.LeftOut.Lines = append(v.LeftOut.Lines, findingLine(c, finding))
		}
	}
	count += len(v.LeftOut.Lines)
	v.LeftOut.Title = fmt.Sprintf("%s, %d", story.LeftOut, len(v.LeftOut.Lines))
	v.Count = words.Plural(all, "finding", "findings")
	if filter != (findingsFilter{}) {
		v.Count = fmt.Sprintf("%d of %s", count, v.Count)
		v.Clear = v.Action
	}
	v.Nothing = nothingFound(c, count, all)
	return v
}

// nothingFound says why a list of findings is empty; it is empty itself where the list is not.
func nothingFound(c *assessment.Current, count, all int) string {
	switch {
	case count > 0:
		return ""
	case all > 0:
		return "No matching findings. Clear filters to see all findings."
	case !c.Result.Overall.Started():
		return templates.NoFindingsYet
	default:
		return view.NothingMissing
	}
}

func (f findingsFilter) passes(m *assessment.Model, finding assessment.Finding) bool {
	place, _ := m.Place(finding.Practice)
	return (f.pillar == "" || place.Pillar.ID == f.pillar) && (f.severity == "" || string(finding.Severity) == f.severity)
}

func findingLine(c *assessment.Current, finding assessment.Finding) view.FindingLine {
	place, _ := c.Model.Place(finding.Practice)
	answer := c.State.Answer(finding.Practice)
	return view.FindingLine{
		Severity:  finding.Severity,
		Title:     place.Practice.Title,
		URL:       templates.PracticeURL(c.State.ID, place.Principle.ID, finding.Practice),
		Status:    answer.Status,
		Pillar:    place.Pillar.Title,
		Principle: place.Principle.Title,
		Gain:      words.Signed(finding.Gain, 2),
		Note:      words.Cut(answer.Note, noteLead),
	}
}

// unknownLines counts the unanswered practices of pillars that count by risk, with a link to the first of each.
func unknownLines(c *assessment.Current) []view.UnknownLine {
	first := map[assessment.Level]assessment.Place{}
	counts := map[assessment.Level]int{}
	for practice := range c.Model.Questionnaire().Practices() {
		if c.Counted(practice.ID) != assessment.Unanswered {
			continue
		}
		place, _ := c.Model.Place(practice.ID)
		if c.State.Priorities.LeavesOut(place.Pillar.ID) {
			continue
		}
		risk := practice.CountedRisk()
		if counts[risk]++; counts[risk] == 1 {
			first[risk] = place
		}
	}
	var lines []view.UnknownLine
	for _, level := range page.Levels {
		if counts[level] == 0 {
			continue
		}
		place := first[level]
		lines = append(lines, view.UnknownLine{
			Risk: level,
			Text: words.Plural(counts[level], "practice", "practices"),
			Link: templates.Link{Title: place.Practice.Title, URL: templates.PracticeURL(c.State.ID, place.Principle.ID, place.Practice.ID)},
		})
	}
	return lines
}
