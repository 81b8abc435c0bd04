package web

import (
	"errors"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// How long one-time links work.
const (
	inviteLifetime = 7 * 24 * time.Hour
	resetLifetime  = 24 * time.Hour
)

// invite makes the link that lets somebody into a team, and shows it: only its hash is kept, so that this is the one
// time. Loading the answer again makes another one, which replaces it.
func (s *Server) invite(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	team, role, token := teamOf(r), assessment.Role(r.PostFormValue("role")), NewToken()
	typed := r.PostFormValue("email")
	link, err := s.Store.Invite(r.Context(), actorOf(r), assessment.OneTimeLink{TokenHash: HashToken(token), Team: team, Role: role, Email: typed,
		ExpiresAt: s.Clock().Add(inviteLifetime)})
	if problems, ok := complaints(err); ok {
		form := templates.InviteForm{Email: printable(typed), Roles: templates.Roles(role)}
		return s.teamPage(w, r, statusOf(err), teamPage{invite: form, problems: problems})
	}
	if err != nil {
		return err
	}
	return s.teamPage(w, r, http.StatusCreated, teamPage{link: &templates.NewLink{
		Title: "The invitation for " + link.Email + " is made.",
		Says:  "It lets its holder into the team as " + words.ARole(link.Role) + ".",
		URL:   s.absolute(r, templates.UseInviteURL(token)),
		Until: s.minute(r, link.ExpiresAt),
	}})
}

// minute says on which day and at what time something is.
func (s *Server) minute(r *http.Request, at time.Time) string {
	return words.DayTime(at.In(s.zone(r)))
}

// absolute returns an own path with the host that people reach this installation by.
func (s *Server) absolute(r *http.Request, path string) string {
	scheme, host := "https://", s.Host
	if s.Insecure {
		scheme = "http://"
	}
	if host == "" {
		host = r.Host
	}
	return scheme + host + path
}

func (s *Server) revokeInvitation(w http.ResponseWriter, r *http.Request) error {
	team := teamOf(r)
	if err := s.Store.RevokeInvitation(r.Context(), actorOf(r), team.ID, chi.URLParam(r, "invitation")); err != nil {
		return err
	}
	s.notify(w, "The invitation is taken back.")
	return redirect(w, r, templates.TeamURL(team.ID))
}

func (s *Server) showInvite(w http.ResponseWriter, r *http.Request) error {
	token := r.URL.Query().Get("token")
	link, err := s.Store.Link(r.Context(), HashToken(token), assessment.LinkInvite)
	if err != nil {
		return s.deadLink(w, r, err, inviteEnded)
	}
	return s.invitePage(w, r, http.StatusOK, token, link, "", nil)
}

func (s *Server) invitePage(w http.ResponseWriter, r *http.Request, status int, token string, link assessment.OneTimeLink,
	name string, problems templates.FormErrors) error {
	view := templates.InviteView{Page: s.page(r, "Join "+link.Team.Name), Token: token, Team: link.Team.Name, Role: words.ARole(link.Role),
		Says: words.RoleMay(link.Role), By: link.InvitedBy, Email: link.Email, Name: printable(name), Errors: problems}
	if v := visitorOf(r); v != nil {
		view.Member = membershipIn(v.Actor, link.Team.ID).Covers(link.Role)
		return s.render(w, r, status, templates.Invite(view))
	}
	_, err := s.Store.UserByEmail(r.Context(), link.Email)
	switch {
	case s.passwordBarred(assessment.User{}):
		view.SignIn, view.SSO = templates.LoginURL(templates.UseInviteURL(token)), s.provider.Name
	case err == nil:
		view.SignIn = templates.LoginURL(templates.UseInviteURL(token))
	case assessment.CodeOf(err) != assessment.NotFound:
		return err
	}
	return s.render(w, r, status, templates.Invite(view))
}

// useInvite lets the visitor into the team: as who is signed in, or with the account that the form describes.
func (s *Server) useInvite(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	token := r.PostFormValue("token")
	link, err := s.Store.Link(r.Context(), HashToken(token), assessment.LinkInvite)
	if err != nil {
		return s.deadLink(w, r, err, inviteEnded)
	}
	if v := visitorOf(r); v != nil {
		return s.joinAs(w, r, v.User, token, link)
	}
	if s.passwordBarred(assessment.User{}) {
		return assessment.Errorf(assessment.Forbidden, "Sign in with %s first, then join the team", s.provider.Name)
	}
	name, password := r.PostFormValue("name"), r.PostFormValue("password")
	user, problems := newAccount(name, link.Email, password)
	if len(problems) > 0 {
		return s.invitePage(w, r, http.StatusUnprocessableEntity, token, link, name, problems)
	}
	if user.PasswordHash, err = s.hashPassword(r.Context(), password); err != nil {
		return err
	}
	return s.joinAs(w, r, user, token, link)
}

// joinAs uses the invitation up, and goes on with the new rights: in the session that there is, under another id, or in
// a new one.
func (s *Server) joinAs(w http.ResponseWriter, r *http.Request, user assessment.User, token string, link assessment.OneTimeLink) error {
	user, err := s.Store.UseInvite(r.Context(), HashToken(token), user)
	if known, is := errors.AsType[*assessment.Error](err); is && known.Code == assessment.Conflict {
		return s.invitePage(w, r, http.StatusConflict, token, link, "", nil)
	}
	if err != nil {
		return s.deadLink(w, r, err, inviteEnded)
	}
	if err := s.goOnAs(w, r, user); err != nil {
		return err
	}
	s.notify(w, "Welcome to the team "+words.Cut(link.Team.Name, 60)+".")
	return redirect(w, r, templates.PortfolioURL)
}

func (s *Server) goOnAs(w http.ResponseWriter, r *http.Request, user assessment.User) error {
	v := visitorOf(r)
	if v == nil {
		return s.startSession(w, r, user)
	}
	session, err := s.sessions.Get(r, s.cookie)
	if err != nil {
		return err
	}
	v.session.Outdated = true // by the role
	return s.renewed(w, r, session, v)
}
