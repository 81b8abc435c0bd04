package web

import (
	"context"
	"net/http"
	"strings"

	"plumbline/assessment"
)

// tokenPrefix begins every API token, so that people and scanners of code know one when they see it.
const tokenPrefix = "plb_"

// recognisedByToken puts the person for whom a token acts into the request, and refuses one without. Cookies do not
// count here: no page of another site can make a browser send a token.
func (s *Server) recognisedByToken(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, err := s.bearer(w, r)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		ctx := context.WithValue(s.Store.As(r.Context(), v.Actor), keyVisitor, v)
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func (s *Server) bearer(w http.ResponseWriter, r *http.Request) (*visitor, error) {
	scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	secret = strings.TrimSpace(secret)
	if !strings.EqualFold(scheme, "Bearer") || !strings.HasPrefix(secret, tokenPrefix) {
		w.Header().Set("WWW-Authenticate", `Bearer realm="plumbline"`)
		return nil, s.badToken(w, r, "Send an API token: Authorization: Bearer "+tokenPrefix+"…")
	}
	hash := HashToken(secret)
	actor, err := s.Store.ActorByToken(r.Context(), hash)
	if assessment.CodeOf(err) == assessment.NotFound {
		w.Header().Set("WWW-Authenticate", `Bearer realm="plumbline", error="invalid_token"`)
		return nil, s.badToken(w, r, "This token is unknown, expired or revoked")
	}
	if err != nil {
		return nil, err
	}
	if over(s.limits.tokens, w, r, hash) {
		return nil, assessment.Errorf(assessment.TooMany, "More than %d requests within a minute. Wait as long as Retry-After says", requestsPerToken)
	}
	actor.Address = clientAddress(r)
	return &visitor{Actor: actor}, nil
}

// badToken says what is wrong with the token of a request, or that there were too many such requests from its address.
func (s *Server) badToken(w http.ResponseWriter, r *http.Request, why string) error {
	if over(s.limits.bad, w, r, clientAddress(r)) {
		return assessment.Errorf(assessment.TooMany, "More than %d requests within a minute with a token that does not work. Wait as long as Retry-After says", badTokens)
	}
	return assessment.Errorf(assessment.Unauthenticated, "%s", why)
}
