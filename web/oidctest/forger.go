package oidctest

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/go-jose/go-jose/v4"
)

// forger changes what the provider says in its tokens, and the key that it signs them with.
type forger struct {
	mu       sync.Mutex
	change   func(claims map[string]any)
	unsigned bool
	strange  bool // the key is not among those that are published
	key      *jose.JSONWebKey
	keys     int // made so far
}

// Forge changes the claims of every token from now on; the provider signs them all the same. Nil ends it.
func (p *Provider) Forge(t testing.TB, change func(claims map[string]any)) {
	t.Helper()
	f := &p.forger
	f.mu.Lock()
	defer f.mu.Unlock()
	f.change = change
	if f.key == nil {
		f.newKey(t)
	}
}

// Rotate makes the provider sign with a new key, and publish that one alone.
func (p *Provider) Rotate(t testing.TB) {
	t.Helper()
	p.forger.mu.Lock()
	defer p.forger.mu.Unlock()
	p.forger.newKey(t)
}

// Unsigned makes the provider put no signature under its tokens.
func (p *Provider) Unsigned(t testing.TB) {
	t.Helper()
	p.Forge(t, nil)
	p.forger.mu.Lock()
	defer p.forger.mu.Unlock()
	p.forger.unsigned = true
}

// Strange makes somebody else sign the tokens.
func (p *Provider) Strange(t testing.TB) {
	t.Helper()
	p.Forge(t, nil)
	p.forger.mu.Lock()
	defer p.forger.mu.Unlock()
	p.forger.strange = true
}

func (f *forger) newKey(t testing.TB) {
	t.Helper()
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	f.keys++
	f.key = &jose.JSONWebKey{Key: private, KeyID: "own" + strconv.Itoa(f.keys), Algorithm: string(jose.RS256), Use: "sig"}
}

// serve answers as the provider does, but for keys and tokens.
func (f *forger) serve(provider http.Handler, w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.key == nil {
		provider.ServeHTTP(w, r)
		return
	}
	switch r.URL.Path {
	case "/keys":
		var set jose.JSONWebKeySet
		if !f.strange {
			set.Keys = []jose.JSONWebKey{f.key.Public()}
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(set)
	case "/oauth/token":
		answer := httptest.NewRecorder()
		provider.ServeHTTP(answer, r)
		if err := f.forge(answer, w); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	default:
		provider.ServeHTTP(w, r)
	}
}

// forge writes an answer with its token changed.
func (f *forger) forge(answer *httptest.ResponseRecorder, w http.ResponseWriter) error {
	maps.Copy(w.Header(), answer.Header())
	w.Header().Del("Content-Length")
	if answer.Code != http.StatusOK {
		w.WriteHeader(answer.Code)
		_, err := w.Write(answer.Body.Bytes())
		return err
	}
	var tokens, claims map[string]any
	if err := json.Unmarshal(answer.Body.Bytes(), &tokens); err != nil {
		return err
	}
	parts := strings.Split(fmt.Sprint(tokens["id_token"]), ".")
	payload, err := base64.RawURLEncoding.DecodeString(parts[min(1, len(parts)-1)])
	if err != nil {
		return err
	}
	if err := json.Unmarshal(payload, &claims); err != nil {
		return err
	}
	if f.change != nil {
		f.change(claims)
	}
	if tokens["id_token"], err = f.sign(claims); err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(tokens)
}

func (f *forger) sign(claims map[string]any) (string, error) {
	payload, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	if f.unsigned {
		encode := base64.RawURLEncoding.EncodeToString
		return encode([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + encode(payload) + ".", nil
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: f.key}, nil)
	if err != nil {
		return "", err
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		return "", err
	}
	return signed.CompactSerialize()
}
