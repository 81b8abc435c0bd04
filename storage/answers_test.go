package storage

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"plumbline/assessment"
)

func TestSaveAnswer(t *testing.T) {
	b := newBench(t)
	answer := assessment.Answer{Status: assessment.NotApplicable, Reason: "hosted", Note: "see\nbelow",
		Evidence: []assessment.Link{{Title: "Plan", URL: "https://example.org/plan"}}}
	got := must(b.SaveAnswer(t.Context(), b.actor, b.id,
		assessment.SaveAnswer{Practice: "p1", Answer: answer}))(t)

	want := assessment.SavedAnswer{Answer: answer, Practice: "p1", Version: 1, By: "Ada", At: b.clock.Now()}
	if saved := got.State.Answer("p1"); !reflect.DeepEqual(saved, want) {
		t.Errorf("got %+v, want %+v", saved, want)
	}
	if got.State.Sequence != 2 || got.Result.Overall.Applicable != 15 {
		t.Errorf("got sequence %d and %d applicable practices, want 2 and 15", got.State.Sequence, got.Result.Overall.Applicable)
	}
	if b.current(t) != got {
		t.Error("the view after the save is not the one that is kept")
	}
	event := b.events(t)[1]
	if event.Kind != assessment.EventAnswer || event.Subject != "p1" || event.User != "Ada" || event.Sequence != 2 ||
		event.Before != nil || !strings.Contains(string(event.After), `"reason":"hosted"`) {
		t.Errorf("got event %+v", event)
	}
}

func TestSaveAnswerRefuses(t *testing.T) {
	b := newBench(t)
	long := saveOf("p1", 0, assessment.Adopted)
	long.Answer.Note = strings.Repeat("x", assessment.MaxText+1)
	reasonless := saveOf("p1", 0, assessment.NotApplicable)
	reasonless.Answer.Reason = ""
	tests := []struct {
		name       string
		assessment string
		save       assessment.SaveAnswer
		want       assessment.Code
	}{
		{"no assessment", "none", saveOf("p1", 0, assessment.Adopted), assessment.NotFound},
		{"no practice", b.id, saveOf("p99", 0, assessment.Adopted), assessment.NotFound},
		{"no version", b.id, saveOf("p1", -1, assessment.Adopted), assessment.VersionRequired},
		{"no such status", b.id, saveOf("p1", 0, "great"), assessment.Invalid},
		{"no reason", b.id, reasonless, assessment.Invalid},
		{"too long", b.id, long, assessment.Invalid},
		{"a version that was never there", b.id, saveOf("p1", 3, assessment.Adopted), assessment.Conflict},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := b.SaveAnswer(t.Context(), b.actor, tt.assessment, tt.save)
			wantCode(t, err, tt.want)
		})
	}
	if n := len(b.events(t)); n != 1 {
		t.Errorf("got %d events, want 1", n)
	}
}

func TestStaleAnswer(t *testing.T) {
	b := newBench(t)
	b.save(t, "p1", 0, assessment.Adopted)
	before := b.current(t)
	_, err := b.SaveAnswer(t.Context(), b.actor, b.id, saveOf("p1", 0, assessment.Absent))

	conflict, ok := errors.AsType[*assessment.AnswerConflict](err)
	if !ok {
		t.Fatalf("got %v", err)
	}
	if conflict.Practice != "p1" || conflict.Saved.Status != assessment.Adopted || conflict.Saved.Version != 1 ||
		conflict.Saved.By != "Ada" || conflict.Yours.Status != assessment.Absent {
		t.Errorf("got %+v", conflict)
	}
	wantCode(t, err, assessment.Conflict)
	if b.current(t) != before {
		t.Error("a refused save changed something")
	}
}

func TestRepeatedSubmitCountsOnce(t *testing.T) {
	b := newBench(t)
	first := b.save(t, "p1", 0, assessment.Adopted)
	if again := b.save(t, "p1", 0, assessment.Adopted); again != first {
		t.Errorf("got version %d and sequence %d", again.State.Answer("p1").Version, again.State.Sequence)
	}
	if n := len(b.events(t)); n != 2 {
		t.Errorf("got %d events, want 2", n)
	}
}

func TestDifferentPracticesOfOneQuestion(t *testing.T) {
	b := newBench(t)
	b.save(t, "p1", 0, assessment.Adopted)
	got := b.save(t, "p2", 0, assessment.Absent)
	if got.State.Answer("p1").Status != assessment.Adopted || got.State.Answer("p2").Status != assessment.Absent {
		t.Errorf("got %+v", got.State.Plain())
	}
}

func TestUnanswerAgain(t *testing.T) {
	b := newBench(t)
	b.save(t, "p1", 0, assessment.Adopted)
	got := b.save(t, "p1", 1, assessment.Unanswered)
	if got.Result.Overall.Answered != 0 || got.State.Answer("p1").Version != 2 {
		t.Errorf("got %d answered, version %d", got.Result.Overall.Answered, got.State.Answer("p1").Version)
	}
}

func TestSaveAnswersIsAllOrNothing(t *testing.T) {
	b := newBench(t)
	b.save(t, "p1", 0, assessment.Adopted)
	b.save(t, "p2", 0, assessment.Adopted)
	before := b.current(t)
	_, err := b.SaveAnswers(t.Context(), b.actor, b.id, []assessment.SaveAnswer{
		saveOf("p3", 0, assessment.Partial),
		saveOf("p1", 0, assessment.Absent),
		saveOf("p2", 0, assessment.Absent),
	})
	wantCode(t, err, assessment.Conflict)
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok || len(joined.Unwrap()) != 2 {
		t.Errorf("got %v, want both conflicts", err)
	}
	if b.current(t) != before || len(b.events(t)) != 3 {
		t.Error("a refused save changed something")
	}

	got := must(b.SaveAnswers(t.Context(), b.actor, b.id, []assessment.SaveAnswer{
		saveOf("p3", 0, assessment.Partial), saveOf("p1", 1, assessment.Absent),
	}))(t)
	if got.State.Sequence != 5 || got.State.Answer("p1").Version != 2 || got.State.Answer("p3").Version != 1 {
		t.Errorf("got sequence %d, %+v", got.State.Sequence, got.State.Plain())
	}
}

func TestViewsDoNotChange(t *testing.T) {
	b := newBench(t)
	old := b.save(t, "p1", 0, assessment.Adopted)
	low := old.Result.Overall.Low
	b.save(t, "p2", 0, assessment.Adopted)
	must(b.SaveDecision(t.Context(), b.actor, b.id, decision()))(t)
	must(b.KeepPlanItems(t.Context(), b.actor, b.id, []string{"p4"}))(t)
	if len(old.State.Answers) != 1 || len(old.State.Decisions) != 0 || len(old.State.Plan) != 0 || old.Result.Overall.Low != low {
		t.Errorf("got %+v", old.State)
	}
}

func TestOrderOfEventsIsBySequence(t *testing.T) {
	b := newBench(t)
	b.save(t, "p1", 0, assessment.Adopted)
	b.clock.move(-24 * 60 * 60 * 1e9)
	b.save(t, "p2", 0, assessment.Adopted)
	var subjects []string
	for _, e := range must(b.Events(t.Context(), b.id, 1, 10))(t) {
		subjects = append(subjects, e.Subject)
	}
	if !slices.Equal(subjects, []string{"p1", "p2"}) {
		t.Errorf("got %v", subjects)
	}
	if got := must(b.Events(t.Context(), b.id, 1, 1))(t); len(got) != 1 || got[0].Subject != "p1" {
		t.Errorf("got %+v", got)
	}
}

func TestEventsCannotBeChanged(t *testing.T) {
	b := newBench(t)
	for _, statement := range []string{"UPDATE event SET person = 'Eve'", "DELETE FROM event"} {
		if _, err := b.writers.ExecContext(t.Context(), statement); err == nil {
			t.Errorf("%s was accepted", statement)
		}
	}
}
