package account

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
)

// How long a provider that did not answer is left alone: twice as long after each failure.
const (
	firstPause = time.Second
	longPause  = time.Minute
)

// provider is the OpenID provider. It is found at first use and whenever it was not there before, so that the server
// starts without it.
type provider struct {
	SSO
	clock  func() time.Time
	logger *slog.Logger

	mu    sync.Mutex
	known *discovered // nil until it was found
	pause time.Duration
	again time.Time // it is not asked before
	down  atomic.Bool
}

// discovered is what the provider says about itself.
type discovered struct {
	*oidc.Provider
	verifier *oidc.IDTokenVerifier
	config   oauth2.Config
	signOut  string // address that ends a person's session there; empty where there is none
}

// find returns the provider as it describes itself; the error is Unavailable where it does not answer, or did not a
// moment ago.
func (p *provider) find(ctx context.Context) (*discovered, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.known != nil {
		return p.known, nil
	}
	if p.clock().Before(p.again) {
		return nil, assessment.Errorf(assessment.Unavailable, "The single sign-on provider did not respond a moment ago")
	}
	found, err := p.discover(ctx)
	p.down.Store(err != nil)
	if err != nil {
		p.pause = min(max(2*p.pause, firstPause), longPause)
		p.again = p.clock().Add(p.pause)
		p.logger.WarnContext(ctx, "single sign-on is not available", "issuer", p.Issuer, "again_in", p.pause.String(), "error", brief(err))
		return nil, assessment.Wrap(assessment.Unavailable, err, "The single sign-on provider does not respond")
	}
	p.known = found
	return found, nil
}

// discover asks the provider about itself. It goes on when the browser that waits for it goes away: others wait too.
func (p *provider) discover(ctx context.Context) (*discovered, error) {
	ctx, cancel := context.WithTimeout(oidc.ClientContext(context.WithoutCancel(ctx), p.Client), providerTimeout)
	defer cancel()
	found, err := oidc.NewProvider(ctx, p.Issuer)
	if err != nil {
		return nil, fmt.Errorf("request the provider's configuration: %w", err)
	}
	var says struct {
		Keys        string   `json:"jwks_uri"`
		AuthMethods []string `json:"token_endpoint_auth_methods_supported"`
		EndSession  string   `json:"end_session_endpoint"`
	}
	if err := found.Claims(&says); err != nil {
		return nil, fmt.Errorf("read the provider's configuration: %w", err)
	}
	endpoint := found.Endpoint()
	for _, address := range []string{endpoint.AuthURL, endpoint.TokenURL, says.Keys} {
		if !p.trusted(address) {
			return nil, fmt.Errorf("the provider lists the address %q, which does not use https", address)
		}
	}
	if says.EndSession != "" && !p.trusted(says.EndSession) {
		return nil, fmt.Errorf("the provider lists the address %q, which does not use https", says.EndSession)
	}
	endpoint.AuthStyle = oauth2.AuthStyleInHeader
	if len(says.AuthMethods) > 0 && !slices.Contains(says.AuthMethods, "client_secret_basic") {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	return &discovered{
		Provider: found,
		signOut:  says.EndSession,
		verifier: found.Verifier(&oidc.Config{ClientID: p.ClientID, Now: p.clock}),
		config: oauth2.Config{ClientID: p.ClientID, ClientSecret: p.ClientSecret, Endpoint: endpoint,
			Scopes: []string{oidc.ScopeOpenID, oidc.ScopeProfile, oidc.ScopeEmail}},
	}, nil
}

// address is where the provider signs a person in, for a flow that ends at redirect.
func (d *discovered) address(redirect string, f flow) string {
	config := d.config
	config.RedirectURL = redirect
	options := []oauth2.AuthCodeOption{oidc.Nonce(f.Nonce), oauth2.S256ChallengeOption(f.Verifier)}
	if f.Fresh {
		options = append(options, oauth2.SetAuthURLParam("prompt", "login"))
	}
	return config.AuthCodeURL(f.State, options...)
}

// Look asks the provider about itself once, and returns why it cannot be used.
func (o SSO) Look(ctx context.Context) error {
	o, err := o.complete()
	if err != nil {
		return err
	}
	if _, err := (&provider{SSO: o, clock: time.Now}).discover(ctx); err != nil {
		return errors.New(brief(err))
	}
	return nil
}

// trusted reports whether an address is as safe as the issuer's.
func (p *provider) trusted(address string) bool {
	return strings.HasPrefix(address, "https://") || (strings.HasPrefix(p.Issuer, "http://") && strings.HasPrefix(address, "http://"))
}

// redeem turns the code of a sign-in that went well at the provider into what it says about the person. The error is a
// refusal.
func (p *provider) redeem(ctx context.Context, f flow, redirect, code string) (claims, error) {
	found, err := p.find(ctx)
	if err != nil {
		return claims{}, refusal{http.StatusServiceUnavailable, ssoDown, err}
	}
	ctx = oidc.ClientContext(ctx, p.Client)
	config := found.config
	config.RedirectURL = redirect
	token, err := config.Exchange(ctx, code, oauth2.VerifierOption(f.Verifier))
	if err != nil {
		return claims{}, notRedeemed(err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := found.verifier.Verify(ctx, raw)
	if err != nil {
		return claims{}, refusal{http.StatusForbidden, ssoNotBelieved, err}
	}
	if !same(id.Nonce, f.Nonce) {
		return claims{}, refusal{http.StatusForbidden, ssoNotBelieved, errors.New("the token was issued for another sign-in")}
	}
	said, err := readClaims(id.Claims, p.GroupsClaim)
	if err == nil && said.Party != "" && said.Party != p.ClientID {
		err = errors.New("the token was issued for another client")
	}
	if err != nil {
		return claims{}, refusal{http.StatusForbidden, ssoNotBelieved, err}
	}
	said.Identity = access.Identity{Issuer: id.Issuer, Subject: id.Subject}
	if found.UserInfoEndpoint() == "" || (said.address() != "" && (said.grouped || !p.mapped())) {
		return said, nil
	}
	more, err := p.ask(ctx, found, token, said.Identity)
	if err != nil {
		p.logger.WarnContext(ctx, "the provider of single sign-on has no userinfo endpoint", "error", brief(err))
		return said, nil
	}
	return said.with(more), nil
}

// mapped reports whether groups decide about anything.
func (o SSO) mapped() bool { return len(o.Groups) > 0 || o.AdminGroup != "" }

// ask returns what the provider tells only when it is asked about a person: some leave it out of their tokens.
func (p *provider) ask(ctx context.Context, found *discovered, token *oauth2.Token, identity access.Identity) (claims, error) {
	info, err := found.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		return claims{}, err
	}
	if info.Subject != identity.Subject {
		return claims{}, errors.New("it describes another person")
	}
	return readClaims(info.Claims, p.GroupsClaim)
}

// notRedeemed says whose fault it is that the provider gave no token: of a code that is not good any more, or else of
// the provider or of the settings.
func notRedeemed(err error) refusal {
	if answer, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		if answer.ErrorCode == "invalid_grant" {
			return refusal{http.StatusForbidden, ssoStartAgain, errors.New("the provider rejected the code: invalid_grant")}
		}
		return refusal{http.StatusServiceUnavailable, ssoDown,
			fmt.Errorf("the provider issued no token: status %d %q", answer.Response.StatusCode, answer.ErrorCode)}
	}
	return refusal{http.StatusServiceUnavailable, ssoDown, err}
}

// brief returns the first words of an error: the provider's may hold a whole page.
func brief(err error) string { return words.Cut(strings.Join(strings.Fields(err.Error()), " "), 200) }
