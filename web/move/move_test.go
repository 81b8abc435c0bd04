package move_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
	"plumbline/web/webtest"
)

// moveApp is an application with an assessment of the built-in questionnaire, some answers, and a newer version.
type moveApp struct {
	*webtest.App
	*webtest.Browser
	id  string
	old string // hash of the built-in questionnaire
	new string
}

func newMoveApp(t *testing.T) *moveApp {
	t.Helper()
	a := webtest.NewApp(t)
	started := a.NewAssessment("Claims triage")
	m := &moveApp{App: a, Browser: a.SignedIn(), id: started.ID, old: started.Questionnaire.SHA256}
	m.saveAll(map[string]assessment.Answer{
		"rel-01.p1": {Status: assessment.Adopted, Note: "In the wiki.", Evidence: []assessment.Link{{Title: "Wiki", URL: "https://example.com/wiki"}}},
		"rel-01.p2": {Status: assessment.Partial},
		"rel-01.p3": {Status: assessment.NotApplicable, Reason: "Hosted by the vendor."},
		"rel-01.p4": {Status: assessment.Absent},
	})
	m.new = a.SaveVersion("99.1.0", func(q *assessment.Questionnaire) {
		practices := q.Pillars[0].Principles[0].Questions[0].Practices
		practices[0].Title = "A list of <b>critical</b> parts is signed."
		practices[1].Risk, practices[1].Weight = assessment.Low, 2
		replacePractice(q, "rel-01.p3", assessment.Practice{ID: "rel-01.p9", Title: "Somebody owns the list.", Risk: assessment.High, Weight: 5, Effort: assessment.EffortS})
	})
	return m
}

// replacePractice puts another practice in the place of one, in the sides of tradeoffs too.
func replacePractice(q *assessment.Questionnaire, id string, with assessment.Practice) {
	for practice := range q.Practices() {
		if practice.ID == id {
			*practice = with
		}
	}
	for i := range q.Tradeoffs {
		for j := range q.Tradeoffs[i].Sides {
			practices := q.Tradeoffs[i].Sides[j].Practices
			for k := range practices {
				if practices[k] == id {
					practices[k] = with.ID
				}
			}
		}
	}
}

func (m *moveApp) saveAll(answers map[string]assessment.Answer) {
	m.App.T.Helper()
	current := m.current()
	var saves []assessment.SaveAnswer
	for practice, answer := range answers {
		saves = append(saves, assessment.SaveAnswer{Practice: practice, Version: current.State.Answer(practice).Version, Answer: answer})
	}
	if _, err := m.Store.SaveAnswers(context.Background(), m.Actor(), m.id, saves); err != nil {
		m.App.T.Fatal(err)
	}
}

func (m *moveApp) current() *assessment.Current {
	m.App.T.Helper()
	current, err := m.Store.Current(context.Background(), m.id)
	if err != nil {
		m.App.T.Fatal(err)
	}
	return current
}

// form is what the page of the triage sends.
func (m *moveApp) form(kept ...string) url.Values {
	return url.Values{"to": {m.new}, "version": {strconv.FormatInt(m.current().State.Sequence, 10)}, "title": {"Before the new version"}, "note": {""}, "keep": kept}
}

func (m *moveApp) path() string { return templates.AssessmentQuestionnaireURL(m.id) }

func TestChoiceOfAnotherQuestionnaire(t *testing.T) {
	m := newMoveApp(t)
	got := m.Get(m.path())
	newer := got.Page.Find("main a.row").First()
	if href, _ := newer.Attr("href"); got.Status != http.StatusOK || href != templates.MoveURL(m.id, m.new) || newer.Text() != "Azure AI workload 99.1.0" {
		t.Errorf("status %d, %s", got.Status, newer.Text())
	}
	overview := m.Get(templates.AssessmentURL(m.id))
	if link := overview.Page.Find(".notice a").First(); !strings.Contains(link.Text(), "Questionnaire 99.1.0 is available") {
		t.Errorf("the overview says %q", link.Text())
	}
}

func TestMovePage(t *testing.T) {
	m := newMoveApp(t)
	before := m.current().State.Sequence
	got := m.Get(templates.MoveURL(m.id, m.new))
	if got.Status != http.StatusOK {
		t.Fatalf("status %d", got.Status)
	}
	main := got.Page.Find("main")
	for _, want := range []string{"Needs review, 2", "Removed, 1", "Hosted by the vendor.", "Carried over unchanged, 1", "Somebody owns the list.",
		"A list of <b>critical</b> parts is signed.", "“In the wiki.”", "Overall score:"} {
		if !strings.Contains(main.Text(), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if ins := main.Find("#review ins"); ins.Length() == 0 || main.Find("#review del").Length() == 0 {
		t.Error("what changed is not marked")
	}
	if title, _ := main.Find("#title").Attr("value"); title != "Before moving to Azure AI workload 99.1.0" {
		t.Errorf("the title is %q", title)
	}
	if m.current().State.Sequence != before {
		t.Error("a look changed something")
	}
}

func TestMove(t *testing.T) {
	m := newMoveApp(t)
	got := m.Post(m.path(), m.form("rel-01.p2"))
	if got.Status != http.StatusSeeOther || got.Header.Get("Location") != templates.AssessmentURL(m.id) {
		t.Fatalf("status %d to %s", got.Status, got.Header.Get("Location"))
	}
	overview := m.Get(templates.AssessmentURL(m.id))
	for _, want := range []string{"The assessment now uses Azure AI workload 99.1.0. 1 practice needs review.", "1 answer of a removed practice is kept.",
		"1 practice needs review: the questionnaire changed"} {
		if !strings.Contains(overview.Page.Find("body").Text(), want) {
			t.Errorf("the overview does not say %q", want)
		}
	}
	state := m.current().State
	if state.Questionnaire.SHA256 != m.new || state.Answer("rel-01.p1").Says() || state.Answer("rel-01.p2").Status != assessment.Partial {
		t.Errorf("stored %+v", state.Plain())
	}
	kept := m.Get(m.path()).Page.Find("#kept")
	for _, want := range []string{"Needs review, 1", "removed practices, 1", "Hosted by the vendor.", "In the wiki."} {
		if !strings.Contains(kept.Text(), want) {
			t.Errorf("what is kept does not say %q", want)
		}
	}
	if again := m.Post(m.path(), m.form()); again.Status != http.StatusSeeOther || len(m.snapshots()) != 1 {
		t.Errorf("a repeated submit: status %d, %d snapshots", again.Status, len(m.snapshots()))
	}
	back := m.form()
	back.Set("to", m.old)
	if got := m.Post(m.path(), back); got.Status != http.StatusSeeOther {
		t.Fatalf("the way back: status %d", got.Status)
	}
	state = m.current().State
	if state.Answer("rel-01.p1").Note != "In the wiki." || state.Answer("rel-01.p3").Reason != "Hosted by the vendor." {
		t.Errorf("after the way back: %+v", state.Plain())
	}
}

func (m *moveApp) snapshots() []assessment.SnapshotInfo {
	m.App.T.Helper()
	list, err := m.Store.Snapshots(context.Background(), m.id)
	if err != nil {
		m.App.T.Fatal(err)
	}
	return list
}

func TestMoveRefuses(t *testing.T) {
	m := newMoveApp(t)
	seen := strconv.FormatInt(m.current().State.Sequence, 10)
	long := strings.Repeat("x", 10_001)
	tests := []struct {
		name   string
		form   url.Values
		status int
		says   string
	}{
		{"no version", url.Values{"to": {m.new}, "title": {"T"}}, 428, "Reload the page"},
		{"version that is no number", url.Values{"to": {m.new}, "version": {"one"}, "title": {"T"}}, 428, "Reload the page"},
		{"no questionnaire", url.Values{"version": {seen}, "title": {"T"}}, 422, "Choose a questionnaire from the list"},
		{"unknown questionnaire", url.Values{"to": {"none"}, "version": {seen}, "title": {"T"}}, 422, "Choose a questionnaire from the list"},
		{"no title", url.Values{"to": {m.new}, "version": {seen}, "keep": {"rel-01.p1"}, "note": {"Typed."}}, 422, "Enter a title"},
		{"only spaces", url.Values{"to": {m.new}, "version": {seen}, "title": {" \t "}, "keep": {"rel-01.p1"}, "note": {"Typed."}}, 422, "Enter a title"},
		{"long title", url.Values{"to": {m.new}, "version": {seen}, "title": {long}, "keep": {"rel-01.p1"}, "note": {"Typed."}}, 422, "Title"},
		{"long note", url.Values{"to": {m.new}, "version": {seen}, "title": {"T"}, "note": {long}}, 422, "Note"},
		{"NUL", url.Values{"to": {m.new}, "version": {seen}, "title": {"a\x00b"}}, 422, "Title"},
		{"broken UTF-8", url.Values{"to": {m.new}, "version": {seen}, "title": {"a\xffb"}}, 422, "Title"},
		{"kept practice that is carried over", url.Values{"to": {m.new}, "version": {seen}, "title": {"T"}, "keep": {"rel-01.p4"}}, 422, "cannot be kept"},
		{"kept practice that is none", url.Values{"to": {m.new}, "version": {seen}, "title": {"T"}, "keep": {"\xff<b>"}}, 422, "cannot be kept"},
		{"stale", url.Values{"to": {m.new}, "version": {"1"}, "title": {"Mine"}, "keep": {"rel-01.p1"}, "note": {"Typed."}}, 409, "Nothing was moved"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := m.Post(m.path(), tt.form)
			if got.Status != tt.status || !strings.Contains(got.Page.Find("main").Text(), tt.says) {
				t.Errorf("status %d, says %q", got.Status, got.Page.Find("main .errors, main .notice").Text())
			}
			if tt.form.Get("note") == "Typed." {
				if _, checked := got.Page.Find(`input[name=keep][value="rel-01.p1"]`).Attr("checked"); !checked || got.Page.Find("#note").Text() != "Typed." {
					t.Error("what was chosen and typed is gone")
				}
			}
			if m.current().State.Questionnaire.SHA256 != m.old || len(m.snapshots()) != 0 {
				t.Error("something was moved")
			}
		})
	}
	if got := m.Get(templates.MoveURL(m.id, "none")); got.Status != http.StatusUnprocessableEntity {
		t.Errorf("a look at an unknown one: status %d", got.Status)
	}
}

func TestMoveWithUnusualTexts(t *testing.T) {
	m := newMoveApp(t)
	form := m.form()
	form.Set("title", "قبل 🙂 <b>")
	form.Set("note", "<script>alert(1)</script>")
	if got := m.Post(m.path(), form); got.Status != http.StatusSeeOther {
		t.Fatalf("status %d", got.Status)
	}
	if info := m.snapshots()[0]; info.Title != "قبل 🙂 <b>" || info.Note != "<script>alert(1)</script>" {
		t.Errorf("stored %q, %q", info.Title, info.Note)
	}
}

func TestMoveToARetiredQuestionnaire(t *testing.T) {
	m := newMoveApp(t)
	team := m.current().State.Workload.Team
	if err := m.Store.EnableQuestionnaire(context.Background(), m.Actor(), m.new, team, false); err != nil {
		t.Fatal(err)
	}
	if got := m.Post(m.path(), m.form()); got.Status != http.StatusUnprocessableEntity {
		t.Errorf("status %d", got.Status)
	}
	if got := m.Get(m.path()); !strings.Contains(got.Page.Find("main").Text(), "Nothing to move to") {
		t.Error("the retired one is offered")
	}
}

func TestEarlierAnswerOnTheWalk(t *testing.T) {
	m := newMoveApp(t)
	m.Post(m.path(), m.form())
	page := templates.PrincipleURL(m.id, "rel-01")
	row := m.Get(page).Page.Find("#p-rel-01\\.p1")
	for _, want := range []string{"You answered", "Adopted", "on 23 Nov 2026 to the earlier version.", "“In the wiki.”", "Statement, before"} {
		if !strings.Contains(row.Text(), want) {
			t.Errorf("the row does not say %q", want)
		}
	}
	if row.Find(".save").Text() == "" || row.Find(":checked").Length() != 0 {
		t.Error("the practice is answered")
	}
	version, _ := row.Find(`input[name="version.rel-01.p1"]`).Attr("value")
	form := url.Values{"keep": {"earlier:rel-01.p1"}, "status.rel-01.p1": {""}, "version.rel-01.p1": {version},
		"status.rel-01.p9": {"partial"}, "version.rel-01.p9": {"0"}}
	got := m.Post(page, form)
	if got.Status != http.StatusSeeOther || got.Header.Get("Location") != templates.PracticeURL(m.id, "rel-01", "rel-01.p1") {
		t.Fatalf("status %d to %s", got.Status, got.Header.Get("Location"))
	}
	state := m.current().State
	kept := state.Answer("rel-01.p1")
	if kept.Status != assessment.Adopted || kept.Note != "In the wiki." || len(kept.Evidence) != 1 || state.Answer("rel-01.p9").Status != assessment.Partial {
		t.Errorf("stored %+v", state.Plain())
	}
	if row := m.Get(page).Page.Find("#p-rel-01\\.p1"); strings.Contains(row.Text(), "You answered") {
		t.Error("it is still offered")
	}
	if stale := m.Post(page, form); stale.Status != http.StatusSeeOther {
		t.Errorf("a repeated submit: status %d", stale.Status)
	}
}

func TestDifferencePage(t *testing.T) {
	m := newMoveApp(t)
	got := m.Get(templates.DifferenceURL(m.old, m.new))
	if got.Status != http.StatusOK {
		t.Fatalf("status %d", got.Status)
	}
	text := strings.Join(strings.Fields(got.Page.Find("main").Text()), " ")
	for _, want := range []string{"Azure AI workload 1.1.0 to 99.1.0: 1 practice added, 1 removed, 122 changed (1 reworded, 1 with changed values, 122 with changed links or sources)",
		"Added Practice rel-01.p9", "Removed Practice rel-01.p3", "High to Low", "A list of <b>critical</b> parts is signed."} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q: %s", want, text[:min(len(text), 600)])
		}
	}
	if same := m.Get(templates.DifferenceURL(m.old, m.old)); !strings.Contains(same.Page.Find("main").Text(), "no differences") {
		t.Error("a questionnaire differs from itself")
	}
	for _, tt := range []struct {
		query  string
		status int
		fields []string
	}{
		{"", 200, nil},
		{"?before=&after=", 200, nil},
		{"?before=" + m.old, 422, []string{"after"}},
		{"?before=none&after=" + m.new, 422, []string{"before"}},
		{"?before=%00&after=%ff", 422, []string{"before", "after"}},
		{"?before=" + strings.Repeat("x", 10_000) + "&after=%F0%9F%99%82", 422, []string{"before", "after"}},
	} {
		got := m.Get(templates.DifferencePath + tt.query)
		var fields []string
		for _, link := range got.Page.Find(".errors a").EachIter() {
			href, _ := link.Attr("href")
			fields = append(fields, strings.TrimPrefix(href, "#"))
		}
		if got.Status != tt.status || !slices.Equal(fields, tt.fields) {
			t.Errorf("%.40s: status %d, errors at %v, want %d at %v", tt.query, got.Status, fields, tt.status, tt.fields)
		}
	}
}

func TestComparisonAfterAMove(t *testing.T) {
	m := newMoveApp(t)
	m.Post(m.path(), m.form())
	before := m.snapshots()[0]
	got := m.Get(templates.CompareTwoURL(m.id, before.ID, "now"))
	text := strings.Join(strings.Fields(got.Page.Find("main").Text()), " ")
	for _, want := range []string{"1 added, 1 removed, 1 reworded, 1 with a changed risk or weight", "Needs review: its text, risk or weight changed",
		"2 practices are unanswered on the later side because their text, risk or weight changed", "Risk or weight changed Every critical component runs on two or more instances or nodes."} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if href, _ := got.Page.Find("#content a").First().Attr("href"); href != templates.DifferenceURL(m.old, m.new) {
		t.Errorf("all that differs is at %s", href)
	}
}
