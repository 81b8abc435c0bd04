package web_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
)

// answered saves one status for the practices at the positions from first to last-1.
func (a *app) answered(id string, first, last int, status assessment.Status, reason string) {
	a.t.Helper()
	current, err := a.store.Current(context.Background(), id)
	if err != nil {
		a.t.Fatal(err)
	}
	practices := a.practices(id)
	var saves []assessment.SaveAnswer
	for _, practice := range practices[first:min(last, len(practices))] {
		saves = append(saves, assessment.SaveAnswer{Practice: practice.ID, Version: current.State.Answer(practice.ID).Version,
			Answer: assessment.Answer{Status: status, Reason: reason}})
	}
	if _, err := a.store.SaveAnswers(context.Background(), a.actor(), id, saves); err != nil {
		a.t.Fatal(err)
	}
}

const every = 10_000

func TestOverviewBeforeTheFirstAnswer(t *testing.T) {
	a := newApp(t)
	id := a.newAssessment("Claims").ID
	got := a.signedIn().get("/assessments/" + id)
	page := got.page
	if got.status != http.StatusOK || textOf(page.Find("h1")) != "Claims" {
		t.Fatalf("got %d %q", got.status, textOf(page.Find("h1")))
	}
	if big := textOf(page.Find(".big")); big != "0–100" {
		t.Errorf("the score is %q", big)
	}
	if text := textOf(page.Find("#begin-h").Parent().Parent()); !strings.Contains(text, "Nothing is answered yet") {
		t.Errorf("the page says %q", text)
	}
	if n := page.Find("section ul.lines li").Length(); n != 5 {
		t.Errorf("%d places to begin, want one a pillar", n)
	}
	main := page.Find("main .title .btn-main")
	if !strings.HasPrefix(textOf(main), "Begin: ") || !strings.HasPrefix(main.AttrOr("href", ""), "/assessments/"+id+"/principles/") {
		t.Errorf("the button %q leads to %q", textOf(main), main.AttrOr("href", ""))
	}
	if page.Find("#findings-h, #next-h").Length() != 0 {
		t.Error("lists that follow from answers are shown without any")
	}
}

func TestOverviewHalfway(t *testing.T) {
	a := newApp(t)
	started := a.reviewed(assessment.Workload{Name: "Claims", Description: strings.Repeat("Long text. ", 100)}, 40, assessment.Absent)
	id := started.ID
	a.answered(id, 100, every, assessment.Unanswered, "")
	a.answered(id, 90, 100, assessment.NotApplicable, "hosted")
	if _, err := a.store.TakeSnapshot(t.Context(), a.actor(), id, "First", ""); err != nil {
		t.Fatal(err)
	}
	a.answered(id, 0, 30, assessment.Adopted, "")
	a.now = a.now.Add(24 * time.Hour)
	b := a.signedIn()
	page := b.get("/assessments/" + id).page
	current, err := a.store.Current(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}

	if text := textOf(page.Find(".big")); !strings.Contains(text, "was ") || !strings.Contains(text, "on 23 Nov 2026") {
		t.Errorf("the score is %q", text)
	}
	if text := textOf(page.Find(".progress p")); text != "90 of 125 practices answered, 10 do not apply" {
		t.Errorf("progress is %q", text)
	}
	full := current.Full()
	first, _ := current.Model.Place(full.Findings[0].Practice)
	rows := page.Find("#findings-h").Parent().Parent().Find("tbody tr")
	if rows.Length() != 10 || textOf(rows.First().Find("a.row")) != first.Practice.Title {
		t.Errorf("%d findings, the first %q, want %q", rows.Length(), textOf(rows.First().Find("a.row")), first.Practice.Title)
	}
	if href := rows.First().Find("a.row").AttrOr("href", ""); href != "/assessments/"+id+"/principles/"+first.Principle.ID+"#p-"+first.Practice.ID {
		t.Errorf("the finding leads to %q", href)
	}
	action, _ := current.Model.Place(full.Recommendations[0].Practice)
	actions := page.Find("#next-h").Parent().Parent().Find("tbody tr")
	if actions.Length() != 8 || textOf(actions.First().Find("a.row")) != action.Practice.Title {
		t.Errorf("%d actions, the first %q, want %q", actions.Length(), textOf(actions.First().Find("a.row")), action.Practice.Title)
	}
	open := assessment.OpenDecisions(current.Result, nil)
	if n := page.Find("#open-h").Parent().Parent().Find("li").Length(); n != len(open) || n == 0 {
		t.Errorf("%d open decisions, want %d", n, len(open))
	}
	if lead := textOf(page.Find(".title p").First()); !strings.HasSuffix(lead, "…") || page.Find("details.whole").Length() != 1 {
		t.Errorf("the description is %q", lead)
	}
	if n := page.Find("figure svg.radar .radar-before").Length(); n != 1 {
		t.Error("the radar does not show the last snapshot")
	}
}

func TestOverviewNamesDecisionsToLookAtAgain(t *testing.T) {
	a := newApp(t)
	id := a.reviewed(assessment.Workload{Name: "Claims"}, 50, assessment.Absent).ID
	current, err := a.store.Current(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	open := assessment.OpenDecisions(current.Result, nil)
	for _, tradeoff := range open[:2] {
		decision := assessment.Decision{Tradeoff: tradeoff, Choice: assessment.Revisit, Rationale: "Later", Owner: "Ines", Date: "2026-11-01", RevisitOn: "2026-11-20"}
		if _, err := a.store.SaveDecision(t.Context(), a.actor(), id, decision); err != nil {
			t.Fatal(err)
		}
	}
	section := a.signedIn().get("/assessments/" + id).page.Find("#open-h").Parent().Parent()
	if n := strings.Count(textOf(section), "Due: to be looked at again since 20 Nov 2026"); n != 2 {
		t.Errorf("%d decisions are due, want 2: %q", n, textOf(section))
	}
	a.answered(id, 0, every, assessment.Unanswered, "")
	a.answered(id, 0, 1, assessment.Adopted, "")
	section = a.signedIn().get("/assessments/" + id).page.Find("#open-h").Parent().Parent()
	if n := strings.Count(textOf(section), "Stale: answers changed since it was decided"); n != 2 {
		t.Errorf("%d decisions are stale, want 2: %q", n, textOf(section))
	}
}

func TestOverviewComplete(t *testing.T) {
	a := newApp(t)
	id := a.reviewed(assessment.Workload{Name: "Claims"}, 100, assessment.Adopted).ID
	page := a.signedIn().get("/assessments/" + id).page
	if big := textOf(page.Find(".big")); big != "100" {
		t.Errorf("the score is %q", big)
	}
	if text := textOf(page.Find("main .title .btn-main")); text != "Take snapshot" {
		t.Errorf("the button says %q", text)
	}
	text := textOf(page.Find("main"))
	for _, want := range []string{"No practice is missing", "Every practice that applies is adopted"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

func TestOverviewSaysWhenTheScoreWasTaken(t *testing.T) {
	a := newApp(t)
	id := a.newAssessment("Claims").ID
	a.answered(id, 0, 20, assessment.Adopted, "")
	a.snapshot(id, "First look")
	for _, want := range []string{"as at 14:31", "as on 23 Nov 2026"} {
		if got := textOf(a.signedIn().get("/assessments/" + id).page.Find(".big small")); got != want {
			t.Errorf("beside the score stands %q, want %q", got, want)
		}
		a.now = a.now.Add(24 * time.Hour)
	}
}

func TestOverviewWithNothingApplicable(t *testing.T) {
	a := newApp(t)
	id := a.newAssessment("Claims").ID
	a.answered(id, 0, every, assessment.NotApplicable, "another team's")
	got := a.signedIn().get("/assessments/" + id)
	if got.status != http.StatusOK || textOf(got.page.Find(".big")) != "n/a" {
		t.Errorf("got %d %q", got.status, textOf(got.page.Find(".big")))
	}
	if page := a.signedIn().get("/?sort=overall").page; !slices.Equal(rowNames(page), []string{"Claims"}) {
		t.Errorf("the portfolio shows %q", rowNames(page))
	}
}

func TestOverviewGoesOnWhereThePersonStopped(t *testing.T) {
	a := newApp(t)
	id := a.newAssessment("Claims").ID
	current, err := a.store.Current(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	pillars := current.Model.Questionnaire().Pillars
	first, third, last := pillars[0].Principles[0], pillars[0].Principles[2], pillars[len(pillars)-1].Principles[len(pillars[len(pillars)-1].Principles)-1]
	b := a.signedIn()
	goesTo := func() string { return b.get("/assessments/"+id).page.Find("main .title .btn-main").AttrOr("href", "") }
	stop := func(principle string) {
		if err := a.store.SetPosition(t.Context(), a.actor().User.ID, id, principle); err != nil {
			t.Fatal(err)
		}
	}
	count := 0
	for _, question := range first.Questions {
		count += len(question.Practices)
	}
	a.answered(id, 0, count, assessment.Adopted, "")
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
	n := len(a.practices(id))
	a.answered(id, n-lastCount, n, assessment.Adopted, "")
	stop(last.ID)
	if got := goesTo(); got != address+pillars[0].Principles[1].ID {
		t.Errorf("after the last principle: %q, want the first open one", got)
	}
}

func TestOverviewUnknown(t *testing.T) {
	b := newApp(t).signedIn()
	for _, path := range []string{"/assessments/none", "/assessments/none/findings", "/assessments/%00", "/assessments/" + strings.Repeat("x", 2000)} {
		if got := b.get(path); got.status != http.StatusNotFound {
			t.Errorf("%.40s: status %d, want 404", path, got.status)
		}
	}
}
