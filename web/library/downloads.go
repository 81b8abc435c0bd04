package library

import (
	"context"
	"errors"
	"io"
	"net/http"

	"plumbline/assessment"
	"plumbline/templates"
	view "plumbline/templates/library"
	"plumbline/web/drawing"
	"plumbline/web/page"
)

// Names of the files of a questionnaire.
const (
	fileYAML     = "questionnaire.yaml"
	fileLens     = "lens.json"
	fileWorkbook = "workbook.pdf"
)

// fileRows lists the files that a questionnaire can be taken as, with what each cannot say.
func (h *handlers) fileRows(e assessment.LibraryEntry, q *assessment.Questionnaire) []view.FileRow {
	lens := view.FileRow{Title: "AWS custom lens", URL: templates.QuestionnaireFileURL(e.SHA256, fileLens),
		Says: "JSON for the AWS Well-Architected Tool."}
	_, losses, err := h.files.Lens(q)
	lens.Losses = remarkList(losses)
	if err != nil {
		lens.URL, lens.Says = "", "Not available for this questionnaire: "+failureOf(err)+"."
	}
	return []view.FileRow{
		{Title: "Questionnaire file", URL: templates.QuestionnaireFileURL(e.SHA256, fileYAML), Says: "YAML with the full content. Edit it and add it as a new version."},
		lens,
		{Title: "Workbook", URL: templates.QuestionnaireFileURL(e.SHA256, fileWorkbook), Says: "A PDF to print and fill in by hand."},
	}
}

func failureOf(err error) string {
	if known, ok := errors.AsType[*assessment.Error](err); ok {
		return known.Message
	}
	return err.Error()
}

func (h *handlers) questionnaireYAML(w http.ResponseWriter, r *http.Request) error {
	return h.questionnaireFile(w, r, "application/yaml; charset=utf-8", ".yaml", h.files.WriteYAML)
}

func (h *handlers) questionnaireLens(w http.ResponseWriter, r *http.Request) error {
	return h.questionnaireFile(w, r, "application/json; charset=utf-8", ".lens.json", func(w io.Writer, q *assessment.Questionnaire) error {
		lens, _, err := h.files.Lens(q)
		if err != nil {
			return assessment.Wrap(assessment.Invalid, err, "This questionnaire cannot be exported as a lens: "+failureOf(err))
		}
		_, err = w.Write(lens)
		return err
	})
}

func (h *handlers) questionnaireWorkbook(w http.ResponseWriter, r *http.Request) error {
	if !h.Reports.Take(page.ActorOf(r).User.ID) {
		return assessment.Errorf(assessment.TooMany, "Too many downloads. Wait a minute, then try again")
	}
	return h.questionnaireFile(w, r, "application/pdf", ".workbook.pdf", func(w io.Writer, q *assessment.Questionnaire) error {
		document, err := h.drawer.Draw(r.Context(), func(ctx context.Context, w io.Writer) error { return h.drawer.Workbook(ctx, w, q) })
		if err != nil {
			return err
		}
		_, err = w.Write(document)
		return err
	})
}

// questionnaireFile answers with a questionnaire as a file.
func (h *handlers) questionnaireFile(w http.ResponseWriter, r *http.Request, media, ending string, write func(io.Writer, *assessment.Questionnaire) error) error {
	e, q, err := h.entry(r)
	if err != nil {
		return err
	}
	name := e.ID + "-" + e.Version + ending
	err = page.ServeWritten(w, r, page.Download{Media: media, Name: name}, func(w io.Writer) error { return write(w, q) })
	if errors.Is(err, drawing.ErrBusy) {
		w.Header().Set("Retry-After", drawing.BusyPatience)
		h.FailurePage(w, r, http.StatusServiceUnavailable, drawing.BusyText)
		return nil
	}
	return err
}
