package library_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/content/formats"
	"plumbline/templates"
	"plumbline/web/webtest"
)

// TestImportedLensIsUsed goes with an imported lens the whole way: walk, risk by its rules, findings, snapshots,
// comparison, report.
func TestImportedLensIsUsed(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	ref := a.Imported(a.MyTeam())
	form := webtest.NewWorkloadForm(t, b, "Kitchen garden")
	if got := form.Get("questionnaire"); got == ref.SHA256 || got == "" {
		t.Errorf("the questionnaire chosen at first is %q", got)
	}
	form.Set("questionnaire", ref.SHA256)
	shown := b.Post(templates.NewWorkloadURL, with(form, "do", "pillars"))
	if shown.Page.Find("[name='priority.pillar0']").Length() != 1 || shown.Page.Find("[name='priority.security']").Length() != 0 {
		t.Error("the form does not ask for the pillars of the lens")
	}
	form.Set("priority.pillar0", "2")
	made := b.Post(templates.NewWorkloadURL, form)
	if made.Status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", made.Status, webtest.TextOf(made.Page.Find("main")))
	}
	id := strings.Split(made.Header.Get("Location"), "/")[2]
	q := a.State(id).Model.Questionnaire()
	principle := q.Pillars[0].Principles[0]
	practices := principle.Questions[0].Practices
	walk := templates.PrincipleURL(id, principle.ID)

	risk := func() string { return webtest.TextOf(b.Get(walk).Page.Find("#picture .ruled")) }
	if got := risk(); got != "Unknown" {
		t.Errorf("before the first answer the risk is %q", got)
	}
	page := b.Get(walk)
	if text := page.Body; strings.Contains(text, "lens-none") || strings.Contains(text, "lens-rule") || !strings.Contains(text, "https://example.org/B0Q0") || !strings.Contains(text, "Rows differ.") {
		t.Error("the walk shows references that are for the way back alone, or no link or help")
	}
	if text := webtest.TextOf(page.Page.Find("#picture")); !strings.Contains(text, "None if 1 and 2 are both present; medium if 1 is present; high otherwise.") {
		t.Errorf("the walk does not say the rules: %s", text)
	}
	answer := func(practice int, status assessment.Status, want string) {
		t.Helper()
		saved := a.State(id).State.Answer(practices[practice].ID).Version
		if _, err := a.Store.SaveAnswer(t.Context(), a.Actor(), id, assessment.SaveAnswer{Practice: practices[practice].ID, Version: saved, Answer: assessment.Answer{Status: status}}); err != nil {
			t.Fatal(err)
		}
		if got := risk(); got != want {
			t.Errorf("the risk is %q, want %q", got, want)
		}
	}
	answer(1, assessment.Adopted, "High")
	first := a.Snapshot(id, "First")
	answer(0, assessment.Adopted, "None")
	answer(1, assessment.Absent, "Medium")
	second := a.Snapshot(id, "Second")

	for _, address := range []string{templates.AssessmentURL(id), templates.TradeoffsURL(id), templates.PlanURL(id), templates.SnapshotURL(second.ID),
		templates.CompareTwoURL(id, first.ID, second.ID), templates.FindingsURL(id), templates.ReportsURL(id)} {
		if got := b.Get(address); got.Status != http.StatusOK {
			t.Errorf("%s: status %d", address, got.Status)
		}
	}
	if text := webtest.TextOf(b.Get(templates.FindingsURL(id)).Page.Find("main")); !strings.Contains(text, practices[1].Title) {
		t.Errorf("the findings: %s", text)
	}
	if text := webtest.TextOf(b.Get(templates.TradeoffsURL(id)).Page.Find("main")); !strings.Contains(text, "has no tradeoffs") {
		t.Errorf("the tradeoffs: %s", text)
	}
	report := b.Post(templates.MakeReportURL(second.ID), url.Values{})
	pdf := b.Get(report.Header.Get("Location"))
	if pdf.Status != http.StatusOK || !strings.HasPrefix(pdf.Body, "%PDF") {
		t.Errorf("the report: status %d", pdf.Status)
	}
	if text := webtest.TextOf(b.Get(templates.QuestionnaireURL(ref.SHA256)).Page.Find("main")); !strings.Contains(text, "Kitchen garden") || !strings.Contains(text, "2 snapshots use it") {
		t.Errorf("where it is used: %s", text)
	}
}

func with(form url.Values, name, value string) url.Values {
	changed := url.Values{}
	for key, values := range form {
		changed[key] = values
	}
	changed.Set(name, value)
	return changed
}

// TestLongLens walks to the end of a lens of 10 pillars and 200 practices.
func TestLongLens(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	q, losses, err := formats.Registry{}.Import("aws-lens", "long.json", []byte(webtest.LensFile(10, 4, 5)))
	if err != nil {
		t.Fatal(err)
	}
	d, err := a.Store.SaveDraft(t.Context(), a.Actor(), assessment.ImportDraft{Kind: "aws-lens", FileName: "long.json", Questionnaire: q, Losses: losses})
	if err != nil {
		t.Fatal(err)
	}
	ref, err := a.Store.AcceptDraft(t.Context(), a.Actor(), d.ID, assessment.QuestionnaireIdentityOf(q), "")
	if err != nil {
		t.Fatal(err)
	}
	started, err := a.Store.CreateWorkload(t.Context(), a.Actor(), assessment.Workload{Team: a.MyTeam(), Name: "Long"}, ref.SHA256, nil)
	if err != nil {
		t.Fatal(err)
	}
	last := q.Pillars[9].Principles[3]
	for _, address := range []string{templates.PrincipleURL(started.ID, last.ID), templates.AssessmentURL(started.ID), templates.PlanURL(started.ID), templates.QuestionnaireURL(ref.SHA256), "/"} {
		if got := b.Get(address); got.Status != http.StatusOK {
			t.Errorf("%s: status %d", address, got.Status)
		}
	}
}

func TestOneMoreAssessment(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	shop := a.NewAssessment("Shop")
	ref := a.Imported(a.MyTeam())
	settings := b.Get(templates.EditWorkloadURL(shop.Workload.ID))
	address, _ := settings.Page.Find("a[href$='/assessments']").Attr("href")
	form := webtest.FormValues(t, b.Get(address), "main form")
	if got := form.Get("questionnaire"); got != shop.Questionnaire.SHA256 {
		t.Errorf("the questionnaire chosen at first is %q", got)
	}
	bad := map[string]struct{ field, value, says string }{
		"no questionnaire":      {"questionnaire", "", "Choose a questionnaire from the list"},
		"unknown questionnaire": {"questionnaire", "\xff\x00<b>", "Choose a questionnaire from the list"},
		"10,000 characters":     {"questionnaire", strings.Repeat("x", 10_000), "Choose a questionnaire from the list"},
		"priority":              {"priority.security", "eleven", "Security"},
		"priority out of range": {"priority.security", "1e9", "Security"},
	}
	for name, tt := range bad {
		got := b.Post(address, with(form, tt.field, tt.value))
		if text := webtest.TextOf(got.Page.Find(".errors")); got.Status != http.StatusUnprocessableEntity || !strings.Contains(text, tt.says) {
			t.Errorf("%s: status %d, %q", name, got.Status, text)
		}
	}
	form.Set("questionnaire", ref.SHA256)
	first := b.Post(address, form)
	if first.Status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", first.Status, webtest.TextOf(first.Page.Find("main")))
	}
	if again := b.Post(address, form); again.Header.Get("Location") != first.Header.Get("Location") {
		t.Errorf("the same form sent twice leads to %s and %s", first.Header.Get("Location"), again.Header.Get("Location"))
	}
	overview := b.Get(templates.AssessmentURL(shop.ID))
	if got := overview.Page.Find(".switch a").Length(); got != 2 {
		t.Errorf("the overview leads to %d assessments, want 2", got)
	}
	if got := webtest.TextOf(overview.Page.Find(".crumbs")); !strings.Contains(got, shop.Questionnaire.Title) {
		t.Errorf("the crumbs do not say which assessment it is: %q", got)
	}
	portfolio := b.Get("/")
	if got := webtest.TextOf(portfolio.Page.Find(".filtered [role=status]")); got != "1 workload" {
		t.Errorf("the portfolio counts %q", got)
	}
	if got := portfolio.Page.Find("table.heat").Length(); got != 2 {
		t.Errorf("the portfolio has %d tables, want one a questionnaire", got)
	}
	if got := b.Get(templates.EditWorkloadURL(shop.Workload.ID)).Page.Find("[aria-labelledby='assessments-h'] li").Length(); got != 2 {
		t.Errorf("the settings list %d assessments", got)
	}
	if err := a.Store.ArchiveWorkload(t.Context(), a.Actor(), shop.Workload.ID, 1, true); err != nil {
		t.Fatal(err)
	}
	for _, got := range []webtest.Answer{b.Get(address), b.Post(address, form)} {
		if got.Status == http.StatusOK || got.Status >= 500 {
			t.Errorf("of an archived workload: status %d", got.Status)
		}
	}
}

// TestSameQuestionnaireTwice tells two assessments of one workload with one questionnaire apart.
func TestSameQuestionnaireTwice(t *testing.T) {
	a := webtest.NewApp(t)
	shop := a.NewAssessment("Shop")
	if _, err := a.Store.StartAssessment(t.Context(), a.Actor(), shop); err != nil {
		t.Fatal(err)
	}
	shop.ID = ""
	if _, err := a.Store.StartAssessment(t.Context(), a.Actor(), shop); err != nil {
		t.Fatal(err)
	}
	rows := a.SignedIn().Get("/").Page.Find("table.heat tbody tr")
	if rows.Length() != 2 || !strings.Contains(webtest.TextOf(rows), "1.1.0, since") {
		t.Errorf("%d rows: %s", rows.Length(), webtest.TextOf(rows))
	}
}

func TestWorkloadOfATeamThatIsOfferedNothing(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	ref := a.NewAssessment("Shop").Questionnaire
	form := webtest.NewWorkloadForm(t, b, "Late")
	if err := a.Store.EnableQuestionnaire(t.Context(), a.Actor(), ref.SHA256, a.MyTeam(), false); err != nil {
		t.Fatal(err)
	}
	page := b.Get(templates.NewWorkloadURL)
	if text := webtest.TextOf(page.Page.Find("#measure")); page.Status != http.StatusOK || !strings.Contains(text, "No questionnaire is enabled") {
		t.Errorf("status %d: %s", page.Status, text)
	}
	if got := b.Post(templates.NewWorkloadURL, form); got.Status != http.StatusUnprocessableEntity || got.Page.Find("#questionnaire-error").Length() != 1 {
		t.Errorf("status %d", got.Status)
	}
	if got := b.Get("/"); got.Status != http.StatusOK || !strings.Contains(got.Body, "Shop") {
		t.Error("what runs does not go on")
	}
}

// TestQuestionnairesFollowTheTeam offers for a new workload what its team is offered, and takes nothing else.
func TestQuestionnairesFollowTheTeam(t *testing.T) {
	a := webtest.NewApp(t)
	other := a.OtherTeam("Payments").Workload.Team
	ref := a.Imported(other)
	b := a.SignedIn()
	form := webtest.NewWorkloadForm(t, b, "Claims")
	offered := func(team string) bool {
		t.Helper()
		page := b.Live(templates.NewWorkloadURL, with(with(form, "team", team), "do", "pillars"))
		if page.Status != http.StatusOK {
			t.Fatalf("status %d", page.Status)
		}
		return page.Page.Find("#measure option[value='"+ref.SHA256+"']").Length() == 1
	}
	if !offered("") || !offered(other) || offered(a.MyTeam()) {
		t.Errorf("offered to any %v, to the team %v, to another %v", offered(""), offered(other), offered(a.MyTeam()))
	}
	form.Set("questionnaire", ref.SHA256)
	if got := b.Post(templates.NewWorkloadURL, with(form, "team", a.MyTeam())); got.Status != http.StatusUnprocessableEntity || got.Page.Find("#questionnaire-error").Length() != 1 {
		t.Errorf("for a team that is not offered it: status %d", got.Status)
	}
	if got := b.Post(templates.NewWorkloadURL, with(form, "team", other)); got.Status != http.StatusSeeOther {
		t.Errorf("for the team: status %d", got.Status)
	}
}
