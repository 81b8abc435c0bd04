package storage

import (
	"slices"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// together sets a principle of the bench not applicable, which has the practices p1 to p8.
func (b *bench) together(t testing.TB) (*assessment.Current, assessment.Together) {
	t.Helper()
	wish := assessment.SetTogether{Kind: assessment.PartPrinciple, ID: "reliability-01", Reason: " Hosted. ", Sequence: b.current(t).State.Sequence}
	after, set, err := b.SetTogether(t.Context(), b.actor, b.id, wish)
	check(t, err)
	return after, set
}

func TestSetTogether(t *testing.T) {
	b := newBench(t)
	note := assessment.Answer{Status: assessment.Adopted, Note: "In the wiki.", Evidence: []assessment.Link{{Title: "Wiki", URL: "https://example.org"}}}
	must(b.SaveAnswer(t.Context(), b.actor, b.id, assessment.SaveAnswer{Practice: "p1", Answer: note}))(t)
	must(b.SaveAnswer(t.Context(), b.actor, b.id, assessment.SaveAnswer{Practice: "p2", Answer: assessment.Answer{Status: assessment.NotApplicable, Reason: "Its own."}}))(t)
	before := len(b.events(t))
	after, set := b.together(t)
	if len(set.Replaced) != 7 || after.Result.Pillars[0].Applicable != 0 {
		t.Errorf("%d replaced, %d apply", len(set.Replaced), after.Result.Pillars[0].Applicable)
	}
	if got := after.State.Answer("p1"); got.Status != assessment.NotApplicable || got.Reason != "Hosted." || got.Note != note.Note || len(got.Evidence) != 1 || got.Version != 2 {
		t.Errorf("p1 is %+v", got)
	}
	if got := after.State.Answer("p2"); got.Reason != "Its own." || got.Version != 1 {
		t.Errorf("a reason of its own is %+v", got)
	}
	if got := after.State.Answer("p9"); got.Version != 0 {
		t.Errorf("another pillar is %+v", got)
	}
	if events := b.events(t); len(events) != before+1 || events[before].Kind != assessment.EventTogether {
		t.Errorf("events %+v", events[before:])
	}
	b.wantLog(t, access.AuditEntry{Team: b.team.ID, Action: assessment.EventTogether, SubjectKind: "assessment", Subject: b.id, Assessment: b.id,
		Detail: "principle reliability-01, number of practices: 7"})
	if again, set := b.together(t); len(set.Replaced) != 0 || again.State.Sequence != after.State.Sequence {
		t.Errorf("sent twice it replaced %d", len(set.Replaced))
	}
	stored := must(b.load(t.Context(), b.readers, b.id))(t)
	if got := stored.State.Answer("p1"); got.Reason != "Hosted." {
		t.Errorf("stored %+v", got)
	}
}

func TestSetTogetherRefuses(t *testing.T) {
	b := newBench(t)
	other := b.join(t, "bob@example.org", access.Architect)
	set := func(kind assessment.PartKind, id, reason string, sequence int64) error {
		_, _, err := b.SetTogether(t.Context(), b.actor, b.id, assessment.SetTogether{Kind: kind, ID: id, Reason: reason, Sequence: sequence})
		return err
	}
	wantField(t, set(assessment.PartPrinciple, "reliability-01", " ", 1), assessment.Invalid, "reason")
	wantCode(t, set(assessment.PartPrinciple, "reliability-01", "Hosted.", -1), assessment.VersionRequired)
	wantCode(t, set(assessment.PartPillar, "reliability-01", "Hosted.", 1), assessment.NotFound)
	wantCode(t, set(assessment.PartPractice, "p1", "Hosted.", 1), assessment.NotFound)
	seen := b.current(t).State.Sequence
	must(b.SaveAnswer(t.Context(), other, b.id, saveOf("p3", 0, assessment.Adopted)))(t)
	wantCode(t, set(assessment.PartQuestion, "reliability-q0", "Hosted.", seen), assessment.Conflict)
	if got := b.current(t).State.Answer("p1"); got.Version != 0 {
		t.Errorf("half a question is stored: %+v", got)
	}
	check(t, set(assessment.PartQuestion, "reliability-q1", "Hosted.", seen)) // p5 to p8
	check(t, set(assessment.PartPillar, "reliability", "Hosted.", b.current(t).State.Sequence))
}

func TestUndoTogether(t *testing.T) {
	b := newBench(t)
	other := b.join(t, "bob@example.org", access.Architect)
	must(b.SaveAnswer(t.Context(), other, b.id, saveOf("p1", 0, assessment.Adopted)))(t)
	earlier := b.current(t).State.Answer("p1")
	b.clock.move(1e9)
	b.together(t)
	all := must(b.Together(t.Context(), b.id))(t)
	if len(all) != 1 || all[0].Reason != "Hosted." || all[0].By != "Ada" || !all[0].At.Equal(b.now()) || len(all[0].Standing(&b.current(t).State)) != 8 {
		t.Fatalf("set together: %+v", all)
	}
	must(b.SaveAnswer(t.Context(), other, b.id, saveOf("p4", 1, assessment.Partial)))(t)
	b.clock.move(1e9)
	after, undoing, err := b.Undo(t.Context(), b.actor, b.id, []int64{all[0].Sequence})
	check(t, err)
	if undoing != (assessment.Undoing{Restored: 7, Left: 1}) {
		t.Errorf("%+v; want 7 and 1", undoing)
	}
	back := after.State.Answer("p1")
	if !back.Answer.Equal(earlier.Answer) || back.By != earlier.By || !back.At.Equal(earlier.At) || back.Version != 3 {
		t.Errorf("p1 is %+v, was %+v", back, earlier)
	}
	if got := after.State.Answer("p2"); got.Says() || got.Version != 2 || got.By != "Ada" {
		t.Errorf("p2, which nobody had answered, is %+v", got)
	}
	if got := after.State.Answer("p4"); got.Status != assessment.Partial {
		t.Errorf("what was answered since is %+v", got)
	}
	b.wantLog(t, access.AuditEntry{Team: b.team.ID, Action: assessment.EventUndone, SubjectKind: "assessment", Subject: b.id, Assessment: b.id,
		Detail: "principle reliability-01, number of practices: 7"})
	_, _, err = b.Undo(t.Context(), b.actor, b.id, []int64{all[0].Sequence})
	wantCode(t, err, assessment.Conflict)
	if now := b.current(t).State.Sequence; now != after.State.Sequence {
		t.Errorf("refused, it is a change: %d after %d", now, after.State.Sequence)
	}
}

// TestUndoneTogetherIsAChange: what was put back together is listed with each practice, and can be undone and restored.
func TestUndoneTogetherIsAChange(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	b.save(t, "p1", 0, assessment.Adopted)
	b.save(t, "p9", 0, assessment.Absent)
	b.together(t)
	set := b.last(t).Sequence
	_, _, err := b.Undo(ctx, b.actor, b.id, []int64{set})
	check(t, err)
	undone := b.last(t).Sequence
	for subject, want := range map[string][]string{
		"p1": {assessment.EventUndone, assessment.EventTogether, assessment.EventAnswer},
		"p2": {assessment.EventUndone, assessment.EventTogether},
		"p9": {assessment.EventAnswer},
		"p":  nil,
		`"`:  nil,
	} {
		var got []string
		for _, e := range must(b.History(ctx, b.id, assessment.EventFilter{Subject: subject, Limit: 10}))(t) {
			got = append(got, e.Kind)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", subject, got, want)
		}
	}

	redone, undoing, err := b.Undo(ctx, b.actor, b.id, []int64{undone})
	check(t, err)
	if got := redone.State.Answer("p1"); undoing.Restored != 8 || got.Status != assessment.NotApplicable || got.Reason != "Hosted." || got.Version != 4 {
		t.Errorf("undone twice: %+v, p1 is %+v", undoing, got)
	}
	restored := must(b.Restore(ctx, b.actor, b.id, undone))(t)
	if got := restored.State.Answer("p1"); got.Status != assessment.Adopted || b.last(t).Kind != assessment.EventUndone {
		t.Errorf("the undoing restored by %s: p1 is %+v", b.last(t).Kind, got)
	}
	again := must(b.Restore(ctx, b.actor, b.id, set))(t)
	if got := again.State.Answer("p2"); got.Reason != "Hosted." || b.last(t).Kind != assessment.EventTogether {
		t.Errorf("what was set restored by %s: p2 is %+v", b.last(t).Kind, got)
	}
	if same := must(b.Restore(ctx, b.actor, b.id, set))(t); same.State.Sequence != again.State.Sequence {
		t.Error("restoring what is there is a change")
	}
	if all := must(b.Together(ctx, b.id))(t); len(all) != 2 || all[0].Reason != "Hosted." || len(all[0].Standing(&again.State)) != 8 {
		t.Errorf("set together: %+v", all)
	}
}
