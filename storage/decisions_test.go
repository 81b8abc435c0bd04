package storage

import (
	"reflect"
	"slices"
	"testing"

	"plumbline/assessment"
)

func TestSaveDecision(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	b.save(t, "p1", 0, assessment.Adopted)
	b.save(t, "p2", 0, assessment.Absent)
	open := b.current(t)
	if got := assessment.OpenDecisions(open.Result, open.State.Decisions); !slices.Equal(got, []string{"t01"}) {
		t.Fatalf("got open decisions %v", got)
	}
	got := must(b.SaveDecision(ctx, b.actor, b.id, decision()))(t)

	want := decision()
	want.State, want.Signals, want.Pulls = assessment.Live, []int{0}, open.Result.Tradeoffs[0].Pulls
	want.By, want.At, want.Version = "Ada", b.clock.Now(), 4
	if saved := got.State.Decisions["t01"]; !reflect.DeepEqual(saved, want) {
		t.Errorf("got %+v, want %+v", saved, want)
	}
	if again := must(b.SaveDecision(ctx, b.actor, b.id, decision()))(t); again != got {
		t.Error("a repeated submit was recorded twice")
	}

	b.save(t, "p2", 1, assessment.Adopted)
	stale := b.current(t)
	if !stale.State.Decisions["t01"].Stale(stale.Result.Tradeoffs[0]) {
		t.Error("the decision is not stale")
	}
	other := decision()
	other.Rationale = "Changed."
	_, err := b.SaveDecision(ctx, b.actor, b.id, other)
	wantCode(t, err, assessment.Conflict)
	other.Version = 4
	renewed := must(b.SaveDecision(ctx, b.actor, b.id, other))(t).State.Decisions["t01"]
	if renewed.State != assessment.Quiet || len(renewed.Signals) != 0 || renewed.Signals == nil || renewed.Version != 6 {
		t.Errorf("got %+v", renewed)
	}
}

func TestSaveDecisionRefuses(t *testing.T) {
	b := newBench(t)
	unknown, versionless, blank := decision(), decision(), decision()
	unknown.Tradeoff, versionless.Version, blank.Rationale = "t99", -1, " "
	_, err := b.SaveDecision(t.Context(), b.actor, b.id, unknown)
	wantCode(t, err, assessment.NotFound)
	_, err = b.SaveDecision(t.Context(), b.actor, b.id, versionless)
	wantCode(t, err, assessment.VersionRequired)
	_, err = b.SaveDecision(t.Context(), b.actor, b.id, blank)
	wantField(t, err, assessment.Invalid, "rationale")
	_, err = b.SaveDecision(t.Context(), b.actor, "none", decision())
	wantCode(t, err, assessment.NotFound)
}

func TestDeleteDecision(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	first := must(b.SaveDecision(ctx, b.actor, b.id, decision()))(t).State.Decisions["t01"].Version

	_, err := b.DeleteDecision(ctx, b.actor, b.id, "t01", first+1)
	wantCode(t, err, assessment.Conflict)
	_, err = b.DeleteDecision(ctx, b.actor, b.id, "t01", -1)
	wantCode(t, err, assessment.VersionRequired)
	if got := must(b.DeleteDecision(ctx, b.actor, b.id, "t01", first))(t); len(got.State.Decisions) != 0 {
		t.Errorf("got %+v", got.State.Decisions)
	}
	must(b.DeleteDecision(ctx, b.actor, b.id, "t01", first))(t) // repeated

	second := must(b.SaveDecision(ctx, b.actor, b.id, decision()))(t).State.Decisions["t01"].Version
	if second <= first {
		t.Errorf("the new decision has version %d, the removed one had %d", second, first)
	}
	want := []string{assessment.EventAssessmentStarted, assessment.EventDecision, assessment.EventDecisionRemoved, assessment.EventDecision}
	if got := kinds(b.events(t)); !slices.Equal(got, want) {
		t.Errorf("got events %v, want %v", got, want)
	}
}

func TestPlan(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	item := assessment.PlanItem{Practice: "p1", Owner: " Grace ", Due: "2026-12-01", URL: "https://example.org/1"}
	got := must(b.SavePlanItem(ctx, b.actor, b.id, item))(t)
	want := assessment.PlanItem{Practice: "p1", Owner: "Grace", Due: "2026-12-01", URL: "https://example.org/1", Version: 2}
	if got.State.Plan["p1"] != want {
		t.Errorf("got %+v, want %+v", got.State.Plan["p1"], want)
	}
	if again := must(b.SavePlanItem(ctx, b.actor, b.id, item))(t); again != got {
		t.Error("a repeated submit was recorded twice")
	}
	item.Owner = "Ada"
	_, err := b.SavePlanItem(ctx, b.actor, b.id, item)
	wantCode(t, err, assessment.Conflict)
	item.Version = -1
	_, err = b.SavePlanItem(ctx, b.actor, b.id, item)
	wantCode(t, err, assessment.VersionRequired)
	_, err = b.SavePlanItem(ctx, b.actor, b.id, assessment.PlanItem{Practice: "p99"})
	wantCode(t, err, assessment.NotFound)
	_, err = b.SavePlanItem(ctx, b.actor, b.id, assessment.PlanItem{Practice: "p2", URL: "javascript:alert(1)"})
	wantField(t, err, assessment.Invalid, "url")

	_, err = b.KeepPlanItems(ctx, b.actor, b.id, []string{"p2", "p99"})
	wantCode(t, err, assessment.NotFound)
	kept := must(b.KeepPlanItems(ctx, b.actor, b.id, []string{"p1", "p2", "p3", "p2"}))(t)
	if len(kept.State.Plan) != 3 || kept.State.Plan["p1"] != want || kept.State.Sequence != 4 {
		t.Errorf("got %+v, sequence %d", kept.State.Plan, kept.State.Sequence)
	}

	_, err = b.DeletePlanItem(ctx, b.actor, b.id, "p1", 9)
	wantCode(t, err, assessment.Conflict)
	_, err = b.DeletePlanItem(ctx, b.actor, b.id, "p1", -1)
	wantCode(t, err, assessment.VersionRequired)
	if left := must(b.DeletePlanItem(ctx, b.actor, b.id, "p1", 2))(t); len(left.State.Plan) != 2 {
		t.Errorf("got %+v", left.State.Plan)
	}
	must(b.DeletePlanItem(ctx, b.actor, b.id, "p1", 2))(t) // repeated
}

func TestPosition(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	if got := must(b.Position(ctx, b.actor.User.ID, b.id))(t); got != "" {
		t.Errorf("got %q, want none", got)
	}
	for _, principle := range []string{"cost-01", "reliability-01"} {
		check(t, b.SetPosition(ctx, b.actor.User.ID, b.id, principle))
		if got := must(b.Position(ctx, b.actor.User.ID, b.id))(t); got != principle {
			t.Errorf("got %q, want %q", got, principle)
		}
	}
	if b.current(t).State.Sequence != 1 {
		t.Error("walking about counts as a change")
	}
}
