package compare_test

import (
	"context"
	"encoding/json"
	"math"
	rand "math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/content"
	"plumbline/templates"
	"plumbline/web/webtest"
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
	a := webtest.NewApp(t)
	b := a.SignedIn()
	started := a.NewAssessment("Claims triage")
	id := started.ID
	random := rand.New(rand.NewPCG(1, 2))
	for range 12 {
		a.AnswerAll(id, func(int) assessment.Status { return webtest.Cycle(random.IntN(5)) })
		current, err := a.Store.Current(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		priorities := assessment.Priorities{"security": float64(random.IntN(5)) / 2, "cost": float64(random.IntN(3))}
		if err := a.Store.SetPriorities(t.Context(), a.Actor(), id, current.State.Version, priorities); err != nil {
			t.Fatal(err)
		}
		a.Snapshot(id, "Review")
	}
	list := a.Snapshots(id)
	for range 20 {
		before, after := list[random.IntN(len(list))].ID, list[random.IntN(len(list))].ID
		got := b.Get(templates.CompareTwoURL(id, before, after))
		if got.Status != http.StatusOK {
			t.Fatalf("status %d", got.Status)
		}
		checkWaterfall(t, got.Page)
	}
}

func TestCompareShowsChanges(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	status := map[int][2]assessment.Status{
		0: {assessment.Absent, assessment.Adopted},
		1: {assessment.Adopted, assessment.Partial},
		2: {assessment.Unanswered, assessment.Absent},
		3: {assessment.NotApplicable, assessment.Partial},
		4: {assessment.Adopted, assessment.NotApplicable},
	}
	take := func(side int, title string) string {
		a.AnswerAll(id, func(i int) assessment.Status { return status[i][side] })
		return a.Snapshot(id, title).ID
	}
	before, after := take(0, "Design review"), take(1, "Before launch")

	page := b.Get(templates.CompareURL(id)).Page
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
	swapped := b.Get(templates.CompareTwoURL(id, before, after) + "&swap=1")
	if swapped.Status != http.StatusSeeOther || swapped.Header.Get("Location") != templates.CompareTwoURL(id, after, before) {
		t.Errorf("swap: status %d to %q", swapped.Status, swapped.Header.Get("Location"))
	}
	same := b.Get(templates.CompareTwoURL(id, after, after)).Page
	if lead := same.Find(".title p").First().Text(); lead != "Both sides are the same." {
		t.Errorf("one snapshot twice: %q", lead)
	}
	checkWaterfall(t, same)
}

func TestCompareDecisions(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	a.AnswerAll(id, func(int) assessment.Status { return assessment.Absent })
	current, err := a.Store.Current(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	tradeoff := current.Model.Questionnaire().Tradeoffs[0]
	decision := assessment.Decision{Tradeoff: tradeoff.ID, Choice: assessment.Accept, Rationale: "It is cheap", Owner: "Mei", Date: "2026-11-01"}
	first := a.Snapshot(id, "First")
	saved, err := a.Store.SaveDecision(t.Context(), a.Actor(), id, decision)
	if err != nil {
		t.Fatal(err)
	}
	second := a.Snapshot(id, "Second")
	decision.Version, decision.Rationale = saved.State.Decisions[tradeoff.ID].Version, "It is cheap enough"
	if _, err := a.Store.SaveDecision(t.Context(), a.Actor(), id, decision); err != nil {
		t.Fatal(err)
	}
	third := a.Snapshot(id, "Third")
	tests := map[string]struct{ before, after, want string }{
		"recorded":  {first.ID, second.ID, "Recorded: " + tradeoff.Title},
		"changed":   {second.ID, third.ID, "Rationale: It is cheap enough (was: It is cheap)"},
		"withdrawn": {second.ID, first.ID, "Withdrawn: " + tradeoff.Title},
		"the same":  {third.ID, "now", "Both sides have the same decisions."},
	}
	for name, test := range tests {
		text := b.Get(templates.CompareTwoURL(id, test.before, test.after)).Page.Find("[aria-labelledby=decisions-h]").Text()
		if !strings.Contains(strings.Join(strings.Fields(text), " "), test.want) {
			t.Errorf("%s: %q does not say %q", name, text, test.want)
		}
	}
}

// TestCompareQuestionnaires compares workloads that were reviewed with two versions of a questionnaire.
func TestCompareQuestionnaires(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	old := a.NewAssessment("Old")
	a.AnswerAll(old.ID, webtest.Cycle)
	before := a.Snapshot(old.ID, "With the old version")
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
	ref, err := a.Store.SaveQuestionnaire(t.Context(), access.Actor{}, q)
	if err != nil {
		t.Fatal(err)
	}
	started, err := a.Store.CreateWorkload(t.Context(), a.Actor(), assessment.Workload{Team: old.Workload.Team, Name: "New"}, ref.SHA256, nil)
	if err != nil {
		t.Fatal(err)
	}
	a.AnswerAll(started.ID, func(i int) assessment.Status { return webtest.Cycle(i + 1) })
	after := a.Snapshot(started.ID, "With the new version")
	got := b.Get(templates.CompareTwoURL(started.ID, before.ID, after.ID))
	checkWaterfall(t, got.Page)
	text := got.Page.Find("#content").Text()
	for _, want := range []string{"A practice that is new.", removed.Title, reworded, "A statement in other words."} {
		if !strings.Contains(text, want) {
			t.Errorf("the changes of the questionnaire do not say %q", want)
		}
	}
	if text := got.Page.Find(".waterfall").Text(); !strings.Contains(text, "1 only after, 1 only before, 1 worded differently") || !strings.Contains(text, "to 9.0.0") {
		t.Errorf("the waterfall does not name both versions: %q", text)
	}
	if title := got.Page.Find("h1").Text(); title != "Old (before) and New (after)" {
		t.Errorf("title %q", title)
	}
}

func TestCompareWithNow(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	if text := b.Get(templates.CompareURL(id)).Page.Find("main").Text(); !strings.Contains(text, "No snapshots yet") {
		t.Errorf("without a snapshot: %q", text)
	}
	first := a.Snapshot(id, "First look")
	one := b.Get(templates.CompareURL(id)).Page
	link, _ := one.Find("a[href*='after=now']").Attr("href")
	if !strings.Contains(one.Find("main").Text(), "There is one snapshot") || link != templates.CompareTwoURL(id, first.ID, "now") {
		t.Errorf("with one snapshot: link %q", link)
	}
	a.AnswerAll(id, webtest.Cycle)
	got := b.Get(link)
	before, after := checkWaterfall(t, got.Page)
	if before != 0 || after <= 0 {
		t.Errorf("from %.1f to %.1f", before, after)
	}
	if text := got.Page.Find("#export-refused").Text(); !strings.Contains(text, "create a snapshot") {
		t.Errorf("the export says %q", text)
	}
	if n := len(a.Snapshots(id)); n != 1 {
		t.Errorf("%d snapshots after a look, want 1", n)
	}
	for _, ending := range []string{"csv", "json"} {
		if got := b.Get(templates.CompareFileURL(id, ending, first.ID, "now")); got.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s: status %d, want 422", ending, got.Status)
		}
	}
}

func TestCompareFiles(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	before := a.Snapshot(id, "First look")
	a.AnswerAll(id, webtest.Cycle)
	after := a.Snapshot(id, "Design review")
	got := b.Get(templates.CompareFileURL(id, "json", before.ID, after.ID))
	var read struct {
		After struct{ Overall float64 }
		Delta float64
	}
	if err := json.Unmarshal([]byte(got.Body), &read); err != nil || read.After.Overall != assessment.RoundTo(after.Overall.Low, 4) || read.Delta != read.After.Overall {
		t.Errorf("%v, after %v, delta %v, want %v", err, read.After, read.Delta, after.Overall.Low)
	}
	if got := b.Get(templates.CompareFileURL(id, "csv", before.ID, after.ID)); got.Status != http.StatusOK || got.Header.Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Errorf("csv: status %d, %s", got.Status, got.Header.Get("Content-Type"))
	}
}

// TestCompareRefuses names sides that are not there, or not of the team.
func TestCompareRefuses(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	started := a.NewAssessment("Claims triage")
	own := a.Snapshot(started.ID, "Own")
	team, err := a.Store.CreateTeam(context.Background(), access.Actor{}, "Another team")
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := a.Store.CreateWorkload(context.Background(), a.Actor(), assessment.Workload{Team: team.ID, Name: "Theirs"}, started.Questionnaire.SHA256, nil)
	if err != nil {
		t.Fatal(err)
	}
	foreign := a.Snapshot(theirs.ID, "Foreign")
	for _, sides := range [][2]string{{"unknown", own.ID}, {own.ID, "unknown"}, {foreign.ID, own.ID}, {own.ID, foreign.ID}, {"'; DROP TABLE snapshot", own.ID}} {
		if got := b.Get(templates.CompareTwoURL(started.ID, sides[0], sides[1])); got.Status != http.StatusNotFound {
			t.Errorf("%v: status %d, want 404", sides, got.Status)
		}
		if got := b.Post(templates.MakeReportURL(sides[1]), url.Values{"before": {sides[0]}}); got.Status != http.StatusNotFound {
			t.Errorf("report of %v: status %d, want 404", sides, got.Status)
		}
	}
}
