package api_test

import (
	"net/http"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web/webtest"
)

// TestClearAnswer: null takes a status away. What a change leaves out stays.
func TestClearAnswer(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	p := a.Program(access.ScopeWrite)
	path := "/assessments/" + id + "/answers"
	a.Saves(a.Actor(), id, "c2", assessment.Answer{Status: assessment.Partial, Note: "Two of three"})
	patch := func(version int, change map[string]any) assessment.Answer {
		change["practice"], change["version"] = "c2", version
		p.Ask(http.MethodPatch, path, map[string]any{"answers": []any{change}}).Want(http.StatusOK)
		return a.State(id).State.Answer("c2").Answer
	}
	if got := patch(1, map[string]any{"status": nil}); got.Status != assessment.Unanswered || got.Note != "Two of three" {
		t.Errorf("cleared: %+v", got)
	}
	if got := patch(2, map[string]any{"status": "adopted", "note": ""}); got.Status != assessment.Adopted || got.Note != "" {
		t.Errorf("answered again: %+v", got)
	}
	if got := patch(3, map[string]any{"note": "All"}); got.Status != assessment.Adopted || got.Note != "All" {
		t.Errorf("only the note: %+v", got)
	}
	p.Ask(http.MethodPut, path+"/c2", map[string]any{"status": nil, "version": 4}).Want(http.StatusOK)
	if got := a.State(id).State.Answer("c2").Answer; !got.Equal(assessment.Answer{}) {
		t.Errorf("put: %+v", got)
	}
	for _, body := range []map[string]any{{"version": 5}, {"status": "yes", "version": 5}, {"status": 1, "version": 5}, {"status": "", "version": 5}} {
		p.Ask(http.MethodPut, path+"/c2", body).Want(http.StatusUnprocessableEntity)
	}
}
