package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web/webtest"
)

func TestListWorkloads(t *testing.T) {
	a := webtest.NewApp(t)
	team := a.Actor().Memberships[0].Team
	started := a.NewSmallAssessment()
	for _, w := range []assessment.Workload{{Name: "Forecast", Tags: []string{"Nightly"}}, {Name: "Search"}} {
		a.Reviewed(w, 0, assessment.Adopted)
	}
	other := a.OtherTeam("Payments")
	a.Snapshot(started.ID, "Kick-off")
	p := a.Program(access.ScopeRead)
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
	names := func(got webtest.Reply) (names []string) {
		t.Helper()
		var l list
		got.Want(http.StatusOK).Into(&l)
		for _, w := range l.Workloads {
			names = append(names, w.Name)
		}
		return names
	}

	var all list
	p.Get("/workloads").Want(http.StatusOK).Into(&all)
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
		if got := names(p.Get("/workloads" + tt.query)); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.query, got, tt.want)
		}
	}
	if got := p.Get("/workloads?limit=3&team=" + team.ID).Header.Get("Link"); got != "" {
		t.Errorf("the last page leads to %q", got)
	}
	next := p.Get("/workloads?limit=2&team=" + team.ID).Header.Get("Link")
	next = strings.TrimSuffix(strings.TrimPrefix(next, "<"+webtest.API), `>; rel="next"`)
	if got := names(p.Get(next)); !slices.Equal(got, []string{"Search"}) {
		t.Errorf("the next page, %s, has %q", next, got)
	}

	viewer := a.ProgramOf(a.Member(team.ID, access.Viewer), access.ScopeRead)
	if got := names(viewer.Get("/workloads")); !slices.Equal(got, []string{"Claims triage", "Forecast", "Search"}) {
		t.Errorf("a viewer sees %q", got)
	}
	stranger := a.ProgramOf(a.Member("", ""), access.ScopeRead)
	if got := names(stranger.Get("/workloads")); len(got) != 0 {
		t.Errorf("somebody in no team sees %q", got)
	}
	stranger.Get("/workloads?team=" + team.ID).Want(http.StatusNotFound)
}

func TestGetWorkload(t *testing.T) {
	a := webtest.NewApp(t)
	started := a.NewSmallAssessment()
	p := a.Program(access.ScopeRead)
	var got struct {
		ID          string
		Archived    bool
		Assessments []struct{ ID string }
	}
	p.Get("/workloads/" + started.Workload.ID).Want(http.StatusOK).Into(&got)
	if got.ID != started.Workload.ID || got.Archived || len(got.Assessments) != 1 {
		t.Errorf("got %+v", got)
	}
	if err := a.Store.ArchiveWorkload(t.Context(), a.Actor(), started.Workload.ID, started.Workload.Version, true); err != nil {
		t.Fatal(err)
	}
	p.Get("/workloads/" + started.Workload.ID).Want(http.StatusOK).Into(&got)
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
	a := webtest.NewApp(t)
	for _, id := range []string{a.NewSmallAssessment().ID, a.NewOddAssessment(), a.NewAssessment("Whole").ID} {
		got := a.Program(access.ScopeRead).Get("/assessments/" + id + "/result").Want(http.StatusOK)
		c := a.State(id)
		sameJSON(t, got.Body, c.Full(), "assessment", "sequence")
		var named struct {
			Assessment string
			Sequence   int64
		}
		got.Into(&named)
		if named.Assessment != id || named.Sequence != c.State.Sequence {
			t.Errorf("got %+v, want %s at %d", named, id, c.State.Sequence)
		}
		a.RevokeAll()
	}
}

func TestListAnswers(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
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
	a.Program(access.ScopeRead).Get("/assessments/" + id + "/answers").Want(http.StatusOK).Into(&got)
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
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	p := a.Program(access.ScopeWrite)
	path := "/assessments/" + id + "/answers/r2"
	full := map[string]any{"status": "not_applicable", "reason": " Hosted. ", "note": "Since May 🙂\u202e", "evidence": []any{map[string]any{"title": "Page", "url": "https://example.org"}}}

	first := p.Ask(http.MethodPut, path, full, "If-Match", `"0"`).Want(http.StatusOK)
	if tag := first.Header.Get("ETag"); tag != `"1"` {
		t.Errorf("ETag %s", tag)
	}
	saved := a.State(id).State.Answer("r2")
	want := assessment.Answer{Status: assessment.NotApplicable, Reason: "Hosted.", Note: "Since May 🙂\u202e", Evidence: []assessment.Link{{Title: "Page", URL: "https://example.org"}}}
	if !reflect.DeepEqual(saved.Answer, want) || saved.Version != 1 || saved.By != "Ines Okafor" {
		t.Errorf("stored %+v", saved)
	}
	sequence := a.State(id).State.Sequence
	p.Ask(http.MethodPut, path, full, "If-Match", `"0"`).Want(http.StatusOK)
	if now := a.State(id).State; now.Sequence != sequence || now.Answer("r2").Version != 1 {
		t.Error("the same again counts twice")
	}
	p.Ask(http.MethodPut, path, map[string]any{"status": "unanswered", "version": 1}).Want(http.StatusOK)
	if saved := a.State(id).State.Answer("r2"); saved.Status != assessment.Unanswered || saved.Note != "" || saved.Version != 2 {
		t.Errorf("stored %+v", saved)
	}
	var read struct {
		Status  string
		Version int
	}
	got := p.Get(path).Want(http.StatusOK)
	got.Into(&read)
	if read.Status != "unanswered" || read.Version != 2 || got.Header.Get("ETag") != `"2"` {
		t.Errorf("read %+v", read)
	}
	p.Ask(http.MethodPut, path, map[string]any{"status": "adopted", "version": 2}, "If-Match", got.Header.Get("ETag")).Want(http.StatusOK)
}

func TestPatchAnswers(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	p := a.Program(access.ScopeWrite)
	path := "/assessments/" + id + "/answers"
	a.Saves(a.Actor(), id, "c2", assessment.Answer{Status: assessment.Partial, Note: "Typed by a person"})
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
	p.Ask(http.MethodPatch, path, change).Want(http.StatusOK).Into(&got)
	answers := a.State(id).State.Answer
	if c2 := answers("c2"); c2.Status != assessment.Adopted || c2.Note != "Typed by a person" || c2.Version != 2 {
		t.Errorf("c2 is %+v", c2)
	}
	if r2 := answers("r2"); r2.Status != assessment.Partial || r2.Note != "Measured" || r2.Version != 1 {
		t.Errorf("r2 is %+v", r2)
	}
	if len(got.Answers) != 2 || got.Answers[0].Practice != "c2" || got.Answers[0].Version != 2 || got.Sequence != a.State(id).State.Sequence {
		t.Errorf("got %+v", got)
	}
	p.Ask(http.MethodPatch, path, change).Want(http.StatusOK)
	if now := a.State(id).State.Sequence; now != got.Sequence {
		t.Error("the same again counts twice")
	}
}

func TestPatchAnswersAllOrNothing(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	p := a.Program(access.ScopeWrite)
	a.Saves(a.Colleague(), id, "c2", assessment.Answer{Status: assessment.Partial, Note: "Theirs"})
	good := map[string]any{"practice": "r2", "status": "partial", "version": 0}
	sequence := a.State(id).State.Sequence
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
			got := p.Ask(http.MethodPatch, "/assessments/"+id+"/answers", map[string]any{"answers": []any{good, tt.second}}).Want(tt.status).Problem()
			if tt.place != "" && (len(got.Errors) != 1 || got.Errors[0].Location != tt.place) {
				t.Errorf("got %+v, want %s", got.Errors, tt.place)
			}
			if tt.status == http.StatusConflict && (len(got.Conflicts) != 1 || got.Conflicts[0].Stored.Note != "Theirs" || got.Conflicts[0].Yours.Status != "adopted") {
				t.Errorf("conflicts %+v", got.Conflicts)
			}
			if now := a.State(id).State.Sequence; now != sequence {
				t.Error("half of it was saved")
			}
		})
	}
}

func TestSnapshotsByProgram(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	p := a.Program(access.ScopeWrite)
	path := "/assessments/" + id + "/snapshots"
	var taken, again, later struct {
		ID, Title, Note, SHA256 string
		Sequence                int
	}
	body := map[string]any{"title": " Release 12 ", "note": "By the pipeline"}
	first := p.Ask(http.MethodPost, path, body).Want(http.StatusCreated)
	first.Into(&taken)
	if taken.Title != "Release 12" || taken.Sequence != 1 || first.Header.Get("Location") != webtest.API+"/snapshots/"+taken.ID {
		t.Errorf("taken %+v at %s", taken, first.Header.Get("Location"))
	}
	p.Ask(http.MethodPost, path, body).Want(http.StatusOK).Into(&again)
	if again.ID != taken.ID {
		t.Error("the same again is another one")
	}
	p.Ask(http.MethodPost, path, map[string]any{"title": "Release 13"}).Want(http.StatusCreated)
	a.Answer(id, "r2", assessment.Adopted)
	p.Ask(http.MethodPost, path, map[string]any{"title": "Release 13"}).Want(http.StatusCreated).Into(&later)
	var list struct{ Snapshots []struct{ ID string } }
	p.Get(path).Want(http.StatusOK).Into(&list)
	if len(list.Snapshots) != 3 || list.Snapshots[0].ID != later.ID || list.Snapshots[2].ID != taken.ID {
		t.Errorf("listed %+v", list.Snapshots)
	}

	document := p.Get("/snapshots/" + taken.ID).Want(http.StatusOK)
	if got := assessment.Hash(document.Body); got != taken.SHA256 || document.Header.Get("ETag") != `"`+got+`"` {
		t.Errorf("the document has the hash %s, its tag is %s, want %s", got, document.Header.Get("ETag"), taken.SHA256)
	}
	p.Ask(http.MethodGet, "/snapshots/"+taken.ID, nil, "If-None-Match", document.Header.Get("ETag")).Want(http.StatusNotModified)
}

func TestCompareByProgram(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	p := a.Program(access.ScopeRead)
	before := a.Snapshot(id, "Before")
	a.Answer(id, "r2", assessment.Adopted)
	after := a.Snapshot(id, "After")
	read := func(id string) *assessment.Snapshot {
		_, document, err := a.Store.Snapshot(t.Context(), id)
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
	sameJSON(t, p.Get(path+"?before="+before.ID+"&after="+after.ID).Want(http.StatusOK).Body, want)
	sameJSON(t, p.Get(path+"?before="+before.ID).Want(http.StatusOK).Body, want)
	p.Get(path).Want(http.StatusUnprocessableEntity)
	p.Get(path + "?before=nothing").Want(http.StatusNotFound)
	elsewhere := a.OtherTeam("Payments")
	p.Get(path + "?before=" + a.Snapshot(elsewhere.ID, "Theirs").ID).Want(http.StatusNotFound)
}

func TestReportsByProgram(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	p := a.Program(access.ScopeWrite)
	before, after := a.Snapshot(id, "Before"), a.Snapshot(id, "After")
	var made, again, change struct{ ID, Kind, Media, SHA256, Before string }
	first := p.Ask(http.MethodPost, "/snapshots/"+after.ID+"/report", nil).Want(http.StatusCreated)
	first.Into(&made)
	if made.Kind != "snapshot" || made.Media != "application/pdf" || first.Header.Get("Location") != webtest.API+"/reports/"+made.ID {
		t.Errorf("made %+v at %s", made, first.Header.Get("Location"))
	}
	p.Ask(http.MethodPost, "/snapshots/"+after.ID+"/report", nil).Want(http.StatusOK).Into(&again)
	if again.ID != made.ID {
		t.Error("the same again is another one")
	}
	p.Ask(http.MethodPost, "/snapshots/"+after.ID+"/report?before="+before.ID, nil).Want(http.StatusCreated).Into(&change)
	if change.Kind != "comparison" || change.Before != before.ID {
		t.Errorf("the report of the change is %+v", change)
	}
	p.Ask(http.MethodPost, "/snapshots/"+after.ID+"/report?before=nothing", nil).Want(http.StatusNotFound)
	document := p.Get("/reports/" + made.ID).Want(http.StatusOK)
	if !strings.HasPrefix(string(document.Body), "%PDF-") || assessment.Hash(document.Body) != made.SHA256 {
		t.Errorf("the document begins with %.10q", document.Body)
	}
	var list struct{ Reports []struct{ ID string } }
	p.Get("/assessments/" + id + "/reports").Want(http.StatusOK).Into(&list)
	if len(list.Reports) != 2 {
		t.Errorf("listed %+v", list.Reports)
	}
}
