package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"plumbline/assessment"
	"plumbline/templates"
)

func (s *Server) showImport(w http.ResponseWriter, r *http.Request) error {
	return s.importPage(w, r, http.StatusOK, unread{})
}

// unread is why a file was not read, with what was chosen.
type unread struct {
	format   string
	file     string
	field    string
	message  string // empty where there is none
	problems []assessment.Remark
}

func (s *Server) importPage(w http.ResponseWriter, r *http.Request, status int, f unread) error {
	view := templates.ImportView{Page: s.page(r, "Add a questionnaire"), File: f.file, Refused: remarkList(f.problems),
		Formats: []templates.FilterOption{{Title: "Whatever the file is"}}}
	view.Crumbs = []templates.Crumb{{Title: "Library", URL: templates.LibraryURL}, {Title: "Add a questionnaire", URL: templates.ImportURL}}
	if f.message != "" {
		view.Errors = templates.FormErrors{{Field: f.field, Message: f.message}}
	}
	var endings []string
	for _, format := range s.Files.Formats() {
		view.Formats = append(view.Formats, templates.FilterOption{Value: format.Kind, Title: format.Title, Chosen: format.Kind == f.format})
		view.Known = append(view.Known, templates.FormatRow{Title: format.Title, Endings: strings.Join(format.Endings, ", ")})
		endings = append(endings, format.Endings...)
	}
	slices.Sort(endings)
	view.Endings = strings.Join(slices.Compact(endings), ",")
	return s.render(w, r, status, templates.Import(view))
}

// importFile reads a file and leads to the preview of what was kept of it. Of a file that is refused nothing is stored.
func (s *Server) importFile(w http.ResponseWriter, r *http.Request) error {
	u, err := readUpload(r, templates.FieldFile, templates.FieldFormat)
	f := unread{format: u.beside, file: u.name, field: templates.FieldFile}
	if refused, ok := errors.AsType[*assessment.Error](err); ok {
		f.message = refused.Message
		return s.importPage(w, r, statusOf(err), f)
	}
	if err != nil {
		return err
	}
	d, f := s.readFile(u)
	if f.message != "" {
		return s.importPage(w, r, f.status(), f)
	}
	d, err = s.Store.SaveDraft(r.Context(), actorOf(r), d)
	if err != nil {
		return err
	}
	return redirect(w, r, templates.DraftURL(d.ID))
}

// maxLosses is how many losses of a file are kept; a person reads no more.
const maxLosses = 5_000

// bounded returns the first losses, and how many more there are.
func bounded(losses []assessment.Remark) []assessment.Remark {
	if len(losses) <= maxLosses {
		return losses
	}
	more := fmt.Sprintf("%d more are not listed here: the command “plumbline questionnaire import” lists every one", len(losses)-maxLosses)
	return append(losses[:maxLosses:maxLosses], assessment.Remark{Message: more})
}

// status is that of a page with it.
func (f unread) status() int {
	if f.message == tooLargeToUpload {
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusUnprocessableEntity
}

// readFile returns what was kept of a file, or why nothing was.
func (s *Server) readFile(u upload) (assessment.ImportDraft, unread) {
	f := unread{format: u.beside, file: u.name, field: templates.FieldFile}
	var none assessment.ImportDraft
	if len(u.data) == 0 {
		f.message = "File: choose one that is not empty"
		return none, f
	}
	kind := u.beside
	if kind == "" {
		detected, ok := s.Files.Detect(u.name, u.data)
		if !ok {
			f.field, f.message = templates.FieldFormat, "Format: "+u.name+" does not tell which one it is; choose it"
			return none, f
		}
		kind = detected
	}
	if !slices.ContainsFunc(s.Files.Formats(), func(format assessment.FileFormat) bool { return format.Kind == kind }) {
		f.field, f.message = templates.FieldFormat, "Format: choose one of the list"
		return none, f
	}
	q, losses, err := s.Files.Import(kind, u.name, u.data)
	if err == nil {
		_, err = assessment.Compile(q)
	}
	if err == nil {
		return assessment.ImportDraft{Kind: kind, FileName: u.name, Questionnaire: q, Losses: bounded(losses)}, unread{}
	}
	f.message = "File: " + u.name + " cannot be used as " + s.formatTitle(kind)
	switch refused, ok := errors.AsType[*assessment.RefusedFile](err); {
	case ok:
		f.problems = refused.Problems
	case assessment.CodeOf(err) == assessment.TooLarge:
		f.message = tooLargeToUpload
	default:
		f.problems = []assessment.Remark{{Message: printable(err.Error())}}
	}
	return none, f
}
