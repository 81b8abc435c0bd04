package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/content/formats"
	"plumbline/templates"
)

// TestImportedLensIsUsed goes with an imported lens the whole way: walk, risk by its rules, findings, snapshots,
// comparison, report.
func TestImportedLensIsUsed(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	ref := a.imported(a.myTeam())
	form := newWorkloadForm(t, b, "Kitchen garden")
	if got := form.Get("questionnaire"); got == ref.SHA256 || got == "" {
		t.Errorf("the questionnaire chosen at first is %q", got)
	}
	form.Set("questionnaire", ref.SHA256)
	shown := b.post(templates.NewWorkloadURL, with(form, "do", "pillars"))
	if shown.page.Find("[name='priority.pillar0']").Length() != 1 || shown.page.Find("[name='priority.security']").Length() != 0 {
		t.Error("the form does not ask for the pillars of the lens")
	}
	form.Set("priority.pillar0", "2")
	made := b.post(templates.NewWorkloadURL, form)
	if made.status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", made.status, textOf(made.page.Find("main")))
	}
	id := strings.Split(made.header.Get("Location"), "/")[2]
	q := a.state(id).Model.Questionnaire()
	principle := q.Pillars[0].Principles[0]
	practices := principle.Questions[0].Practices
	walk := templates.PrincipleURL(id, principle.ID)

	risk := func() string { return textOf(b.get(walk).page.Find("#picture .ruled")) }
	if got := risk(); got != "Unknown" {
		t.Errorf("before the first answer the risk is %q", got)
	}
	page := b.get(walk)
	if text := page.body; strings.Contains(text, "lens-none") || strings.Contains(text, "lens-rule") || !strings.Contains(text, "https://example.org/B0Q0") || !strings.Contains(text, "Rows differ.") {
		t.Error("the walk shows references that are for the way back alone, or no link or help")
	}
	if text := textOf(page.page.Find("#picture")); !strings.Contains(text, "None where 1 and 2 are both there; medium where 1 is there; high otherwise.") {
		t.Errorf("the walk does not say the rules: %s", text)
	}
	answer := func(practice int, status assessment.Status, want string) {
		t.Helper()
		saved := a.state(id).State.Answer(practices[practice].ID).Version
		if _, err := a.store.SaveAnswer(t.Context(), a.actor(), id, assessment.SaveAnswer{Practice: practices[practice].ID, Version: saved, Answer: assessment.Answer{Status: status}}); err != nil {
			t.Fatal(err)
		}
		if got := risk(); got != want {
			t.Errorf("the risk is %q, want %q", got, want)
		}
	}
	answer(1, assessment.Adopted, "High")
	first := a.snapshot(id, "First")
	answer(0, assessment.Adopted, "None")
	answer(1, assessment.Absent, "Medium")
	second := a.snapshot(id, "Second")

	for _, address := range []string{templates.AssessmentURL(id), templates.TradeoffsURL(id), templates.PlanURL(id), templates.SnapshotURL(second.ID),
		templates.CompareTwoURL(id, first.ID, second.ID), templates.FindingsURL(id), templates.ReportsURL(id)} {
		if got := b.get(address); got.status != http.StatusOK {
			t.Errorf("%s: status %d", address, got.status)
		}
	}
	if text := textOf(b.get(templates.FindingsURL(id)).page.Find("main")); !strings.Contains(text, practices[1].Title) {
		t.Errorf("the findings: %s", text)
	}
	if text := textOf(b.get(templates.TradeoffsURL(id)).page.Find("main")); !strings.Contains(text, "has no tradeoffs") {
		t.Errorf("the tradeoffs: %s", text)
	}
	report := b.post(templates.MakeReportURL(second.ID), url.Values{})
	pdf := b.get(report.header.Get("Location"))
	if pdf.status != http.StatusOK || !strings.HasPrefix(pdf.body, "%PDF") {
		t.Errorf("the report: status %d", pdf.status)
	}
	if text := textOf(b.get(templates.QuestionnaireURL(ref.SHA256)).page.Find("main")); !strings.Contains(text, "Kitchen garden") || !strings.Contains(text, "2 snapshots were taken of it") {
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
	a := newApp(t)
	b := a.signedIn()
	q, losses, err := formats.Registry{}.Import("aws-lens", "long.json", []byte(lensFile(10, 4, 5)))
	if err != nil {
		t.Fatal(err)
	}
	d, err := a.store.SaveDraft(t.Context(), a.actor(), assessment.ImportDraft{Kind: "aws-lens", FileName: "long.json", Questionnaire: q, Losses: losses})
	if err != nil {
		t.Fatal(err)
	}
	ref, err := a.store.AcceptDraft(t.Context(), a.actor(), d.ID, assessment.QuestionnaireIdentityOf(q), "")
	if err != nil {
		t.Fatal(err)
	}
	started, err := a.store.CreateWorkload(t.Context(), a.actor(), assessment.Workload{Team: a.myTeam(), Name: "Long"}, ref.SHA256, nil)
	if err != nil {
		t.Fatal(err)
	}
	last := q.Pillars[9].Principles[3]
	for _, address := range []string{templates.PrincipleURL(started.ID, last.ID), templates.AssessmentURL(started.ID), templates.PlanURL(started.ID), templates.QuestionnaireURL(ref.SHA256), "/"} {
		if got := b.get(address); got.status != http.StatusOK {
			t.Errorf("%s: status %d", address, got.status)
		}
	}
}

func TestOneMoreAssessment(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	shop := a.newAssessment("Shop")
	ref := a.imported(a.myTeam())
	settings := b.get(templates.EditWorkloadURL(shop.Workload.ID))
	address, _ := settings.page.Find("a[href$='/assessments']").Attr("href")
	form := formValues(t, b.get(address), "main form")
	if got := form.Get("questionnaire"); got != shop.Questionnaire.SHA256 {
		t.Errorf("the questionnaire chosen at first is %q", got)
	}
	bad := map[string]struct{ field, value, says string }{
		"no questionnaire":      {"questionnaire", "", "choose one of the list"},
		"unknown questionnaire": {"questionnaire", "\xff\x00<b>", "choose one of the list"},
		"10,000 characters":     {"questionnaire", strings.Repeat("x", 10_000), "choose one of the list"},
		"priority":              {"priority.security", "eleven", "Security"},
		"priority out of range": {"priority.security", "1e9", "Security"},
	}
	for name, tt := range bad {
		got := b.post(address, with(form, tt.field, tt.value))
		if text := textOf(got.page.Find(".errors")); got.status != http.StatusUnprocessableEntity || !strings.Contains(text, tt.says) {
			t.Errorf("%s: status %d, %q", name, got.status, text)
		}
	}
	form.Set("questionnaire", ref.SHA256)
	first := b.post(address, form)
	if first.status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", first.status, textOf(first.page.Find("main")))
	}
	if again := b.post(address, form); again.header.Get("Location") != first.header.Get("Location") {
		t.Errorf("the same form sent twice leads to %s and %s", first.header.Get("Location"), again.header.Get("Location"))
	}
	overview := b.get(templates.AssessmentURL(shop.ID))
	if got := overview.page.Find(".switch a").Length(); got != 2 {
		t.Errorf("the overview leads to %d assessments, want 2", got)
	}
	if got := textOf(overview.page.Find(".crumbs")); !strings.Contains(got, shop.Questionnaire.Title) {
		t.Errorf("the crumbs do not say which assessment it is: %q", got)
	}
	portfolio := b.get("/")
	if got := textOf(portfolio.page.Find(".filtered [role=status]")); got != "1 workload" {
		t.Errorf("the portfolio counts %q", got)
	}
	if got := portfolio.page.Find("table.heat").Length(); got != 2 {
		t.Errorf("the portfolio has %d tables, want one a questionnaire", got)
	}
	if got := b.get(templates.EditWorkloadURL(shop.Workload.ID)).page.Find("[aria-labelledby='assessments-h'] li").Length(); got != 2 {
		t.Errorf("the settings list %d assessments", got)
	}
	if err := a.store.ArchiveWorkload(t.Context(), a.actor(), shop.Workload.ID, 1, true); err != nil {
		t.Fatal(err)
	}
	for _, got := range []answer{b.get(address), b.post(address, form)} {
		if got.status == http.StatusOK || got.status >= 500 {
			t.Errorf("of an archived workload: status %d", got.status)
		}
	}
}

// TestSameQuestionnaireTwice tells two assessments of one workload with one questionnaire apart.
func TestSameQuestionnaireTwice(t *testing.T) {
	a := newApp(t)
	shop := a.newAssessment("Shop")
	if _, err := a.store.StartAssessment(t.Context(), a.actor(), shop); err != nil {
		t.Fatal(err)
	}
	shop.ID = ""
	if _, err := a.store.StartAssessment(t.Context(), a.actor(), shop); err != nil {
		t.Fatal(err)
	}
	rows := a.signedIn().get("/").page.Find("table.heat tbody tr")
	if rows.Length() != 2 || !strings.Contains(textOf(rows), "1.0.0, since") {
		t.Errorf("%d rows: %s", rows.Length(), textOf(rows))
	}
}

func TestWorkloadOfATeamThatIsOfferedNothing(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	ref := a.newAssessment("Shop").Questionnaire
	form := newWorkloadForm(t, b, "Late")
	if err := a.store.EnableQuestionnaire(t.Context(), a.actor(), ref.SHA256, a.myTeam(), false); err != nil {
		t.Fatal(err)
	}
	page := b.get(templates.NewWorkloadURL)
	if text := textOf(page.page.Find("#measure")); page.status != http.StatusOK || !strings.Contains(text, "The team is offered none") {
		t.Errorf("status %d: %s", page.status, text)
	}
	if got := b.post(templates.NewWorkloadURL, form); got.status != http.StatusUnprocessableEntity || got.page.Find("#questionnaire-error").Length() != 1 {
		t.Errorf("status %d", got.status)
	}
	if got := b.get("/"); got.status != http.StatusOK || !strings.Contains(got.body, "Shop") {
		t.Error("what runs does not go on")
	}
}

// TestQuestionnairesFollowTheTeam offers for a new workload what its team is offered, and takes nothing else.
func TestQuestionnairesFollowTheTeam(t *testing.T) {
	a := newApp(t)
	other := a.otherTeam("Payments").Workload.Team
	ref := a.imported(other)
	b := a.signedIn()
	form := newWorkloadForm(t, b, "Claims")
	offered := func(team string) bool {
		t.Helper()
		page := b.live(templates.NewWorkloadURL, with(with(form, "team", team), "do", "pillars"))
		if page.status != http.StatusOK {
			t.Fatalf("status %d", page.status)
		}
		return page.page.Find("#measure option[value='"+ref.SHA256+"']").Length() == 1
	}
	if !offered("") || !offered(other) || offered(a.myTeam()) {
		t.Errorf("offered to any %v, to the team %v, to another %v", offered(""), offered(other), offered(a.myTeam()))
	}
	form.Set("questionnaire", ref.SHA256)
	if got := b.post(templates.NewWorkloadURL, with(form, "team", a.myTeam())); got.status != http.StatusUnprocessableEntity || got.page.Find("#questionnaire-error").Length() != 1 {
		t.Errorf("for a team that is not offered it: status %d", got.status)
	}
	if got := b.post(templates.NewWorkloadURL, with(form, "team", other)); got.status != http.StatusSeeOther {
		t.Errorf("for the team: status %d", got.status)
	}
}
