package storage

import (
	"slices"
	"strconv"
	"testing"

	"plumbline/assessment/access"
)

func TestTeamSnapshots(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	must(b.TakeSnapshot(ctx, b.actor, b.id, "Own", ""))(t)
	own := b.current(t).State.Workload
	other := must(b.CreateWorkload(ctx, b.actor, b.workload("Other"), b.sha256, nil))(t)
	for i := range snapshotsPerAssessment + 2 {
		b.clock.move(1e9)
		must(b.TakeSnapshot(ctx, b.actor, other.ID, strconv.Itoa(i+1), ""))(t)
	}
	third := must(b.CreateWorkload(ctx, b.actor, b.workload("Third"), b.sha256, nil))(t)
	b.clock.move(1e9)
	taken := must(b.TakeSnapshot(ctx, b.actor, third.ID, "Last", ""))(t)
	must(b.ApproveSnapshot(ctx, b.actor, taken.ID, ""))(t)
	strangers := must(b.CreateTeam(ctx, access.Actor{}, "Strangers"))(t)
	w := b.workload("Foreign")
	w.Team = strangers.ID
	foreign := must(b.CreateWorkload(ctx, b.actor, w, b.sha256, nil))(t)
	must(b.TakeSnapshot(ctx, b.actor, foreign.ID, "Foreign", ""))(t)

	got := must(b.TeamSnapshots(ctx, b.team.ID, own.ID))(t)
	var titles []string
	for _, one := range got {
		titles = append(titles, one.Workload.Name+" "+one.Title)
	}
	want := []string{"Third Last"}
	for i := range snapshotsPerAssessment {
		want = append(want, "Other "+strconv.Itoa(snapshotsPerAssessment+2-i))
	}
	if !slices.Equal(titles, want) {
		t.Errorf("got %q, want %q", titles, want)
	}
	first := got[0]
	if first.ID != taken.ID || first.Assessment != third.ID || first.Sequence != 1 || !first.TakenAt.Equal(taken.TakenAt) || !first.Approved || got[1].Approved {
		t.Errorf("got %+v", first)
	}
	if first.Workload.ID != third.Workload.ID || first.Workload.Environment != "production" || first.Questionnaire.SHA256 != b.sha256 ||
		first.Questionnaire.ID == "" || first.Questionnaire.Title == "" {
		t.Errorf("got %+v", first)
	}
	if none := must(b.TeamSnapshots(ctx, "none", ""))(t); len(none) != 0 {
		t.Errorf("got %+v", none)
	}
}

// TestTeamSnapshotsNameWhatTheyWereTakenOf moves an assessment on to another questionnaire: its earlier snapshots go on to
// be of the one before.
func TestTeamSnapshotsNameWhatTheyWereTakenOf(t *testing.T) {
	c := newCarrying(t)
	c.move(t, c.next)
	must(c.TakeSnapshot(t.Context(), c.actor, c.id, "After the move", ""))(t)
	var got []string
	for _, one := range must(c.TeamSnapshots(t.Context(), c.team.ID, ""))(t) {
		got = append(got, one.Title+" "+one.Questionnaire.SHA256)
	}
	want := []string{"After the move " + c.next, "Before the move " + c.sha256}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
