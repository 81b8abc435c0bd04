package plan_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/web/webtest"
)

// cells returns the texts of the rows that a selector finds, cells joined by "|".
func cells(got webtest.Answer, selector string) []string {
	var rows []string
	for _, row := range got.Page.Find(selector).EachIter() {
		var texts []string
		for _, cell := range row.Children().EachIter() {
			texts = append(texts, strings.Join(strings.Fields(cell.Text()), " "))
		}
		rows = append(rows, strings.Join(texts, "|"))
	}
	return rows
}

// ranked returns the ids of the practices that the page lists, in order.
func ranked(got webtest.Answer) []string {
	var ids []string
	for _, box := range got.Page.Find(".plan-table [name=practice]").EachIter() {
		ids = append(ids, box.AttrOr("value", ""))
	}
	return ids
}

func TestPlanRanks(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	b := a.SignedIn()
	got := b.Get("/assessments/" + id + "/plan")
	if got.Status != http.StatusOK {
		t.Fatalf("status %d, want 200", got.Status)
	}
	current := a.State(id)
	for i, want := range current.Full().Recommendations {
		row := cells(got, ".plan-table tbody tr")[i]
		place, _ := current.Model.Place(want.Practice)
		for _, text := range []string{strconv.Itoa(i + 1), place.Practice.Title, place.Pillar.Title, words.Level(want.Severity),
			words.Signed(want.Gain, 2), words.Effort(want.Effort)} {
			if !strings.Contains(row, text) {
				t.Errorf("row %d is %q, want %q in it", i+1, row, text)
			}
		}
	}
	if links := got.Page.Find(`.touched a[href="/assessments/` + id + `/tradeoffs/t-live"]`); links.Length() != 2 {
		t.Errorf("%d rows link to the live tradeoff, want those of c1 and c2", links.Length())
	}
	if got.Page.Find("#plan").Text() == "" || !strings.Contains(got.Page.Find("#plan").Text(), "No plan items yet") {
		t.Error("an empty plan does not say what to do")
	}
}

func TestPlanFilters(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	b := a.SignedIn()
	tests := []struct {
		query string
		want  string
	}{
		{"", "c1 r2 c2"},
		{"pillar=cost", "c1 c2"},
		{"pillar=reliability&unanswered=no", ""},
		{"severity=high", "c1"},
		{"effort=L", "c2"},
		{"unanswered=yes", "r2 c2"},
		{"unanswered=no", "c1"},
		{"unanswered=no&practice=c2", "c1 c2"}, // what is ticked stays in sight
		{"pillar=&severity=&effort=&unanswered=", "c1 r2 c2"},
	}
	for _, tt := range tests {
		got := b.Get("/assessments/" + id + "/plan?" + tt.query)
		if list := strings.Join(ranked(got), " "); got.Status != http.StatusOK || list != tt.want {
			t.Errorf("%q: status %d, list %q, want %q", tt.query, got.Status, list, tt.want)
		}
	}
	for _, query := range []string{"pillar=none", "severity=worst", "effort=XL", "unanswered=perhaps", "practice=r9", "practice=%ff%00", "pillar=" + strings.Repeat("p", 3000)} {
		got := b.Get("/assessments/" + id + "/plan?" + query)
		if got.Status != http.StatusUnprocessableEntity || got.Page.Find(".errors li").Length() != 1 || len(ranked(got)) != 3 {
			t.Errorf("%.40q: status %d with %d complaints, want 422 with one and the whole list", query, got.Status, got.Page.Find(".errors li").Length())
		}
	}
}

func TestPlanShowsTheFirstRows(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewAssessment("Nothing answered").ID
	b := a.SignedIn()
	total := len(a.State(id).Full().Recommendations)
	last := a.State(id).Full().Recommendations[total-1].Practice
	first := b.Get("/assessments/" + id + "/plan?practice=" + last)
	if n := len(ranked(first)); n != 31 || !slices.Contains(ranked(first), last) {
		t.Errorf("%d rows, want 30 and the ticked one", n)
	}
	if !strings.Contains(first.Page.Find("[aria-labelledby=ranked-h] .notice").Text(), "No answers yet") {
		t.Error("the page does not say that nothing is answered")
	}
	all := b.Get(first.Page.Find("#plan-form > .meta a").AttrOr("href", ""))
	if n := len(ranked(all)); n != total || all.Page.Find("[name=practice][checked]").Length() != 1 {
		t.Errorf("%d rows, want all %d with the tick kept", n, total)
	}
}

func TestPlanOfEverythingAdopted(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	for _, practice := range []string{"r2", "c1", "c2"} {
		a.Answer(id, practice, assessment.Adopted)
	}
	got := a.SignedIn().Get("/assessments/" + id + "/plan")
	if !strings.Contains(got.Page.Find("main").Text(), "All applicable practices are adopted") || got.Page.Find("#plan-form").Length() != 0 {
		t.Error("the page does not say that nothing is left to plan")
	}
}

func TestProjection(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	b := a.SignedIn()
	current := a.State(id)
	for _, practices := range [][]string{{"c1"}, {"r2", "c2"}, {"c1", "c2", "r2"}, {"r1"}} {
		query := url.Values{"practice": practices}.Encode()
		want := current.Model.Project(current.State.Plain(), current.State.Priorities, current.State.Facets, practices)
		whole := b.Get("/assessments/" + id + "/plan?" + query)
		fragment := b.Do(http.MethodGet, "/assessments/"+id+"/plan?"+query, nil, http.Header{"Hx-Request": {"true"}})
		if whole.Status != http.StatusOK || fragment.Status != http.StatusOK {
			t.Fatalf("%v: status %d and %d, want 200", practices, whole.Status, fragment.Status)
		}
		rows := []string{"Overall||" + spans(current.Result.Overall.Range, want.Overall.Range)}
		for i, pillar := range current.Model.Questionnaire().Pillars {
			rows = append(rows, pillar.Title+"||"+spans(current.Result.Pillars[i].Range, want.Pillars[i].Range))
		}
		for place, got := range map[string][]string{"page": cells(whole, "#projection tbody tr"), "fragment": cells(fragment, "tbody tr")} {
			if !slices.Equal(got, rows) {
				t.Errorf("%v, %s: %q, want %q", practices, place, got, rows)
			}
		}
		changed := 0
		for i := range want.Tradeoffs {
			if before := current.Result.Tradeoffs[i]; before.State != want.Tradeoffs[i].State || !slices.Equal(before.Signals, want.Tradeoffs[i].Signals) {
				changed++
			}
		}
		if n := fragment.Page.Find(".lines li").Length(); n != changed {
			t.Errorf("%v: %d changed tradeoffs, want %d", practices, n, changed)
		}
		if fragment.Page.Find("#plan-said[hx-swap-oob]").Length() != 1 || fragment.Page.Find("header").Length() != 0 {
			t.Error("the fragment is not the projection and its line alone")
		}
		if address := fragment.Header.Get("Hx-Replace-Url"); address != "/assessments/"+id+"/plan?"+query {
			t.Errorf("address %q", address)
		}
	}
	t.Run("nothing ticked", func(t *testing.T) {
		got := b.Get("/assessments/" + id + "/plan")
		if text := got.Page.Find("#plan-said").Text(); text != "Nothing selected." || got.Page.Find("#projection table").Length() != 0 {
			t.Errorf("says %q", text)
		}
	})
	t.Run("ticked twice", func(t *testing.T) {
		got := b.Get("/assessments/" + id + "/plan?practice=c1&practice=c1")
		if text := got.Page.Find("#plan-said").Text(); !strings.HasPrefix(text, "1 selected") {
			t.Errorf("says %q", text)
		}
	})
	t.Run("unknown to htmx", func(t *testing.T) {
		got := b.Do(http.MethodGet, "/assessments/"+id+"/plan?practice=r9", nil, http.Header{"Hx-Request": {"true"}})
		if got.Status != http.StatusUnprocessableEntity || got.Page.Find(".errors").Length() != 1 {
			t.Errorf("status %d, want 422 with the complaint", got.Status)
		}
	})
}

func spans(before, after assessment.Range) string {
	return words.Range(before) + "|" + words.Range(after) + "|" + words.Signed(after.Low-before.Low, 1)
}

func TestKeepInThePlan(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	b := a.SignedIn()
	path := "/assessments/" + id + "/plan"

	for name, form := range map[string]url.Values{"nothing": {}, "unknown": {"practice": {"c1", "r9"}}, "broken": {"practice": {"\xff"}}} {
		got := b.Post(path, form)
		if got.Status != http.StatusUnprocessableEntity || got.Page.Find(".errors a").Length() != 1 {
			t.Errorf("%s: status %d, want 422", name, got.Status)
		}
		if name == "unknown" && got.Page.Find(`[value="c1"][checked]`).Length() != 1 {
			t.Error("the ticks are gone")
		}
	}
	if plan := a.State(id).State.Plan; len(plan) != 0 {
		t.Fatalf("stored %v", plan)
	}
	for range 2 {
		got := b.Post(path, url.Values{"practice": {"c1", "r2"}, "pillar": {"cost"}})
		if got.Status != http.StatusSeeOther || got.Header.Get("Location") != path+"?pillar=cost" {
			t.Fatalf("status %d to %q, want 303 to the same list", got.Status, got.Header.Get("Location"))
		}
	}
	if plan := a.State(id).State.Plan; len(plan) != 2 || plan["c1"].Version == 0 {
		t.Errorf("stored %v, want c1 and r2", plan)
	}
	got := b.Get(path)
	current := a.State(id)
	want := current.Model.Project(current.State.Plain(), nil, nil, []string{"c1", "r2"})
	if row := cells(got, "#plan .plan-aside tbody tr")[0]; row != "Overall||"+spans(current.Result.Overall.Range, want.Overall.Range) {
		t.Errorf("with everything in the plan: %q", row)
	}
	if n := strings.Count(got.Page.Find(".plan-table").Text(), "in the plan"); n != 2 {
		t.Errorf("%d rows say that they are in the plan, want 2", n)
	}
}
