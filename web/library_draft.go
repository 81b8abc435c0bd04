package web

import (
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/templates"
)

// draftForm is what was typed about an import.
type draftForm struct {
	imprint assessment.QuestionnaireIdentity
	team    string
}

func (s *Server) showDraft(w http.ResponseWriter, r *http.Request) error {
	d, err := s.Store.Draft(r.Context(), actorOf(r), chi.URLParam(r, "draft"))
	if err != nil {
		return err
	}
	teams, err := s.teamsIn(r.Context(), actorOf(r), assessment.ActLibrary)
	if err != nil {
		return err
	}
	form := draftForm{imprint: assessment.QuestionnaireIdentityOf(d.Questionnaire)}
	if len(teams) == 1 { // every team is a choice too for administrators, and never the first one
		form.team = teams[0].ID
	}
	return s.draftPage(w, r, http.StatusOK, d, form, nil)
}

func (s *Server) draftPage(w http.ResponseWriter, r *http.Request, status int, d assessment.ImportDraft, form draftForm, problems templates.FormErrors) error {
	choice, err := s.libraryTeams(r, form.team)
	if err != nil {
		return err
	}
	q := d.Questionnaire
	view := templates.DraftView{Page: s.page(r, "Preview, "+q.Title), Action: templates.DraftURL(d.ID), Drop: templates.DropDraftURL(d.ID), Errors: problems,
		Lead:   "Read from " + d.FileName + " as " + s.formatTitle(d.Kind) + ". It is not in the library yet, and only you see it; it is dropped after a day.",
		Losses: remarkList(d.Losses), Own: d.Kind == s.ownKind(), Content: q, Team: choice.name,
		Imprint: assessment.QuestionnaireIdentity{ID: printable(form.imprint.ID), Version: printable(form.imprint.Version), Title: printable(form.imprint.Title), Licence: printable(form.imprint.Licence)},
		Kept:    append(sourceFacts(q.Source), outlineFacts(q.Outline())...)}
	if len(choice.options) > 1 {
		view.Teams = append([]templates.FilterOption{{Title: "Choose a team"}}, choice.options...)
	}
	view.Crumbs = []templates.Crumb{{Title: "Library", URL: templates.LibraryURL}, {Title: "Preview", URL: templates.DraftURL(d.ID)}}
	if err := s.known(r, &view, d, form); err != nil {
		return err
	}
	return s.render(w, r, status, templates.Draft(view))
}

// ownKind is the kind of our own format, which is the first of the list.
func (s *Server) ownKind() string {
	for _, f := range s.Files.Formats() {
		return f.Kind
	}
	return ""
}

// known says what the library has of an import already.
func (s *Server) known(r *http.Request, view *templates.DraftView, d assessment.ImportDraft, form draftForm) error {
	all, err := s.Store.Library(r.Context())
	if err != nil {
		return err
	}
	document, err := assessment.Canonical(form.imprint.In(d.Questionnaire))
	if err != nil {
		return err
	}
	sha256, others := assessment.Hash(document), 0
	for _, e := range all {
		switch {
		case e.SHA256 == sha256:
			view.Same = templates.Link{Title: e.Title + " " + e.Version, URL: templates.QuestionnaireURL(sha256)}
		case e.ID != form.imprint.ID:
		case e.Version == form.imprint.Version && view.Errors.On("version") == "":
			view.Errors = append(view.Errors, templates.FieldError{Field: "version", Message: "Version " + e.Version + " of " + e.ID +
				" is in the library already, with other content: give this one another version"})
		default:
			others++
		}
	}
	if others > 0 {
		view.Known = "The library has " + templates.Plural(others, "other version", "other versions") + " of " + form.imprint.ID + "; this will be one more."
	}
	return nil
}

// libraryChoice is the list of teams for which the visitor may add questionnaires, with the chosen one.
type libraryChoice struct {
	options []templates.FilterOption
	chosen  bool
	id      string // of the chosen team, empty for every team
	name    string // where there is one only
}

func (s *Server) libraryTeams(r *http.Request, asked string) (libraryChoice, error) {
	actor := actorOf(r)
	teams, err := s.teamsIn(r.Context(), actor, assessment.ActLibrary)
	if err != nil {
		return libraryChoice{}, err
	}
	var choice libraryChoice
	for _, team := range teams {
		choice.options = append(choice.options, templates.FilterOption{Value: team.ID, Title: team.Name})
	}
	if actor.May(assessment.ActAdminister, "") {
		choice.options = append(choice.options, templates.FilterOption{Value: templates.EveryTeam, Title: "Every team, those of tomorrow too"})
	}
	if len(choice.options) == 1 {
		asked, choice.name = choice.options[0].Value, choice.options[0].Title
	}
	at := slices.IndexFunc(choice.options, func(o templates.FilterOption) bool { return o.Value == asked })
	if at < 0 {
		return choice, nil
	}
	choice.options[at].Chosen, choice.chosen = true, true
	if asked != templates.EveryTeam {
		choice.id = asked
	}
	return choice, nil
}

// acceptDraft adds an import to the library and leads to it there.
func (s *Server) acceptDraft(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	d, err := s.Store.Draft(r.Context(), actorOf(r), chi.URLParam(r, "draft"))
	if err != nil {
		return err
	}
	form := draftForm{team: r.PostFormValue(templates.FieldTeam), imprint: assessment.QuestionnaireIdentity{ID: r.PostFormValue("id"),
		Version: r.PostFormValue("version"), Title: r.PostFormValue("title"), Licence: r.PostFormValue("licence")}}
	choice, err := s.libraryTeams(r, form.team)
	if err != nil {
		return err
	}
	imprint, err := assessment.CheckQuestionnaireIdentity(form.imprint)
	problems, ok := complaints(err)
	if err != nil && !ok {
		return err
	}
	if !choice.chosen {
		problems = append(problems, templates.FieldError{Field: templates.FieldTeam, Message: "Team: choose one of the list"})
	}
	if len(problems) > 0 {
		return s.draftPage(w, r, http.StatusUnprocessableEntity, d, form, problems)
	}
	ref, err := s.Store.AcceptDraft(r.Context(), actorOf(r), d.ID, imprint, choice.id)
	if problems, ok := complaints(err); ok {
		return s.draftPage(w, r, statusOf(err), d, form, problems)
	}
	if err != nil {
		return err
	}
	s.notify(w, shortened(ref.Title, 60)+" "+shortened(ref.Version, 40)+" is in the library.")
	return redirect(w, r, templates.QuestionnaireURL(ref.SHA256))
}

// dropDraft drops an import.
func (s *Server) dropDraft(w http.ResponseWriter, r *http.Request) error {
	d, err := s.Store.Draft(r.Context(), actorOf(r), chi.URLParam(r, "draft"))
	if err != nil {
		return err
	}
	if err := s.Store.DropDraft(r.Context(), actorOf(r), d.ID); err != nil {
		return err
	}
	s.notify(w, "What was read of "+shortened(d.FileName, 60)+" is dropped.")
	return redirect(w, r, templates.LibraryURL)
}
