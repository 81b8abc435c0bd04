package api_test

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web/webtest"
)

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
