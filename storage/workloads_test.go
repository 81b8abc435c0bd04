package storage

import (
	"reflect"
	"slices"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

func kinds(events []assessment.Event) []string {
	var all []string
	for _, e := range events {
		all = append(all, e.Kind)
	}
	return all
}

func TestCreateWorkload(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	made := must(b.CreateWorkload(ctx, b.actor, b.workload("Search"), b.sha256, assessment.Priorities{"cost": 2}))(t)

	if made.Sequence != 1 || made.Version != 1 || made.Questionnaire.Title != "Test" || made.Workload.Version != 1 {
		t.Errorf("got %+v", made)
	}
	if got := must(b.Workload(ctx, made.Workload.ID))(t); !reflect.DeepEqual(got, made.Workload) {
		t.Errorf("got %+v, want %+v", got, made.Workload)
	}
	all := must(b.AssessmentsOf(ctx, made.Workload.ID))(t)
	if len(all) != 1 || !reflect.DeepEqual(all[0], made) {
		t.Errorf("got %+v, want %+v", all, made)
	}
	current := must(b.Current(ctx, made.ID))(t)
	if !reflect.DeepEqual(current.State.Assessment, made) || current.Result.Overall.High != 100 {
		t.Errorf("got %+v, want %+v", current.State.Assessment, made)
	}
}

func TestCreateWorkloadSentTwice(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	named := b.workload("Search")
	named.ID = "aaaaaaaaaaaa"
	made := must(b.CreateWorkload(ctx, b.actor, named, b.sha256, nil))(t)
	if made.Workload.ID != named.ID {
		t.Errorf("got id %q, want %q", made.Workload.ID, named.ID)
	}
	again := must(b.CreateWorkload(ctx, b.actor, named, b.sha256, nil))(t)
	if again.ID != made.ID || again.Sequence != 1 {
		t.Errorf("sent twice: got %+v, want the assessment %s", again, made.ID)
	}

	renamed := named
	renamed.Name = "Another"
	other := must(b.CreateWorkload(ctx, b.actor, renamed, b.sha256, nil))(t)
	stranger := access.Actor{User: must(b.CreateUser(ctx, access.Actor{}, access.User{Email: "eve@example.org", Name: "Eve", PasswordHash: "x"}))(t)}
	theirs := must(b.CreateWorkload(ctx, stranger, named, b.sha256, nil))(t)
	for _, one := range []assessment.Assessment{other, theirs} {
		if one.ID == made.ID || one.Workload.ID == named.ID {
			t.Errorf("another request got the id of the first: %+v", one)
		}
	}
}

func TestCreateWorkloadRefuses(t *testing.T) {
	b := newBench(t)
	nameless, teamless := b.workload(" "), b.workload("Search")
	teamless.Team = "none"
	tests := []struct {
		name       string
		workload   assessment.Workload
		sha256     string
		priorities assessment.Priorities
		field      string
	}{
		{"no name", nameless, b.sha256, nil, "name"},
		{"no such team", teamless, b.sha256, nil, "team"},
		{"no such questionnaire", b.workload("Search"), "none", nil, "questionnaire"},
		{"no such pillar", b.workload("Search"), b.sha256, assessment.Priorities{"fun": 1}, "priorities.fun"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := b.CreateWorkload(t.Context(), b.actor, tt.workload, tt.sha256, tt.priorities)
			wantField(t, err, assessment.Invalid, tt.field)
		})
	}
}

func TestUpdateWorkload(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	w := b.current(t).State.Workload
	w.Name, w.Tags = " Assistant ", nil
	got := must(b.UpdateWorkload(ctx, b.actor, w))(t)

	if got.Name != "Assistant" || got.Version != 2 || got.Tags != nil || got.Team != b.team.ID {
		t.Errorf("got %+v", got)
	}
	if current := b.current(t); !reflect.DeepEqual(current.State.Workload, got) {
		t.Errorf("current has %+v, want %+v", current.State.Workload, got)
	}
	again := must(b.UpdateWorkload(ctx, b.actor, w))(t)
	if again.Version != 2 {
		t.Errorf("a repeated submit gave version %d, want 2", again.Version)
	}
	w.Name = "Other"
	_, err := b.UpdateWorkload(ctx, b.actor, w)
	wantCode(t, err, assessment.Conflict)
	w.Version = -1
	_, err = b.UpdateWorkload(ctx, b.actor, w)
	wantCode(t, err, assessment.VersionRequired)
	w.Version, w.Name = 2, ""
	_, err = b.UpdateWorkload(ctx, b.actor, w)
	wantField(t, err, assessment.Invalid, "name")
	w.ID, w.Name = "none", "Other"
	_, err = b.UpdateWorkload(ctx, b.actor, w)
	wantCode(t, err, assessment.NotFound)
	_, err = b.Workload(ctx, "none")
	wantCode(t, err, assessment.NotFound)

	if got, want := kinds(b.events(t)), []string{assessment.EventAssessmentStarted, assessment.EventWorkloadChanged}; !slices.Equal(got, want) {
		t.Errorf("got events %v, want %v", got, want)
	}
}

func TestArchiveWorkload(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	id := b.current(t).State.Workload.ID
	check(t, b.ArchiveWorkload(ctx, b.actor, id, 1, true))
	check(t, b.ArchiveWorkload(ctx, b.actor, id, 1, true)) // repeated
	wantCode(t, b.ArchiveWorkload(ctx, b.actor, id, 1, false), assessment.Conflict)
	wantCode(t, b.ArchiveWorkload(ctx, b.actor, id, -1, false), assessment.VersionRequired)
	if w := must(b.Workload(ctx, id))(t); !w.Archived() || w.Version != 2 {
		t.Errorf("got %+v", w)
	}
	inUse := must(b.Portfolio(ctx, assessment.PortfolioFilter{}))(t)
	archived := must(b.Portfolio(ctx, assessment.PortfolioFilter{Archived: true}))(t)
	if len(inUse) != 0 || len(archived) != 1 {
		t.Errorf("got %d in use and %d archived", len(inUse), len(archived))
	}
	check(t, b.ArchiveWorkload(ctx, b.actor, id, 2, false))
	if b.current(t).State.Workload.Archived() {
		t.Error("it is still archived")
	}
	want := []string{assessment.EventAssessmentStarted, assessment.EventWorkloadArchived, assessment.EventWorkloadRestored}
	if got := kinds(b.events(t)); !slices.Equal(got, want) {
		t.Errorf("got events %v, want %v", got, want)
	}
}

func TestSetPriorities(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	b.save(t, "p1", 0, assessment.Adopted)
	check(t, b.SetPriorities(ctx, b.actor, b.id, 1, assessment.Priorities{"cost": 0}))
	check(t, b.SetPriorities(ctx, b.actor, b.id, 1, assessment.Priorities{"cost": 0})) // repeated

	got := b.current(t)
	if got.State.Version != 2 || got.State.Priorities.Of("cost") != 0 || got.Result.Overall.Low != 12.5 {
		t.Errorf("got version %d, %v, low %v", got.State.Version, got.State.Priorities, got.Result.Overall.Low)
	}
	wantCode(t, b.SetPriorities(ctx, b.actor, b.id, 1, nil), assessment.Conflict)
	wantCode(t, b.SetPriorities(ctx, b.actor, b.id, -1, nil), assessment.VersionRequired)
	wantCode(t, b.SetPriorities(ctx, b.actor, "none", 1, nil), assessment.NotFound)
	wantField(t, b.SetPriorities(ctx, b.actor, b.id, 2, assessment.Priorities{"cost": -1}), assessment.Invalid, "priorities.cost")
}

func TestQuestionnaires(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	again := must(b.SaveQuestionnaire(ctx, access.Actor{}, questionnaire(2)))(t)
	if again.SHA256 != b.sha256 {
		t.Errorf("the same content got hash %s, want %s", again.SHA256, b.sha256)
	}
	if all := must(b.Library(ctx))(t); len(all) != 1 || all[0].QuestionnaireRef != again {
		t.Errorf("got %+v", all)
	}
	model := must(b.Model(ctx, b.sha256))(t)
	if !reflect.DeepEqual(model.Questionnaire(), questionnaire(2)) {
		t.Error("the stored questionnaire reads back differently")
	}
	_, err := b.Model(ctx, "none")
	wantCode(t, err, assessment.NotFound)
	broken := questionnaire(2)
	broken.Pillars[1].ID = broken.Pillars[0].ID
	if _, err := b.SaveQuestionnaire(ctx, access.Actor{}, broken); err == nil {
		t.Error("a questionnaire with a repeated id was stored")
	}
}

func TestPortfolio(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	other := must(b.CreateTeam(ctx, access.Actor{}, "Other"))(t)
	w := b.workload("A first one")
	w.Team = other.ID
	must(b.CreateWorkload(ctx, b.actor, w, b.sha256, nil))(t)
	b.save(t, "p1", 0, assessment.Adopted)
	must(b.TakeSnapshot(ctx, b.actor, b.id, "One", ""))(t)
	b.save(t, "p2", 0, assessment.Absent)
	b.clock.move(1000)
	last := must(b.TakeSnapshot(ctx, b.actor, b.id, "Two", ""))(t)
	d := decision()
	d.Choice, d.RevisitOn = assessment.Revisit, "2026-09-01"
	must(b.SaveDecision(ctx, b.actor, b.id, d))(t)
	b.save(t, "p2", 1, assessment.Partial)

	tests := []struct {
		name  string
		teams []string
		want  []string
	}{
		{"every team", nil, []string{"A first one", "Shop assistant"}},
		{"no team", []string{}, nil},
		{"one", []string{b.team.ID}, []string{"Shop assistant"}},
		{"both", []string{b.team.ID, other.ID}, []string{"A first one", "Shop assistant"}},
		{"unknown", []string{"' OR 1=1 --"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, row := range must(b.Portfolio(ctx, assessment.PortfolioFilter{Teams: tt.teams}))(t) {
				got = append(got, row.Assessment.Workload.Name)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}

	row := must(b.Portfolio(ctx, assessment.PortfolioFilter{}))(t)[1]
	if !slices.Equal(row.Trend, []float64{6.25, 6.25}) || row.SnapshotCount != 2 || !row.LastSnapshot.Equal(last.TakenAt) {
		t.Errorf("got trend %v, %d snapshots, last %v", row.Trend, row.SnapshotCount, row.LastSnapshot)
	}
	if row.ChangedBy != "Ada" || row.NextDecision != "2026-09-01" || len(row.Bands) != 2 {
		t.Errorf("got changed by %q, next decision %q, bands %v", row.ChangedBy, row.NextDecision, row.Bands)
	}
	current := b.current(t)
	want := assessment.Summarise(current.Model, current.Result, &current.State)
	if !reflect.DeepEqual(row.Summary, want) || want.Stale != 1 {
		t.Errorf("got summary %+v, want %+v", row.Summary, want)
	}
	if !reflect.DeepEqual(row.Assessment, current.State.Assessment) {
		t.Errorf("got %+v, want %+v", row.Assessment, current.State.Assessment)
	}
}

// TestArchivedStaysAsItIs holds that nothing is said in an assessment that was put away after somebody asked whether it
// may be changed; what is about its snapshots goes on.
func TestArchivedStaysAsItIs(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	taken := must(b.TakeSnapshot(ctx, b.actor, b.id, "Last", ""))(t)
	workload := b.current(t).State.Workload
	check(t, b.ArchiveWorkload(ctx, b.actor, workload.ID, workload.Version, true))
	before := b.current(t).State.Sequence
	none := func(_ any, err error) error { return err }
	for name, change := range map[string]func() error{
		"an answer":  func() error { return none(b.SaveAnswer(ctx, b.actor, b.id, saveOf("p1", 0, assessment.Adopted))) },
		"a decision": func() error { return none(b.SaveDecision(ctx, b.actor, b.id, decision())) },
		"the plan":   func() error { return none(b.KeepPlanItems(ctx, b.actor, b.id, []string{"p3"})) },
		"priorities": func() error { return b.SetPriorities(ctx, b.actor, b.id, 1, assessment.Priorities{"cost": 3}) },
		"a snapshot": func() error { return none(b.TakeSnapshot(ctx, b.actor, b.id, "Later", "")) },
	} {
		t.Run(name, func(t *testing.T) { wantCode(t, change(), assessment.Conflict) })
	}
	if got := b.current(t).State.Sequence; got != before {
		t.Errorf("the sequence went from %d to %d", before, got)
	}
	must(b.ApproveSnapshot(ctx, b.actor, taken.ID, ""))(t)
}
