package account

import (
	"net/http"

	"plumbline/assessment/access"
	"plumbline/templates"
	view "plumbline/templates/account"
	"plumbline/web/page"
)

func (h *handlers) showReset(w http.ResponseWriter, r *http.Request) error {
	token := r.URL.Query().Get("token")
	if _, err := h.store.Link(r.Context(), page.HashToken(token), access.LinkReset); err != nil {
		return h.DeadLink(w, r, err, resetLinkEnded)
	}
	return h.Render(w, r, http.StatusOK, view.ResetPassword(view.SetupView{Page: h.Page(r, "Choose a new password"), Token: token}))
}

func (h *handlers) reset(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	token, password := r.PostFormValue("token"), r.PostFormValue("password")
	link, err := h.store.Link(r.Context(), page.HashToken(token), access.LinkReset)
	if err != nil {
		return h.DeadLink(w, r, err, resetLinkEnded)
	}
	user, err := h.store.User(r.Context(), link.User)
	if err != nil {
		return err
	}
	if why := checkPassword(password, user.Email, user.Name); why != "" {
		v := view.SetupView{Page: h.Page(r, "Choose a new password"), Token: token,
			Errors: templates.FormErrors{{Field: "password", Message: why}}}
		return h.Render(w, r, http.StatusUnprocessableEntity, view.ResetPassword(v))
	}
	hash, err := h.hashPassword(r.Context(), password)
	if err != nil {
		return err
	}
	if err := h.store.UseResetLink(r.Context(), page.ActorOf(r), page.HashToken(token), hash); err != nil {
		return h.DeadLink(w, r, err, resetLinkEnded)
	}
	h.Notify(w, "Password set. Sign in with it. Earlier sessions, API tokens and single sign-on of this account no longer work.")
	return page.Redirect(w, r, templates.SignInURL)
}
