package page

import (
	"net/http"
	"slices"
	"strconv"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// Names of the tabs of an assessment.
const (
	TabOverview  = "Overview"
	TabAnswers   = "Answers"
	TabTradeoffs = "Tradeoffs"
	TabPlan      = "Plan"
	TabSnapshots = "Snapshots"
	TabCompare   = "Compare"
	TabReports   = "Reports"
)

// following are the tabs whose pages show what somebody else may change the next moment.
var following = []string{TabOverview, TabTradeoffs, TabPlan}

// Placed returns the frame of a page of an assessment, with its tabs and the notice of the last request.
func (k *Kit) Placed(w http.ResponseWriter, r *http.Request, c *assessment.Current, tab, title string) templates.Page {
	id, name := c.State.ID, c.State.Workload.Name
	page := k.Page(r, title+", "+name)
	page.Notice = k.TakeNotice(w, r)
	page.Crumbs = k.assessmentCrumbs(r, c)
	open := OpenDecisions(c)
	page.Tabs = []templates.Tab{
		{Title: TabOverview, URL: templates.AssessmentURL(id)},
		{Title: TabAnswers, URL: templates.WalkURL(id)},
		{Title: TabTradeoffs, URL: templates.TradeoffsURL(id), Count: open, Counter: templates.TradeoffsCount},
		{Title: TabPlan, URL: templates.PlanURL(id)},
		{Title: TabSnapshots, URL: templates.SnapshotsURL(id)},
		{Title: TabCompare, URL: templates.CompareURL(id)},
		{Title: TabReports, URL: templates.ReportsURL(id)},
	}
	if r.Method == http.MethodGet && slices.Contains(following, tab) {
		page.Feed = k.Feed(r, c, "")
	}
	for i := range page.Tabs {
		page.Tabs[i].Current = page.Tabs[i].Title == tab
	}
	return page
}

// assessmentCrumbs leads to an assessment: by its workload, and where that has several, by its questionnaire too.
func (k *Kit) assessmentCrumbs(r *http.Request, c *assessment.Current) []templates.Crumb {
	crumbs := []templates.Crumb{{Title: c.State.Workload.Name, URL: templates.AssessmentURL(c.State.ID)}}
	assessments, err := k.Store.AssessmentCount(r.Context(), c.State.Workload.ID)
	if err != nil {
		k.Logger.WarnContext(r.Context(), "a page does not say which assessment it is", "request", RequestNumber(r), "error", err.Error())
		return crumbs
	}
	if assessments > 1 {
		q := c.State.Questionnaire
		crumbs = append(crumbs, templates.Crumb{Title: words.Cut(q.Title, 60) + " " + q.Version, URL: templates.AssessmentURL(c.State.ID)})
	}
	return crumbs
}

// OpenDecisions counts the live tradeoffs that nobody has settled, for example "6 open"; empty for none.
func OpenDecisions(c *assessment.Current) string {
	if n := openCount(c); n > 0 {
		return strconv.Itoa(n) + " open"
	}
	return ""
}

func openCount(c *assessment.Current) int {
	return len(assessment.OpenDecisions(c.Result, c.State.Decisions))
}
