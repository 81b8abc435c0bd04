package people

import (
	"errors"
	"net/http"
	"strconv"

	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/people"
	"plumbline/web/page"
)

// showPeople lists the accounts that the address asks for. A search that is no text is answered with all of them.
func (h *handlers) showPeople(w http.ResponseWriter, r *http.Request) error {
	typed := r.URL.Query().Get(templates.ParamSearch)
	search, problem := assessment.CheckText(templates.ParamSearch, "The search", typed, assessment.MaxShort, false)
	if problem != nil {
		return h.peoplePage(w, r, http.StatusUnprocessableEntity, peoplePage{typed: typed, problems: templates.FormErrors{{Field: problem.Field, Message: problem.Message}}})
	}
	return h.peoplePage(w, r, http.StatusOK, peoplePage{typed: typed, search: search})
}

// peoplePage is what the page of the accounts shows besides them.
type peoplePage struct {
	typed    string // into the search
	search   string // that is applied
	problems templates.FormErrors
	failure  string
	link     *templates.NewLink
}

func (h *handlers) peoplePage(w http.ResponseWriter, r *http.Request, status int, p peoplePage) error {
	users, err := h.store.Users(r.Context())
	if err != nil {
		return err
	}
	teams, err := h.teamsByPerson(r)
	if err != nil {
		return err
	}
	v := view.PeopleView{Page: h.Page(r, "People"), Search: page.Printable(p.typed), Errors: p.problems, Failure: p.failure, Link: p.link}
	v.Notice = h.TakeNotice(w, r)
	v.Crumbs = []templates.Crumb{{Title: "People", URL: templates.PeopleURL}}
	page.AdministrationTabs(&v.Page, "People")
	for _, user := range users {
		row := h.personRow(r, user, teams[user.ID])
		if row.matches(p.search) {
			v.Rows = append(v.Rows, row.PersonRow)
		}
	}
	v.Count = words.Plural(len(users), "account", "accounts")
	if len(v.Rows) < len(users) {
		v.Count = strconv.Itoa(len(v.Rows)) + " of " + v.Count
	}
	return h.Render(w, r, status, view.People(v))
}

// teamsByPerson returns what everybody is in which team, by the ids of their accounts.
func (h *handlers) teamsByPerson(r *http.Request) (map[string][]view.PersonTeam, error) {
	teams, err := h.store.Teams(r.Context())
	if err != nil {
		return nil, err
	}
	all := map[string][]view.PersonTeam{}
	for _, team := range teams {
		members, err := h.store.Members(r.Context(), team.ID)
		if err != nil {
			return nil, err
		}
		for _, m := range members {
			all[m.User.ID] = append(all[m.User.ID], view.PersonTeam{Name: team.Name, URL: templates.TeamURL(team.ID), Role: words.Role(m.Role)})
		}
	}
	return all, nil
}

// personRow is a row of the list, with what the search looks into.
type personRow struct{ view.PersonRow }

func (h *handlers) personRow(r *http.Request, user access.User, teams []view.PersonTeam) personRow {
	row := view.PersonRow{ID: user.ID, Name: user.Name, Email: user.Email, Version: strconv.Itoa(user.Version), Teams: teams,
		Since: words.Day(user.CreatedAt.In(h.Zone(r))), URL: templates.PersonURL(user.ID), Self: user.ID == page.ActorOf(r).User.ID,
		Admin: user.Admin, Elsewhere: user.PasswordHash == ""}
	if user.Disabled() {
		row.Disabled = words.Day(user.DisabledAt.In(h.Zone(r)))
	}
	return personRow{row}
}

// matches reports whether a search finds the person by what is known about them.
func (p personRow) matches(search string) bool {
	texts := []string{p.Name, p.Email}
	for _, team := range p.Teams {
		texts = append(texts, team.Name)
	}
	return assessment.Matches(search, texts...)
}

// changePerson bars an account or lets it in again, makes it an administrator's or not, or makes a link for a new
// password. The form carries the version of the account that it saw.
func (h *handlers) changePerson(w http.ResponseWriter, r *http.Request) error {
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
	change := access.AccountChange(r.PostFormValue(templates.FieldDo))
	if change == access.AccountReset {
		return h.makeReset(w, r, user, version)
	}
	says, known := accountChanges[change]
	if !known {
		return assessment.Errorf(assessment.Invalid, "There is no such change of an account as “%s”", words.Cut(string(change), 40))
	}
	if err := h.store.ChangeAccount(r.Context(), page.ActorOf(r), user.ID, version, change); err != nil {
		return h.accountNotChanged(w, r, err)
	}
	h.Notify(w, words.Cut(user.Name, 60)+says.done)
	return page.Redirect(w, r, templates.PeopleURL)
}

// accountChanges is how each change goes on after the person's name when it is done, and how it is called as a wish.
var accountChanges = map[access.AccountChange]struct{ done, wish string }{
	access.AccountDisable:   {" cannot sign in any more; all their sessions have ended.", "to disable the account"},
	access.AccountEnable:    {" may sign in again.", "to let them sign in again"},
	access.AccountMakeAdmin: {" administers this installation now.", "to make them an administrator"},
	access.AccountTakeAdmin: {" does not administer this installation any more.", "to take the administration from them"},
}

// accountNotChanged answers with the list and why nothing was done.
func (h *handlers) accountNotChanged(w http.ResponseWriter, r *http.Request, err error) error {
	if changed, is := errors.AsType[*access.AccountConflict](err); is {
		wish := accountChanges[changed.Wish].wish
		if changed.Wish == access.AccountReset {
			wish = "to make a link for a new password"
		}
		return h.peoplePage(w, r, http.StatusConflict, peoplePage{failure: "Somebody changed the account of " + changed.Saved.Name +
			" in the meantime, so nothing was done. You wanted " + wish + "; now " + h.accountNow(r, changed.Saved) + "."})
	}
	if assessment.CodeOf(err) == assessment.Conflict {
		problems, _ := page.Complaints(err)
		return h.peoplePage(w, r, http.StatusConflict, peoplePage{failure: problems[0].Message + "."})
	}
	return err
}

// accountNow says what an account is, after "now".
func (h *handlers) accountNow(r *http.Request, u access.User) string {
	text := "they are no administrator"
	if u.Admin {
		text = "they are an administrator"
	}
	if u.Disabled() {
		return text + ", and disabled since " + words.Day(u.DisabledAt.In(h.Zone(r)))
	}
	return text + ", and may sign in"
}

// makeReset makes the link by which a person chooses a new password, and shows it: only its hash is kept.
func (h *handlers) makeReset(w http.ResponseWriter, r *http.Request, user access.User, version int) error {
	token := page.NewToken()
	link := access.OneTimeLink{TokenHash: page.HashToken(token), User: user.ID, ExpiresAt: h.Clock().Add(resetLifetime)}
	if err := h.store.CreateResetLink(r.Context(), link, version); err != nil {
		return h.accountNotChanged(w, r, err)
	}
	return h.peoplePage(w, r, http.StatusCreated, peoplePage{link: &templates.NewLink{
		Title: "The link for " + user.Name + " is made.",
		Says:  "Whoever has it sets a new password for " + user.Email + ".",
		URL:   h.Absolute(r, templates.UseResetURL(token)),
		Until: h.Minute(r, link.ExpiresAt),
	}})
}
