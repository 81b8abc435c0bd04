package account_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"plumbline/assessment/access"
	"plumbline/web/page"
	"plumbline/web/webtest"
)

func TestReset(t *testing.T) {
	a := webtest.NewApp(t)
	user, err := a.Store.UserByEmail(context.Background(), webtest.TestEmail)
	if err != nil {
		t.Fatal(err)
	}
	token := page.NewToken()
	link := access.OneTimeLink{TokenHash: page.HashToken(token), Kind: access.LinkReset, User: user.ID, ExpiresAt: a.Now().Add(time.Hour)}
	if err := a.Store.CreateLink(context.Background(), access.Actor{}, link); err != nil {
		t.Fatal(err)
	}
	if got := a.Browser().Get("/reset?token=" + token); got.Status != http.StatusOK {
		t.Errorf("page: status %d", got.Status)
	}
	if got := a.Browser().Post("/reset", url.Values{"token": {token}, "password": {"short"}}); got.Status != http.StatusUnprocessableEntity {
		t.Errorf("short: status %d, want 422", got.Status)
	}
	near := a.Browser().Post("/reset", url.Values{"token": {token}, "password": {webtest.TestEmail + "!"}})
	if near.Status != http.StatusUnprocessableEntity || !strings.Contains(near.Page.Find("#password-error").Text(), "too similar to your name") {
		t.Errorf("the own address: status %d, %q", near.Status, near.Page.Find("#password-error").Text())
	}
	form := url.Values{"token": {token}, "password": {"hanging quite plumb"}}
	b := a.Browser()
	if got := b.Post("/reset", form); got.Status != http.StatusSeeOther {
		t.Errorf("status %d, want 303", got.Status)
	}
	if got := b.Get("/login"); !strings.Contains(got.Page.Find(".notice").Text(), "Password set") {
		t.Error("the sign-in page does not say that the password is set")
	}
	got := b.Post("/reset", form)
	if got.Status != http.StatusNotFound {
		t.Errorf("second use: status %d, want 404", got.Status)
	}
	if why := got.Page.Find("main").Text(); !strings.Contains(why, "This link no longer works") {
		t.Errorf("second use says %q", why)
	}
	signIn := url.Values{"email": {webtest.TestEmail}, "password": {"hanging quite plumb"}}
	if got := a.Browser().Post("/login", signIn); got.Status != http.StatusSeeOther {
		t.Errorf("sign in: status %d", got.Status)
	}
}
