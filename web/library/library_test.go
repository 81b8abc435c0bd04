package library_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/content/formats"
	"plumbline/templates"
	"plumbline/web/webtest"
)

func TestImportIsPreviewedAndAccepted(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	page := b.Get(templates.ImportURL)
	if page.Status != http.StatusOK || page.Page.Find("select#format option").Length() != len(formats.All())+2 {
		t.Fatalf("status %d, %d formats", page.Status, page.Page.Find("select#format option").Length())
	}
	sent := b.Upload("", `C:\lenses\garden.json`, webtest.LensFile(2, 1, 3))
	if sent.Status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", sent.Status, webtest.TextOf(sent.Page.Find("main")))
	}
	preview := b.Get(sent.Header.Get("Location"))
	text := webtest.TextOf(preview.Page.Find("main"))
	for _, want := range []string{"Garden Lens", "garden.json", "Practices6", "Skipped or changed", "the lens has no version", "Bed 1", "High otherwise", "None if 1 and 2 are both present"} {
		if !strings.Contains(text, want) {
			t.Errorf("the preview does not say %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "lens-") && strings.Contains(text, "lens-none") {
		t.Error("the preview shows what only the way back needs")
	}
	form := webtest.FormValues(t, preview, "form[action='"+sent.Header.Get("Location")+"']")
	if got := form.Get("team"); got != a.MyTeam() {
		t.Errorf("the team is %q where there is one only, want %q", got, a.MyTeam())
	}
	form.Set("version", "1.2.0")
	form.Set("licence", "MIT-0")
	accepted := b.Post(sent.Header.Get("Location"), form)
	if accepted.Status != http.StatusSeeOther || !strings.HasPrefix(accepted.Header.Get("Location"), "/library/") {
		t.Fatalf("status %d: %s", accepted.Status, webtest.TextOf(accepted.Page.Find("main")))
	}
	one := b.Get(accepted.Header.Get("Location"))
	text = webtest.TextOf(one.Page.Find("main"))
	for _, want := range []string{"Garden Lens", "1.2.0", "MIT-0", "AWS Well-Architected custom lens (JSON)", "garden.json", "Ines Okafor", "Enabled", "Not used yet"} {
		if !strings.Contains(text, want) {
			t.Errorf("the questionnaire's page does not say %q:\n%s", want, text)
		}
	}
	if got := b.Get(sent.Header.Get("Location")); got.Status != http.StatusNotFound {
		t.Errorf("the preview is still there: status %d", got.Status)
	}
	list := webtest.TextOf(b.Get(templates.LibraryURL).Page.Find("main"))
	for _, want := range []string{"Garden Lens", "1.2.0", "built in", "garden-lens"} {
		if !strings.Contains(list, want) {
			t.Errorf("the library does not say %q:\n%s", want, list)
		}
	}
}

func TestImportOfOwnFormat(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	q := a.Garden()
	sent := b.Upload("", "garden.yaml", a.Yaml(q))
	if sent.Status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", sent.Status, webtest.TextOf(sent.Page.Find("main")))
	}
	if text := webtest.TextOf(b.Get(sent.Header.Get("Location")).Page.Find("main")); !strings.Contains(text, "Warnings") {
		t.Errorf("got %s", text)
	}
	refused := b.Upload("plumbline", "garden.yaml", strings.Replace(a.Yaml(q), "version: 1.0.0", "version: one\nweight: 3", 1))
	rows := refused.Page.Find("table.remarks tbody tr")
	if refused.Status != http.StatusUnprocessableEntity || rows.Length() != 2 {
		t.Fatalf("status %d, %d problems", refused.Status, rows.Length())
	}
	if text := webtest.TextOf(rows); !strings.Contains(text, "3:10versionexpected a semantic version") || !strings.Contains(text, "4:1weightunknown key") {
		t.Errorf("the problems: %s", text)
	}
	if got, _ := refused.Page.Find("select#format option[selected]").Attr("value"); got != "plumbline" {
		t.Errorf("the format chosen is %q", got)
	}
}

func TestVersionThatIsThere(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	ref := a.Imported(a.MyTeam())

	same := a.NewDraft(a.Actor())
	if text := webtest.TextOf(b.Get(templates.DraftURL(same.ID)).Page.Find(".notice")); !strings.Contains(text, "This questionnaire is already in the library") {
		t.Errorf("the same content: %q", text)
	}
	changed := a.Garden()
	changed.Pillars[0].Title = "Another bed"
	d, err := a.Store.SaveDraft(t.Context(), a.Actor(), assessment.ImportDraft{Kind: "aws-lens", FileName: "garden.json", Questionnaire: changed})
	if err != nil {
		t.Fatal(err)
	}
	page := b.Get(templates.DraftURL(d.ID))
	if text := webtest.TextOf(page.Page.Find("#version-error")); !strings.Contains(text, "with different content") {
		t.Errorf("the version is there, and the page says %q", text)
	}
	form := url.Values{"id": {ref.ID}, "version": {ref.Version}, "title": {"Garden"}, "licence": {"<b>"}, "team": {a.MyTeam()}}
	refused := b.Post(templates.DraftURL(d.ID), form)
	if refused.Status != http.StatusConflict || refused.Page.Find("#version-error").Length() != 1 {
		t.Errorf("status %d, %d errors at the version", refused.Status, refused.Page.Find("#version-error").Length())
	}
	if got, _ := refused.Page.Find("#licence").Attr("value"); got != "<b>" {
		t.Errorf("the licence that was typed is %q", got)
	}
	form.Set("version", "1.1.0")
	if got := b.Post(templates.DraftURL(d.ID), form); got.Status != http.StatusSeeOther {
		t.Errorf("another version: status %d", got.Status)
	}
	if text := webtest.TextOf(b.Get(templates.DraftURL(same.ID)).Page.Find(".notice")); !strings.Contains(text, "This questionnaire is already") {
		t.Errorf("got %q", text)
	}
	if got := b.Get(b.Get(templates.QuestionnaireURL(ref.SHA256)).Page.Find("a[href*='/difference']").AttrOr("href", "")); got.Status != http.StatusOK || !strings.Contains(got.Body, "Another bed") {
		t.Errorf("what differs between the versions: status %d", got.Status)
	}
	if rows := b.Get(templates.LibraryURL).Page.Find("th[scope=rowgroup][rowspan='2']"); rows.Length() != 1 {
		t.Errorf("%d questionnaires have two versions", rows.Length())
	}
}

func TestDraftFormIsChecked(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
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
			d := a.NewDraft(a.Actor())
			form := url.Values{"id": {"garden"}, "version": {"1.0.0"}, "title": {"Garten 🌱 <i>"}, "licence": {"مجاني"}, "team": {a.MyTeam()}}
			form.Set(tt.field, tt.value)
			got := b.Post(templates.DraftURL(d.ID), form)
			if got.Status != http.StatusUnprocessableEntity || got.Page.Find("#"+tt.field+"-error").Length() != 1 {
				t.Errorf("status %d, errors: %s", got.Status, webtest.TextOf(got.Page.Find(".errors")))
			}
			if tt.field != "licence" {
				if kept, _ := got.Page.Find("#licence").Attr("value"); kept != "مجاني" {
					t.Errorf("the licence that was typed is %q", kept)
				}
			}
		})
	}
	if all, err := a.Store.Library(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("%d questionnaires, %v", len(all), err)
	}
}

func TestDraftsAreTheirMakers(t *testing.T) {
	a := webtest.NewApp(t)
	d := a.NewDraft(a.Actor())
	other := a.SignedInAs(a.Member(a.MyTeam(), access.Lead).User)
	for _, got := range []webtest.Answer{other.Get(templates.DraftURL(d.ID)), other.Post(templates.DraftURL(d.ID), url.Values{}), other.Post(templates.DropDraftURL(d.ID), url.Values{})} {
		if got.Status != http.StatusNotFound {
			t.Errorf("status %d, want 404", got.Status)
		}
	}
	b := a.SignedIn()
	if got := b.Post(templates.DropDraftURL(d.ID), url.Values{}); got.Status != http.StatusSeeOther {
		t.Errorf("status %d", got.Status)
	}
	if got := b.Get(templates.DraftURL(d.ID)); got.Status != http.StatusNotFound {
		t.Errorf("what was dropped: status %d", got.Status)
	}
}

func TestOfferQuestionnaire(t *testing.T) {
	a := webtest.NewApp(t)
	team := a.MyTeam()
	ref := a.Imported(team)
	lead := a.SignedInAs(a.Member(team, access.Lead).User)
	other := a.OtherTeam("Payments").Workload.Team
	form := func(team, do string) url.Values { return url.Values{"team": {team}, "do": {do}} }
	enabled := func(team string) bool {
		t.Helper()
		e, err := a.Store.LibraryEntry(t.Context(), ref.SHA256)
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
		"all teams":      {form("every", "enable"), 403},
		"something else": {form(team, "burn\xff"), 422},
		"nothing":        {url.Values{}, 422},
	} {
		if got := lead.Post(templates.OfferURL(ref.SHA256), tt.form); got.Status != tt.want {
			t.Errorf("%s: status %d, want %d", name, got.Status, tt.want)
		}
	}
	if got := lead.Post(templates.OfferURL("nothing"), form(team, "enable")); got.Status != http.StatusNotFound {
		t.Errorf("unknown: status %d", got.Status)
	}
	if lead.Post(templates.OfferURL(ref.SHA256), form(team, "retire")); enabled(team) {
		t.Error("the lead could not retire it")
	}
	lead.Post(templates.OfferURL(ref.SHA256), form(team, "retire"))
	if page := lead.Get(templates.NewWorkloadURL).Page; page.Find("select#questionnaire option").Length() != 1 {
		t.Error("what is retired can still be chosen")
	}
	if a.SignedIn().Post(templates.OfferURL(ref.SHA256), form("every", "enable")); !enabled(team) || !enabled(other) {
		t.Error("the administrator could not enable it for every team")
	}
	if text := webtest.TextOf(a.SignedIn().Get(templates.QuestionnaireURL(ref.SHA256)).Page.Find("#offer")); !strings.Contains(text, "Payments Enabled") {
		t.Errorf("got %s", text)
	}
}

func TestDeleteQuestionnaireByHand(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	ref := a.Imported(a.MyTeam())
	address := templates.DeleteQuestionnaireURL(ref.SHA256)
	if got := b.Post(address, url.Values{}); got.Status != http.StatusUnprocessableEntity || got.Page.Find("#confirm-error").Length() != 1 {
		t.Errorf("without a tick: status %d", got.Status)
	}
	if got := b.Post(address, url.Values{"confirm": {"yes"}}); got.Status != http.StatusSeeOther {
		t.Errorf("status %d", got.Status)
	}
	for _, address := range []string{templates.QuestionnaireURL(ref.SHA256), templates.QuestionnaireFileURL(ref.SHA256, "questionnaire.yaml")} {
		if got := b.Get(address); got.Status != http.StatusNotFound {
			t.Errorf("%s: status %d", address, got.Status)
		}
	}
	builtin := a.NewAssessment("Shop").Questionnaire.SHA256
	if page := b.Get(templates.QuestionnaireURL(builtin)).Page; page.Find("form[action$='/delete']").Length() != 0 {
		t.Error("the page offers to delete what came with the program")
	}
	if got := b.Post(templates.DeleteQuestionnaireURL(builtin), url.Values{"confirm": {"yes"}}); got.Status != http.StatusConflict {
		t.Errorf("status %d, want 409", got.Status)
	}
}

func TestQuestionnaireFiles(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	ref := a.Imported(a.MyTeam())
	for file, media := range map[string]string{"questionnaire.yaml": "application/yaml", "lens.json": "application/json", "workbook.pdf": "application/pdf"} {
		got := b.Get(templates.QuestionnaireFileURL(ref.SHA256, file))
		if got.Status != http.StatusOK || !strings.HasPrefix(got.Header.Get("Content-Type"), media) || !strings.Contains(got.Header.Get("Content-Disposition"), `filename="garden-lens-1.0.0.`) {
			t.Errorf("%s: status %d, %s, %s", file, got.Status, got.Header.Get("Content-Type"), got.Header.Get("Content-Disposition"))
		}
	}
	q, _, err := formats.Registry{}.Import("plumbline", "q.yaml", []byte(b.Get(templates.QuestionnaireFileURL(ref.SHA256, "questionnaire.yaml")).Body))
	if err != nil || q.ID != ref.ID {
		t.Errorf("read back: %v", err)
	}
	page := b.Get(templates.QuestionnaireURL(ref.SHA256)).Page
	if text := webtest.TextOf(page.Find("main")); !strings.Contains(text, "Not supported by this format") {
		t.Error("the page does not say what a lens cannot say")
	}
}

func TestUsesOfOtherTeams(t *testing.T) {
	a := webtest.NewApp(t)
	shop := a.NewAssessment("Shop")
	other := a.OtherTeam("Payments")
	b := a.SignedInAs(a.Member(shop.Workload.Team, access.Viewer).User)
	text := webtest.TextOf(b.Get(templates.QuestionnaireURL(shop.Questionnaire.SHA256)).Page.Find("main"))
	if !strings.Contains(text, "Shop") || !strings.Contains(text, "Also by 1 assessment in teams that you are not a member of") || strings.Contains(text, other.Workload.Name) {
		t.Errorf("got %s", text)
	}
}

func TestLibrarySearch(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	q := a.Garden()
	for i := range 12 {
		q.ID, q.Title = fmt.Sprintf("garden-%d", i), fmt.Sprintf("Garden no %d", i)
		d, err := a.Store.SaveDraft(t.Context(), a.Actor(), assessment.ImportDraft{Kind: "aws-lens", Questionnaire: q})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Store.AcceptDraft(t.Context(), a.Actor(), d.ID, assessment.QuestionnaireIdentityOf(q), a.MyTeam()); err != nil {
			t.Fatal(err)
		}
	}
	for query, want := range map[string]string{"": "13 versions", "?q=garden+7": "1 of 13 versions", "?q=%3Cb%3E": "0 of 13 versions", "?q=nothing": "0 of 13 versions"} {
		page := b.Get(templates.LibraryURL + query)
		if got := webtest.TextOf(page.Page.Find("[role=status]")); page.Status != http.StatusOK || got != want {
			t.Errorf("%q: status %d, %q, want %q", query, page.Status, got, want)
		}
	}
	if got := b.Get(templates.LibraryURL + "?q=%00"); got.Status != http.StatusUnprocessableEntity || got.Page.Find(".errors").Length() != 1 {
		t.Errorf("NUL: status %d", got.Status)
	}
}
