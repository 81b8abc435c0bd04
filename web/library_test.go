package web_test

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/formats"
	"plumbline/templates"
)

// lensFile is a custom lens with as many pillars, questions in each and choices in each question as wished. The first
// choice of a question decides that its risk is not high, the first two together that there is none.
func lensFile(pillars, questions, choices int) string {
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

// garden is a small lens, as the command reads it.
func (a *app) garden() *assessment.Questionnaire {
	a.t.Helper()
	q, _, err := formats.Registry{}.Import("aws-lens", "garden.json", []byte(lensFile(2, 1, 3)))
	if err != nil {
		a.t.Fatal(err)
	}
	return q
}

// newDraft is an import of a person that waits.
func (a *app) newDraft(actor assessment.Actor) assessment.ImportDraft {
	a.t.Helper()
	d, err := a.store.SaveDraft(context.Background(), actor, assessment.ImportDraft{Kind: "aws-lens", FileName: "garden.json", Questionnaire: a.garden(),
		Losses: []assessment.Remark{{Line: 3, Column: 7, Path: "pillars[0]", Message: "left out"}}})
	if err != nil {
		a.t.Fatal(err)
	}
	return d
}

// imported is a lens in the library, offered to a team.
func (a *app) imported(team string) assessment.QuestionnaireRef {
	a.t.Helper()
	d := a.newDraft(a.actor())
	ref, err := a.store.AcceptDraft(context.Background(), a.actor(), d.ID, assessment.QuestionnaireIdentityOf(d.Questionnaire), team)
	if err != nil {
		a.t.Fatal(err)
	}
	return ref
}

func (a *app) myTeam() string { return a.actor().Memberships[0].Team.ID }

// upload sends a file as a browser does.
func (b *browser) upload(format, name, data string) answer {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	if err := form.WriteField("format", format); err != nil {
		b.t.Fatal(err)
	}
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := part.Write([]byte(data)); err != nil {
		b.t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		b.t.Fatal(err)
	}
	return b.send(http.MethodPost, templates.ImportURL, http.Header{"Content-Type": {form.FormDataContentType()}}, &body)
}

func (a *app) yaml(q *assessment.Questionnaire) string {
	a.t.Helper()
	var file bytes.Buffer
	if err := content.WriteQuestionnaire(&file, q); err != nil {
		a.t.Fatal(err)
	}
	return file.String()
}

func TestImportIsPreviewedAndAccepted(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	page := b.get(templates.ImportURL)
	if page.status != http.StatusOK || page.page.Find("select#format option").Length() != len(formats.All())+2 {
		t.Fatalf("status %d, %d formats", page.status, page.page.Find("select#format option").Length())
	}
	sent := b.upload("", `C:\lenses\garden.json`, lensFile(2, 1, 3))
	if sent.status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", sent.status, textOf(sent.page.Find("main")))
	}
	preview := b.get(sent.header.Get("Location"))
	text := textOf(preview.page.Find("main"))
	for _, want := range []string{"Garden Lens", "garden.json", "Practices6", "What was not kept", "the lens has no version", "Bed 1", "High otherwise", "None where 1 and 2 are both there"} {
		if !strings.Contains(text, want) {
			t.Errorf("the preview does not say %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "lens-") && strings.Contains(text, "lens-none") {
		t.Error("the preview shows what only the way back needs")
	}
	form := formValues(t, preview, "form[action='"+sent.header.Get("Location")+"']")
	if got := form.Get("team"); got != a.myTeam() {
		t.Errorf("the team is %q where there is one only, want %q", got, a.myTeam())
	}
	form.Set("version", "1.2.0")
	form.Set("licence", "MIT-0")
	accepted := b.post(sent.header.Get("Location"), form)
	if accepted.status != http.StatusSeeOther || !strings.HasPrefix(accepted.header.Get("Location"), "/library/") {
		t.Fatalf("status %d: %s", accepted.status, textOf(accepted.page.Find("main")))
	}
	one := b.get(accepted.header.Get("Location"))
	text = textOf(one.page.Find("main"))
	for _, want := range []string{"Garden Lens", "1.2.0", "MIT-0", "AWS Well-Architected custom lens (JSON)", "garden.json", "Ines Okafor", "Enabled", "Nothing yet"} {
		if !strings.Contains(text, want) {
			t.Errorf("the questionnaire's page does not say %q:\n%s", want, text)
		}
	}
	if got := b.get(sent.header.Get("Location")); got.status != http.StatusNotFound {
		t.Errorf("the preview is still there: status %d", got.status)
	}
	list := textOf(b.get(templates.LibraryURL).page.Find("main"))
	for _, want := range []string{"Garden Lens", "1.2.0", "came with Plumbline", "garden-lens"} {
		if !strings.Contains(list, want) {
			t.Errorf("the library does not say %q:\n%s", want, list)
		}
	}
}

func TestImportOfOwnFormat(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	q := a.garden()
	sent := b.upload("", "garden.yaml", a.yaml(q))
	if sent.status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", sent.status, textOf(sent.page.Find("main")))
	}
	if text := textOf(b.get(sent.header.Get("Location")).page.Find("main")); !strings.Contains(text, "Warnings") {
		t.Errorf("got %s", text)
	}
	refused := b.upload("plumbline", "garden.yaml", strings.Replace(a.yaml(q), "version: 1.0.0", "version: one\nweight: 3", 1))
	rows := refused.page.Find("table.remarks tbody tr")
	if refused.status != http.StatusUnprocessableEntity || rows.Length() != 2 {
		t.Fatalf("status %d, %d problems", refused.status, rows.Length())
	}
	if text := textOf(rows); !strings.Contains(text, "3:10versiona semantic version") || !strings.Contains(text, "4:1weightunknown key") {
		t.Errorf("the problems: %s", text)
	}
	if got, _ := refused.page.Find("select#format option[selected]").Attr("value"); got != "plumbline" {
		t.Errorf("the format chosen is %q", got)
	}
}

func TestVersionThatIsThere(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	ref := a.imported(a.myTeam())

	same := a.newDraft(a.actor())
	if text := textOf(b.get(templates.DraftURL(same.ID)).page.Find(".notice")); !strings.Contains(text, "Exactly this is in the library already") {
		t.Errorf("the same content: %q", text)
	}
	changed := a.garden()
	changed.Pillars[0].Title = "Another bed"
	d, err := a.store.SaveDraft(t.Context(), a.actor(), assessment.ImportDraft{Kind: "aws-lens", FileName: "garden.json", Questionnaire: changed})
	if err != nil {
		t.Fatal(err)
	}
	page := b.get(templates.DraftURL(d.ID))
	if text := textOf(page.page.Find("#version-error")); !strings.Contains(text, "with other content") {
		t.Errorf("the version is there, and the page says %q", text)
	}
	form := url.Values{"id": {ref.ID}, "version": {ref.Version}, "title": {"Garden"}, "licence": {"<b>"}, "team": {a.myTeam()}}
	refused := b.post(templates.DraftURL(d.ID), form)
	if refused.status != http.StatusConflict || refused.page.Find("#version-error").Length() != 1 {
		t.Errorf("status %d, %d errors at the version", refused.status, refused.page.Find("#version-error").Length())
	}
	if got, _ := refused.page.Find("#licence").Attr("value"); got != "<b>" {
		t.Errorf("the licence that was typed is %q", got)
	}
	form.Set("version", "1.1.0")
	if got := b.post(templates.DraftURL(d.ID), form); got.status != http.StatusSeeOther {
		t.Errorf("another version: status %d", got.status)
	}
	if text := textOf(b.get(templates.DraftURL(same.ID)).page.Find(".notice")); !strings.Contains(text, "Exactly") {
		t.Errorf("got %q", text)
	}
	if got := b.get(b.get(templates.QuestionnaireURL(ref.SHA256)).page.Find("a[href*='/difference']").AttrOr("href", "")); got.status != http.StatusOK || !strings.Contains(got.body, "Another bed") {
		t.Errorf("what differs between the versions: status %d", got.status)
	}
	if rows := b.get(templates.LibraryURL).page.Find("th[scope=rowgroup][rowspan='2']"); rows.Length() != 1 {
		t.Errorf("%d questionnaires have two versions", rows.Length())
	}
}

func TestDraftFormIsChecked(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	long := strings.Repeat("x", 10_000)
	for name, tt := range map[string]struct{ field, value string }{
		"no id":                {"id", " "},
		"id with a space":      {"id", "a b"},
		"id with HTML":         {"id", "<b>"},
		"long id":              {"id", long},
		"emoji":                {"id", "🩺"},
		"no version":           {"version", ""},
		"word":                 {"version", "one"},
		"long version":         {"version", long},
		"no title":             {"title", "\t"},
		"NUL":                  {"title", "a\x00b"},
		"broken UTF-8":         {"title", "a\xffb"},
		"long title":           {"title", long},
		"licence of two lines": {"licence", "a\nb"},
		"long licence":         {"licence", long},
		"broken UTF-8 licence": {"licence", "\xff"},
		"no team":              {"team", ""},
		"unknown team":         {"team", "nothing"},
		"team that is no text": {"team", "\xff\x00"},
	} {
		t.Run(name, func(t *testing.T) {
			d := a.newDraft(a.actor())
			form := url.Values{"id": {"garden"}, "version": {"1.0.0"}, "title": {"Garten 🌱 <i>"}, "licence": {"مجاني"}, "team": {a.myTeam()}}
			form.Set(tt.field, tt.value)
			got := b.post(templates.DraftURL(d.ID), form)
			if got.status != http.StatusUnprocessableEntity || got.page.Find("#"+tt.field+"-error").Length() != 1 {
				t.Errorf("status %d, errors: %s", got.status, textOf(got.page.Find(".errors")))
			}
			if tt.field != "licence" {
				if kept, _ := got.page.Find("#licence").Attr("value"); kept != "مجاني" {
					t.Errorf("the licence that was typed is %q", kept)
				}
			}
		})
	}
	if all, err := a.store.Library(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("%d questionnaires, %v", len(all), err)
	}
}

func TestDraftsAreTheirMakers(t *testing.T) {
	a := newApp(t)
	d := a.newDraft(a.actor())
	other := a.signedInAs(a.member(a.myTeam(), assessment.Lead).User)
	for _, got := range []answer{other.get(templates.DraftURL(d.ID)), other.post(templates.DraftURL(d.ID), url.Values{}), other.post(templates.DropDraftURL(d.ID), url.Values{})} {
		if got.status != http.StatusNotFound {
			t.Errorf("status %d, want 404", got.status)
		}
	}
	b := a.signedIn()
	if got := b.post(templates.DropDraftURL(d.ID), url.Values{}); got.status != http.StatusSeeOther {
		t.Errorf("status %d", got.status)
	}
	if got := b.get(templates.DraftURL(d.ID)); got.status != http.StatusNotFound {
		t.Errorf("what was dropped: status %d", got.status)
	}
}

func TestOfferQuestionnaire(t *testing.T) {
	a := newApp(t)
	team := a.myTeam()
	ref := a.imported(team)
	lead := a.signedInAs(a.member(team, assessment.Lead).User)
	other := a.otherTeam("Payments").Workload.Team
	form := func(team, do string) url.Values { return url.Values{"team": {team}, "do": {do}} }
	enabled := func(team string) bool {
		t.Helper()
		e, err := a.store.LibraryEntry(t.Context(), ref.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		return e.EnabledFor(team)
	}
	for name, tt := range map[string]struct {
		form url.Values
		want int
	}{
		"no team":        {form("", "enable"), 422},
		"another team":   {form(other, "enable"), 404},
		"every team":     {form("every", "enable"), 403},
		"something else": {form(team, "burn\xff"), 422},
		"nothing":        {url.Values{}, 422},
	} {
		if got := lead.post(templates.OfferURL(ref.SHA256), tt.form); got.status != tt.want {
			t.Errorf("%s: status %d, want %d", name, got.status, tt.want)
		}
	}
	if got := lead.post(templates.OfferURL("nothing"), form(team, "enable")); got.status != http.StatusNotFound {
		t.Errorf("unknown: status %d", got.status)
	}
	if lead.post(templates.OfferURL(ref.SHA256), form(team, "retire")); enabled(team) {
		t.Error("the lead could not retire it")
	}
	lead.post(templates.OfferURL(ref.SHA256), form(team, "retire"))
	if page := lead.get(templates.NewWorkloadURL).page; page.Find("select#questionnaire option").Length() != 1 {
		t.Error("what is retired can still be chosen")
	}
	if a.signedIn().post(templates.OfferURL(ref.SHA256), form("every", "enable")); !enabled(team) || !enabled(other) {
		t.Error("the administrator could not enable it for every team")
	}
	if text := textOf(a.signedIn().get(templates.QuestionnaireURL(ref.SHA256)).page.Find("#offer")); !strings.Contains(text, "Payments Enabled") {
		t.Errorf("got %s", text)
	}
}

func TestDeleteQuestionnaireByHand(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	ref := a.imported(a.myTeam())
	address := templates.DeleteQuestionnaireURL(ref.SHA256)
	if got := b.post(address, url.Values{}); got.status != http.StatusUnprocessableEntity || got.page.Find("#confirm-error").Length() != 1 {
		t.Errorf("without a tick: status %d", got.status)
	}
	if got := b.post(address, url.Values{"confirm": {"yes"}}); got.status != http.StatusSeeOther {
		t.Errorf("status %d", got.status)
	}
	for _, address := range []string{templates.QuestionnaireURL(ref.SHA256), templates.QuestionnaireFileURL(ref.SHA256, "questionnaire.yaml")} {
		if got := b.get(address); got.status != http.StatusNotFound {
			t.Errorf("%s: status %d", address, got.status)
		}
	}
	builtin := a.newAssessment("Shop").Questionnaire.SHA256
	if page := b.get(templates.QuestionnaireURL(builtin)).page; page.Find("form[action$='/delete']").Length() != 0 {
		t.Error("the page offers to delete what came with the program")
	}
	if got := b.post(templates.DeleteQuestionnaireURL(builtin), url.Values{"confirm": {"yes"}}); got.status != http.StatusConflict {
		t.Errorf("status %d, want 409", got.status)
	}
}

func TestQuestionnaireFiles(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	ref := a.imported(a.myTeam())
	for file, media := range map[string]string{"questionnaire.yaml": "application/yaml", "lens.json": "application/json", "workbook.pdf": "application/pdf"} {
		got := b.get(templates.QuestionnaireFileURL(ref.SHA256, file))
		if got.status != http.StatusOK || !strings.HasPrefix(got.header.Get("Content-Type"), media) || !strings.Contains(got.header.Get("Content-Disposition"), `filename="garden-lens-1.0.0.`) {
			t.Errorf("%s: status %d, %s, %s", file, got.status, got.header.Get("Content-Type"), got.header.Get("Content-Disposition"))
		}
	}
	q, _, err := formats.Registry{}.Import("plumbline", "q.yaml", []byte(b.get(templates.QuestionnaireFileURL(ref.SHA256, "questionnaire.yaml")).body))
	if err != nil || q.ID != ref.ID {
		t.Errorf("read back: %v", err)
	}
	page := b.get(templates.QuestionnaireURL(ref.SHA256)).page
	if text := textOf(page.Find("main")); !strings.Contains(text, "What it cannot say") {
		t.Error("the page does not say what a lens cannot say")
	}
}

func TestUsesOfOtherTeams(t *testing.T) {
	a := newApp(t)
	shop := a.newAssessment("Shop")
	other := a.otherTeam("Payments")
	b := a.signedInAs(a.member(shop.Workload.Team, assessment.Viewer).User)
	text := textOf(b.get(templates.QuestionnaireURL(shop.Questionnaire.SHA256)).page.Find("main"))
	if !strings.Contains(text, "Shop") || !strings.Contains(text, "Also by 1 assessment of teams that you are not in") || strings.Contains(text, other.Workload.Name) {
		t.Errorf("got %s", text)
	}
}

func TestLibrarySearch(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	q := a.garden()
	for i := range 12 {
		q.ID, q.Title = fmt.Sprintf("garden-%d", i), fmt.Sprintf("Garden no %d", i)
		d, err := a.store.SaveDraft(t.Context(), a.actor(), assessment.ImportDraft{Kind: "aws-lens", Questionnaire: q})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.store.AcceptDraft(t.Context(), a.actor(), d.ID, assessment.QuestionnaireIdentityOf(q), a.myTeam()); err != nil {
			t.Fatal(err)
		}
	}
	for query, want := range map[string]string{"": "13 versions", "?q=garden+7": "1 of 13 versions", "?q=%3Cb%3E": "0 of 13 versions", "?q=nothing": "0 of 13 versions"} {
		page := b.get(templates.LibraryURL + query)
		if got := textOf(page.page.Find("[role=status]")); page.status != http.StatusOK || got != want {
			t.Errorf("%q: status %d, %q, want %q", query, page.status, got, want)
		}
	}
	if got := b.get(templates.LibraryURL + "?q=%00"); got.status != http.StatusUnprocessableEntity || got.page.Find(".errors").Length() != 1 {
		t.Errorf("NUL: status %d", got.status)
	}
}
