package web_test

import (
	"context"
	"encoding/json"
	"math"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/templates"
)

// points reads a number of a page, with the sign that the stylesheet puts before it.
func points(t *testing.T, cell *goquery.Selection) float64 {
	t.Helper()
	text := strings.NewReplacer("−", "-", "+", "").Replace(strings.TrimSpace(cell.Text()))
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatalf("no number: %v", err)
	}
	if cell.Find(".down").Length() > 0 {
		v = -v
	}
	return v
}

// tenths is a number in steps of 0.1, so that sums are exact.
func tenths(v float64) int { return int(math.Round(v * 10)) }

// checkWaterfall fails where the numbers that a page shows do not add up, in the table and in the line above it.
func checkWaterfall(t *testing.T, page *goquery.Document) (first, last float64) {
	t.Helper()
	rows := page.Find(".waterfall tbody tr")
	if rows.Length() < 5 {
		t.Fatalf("the waterfall has %d rows", rows.Length())
	}
	first, last = points(t, rows.First().Find("td.num")), points(t, rows.Last().Find("td.num"))
	sum := tenths(first)
	rows.Slice(1, rows.Length()-1).Each(func(_ int, row *goquery.Selection) { sum += tenths(points(t, row.Find("td.num"))) })
	if sum != tenths(last) {
		t.Errorf("the parts lead to %.1f, the last row says %.1f", float64(sum)/10, last)
	}
	left, right, ok := strings.Cut(page.Find(".sum").Text(), " = ")
	if !ok || left == "" {
		t.Fatalf("no sum: %q", page.Find(".sum").Text())
	}
	total, sign := 0, 1
	for word := range strings.FieldsSeq(left) {
		switch word {
		case "+":
			sign = 1
		case "−":
			sign = -1
		default:
			v, err := strconv.ParseFloat(word, 64)
			if err != nil {
				t.Fatal(err)
			}
			total += sign * tenths(v)
		}
	}
	if want, err := strconv.ParseFloat(right, 64); err != nil || total != tenths(want) || total != sum {
		t.Errorf("the line %q does not add up", page.Find(".sum").Text())
	}
	overall := page.Find("tr.lead-row td.num")
	if before, after := points(t, overall.Eq(0)), points(t, overall.Eq(1)); before != first || after != last {
		t.Errorf("overall from %.1f to %.1f, the waterfall from %.1f to %.1f", before, after, first, last)
	}
	if change := points(t, overall.Eq(2)); tenths(change) != tenths(last)-tenths(first) {
		t.Errorf("the change is %.1f, from %.1f to %.1f", change, first, last)
	}
	return first, last
}

// TestWaterfallAddsUp compares random states of an assessment, with other priorities and other applicability.
func TestWaterfallAddsUp(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	started := a.newAssessment("Claims triage")
	id := started.ID
	random := rand.New(rand.NewPCG(1, 2))
	for range 12 {
		a.answerAll(id, func(int) assessment.Status { return cycle(random.IntN(5)) })
		current, err := a.store.Current(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		priorities := assessment.Priorities{"security": float64(random.IntN(5)) / 2, "cost": float64(random.IntN(3))}
		if err := a.store.SetPriorities(t.Context(), a.actor(), id, current.State.Version, priorities); err != nil {
			t.Fatal(err)
		}
		a.snapshot(id, "Review")
	}
	list := a.snapshots(id)
	for range 20 {
		before, after := list[random.IntN(len(list))].ID, list[random.IntN(len(list))].ID
		got := b.get(templates.CompareTwoURL(id, before, after))
		if got.status != http.StatusOK {
			t.Fatalf("status %d", got.status)
		}
		checkWaterfall(t, got.page)
	}
}

func TestCompareShowsChanges(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newAssessment("Claims triage").ID
	status := map[int][2]assessment.Status{
		0: {assessment.Absent, assessment.Adopted},
		1: {assessment.Adopted, assessment.Partial},
		2: {assessment.Unanswered, assessment.Absent},
		3: {assessment.NotApplicable, assessment.Partial},
		4: {assessment.Adopted, assessment.NotApplicable},
	}
	take := func(side int, title string) string {
		a.answerAll(id, func(i int) assessment.Status { return status[i][side] })
		return a.snapshot(id, title).ID
	}
	before, after := take(0, "Design review"), take(1, "Before launch")

	page := b.get(templates.CompareURL(id)).page
	checkWaterfall(t, page)
	if title := page.Find("h1").Text(); title != "What changed since “Design review”" {
		t.Errorf("title %q", title)
	}
	for section, want := range map[string]int{"improved": 2, "regressed": 1, "answered": 1, "scope": 2} {
		if n := page.Find("#" + section + " tbody tr").Length(); n != want {
			t.Errorf("%s lists %d practices, want %d", section, n, want)
		}
	}
	if selected, _ := page.Find("#before option[selected]").Attr("value"); selected != before {
		t.Errorf("before is %q, want the last but one", selected)
	}
	if selected, _ := page.Find("#after option[selected]").Attr("value"); selected != after {
		t.Errorf("after is %q, want the last", selected)
	}
	swapped := b.get(templates.CompareTwoURL(id, before, after) + "&swap=1")
	if swapped.status != http.StatusSeeOther || swapped.header.Get("Location") != templates.CompareTwoURL(id, after, before) {
		t.Errorf("swap: status %d to %q", swapped.status, swapped.header.Get("Location"))
	}
	same := b.get(templates.CompareTwoURL(id, after, after)).page
	if lead := same.Find(".title p").First().Text(); lead != "Both sides are the same." {
		t.Errorf("one snapshot twice: %q", lead)
	}
	checkWaterfall(t, same)
}

func TestCompareDecisions(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newAssessment("Claims triage").ID
	a.answerAll(id, func(int) assessment.Status { return assessment.Absent })
	current, err := a.store.Current(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	tradeoff := current.Model.Questionnaire().Tradeoffs[0]
	decision := assessment.Decision{Tradeoff: tradeoff.ID, Choice: assessment.Accept, Rationale: "It is cheap", Owner: "Mei", Date: "2026-11-01"}
	first := a.snapshot(id, "First")
	saved, err := a.store.SaveDecision(t.Context(), a.actor(), id, decision)
	if err != nil {
		t.Fatal(err)
	}
	second := a.snapshot(id, "Second")
	decision.Version, decision.Rationale = saved.State.Decisions[tradeoff.ID].Version, "It is cheap enough"
	if _, err := a.store.SaveDecision(t.Context(), a.actor(), id, decision); err != nil {
		t.Fatal(err)
	}
	third := a.snapshot(id, "Third")
	tests := map[string]struct{ before, after, want string }{
		"recorded":  {first.ID, second.ID, "Recorded: " + tradeoff.Title},
		"changed":   {second.ID, third.ID, "Rationale: It is cheap enough, was It is cheap"},
		"withdrawn": {second.ID, first.ID, "Withdrawn: " + tradeoff.Title},
		"the same":  {third.ID, "now", "The same decisions are on both sides."},
	}
	for name, test := range tests {
		text := b.get(templates.CompareTwoURL(id, test.before, test.after)).page.Find("[aria-labelledby=decisions-h]").Text()
		if !strings.Contains(strings.Join(strings.Fields(text), " "), test.want) {
			t.Errorf("%s: %q does not say %q", name, text, test.want)
		}
	}
}

// TestCompareQuestionnaires compares workloads that were reviewed with two versions of a questionnaire.
func TestCompareQuestionnaires(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	old := a.newAssessment("Old")
	a.answerAll(old.ID, cycle)
	before := a.snapshot(old.ID, "With the old version")
	q, err := content.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	q.Version = "9.0.0"
	practices := q.Pillars[0].Principles[0].Questions[0].Practices
	removed := practices[0]
	practices[0].ID, practices[0].Title = "new.p1", "A practice that is new."
	reworded := practices[1].Title
	practices[1].Title = "A statement in other words."
	q.Tradeoffs = nil
	ref, err := a.store.SaveQuestionnaire(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	started, err := a.store.CreateWorkload(t.Context(), a.actor(), assessment.Workload{Team: old.Workload.Team, Name: "New"}, ref.SHA256, nil)
	if err != nil {
		t.Fatal(err)
	}
	a.answerAll(started.ID, func(i int) assessment.Status { return cycle(i + 1) })
	after := a.snapshot(started.ID, "With the new version")
	got := b.get(templates.CompareTwoURL(started.ID, before.ID, after.ID))
	checkWaterfall(t, got.page)
	text := got.page.Find("#content").Text()
	for _, want := range []string{"A practice that is new.", removed.Title, reworded, "A statement in other words."} {
		if !strings.Contains(text, want) {
			t.Errorf("the changes of the questionnaire do not say %q", want)
		}
	}
	if text := got.page.Find(".waterfall").Text(); !strings.Contains(text, "1 only after, 1 only before, 1 worded differently") || !strings.Contains(text, "to 9.0.0") {
		t.Errorf("the waterfall does not name both versions: %q", text)
	}
	if title := got.page.Find("h1").Text(); title != "Old (before) and New (after)" {
		t.Errorf("title %q", title)
	}
}

func TestCompareWithNow(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newAssessment("Claims triage").ID
	if text := b.get(templates.CompareURL(id)).page.Find("main").Text(); !strings.Contains(text, "There is no snapshot yet") {
		t.Errorf("without a snapshot: %q", text)
	}
	first := a.snapshot(id, "First look")
	one := b.get(templates.CompareURL(id)).page
	link, _ := one.Find("a[href*='after=now']").Attr("href")
	if !strings.Contains(one.Find("main").Text(), "There is one snapshot") || link != templates.CompareTwoURL(id, first.ID, "now") {
		t.Errorf("with one snapshot: link %q", link)
	}
	a.answerAll(id, cycle)
	got := b.get(link)
	before, after := checkWaterfall(t, got.page)
	if before != 0 || after <= 0 {
		t.Errorf("from %.1f to %.1f", before, after)
	}
	if text := got.page.Find("#export-refused").Text(); !strings.Contains(text, "take a snapshot") {
		t.Errorf("the export says %q", text)
	}
	if n := len(a.snapshots(id)); n != 1 {
		t.Errorf("%d snapshots after a look, want 1", n)
	}
	for _, ending := range []string{"csv", "json"} {
		if got := b.get(templates.CompareFileURL(id, ending, first.ID, "now")); got.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: status %d, want 422", ending, got.status)
		}
	}
}

func TestCompareFiles(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newAssessment("Claims triage").ID
	before := a.snapshot(id, "First look")
	a.answerAll(id, cycle)
	after := a.snapshot(id, "Design review")
	got := b.get(templates.CompareFileURL(id, "json", before.ID, after.ID))
	var read struct {
		After struct{ Overall float64 }
		Delta float64
	}
	if err := json.Unmarshal([]byte(got.body), &read); err != nil || read.After.Overall != assessment.RoundTo(after.Overall.Low, 4) || read.Delta != read.After.Overall {
		t.Errorf("%v, after %v, delta %v, want %v", err, read.After, read.Delta, after.Overall.Low)
	}
	if got := b.get(templates.CompareFileURL(id, "csv", before.ID, after.ID)); got.status != http.StatusOK || got.header.Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Errorf("csv: status %d, %s", got.status, got.header.Get("Content-Type"))
	}
}

// TestCompareRefuses names sides that are not there, or not of the team.
func TestCompareRefuses(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	started := a.newAssessment("Claims triage")
	own := a.snapshot(started.ID, "Own")
	team, err := a.store.CreateTeam(context.Background(), "Another team")
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := a.store.CreateWorkload(context.Background(), a.actor(), assessment.Workload{Team: team.ID, Name: "Theirs"}, started.Questionnaire.SHA256, nil)
	if err != nil {
		t.Fatal(err)
	}
	foreign := a.snapshot(theirs.ID, "Foreign")
	for _, sides := range [][2]string{{"unknown", own.ID}, {own.ID, "unknown"}, {foreign.ID, own.ID}, {own.ID, foreign.ID}, {"'; DROP TABLE snapshot", own.ID}} {
		if got := b.get(templates.CompareTwoURL(started.ID, sides[0], sides[1])); got.status != http.StatusNotFound {
			t.Errorf("%v: status %d, want 404", sides, got.status)
		}
		if got := b.post(templates.MakeReportURL(sides[1]), url.Values{"before": {sides[0]}}); got.status != http.StatusNotFound {
			t.Errorf("report of %v: status %d, want 404", sides, got.status)
		}
	}
}
