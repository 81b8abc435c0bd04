package people

import (
	"net/http"
	"strings"

	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/people"
	"plumbline/web/page"
)

// anonymize takes name and address from a disabled account, for good. Who asks types the address, since nothing brings it
// back.
func (h *handlers) anonymize(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	user, err := h.store.User(r.Context(), chi.URLParam(r, "account"))
	if err != nil {
		return err
	}
	version, err := page.SeenVersion(r)
	if err != nil {
		return err
	}
	typed := r.PostFormValue(view.FieldConfirm)
	if !user.Anonymous() && access.FoldEmail(strings.TrimSpace(typed)) != user.Email {
		return h.personPage(w, r, http.StatusUnprocessableEntity, user, view.PersonView{Typed: page.Printable(typed),
			Errors: templates.FormErrors{{Field: view.FieldConfirm, Message: "Type the address of the account to confirm"}}})
	}
	after, err := h.store.Anonymize(r.Context(), page.ActorOf(r), user.ID, version)
	if assessment.CodeOf(err) == assessment.Conflict {
		problems, _ := page.Complaints(err)
		return h.personPage(w, r, http.StatusConflict, user, view.PersonView{Failure: problems[0].Message + "."})
	}
	if err != nil {
		return err
	}
	h.Notify(w, "The account is anonymized. It is now called "+words.Cut(after.Name, 60)+".")
	return page.Redirect(w, r, templates.PersonURL(user.ID))
}
