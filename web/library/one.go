package library

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/library"
	"plumbline/web/page"
)

func (h *handlers) showQuestionnaire(w http.ResponseWriter, r *http.Request) error {
	return h.questionnairePage(w, r, http.StatusOK, nil)
}

// listed returns the questionnaire that the address names. One that the visitor does not find in the library is NotFound.
func (h *handlers) listed(r *http.Request) (assessment.LibraryEntry, error) {
	e, err := h.store.LibraryEntry(r.Context(), chi.URLParam(r, "questionnaire"))
	if err == nil && !page.Finds(r, e) {
		err = assessment.Errorf(assessment.NotFound, "This questionnaire does not exist")
	}
	return e.SeenBy(page.ActorOf(r).Teams(access.ActRead).Has), err
}

// entry returns the questionnaire that the address names, with its content.
func (h *handlers) entry(r *http.Request) (assessment.LibraryEntry, *assessment.Questionnaire, error) {
	e, err := h.listed(r)
	if err != nil {
		return e, nil, err
	}
	model, err := h.store.Model(r.Context(), e.SHA256)
	if err != nil {
		return e, nil, err
	}
	return e, model.Questionnaire(), nil
}

func (h *handlers) questionnairePage(w http.ResponseWriter, r *http.Request, status int, problems templates.FormErrors) error {
	e, q, err := h.entry(r)
	if err != nil {
		return err
	}
	v := view.QuestionnaireView{Page: h.Page(r, e.Title), Errors: problems, Content: q, Facts: h.entryFacts(r, e), Offer: templates.OfferURL(e.SHA256)}
	v.Notice = h.TakeNotice(w, r)
	v.Crumbs = []templates.Crumb{{Title: "Library", URL: templates.LibraryURL}, {Title: e.Title, URL: templates.QuestionnaireURL(e.SHA256)}}
	if v.Versions, err = h.otherVersions(r, e); err != nil {
		return err
	}
	if v.Teams, err = h.offerRows(r, e); err != nil {
		return err
	}
	if err := h.uses(r, &v, e); err != nil {
		return err
	}
	v.Files = h.fileRows(e, q)
	if v.Admin = page.ActorOf(r).May(access.ActAdminister, ""); v.Admin {
		v.Delete, v.Stays = templates.DeleteQuestionnaireURL(e.SHA256), whyItStays(e)
	}
	return h.Render(w, r, status, view.Questionnaire(v))
}

// entryFacts is what is known about a questionnaire beside its content.
func (h *handlers) entryFacts(r *http.Request, e assessment.LibraryEntry) []templates.SnapshotFact {
	facts := []templates.SnapshotFact{{Name: "ID", Value: e.ID}, {Name: "Version", Value: e.Version}}
	facts = append(facts, sourceFacts(e.Source)...)
	facts = append(facts, outlineFacts(e.Counts)...)
	if e.Builtin() {
		return append(facts, templates.SnapshotFact{Name: "Origin", Value: "Built in"})
	}
	facts = append(facts, templates.SnapshotFact{Name: "Read from", Value: h.formatTitle(e.Kind)})
	if e.FileName != "" {
		facts = append(facts, templates.SnapshotFact{Name: "File", Value: e.FileName})
	}
	return append(facts, templates.SnapshotFact{Name: "Added", Value: strings.Join(h.added(r, e), ", ")})
}

func sourceFacts(source assessment.Source) []templates.SnapshotFact {
	var facts []templates.SnapshotFact
	if source.Title != "" || source.URL != "" {
		facts = append(facts, templates.SnapshotFact{Name: "Source", Value: cmp.Or(source.Title, source.URL), URL: source.URL})
	}
	return append(facts, templates.SnapshotFact{Name: "License", Value: cmp.Or(source.Licence, "not specified")})
}

func outlineFacts(o assessment.Outline) []templates.SnapshotFact {
	return []templates.SnapshotFact{
		{Name: "Pillars", Value: strconv.Itoa(o.Pillars)}, {Name: "Principles", Value: strconv.Itoa(o.Principles)},
		{Name: "Questions", Value: strconv.Itoa(o.Questions)}, {Name: "Practices", Value: strconv.Itoa(o.Practices)},
		{Name: "Tradeoffs", Value: strconv.Itoa(o.Tradeoffs)},
	}
}

// otherVersions lists the other versions of a questionnaire, the newest first.
func (h *handlers) otherVersions(r *http.Request, e assessment.LibraryEntry) ([]view.VersionRow, error) {
	all, err := h.LibraryOf(r)
	if err != nil {
		return nil, err
	}
	var rows []view.VersionRow
	for _, other := range all {
		if other.ID != e.ID || other.SHA256 == e.SHA256 {
			continue
		}
		before, after := other, e
		if other.AddedAt.After(e.AddedAt) {
			before, after = e, other
		}
		rows = append(rows, view.VersionRow{Version: other.Version, URL: templates.QuestionnaireURL(other.SHA256), Difference: templates.DifferenceURL(before.SHA256, after.SHA256)})
	}
	return rows, nil
}

func (h *handlers) offerRows(r *http.Request, e assessment.LibraryEntry) ([]view.OfferRow, error) {
	actor := page.ActorOf(r)
	teams, err := h.TeamsIn(r.Context(), actor, access.ActRead)
	var rows []view.OfferRow
	for _, team := range teams {
		rows = append(rows, view.OfferRow{ID: team.ID, Name: team.Name, URL: templates.TeamURL(team.ID), Offered: e.EnabledFor(team.ID),
			May: actor.May(access.ActLibrary, team.ID)})
	}
	return rows, err
}

// uses lists what needs a questionnaire: by name what the visitor may see, the rest as a number.
func (h *handlers) uses(r *http.Request, v *view.QuestionnaireView, e assessment.LibraryEntry) error {
	all, err := h.store.AssessmentsUsing(r.Context(), e.SHA256)
	if err != nil {
		return err
	}
	scope := page.ActorOf(r).Teams(access.ActRead)
	for _, a := range all {
		if !scope.Has(a.Workload.Team) {
			continue
		}
		use := view.UseRow{Name: a.Workload.Name, URL: templates.AssessmentURL(a.ID), About: []string{"since " + words.Day(a.CreatedAt.In(h.Zone(r)))}}
		if a.Workload.Archived() {
			use.About = append(use.About, "archived")
		}
		v.Uses = append(v.Uses, use)
	}
	if unseen := e.Assessments - len(v.Uses); unseen > 0 {
		also := "By "
		if len(v.Uses) > 0 {
			also = "Also by "
		}
		v.Unseen = also + words.Plural(unseen, "assessment", "assessments") + " in teams that you are not a member of."
	}
	if e.Snapshots > 0 {
		v.Shots = words.Plural(e.Snapshots, "snapshot uses", "snapshots use") + " it."
	}
	return nil
}

// whyItStays says why a questionnaire cannot be deleted, empty where it can.
func whyItStays(e assessment.LibraryEntry) string {
	switch {
	case e.Builtin():
		return "This questionnaire is built in. You can retire it, but not delete it."
	case e.Used():
		return "It is in use. You can retire it, but not delete it."
	}
	return ""
}

// offerQuestionnaire offers a questionnaire to a team, or to every team, or stops offering it.
func (h *handlers) offerQuestionnaire(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	e, err := h.listed(r)
	if err != nil {
		return err
	}
	do := r.PostFormValue(templates.FieldDo)
	if !slices.Contains([]string{templates.DoEnable, view.DoRetire}, do) {
		return assessment.Errorf(assessment.Invalid, "Choose to enable or to retire the questionnaire, not “%s”", words.Cut(do, 40))
	}
	team, name, err := h.offerTeam(r)
	if err != nil {
		return err
	}
	enable, said := do == templates.DoEnable, " is no longer available to "
	if enable {
		said = " is now available to "
	}
	if err := h.store.EnableQuestionnaire(r.Context(), page.ActorOf(r), e.SHA256, team, enable); err != nil {
		return err
	}
	h.Notify(w, words.Cut(e.Title, 60)+" "+words.Cut(e.Version, 40)+said+words.Cut(name, 60)+".")
	return page.Redirect(w, r, templates.QuestionnaireURL(e.SHA256))
}

// offerTeam returns the team that a form names, "" for every team, and what it is called, where the visitor may say
// which questionnaires it is offered.
func (h *handlers) offerTeam(r *http.Request) (id, name string, err error) {
	id = r.PostFormValue(templates.FieldTeam)
	if id == view.EveryTeam {
		return "", "all teams", access.Allow(page.ActorOf(r), access.ActAdminister, "")
	}
	if id == "" {
		return "", "", assessment.Errorf(assessment.Invalid, page.ChooseTeam)
	}
	if err := access.Allow(page.ActorOf(r), access.ActLibrary, id); err != nil {
		return "", "", err
	}
	team, err := h.store.Team(r.Context(), id)
	return id, team.Name, err
}

// deleteQuestionnaire removes a questionnaire that nothing needs.
func (h *handlers) deleteQuestionnaire(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	e, err := h.listed(r)
	if err != nil {
		return err
	}
	if r.PostFormValue(view.FieldConfirm) == "" && whyItStays(e) == "" {
		return h.questionnairePage(w, r, http.StatusUnprocessableEntity, templates.FormErrors{{Field: view.FieldConfirm, Message: "Select the checkbox to delete it permanently"}})
	}
	if err := h.store.DeleteQuestionnaire(r.Context(), page.ActorOf(r), e.SHA256); err != nil {
		return err
	}
	h.Notify(w, words.Cut(e.Title, 60)+" "+words.Cut(e.Version, 40)+" was deleted.")
	return page.Redirect(w, r, templates.LibraryURL)
}
