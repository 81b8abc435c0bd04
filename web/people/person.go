package people

import (
	"errors"
	"net/http"

	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/people"
	"plumbline/web/page"
)

// changePerson disables an account or enables it again, makes its person an administrator or not, or makes a link for a
// new password. The form carries the version of the account that it saw.
func (h *handlers) changePerson(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	user, err := h.store.User(r.Context(), chi.URLParam(r, "account"))
	if err != nil {
		return err
	}
	if r.PostFormValue(templates.FieldDo) == view.DoEndSessions {
		return h.endSessions(w, r, user)
	}
	version, err := page.SeenVersion(r)
	if err != nil {
		return err
	}
	change := access.AccountChange(r.PostFormValue(templates.FieldDo))
	if change == access.AccountReset {
		return h.makeReset(w, r, user, version)
	}
	says, known := accountChanges[change]
	if !known {
		return assessment.Errorf(assessment.Invalid, "Accounts have no action “%s”", words.Cut(string(change), 40))
	}
	if err := h.store.ChangeAccount(r.Context(), page.ActorOf(r), user.ID, version, change); err != nil {
		return h.accountNotChanged(w, r, err)
	}
	h.Notify(w, words.Cut(user.Name, 60)+says.done)
	return page.Redirect(w, r, templates.PeopleURL)
}

// accountChanges is how each change goes on after the person's name when it is done, and how it is called as a wish.
var accountChanges = map[access.AccountChange]struct{ done, wish string }{
	access.AccountDisable:   {" can no longer sign in. All their sessions have ended.", "to disable the account"},
	access.AccountEnable:    {" can sign in again.", "to let them sign in again"},
	access.AccountMakeAdmin: {" is now an administrator.", "to make them an administrator"},
	access.AccountTakeAdmin: {" is no longer an administrator.", "to remove them as an administrator"},
}

// accountNotChanged answers with the list and why nothing was done.
func (h *handlers) accountNotChanged(w http.ResponseWriter, r *http.Request, err error) error {
	if changed, is := errors.AsType[*access.AccountConflict](err); is {
		wish := accountChanges[changed.Wish].wish
		if changed.Wish == access.AccountReset {
			wish = "to create a password link"
		}
		return h.peoplePage(w, r, http.StatusConflict, peopleExtra{failure: "Someone else changed the account of " + changed.Saved.Name +
			", so nothing was saved. You wanted " + wish + "; now " + h.accountNow(r, changed.Saved) + "."})
	}
	if assessment.CodeOf(err) == assessment.Conflict {
		problems, _ := page.Complaints(err)
		return h.peoplePage(w, r, http.StatusConflict, peopleExtra{failure: problems[0].Message + "."})
	}
	return err
}

// accountNow says what an account is, after "now".
func (h *handlers) accountNow(r *http.Request, u access.User) string {
	text := "they are not an administrator"
	if u.Admin {
		text = "they are an administrator"
	}
	if u.Disabled() {
		return text + ", and disabled since " + words.Day(u.DisabledAt.In(h.Zone(r)))
	}
	return text + ", and can sign in"
}

// makeReset makes the link by which a person chooses a new password, and shows it: only its hash is kept. Who makes it
// shows again who they are, since the link opens the account.
func (h *handlers) makeReset(w http.ResponseWriter, r *http.Request, user access.User, version int) error {
	wrong, err := h.Identity.Confirm(r)
	if err != nil {
		return err
	}
	if wrong != nil {
		return h.personPage(w, r, http.StatusUnprocessableEntity, user, view.PersonView{Errors: templates.FormErrors{*wrong}})
	}
	token := page.NewToken()
	link := access.OneTimeLink{TokenHash: page.HashToken(token), User: user.ID, ExpiresAt: h.Clock().Add(resetLifetime)}
	if err := h.store.CreateResetLink(r.Context(), page.ActorOf(r), link, version); err != nil {
		return h.accountNotChanged(w, r, err)
	}
	return h.personPage(w, r, http.StatusCreated, user, view.PersonView{Link: &templates.NewLink{
		Title: "Password link for " + user.Name + " created",
		Says:  "Anyone with the link can set a new password for " + user.Email + ". This ends all sessions, API tokens and single sign-on of the account.",
		URL:   h.Absolute(r, templates.UseResetURL(token)),
		Until: h.Minute(r, link.ExpiresAt),
	}})
}
