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
		return h.inviteVisitor(w, r, status, shown, v.Actor, link)
	}
	signIn := templates.LoginURL(templates.UseInviteURL(token))
	if h.sso.passwordBarred(access.User{}) {
		shown.SignIn, shown.SSO = signIn, h.sso.provider.Name
		return h.Render(w, r, status, view.Invite(shown))
	}
	known, err := h.store.UserByEmail(r.Context(), link.Email)
	if err == nil {
		memberships, err := h.store.Memberships(r.Context(), known.ID)
		if err != nil {
			return err
		}
		if shown.Fresh = link.StartsOver(known, memberships); !shown.Fresh {
			shown.SignIn, shown.Unproved = signIn, !known.Confirmed()
		}
	} else if assessment.CodeOf(err) != assessment.NotFound {
		return err
	}
	return h.Render(w, r, status, view.Invite(shown))
}

// inviteVisitor shows an invitation to somebody who is signed in. It is for its address alone.
func (h *handlers) inviteVisitor(w http.ResponseWriter, r *http.Request, status int, shown view.InviteView, v access.Actor,
	link access.OneTimeLink) error {
	if v.User.Email != link.Email {
		shown.Other = v.User.Email
		return h.Render(w, r, http.StatusForbidden, view.Invite(shown))
	}
	shown.Member = page.MembershipIn(v, link.Team.ID).Covers(link.Role)
	shown.Fresh = !shown.Member && h.startsOver(v.User)
	return h.Render(w, r, status, view.Invite(shown))
}

// startsOver reports whether somebody who is signed in has to choose a new password before they join another team.
func (h *handlers) startsOver(user access.User) bool { return !user.Confirmed() && h.byPassword(user) }

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
		return h.joinSignedIn(w, r, v, token, link)
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

// joinSignedIn lets the person who is signed in into the team.
func (h *handlers) joinSignedIn(w http.ResponseWriter, r *http.Request, v *page.Visitor, token string, link access.OneTimeLink) error {
	user := v.User
	if user.Email != link.Email {
		return h.invitePage(w, r, http.StatusForbidden, token, link, "", nil)
	}
	if !h.startsOver(user) || page.MembershipIn(v.Actor, link.Team.ID).Covers(link.Role) {
		return h.joinAs(w, r, user, token, link)
	}
	password := r.PostFormValue("password")
	if why := checkPassword(password, user.Email, user.Name); why != "" {
		problems := templates.FormErrors{{Field: "password", Message: why}}
		return h.invitePage(w, r, http.StatusUnprocessableEntity, token, link, "", problems)
	}
	var err error
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
		var problems templates.FormErrors
		if known.Field == "" {
			problems = templates.FormErrors{{Field: "name", Message: known.Message}}
		}
		return h.invitePage(w, r, http.StatusConflict, token, link, user.Name, problems)
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
	if v == nil || v.User.Version != user.Version {
		return h.startSession(w, r, user)
	}
	session, err := h.sessions.Get(r, h.cookie)
	if err != nil {
		return err
	}
	v.Session.Outdated = true // by the role
	return h.renewed(w, r, session, v)
}
