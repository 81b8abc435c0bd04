package web

import (
	"net/http"
	"slices"
	"strconv"

	"plumbline/assessment"
	"plumbline/templates"
)

// Names of the tabs of an assessment.
const (
	tabOverview  = "Overview"
	tabAnswers   = "Answers"
	tabTradeoffs = "Tradeoffs"
	tabPlan      = "Plan"
	tabSnapshots = "Snapshots"
	tabCompare   = "Compare"
	tabReports   = "Reports"
)

// following are the tabs whose pages show what somebody else may change the next moment.
var following = []string{tabOverview, tabTradeoffs, tabPlan}

// placed returns the frame of a page of an assessment, with its tabs and the notice of the last request.
func (s *Server) placed(w http.ResponseWriter, r *http.Request, c *assessment.Current, tab, title string) templates.Page {
	id, name := c.State.ID, c.State.Workload.Name
	page := s.page(r, title+", "+name)
	page.Notice = s.takeNotice(w, r)
	page.Crumbs = s.assessmentCrumbs(r, c)
	open := openDecisions(c)
	page.Tabs = []templates.Tab{
		{Title: tabOverview, URL: templates.AssessmentURL(id)},
		{Title: tabAnswers, URL: templates.WalkURL(id)},
		{Title: tabTradeoffs, URL: templates.TradeoffsURL(id), Count: open, Counter: templates.TradeoffsCount},
		{Title: tabPlan, URL: templates.PlanURL(id)},
		{Title: tabSnapshots, URL: templates.SnapshotsURL(id)},
		{Title: tabCompare, URL: templates.CompareURL(id)},
		{Title: tabReports, URL: templates.ReportsURL(id)},
	}
	if r.Method == http.MethodGet && slices.Contains(following, tab) {
		page.Feed = s.feed(r, c, "")
	}
	for i := range page.Tabs {
		page.Tabs[i].Current = page.Tabs[i].Title == tab
	}
	return page
}

// assessmentCrumbs leads to an assessment: by its workload, and where that has several, by its questionnaire too.
func (s *Server) assessmentCrumbs(r *http.Request, c *assessment.Current) []templates.Crumb {
	crumbs := []templates.Crumb{{Title: c.State.Workload.Name, URL: templates.AssessmentURL(c.State.ID)}}
	assessments, err := s.Store.AssessmentCount(r.Context(), c.State.Workload.ID)
	if err != nil {
		s.Logger.WarnContext(r.Context(), "a page does not say which assessment it is", "request", requestNumber(r), "error", err.Error())
		return crumbs
	}
	if assessments > 1 {
		q := c.State.Questionnaire
		crumbs = append(crumbs, templates.Crumb{Title: shortened(q.Title, 60) + " " + q.Version, URL: templates.AssessmentURL(c.State.ID)})
	}
	return crumbs
}

// openDecisions counts the live tradeoffs that nobody has settled, for example "6 open"; empty for none.
func openDecisions(c *assessment.Current) string {
	if n := openCount(c); n > 0 {
		return strconv.Itoa(n) + " open"
	}
	return ""
}

func openCount(c *assessment.Current) int {
	return len(assessment.OpenDecisions(c.Result, c.State.Decisions))
}
