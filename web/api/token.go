package api

import (
	"net/http"
	"strings"

	"plumbline/assessment"
	"plumbline/web/page"
)

// Limits by rate.
const (
	requestsPerToken    = 120 // a minute
	badTokensPerAddress = 10  // a minute
)

// RecognisedByToken puts the person for whom a token acts into the request, and refuses one without. Cookies do not
// count here: no page of another site can make a browser send a token.
func (h *handlers) RecognisedByToken(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, err := h.bearer(w, r)
		if err != nil {
			if v != nil {
				r = r.WithContext(page.WithVisitor(r.Context(), v))
			}
			h.Fail(w, r, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(page.WithVisitor(r.Context(), v)))
	})
}

// bearer returns the person for whom the token of a request acts, also where they ask too much.
func (h *handlers) bearer(w http.ResponseWriter, r *http.Request) (*page.Visitor, error) {
	scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	secret = strings.TrimSpace(secret)
	if !strings.EqualFold(scheme, "Bearer") || !strings.HasPrefix(secret, page.TokenPrefix) {
		w.Header().Set("WWW-Authenticate", `Bearer realm="plumbline"`)
		return nil, h.badToken(r, "Include an API token: Authorization: Bearer "+page.TokenPrefix+"…")
	}
	hash := page.HashToken(secret)
	actor, err := h.store.ActorByToken(r.Context(), hash)
	if assessment.CodeOf(err) == assessment.NotFound {
		w.Header().Set("WWW-Authenticate", `Bearer realm="plumbline", error="invalid_token"`)
		return nil, h.badToken(r, "This token is unknown, expired or revoked")
	}
	if err != nil {
		return nil, err
	}
	actor.Address = page.ClientAddress(r)
	v := &page.Visitor{Actor: actor}
	if !h.asking.Take(actor.User.ID) {
		return v, assessment.Errorf(assessment.TooMany, "More than %d requests within a minute. Retry after the time in Retry-After", requestsPerToken)
	}
	return v, nil
}

// badToken says what is wrong with the token of a request, or that there were too many such requests from its address.
func (h *handlers) badToken(r *http.Request, why string) error {
	if !h.guessing.Take(page.ClientAddress(r)) {
		return assessment.Errorf(assessment.TooMany, "More than %d requests within a minute with an invalid token. Retry after the time in Retry-After", badTokensPerAddress)
	}
	return assessment.Errorf(assessment.Unauthenticated, "%s", why)
}
