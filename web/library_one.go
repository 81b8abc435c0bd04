package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

func (s *Server) showQuestionnaire(w http.ResponseWriter, r *http.Request) error {
	return s.questionnairePage(w, r, http.StatusOK, nil)
}

// entry returns the questionnaire that the address names, with its content.
func (s *Server) entry(r *http.Request) (assessment.LibraryEntry, *assessment.Questionnaire, error) {
	sha256 := chi.URLParam(r, "questionnaire")
	e, err := s.Store.LibraryEntry(r.Context(), sha256)
	if err != nil {
		return e, nil, err
	}
	model, err := s.Store.Model(r.Context(), sha256)
	if err != nil {
		return e, nil, err
	}
	return e, model.Questionnaire(), nil
}

func (s *Server) questionnairePage(w http.ResponseWriter, r *http.Request, status int, problems templates.FormErrors) error {
	e, q, err := s.entry(r)
	if err != nil {
		return err
	}
	view := templates.QuestionnaireView{Page: s.page(r, e.Title), Errors: problems, Content: q, Facts: s.entryFacts(r, e), Offer: templates.OfferURL(e.SHA256)}
	view.Notice = s.takeNotice(w, r)
	view.Crumbs = []templates.Crumb{{Title: "Library", URL: templates.LibraryURL}, {Title: e.Title, URL: templates.QuestionnaireURL(e.SHA256)}}
	if view.Versions, err = s.otherVersions(r, e); err != nil {
		return err
	}
	if view.Teams, err = s.offerRows(r, e); err != nil {
		return err
	}
	if err := s.uses(r, &view, e); err != nil {
		return err
	}
	view.Files = s.fileRows(e, q)
	if view.Admin = actorOf(r).May(assessment.ActAdminister, ""); view.Admin {
		view.Delete, view.Stays = templates.DeleteQuestionnaireURL(e.SHA256), whyItStays(e)
	}
	return s.render(w, r, status, templates.Questionnaire(view))
}

// entryFacts is what is known about a questionnaire beside its content.
func (s *Server) entryFacts(r *http.Request, e assessment.LibraryEntry) []templates.SnapshotFact {
	facts := []templates.SnapshotFact{{Name: "Id", Value: e.ID}, {Name: "Version", Value: e.Version}}
	facts = append(facts, sourceFacts(e.Source)...)
	facts = append(facts, outlineFacts(e.Counts)...)
	if e.Builtin() {
		return append(facts, templates.SnapshotFact{Name: "Came", Value: "with Plumbline"})
	}
	facts = append(facts, templates.SnapshotFact{Name: "Read from", Value: s.formatTitle(e.Kind)})
	if e.FileName != "" {
		facts = append(facts, templates.SnapshotFact{Name: "File", Value: e.FileName})
	}
	return append(facts, templates.SnapshotFact{Name: "Added", Value: cmp.Or(e.AddedBy, "somebody") + ", " + words.Day(e.AddedAt.In(s.zone(r)))})
}

func sourceFacts(source assessment.Source) []templates.SnapshotFact {
	var facts []templates.SnapshotFact
	if source.Title != "" || source.URL != "" {
		facts = append(facts, templates.SnapshotFact{Name: "Source", Value: cmp.Or(source.Title, source.URL), URL: source.URL})
	}
	return append(facts, templates.SnapshotFact{Name: "Licence", Value: cmp.Or(source.Licence, "not said")})
}

func outlineFacts(o assessment.Outline) []templates.SnapshotFact {
	return []templates.SnapshotFact{
		{Name: "Pillars", Value: strconv.Itoa(o.Pillars)}, {Name: "Principles", Value: strconv.Itoa(o.Principles)},
		{Name: "Questions", Value: strconv.Itoa(o.Questions)}, {Name: "Practices", Value: strconv.Itoa(o.Practices)},
		{Name: "Tradeoffs", Value: strconv.Itoa(o.Tradeoffs)},
	}
}

// otherVersions lists the other versions of a questionnaire, the newest first.
func (s *Server) otherVersions(r *http.Request, e assessment.LibraryEntry) ([]templates.VersionRow, error) {
	all, err := s.Store.Library(r.Context())
	if err != nil {
		return nil, err
	}
	var rows []templates.VersionRow
	for _, other := range all {
		if other.ID != e.ID || other.SHA256 == e.SHA256 {
			continue
		}
		before, after := other, e
		if other.AddedAt.After(e.AddedAt) {
			before, after = e, other
		}
		rows = append(rows, templates.VersionRow{Version: other.Version, URL: templates.QuestionnaireURL(other.SHA256), Difference: templates.DifferenceURL(before.SHA256, after.SHA256)})
	}
	return rows, nil
}

func (s *Server) offerRows(r *http.Request, e assessment.LibraryEntry) ([]templates.OfferRow, error) {
	actor := actorOf(r)
	teams, err := s.teamsIn(r.Context(), actor, assessment.ActRead)
	var rows []templates.OfferRow
	for _, team := range teams {
		rows = append(rows, templates.OfferRow{ID: team.ID, Name: team.Name, URL: templates.TeamURL(team.ID), Offered: e.EnabledFor(team.ID),
			May: actor.May(assessment.ActLibrary, team.ID)})
	}
	return rows, err
}

// uses lists what needs a questionnaire: by name what the visitor may see, the rest as a number.
func (s *Server) uses(r *http.Request, view *templates.QuestionnaireView, e assessment.LibraryEntry) error {
	all, err := s.Store.AssessmentsUsing(r.Context(), e.SHA256)
	if err != nil {
		return err
	}
	scope := actorOf(r).Teams(assessment.ActRead)
	unseen := 0
	for _, a := range all {
		if !scope.Has(a.Workload.Team) {
			unseen++
			continue
		}
		use := templates.UseRow{Name: a.Workload.Name, URL: templates.AssessmentURL(a.ID), About: []string{"since " + words.Day(a.CreatedAt.In(s.zone(r)))}}
		if a.Workload.Archived() {
			use.About = append(use.About, "archived")
		}
		view.Uses = append(view.Uses, use)
	}
	if unseen > 0 {
		also := map[bool]string{true: "Also by ", false: "By "}[len(view.Uses) > 0]
		view.Unseen = also + words.Plural(unseen, "assessment", "assessments") + " of teams that you are not in."
	}
	if e.Snapshots > 0 {
		view.Shots = words.Plural(e.Snapshots, "snapshot was", "snapshots were") + " taken of it."
	}
	return nil
}

// whyItStays says why a questionnaire cannot be deleted, empty where it can.
func whyItStays(e assessment.LibraryEntry) string {
	switch {
	case e.Builtin():
		return "It came with Plumbline: it can be retired, not deleted."
	case e.Used():
		return "It is used, so it stays: it can be retired."
	}
	return ""
}

// offerQuestionnaire says that a team, or every team, is offered a questionnaire or is no more.
func (s *Server) offerQuestionnaire(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	e, err := s.Store.LibraryEntry(r.Context(), chi.URLParam(r, "questionnaire"))
	if err != nil {
		return err
	}
	do := r.PostFormValue(templates.FieldDo)
	if !slices.Contains([]string{templates.DoEnable, templates.DoRetire}, do) {
		return assessment.Errorf(assessment.Invalid, "A questionnaire can be enabled or retired, not “%s”", words.Cut(do, 40))
	}
	team, name, err := s.offerTeam(r)
	if err != nil {
		return err
	}
	if err := s.Store.EnableQuestionnaire(r.Context(), actorOf(r), e.SHA256, team, do == templates.DoEnable); err != nil {
		return err
	}
	said := map[bool]string{true: " is now offered to ", false: " is no longer offered to "}[do == templates.DoEnable]
	s.notify(w, words.Cut(e.Title, 60)+" "+words.Cut(e.Version, 40)+said+words.Cut(name, 60)+".")
	return redirect(w, r, templates.QuestionnaireURL(e.SHA256))
}

// offerTeam returns the team that a form names, "" for every team, and what it is called, where the visitor may say
// which questionnaires it is offered.
func (s *Server) offerTeam(r *http.Request) (id, name string, err error) {
	id = r.PostFormValue(templates.FieldTeam)
	if id == templates.EveryTeam {
		return "", "any team", assessment.Allow(actorOf(r), assessment.ActAdminister, "")
	}
	if id == "" {
		return "", "", assessment.Errorf(assessment.Invalid, "Team: choose one")
	}
	if err := assessment.Allow(actorOf(r), assessment.ActLibrary, id); err != nil {
		return "", "", err
	}
	team, err := s.Store.Team(r.Context(), id)
	return id, team.Name, err
}

// deleteQuestionnaire removes a questionnaire that nothing needs.
func (s *Server) deleteQuestionnaire(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	e, err := s.Store.LibraryEntry(r.Context(), chi.URLParam(r, "questionnaire"))
	if err != nil {
		return err
	}
	if r.PostFormValue(templates.FieldConfirm) == "" && whyItStays(e) == "" {
		return s.questionnairePage(w, r, http.StatusUnprocessableEntity, templates.FormErrors{{Field: templates.FieldConfirm, Message: "Tick the box to delete it for good"}})
	}
	if err := s.Store.DeleteQuestionnaire(r.Context(), actorOf(r), e.SHA256); err != nil {
		return err
	}
	s.notify(w, words.Cut(e.Title, 60)+" "+words.Cut(e.Version, 40)+" is deleted.")
	return redirect(w, r, templates.LibraryURL)
}
