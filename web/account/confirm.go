package account

import (
	"net/http"

	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/page"
)

// byPassword reports whether somebody shows who they are by a password here.
func (h *handlers) byPassword(user access.User) bool {
	return user.PasswordHash != "" && !h.sso.passwordBarred(user)
}

// Confirm returns what is wrong unless the person behind a form has shown again who they are: by their password in the
// field of that name, or where they have none by a sign-in of a moment ago.
func (h *handlers) Confirm(r *http.Request) (*templates.FieldError, error) {
	v := page.VisitorOf(r)
	wrong := &templates.FieldError{Field: "password", Message: "Sign in again to confirm that it is you"}
	if !h.byPassword(v.User) {
		if v.Session.Fresh(h.Clock()) {
			return nil, nil
		}
		return wrong, nil
	}
	typed := r.PostFormValue("password")
	if typed == "" {
		wrong.Message = "Enter your password"
		return wrong, nil
	}
	match, _, err := h.check(r, v.User.Email, typed, v.User)
	if err != nil || match {
		return nil, err
	}
	wrong.Message = "Incorrect password. Try again"
	return wrong, h.store.RecordRefusedSignIn(r.Context(), v.User.Email, page.ClientAddress(r))
}

// Confirmation returns how a form on a page of this address asks for what Confirm wants.
func (h *handlers) Confirmation(r *http.Request, back string) templates.Confirmation {
	v := page.VisitorOf(r)
	c := templates.Confirmation{Password: h.byPassword(v.User), Email: v.User.Email}
	if h.sso.provider == nil {
		return c
	}
	c.Provider = h.sso.provider.Name
	if !v.Session.Fresh(h.Clock()) {
		c.Again = templates.FreshSSOURL(back)
	}
	return c
}
