package people

import (
	"net/http"
	"time"

	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/people"
	"plumbline/web/page"
)

// showTokens lists the API tokens of everybody.
func (h *handlers) showTokens(w http.ResponseWriter, r *http.Request) error {
	held, err := h.store.HeldTokens(r.Context(), "")
	if err != nil {
		return err
	}
	v := view.TokensView{Page: h.Page(r, "API tokens"), Title: "API tokens",
		Lead: "Tokens let programs act on behalf of people. A revoked token stops working immediately."}
	v.Notice = h.TakeNotice(w, r)
	v.Crumbs = []templates.Crumb{{Title: "API tokens", URL: view.AllTokensURL}}
	page.AdministrationTabs(&v.Page, "API tokens")
	for _, one := range held {
		row := h.tokenRow(r, one)
		row.PersonURL, row.Revoke = templates.PersonURL(one.Owner.ID), view.RevokeTokenURL(one.ID)
		v.Rows = append(v.Rows, row)
	}
	return h.Render(w, r, http.StatusOK, view.Tokens(v))
}

// showTeamTokens lists the API tokens with access to a team. Those of administrators reach every team, and are theirs to revoke.
func (h *handlers) showTeamTokens(w http.ResponseWriter, r *http.Request) error {
	team := page.TeamOf(r)
	held, err := h.store.HeldTokens(r.Context(), team.ID)
	if err != nil {
		return err
	}
	v := view.TokensView{Page: h.Page(r, "API tokens, "+team.Name), Title: "API tokens with access to " + team.Name,
		Lead: "Tokens let programs act on behalf of members and administrators. A token has access to all teams of its owner. Revoking it ends that access in every team."}
	v.Notice = h.TakeNotice(w, r)
	v.Crumbs = []templates.Crumb{{Title: "Teams", URL: templates.TeamsURL}, {Title: team.Name, URL: templates.TeamURL(team.ID)},
		{Title: "API tokens", URL: view.TeamTokensURL(team.ID)}}
	for _, one := range held {
		row := h.tokenRow(r, one)
		if !one.Owner.Admin || page.ActorOf(r).User.Admin {
			row.Revoke = view.RevokeTeamTokenURL(team.ID, one.ID)
		}
		v.Rows = append(v.Rows, row)
	}
	return h.Render(w, r, http.StatusOK, view.Tokens(v))
}

func (h *handlers) tokenRow(r *http.Request, t access.HeldToken) view.TokenRow {
	now, zone := h.Clock(), h.Zone(r)
	row := view.TokenRow{Person: t.Owner.Name, Email: t.Owner.Email, Name: t.Name, Scope: words.TokenScope(t.Scope),
		Made: words.Day(t.CreatedAt.In(zone)), Used: "Never", Ends: words.Day(t.ExpiresAt.Add(-time.Microsecond).In(zone)),
		Stopped: !t.Works(now)}
	if !t.LastUsedAt.IsZero() {
		row.Used = words.Moment(t.LastUsedAt.In(zone), h.Now(r))
	}
	return row
}

func (h *handlers) revokeToken(w http.ResponseWriter, r *http.Request) error {
	return h.revoke(w, r, "", view.AllTokensURL)
}

func (h *handlers) revokeTeamToken(w http.ResponseWriter, r *http.Request) error {
	team := page.TeamOf(r).ID
	return h.revoke(w, r, team, view.TeamTokensURL(team))
}

func (h *handlers) revoke(w http.ResponseWriter, r *http.Request, team, next string) error {
	if err := h.store.RevokeHeldToken(r.Context(), page.ActorOf(r), team, chi.URLParam(r, "token")); err != nil {
		return err
	}
	h.Notify(w, page.TokenRevoked)
	return page.Redirect(w, r, next)
}
