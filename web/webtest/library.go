package webtest

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/content"
	"plumbline/content/formats"
	"plumbline/templates"
)

// LensFile is a custom lens with as many pillars, questions in each and choices in each question as wished. The first
// choice of a question decides that its risk is not high, the first two together that there is none.
func LensFile(pillars, questions, choices int) string {
	var b strings.Builder
	b.WriteString(`{"schemaVersion": "2021-11-01", "name": "Garden Lens", "description": "How a garden is kept.", "pillars": [`)
	for p := range pillars {
		fmt.Fprintf(&b, `%s{"id": "pillar%d", "name": "Bed %d", "questions": [`, comma(p), p, p)
		for q := range questions {
			id := fmt.Sprintf("B%dQ%d", p, q)
			fmt.Fprintf(&b, `%s{"id": %q, "title": "How is row %d kept?", "description": "Rows differ.", "choices": [`, comma(q), id, q)
			for c := range choices {
				fmt.Fprintf(&b, `%s{"id": "%s_%d", "title": "Thing %d is done", "helpfulResource": {"displayText": "Read on.", "url": "https://example.org/%s"}, "improvementPlan": {"displayText": "Do it."}}`,
					comma(c), id, c, c, id)
			}
			fmt.Fprintf(&b, `], "riskRules": [{"condition": "%s_0 && %s_1", "risk": "NO_RISK"}, {"condition": "%s_0", "risk": "MEDIUM_RISK"}, {"condition": "default", "risk": "HIGH_RISK"}]}`, id, id, id)
		}
		b.WriteString("]}")
	}
	b.WriteString("]}")
	return b.String()
}

func comma(i int) string {
	if i == 0 {
		return ""
	}
	return ","
}

// Garden is a small lens, as the command reads it.
func (a *App) Garden() *assessment.Questionnaire {
	a.T.Helper()
	q, _, err := formats.Registry{}.Import("aws-lens", "garden.json", []byte(LensFile(2, 1, 3)))
	if err != nil {
		a.T.Fatal(err)
	}
	return q
}

// NewDraft is an import of a person that waits.
func (a *App) NewDraft(actor access.Actor) assessment.ImportDraft {
	a.T.Helper()
	d, err := a.Store.SaveDraft(context.Background(), actor, assessment.ImportDraft{Kind: "aws-lens", FileName: "garden.json", Questionnaire: a.Garden(),
		Losses: []assessment.Remark{{Line: 3, Column: 7, Path: "pillars[0]", Message: "left out"}}})
	if err != nil {
		a.T.Fatal(err)
	}
	return d
}

// Imported is a lens in the library, offered to a team.
func (a *App) Imported(team string) assessment.QuestionnaireRef {
	a.T.Helper()
	d := a.NewDraft(a.Actor())
	ref, err := a.Store.AcceptDraft(context.Background(), a.Actor(), d.ID, assessment.QuestionnaireIdentityOf(d.Questionnaire), team)
	if err != nil {
		a.T.Fatal(err)
	}
	return ref
}

func (a *App) MyTeam() string { return a.Actor().Memberships[0].Team.ID }

// Upload sends a file as a browser does.
func (b *Browser) Upload(format, name, data string) Answer {
	b.T.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	if err := form.WriteField("format", format); err != nil {
		b.T.Fatal(err)
	}
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		b.T.Fatal(err)
	}
	if _, err := part.Write([]byte(data)); err != nil {
		b.T.Fatal(err)
	}
	if err := form.Close(); err != nil {
		b.T.Fatal(err)
	}
	return b.Send(http.MethodPost, templates.ImportURL, http.Header{"Content-Type": {form.FormDataContentType()}}, &body)
}

func (a *App) Yaml(q *assessment.Questionnaire) string {
	a.T.Helper()
	var file bytes.Buffer
	if err := content.WriteQuestionnaire(&file, q); err != nil {
		a.T.Fatal(err)
	}
	return file.String()
}
