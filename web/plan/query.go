package plan

import (
	"fmt"
	"net/url"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// planQuery is what an address says about the plan: how the list is shortened, what is ticked, which item is changed.
type planQuery struct {
	pillar, severity, effort, unanswered string // empty for no filter
	all                                  bool
	practices                            []string // ticked, each once, in the order of the address
	edit                                 string   // practice of the item that is being changed
}

// readPlanQuery reads the plan's part of an address or a form. What is not known is left out and complained about.
func readPlanQuery(values url.Values, m *assessment.Model) (planQuery, templates.FormErrors) {
	var problems templates.FormErrors
	oneOf := func(name, what string, known func(string) bool) string {
		value := values.Get(name)
		if value == "" || known(value) {
			return value
		}
		problems = append(problems, templates.FieldError{Field: name, Message: fmt.Sprintf("There is no %s “%s”", what, words.Cut(value, 40))})
		return ""
	}
	q := planQuery{all: values.Get("all") == "1", edit: values.Get("edit")}
	q.pillar = oneOf("pillar", "pillar", func(id string) bool { _, ok := m.Pillar(id); return ok })
	q.severity = oneOf("severity", "severity", among(string(assessment.High), string(assessment.Medium), string(assessment.Low), string(assessment.None)))
	q.effort = oneOf("effort", "effort", among(string(assessment.EffortS), string(assessment.EffortM), string(assessment.EffortL)))
	q.unanswered = oneOf("unanswered", "choice", among("yes", "no"))
	for _, id := range values["practice"] {
		if _, ok := m.Place(id); !ok {
			problems = append(problems, templates.FieldError{Field: "plan-form", Message: fmt.Sprintf("Practice “%s” does not exist", words.Cut(id, 40))})
			continue
		}
		if !slices.Contains(q.practices, id) {
			q.practices = append(q.practices, id)
		}
	}
	return q, problems[:min(len(problems), maxComplaints)]
}

// maxComplaints bounds what a page says about an address that nobody typed.
const maxComplaints = 10

func among(known ...string) func(string) bool {
	return func(value string) bool { return slices.Contains(known, value) }
}

// values returns the query as it stands in an address, without the item that is being changed.
func (q planQuery) values() url.Values {
	values := url.Values{}
	for name, value := range map[string]string{"pillar": q.pillar, "severity": q.severity, "effort": q.effort, "unanswered": q.unanswered} {
		if value != "" {
			values.Set(name, value)
		}
	}
	if q.all {
		values.Set("all", "1")
	}
	if len(q.practices) > 0 {
		values["practice"] = q.practices
	}
	return values
}

func (q planQuery) url(assessmentID string) string {
	return templates.PlanViewURL(assessmentID, q.values())
}

func (q planQuery) filtered() bool {
	return q.pillar+q.severity+q.effort+q.unanswered != ""
}

// matches reports whether the filters leave a recommendation.
func (q planQuery) matches(row assessment.Recommendation, place assessment.Place, status assessment.Status) bool {
	return (q.pillar == "" || q.pillar == place.Pillar.ID) &&
		(q.severity == "" || q.severity == string(row.Severity)) &&
		(q.effort == "" || q.effort == string(row.Effort)) &&
		(q.unanswered == "" || (q.unanswered == "yes") == (status == assessment.Unanswered))
}
