package account

import (
	"errors"
	"net/http"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
	view "plumbline/templates/account"
	"plumbline/web/page"
	"plumbline/web/typed"
)

// What the page of a one-time link says that is good no more.
const (
	setupLinkEnded = "The link works once within a day, or until the server restarts and prints a new one. If you already have an account, sign in."
	resetLinkEnded = "The link works once and for a limited time. Ask your administrator for a new one, or sign in with your current password."
	inviteEnded    = "The link works once within seven days and may have been revoked. Ask a team lead for a new one."
)

func (h *handlers) showSignIn(w http.ResponseWriter, r *http.Request) error {
	if page.VisitorOf(r) != nil {
		return page.Redirect(w, r, page.OwnPath(r.URL.Query().Get("back"), ""))
	}
	count, err := h.store.UserCount(r.Context())
	if err != nil {
		return err
	}
	v := h.signInView(r, "")
	if count == 0 {
		v.Refused = noAccountYet
	}
	v.Notice = h.TakeNotice(w, r)
	return h.Render(w, r, http.StatusOK, view.SignIn(v))
}

func (h *handlers) signInView(r *http.Request, email string) view.SignInView {
	host := h.Host
	if host == "" {
		host = r.Host
	}
	return view.SignInView{Page: h.Page(r, "Sign in"), Host: host, Email: email, Back: page.OwnPath(r.URL.Query().Get("back"), ""),
		SSO: h.sso.ssoView()}
}

func (h *handlers) signIn(w http.ResponseWriter, r *http.Request) error {
	form, err := readSignIn(r)
	if err != nil {
		return err
	}
	err = h.signInWith(w, r, form)
	if status := page.StatusOf(err); err != nil && form.Action != "" && page.ShowsAgain(status) {
		h.Logger.ErrorContext(r.Context(), "sign-in failed", "request", page.RequestNumber(r), "status", status, "error", err.Error())
		return h.refuseSignIn(w, r, status, r.PostFormValue("email"), "Sign-in is currently unavailable. Try again in a minute.")
	}
	return err
}

func (h *handlers) signInWith(w http.ResponseWriter, r *http.Request, form typed.Form) error {
	email := access.TypedEmail(r.PostFormValue("email"))
	user, err := h.authenticate(r, email, r.PostFormValue("password"))
	if assessment.CodeOf(err) == assessment.TooMany {
		return h.refuseSignIn(w, r, http.StatusTooManyRequests, email, tooManyAttempts)
	}
	if errors.Is(err, errCrowded) {
		return h.refuseSignIn(w, r, http.StatusServiceUnavailable, email, "Too many people are signing in right now. Try again in a minute.")
	}
	if err != nil {
		return err
	}
	if user == nil {
		if err := h.store.RecordRefusedSignIn(r.Context(), email, page.ClientAddress(r)); err != nil {
			return err
		}
		return h.refuseSignIn(w, r, http.StatusUnauthorized, email,
			"Incorrect email address or password. After a few more attempts, you must wait a minute.")
	}
	if h.sso.passwordBarred(*user) {
		if err := h.store.RecordRefusedSignIn(r.Context(), email, page.ClientAddress(r)); err != nil {
			return err
		}
		return h.refuseSignIn(w, r, http.StatusForbidden, "", "Your account does not use a password. Sign in with "+h.sso.provider.Name+".")
	}
	err = h.startSession(w, r, *user)
	if changed, is := errors.AsType[*assessment.Error](err); is && changed.Code == assessment.Conflict {
		return h.refuseSignIn(w, r, http.StatusConflict, email, changed.Message+".")
	}
	if err != nil {
		return err
	}
	return entrance{h}.goOn(w, r, user.ID, r.URL.Query().Get("back"), form)
}

func (h *handlers) refuseSignIn(w http.ResponseWriter, r *http.Request, status int, email, why string) error {
	v := h.signInView(r, page.Shortened(email, assessment.MaxEmail))
	v.Refused = why
	form, _ := typed.Carried(r.PostForm)
	v.Carried = carriedView(form)
	if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "60")
	}
	return h.Render(w, r, status, view.SignIn(v))
}

// authenticate returns the account that address and password belong to, nil where they do not match or the account is
// disabled. It takes as long for an unknown account. The errors are those of check.
func (h *handlers) authenticate(r *http.Request, email, password string) (*access.User, error) {
	user, err := h.store.UserByEmail(r.Context(), email)
	if err != nil && assessment.CodeOf(err) != assessment.NotFound {
		return nil, err
	}
	match, rehash, err := h.check(r, email, password, user)
	if err != nil || !match {
		return nil, err
	}
	if rehash {
		hash, err := h.hashPassword(r.Context(), password)
		if err != nil {
			return nil, err
		}
		if err := h.store.RenewHash(r.Context(), user.ID, user.PasswordHash, hash); err != nil {
			return nil, err
		}
	}
	return &user, nil
}

// startSession ends the session that the request came with and begins a new one under a new id, for somebody who gave or
// chose the password of the account. Conflict where the account has changed since it was read.
func (h *handlers) startSession(w http.ResponseWriter, r *http.Request, user access.User) error {
	if h.sso.provider != nil {
		h.sso.sealer.drop(w, throughCookie)
	}
	return h.newSession(w, r, map[any]any{valueUser: user.ID, valueVersion: user.Version, valueShown: h.Clock()})
}

// startSessionBy does the same for somebody who signs in by other means than a password, and who showed who they are at a
// moment that may be unknown.
func (h *handlers) startSessionBy(w http.ResponseWriter, r *http.Request, user access.User, means string, shown time.Time) error {
	return h.newSession(w, r, map[any]any{valueUser: user.ID, valueMeans: means, valueShown: shown})
}

func (h *handlers) newSession(w http.ResponseWriter, r *http.Request, values map[any]any) error {
	session, err := h.sessions.Get(r, h.cookie)
	if err != nil {
		return err
	}
	if session.ID != "" {
		if err := h.store.DeleteSession(r.Context(), page.ActorOf(r), session.ID); err != nil {
			return err
		}
	}
	session.ID = ""
	session.IsNew = true
	session.Values = values
	if err := session.Save(r, w); err != nil {
		return err
	}
	return h.owners.remember(w, values[valueUser].(string))
}

func (h *handlers) signOut(w http.ResponseWriter, r *http.Request) error {
	session, err := h.sessions.Get(r, h.cookie)
	if err != nil {
		return err
	}
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`) // drafts too, which the walk keeps in the browser
	onward := h.sso.providerSignOut(w, r)
	session.Options.MaxAge = -1
	if err := session.Save(r, w); err != nil {
		return err
	}
	if onward != "" {
		return h.sso.leaveForProvider(w, r, onward)
	}
	return page.Redirect(w, r, templates.SignInURL)
}
