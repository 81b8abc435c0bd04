package account

import (
	"net/http"

	"plumbline/assessment/access"
	"plumbline/templates"
	view "plumbline/templates/account"
	"plumbline/web/page"
)

func (h *handlers) showSetup(w http.ResponseWriter, r *http.Request) error {
	token := r.URL.Query().Get("token")
	if _, err := h.store.Link(r.Context(), page.HashToken(token), access.LinkSetup); err != nil {
		return h.DeadLink(w, r, err, setupLinkEnded)
	}
	return h.Render(w, r, http.StatusOK, view.Setup(view.SetupView{Page: h.Page(r, "Create the first account"), Token: token}))
}

func (h *handlers) setup(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	token := r.PostFormValue("token")
	if _, err := h.store.Link(r.Context(), page.HashToken(token), access.LinkSetup); err != nil {
		return h.DeadLink(w, r, err, setupLinkEnded) // before a password is hashed, which costs a stranger nothing and the server much
	}
	user, problems := newAccount(r.PostFormValue("name"), r.PostFormValue("email"), r.PostFormValue("password"))
	if len(problems) > 0 {
		v := view.SetupView{Page: h.Page(r, "Create the first account"), Token: token,
			Name: page.Printable(r.PostFormValue("name")), Email: page.Printable(r.PostFormValue("email"))}
		v.Errors = problems
		return h.Render(w, r, http.StatusUnprocessableEntity, view.Setup(v))
	}
	hash, err := h.hashPassword(r.Context(), r.PostFormValue("password"))
	if err != nil {
		return err
	}
	user.PasswordHash = hash
	user, err = h.store.UseSetupLink(r.Context(), page.ActorOf(r), page.HashToken(token), user)
	if err != nil {
		return h.DeadLink(w, r, err, setupLinkEnded)
	}
	if err := h.startSession(w, r, user); err != nil {
		return err
	}
	return page.Redirect(w, r, templates.PortfolioURL)
}

// newAccount checks what a person typed about themselves.
func newAccount(name, email, password string) (access.User, templates.FormErrors) {
	person, err := access.CheckPerson(name, email)
	problems, _ := page.Complaints(err)
	if why := checkPassword(password, person.Email, person.Name); why != "" {
		problems = append(problems, templates.FieldError{Field: "password", Message: why})
	}
	return person, problems
}
