// Package oidctest runs a real OpenID provider for tests of single sign-on: it checks clients, redirect addresses and
// PKCE as others do. A test can make it lie in its tokens, change its keys, refuse people or break down.
package oidctest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// The one client that the provider knows.
const (
	ClientID     = "plumbline"
	ClientSecret = "the client's own secret"
)

// Person is somebody whom the provider knows.
type Person struct {
	Subject string
	Name    string // of two words
	Email   string
}

// Provider is a running provider. Whoever is sent to it signs in as the person of that time, by one button.
type Provider struct {
	issuer string
	server *httptest.Server
	op     *op.Provider
	store  *storage.Storage

	mu     sync.Mutex
	people map[string]*storage.User
	person string
	denial *oidc.Error
	broken bool
	forger forger
}

// Start runs a provider that sends people back to the redirect addresses, until the test ends. Its host is another site
// than 127.0.0.1, where tests run what they test.
func Start(t testing.TB, redirects ...string) *Provider {
	t.Helper()
	p := &Provider{people: map[string]*storage.User{}}
	p.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { p.serve(w, r) }))
	t.Cleanup(p.server.Close)
	p.issuer = strings.Replace(p.server.URL, "127.0.0.1", "localhost", 1)
	client := storage.WebClient(ClientID, ClientSecret, redirects...)
	p.store = storage.NewStorageWithClients(register{p}, map[string]*storage.Client{ClientID: client})
	config := &op.Config{CodeMethodS256: true}
	_, _ = rand.Read(config.CryptoKey[:])
	var err error
	if p.op, err = op.NewProvider(config, leaving{p.store}, op.StaticIssuer(p.issuer), op.WithAllowInsecure()); err != nil {
		t.Fatal(err)
	}
	return p
}

// Issuer is the provider's address.
func (p *Provider) Issuer() string { return p.issuer }

// Be makes those who sign in from now on the person.
func (p *Provider) Be(who Person) {
	p.mu.Lock()
	defer p.mu.Unlock()
	first, last, _ := strings.Cut(who.Name, " ")
	p.people[who.Subject] = &storage.User{ID: who.Subject, Username: who.Subject, FirstName: first, LastName: last, Email: who.Email,
		EmailVerified: true}
	p.person = who.Subject
}

// Deny makes the provider let nobody in.
func (p *Provider) Deny() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.denial = oidc.ErrAccessDenied()
}

// Break makes the provider answer nothing but that it does not work, or mends it.
func (p *Provider) Break(broken bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.broken = broken
}

// register is the list of people in the form that the library asks for.
type register struct{ *Provider }

func (r register) GetUserByID(id string) *storage.User {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.people[id]
}

func (r register) GetUserByUsername(name string) *storage.User { return r.GetUserByID(name) }

func (r register) ExampleClientID() string { return "" }

func (p *Provider) serve(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	broken := p.broken
	p.mu.Unlock()
	switch {
	case broken:
		http.Error(w, "<h1>Out of order</h1>", http.StatusBadGateway)
	case r.URL.Path == "/favicon.ico":
		w.WriteHeader(http.StatusNoContent)
	case r.URL.Path == "/login/username" && r.Method == http.MethodGet:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!DOCTYPE html><html lang="en"><title>Provider</title><form method="post" action="?%s"><button>It is me</button></form></html>`,
			url.Values{"authRequestID": {r.FormValue("authRequestID")}}.Encode())
	case r.URL.Path == "/login/username":
		p.signIn(w, r, r.FormValue("authRequestID"))
	default:
		p.forger.serve(p.op, w, r)
	}
}

func (p *Provider) signIn(w http.ResponseWriter, r *http.Request, id string) {
	p.mu.Lock()
	person, denial := p.person, p.denial
	p.mu.Unlock()
	if denial != nil {
		request, err := p.store.AuthRequestByID(r.Context(), id)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		op.AuthRequestError(w, r, request, denial, p.op)
		return
	}
	if err := p.store.CheckUsernamePassword(person, "", id); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	http.Redirect(w, r, op.AuthCallbackURL(p.op)(op.ContextWithIssuer(context.WithoutCancel(r.Context()), p.issuer), id), http.StatusFound)
}

// leaving is the storage with clients to which people may come back when they have signed out.
type leaving struct{ *storage.Storage }

// GetClientByClientID is the library's, for its own use.
func (l leaving) GetClientByClientID(ctx context.Context, id string) (op.Client, error) {
	client, err := l.Storage.GetClientByClientID(ctx, id)
	if err != nil {
		return nil, err
	}
	return comesBack{client}, nil
}

// comesBack is a client whose sign-in page is where its redirect addresses are.
type comesBack struct{ op.Client }

// PostLogoutRedirectURIs is the library's, for its own use.
func (c comesBack) PostLogoutRedirectURIs() []string {
	var pages []string
	for _, address := range c.RedirectURIs() {
		if u, err := url.Parse(address); err == nil {
			pages = append(pages, u.Scheme+"://"+u.Host+"/login")
		}
	}
	return pages
}
