// Package people is accounts and teams: members, roles and invitations.
package people

import (
	"plumbline/assessment/access"
	"plumbline/templates"
	view "plumbline/templates/people"
	"plumbline/web/page"
)

type handlers struct {
	*page.Kit
	store Store
}

// New returns the room.
func New(kit *page.Kit, store Store) *handlers {
	return &handlers{Kit: kit, store: store}
}

// Routes are the addresses of the room, with who may use them.
func (h *handlers) Routes() []page.Route {
	return []page.Route{
		page.Get(templates.TeamsURL, page.SignedIn, page.MaxForm, h.showTeams),
		page.Post(templates.TeamsURL, page.May(access.ActAdminister), page.MaxForm, h.createTeam),
		page.Get("/teams/{team}", page.May(access.ActRead), page.MaxForm, h.showTeam),
		page.Post("/teams/{team}", page.May(access.ActMembers), page.MaxForm, h.renameTeam),
		page.Post("/teams/{team}/delete", page.May(access.ActAdminister), page.MaxForm, h.deleteTeam),
		page.Post("/teams/{team}/members/{account}", page.May(access.ActMembers), page.MaxForm, h.changeMember),
		page.Post("/teams/{team}/invitations", page.May(access.ActMembers), page.MaxForm, h.invite),
		page.Post("/teams/{team}/invitations/{invitation}/revoke", page.May(access.ActMembers), page.MaxForm, h.revokeInvitation),
		page.Get(templates.PeopleURL, page.May(access.ActAdminister), page.MaxForm, h.showPeople),
		page.Get(view.AllTokensURL, page.May(access.ActAdminister), page.MaxForm, h.showTokens),
		page.Post(view.AllTokensURL+"/{token}/revoke", page.May(access.ActAdminister), page.MaxForm, h.revokeToken),
		page.Get("/teams/{team}/tokens", page.May(access.ActMembers), page.MaxForm, h.showTeamTokens),
		page.Post("/teams/{team}/tokens/{token}/revoke", page.May(access.ActMembers), page.MaxForm, h.revokeTeamToken),
		page.Get("/people/{account}", page.May(access.ActAdminister), page.MaxForm, h.showPerson),
		page.Post("/people/{account}/sessions/{session}/end", page.May(access.ActAdminister), page.MaxForm, h.endSession),
		page.Post("/people/{account}/anonymize", page.May(access.ActAdminister), page.MaxForm, h.anonymize),
		page.Post("/people/{account}", page.May(access.ActAdminister), page.MaxForm, h.changePerson),
	}
}
