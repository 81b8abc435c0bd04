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

// How long one-time links work.
const (
	inviteLifetime = 7 * 24 * time.Hour
	resetLifetime  = 24 * time.Hour
)

// invite makes the link that lets somebody into a team, and shows it: only its hash is kept, so that this is the one
// time. Loading the answer again makes another one, which replaces it.
func (h *handlers) invite(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	team, role, token := page.TeamOf(r), access.Role(r.PostFormValue("role")), page.NewToken()
	typed := r.PostFormValue("email")
	link, err := h.store.Invite(r.Context(), page.ActorOf(r), access.OneTimeLink{TokenHash: page.HashToken(token), Team: team, Role: role,
		Email: typed, ExpiresAt: h.Clock().Add(inviteLifetime)})
	if problems, ok := page.Complaints(err); ok {
		form := view.InviteForm{Email: page.Printable(typed), Roles: view.Roles(role)}
		return h.teamPage(w, r, page.StatusOf(err), teamExtra{invite: form, problems: problems})
	}
	if err != nil {
		return err
	}
	return h.teamPage(w, r, http.StatusCreated, teamExtra{link: &templates.NewLink{
		Title: "Invitation for " + link.Email + " created",
		Says:  "Anyone with the link can join the team as " + words.ARole(link.Role) + ".",
		URL:   h.Absolute(r, templates.UseInviteURL(token)),
		Until: h.Minute(r, link.ExpiresAt),
	}})
}

func (h *handlers) revokeInvitation(w http.ResponseWriter, r *http.Request) error {
	team := page.TeamOf(r)
	if err := h.store.RevokeInvitation(r.Context(), page.ActorOf(r), team.ID, chi.URLParam(r, "invitation")); err != nil {
		return err
	}
	h.Notify(w, "Invitation revoked.")
	return page.Redirect(w, r, templates.TeamURL(team.ID))
}
