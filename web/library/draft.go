package library

import (
	"net/http"
	"slices"

	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/library"
	"plumbline/web/page"
)

// draftForm is what was typed about an import.
type draftForm struct {
	identity assessment.QuestionnaireIdentity
	team     string
}

func (h *handlers) showDraft(w http.ResponseWriter, r *http.Request) error {
	d, err := h.store.Draft(r.Context(), page.ActorOf(r), chi.URLParam(r, "draft"))
	if err != nil {
		return err
	}
	teams, err := h.TeamsIn(r.Context(), page.ActorOf(r), access.ActLibrary)
	if err != nil {
		return err
	}
	form := draftForm{identity: assessment.QuestionnaireIdentityOf(d.Questionnaire)}
	if len(teams) == 1 { // every team is a choice too for administrators, and never the first one
		form.team = teams[0].ID
	}
	return h.draftPage(w, r, http.StatusOK, d, form, nil)
}

func (h *handlers) draftPage(w http.ResponseWriter, r *http.Request, status int, d assessment.ImportDraft, form draftForm, problems templates.FormErrors) error {
	choice, err := h.libraryTeams(r, form.team)
	if err != nil {
		return err
	}
	q := d.Questionnaire
	v := view.DraftView{Page: h.Page(r, "Preview, "+q.Title), Action: templates.DraftURL(d.ID), Drop: templates.DropDraftURL(d.ID), Errors: problems,
		Lead:   "Read from " + d.FileName + " as " + h.formatTitle(d.Kind) + ". This draft is visible only to you and is deleted after 24 hours.",
		Losses: remarkList(d.Losses), Own: d.Kind == h.ownKind(), Content: q, Team: choice.name,
		Imprint: assessment.QuestionnaireIdentity{ID: page.Printable(form.identity.ID), Version: page.Printable(form.identity.Version), Title: page.Printable(form.identity.Title), Licence: page.Printable(form.identity.Licence)},
		Kept:    append(sourceFacts(q.Source), outlineFacts(q.Outline())...)}
	if len(choice.options) > 1 {
		v.Teams = append([]templates.Option{{Title: "Choose a team"}}, choice.options...)
	}
	v.Crumbs = []templates.Crumb{{Title: "Library", URL: templates.LibraryURL}, {Title: "Preview", URL: templates.DraftURL(d.ID)}}
	if err := h.known(r, &v, d, form); err != nil {
		return err
	}
	return h.Render(w, r, status, view.Draft(v))
}

// ownKind is the kind of our own format, which is the first of the list.
func (h *handlers) ownKind() string {
	for _, f := range h.files.Formats() {
		return f.Kind
	}
	return ""
}

// known says what the library has of an import already.
func (h *handlers) known(r *http.Request, view *view.DraftView, d assessment.ImportDraft, form draftForm) error {
	all, err := h.LibraryOf(r)
	if err != nil {
		return err
	}
	document, err := assessment.Canonical(form.identity.In(d.Questionnaire))
	if err != nil {
		return err
	}
	sha256, others := assessment.Hash(document), 0
	for _, e := range all {
		switch {
		case e.SHA256 == sha256:
			view.Same = templates.Link{Title: e.Title + " " + e.Version, URL: templates.QuestionnaireURL(sha256)}
		case e.ID != form.identity.ID:
		case e.Version == form.identity.Version && view.Errors.On("version") == "":
			view.Errors = append(view.Errors, templates.FieldError{Field: "version", Message: "Version " + e.Version + " of " + e.ID +
				" is already in the library with different content. Enter another version"})
		default:
			others++
		}
	}
	if others > 0 {
		view.Known = "The library has " + words.Plural(others, "other version", "other versions") + " of " + form.identity.ID + ". This adds another version."
	}
	return nil
}

// libraryChoice is the list of teams for which the visitor may add questionnaires, with the chosen one.
type libraryChoice struct {
	options []templates.Option
	chosen  bool
	id      string // of the chosen team, empty for every team
	name    string // where there is one only
}

func (h *handlers) libraryTeams(r *http.Request, asked string) (libraryChoice, error) {
	actor := page.ActorOf(r)
	teams, err := h.TeamsIn(r.Context(), actor, access.ActLibrary)
	if err != nil {
		return libraryChoice{}, err
	}
	var choice libraryChoice
	for _, team := range teams {
		choice.options = append(choice.options, templates.Option{Value: team.ID, Title: team.Name})
	}
	if actor.May(access.ActAdminister, "") {
		choice.options = append(choice.options, templates.Option{Value: view.EveryTeam, Title: view.EveryTeamTitle})
	}
	if len(choice.options) == 1 {
		asked, choice.name = choice.options[0].Value, choice.options[0].Title
	}
	at := slices.IndexFunc(choice.options, func(o templates.Option) bool { return o.Value == asked })
	if at < 0 {
		return choice, nil
	}
	choice.options[at].Chosen, choice.chosen = true, true
	if asked != view.EveryTeam {
		choice.id = asked
	}
	return choice, nil
}

// acceptDraft adds an import to the library and leads to it there.
func (h *handlers) acceptDraft(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	d, err := h.store.Draft(r.Context(), page.ActorOf(r), chi.URLParam(r, "draft"))
	if err != nil {
		return err
	}
	form := draftForm{team: r.PostFormValue(templates.FieldTeam), identity: assessment.QuestionnaireIdentity{ID: r.PostFormValue("id"),
		Version: r.PostFormValue("version"), Title: r.PostFormValue("title"), Licence: r.PostFormValue("licence")}}
	choice, err := h.libraryTeams(r, form.team)
	if err != nil {
		return err
	}
	identity, err := assessment.CheckQuestionnaireIdentity(form.identity)
	problems, ok := page.Complaints(err)
	if err != nil && !ok {
		return err
	}
	if !choice.chosen {
		problems = append(problems, templates.FieldError{Field: templates.FieldTeam, Message: page.ChooseTeam})
	}
	if len(problems) > 0 {
		return h.draftPage(w, r, http.StatusUnprocessableEntity, d, form, problems)
	}
	ref, err := h.store.AcceptDraft(r.Context(), page.ActorOf(r), d.ID, identity, choice.id)
	if problems, ok := page.Complaints(err); ok {
		return h.draftPage(w, r, page.StatusOf(err), d, form, problems)
	}
	if err != nil {
		return err
	}
	h.Notify(w, words.Cut(ref.Title, 60)+" "+words.Cut(ref.Version, 40)+" was added to the library.")
	return page.Redirect(w, r, templates.QuestionnaireURL(ref.SHA256))
}

// dropDraft drops an import.
func (h *handlers) dropDraft(w http.ResponseWriter, r *http.Request) error {
	d, err := h.store.Draft(r.Context(), page.ActorOf(r), chi.URLParam(r, "draft"))
	if err != nil {
		return err
	}
	if err := h.store.DropDraft(r.Context(), page.ActorOf(r), d.ID); err != nil {
		return err
	}
	h.Notify(w, "The draft of "+words.Cut(d.FileName, 60)+" was discarded.")
	return page.Redirect(w, r, templates.LibraryURL)
}
