package overview_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/web/webtest"
)

// TestPriorityZeroIsShownApart leaves a pillar out of a review; some of it is not answered, the rest not there yet.
func TestPriorityZeroIsShownApart(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewAssessment("Claims").ID
	a.Answered(id, 0, every, assessment.Absent, "")
	a.Answered(id, 0, 10, assessment.Unanswered, "")
	_, version := a.Priorities(id)
	pillars := a.State(id).Model.Questionnaire().Pillars
	if err := a.Store.SetPriorities(t.Context(), a.Actor(), id, version, assessment.Priorities{pillars[0].ID: 0}); err != nil {
		t.Fatal(err)
	}
	current := a.State(id)
	counted, apart := current.Result.Split(current.State.Priorities)
	if apart.Unknown.High == 0 || apart.Findings.High == 0 {
		t.Fatalf("nothing is left out: %+v", apart)
	}
	snapshot := a.Snapshot(id, "Without the first pillar")
	b := a.SignedIn()
	for _, path := range []string{"/assessments/" + id, "/snapshots/" + snapshot.ID} {
		rows := map[string][]string{}
		for _, row := range b.Get(path).Page.Find("table.table-mid tbody tr").EachIter() {
			rows[webtest.TextOf(row.Find("th"))] = webtest.TextsOf(row.Find("td.num"))
		}
		for title, sum := range map[string]assessment.Sum{story.AllPillars: counted, story.LeftOut: apart} {
			want := []string{strconv.Itoa(sum.Answered) + " of " + strconv.Itoa(sum.Applicable), strconv.Itoa(sum.Findings.High),
				strconv.Itoa(sum.Findings.Medium), strconv.Itoa(sum.Findings.Low), strconv.Itoa(sum.Unknown.High)}
			if got := rows[title]; len(got) != 6 || strings.Join(got[1:], "|") != strings.Join(want, "|") {
				t.Errorf("%s: the row %q has %q, want the score and %q", path, title, got, want)
			}
		}
	}
	main := webtest.TextOf(b.Get("/assessments/" + id).Page.Find("main"))
	for _, want := range []string{story.LeftOutNote, story.ApartAnswered(apart), story.ApartUnknown(apart)} {
		if !strings.Contains(main, want) {
			t.Errorf("the overview does not say %q", want)
		}
	}
	findings := b.Get("/assessments/" + id + "/findings").Page
	heads := webtest.TextsOf(findings.Find("main h2"))
	if want := "High, " + strconv.Itoa(counted.Findings.High); heads[0] != want {
		t.Errorf("the findings begin with %q, want %q", heads[0], want)
	}
	if want := story.LeftOut + ", " + strconv.Itoa(apart.Findings.Total()); heads[len(heads)-2] != want {
		t.Errorf("the findings have %q, want %q", heads, want)
	}
	cells := webtest.TextsOf(b.Get("/").Page.Find("table.heat tbody tr").First().Find("td.num"))
	if want := strconv.Itoa(counted.Findings.High) + " " + strconv.Itoa(apart.Findings.Total()) + " excluded by priority 0"; !slices.Contains(cells, want) {
		t.Errorf("the portfolio has %q, want %q", cells, want)
	}
}
