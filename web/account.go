package web

import (
	"net/http"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

func (s *Server) accountView(w http.ResponseWriter, r *http.Request) (templates.AccountView, error) {
	v := visitorOf(r)
	view := templates.AccountView{Page: s.page(r, "Your account"), Name: v.User.Name, Email: v.User.Email,
		Zones: s.zoneGroups(v.User.TimeZone), Now: words.Clock(s.now(r)), Elsewhere: v.User.PasswordHash == ""}
	view.Crumbs = []templates.Crumb{{Title: "Your account", URL: templates.AccountURL}}
	sessions, err := s.Store.SessionsOf(r.Context(), v.User.ID)
	if err != nil {
		return view, err
	}
	for _, session := range sessions {
		view.Sessions = append(view.Sessions, templates.SessionRow{
			Browser: browserName(session.Agent),
			Address: session.Address,
			Started: words.Moment(session.CreatedAt.In(s.zone(r)), s.now(r)),
			Used:    words.Moment(session.SeenAt.In(s.zone(r)), s.now(r)),
			This:    session.Hash == v.session.Hash,
		})
	}
	view.Others = len(sessions) - 1
	if view.SSO, err = s.accountSSO(r); err != nil {
		return view, err
	}
	view.Notice = s.takeNotice(w, r)
	return view, nil
}

func (s *Server) showAccount(w http.ResponseWriter, r *http.Request) error {
	view, err := s.accountView(w, r)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, templates.Account(view))
}

func (s *Server) changeAccount(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	switch do := r.PostFormValue(templates.FieldDo); do {
	case templates.DoProfile:
		return s.changeProfile(w, r)
	case templates.DoPassword:
		return s.changePassword(w, r)
	case templates.DoOthers:
		return s.endOtherSessions(w, r)
	default:
		return assessment.Errorf(assessment.Invalid, "An account cannot do “%s”", words.Cut(do, 40))
	}
}

func (s *Server) changeProfile(w http.ResponseWriter, r *http.Request) error {
	name, zone := r.PostFormValue("name"), r.PostFormValue("time_zone")
	err := s.Store.SetProfile(r.Context(), actorOf(r).User.ID, name, zone)
	if err == nil {
		s.notify(w, "Your profile is saved.")
		return redirect(w, r, templates.AccountURL)
	}
	problems, ok := complaints(err)
	if !ok {
		return err
	}
	view, err := s.accountView(w, r)
	if err != nil {
		return err
	}
	view.Name, view.Errors = printable(name), problems
	if problems.On("time_zone") == "" {
		view.Zones = s.zoneGroups(zone)
	}
	return s.render(w, r, http.StatusUnprocessableEntity, templates.Account(view))
}

func (s *Server) endOtherSessions(w http.ResponseWriter, r *http.Request) error {
	v := visitorOf(r)
	if err := s.Store.DeleteSessionsOf(r.Context(), v.User.ID, v.session.Hash); err != nil {
		return err
	}
	s.notify(w, "Your other sessions have ended.")
	return redirect(w, r, templates.AccountURL)
}

func (s *Server) changePassword(w http.ResponseWriter, r *http.Request) error {
	user := actorOf(r).User
	if err := s.mayTry(w, r, user.Email); err != nil {
		return err
	}
	view, err := s.accountView(w, r)
	if err != nil {
		return err
	}
	view.Revoke = r.PostFormValue(templates.FieldRevoke) != ""
	match, _, err := s.passwordMatches(r.Context(), r.PostFormValue("current"), user.PasswordHash)
	if err != nil {
		return err
	}
	if !match {
		view.Errors = append(view.Errors, templates.FieldError{Field: "current", Message: "This is not your current password"})
	}
	if why := checkPassword(r.PostFormValue("password"), user.Email, user.Name); why != "" {
		view.Errors = append(view.Errors, templates.FieldError{Field: "password", Message: why})
	}
	if len(view.Errors) > 0 {
		return s.render(w, r, http.StatusUnprocessableEntity, templates.Account(view))
	}
	hash, err := s.hashPassword(r.Context(), r.PostFormValue("password"))
	if err != nil {
		return err
	}
	if err := s.Store.SetPassword(r.Context(), user.ID, hash); err != nil {
		return err
	}
	user.Version++ // by the new password
	if err := s.startSession(w, r, user); err != nil {
		return err
	}
	says, err := s.revokedWithPassword(r, user.ID)
	if err != nil {
		return err
	}
	s.notify(w, "Your password is changed, and your other sessions have ended. "+says)
	return redirect(w, r, templates.AccountURL)
}

// revokedWithPassword revokes the tokens of an account where the form of a new password says so, and says what became of
// them.
func (s *Server) revokedWithPassword(r *http.Request, user string) (string, error) {
	if r.PostFormValue(templates.FieldRevoke) == "" {
		return "API tokens go on working.", nil
	}
	n, err := s.Store.RevokeTokens(r.Context(), user)
	switch n {
	case 0:
		return "There was no API token to revoke.", err
	case 1:
		return "The API token is revoked.", err
	}
	return "All API tokens are revoked.", err
}

// browserName returns what people call the browser of a user agent, with its system: Firefox on Linux.
func browserName(agent string) string {
	browser := firstNamed(agent, [][2]string{{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"},
		{"Safari/", "Safari"}, {"curl/", "curl"}})
	system := firstNamed(agent, [][2]string{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"},
		{"Mac OS X", "macOS"}, {"Linux", "Linux"}})
	switch {
	case browser == "" && system == "":
		return "Unknown browser"
	case browser == "":
		return "Unknown browser on " + system
	case system == "":
		return browser
	}
	return browser + " on " + system
}

// firstNamed returns the name beside the first mark that occurs in a text, empty for none.
func firstNamed(text string, names [][2]string) string {
	for _, name := range names {
		if strings.Contains(text, name[0]) {
			return name[1]
		}
	}
	return ""
}
