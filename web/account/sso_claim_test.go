package account_test

import (
	"net/http"
	"testing"

	"plumbline/assessment/access"
	"plumbline/web/webtest"
)

// TestSSOClaimsAnUnconfirmedAccount signs in as the person whose address it is, where somebody else was first: the account
// is theirs if the provider has verified the address, and nothing lets the other one in any more.
func TestSSOClaimsAnUnconfirmedAccount(t *testing.T) {
	for _, verified := range []any{true, nil} {
		a := newSSOApp(t)
		squatter, err := a.Store.CreateUser(t.Context(), access.Actor{}, access.User{Email: mei.Email, Name: "Not Mei",
			PasswordHash: a.account(webtest.TestEmail).PasswordHash})
		if err != nil {
			t.Fatal(err)
		}
		program := a.ProgramOf(access.Actor{User: squatter}, access.ScopeWrite)
		if err := a.Store.AddIdentity(t.Context(), access.Actor{User: squatter}, access.Identity{Issuer: a.provider.Issuer(), Subject: "other"}); err != nil {
			t.Fatal(err)
		}
		a.provider.Forge(t, func(claims map[string]any) {
			claims["email"], claims["name"] = mei.Email, mei.Name
			delete(claims, "email_verified")
			if verified != nil {
				claims["email_verified"] = verified
			}
		})
		got := a.Browser().Sso("/")
		if verified == nil {
			if got.Status != http.StatusConflict || a.account(mei.Email).Confirmed() {
				t.Errorf("not verified: status %d, want 409 and an account that stays as it is", got.Status)
			}
			continue
		}
		now := a.account(mei.Email)
		if got.Status != http.StatusSeeOther || now.ID != squatter.ID || now.Name != mei.Name || now.PasswordHash != "" || !now.Confirmed() {
			t.Errorf("status %d, the account is %+v", got.Status, now)
		}
		program.Get("/workloads").Want(http.StatusUnauthorized)
		if known, err := a.Store.Identities(t.Context(), now.ID); err != nil || len(known) != 1 || known[0].Subject != mei.Subject {
			t.Errorf("identities %+v, %v", known, err)
		}
	}
}
