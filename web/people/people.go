package people

import (
	"net/http"
	"strconv"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/people"
	"plumbline/web/page"
)

// showPeople lists the accounts that the address asks for. A search that cannot be read is answered with all of them.
func (h *handlers) showPeople(w http.ResponseWriter, r *http.Request) error {
	typed := r.URL.Query().Get(templates.ParamSearch)
	search, problem := assessment.CheckText(templates.ParamSearch, "The search", typed, assessment.MaxShort, false)
	if problem != nil {
		return h.peoplePage(w, r, http.StatusUnprocessableEntity, peopleExtra{typed: typed,
			problems: templates.FormErrors{{Field: problem.Field, Message: problem.Message}}})
	}
	return h.peoplePage(w, r, http.StatusOK, peopleExtra{typed: typed, search: search})
}

// peopleExtra is what the page of the accounts shows besides them.
type peopleExtra struct {
	typed    string // into the search
	search   string // that is applied
	problems templates.FormErrors
	failure  string
	link     *templates.NewLink
}

func (h *handlers) peoplePage(w http.ResponseWriter, r *http.Request, status int, p peopleExtra) error {
	users, err := h.store.Users(r.Context())
	if err != nil {
		return err
	}
	assessment.SortByName(users, func(user access.User) string { return user.Name })
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
		Admin: user.Admin, Anonymous: user.Anonymous(), Unproven: !user.Confirmed() && !user.Anonymous(), Elsewhere: user.PasswordHash == ""}
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
