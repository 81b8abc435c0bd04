// Package account is how people get in and what they say about themselves: sign-in, sessions, single sign-on, passwords,
// tokens, and the links for setup, reset and invitations.
package account

import (
	"context"
	"fmt"

	"plumbline/templates"
	"plumbline/web/page"
	"plumbline/web/typed"
)

// Options says how people get in.
type Options struct {
	SessionKey []byte // signs the session cookie; at least 32 bytes
	SSO        *SSO   // how people sign in through another system; nil for not at all
}

type handlers struct {
	*page.Kit
	store    Store
	sessions *sessionStore
	cookie   string
	hashing  hashing
	limits   *limits
	owners   owners
	sso      *signOn
}

// signOn is single sign-on.
type signOn struct {
	*handlers
	SSO        *SSO
	SessionKey []byte
	provider   *provider // nil where there is none
	sealer     *sealer   // of its cookies
	used       usedFlows
}

// New returns the room. It refuses a session key under 32 bytes and settings of single sign-on that cannot work.
func New(kit *page.Kit, store Store, o Options) (*handlers, error) {
	if len(o.SessionKey) < 32 {
		return nil, fmt.Errorf("the session key has %d bytes, but needs at least 32", len(o.SessionKey))
	}
	h := &handlers{Kit: kit, store: store, hashing: newHashing(), cookie: secureCookie, limits: newLimits(kit),
		owners: newOwners(o.SessionKey, !kit.Insecure)}
	if kit.Insecure {
		h.cookie = plainCookie
	}
	h.sessions = newSessionStore(store, o.SessionKey, !kit.Insecure, kit.Clock)
	h.sso = &signOn{handlers: h, SSO: o.SSO, SessionKey: o.SessionKey}
	kit.Entrance = entrance{h}
	return h, h.sso.setUpSSO()
}

// FindProvider looks for the provider of single sign-on, where there is one, so that the log says early when it is not
// there.
func (h *handlers) FindProvider(ctx context.Context) { h.sso.FindProvider(ctx) }

// Routes are the addresses of the room, with who may use them.
func (h *handlers) Routes() []page.Route {
	own, tokens, door := accountPage{h}, tokenPages{h}, entrance{h}
	return []page.Route{
		page.Get(templates.SignInURL, page.Public, page.MaxSignIn, door.overHTTPS(h.showSignIn)),
		page.Post(templates.SignInURL, page.Public, typed.MaxCarried, door.overHTTPS(h.signIn)),
		page.Post(templates.SignOutURL, page.Public, page.MaxSignIn, h.signOut),
		page.Get(templates.SessionURL, page.SignedIn, page.MaxForm, door.showSession),
		page.Post(templates.SessionURL, page.SignedIn, page.MaxForm, door.showSession),
		page.Post(templates.ThemeURL, page.SignedIn, page.MaxForm, own.chooseTheme),
		page.Get(templates.SetupURL, page.Public, page.MaxSignIn, door.overHTTPS(h.showSetup)),
		page.Post(templates.SetupURL, page.Public, page.MaxSignIn, door.overHTTPS(h.setup)),
		page.Get(templates.ResetURL, page.Public, page.MaxSignIn, door.overHTTPS(h.showReset)),
		page.Post(templates.ResetURL, page.Public, page.MaxSignIn, door.overHTTPS(h.reset)),
		page.Get(templates.InviteURL, page.Public, page.MaxSignIn, door.overHTTPS(h.showInvite)),
		page.Post(templates.InviteURL, page.Public, page.MaxSignIn, door.overHTTPS(h.useInvite)),
		page.Post(templates.SSOURL, page.Public, typed.MaxCarried, h.sso.withSSO(h.sso.startSSO)),
		page.Get(templates.SSOCallbackURL, page.Public, page.MaxSignIn, h.sso.withSSO(h.sso.finishSSO)),
		page.Post(templates.ConnectURL, page.Public, page.MaxSignIn, h.sso.withSSO(h.sso.connectByPassword)),
		page.Post(templates.ConnectOwnURL, page.SignedIn, page.MaxSignIn, h.sso.withSSO(h.sso.startConnecting)),
		page.Get(templates.AccountURL, page.SignedIn, page.MaxForm, own.showAccount),
		page.Post(templates.AccountURL, page.SignedIn, page.MaxForm, own.changeAccount),
		page.Post(templates.AccountURL+"/sessions/{session}/end", page.SignedIn, page.MaxForm, own.endSession),
		page.Get(templates.TokensURL, page.SignedIn, page.MaxForm, tokens.showTokens),
		page.Post(templates.TokensURL, page.SignedIn, page.MaxForm, tokens.createToken),
		page.Post(templates.TokensURL+"/{token}/revoke", page.SignedIn, page.MaxForm, tokens.revokeToken),
	}
}
