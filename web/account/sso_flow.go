package account

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/gorilla/securecookie"
	"golang.org/x/oauth2"

	"plumbline/assessment/access"
)

// signOnLifetime is how long a person may take to sign in at the provider, or to find their password to connect it.
const signOnLifetime = 10 * time.Minute

// maxBack bounds the address to go to afterwards, which travels in a cookie, in bytes.
const maxBack = 1000

// flow is a sign-in that has begun: what its answer must fit. It travels in a cookie of the browser that began it.
type flow struct {
	State    string
	Nonce    string
	Verifier string // whose hash the provider has
	Back     string // own path to go to afterwards
	Account  string // id of who connects the provider to their account; empty for a sign-in
	Typed    string // leads to the form that is kept meanwhile; empty for none
	Fresh    bool   // the provider is to ask again who it is
	Ends     time.Time
}

// pending is somebody whose address an account has already, until they show that it is theirs.
type pending struct {
	Identity access.Identity
	Email    string
	Back     string
	Typed    string // as of the flow
	Ends     time.Time
}

// Names of the cookies. They are sealed, and the name is part of the seal.
const (
	flowCookie    = "sso"
	pendingCookie = "sso-connect"
	throughCookie = "sso-through" // the session began at the provider, and ends there too
)

// sealer keeps what only this server may read and make in cookies.
type sealer struct {
	codec  *securecookie.SecureCookie
	secure bool
}

func newSealer(key []byte, secure bool) (*sealer, error) {
	keys, err := hkdf.Key(sha256.New, key, nil, "plumbline single sign-on", 64)
	if err != nil {
		return nil, fmt.Errorf("derive the keys of single sign-on: %w", err)
	}
	codec := securecookie.New(keys[:32], keys[32:])
	codec.MaxAge(0) // what is sealed says itself when it ends
	codec.SetSerializer(securecookie.JSONEncoder{})
	return &sealer{codec, secure}, nil
}

// name returns the full name of a cookie: where the connection is secure, one that no other host can set.
func (s *sealer) name(short string) string {
	if s.secure {
		return "__Host-" + short
	}
	return short
}

func (s *sealer) cookie(short, value string, maxAge int) *http.Cookie {
	return &http.Cookie{Name: s.name(short), Value: value, Path: "/", MaxAge: maxAge, HttpOnly: true, Secure: s.secure,
		SameSite: http.SameSiteLaxMode}
}

func (s *sealer) put(w http.ResponseWriter, short string, value any) error {
	return s.keep(w, short, value, signOnLifetime)
}

// keep is put for as long as is said.
func (s *sealer) keep(w http.ResponseWriter, short string, value any, lasts time.Duration) error {
	sealed, err := s.codec.Encode(s.name(short), value)
	if err != nil {
		return fmt.Errorf("seal a cookie: %w", err)
	}
	http.SetCookie(w, s.cookie(short, sealed, int(lasts.Seconds())))
	return nil
}

// get reports whether the request has the cookie, whole and unchanged.
func (s *sealer) get(r *http.Request, short string, value any) bool {
	cookie, err := r.Cookie(s.name(short))
	return err == nil && s.codec.Decode(s.name(short), cookie.Value, value) == nil
}

func (s *sealer) drop(w http.ResponseWriter, short string) {
	http.SetCookie(w, s.cookie(short, "", -1))
}

func newFlow(back, account string, now time.Time) flow {
	if len(back) > maxBack {
		back = "/"
	}
	return flow{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(), Back: back, Account: account,
		Ends: now.Add(signOnLifetime)}
}

// answers returns a refusal unless an answer of the provider belongs to the flow.
func (f flow) answers(query url.Values, issuer string, now time.Time) error {
	switch {
	case !same(query.Get("state"), f.State):
		return refusal{http.StatusForbidden, ssoStartAgain, errors.New("the response belongs to another sign-in")}
	case !now.Before(f.Ends):
		return refusal{http.StatusForbidden, ssoStartAgain, errors.New("the sign-in took too long")}
	case query.Get("code") == "" && query.Get("error") == "":
		return refusal{http.StatusForbidden, ssoStartAgain, errors.New("the response contains no code")}
	case query.Has("iss") && query.Get("iss") != issuer:
		return refusal{http.StatusForbidden, ssoNotBelieved, errors.New("the response comes from another provider")}
	}
	return nil
}

// same reports whether two texts are the same secret, in a time that does not tell where they differ. No secret is empty.
func same(a, b string) bool {
	return b != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}

// usedFlows remembers the sign-ins that were answered until they would have ended, so that none is answered twice.
type usedFlows struct {
	mu     sync.Mutex
	states map[string]time.Time
}

// first reports whether this is the first answer of a flow.
func (s *usedFlows) first(f flow, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for state, ends := range s.states {
		if !now.Before(ends) {
			delete(s.states, state)
		}
	}
	if _, twice := s.states[f.State]; twice {
		return false
	}
	if s.states == nil {
		s.states = map[string]time.Time{}
	}
	s.states[f.State] = f.Ends
	return true
}
