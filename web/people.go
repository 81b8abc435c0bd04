package web

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// showPeople lists the accounts that the address asks for. A search that is no text is answered with all of them.
func (s *Server) showPeople(w http.ResponseWriter, r *http.Request) error {
	typed := r.URL.Query().Get(templates.ParamSearch)
	search, problem := assessment.CheckText(templates.ParamSearch, "The search", typed, assessment.MaxShort, false)
	if problem != nil {
		return s.peoplePage(w, r, http.StatusUnprocessableEntity, peoplePage{typed: typed, problems: templates.FormErrors{{Field: problem.Field, Message: problem.Message}}})
	}
	return s.peoplePage(w, r, http.StatusOK, peoplePage{typed: typed, search: search})
}

// peoplePage is what the page of the accounts shows besides them.
type peoplePage struct {
	typed    string // into the search
	search   string // that is applied
	problems templates.FormErrors
	failure  string
	link     *templates.NewLink
}

func (s *Server) peoplePage(w http.ResponseWriter, r *http.Request, status int, p peoplePage) error {
	users, err := s.Store.Users(r.Context())
	if err != nil {
		return err
	}
	teams, err := s.teamsByPerson(r)
	if err != nil {
		return err
	}
	view := templates.PeopleView{Page: s.page(r, "People"), Search: printable(p.typed), Errors: p.problems, Failure: p.failure, Link: p.link}
	view.Notice = s.takeNotice(w, r)
	view.Crumbs = []templates.Crumb{{Title: "People", URL: templates.PeopleURL}}
	administrationTabs(&view.Page, "People")
	for _, user := range users {
		row := s.personRow(r, user, teams[user.ID])
		if row.matches(p.search) {
			view.Rows = append(view.Rows, row.PersonRow)
		}
	}
	view.Count = words.Plural(len(users), "account", "accounts")
	if len(view.Rows) < len(users) {
		view.Count = strconv.Itoa(len(view.Rows)) + " of " + view.Count
	}
	return s.render(w, r, status, templates.People(view))
}

// teamsByPerson returns what everybody is in which team, by the ids of their accounts.
func (s *Server) teamsByPerson(r *http.Request) (map[string][]templates.PersonTeam, error) {
	teams, err := s.Store.Teams(r.Context())
	if err != nil {
		return nil, err
	}
	all := map[string][]templates.PersonTeam{}
	for _, team := range teams {
		members, err := s.Store.Members(r.Context(), team.ID)
		if err != nil {
			return nil, err
		}
		for _, m := range members {
			all[m.User.ID] = append(all[m.User.ID], templates.PersonTeam{Name: team.Name, URL: templates.TeamURL(team.ID), Role: words.Role(m.Role)})
		}
	}
	return all, nil
}

// personRow is a row of the list, with what the search looks into.
type personRow struct{ templates.PersonRow }

func (s *Server) personRow(r *http.Request, user assessment.User, teams []templates.PersonTeam) personRow {
	row := templates.PersonRow{ID: user.ID, Name: user.Name, Email: user.Email, Version: strconv.Itoa(user.Version), Teams: teams,
		Since: words.Day(user.CreatedAt.In(s.zone(r))), URL: templates.PersonURL(user.ID), Self: user.ID == actorOf(r).User.ID,
		Admin: user.Admin, Elsewhere: user.PasswordHash == ""}
	if user.Disabled() {
		row.Disabled = words.Day(user.DisabledAt.In(s.zone(r)))
	}
	return personRow{row}
}

// matches reports whether a search finds the person by what is known about them.
func (p personRow) matches(search string) bool {
	texts := []string{p.Name, p.Email}
	for _, team := range p.Teams {
		texts = append(texts, team.Name)
	}
	return words.Matches(search, texts...)
}

// changePerson bars an account or lets it in again, makes it an administrator's or not, or makes a link for a new
// password. The form carries the version of the account that it saw.
func (s *Server) changePerson(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	user, err := s.Store.User(r.Context(), chi.URLParam(r, "account"))
	if err != nil {
		return err
	}
	version, err := seenVersion(r)
	if err != nil {
		return err
	}
	change := assessment.AccountChange(r.PostFormValue(templates.FieldDo))
	if change == assessment.AccountReset {
		return s.makeReset(w, r, user, version)
	}
	says, known := accountChanges[change]
	if !known {
		return assessment.Errorf(assessment.Invalid, "There is no such change of an account as “%s”", words.Cut(string(change), 40))
	}
	if err := s.Store.ChangeAccount(r.Context(), actorOf(r), user.ID, version, change); err != nil {
		return s.accountNotChanged(w, r, err)
	}
	s.notify(w, words.Cut(user.Name, 60)+says.done)
	return redirect(w, r, templates.PeopleURL)
}

// accountChanges is how each change goes on after the person's name when it is done, and how it is called as a wish.
var accountChanges = map[assessment.AccountChange]struct{ done, wish string }{
	assessment.AccountDisable:   {" cannot sign in any more; all their sessions have ended.", "to disable the account"},
	assessment.AccountEnable:    {" may sign in again.", "to let them sign in again"},
	assessment.AccountMakeAdmin: {" administers this installation now.", "to make them an administrator"},
	assessment.AccountTakeAdmin: {" does not administer this installation any more.", "to take the administration from them"},
}

// accountNotChanged answers with the list and why nothing was done.
func (s *Server) accountNotChanged(w http.ResponseWriter, r *http.Request, err error) error {
	if changed, is := errors.AsType[*assessment.AccountConflict](err); is {
		wish := accountChanges[changed.Wish].wish
		if changed.Wish == assessment.AccountReset {
			wish = "to make a link for a new password"
		}
		return s.peoplePage(w, r, http.StatusConflict, peoplePage{failure: "Somebody changed the account of " + changed.Saved.Name +
			" in the meantime, so nothing was done. You wanted " + wish + "; now " + s.accountNow(r, changed.Saved) + "."})
	}
	if assessment.CodeOf(err) == assessment.Conflict {
		problems, _ := complaints(err)
		return s.peoplePage(w, r, http.StatusConflict, peoplePage{failure: problems[0].Message + "."})
	}
	return err
}

// accountNow says what an account is, after "now".
func (s *Server) accountNow(r *http.Request, u assessment.User) string {
	text := "they are no administrator"
	if u.Admin {
		text = "they are an administrator"
	}
	if u.Disabled() {
		return text + ", and disabled since " + words.Day(u.DisabledAt.In(s.zone(r)))
	}
	return text + ", and may sign in"
}

// makeReset makes the link by which a person chooses a new password, and shows it: only its hash is kept.
func (s *Server) makeReset(w http.ResponseWriter, r *http.Request, user assessment.User, version int) error {
	token := NewToken()
	link := assessment.OneTimeLink{TokenHash: HashToken(token), User: user.ID, ExpiresAt: s.Clock().Add(resetLifetime)}
	if err := s.Store.CreateResetLink(r.Context(), link, version); err != nil {
		return s.accountNotChanged(w, r, err)
	}
	return s.peoplePage(w, r, http.StatusCreated, peoplePage{link: &templates.NewLink{
		Title: "The link for " + user.Name + " is made.",
		Says:  "Whoever has it sets a new password for " + user.Email + ".",
		URL:   s.absolute(r, templates.UseResetURL(token)),
		Until: s.minute(r, link.ExpiresAt),
	}})
}
