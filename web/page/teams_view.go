package page

import (
	"context"

	"plumbline/assessment/access"
	"plumbline/templates"
)

// AdministrationTabs are the pages of an administrator, with the current one.
func AdministrationTabs(page *templates.Page, current string) {
	page.TabsOf = "Administration"
	page.Tabs = []templates.Tab{{Title: "People", URL: templates.PeopleURL}, {Title: "Teams", URL: templates.TeamsURL},
		{Title: "Audit log", URL: templates.AuditURL}}
	for i := range page.Tabs {
		page.Tabs[i].Current = page.Tabs[i].Title == current
	}
}

// TeamsIn returns the teams in which somebody may do something, by their names.
func (k *Kit) TeamsIn(ctx context.Context, actor access.Actor, action access.Action) ([]access.Team, error) {
	scope := actor.Teams(action)
	if scope.All {
		return k.Store.Teams(ctx)
	}
	var teams []access.Team
	for _, membership := range actor.Memberships {
		if scope.Has(membership.Team.ID) {
			teams = append(teams, membership.Team)
		}
	}
	return teams, nil
}

// MembershipIn returns the role of somebody's membership of a team, "" where there is none.
func MembershipIn(actor access.Actor, team string) access.Role {
	for _, membership := range actor.Memberships {
		if membership.Team.ID == team {
			return membership.Role
		}
	}
	return ""
}
