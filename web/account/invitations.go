package account

import (
	"errors"
	"net/http"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/account"
	"plumbline/web/page"
)

func (h *handlers) showInvite(w http.ResponseWriter, r *http.Request) error {
	token := r.URL.Query().Get("token")
	link, err := h.store.Link(r.Context(), page.HashToken(token), access.LinkInvite)
	if err != nil {
		return h.DeadLink(w, r, err, inviteEnded)
	}
	return h.invitePage(w, r, http.StatusOK, token, link, "", nil)
}

func (h *handlers) invitePage(w http.ResponseWriter, r *http.Request, status int, token string, link access.OneTimeLink,
	name string, problems templates.FormErrors) error {
	shown := view.InviteView{Page: h.Page(r, "Join "+link.Team.Name), Token: token, Team: link.Team.Name, Role: words.ARole(link.Role),
		Says: words.RoleMay(link.Role), By: link.InvitedBy, Email: link.Email, Name: page.Printable(name), Errors: problems}
	if v := page.VisitorOf(r); v != nil {
		shown.Member = page.MembershipIn(v.Actor, link.Team.ID).Covers(link.Role)
		return h.Render(w, r, status, view.Invite(shown))
	}
	_, err := h.store.UserByEmail(r.Context(), link.Email)
	switch {
	case h.sso.passwordBarred(access.User{}):
		shown.SignIn, shown.SSO = templates.LoginURL(templates.UseInviteURL(token)), h.sso.provider.Name
	case err == nil:
		shown.SignIn = templates.LoginURL(templates.UseInviteURL(token))
	case assessment.CodeOf(err) != assessment.NotFound:
		return err
	}
	return h.Render(w, r, status, view.Invite(shown))
}

// useInvite lets the visitor into the team: as who is signed in, or with the account that the form describes.
func (h *handlers) useInvite(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	token := r.PostFormValue("token")
	link, err := h.store.Link(r.Context(), page.HashToken(token), access.LinkInvite)
	if err != nil {
		return h.DeadLink(w, r, err, inviteEnded)
	}
	if v := page.VisitorOf(r); v != nil {
		return h.joinAs(w, r, v.User, token, link)
	}
	if h.sso.passwordBarred(access.User{}) {
		return assessment.Errorf(assessment.Forbidden, "Sign in with %s first, then join the team", h.sso.provider.Name)
	}
	name, password := r.PostFormValue("name"), r.PostFormValue("password")
	user, problems := newAccount(name, link.Email, password)
	if len(problems) > 0 {
		return h.invitePage(w, r, http.StatusUnprocessableEntity, token, link, name, problems)
	}
	if user.PasswordHash, err = h.hashPassword(r.Context(), password); err != nil {
		return err
	}
	return h.joinAs(w, r, user, token, link)
}

// joinAs uses the invitation up, and goes on with the new rights: in the session that there is, under another id, or in
// a new one.
func (h *handlers) joinAs(w http.ResponseWriter, r *http.Request, user access.User, token string, link access.OneTimeLink) error {
	user, err := h.store.UseInvite(r.Context(), page.ActorOf(r), page.HashToken(token), user)
	if known, is := errors.AsType[*assessment.Error](err); is && known.Code == assessment.Conflict {
		return h.invitePage(w, r, http.StatusConflict, token, link, "", nil)
	}
	if err != nil {
		return h.DeadLink(w, r, err, inviteEnded)
	}
	if err := h.goOnAs(w, r, user); err != nil {
		return err
	}
	h.Notify(w, "Welcome to the team "+words.Cut(link.Team.Name, 60)+".")
	return page.Redirect(w, r, templates.PortfolioURL)
}

func (h *handlers) goOnAs(w http.ResponseWriter, r *http.Request, user access.User) error {
	v := page.VisitorOf(r)
	if v == nil {
		return h.startSession(w, r, user)
	}
	session, err := h.sessions.Get(r, h.cookie)
	if err != nil {
		return err
	}
	v.Session.Outdated = true // by the role
	return h.renewed(w, r, session, v)
}
