package browser_test

import (
	"testing"

	"plumbline/web/account"
	"plumbline/web/oidctest"
)

// withProvider starts the application anew with a provider of single sign-on, which is another site.
func (a *application) withProvider(t *testing.T) *oidctest.Provider {
	t.Helper()
	provider := oidctest.Start(t, a.url("/login/sso/callback"))
	a.stop()
	a.sso = &account.SSO{Issuer: provider.Issuer(), ClientID: oidctest.ClientID, ClientSecret: oidctest.ClientSecret, Name: "Contoso"}
	a.start()
	return provider
}

// throughProvider follows a button that leads to the provider, and signs in there.
func (b *tab) throughProvider(e element) {
	b.t.Helper()
	b.click(e)
	b.has(button("It is me"))
	b.follow(button("It is me"))
}

func TestSSO(t *testing.T) {
	t.Parallel()
	app := start(t)
	provider := app.withProvider(t)
	provider.Be(oidctest.Person{Subject: "mei-1", Name: "Mei Tanaka", Email: "mei@example.com"})
	b := app.tab(t)
	b.tolerate("401", "403", "409", "503")
	b.open("/account")
	b.accessible("sign in, with single sign-on")
	b.throughProvider(button("Sign in with Contoso"))
	b.at("/account")
	b.sees("mei@example.com")
	b.sees("You can sign in with Contoso")
	b.accessible("account, connected")
	b.signOut()
	b.throughProvider(button("Sign in with Contoso"))
	b.at("/")
	b.signOut()

	provider.Be(oidctest.Person{Subject: "ines-1", Name: inesName, Email: inesEmail})
	b.throughProvider(button("Sign in with Contoso"))
	b.sees("An account already exists with the address " + inesEmail)
	b.accessible("connect an account")
	b.fill(field("Password"), inesPassword)
	b.throughProvider(button("Connect"))
	b.at("/")
	b.open("/account")
	b.sees(inesEmail)
	b.sees("You can sign in with Contoso")
	b.signOut()

	provider.Deny()
	b.throughProvider(button("Sign in with Contoso"))
	b.sees("denied access")
	b.accessible("single sign-on refused")
}
