package web

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/templates"
)

// tokenLife is how many days a new token lasts unless its person says otherwise.
const tokenLife = 90

func (s *Server) showTokens(w http.ResponseWriter, r *http.Request) error {
	form := templates.TokenForm{Scope: string(assessment.ScopeRead), ExpiresAt: string(assessment.DateOf(s.now(r).AddDate(0, 0, tokenLife)))}
	return s.renderTokens(w, r, http.StatusOK, templates.TokensView{Form: form})
}

func (s *Server) renderTokens(w http.ResponseWriter, r *http.Request, status int, view templates.TokensView) error {
	tokens, err := s.Store.Tokens(r.Context(), actorOf(r).User.ID)
	if err != nil {
		return err
	}
	base := s.absolute(r, "")
	view.Page = s.page(r, "API tokens")
	view.Notice = s.takeNotice(w, r)
	view.Crumbs = []templates.Crumb{{Title: "Your account", URL: templates.AccountURL}, {Title: "API tokens", URL: templates.TokensURL}}
	view.Latest = string(assessment.DateOf(s.now(r).Add(assessment.MaxTokenLife)))
	view.List = curl("$PLUMBLINE_TOKEN", base, "/workloads")
	view.Gate = curl("$PLUMBLINE_TOKEN", base, "/assessments/ASSESSMENT/gate?pillar=security&min=60&no_new_high="+newestSnapshot)
	for _, token := range tokens {
		view.Rows = append(view.Rows, s.tokenRow(r, token))
	}
	return s.render(w, r, status, templates.Tokens(view))
}

// curl returns the line that asks an address of the API. It fails where the answer is an error, and prints it.
func curl(token, base, path string) string {
	return `curl -sS --fail-with-body -H "Authorization: Bearer ` + token + `" "` + base + apiPrefix + path + `"`
}

func (s *Server) tokenRow(r *http.Request, t assessment.Token) templates.TokenRow {
	now, zone := s.Clock(), s.zone(r)
	row := templates.TokenRow{Name: t.Name, Scope: "reads", Created: templates.Day(t.CreatedAt.In(zone)),
		Expires: templates.Day(t.ExpiresAt.Add(-time.Microsecond).In(zone)), Used: "Never", State: "Expired"}
	if t.Scope == assessment.ScopeWrite {
		row.Scope = "reads and writes"
	}
	if !t.LastUsedAt.IsZero() {
		row.Used = templates.Moment(t.LastUsedAt.In(zone), s.now(r))
	}
	switch {
	case !t.RevokedAt.IsZero():
		row.State = "Revoked " + templates.Day(t.RevokedAt.In(zone))
	case t.Works(now):
		row.Revoke = templates.RevokeTokenURL(t.ID)
	}
	return row
}

// createToken makes a token and shows its secret, which nobody can read again.
func (s *Server) createToken(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	form := templates.TokenForm{Name: r.PostFormValue("name"), Scope: r.PostFormValue("scope"), ExpiresAt: r.PostFormValue("expires_at")}
	secret := tokenPrefix + NewToken()
	token := assessment.Token{Hash: HashToken(secret), Name: form.Name, Scope: assessment.TokenScope(form.Scope)}
	token, err := s.makeToken(r, token, form.ExpiresAt)
	if problems, ok := complaints(err); ok {
		form.Name, form.ExpiresAt = printable(form.Name), printable(form.ExpiresAt)
		return s.renderTokens(w, r, http.StatusUnprocessableEntity, templates.TokensView{Form: form, Errors: problems})
	}
	if err != nil {
		return err
	}
	made := &templates.MadeToken{Name: token.Name, Secret: secret, Try: curl(secret, s.absolute(r, ""), "/workloads")}
	form.Name = ""
	return s.renderTokens(w, r, http.StatusCreated, templates.TokensView{Made: made, Form: form})
}

// makeToken stores a token that ends with its last day, or returns everything that is wrong with it.
func (s *Server) makeToken(r *http.Request, token assessment.Token, lastDay string) (assessment.Token, error) {
	end, wrong := tokenEnd(lastDay, s.now(r))
	if wrong == nil {
		token.ExpiresAt = end
		return s.Store.CreateToken(r.Context(), actorOf(r), token)
	}
	token.ExpiresAt = s.Clock().Add(time.Minute)
	_, err := assessment.CheckToken(token, s.Clock())
	errs, _ := errors.AsType[assessment.Errors](err)
	return token, append(errs, wrong).Err()
}

// tokenEnd returns the moment after the last day of a token, or an Error on expires_at.
func tokenEnd(lastDay string, now time.Time) (time.Time, *assessment.Error) {
	const field = "expires_at"
	day, err := assessment.ParseDate(strings.TrimSpace(lastDay))
	if err != nil || day == "" {
		return time.Time{}, assessment.InvalidField(field, "The last day must be a date such as "+string(assessment.DateOf(now.AddDate(0, 0, tokenLife))))
	}
	if day.Before(assessment.DateOf(now)) {
		return time.Time{}, assessment.InvalidField(field, "The last day is over already")
	}
	latest := now.Add(assessment.MaxTokenLife)
	if assessment.DateOf(latest).Before(day) {
		return time.Time{}, assessment.InvalidField(field, "The last day can be "+string(assessment.DateOf(latest))+" at the latest")
	}
	on := day.Time()
	end := time.Date(on.Year(), on.Month(), on.Day()+1, 0, 0, 0, 0, now.Location())
	if end.After(latest) {
		end = latest
	}
	return end.UTC(), nil
}

func (s *Server) revokeToken(w http.ResponseWriter, r *http.Request) error {
	if err := s.Store.RevokeToken(r.Context(), actorOf(r), actorOf(r).User.ID, chi.URLParam(r, "token")); err != nil {
		return err
	}
	s.notify(w, "The token is revoked: its next request is refused.")
	return redirect(w, r, templates.TokensURL)
}
