package find

import (
	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
	view "plumbline/templates/find"
)

// pagesOf are the pages of an assessment.
func pagesOf(c *assessment.Current) []view.Found {
	id := c.State.ID
	return found([]templates.Link{
		{Title: "Overview", URL: templates.AssessmentURL(id)},
		{Title: "Answers", URL: templates.WalkURL(id)},
		{Title: "Scope", URL: templates.ScopeURL(id)},
		{Title: "Findings", URL: templates.FindingsURL(id)},
		{Title: "Tradeoffs", URL: templates.TradeoffsURL(id)},
		{Title: "Plan", URL: templates.PlanURL(id)},
		{Title: "Snapshots", URL: templates.SnapshotsURL(id)},
		{Title: "Compare", URL: templates.CompareURL(id)},
		{Title: "Reports", URL: templates.ReportsURL(id)},
		{Title: "History", URL: templates.HistoryURL(id, "")},
		{Title: "Pillar priorities", URL: templates.PrioritiesURL(id)},
		{Title: "Workload settings", URL: templates.EditWorkloadURL(c.State.Workload.ID)},
	})
}

// pages are the pages that belong to no assessment and that the visitor may open.
func pages(a access.Actor) []view.Found {
	links := []templates.Link{
		{Title: "Portfolio", URL: templates.PortfolioURL},
		{Title: "Library", URL: templates.LibraryURL},
		{Title: "Your account", URL: templates.AccountURL},
		{Title: "Your API tokens", URL: templates.AccountURL + "/tokens"},
		{Title: "Teams", URL: templates.TeamsURL},
	}
	if access.AllowSomewhere(a, access.ActWorkload) == nil {
		links = append(links, templates.Link{Title: "New workload", URL: templates.NewWorkloadURL})
	}
	for _, m := range a.Memberships {
		links = append(links, templates.Link{Title: "Team " + m.Team.Name, URL: templates.TeamURL(m.Team.ID)})
	}
	if a.User.Admin {
		links = append(links, templates.Link{Title: "People", URL: templates.PeopleURL}, templates.Link{Title: "Audit log", URL: templates.AuditURL})
	}
	return found(links)
}

func found(links []templates.Link) (list []view.Found) {
	for _, link := range links {
		list = append(list, view.Found{Link: link})
	}
	return list
}
