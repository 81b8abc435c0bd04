package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"plumbline/assessment"
)

func TestListWorkloads(t *testing.T) {
	a := newApp(t)
	team := a.actor().Memberships[0].Team
	started := a.newSmallAssessment()
	for _, w := range []assessment.Workload{{Name: "Forecast", Tags: []string{"Nightly"}}, {Name: "Search"}} {
		a.reviewed(w, 0, assessment.Adopted)
	}
	other := a.otherTeam("Payments")
	a.snapshot(started.ID, "Kick-off")
	p := a.program(assessment.ScopeRead)
	type list struct {
		Total     int
		Workloads []struct {
			ID, Name    string
			Team        struct{ ID, Name string }
			Tags        []string
			Assessments []struct {
				ID      string
				Summary struct {
					Overall       struct{ Low, High *float64 }
					Pillars       []struct{ ID string }
					Findings      assessment.Counts
					Snapshots     int
					OpenDecisions int `json:"open_decisions"`
				}
			}
		}
	}
	names := func(got reply) (names []string) {
		t.Helper()
		var l list
		got.want(http.StatusOK).into(&l)
		for _, w := range l.Workloads {
			names = append(names, w.Name)
		}
		return names
	}

	var all list
	p.get("/workloads").want(http.StatusOK).into(&all)
	if all.Total != 4 {
		t.Fatalf("%d workloads, want the 4 that an administrator sees", all.Total)
	}
	claims := all.Workloads[0]
	if claims.Name != "Claims triage" || claims.Team.Name != team.Name || len(claims.Assessments) != 1 || claims.Assessments[0].ID != started.ID {
		t.Errorf("got %+v", claims)
	}
	sum := claims.Assessments[0].Summary
	if sum.Overall.Low == nil || len(sum.Pillars) != 2 || sum.Findings.High != 1 || sum.Snapshots != 1 || sum.OpenDecisions != 1 {
		t.Errorf("summary %+v", sum)
	}
	tests := []struct {
		query string
		want  []string
	}{
		{"?team=" + team.ID, []string{"Claims triage", "Forecast", "Search"}},
		{"?team=" + other.Workload.Team, []string{"Payments"}},
		{"?tag=nightly", []string{"Forecast"}},
		{"?tag=none", nil},
		{"?archived=true", nil},
		{"?limit=2", []string{"Claims triage", "Forecast"}},
		{"?limit=2&offset=3", []string{"Search"}},
		{"?offset=100", nil},
	}
	for _, tt := range tests {
		if got := names(p.get("/workloads" + tt.query)); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.query, got, tt.want)
		}
	}
	if got := p.get("/workloads?limit=3&team=" + team.ID).header.Get("Link"); got != "" {
		t.Errorf("the last page leads to %q", got)
	}
	next := p.get("/workloads?limit=2&team=" + team.ID).header.Get("Link")
	next = strings.TrimSuffix(strings.TrimPrefix(next, "<"+api), `>; rel="next"`)
	if got := names(p.get(next)); !slices.Equal(got, []string{"Search"}) {
		t.Errorf("the next page, %s, has %q", next, got)
	}

	viewer := a.programOf(a.member(team.ID, assessment.Viewer), assessment.ScopeRead)
	if got := names(viewer.get("/workloads")); !slices.Equal(got, []string{"Claims triage", "Forecast", "Search"}) {
		t.Errorf("a viewer sees %q", got)
	}
	stranger := a.programOf(a.member("", ""), assessment.ScopeRead)
	if got := names(stranger.get("/workloads")); len(got) != 0 {
		t.Errorf("somebody in no team sees %q", got)
	}
	stranger.get("/workloads?team=" + team.ID).want(http.StatusNotFound)
}

func TestGetWorkload(t *testing.T) {
	a := newApp(t)
	started := a.newSmallAssessment()
	p := a.program(assessment.ScopeRead)
	var got struct {
		ID          string
		Archived    bool
		Assessments []struct{ ID string }
	}
	p.get("/workloads/" + started.Workload.ID).want(http.StatusOK).into(&got)
	if got.ID != started.Workload.ID || got.Archived || len(got.Assessments) != 1 {
		t.Errorf("got %+v", got)
	}
	if err := a.store.ArchiveWorkload(t.Context(), a.actor(), started.Workload.ID, started.Workload.Version, true); err != nil {
		t.Fatal(err)
	}
	p.get("/workloads/" + started.Workload.ID).want(http.StatusOK).into(&got)
	if !got.Archived {
		t.Error("not archived")
	}
}

// sameJSON fails unless got is want without the named keys.
func sameJSON(t *testing.T, got []byte, want any, but ...string) {
	t.Helper()
	var a, b map[string]any
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if json.Unmarshal(got, &a) != nil || json.Unmarshal(text, &b) != nil {
		t.Fatalf("no JSON: %.100s", got)
	}
	for _, key := range but {
		delete(a, key)
	}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("got %.600v\nwant %.600v", a, b)
	}
}

func TestGetResult(t *testing.T) {
	a := newApp(t)
	for _, id := range []string{a.newSmallAssessment().ID, a.newOddAssessment(), a.newAssessment("Whole").ID} {
		got := a.program(assessment.ScopeRead).get("/assessments/" + id + "/result").want(http.StatusOK)
		c := a.state(id)
		sameJSON(t, got.body, c.Full(), "assessment", "sequence")
		var named struct {
			Assessment string
			Sequence   int64
		}
		got.into(&named)
		if named.Assessment != id || named.Sequence != c.State.Sequence {
			t.Errorf("got %+v, want %s at %d", named, id, c.State.Sequence)
		}
		a.revokeAll()
	}
}

func TestListAnswers(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	var got struct {
		Practices []struct {
			Pillar, Principle, Title, Risk string
			Answer                         struct {
				Practice, Status string
				Version          int
				SavedBy          string `json:"saved_by"`
			}
		}
	}
	a.program(assessment.ScopeRead).get("/assessments/" + id + "/answers").want(http.StatusOK).into(&got)
	var lines []string
	for _, p := range got.Practices {
		lines = append(lines, fmt.Sprintf("%s/%s/%s %s %s %d %s", p.Pillar, p.Principle, p.Answer.Practice, p.Risk, p.Answer.Status, p.Answer.Version, p.Answer.SavedBy))
	}
	want := []string{"reliability/rel/r1 high adopted 1 Ines Okafor", "reliability/rel/r2 medium unanswered 0 ",
		"cost/cos/c1 high absent 1 Ines Okafor", "cost/cos/c2 low unanswered 0 "}
	if !slices.Equal(lines, want) {
		t.Errorf("got %q\nwant %q", lines, want)
	}
}

func TestPutAnswer(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	p := a.program(assessment.ScopeWrite)
	path := "/assessments/" + id + "/answers/r2"
	full := map[string]any{"status": "not_applicable", "reason": " Hosted. ", "note": "Since May 🙂\u202e", "evidence": []any{map[string]any{"title": "Page", "url": "https://example.org"}}}

	first := p.ask(http.MethodPut, path, full, "If-Match", `"0"`).want(http.StatusOK)
	if tag := first.header.Get("ETag"); tag != `"1"` {
		t.Errorf("ETag %s", tag)
	}
	saved := a.state(id).State.Answer("r2")
	want := assessment.Answer{Status: assessment.NotApplicable, Reason: "Hosted.", Note: "Since May 🙂\u202e", Evidence: []assessment.Link{{Title: "Page", URL: "https://example.org"}}}
	if !reflect.DeepEqual(saved.Answer, want) || saved.Version != 1 || saved.By != "Ines Okafor" {
		t.Errorf("stored %+v", saved)
	}
	sequence := a.state(id).State.Sequence
	p.ask(http.MethodPut, path, full, "If-Match", `"0"`).want(http.StatusOK)
	if now := a.state(id).State; now.Sequence != sequence || now.Answer("r2").Version != 1 {
		t.Error("the same again counts twice")
	}
	p.ask(http.MethodPut, path, map[string]any{"status": "unanswered", "version": 1}).want(http.StatusOK)
	if saved := a.state(id).State.Answer("r2"); saved.Status != assessment.Unanswered || saved.Note != "" || saved.Version != 2 {
		t.Errorf("stored %+v", saved)
	}
	var read struct {
		Status  string
		Version int
	}
	got := p.get(path).want(http.StatusOK)
	got.into(&read)
	if read.Status != "unanswered" || read.Version != 2 || got.header.Get("ETag") != `"2"` {
		t.Errorf("read %+v", read)
	}
	p.ask(http.MethodPut, path, map[string]any{"status": "adopted", "version": 2}, "If-Match", got.header.Get("ETag")).want(http.StatusOK)
}

func TestPatchAnswers(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	p := a.program(assessment.ScopeWrite)
	path := "/assessments/" + id + "/answers"
	a.saves(a.actor(), id, "c2", assessment.Answer{Status: assessment.Partial, Note: "Typed by a person"})
	change := map[string]any{"answers": []any{
		map[string]any{"practice": "c2", "status": "adopted", "version": 1},
		map[string]any{"practice": "r2", "status": "partial", "note": "Measured", "version": 0},
	}}
	var got struct {
		Sequence int64
		Answers  []struct {
			Practice, Status, Note string
			Version                int
		}
	}
	p.ask(http.MethodPatch, path, change).want(http.StatusOK).into(&got)
	answers := a.state(id).State.Answer
	if c2 := answers("c2"); c2.Status != assessment.Adopted || c2.Note != "Typed by a person" || c2.Version != 2 {
		t.Errorf("c2 is %+v", c2)
	}
	if r2 := answers("r2"); r2.Status != assessment.Partial || r2.Note != "Measured" || r2.Version != 1 {
		t.Errorf("r2 is %+v", r2)
	}
	if len(got.Answers) != 2 || got.Answers[0].Practice != "c2" || got.Answers[0].Version != 2 || got.Sequence != a.state(id).State.Sequence {
		t.Errorf("got %+v", got)
	}
	p.ask(http.MethodPatch, path, change).want(http.StatusOK)
	if now := a.state(id).State.Sequence; now != got.Sequence {
		t.Error("the same again counts twice")
	}
}

func TestPatchAnswersAllOrNothing(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	p := a.program(assessment.ScopeWrite)
	a.saves(a.colleague(), id, "c2", assessment.Answer{Status: assessment.Partial, Note: "Theirs"})
	good := map[string]any{"practice": "r2", "status": "partial", "version": 0}
	sequence := a.state(id).State.Sequence
	tests := []struct {
		name   string
		second map[string]any
		status int
		place  string
	}{
		{"stale", map[string]any{"practice": "c2", "status": "adopted", "version": 0}, http.StatusConflict, ""},
		{"no version", map[string]any{"practice": "c2", "status": "adopted"}, http.StatusPreconditionRequired, "body.answers[1].version"},
		{"no reason", map[string]any{"practice": "c2", "status": "not_applicable", "version": 1}, http.StatusUnprocessableEntity, "body.answers[1].reason"},
		{"NUL", map[string]any{"practice": "c2", "note": "a\x00b", "version": 1}, http.StatusUnprocessableEntity, "body.answers[1].note"},
		{"bad link", map[string]any{"practice": "c2", "evidence": []any{map[string]any{"url": "javascript:x"}}, "version": 1}, http.StatusUnprocessableEntity, "body.answers[1].evidence"},
		{"unknown practice", map[string]any{"practice": "nobody", "status": "adopted", "version": 0}, http.StatusUnprocessableEntity, "body.answers[1].practice"},
		{"twice", good, http.StatusUnprocessableEntity, "body.answers[1].practice"},
		{"unknown status", map[string]any{"practice": "c2", "status": "done", "version": 1}, http.StatusUnprocessableEntity, "body.answers[1].status"},
		{"unknown field", map[string]any{"practice": "c2", "by": "Mei", "version": 1}, http.StatusUnprocessableEntity, "body.answers[1].by"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := p.ask(http.MethodPatch, "/assessments/"+id+"/answers", map[string]any{"answers": []any{good, tt.second}}).want(tt.status).problem()
			if tt.place != "" && (len(got.Errors) != 1 || got.Errors[0].Location != tt.place) {
				t.Errorf("got %+v, want %s", got.Errors, tt.place)
			}
			if tt.status == http.StatusConflict && (len(got.Conflicts) != 1 || got.Conflicts[0].Stored.Note != "Theirs" || got.Conflicts[0].Yours.Status != "adopted") {
				t.Errorf("conflicts %+v", got.Conflicts)
			}
			if now := a.state(id).State.Sequence; now != sequence {
				t.Error("half of it was saved")
			}
		})
	}
}

func TestSnapshotsByProgram(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	p := a.program(assessment.ScopeWrite)
	path := "/assessments/" + id + "/snapshots"
	var taken, again, later struct {
		ID, Title, Note, SHA256 string
		Sequence                int
	}
	body := map[string]any{"title": " Release 12 ", "note": "By the pipeline"}
	first := p.ask(http.MethodPost, path, body).want(http.StatusCreated)
	first.into(&taken)
	if taken.Title != "Release 12" || taken.Sequence != 1 || first.header.Get("Location") != api+"/snapshots/"+taken.ID {
		t.Errorf("taken %+v at %s", taken, first.header.Get("Location"))
	}
	p.ask(http.MethodPost, path, body).want(http.StatusOK).into(&again)
	if again.ID != taken.ID {
		t.Error("the same again is another one")
	}
	p.ask(http.MethodPost, path, map[string]any{"title": "Release 13"}).want(http.StatusCreated)
	a.answer(id, "r2", assessment.Adopted)
	p.ask(http.MethodPost, path, map[string]any{"title": "Release 13"}).want(http.StatusCreated).into(&later)
	var list struct{ Snapshots []struct{ ID string } }
	p.get(path).want(http.StatusOK).into(&list)
	if len(list.Snapshots) != 3 || list.Snapshots[0].ID != later.ID || list.Snapshots[2].ID != taken.ID {
		t.Errorf("listed %+v", list.Snapshots)
	}

	document := p.get("/snapshots/" + taken.ID).want(http.StatusOK)
	if got := assessment.Hash(document.body); got != taken.SHA256 || document.header.Get("ETag") != `"`+got+`"` {
		t.Errorf("the document has the hash %s, its tag is %s, want %s", got, document.header.Get("ETag"), taken.SHA256)
	}
	p.ask(http.MethodGet, "/snapshots/"+taken.ID, nil, "If-None-Match", document.header.Get("ETag")).want(http.StatusNotModified)
}

func TestCompareByProgram(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	p := a.program(assessment.ScopeRead)
	before := a.snapshot(id, "Before")
	a.answer(id, "r2", assessment.Adopted)
	after := a.snapshot(id, "After")
	read := func(id string) *assessment.Snapshot {
		_, document, err := a.store.Snapshot(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		snapshot, err := assessment.ReadSnapshot(document)
		if err != nil {
			t.Fatal(err)
		}
		return snapshot
	}
	want, err := assessment.Compare(read(before.ID), read(after.ID))
	if err != nil {
		t.Fatal(err)
	}
	path := "/assessments/" + id + "/compare"
	sameJSON(t, p.get(path+"?before="+before.ID+"&after="+after.ID).want(http.StatusOK).body, want)
	sameJSON(t, p.get(path+"?before="+before.ID).want(http.StatusOK).body, want)
	p.get(path).want(http.StatusUnprocessableEntity)
	p.get(path + "?before=nothing").want(http.StatusNotFound)
	elsewhere := a.otherTeam("Payments")
	p.get(path + "?before=" + a.snapshot(elsewhere.ID, "Theirs").ID).want(http.StatusNotFound)
}

func TestReportsByProgram(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	p := a.program(assessment.ScopeWrite)
	before, after := a.snapshot(id, "Before"), a.snapshot(id, "After")
	var made, again, change struct{ ID, Kind, Media, SHA256, Before string }
	first := p.ask(http.MethodPost, "/snapshots/"+after.ID+"/report", nil).want(http.StatusCreated)
	first.into(&made)
	if made.Kind != "snapshot" || made.Media != "application/pdf" || first.header.Get("Location") != api+"/reports/"+made.ID {
		t.Errorf("made %+v at %s", made, first.header.Get("Location"))
	}
	p.ask(http.MethodPost, "/snapshots/"+after.ID+"/report", nil).want(http.StatusOK).into(&again)
	if again.ID != made.ID {
		t.Error("the same again is another one")
	}
	p.ask(http.MethodPost, "/snapshots/"+after.ID+"/report?before="+before.ID, nil).want(http.StatusCreated).into(&change)
	if change.Kind != "comparison" || change.Before != before.ID {
		t.Errorf("the report of the change is %+v", change)
	}
	p.ask(http.MethodPost, "/snapshots/"+after.ID+"/report?before=nothing", nil).want(http.StatusNotFound)
	document := p.get("/reports/" + made.ID).want(http.StatusOK)
	if !strings.HasPrefix(string(document.body), "%PDF-") || assessment.Hash(document.body) != made.SHA256 {
		t.Errorf("the document begins with %.10q", document.body)
	}
	var list struct{ Reports []struct{ ID string } }
	p.get("/assessments/" + id + "/reports").want(http.StatusOK).into(&list)
	if len(list.Reports) != 2 {
		t.Errorf("listed %+v", list.Reports)
	}
}
