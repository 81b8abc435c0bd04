package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/templates"
)

// moveApp is an application with an assessment of the built-in questionnaire, some answers, and a newer version.
type moveApp struct {
	*app
	*browser
	id  string
	old string // hash of the built-in questionnaire
	new string
}

func newMoveApp(t *testing.T) *moveApp {
	t.Helper()
	a := newApp(t)
	started := a.newAssessment("Claims triage")
	m := &moveApp{app: a, browser: a.signedIn(), id: started.ID, old: started.Questionnaire.SHA256}
	m.saveAll(map[string]assessment.Answer{
		"rel-01.p1": {Status: assessment.Adopted, Note: "In the wiki.", Evidence: []assessment.Link{{Title: "Wiki", URL: "https://example.com/wiki"}}},
		"rel-01.p2": {Status: assessment.Partial},
		"rel-01.p3": {Status: assessment.NotApplicable, Reason: "Hosted by the vendor."},
		"rel-01.p4": {Status: assessment.Absent},
	})
	m.new = a.saveVersion("99.1.0", func(q *assessment.Questionnaire) {
		practices := q.Pillars[0].Principles[0].Questions[0].Practices
		practices[0].Title = "A list of <b>critical</b> parts is signed."
		practices[1].Risk, practices[1].Weight = assessment.Low, 2
		replacePractice(q, "rel-01.p3", assessment.Practice{ID: "rel-01.p9", Title: "Somebody owns the list.", Risk: assessment.High, Weight: 5, Effort: assessment.EffortS})
	})
	return m
}

// saveVersion stores an edited copy of the built-in questionnaire and returns its hash.
func (a *app) saveVersion(version string, edit func(*assessment.Questionnaire)) string {
	a.t.Helper()
	builtin, err := content.Builtin()
	if err != nil {
		a.t.Fatal(err)
	}
	document, err := json.Marshal(builtin)
	if err != nil {
		a.t.Fatal(err)
	}
	var q assessment.Questionnaire
	if err := json.Unmarshal(document, &q); err != nil {
		a.t.Fatal(err)
	}
	q.Version = version
	edit(&q)
	ref, err := a.store.SaveQuestionnaire(context.Background(), &q)
	if err != nil {
		a.t.Fatal(err)
	}
	return ref.SHA256
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
	m.app.t.Helper()
	current := m.current()
	var saves []assessment.SaveAnswer
	for practice, answer := range answers {
		saves = append(saves, assessment.SaveAnswer{Practice: practice, Version: current.State.Answer(practice).Version, Answer: answer})
	}
	if _, err := m.store.SaveAnswers(context.Background(), m.actor(), m.id, saves); err != nil {
		m.app.t.Fatal(err)
	}
}

func (m *moveApp) current() *assessment.Current {
	m.app.t.Helper()
	current, err := m.store.Current(context.Background(), m.id)
	if err != nil {
		m.app.t.Fatal(err)
	}
	return current
}

// form is what the page of the triage sends.
func (m *moveApp) form(kept ...string) url.Values {
	return url.Values{"to": {m.new}, "version": {strconv.FormatInt(m.current().State.Sequence, 10)}, "title": {"Before the new version"}, "note": {""}, "keep": kept}
}

func (m *moveApp) path() string { return templates.AssessedByURL(m.id) }

func TestChoiceOfAnotherQuestionnaire(t *testing.T) {
	m := newMoveApp(t)
	got := m.get(m.path())
	newer := got.page.Find("main a.row").First()
	if href, _ := newer.Attr("href"); got.status != http.StatusOK || href != templates.MoveURL(m.id, m.new) || newer.Text() != "Azure AI workload 99.1.0" {
		t.Errorf("status %d, %s", got.status, newer.Text())
	}
	overview := m.get(templates.AssessmentURL(m.id))
	if link := overview.page.Find(".notice a").First(); !strings.Contains(link.Text(), "Version 99.1.0 of the questionnaire is there") {
		t.Errorf("the overview says %q", link.Text())
	}
}

func TestTriagePage(t *testing.T) {
	m := newMoveApp(t)
	before := m.current().State.Sequence
	got := m.get(templates.MoveURL(m.id, m.new))
	if got.status != http.StatusOK {
		t.Fatalf("status %d", got.status)
	}
	main := got.page.Find("main")
	for _, want := range []string{"Ask again, 2", "Gone, 1", "Hosted by the vendor.", "Carried over as they are, 1", "Somebody owns the list.",
		"A list of <b>critical</b> parts is signed.", "“In the wiki.”", "Overall score:"} {
		if !strings.Contains(main.Text(), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if ins := main.Find("#again ins"); ins.Length() == 0 || main.Find("#again del").Length() == 0 {
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
	got := m.post(m.path(), m.form("rel-01.p2"))
	if got.status != http.StatusSeeOther || got.header.Get("Location") != templates.AssessmentURL(m.id) {
		t.Fatalf("status %d to %s", got.status, got.header.Get("Location"))
	}
	overview := m.get(templates.AssessmentURL(m.id))
	for _, want := range []string{"The assessment now answers Azure AI workload 99.1.0. 1 practice is to be answered again.", "1 answer is kept: its practice is gone.",
		"1 practice is to be answered again: the answers were given to an earlier version"} {
		if !strings.Contains(overview.page.Find("body").Text(), want) {
			t.Errorf("the overview does not say %q", want)
		}
	}
	state := m.current().State
	if state.Questionnaire.SHA256 != m.new || state.Answer("rel-01.p1").Says() || state.Answer("rel-01.p2").Status != assessment.Partial {
		t.Errorf("stored %+v", state.Plain())
	}
	kept := m.get(m.path()).page.Find("#kept")
	for _, want := range []string{"To be answered again, 1", "gone, 1", "Hosted by the vendor.", "In the wiki."} {
		if !strings.Contains(kept.Text(), want) {
			t.Errorf("what is kept does not say %q", want)
		}
	}
	if again := m.post(m.path(), m.form()); again.status != http.StatusSeeOther || len(m.snapshots()) != 1 {
		t.Errorf("a repeated submit: status %d, %d snapshots", again.status, len(m.snapshots()))
	}
	back := m.form()
	back.Set("to", m.old)
	if got := m.post(m.path(), back); got.status != http.StatusSeeOther {
		t.Fatalf("the way back: status %d", got.status)
	}
	state = m.current().State
	if state.Answer("rel-01.p1").Note != "In the wiki." || state.Answer("rel-01.p3").Reason != "Hosted by the vendor." {
		t.Errorf("after the way back: %+v", state.Plain())
	}
}

func (m *moveApp) snapshots() []assessment.SnapshotInfo {
	m.app.t.Helper()
	list, err := m.store.Snapshots(context.Background(), m.id)
	if err != nil {
		m.app.t.Fatal(err)
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
		{"no version", url.Values{"to": {m.new}, "title": {"T"}}, 428, "Load the page again"},
		{"version that is no number", url.Values{"to": {m.new}, "version": {"one"}, "title": {"T"}}, 428, "Load the page again"},
		{"no questionnaire", url.Values{"version": {seen}, "title": {"T"}}, 422, "Questionnaire: choose one of these"},
		{"unknown questionnaire", url.Values{"to": {"none"}, "version": {seen}, "title": {"T"}}, 422, "Questionnaire: choose one of these"},
		{"no title", url.Values{"to": {m.new}, "version": {seen}, "keep": {"rel-01.p1"}, "note": {"Typed."}}, 422, "A snapshot needs a title"},
		{"only spaces", url.Values{"to": {m.new}, "version": {seen}, "title": {" \t "}, "keep": {"rel-01.p1"}, "note": {"Typed."}}, 422, "A snapshot needs a title"},
		{"long title", url.Values{"to": {m.new}, "version": {seen}, "title": {long}, "keep": {"rel-01.p1"}, "note": {"Typed."}}, 422, "Title"},
		{"long note", url.Values{"to": {m.new}, "version": {seen}, "title": {"T"}, "note": {long}}, 422, "Note"},
		{"NUL", url.Values{"to": {m.new}, "version": {seen}, "title": {"a\x00b"}}, 422, "Title"},
		{"broken UTF-8", url.Values{"to": {m.new}, "version": {seen}, "title": {"a\xffb"}}, 422, "Title"},
		{"kept practice that is carried over", url.Values{"to": {m.new}, "version": {seen}, "title": {"T"}, "keep": {"rel-01.p4"}}, 422, "not one that can be kept"},
		{"kept practice that is none", url.Values{"to": {m.new}, "version": {seen}, "title": {"T"}, "keep": {"\xff<b>"}}, 422, "not one that can be kept"},
		{"stale", url.Values{"to": {m.new}, "version": {"1"}, "title": {"Mine"}, "keep": {"rel-01.p1"}, "note": {"Typed."}}, 409, "Nothing was moved"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := m.post(m.path(), tt.form)
			if got.status != tt.status || !strings.Contains(got.page.Find("main").Text(), tt.says) {
				t.Errorf("status %d, says %q", got.status, got.page.Find("main .errors, main .notice").Text())
			}
			if tt.form.Get("note") == "Typed." {
				if _, checked := got.page.Find(`input[name=keep][value="rel-01.p1"]`).Attr("checked"); !checked || got.page.Find("#note").Text() != "Typed." {
					t.Error("what was chosen and typed is gone")
				}
			}
			if m.current().State.Questionnaire.SHA256 != m.old || len(m.snapshots()) != 0 {
				t.Error("something was moved")
			}
		})
	}
	if got := m.get(templates.MoveURL(m.id, "none")); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a look at an unknown one: status %d", got.status)
	}
}

func TestMoveWithUnusualTexts(t *testing.T) {
	m := newMoveApp(t)
	form := m.form()
	form.Set("title", "قبل 🙂 <b>")
	form.Set("note", "<script>alert(1)</script>")
	if got := m.post(m.path(), form); got.status != http.StatusSeeOther {
		t.Fatalf("status %d", got.status)
	}
	if info := m.snapshots()[0]; info.Title != "قبل 🙂 <b>" || info.Note != "<script>alert(1)</script>" {
		t.Errorf("stored %q, %q", info.Title, info.Note)
	}
}

func TestMoveToARetiredQuestionnaire(t *testing.T) {
	m := newMoveApp(t)
	team := m.current().State.Workload.Team
	if err := m.store.EnableQuestionnaire(context.Background(), m.actor(), m.new, team, false); err != nil {
		t.Fatal(err)
	}
	if got := m.post(m.path(), m.form()); got.status != http.StatusUnprocessableEntity {
		t.Errorf("status %d", got.status)
	}
	if got := m.get(m.path()); !strings.Contains(got.page.Find("main").Text(), "Nothing to move to") {
		t.Error("the retired one is offered")
	}
}

func TestEarlierAnswerOnTheWalk(t *testing.T) {
	m := newMoveApp(t)
	m.post(m.path(), m.form())
	page := templates.PrincipleURL(m.id, "rel-01")
	row := m.get(page).page.Find("#p-rel-01\\.p1")
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
	got := m.post(page, form)
	if got.status != http.StatusSeeOther || got.header.Get("Location") != templates.PracticeURL(m.id, "rel-01", "rel-01.p1") {
		t.Fatalf("status %d to %s", got.status, got.header.Get("Location"))
	}
	state := m.current().State
	kept := state.Answer("rel-01.p1")
	if kept.Status != assessment.Adopted || kept.Note != "In the wiki." || len(kept.Evidence) != 1 || state.Answer("rel-01.p9").Status != assessment.Partial {
		t.Errorf("stored %+v", state.Plain())
	}
	if row := m.get(page).page.Find("#p-rel-01\\.p1"); strings.Contains(row.Text(), "You answered") {
		t.Error("it is still offered")
	}
	if stale := m.post(page, form); stale.status != http.StatusSeeOther {
		t.Errorf("a repeated submit: status %d", stale.status)
	}
}

func TestDifferencePage(t *testing.T) {
	m := newMoveApp(t)
	got := m.get(templates.DifferenceURL(m.old, m.new))
	if got.status != http.StatusOK {
		t.Fatalf("status %d", got.status)
	}
	text := strings.Join(strings.Fields(got.page.Find("main").Text()), " ")
	for _, want := range []string{"Azure AI workload 1.0.0 to 99.1.0: 1 practice added, 1 removed, 2 changed (1 reworded, 1 with other values)",
		"Added Practice rel-01.p9", "Removed Practice rel-01.p3", "High to Low", "A list of <b>critical</b> parts is signed."} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if same := m.get(templates.DifferenceURL(m.old, m.old)); !strings.Contains(same.page.Find("main").Text(), "nothing differs") {
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
		got := m.get(templates.DifferencePath + tt.query)
		var fields []string
		for _, link := range got.page.Find(".errors a").EachIter() {
			href, _ := link.Attr("href")
			fields = append(fields, strings.TrimPrefix(href, "#"))
		}
		if got.status != tt.status || !slices.Equal(fields, tt.fields) {
			t.Errorf("%.40s: status %d, errors at %v, want %d at %v", tt.query, got.status, fields, tt.status, tt.fields)
		}
	}
}

func TestComparisonAfterAMove(t *testing.T) {
	m := newMoveApp(t)
	m.post(m.path(), m.form())
	before := m.snapshots()[0]
	got := m.get(templates.CompareTwoURL(m.id, before.ID, "now"))
	text := strings.Join(strings.Fields(got.page.Find("main").Text()), " ")
	for _, want := range []string{"1 added, 1 removed, 1 reworded, 1 with another risk or weight", "Asked again: its text, risk or weight changed",
		"2 practices are asked again since then, and unanswered so far", "Another risk or weight Every critical part runs on two or more instances or nodes."} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if href, _ := got.page.Find("#content a").First().Attr("href"); href != templates.DifferenceURL(m.old, m.new) {
		t.Errorf("all that differs is at %s", href)
	}
}
