package overview_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/web/webtest"
)

const every = 10_000

func TestOverviewBeforeTheFirstAnswer(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewAssessment("Claims").ID
	got := a.SignedIn().Get("/assessments/" + id)
	page := got.Page
	if got.Status != http.StatusOK || webtest.TextOf(page.Find("h1")) != "Claims" {
		t.Fatalf("got %d %q", got.Status, webtest.TextOf(page.Find("h1")))
	}
	if big := webtest.TextOf(page.Find(".big")); big != "0–100" {
		t.Errorf("the score is %q", big)
	}
	if text := webtest.TextOf(page.Find("#begin-h").Parent().Parent()); !strings.Contains(text, "No answers yet") {
		t.Errorf("the page says %q", text)
	}
	if n := page.Find("section ul.lines li").Length(); n != 5 {
		t.Errorf("%d places to begin, want one a pillar", n)
	}
	main := page.Find("main .title .btn-main")
	if !strings.HasPrefix(webtest.TextOf(main), "Begin: ") || !strings.HasPrefix(main.AttrOr("href", ""), "/assessments/"+id+"/principles/") {
		t.Errorf("the button %q leads to %q", webtest.TextOf(main), main.AttrOr("href", ""))
	}
	if page.Find("#findings-h, #next-h").Length() != 0 {
		t.Error("lists that follow from answers are shown without any")
	}
}

func TestOverviewHalfway(t *testing.T) {
	a := webtest.NewApp(t)
	started := a.Reviewed(assessment.Workload{Name: "Claims", Description: strings.Repeat("Long text. ", 100)}, 40, assessment.Absent)
	id := started.ID
	a.Answered(id, 100, every, assessment.Unanswered, "")
	a.Answered(id, 90, 100, assessment.NotApplicable, "hosted")
	if _, err := a.Store.TakeSnapshot(t.Context(), a.Actor(), id, "First", ""); err != nil {
		t.Fatal(err)
	}
	a.Answered(id, 0, 30, assessment.Adopted, "")
	a.Advance(24 * time.Hour)
	b := a.SignedIn()
	page := b.Get("/assessments/" + id).Page
	current, err := a.Store.Current(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}

	if text := webtest.TextOf(page.Find(".big")); !strings.Contains(text, "was ") || !strings.Contains(text, "on 23 Nov 2026") {
		t.Errorf("the score is %q", text)
	}
	if text := webtest.TextOf(page.Find(".progress p")); text != "90 of 137 practices answered, 10 not applicable" {
		t.Errorf("progress is %q", text)
	}
	full := current.Full()
	first, _ := current.Model.Place(full.Findings[0].Practice)
	rows := page.Find("#findings-h").Parent().Parent().Find("tbody tr")
	if rows.Length() != 10 || webtest.TextOf(rows.First().Find("a.row")) != first.Practice.Title {
		t.Errorf("%d findings, the first %q, want %q", rows.Length(), webtest.TextOf(rows.First().Find("a.row")), first.Practice.Title)
	}
	if href := rows.First().Find("a.row").AttrOr("href", ""); href != "/assessments/"+id+"/principles/"+first.Principle.ID+"#p-"+first.Practice.ID {
		t.Errorf("the finding leads to %q", href)
	}
	action, _ := current.Model.Place(full.Recommendations[0].Practice)
	actions := page.Find("#next-h").Parent().Parent().Find("tbody tr")
	if actions.Length() != 8 || webtest.TextOf(actions.First().Find("a.row")) != action.Practice.Title {
		t.Errorf("%d actions, the first %q, want %q", actions.Length(), webtest.TextOf(actions.First().Find("a.row")), action.Practice.Title)
	}
	if text := webtest.TextOf(actions); strings.Contains(text, " live") || strings.Contains(text, "quiet") || !strings.Contains(text, "possible to active") {
		t.Errorf("the affected tradeoffs are %q", text)
	}
	open := assessment.OpenDecisions(current.Result, nil)
	if n := page.Find("#open-h").Parent().Parent().Find("li").Length(); n != len(open) || n == 0 {
		t.Errorf("%d open decisions, want %d", n, len(open))
	}
	if lead := webtest.TextOf(page.Find(".title p").First()); !strings.HasSuffix(lead, "…") || page.Find("details.whole").Length() != 1 {
		t.Errorf("the description is %q", lead)
	}
	if n := page.Find("figure svg.radar .radar-before").Length(); n != 1 {
		t.Error("the radar does not show the last snapshot")
	}
}

func TestOverviewNamesDecisionsToLookAtAgain(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.Reviewed(assessment.Workload{Name: "Claims"}, 50, assessment.Absent).ID
	current, err := a.Store.Current(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	open := assessment.OpenDecisions(current.Result, nil)
	for _, tradeoff := range open[:2] {
		decision := assessment.Decision{Tradeoff: tradeoff, Choice: assessment.Revisit, Rationale: "Later", Owner: "Ines", Date: "2026-11-01", RevisitOn: "2026-11-20"}
		if _, err := a.Store.SaveDecision(t.Context(), a.Actor(), id, decision); err != nil {
			t.Fatal(err)
		}
	}
	section := a.SignedIn().Get("/assessments/" + id).Page.Find("#open-h").Parent().Parent()
	if n := strings.Count(webtest.TextOf(section), "Review due since 20 Nov 2026"); n != 2 {
		t.Errorf("%d decisions are due, want 2: %q", n, webtest.TextOf(section))
	}
	a.Answered(id, 0, every, assessment.Unanswered, "")
	a.Answered(id, 0, 1, assessment.Adopted, "")
	section = a.SignedIn().Get("/assessments/" + id).Page.Find("#open-h").Parent().Parent()
	if n := strings.Count(webtest.TextOf(section), "Outdated: answers changed after the decision"); n != 2 {
		t.Errorf("%d decisions are stale, want 2: %q", n, webtest.TextOf(section))
	}
}

func TestOverviewComplete(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.Reviewed(assessment.Workload{Name: "Claims"}, 100, assessment.Adopted).ID
	page := a.SignedIn().Get("/assessments/" + id).Page
	if big := webtest.TextOf(page.Find(".big")); big != "100" {
		t.Errorf("the score is %q", big)
	}
	if text := webtest.TextOf(page.Find("main .title .btn-main")); text != "Create snapshot" {
		t.Errorf("the button says %q", text)
	}
	text := webtest.TextOf(page.Find("main"))
	for _, want := range []string{"No findings among", "All applicable practices are adopted"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

func TestOverviewSaysWhenTheScoreWasTaken(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewAssessment("Claims").ID
	a.Answered(id, 0, 20, assessment.Adopted, "")
	a.Snapshot(id, "First look")
	for _, want := range []string{"as at 14:31", "as on 23 Nov 2026"} {
		if got := webtest.TextOf(a.SignedIn().Get("/assessments/" + id).Page.Find(".big small")); got != want {
			t.Errorf("beside the score stands %q, want %q", got, want)
		}
		a.Advance(24 * time.Hour)
	}
}

func TestOverviewWithNothingApplicable(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewAssessment("Claims").ID
	a.Answered(id, 0, every, assessment.NotApplicable, "another team's")
	got := a.SignedIn().Get("/assessments/" + id)
	if got.Status != http.StatusOK || webtest.TextOf(got.Page.Find(".big")) != "n/a" {
		t.Errorf("got %d %q", got.Status, webtest.TextOf(got.Page.Find(".big")))
	}
	if page := a.SignedIn().Get("/?sort=overall").Page; !slices.Equal(webtest.RowNames(page), []string{"Claims"}) {
		t.Errorf("the portfolio shows %q", webtest.RowNames(page))
	}
}

func TestOverviewGoesOnWhereThePersonStopped(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewAssessment("Claims").ID
	current, err := a.Store.Current(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	pillars := current.Model.Questionnaire().Pillars
	first, third, last := pillars[0].Principles[0], pillars[0].Principles[2], pillars[len(pillars)-1].Principles[len(pillars[len(pillars)-1].Principles)-1]
	b := a.SignedIn()
	goesTo := func() string { return b.Get("/assessments/"+id).Page.Find("main .title .btn-main").AttrOr("href", "") }
	stop := func(principle string) {
		if err := a.Store.SetPosition(t.Context(), a.Actor().User.ID, id, principle); err != nil {
			t.Fatal(err)
		}
	}
	count := 0
	for _, question := range first.Questions {
		count += len(question.Practices)
	}
	a.Answered(id, 0, count, assessment.Adopted, "")
	address := "/assessments/" + id + "/principles/"
	if got := goesTo(); got != address+pillars[0].Principles[1].ID {
		t.Errorf("without a place: %q", got)
	}
	stop(third.ID)
	if got := goesTo(); got != address+third.ID {
		t.Errorf("an open principle: %q, want %q", got, third.ID)
	}
	stop(first.ID)
	if got := goesTo(); got != address+pillars[0].Principles[1].ID {
		t.Errorf("an answered principle: %q, want the next", got)
	}
	lastCount := 0
	for _, question := range last.Questions {
		lastCount += len(question.Practices)
	}
	n := len(a.Practices(id))
	a.Answered(id, n-lastCount, n, assessment.Adopted, "")
	stop(last.ID)
	if got := goesTo(); got != address+pillars[0].Principles[1].ID {
		t.Errorf("after the last principle: %q, want the first open one", got)
	}
}

func TestOverviewUnknown(t *testing.T) {
	b := webtest.NewApp(t).SignedIn()
	for _, path := range []string{"/assessments/none", "/assessments/none/findings", "/assessments/%00", "/assessments/" + strings.Repeat("x", 2000)} {
		if got := b.Get(path); got.Status != http.StatusNotFound {
			t.Errorf("%.40s: status %d, want 404", path, got.Status)
		}
	}
}
