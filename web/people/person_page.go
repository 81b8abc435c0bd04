package people

import (
	"net/http"

	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/people"
	"plumbline/web/page"
)

func (h *handlers) showPerson(w http.ResponseWriter, r *http.Request) error {
	user, err := h.store.User(r.Context(), chi.URLParam(r, "account"))
	if err != nil {
		return err
	}
	return h.personPage(w, r, http.StatusOK, user, view.PersonView{})
}

// personPage shows an account with its sessions and API tokens, and what a request did or could not do.
func (h *handlers) personPage(w http.ResponseWriter, r *http.Request, status int, user access.User, v view.PersonView) error {
	v.Page, v.Row = h.Page(r, user.Name), h.personRow(r, user, nil).PersonRow
	v.Notice = h.TakeNotice(w, r)
	v.Crumbs = []templates.Crumb{{Title: "People", URL: templates.PeopleURL}, {Title: user.Name, URL: v.Row.URL}}
	page.AdministrationTabs(&v.Page, "People")
	v.Confirm = h.Identity.Confirmation(r, v.Row.URL)
	sessions, err := h.store.SessionsOf(r.Context(), user.ID)
	if err != nil {
		return err
	}
	for _, session := range sessions {
		v.Sessions = append(v.Sessions, view.SessionRow{Browser: page.BrowserName(session.Agent), Address: session.Address,
			Started: words.Moment(session.CreatedAt.In(h.Zone(r)), h.Now(r)), Used: words.Moment(session.SeenAt.In(h.Zone(r)), h.Now(r)),
			End: view.EndSessionURL(user.ID, session.ID)})
	}
	held, err := h.store.HeldTokens(r.Context(), "")
	if err != nil {
		return err
	}
	for _, one := range held {
		if one.Owner.ID == user.ID {
			row := h.tokenRow(r, one)
			row.Revoke = view.RevokeTokenURL(one.ID)
			v.Tokens = append(v.Tokens, row)
		}
	}
	return h.Render(w, r, status, view.Person(v))
}

// endSession ends one session of a person.
func (h *handlers) endSession(w http.ResponseWriter, r *http.Request) error {
	account := chi.URLParam(r, "account")
	if err := h.store.EndSession(r.Context(), page.ActorOf(r), account, chi.URLParam(r, "session")); err != nil {
		return err
	}
	h.Notify(w, "The session has ended.")
	return page.Redirect(w, r, templates.PersonURL(account))
}

// endSessions ends all sessions of a person, but for the one that asks.
func (h *handlers) endSessions(w http.ResponseWriter, r *http.Request, user access.User) error {
	if err := h.store.DeleteSessionsOf(r.Context(), page.ActorOf(r), user.ID, page.VisitorOf(r).Session.Hash); err != nil {
		return err
	}
	h.Notify(w, "All sessions of "+words.Cut(user.Name, 60)+" have ended.")
	return page.Redirect(w, r, templates.PersonURL(user.ID))
}
