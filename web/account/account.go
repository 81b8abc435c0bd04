package account

import (
	"net/http"

	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/account"
	"plumbline/web/page"
)

// accountPage is what people say about themselves, with their sessions and password.
type accountPage struct{ *handlers }

func (h accountPage) accountView(w http.ResponseWriter, r *http.Request) (view.AccountView, error) {
	v := page.VisitorOf(r)
	shown := view.AccountView{Page: h.Page(r, "Your account"), Name: v.User.Name, Email: v.User.Email, Confirmed: v.User.Confirmed(),
		Zones: h.zoneGroups(v.User.TimeZone), Now: words.Clock(h.Now(r)), Elsewhere: v.User.PasswordHash == ""}
	shown.Crumbs = []templates.Crumb{{Title: "Your account", URL: templates.AccountURL}}
	sessions, err := h.store.SessionsOf(r.Context(), v.User.ID)
	if err != nil {
		return shown, err
	}
	for _, session := range sessions {
		shown.Sessions = append(shown.Sessions, view.SessionRow{
			Browser: page.BrowserName(session.Agent),
			Address: session.Address,
			Started: words.Moment(session.CreatedAt.In(h.Zone(r)), h.Now(r)),
			Used:    words.Moment(session.SeenAt.In(h.Zone(r)), h.Now(r)),
			This:    session.Hash == v.Session.Hash,
			End:     view.EndSessionURL(session.ID),
		})
	}
	shown.Others = len(sessions) - 1
	if shown.SSO, err = h.sso.accountSSO(r); err != nil {
		return shown, err
	}
	shown.Notice = h.TakeNotice(w, r)
	return shown, nil
}

func (h accountPage) showAccount(w http.ResponseWriter, r *http.Request) error {
	v, err := h.accountView(w, r)
	if err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, view.Account(v))
}

func (h accountPage) changeAccount(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	switch do := r.PostFormValue(templates.FieldDo); do {
	case view.DoProfile:
		return h.changeProfile(w, r)
	case view.DoPassword:
		return h.changePassword(w, r)
	case view.DoOthers:
		return h.endOtherSessions(w, r)
	default:
		return assessment.Errorf(assessment.Invalid, "An account cannot do “%s”", words.Cut(do, 40))
	}
}

func (h accountPage) changeProfile(w http.ResponseWriter, r *http.Request) error {
	name, zone := r.PostFormValue("name"), r.PostFormValue("time_zone")
	err := h.store.SetProfile(r.Context(), page.ActorOf(r), page.ActorOf(r).User.ID, name, zone)
	if err == nil {
		h.Notify(w, "Profile saved.")
		return page.Redirect(w, r, templates.AccountURL)
	}
	problems, ok := page.Complaints(err)
	if !ok {
		return err
	}
	v, err := h.accountView(w, r)
	if err != nil {
		return err
	}
	v.Name, v.Errors = page.Printable(name), problems
	if problems.On("time_zone") == "" {
		v.Zones = h.zoneGroups(zone)
	}
	return h.Render(w, r, http.StatusUnprocessableEntity, view.Account(v))
}

func (h accountPage) endOtherSessions(w http.ResponseWriter, r *http.Request) error {
	v := page.VisitorOf(r)
	if err := h.store.DeleteSessionsOf(r.Context(), page.ActorOf(r), v.User.ID, v.Session.Hash); err != nil {
		return err
	}
	h.Notify(w, "Your other sessions have ended.")
	return page.Redirect(w, r, templates.AccountURL)
}

func (h accountPage) endSession(w http.ResponseWriter, r *http.Request) error {
	if err := h.store.EndSession(r.Context(), page.ActorOf(r), page.ActorOf(r).User.ID, chi.URLParam(r, "session")); err != nil {
		return err
	}
	h.Notify(w, "The session has ended.")
	return page.Redirect(w, r, templates.AccountURL)
}

func (h accountPage) changePassword(w http.ResponseWriter, r *http.Request) error {
	user := page.ActorOf(r).User
	v, err := h.accountView(w, r)
	if err != nil {
		return err
	}
	v.Revoke = r.PostFormValue(view.FieldRevoke) != ""
	match, _, err := h.check(r, user.Email, r.PostFormValue("current"), user)
	if err != nil {
		return err
	}
	if !match {
		v.Errors = append(v.Errors, templates.FieldError{Field: "current", Message: "Incorrect password. Enter your current password"})
	}
	if why := checkPassword(r.PostFormValue("password"), user.Email, user.Name); why != "" {
		v.Errors = append(v.Errors, templates.FieldError{Field: "password", Message: why})
	}
	if len(v.Errors) > 0 {
		return h.Render(w, r, http.StatusUnprocessableEntity, view.Account(v))
	}
	hash, err := h.hashPassword(r.Context(), r.PostFormValue("password"))
	if err != nil {
		return err
	}
	if err := h.store.SetPassword(r.Context(), page.ActorOf(r), user.ID, hash); err != nil {
		return err
	}
	user.Version++ // by the new password
	if err := h.startSession(w, r, user); err != nil {
		return err
	}
	says, err := h.revokedWithPassword(r, user.ID)
	if err != nil {
		return err
	}
	h.Notify(w, "Password changed. Your other sessions have ended. "+says)
	return page.Redirect(w, r, templates.AccountURL)
}

// revokedWithPassword revokes the tokens of an account where the form of a new password says so, and says what happened to
// them.
func (h accountPage) revokedWithPassword(r *http.Request, user string) (string, error) {
	if r.PostFormValue(view.FieldRevoke) == "" {
		return "API tokens keep working.", nil
	}
	n, err := h.store.RevokeTokens(r.Context(), page.ActorOf(r), user)
	switch n {
	case 0:
		return "You had no API tokens to revoke.", err
	case 1:
		return "The API token was revoked.", err
	}
	return "All API tokens were revoked.", err
}

// chooseTheme keeps a choice of colors and returns to the page where it was made.
func (h accountPage) chooseTheme(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	if !h.KeepTheme(w, r.PostFormValue(templates.FieldTheme)) {
		return assessment.Errorf(assessment.Invalid, "Choose System, Light or Dark")
	}
	return page.Redirect(w, r, page.OwnPath(r.PostFormValue(templates.FieldBack), ""))
}
