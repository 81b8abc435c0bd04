package library

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"plumbline/assessment"
	"plumbline/templates"
	view "plumbline/templates/library"
	"plumbline/web/page"
)

func (h *handlers) showImport(w http.ResponseWriter, r *http.Request) error {
	return h.importPage(w, r, http.StatusOK, unread{})
}

// unread is why a file was not read, with what was chosen.
type unread struct {
	format   string
	file     string
	field    string
	message  string // empty where there is none
	problems []assessment.Remark
}

func (h *handlers) importPage(w http.ResponseWriter, r *http.Request, status int, f unread) error {
	v := view.ImportView{Page: h.Page(r, "Add a questionnaire"), File: f.file, Refused: remarkList(f.problems),
		Formats: []templates.Option{{Title: "Detect automatically"}}}
	v.Crumbs = []templates.Crumb{{Title: "Library", URL: templates.LibraryURL}, {Title: "Add a questionnaire", URL: templates.ImportURL}}
	if f.message != "" {
		v.Errors = templates.FormErrors{{Field: f.field, Message: f.message}}
	}
	var endings []string
	for _, format := range h.files.Formats() {
		v.Formats = append(v.Formats, templates.Option{Value: format.Kind, Title: format.Title, Chosen: format.Kind == f.format})
		v.Known = append(v.Known, view.FormatRow{Title: format.Title, Endings: strings.Join(format.Endings, ", ")})
		endings = append(endings, format.Endings...)
	}
	slices.Sort(endings)
	v.Endings = strings.Join(slices.Compact(endings), ",")
	return h.Render(w, r, status, view.Import(v))
}

// importFile reads a file and leads to the preview of what was kept of it. Of a file that is refused nothing is stored.
func (h *handlers) importFile(w http.ResponseWriter, r *http.Request) error {
	u, err := page.ReadUpload(r, view.FieldFile, view.FieldFormat)
	f := unread{format: u.Beside, file: u.Name, field: view.FieldFile}
	if refused, ok := errors.AsType[*assessment.Error](err); ok {
		f.message = refused.Message
		return h.importPage(w, r, page.StatusOf(err), f)
	}
	if err != nil {
		return err
	}
	d, f := h.readFile(u)
	if f.message != "" {
		return h.importPage(w, r, f.status(), f)
	}
	d, err = h.store.SaveDraft(r.Context(), page.ActorOf(r), d)
	if err != nil {
		return err
	}
	return page.Redirect(w, r, templates.DraftURL(d.ID))
}

// maxLosses is how many losses of a file are kept; a person reads no more.
const maxLosses = 5_000

// bounded returns the first losses, and how many more there are.
func bounded(losses []assessment.Remark) []assessment.Remark {
	if len(losses) <= maxLosses {
		return losses
	}
	more := fmt.Sprintf("%d more are not listed. Run “plumbline questionnaire import” to list all", len(losses)-maxLosses)
	return append(losses[:maxLosses:maxLosses], assessment.Remark{Message: more})
}

// status is that of a page with it.
func (f unread) status() int {
	if f.message == page.TooLargeToUpload {
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusUnprocessableEntity
}

// readFile returns what was kept of a file, or why nothing was.
func (h *handlers) readFile(u page.Upload) (assessment.ImportDraft, unread) {
	f := unread{format: u.Beside, file: u.Name, field: view.FieldFile}
	var none assessment.ImportDraft
	if len(u.Data) == 0 {
		f.message = page.ChooseFile
		return none, f
	}
	kind := u.Beside
	if kind == "" {
		detected, ok := h.files.Detect(u.Name, u.Data)
		if !ok {
			f.field, f.message = view.FieldFormat, "The format of "+u.Name+" was not detected. Choose the format"
			return none, f
		}
		kind = detected
	}
	if !slices.ContainsFunc(h.files.Formats(), func(format assessment.FileFormat) bool { return format.Kind == kind }) {
		f.field, f.message = view.FieldFormat, "Choose a format from the list"
		return none, f
	}
	q, losses, err := h.files.Import(kind, u.Name, u.Data)
	if err == nil {
		_, err = assessment.Compile(q)
	}
	if err == nil {
		return assessment.ImportDraft{Kind: kind, FileName: u.Name, Questionnaire: q, Losses: bounded(losses)}, unread{}
	}
	f.message = "File: " + u.Name + " cannot be used as " + h.formatTitle(kind)
	switch refused, ok := errors.AsType[*assessment.RefusedFile](err); {
	case ok:
		f.problems = refused.Problems
	case assessment.CodeOf(err) == assessment.TooLarge:
		f.message = page.TooLargeToUpload
	default:
		f.problems = []assessment.Remark{{Message: page.Printable(err.Error())}}
	}
	return none, f
}
