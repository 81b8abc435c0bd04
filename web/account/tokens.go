package account

import (
	"errors"
	"net/http"
	"strings"
	"time"

	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/account"
	"plumbline/web/page"
)

// tokenLife is how many days a new token lasts unless its person says otherwise.
const tokenLife = 90

// tokenPages is the pages of the own API tokens.
type tokenPages struct{ *handlers }

func (h tokenPages) showTokens(w http.ResponseWriter, r *http.Request) error {
	form := view.TokenForm{Scope: string(access.ScopeRead), ExpiresAt: string(assessment.DateOf(h.Now(r).AddDate(0, 0, tokenLife)))}
	return h.renderTokens(w, r, http.StatusOK, view.TokensView{Form: form})
}

func (h tokenPages) renderTokens(w http.ResponseWriter, r *http.Request, status int, v view.TokensView) error {
	tokens, err := h.store.Tokens(r.Context(), page.ActorOf(r).User.ID)
	if err != nil {
		return err
	}
	base := h.Absolute(r, "")
	v.Confirm = h.Confirmation(r, templates.TokensURL)
	v.Form.Request = page.NewToken()
	v.Page = h.Page(r, "API tokens")
	v.Notice = h.TakeNotice(w, r)
	v.Crumbs = []templates.Crumb{{Title: "Your account", URL: templates.AccountURL}, {Title: "API tokens", URL: templates.TokensURL}}
	v.Latest = words.Date(assessment.DateOf(h.Now(r).Add(access.MaxLife)))
	v.List = curl("$PLUMBLINE_TOKEN", base, "/workloads")
	v.Gate = curl("$PLUMBLINE_TOKEN", base, "/assessments/ASSESSMENT/gate?pillar=security&min=60&no_new_high="+page.NewestSnapshot)
	for _, token := range tokens {
		v.Rows = append(v.Rows, h.tokenRow(r, token))
	}
	return h.Render(w, r, status, view.Tokens(v))
}

// curl returns the line that asks an address of the API. It fails where the answer is an error, and prints it.
func curl(token, base, path string) string {
	return `curl -sS --fail-with-body -H "Authorization: Bearer ` + token + `" "` + base + page.APIPrefix + path + `"`
}

func (h tokenPages) tokenRow(r *http.Request, t access.Token) view.TokenRow {
	now, zone := h.Clock(), h.Zone(r)
	row := view.TokenRow{Name: t.Name, Scope: words.TokenScope(t.Scope), Created: words.Day(t.CreatedAt.In(zone)),
		Expires: words.Day(t.ExpiresAt.Add(-time.Microsecond).In(zone)), Used: "Never", State: "Expired"}
	if !t.LastUsedAt.IsZero() {
		row.Used = words.Moment(t.LastUsedAt.In(zone), h.Now(r))
	}
	switch {
	case !t.RevokedAt.IsZero():
		row.State = "Revoked " + words.Day(t.RevokedAt.In(zone))
	case now.Before(t.ExpiresAt):
		row.Stopped = !t.Works(now)
		row.Revoke = view.RevokeTokenURL(t.ID)
	}
	return row
}

// createToken makes a token and shows its secret, which nobody can read again. The same form once more, by a double click,
// shows the same token.
func (h tokenPages) createToken(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	form := view.TokenForm{Name: r.PostFormValue("name"), Scope: r.PostFormValue("scope"), ExpiresAt: r.PostFormValue("expires_at")}
	wrong, err := h.Confirm(r)
	if err != nil {
		return err
	}
	if wrong != nil {
		form.Name, form.ExpiresAt = page.Printable(form.Name), page.Printable(form.ExpiresAt)
		return h.renderTokens(w, r, http.StatusUnprocessableEntity, view.TokensView{Form: form, Errors: templates.FormErrors{*wrong}})
	}
	secret := page.TokenPrefix + h.ShownOnce(r, page.ActorOf(r).User.ID, form.Name, form.Scope, form.ExpiresAt)
	token := access.Token{Hash: page.HashToken(secret), Name: form.Name, Scope: access.TokenScope(form.Scope)}
	token, err = h.makeToken(r, token, form.ExpiresAt)
	if problems, ok := page.Complaints(err); ok {
		form.Name, form.ExpiresAt = page.Printable(form.Name), page.Printable(form.ExpiresAt)
		return h.renderTokens(w, r, http.StatusUnprocessableEntity, view.TokensView{Form: form, Errors: problems})
	}
	if err != nil {
		return err
	}
	made := &view.MadeToken{Name: token.Name, Secret: secret, Try: curl(secret, h.Absolute(r, ""), "/workloads")}
	form.Name = ""
	return h.renderTokens(w, r, http.StatusCreated, view.TokensView{Made: made, Form: form})
}

// makeToken stores a token that ends with its last day, or returns everything that is wrong with it.
func (h tokenPages) makeToken(r *http.Request, token access.Token, lastDay string) (access.Token, error) {
	end, wrong := tokenEnd(lastDay, h.Now(r))
	if wrong == nil {
		token.ExpiresAt = end
		return h.store.CreateToken(r.Context(), page.ActorOf(r), token)
	}
	token.ExpiresAt = h.Clock().Add(time.Minute)
	_, err := access.CheckToken(token, h.Clock())
	errs, _ := errors.AsType[assessment.Errors](err)
	return token, append(errs, wrong).Err()
}

// tokenEnd returns the moment after the last day of a token, or an Error on expires_at.
func tokenEnd(lastDay string, now time.Time) (time.Time, *assessment.Error) {
	const field = "expires_at"
	day, err := assessment.ParseDate(strings.TrimSpace(lastDay))
	if err != nil || day == "" {
		example := assessment.DateOf(now.AddDate(0, 0, tokenLife))
		return time.Time{}, assessment.InvalidField(field, "Enter an expiry date such as "+string(example))
	}
	if day.Before(assessment.DateOf(now)) {
		return time.Time{}, assessment.InvalidField(field, "Choose an expiry date in the future")
	}
	latest := now.Add(access.MaxLife)
	if assessment.DateOf(latest).Before(day) {
		return time.Time{}, assessment.InvalidField(field, "Choose an expiry date no later than "+string(assessment.DateOf(latest)))
	}
	on := day.Time()
	end := time.Date(on.Year(), on.Month(), on.Day()+1, 0, 0, 0, 0, now.Location())
	if end.After(latest) {
		end = latest
	}
	return end.UTC(), nil
}

func (h tokenPages) revokeToken(w http.ResponseWriter, r *http.Request) error {
	if err := h.store.RevokeToken(r.Context(), page.ActorOf(r), page.ActorOf(r).User.ID, chi.URLParam(r, "token")); err != nil {
		return err
	}
	h.Notify(w, page.TokenRevoked)
	return page.Redirect(w, r, templates.TokensURL)
}
