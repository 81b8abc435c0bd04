package web

import (
	"errors"
	"net/http"
	"strings"

	"plumbline/assessment"
	"plumbline/templates"
)

func (s *Server) showSignIn(w http.ResponseWriter, r *http.Request) error {
	if visitorOf(r) != nil {
		return redirect(w, r, ownPath(r.URL.Query().Get("back"), ""))
	}
	count, err := s.Store.UserCount(r.Context())
	if err != nil {
		return err
	}
	view := s.signInView(r, "")
	if count == 0 {
		view.Refused = noAccountYet
	}
	view.Notice = s.takeNotice(w, r)
	return s.render(w, r, http.StatusOK, templates.SignIn(view))
}

func (s *Server) signInView(r *http.Request, email string) templates.SignInView {
	host := s.Host
	if host == "" {
		host = r.Host
	}
	return templates.SignInView{Page: s.page(r, "Sign in"), Host: host, Email: email, Back: ownPath(r.URL.Query().Get("back"), ""),
		SSO: s.ssoView()}
}

func (s *Server) signIn(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	email := strings.ToLower(strings.TrimSpace(r.PostFormValue("email")))
	if err := s.mayTry(w, r, email); err != nil {
		return s.refuseSignIn(w, r, http.StatusTooManyRequests, email, "Too many tries. Wait a minute, then try again.")
	}
	user, err := s.authenticate(r, email, r.PostFormValue("password"))
	if errors.Is(err, errCrowded) {
		return s.refuseSignIn(w, r, http.StatusServiceUnavailable, email, "Too many people sign in at this moment. Try again in a minute.")
	}
	if err != nil {
		return err
	}
	if user == nil {
		if err := s.Store.RecordRefusedSignIn(r.Context(), email, clientAddress(r)); err != nil {
			return err
		}
		return s.refuseSignIn(w, r, http.StatusUnauthorized, email,
			"This address and password do not match. After a few more tries, you have to wait a minute.")
	}
	if s.passwordBarred(*user) {
		if err := s.Store.RecordRefusedSignIn(r.Context(), email, clientAddress(r)); err != nil {
			return err
		}
		return s.refuseSignIn(w, r, http.StatusForbidden, "", "You do not sign in with a password here. Sign in with "+s.provider.Name+".")
	}
	err = s.startSession(w, r, *user)
	if changed, is := errors.AsType[*assessment.Error](err); is && changed.Code == assessment.Conflict {
		return s.refuseSignIn(w, r, http.StatusConflict, email, changed.Message+".")
	}
	if err != nil {
		return err
	}
	return redirect(w, r, ownPath(r.URL.Query().Get("back"), ""))
}

func (s *Server) refuseSignIn(w http.ResponseWriter, r *http.Request, status int, email, why string) error {
	view := s.signInView(r, shortened(email, assessment.MaxEmail))
	view.Refused = why
	if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "60")
	}
	return s.render(w, r, status, templates.SignIn(view))
}

// authenticate returns the account that address and password belong to, nil where they do not match or the account is
// disabled. It takes as long for an unknown account.
func (s *Server) authenticate(r *http.Request, email, password string) (*assessment.User, error) {
	user, err := s.Store.UserByEmail(r.Context(), email)
	if err != nil && assessment.CodeOf(err) != assessment.NotFound {
		return nil, err
	}
	match, rehash, err := s.passwordMatches(r.Context(), password, user.PasswordHash)
	if err != nil || !match || user.Disabled() {
		return nil, err
	}
	if rehash {
		hash, err := s.hashPassword(r.Context(), password)
		if err != nil {
			return nil, err
		}
		if err := s.Store.RenewHash(r.Context(), user.ID, user.PasswordHash, hash); err != nil {
			return nil, err
		}
	}
	return &user, nil
}

// startSession ends the session that the request came with and begins a new one under a new id, for somebody who gave or
// chose the password of the account. Conflict where the account has changed since it was read.
func (s *Server) startSession(w http.ResponseWriter, r *http.Request, user assessment.User) error {
	if s.provider != nil {
		s.sealer.drop(w, throughCookie)
	}
	return s.newSession(w, r, map[any]any{valueUser: user.ID, valueVersion: user.Version})
}

// startSessionBy does the same for somebody who signs in by other means than a password.
func (s *Server) startSessionBy(w http.ResponseWriter, r *http.Request, user assessment.User, means string) error {
	return s.newSession(w, r, map[any]any{valueUser: user.ID, valueMeans: means})
}

func (s *Server) newSession(w http.ResponseWriter, r *http.Request, values map[any]any) error {
	session, err := s.sessions.Get(r, s.cookie)
	if err != nil {
		return err
	}
	if session.ID != "" {
		if err := s.Store.DeleteSession(r.Context(), session.ID); err != nil {
			return err
		}
	}
	session.ID = ""
	session.IsNew = true
	session.Values = values
	return session.Save(r, w)
}

func (s *Server) signOut(w http.ResponseWriter, r *http.Request) error {
	session, err := s.sessions.Get(r, s.cookie)
	if err != nil {
		return err
	}
	onward := s.providerSignOut(w, r)
	session.Options.MaxAge = -1
	if err := session.Save(r, w); err != nil {
		return err
	}
	if onward != "" {
		return s.leaveForProvider(w, r, onward)
	}
	return redirect(w, r, templates.SignInURL)
}

func (s *Server) showSetup(w http.ResponseWriter, r *http.Request) error {
	token := r.URL.Query().Get("token")
	if _, err := s.Store.Link(r.Context(), HashToken(token), assessment.LinkSetup); err != nil {
		return s.deadLink(w, r, err, setupLinkEnded)
	}
	return s.render(w, r, http.StatusOK, templates.Setup(templates.SetupView{Page: s.page(r, "Create the first account"), Token: token}))
}

func (s *Server) setup(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	token := r.PostFormValue("token")
	if _, err := s.Store.Link(r.Context(), HashToken(token), assessment.LinkSetup); err != nil {
		return s.deadLink(w, r, err, setupLinkEnded) // before a password is hashed, which costs a stranger nothing and the server much
	}
	user, problems := newAccount(r.PostFormValue("name"), r.PostFormValue("email"), r.PostFormValue("password"))
	if len(problems) > 0 {
		view := templates.SetupView{Page: s.page(r, "Create the first account"), Token: token,
			Name: printable(r.PostFormValue("name")), Email: printable(r.PostFormValue("email"))}
		view.Errors = problems
		return s.render(w, r, http.StatusUnprocessableEntity, templates.Setup(view))
	}
	hash, err := s.hashPassword(r.Context(), r.PostFormValue("password"))
	if err != nil {
		return err
	}
	user.PasswordHash = hash
	user, err = s.Store.UseSetupLink(r.Context(), HashToken(token), user)
	if err != nil {
		return s.deadLink(w, r, err, setupLinkEnded)
	}
	if err := s.startSession(w, r, user); err != nil {
		return err
	}
	return redirect(w, r, templates.PortfolioURL)
}

// newAccount checks what a person typed about themselves.
func newAccount(name, email, password string) (assessment.User, templates.FormErrors) {
	person, err := assessment.CheckPerson(name, email)
	problems, _ := complaints(err)
	if why := checkPassword(password, person.Email, person.Name); why != "" {
		problems = append(problems, templates.FieldError{Field: "password", Message: why})
	}
	return person, problems
}

func (s *Server) showReset(w http.ResponseWriter, r *http.Request) error {
	token := r.URL.Query().Get("token")
	if _, err := s.Store.Link(r.Context(), HashToken(token), assessment.LinkReset); err != nil {
		return s.deadLink(w, r, err, resetLinkEnded)
	}
	return s.render(w, r, http.StatusOK, templates.ResetPassword(templates.SetupView{Page: s.page(r, "Choose a new password"), Token: token}))
}

func (s *Server) reset(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	token, password := r.PostFormValue("token"), r.PostFormValue("password")
	link, err := s.Store.Link(r.Context(), HashToken(token), assessment.LinkReset)
	if err != nil {
		return s.deadLink(w, r, err, resetLinkEnded)
	}
	user, err := s.Store.User(r.Context(), link.User)
	if err != nil {
		return err
	}
	if why := checkPassword(password, user.Email, user.Name); why != "" {
		view := templates.SetupView{Page: s.page(r, "Choose a new password"), Token: token, Revoke: r.PostFormValue(templates.FieldRevoke) != "",
			Errors: templates.FormErrors{{Field: "password", Message: why}}}
		return s.render(w, r, http.StatusUnprocessableEntity, templates.ResetPassword(view))
	}
	hash, err := s.hashPassword(r.Context(), password)
	if err != nil {
		return err
	}
	if err := s.Store.UseResetLink(r.Context(), HashToken(token), hash); err != nil {
		return s.deadLink(w, r, err, resetLinkEnded)
	}
	says, err := s.revokedWithPassword(r, link.User)
	if err != nil {
		return err
	}
	s.notify(w, "The password is set. Sign in with it. "+says)
	return redirect(w, r, templates.SignInURL)
}
