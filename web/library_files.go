package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"

	"plumbline/assessment"
	"plumbline/templates"
)

// Names of the files of a questionnaire.
const (
	fileYAML     = "questionnaire.yaml"
	fileLens     = "lens.json"
	fileWorkbook = "workbook.pdf"
)

// fileRows lists the files that a questionnaire can be taken as, with what each cannot say.
func (s *Server) fileRows(e assessment.LibraryEntry, q *assessment.Questionnaire) []templates.FileRow {
	lens := templates.FileRow{Title: "AWS custom lens", URL: templates.QuestionnaireFileURL(e.SHA256, fileLens),
		Says: "JSON for the AWS Well-Architected Tool."}
	_, losses, err := s.Files.Lens(q)
	lens.Losses = remarkList(losses)
	if err != nil {
		lens.URL, lens.Says = "", "Cannot be made of this questionnaire: "+failureOf(err)+"."
	}
	return []templates.FileRow{
		{Title: "Questionnaire file", URL: templates.QuestionnaireFileURL(e.SHA256, fileYAML), Says: "YAML, with all that is in it: to change it, and to add it again as another version."},
		lens,
		{Title: "Workbook", URL: templates.QuestionnaireFileURL(e.SHA256, fileWorkbook), Says: "A PDF to print and fill in by hand, for a meeting without computers."},
	}
}

func failureOf(err error) string {
	if known, ok := errors.AsType[*assessment.Error](err); ok {
		return known.Message
	}
	return err.Error()
}

func (s *Server) questionnaireYAML(w http.ResponseWriter, r *http.Request) error {
	return s.questionnaireFile(w, r, "application/yaml; charset=utf-8", ".yaml", s.Files.WriteYAML)
}

func (s *Server) questionnaireLens(w http.ResponseWriter, r *http.Request) error {
	return s.questionnaireFile(w, r, "application/json; charset=utf-8", ".lens.json", func(w io.Writer, q *assessment.Questionnaire) error {
		lens, _, err := s.Files.Lens(q)
		if err != nil {
			return assessment.Wrap(assessment.Invalid, err, "No lens can be made of this questionnaire: "+failureOf(err))
		}
		_, err = w.Write(lens)
		return err
	})
}

func (s *Server) questionnaireWorkbook(w http.ResponseWriter, r *http.Request) error {
	if overUnseen(r.Context(), s.limits.reports, actorOf(r).User.ID) {
		return assessment.Errorf(assessment.TooMany, "That is a lot of documents within a minute. Wait a little, then ask again")
	}
	return s.questionnaireFile(w, r, "application/pdf", ".workbook.pdf", func(w io.Writer, q *assessment.Questionnaire) error {
		document, err := s.drawer.draw(r.Context(), func(ctx context.Context, w io.Writer) error { return s.drawer.Workbook(ctx, w, q) })
		if err != nil {
			return err
		}
		_, err = w.Write(document)
		return err
	})
}

// questionnaireFile answers with a questionnaire as a file.
func (s *Server) questionnaireFile(w http.ResponseWriter, r *http.Request, media, ending string, write func(io.Writer, *assessment.Questionnaire) error) error {
	e, q, err := s.entry(r)
	if err != nil {
		return err
	}
	var document bytes.Buffer
	err = write(&document, q)
	if errors.Is(err, errBusy) {
		w.Header().Set("Retry-After", busyPatience)
		s.failurePage(w, r, http.StatusServiceUnavailable, busyText)
		return nil
	}
	if err != nil {
		return err
	}
	serveDocument(w, r, download{media: media, name: e.ID + "-" + e.Version + ending, tag: assessment.Hash(document.Bytes()), content: document.Bytes()})
	return nil
}
