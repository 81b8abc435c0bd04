package page

import (
	"net/http"
	"slices"
	"strconv"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// Page returns what every page shows around its content.
func (k *Kit) Page(r *http.Request, title string) templates.Page {
	page := templates.Page{
		Title:  title,
		Style:  k.Files.Address("app.css"),
		Script: k.Files.Address("app.js"),
		Guard:  k.Files.Address("session.js"),
		Htmx:   k.Files.Address("htmx.min.js"),
		Icon:   k.Files.Address("favicon.svg"),
	}
	if v := VisitorOf(r); v != nil {
		page.Person = v.User.Name
		page.Find, page.Finder = templates.FindURL, k.Files.Address("find.js")
		page.Places = places(v.Actor)
		page.Session = k.SessionEnd(r)
		if v.User.Admin {
			page.Advice = k.Advice()
		}
	}
	return page
}

// SessionEnd returns when the session of a visitor ends.
func (k *Kit) SessionEnd(r *http.Request) templates.SessionEnd {
	at, final := VisitorOf(r).Session.Ends()
	return templates.SessionEnd{Left: int(at.Sub(k.Clock()).Seconds()), Final: final}
}

// places leads to the library, the visitor's team, or teams, and to what they administer.
func places(a access.Actor) []templates.Link {
	links := []templates.Link{{Title: "Library", URL: templates.LibraryURL}}
	switch {
	case len(a.Memberships) == 1:
		links = append(links, templates.Link{Title: "Team", URL: templates.TeamURL(a.Memberships[0].Team.ID)})
	case len(a.Memberships) > 1 || !a.User.Admin:
		links = append(links, templates.Link{Title: "Teams", URL: templates.TeamsURL})
	}
	if a.User.Admin {
		links = append(links, templates.Link{Title: "Administration", URL: templates.PeopleURL})
	}
	return links
}

// AdministrationTabs are the pages of an administrator, with the current one.
func AdministrationTabs(page *templates.Page, current string) {
	page.TabsOf = "Administration"
	page.Tabs = []templates.Tab{{Title: "People", URL: templates.PeopleURL}, {Title: "Teams", URL: templates.TeamsURL},
		{Title: "API tokens", URL: templates.PeopleURL + "/tokens"}, {Title: "Audit log", URL: templates.AuditURL}}
	for i := range page.Tabs {
		page.Tabs[i].Current = page.Tabs[i].Title == current
	}
}

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
	page.Find = templates.FindInURL(id)
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

// Feed tells a page of an assessment where to hear what others change. principle is empty for a page that is no
// principle's.
func (k *Kit) Feed(r *http.Request, c *assessment.Current, principle string) templates.Feed {
	return templates.Feed{
		Script: k.Files.Address("live.js"),
		Stream: templates.EventsURL(c.State.ID, principle),
		Seen:   strconv.FormatInt(c.State.Sequence, 10),
		Person: ActorOf(r).User.Name,
	}
}
