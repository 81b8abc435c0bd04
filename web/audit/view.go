package audit

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"time"

	"plumbline/assessment/access"
	"plumbline/assessment/ids"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/audit"
	"plumbline/web/page"
)

func (h *handlers) auditView(r *http.Request, l auditLog, shown part) (view.AuditView, error) {
	view := view.AuditView{Page: h.Page(r, "Audit log"), Title: "Audit log", Query: l.query, Errors: l.errors,
		Lead: "Who did what, and from where. A hash chain reveals changed or removed entries. Times are in " + h.Zone(r).String() + "."}
	if l.whole() {
		view.Crumbs = []templates.Crumb{{Title: "Audit log", URL: templates.AuditURL}}
		page.AdministrationTabs(&view.Page, "Audit log")
	} else {
		view.Page.Title = "Audit log, " + l.team.Name
		view.Title = "Audit log of " + l.team.Name
		view.Crumbs = []templates.Crumb{{Title: "Teams", URL: templates.TeamsURL}, {Title: l.team.Name, URL: templates.TeamURL(l.team.ID)},
			{Title: "Audit log", URL: templates.TeamAuditURL(l.team.ID)}}
	}
	var err error
	if view.Choices, err = h.auditChoices(r, l); err != nil {
		return view, err
	}
	subjects := h.newSubjects(r.Context(), page.ActorOf(r))
	for _, entry := range shown.entries {
		row, err := h.auditRow(r, l, subjects, entry)
		if err != nil {
			return view, err
		}
		view.Rows = append(view.Rows, row)
	}
	if n := len(shown.entries); n > 0 {
		newer, older := l.query.Newest(), l.query.Newest()
		if newer.After = shown.entries[0].Sequence; shown.newer {
			view.Newer = newer.URL()
		}
		if older.Before = shown.entries[n-1].Sequence; shown.older {
			view.Older = older.URL()
		}
	}
	return view, nil
}

func (h *handlers) auditRow(r *http.Request, l auditLog, found *subjects, e access.AuditEntry) (view.AuditRow, error) {
	at := e.At.In(h.Zone(r))
	row := view.AuditRow{Day: words.Day(at), Time: at.Format(time.TimeOnly), Exact: e.At.UTC().Format(time.RFC3339),
		Token: e.Token, What: words.Action(e.Action), Address: e.Address, About: []string{}}
	var err error
	if e.Account != "" && e.Person == "" { // blanked
		if e.Person, err = found.person(e.Account); err != nil {
			return row, err
		}
		e.Person = cmp.Or(e.Person, "Person whose name was removed")
	}
	row.Who = auditPerson(l, e)
	if row.Subject, err = found.subject(e); err != nil {
		return row, err
	}
	if e.Subject != "" && e.Action != access.AuditSignIn && e.Action != access.AuditSignOut {
		only := view.AuditQuery{Path: l.query.Path, Subject: e.Subject}
		row.Only = templates.Link{Title: shortID(e.Subject), URL: only.URL()}
	}
	if row.About, err = found.about(e, l.whole()); err != nil {
		return row, err
	}
	return row, nil
}

// shortID returns an id as people tell it apart from others: by its end, because it begins with the time.
func shortID(id string) string {
	const shown = 12
	if !ids.Valid(id) {
		return words.Cut(id, 16)
	}
	return "…" + id[len(id)-shown:]
}

// auditPerson names who did something; the address shows what else they did.
func auditPerson(l auditLog, e access.AuditEntry) templates.Link {
	if e.Account != "" {
		return templates.Link{Title: e.Person, URL: view.AuditQuery{Path: l.query.Path, Person: e.Account}.URL()}
	}
	if e.Action == access.AuditShareUsed {
		return templates.Link{Title: "Person with the link"}
	}
	return templates.Link{Title: cmp.Or(e.Person, "System")}
}

// auditChoices are the lists to filter a log by: of the whole installation by team, of a team by workload.
func (h *handlers) auditChoices(r *http.Request, l auditLog) ([]templates.FilterChoice, error) {
	people, err := h.store.AuditPeople(r.Context(), l.scope())
	if err != nil {
		return nil, err
	}
	persons := templates.FilterChoice{Name: view.ParamPerson, Label: "Person", All: "All people"}
	for _, user := range people {
		persons.Options = append(persons.Options, templates.Option{Value: user.ID, Title: user.Name})
	}
	place := templates.FilterChoice{Name: templates.ParamTeam, Label: "Team", All: "All teams"}
	chosen := l.query.Team
	if l.whole() {
		teams, err := h.store.Teams(r.Context())
		if err != nil {
			return nil, err
		}
		for _, team := range teams {
			place.Options = append(place.Options, templates.Option{Value: team.ID, Title: team.Name})
		}
	} else {
		place.Name, place.Label, place.All, chosen = view.ParamWorkload, "Workload", "All workloads", l.query.Workload
		rows, err := h.everyWorkload(r.Context(), l.scope())
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			place.Options = append(place.Options, templates.Option{Value: row.ID, Title: row.Workload.Name})
		}
	}
	return []templates.FilterChoice{view.AuditKinds(!l.whole(), l.query.Kind), chosenIn(persons, l.query.Person), chosenIn(place, chosen)}, nil
}

// chosenIn marks what is chosen in a list. What is not in it is added, so that the list says what is asked for.
func chosenIn(choice templates.FilterChoice, chosen string) templates.FilterChoice {
	if chosen == "" {
		return choice
	}
	i := slices.IndexFunc(choice.Options, func(o templates.Option) bool { return o.Value == chosen })
	if i < 0 {
		choice.Options = append(choice.Options, templates.Option{Value: chosen, Title: "Unknown: " + words.Cut(chosen, 20), Chosen: true})
		return choice
	}
	choice.Options[i].Chosen = true
	return choice
}

// countOf reads a number that an entry holds as text, for example of sessions.
func countOf(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil
}
