package storage

import (
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

func TestEnableQuestionnaire(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	ref := b.imported(t)
	offered := func(team string) bool { return must(b.LibraryEntry(ctx, ref.SHA256))(t).EnabledFor(team) }
	second := must(b.CreateTeam(ctx, access.Actor{}, "Second"))(t)

	check(t, b.EnableQuestionnaire(ctx, b.actor, ref.SHA256, b.team.ID, false))
	b.wantLog(t, access.AuditEntry{Team: b.team.ID, Action: access.AuditQuestionnaireOff, SubjectKind: "questionnaire", Subject: ref.SHA256, Detail: "lens 1.0.0"})
	if offered(b.team.ID) {
		t.Error("the team is still offered it")
	}
	last := b.log(t).Sequence
	check(t, b.EnableQuestionnaire(ctx, b.actor, ref.SHA256, b.team.ID, false))
	if b.log(t).Sequence != last {
		t.Error("what changes nothing is logged")
	}
	check(t, b.EnableQuestionnaire(ctx, b.actor, ref.SHA256, "", true))
	b.wantLog(t, access.AuditEntry{Action: access.AuditQuestionnaireOn, SubjectKind: "questionnaire", Subject: ref.SHA256, Detail: "lens 1.0.0"})
	if !offered(b.team.ID) || !offered(second.ID) || !offered("of tomorrow") {
		t.Error("not every team is offered it")
	}
	wantCode(t, b.EnableQuestionnaire(ctx, b.actor, "nothing", b.team.ID, true), assessment.NotFound)
	wantCode(t, b.EnableQuestionnaire(ctx, b.actor, b.sha256, "nothing", false), assessment.NotFound)
}

func TestDeleteQuestionnaire(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	wantCode(t, b.DeleteQuestionnaire(ctx, b.actor, b.sha256), assessment.Conflict)
	ref := b.imported(t)
	must(b.Model(ctx, ref.SHA256))(t)
	check(t, b.DeleteQuestionnaire(ctx, b.actor, ref.SHA256))
	b.wantLog(t, access.AuditEntry{Action: access.AuditQuestionnaireGone, SubjectKind: "questionnaire", Subject: ref.SHA256, Detail: "lens 1.0.0"})
	_, err := b.Model(ctx, ref.SHA256)
	wantCode(t, err, assessment.NotFound)
	wantCode(t, b.DeleteQuestionnaire(ctx, b.actor, ref.SHA256), assessment.NotFound)

	ref = b.imported(t)
	a := must(b.CreateWorkload(ctx, b.actor, b.workload("Lensed"), ref.SHA256, nil))(t)
	wantCode(t, b.DeleteQuestionnaire(ctx, b.actor, ref.SHA256), assessment.Conflict)
	must(b.TakeSnapshot(ctx, b.actor, a.ID, "First", ""))(t)
	if e := must(b.LibraryEntry(ctx, ref.SHA256))(t); e.Assessments != 1 || e.Snapshots != 1 {
		t.Errorf("got %+v", e)
	}
	if uses := must(b.AssessmentsUsing(ctx, ref.SHA256))(t); len(uses) != 1 || uses[0].ID != a.ID || uses[0].Workload.Name != "Lensed" {
		t.Errorf("got %+v", uses)
	}
}

func TestStartAssessment(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	ref := b.imported(t)
	workload := b.current(t).State.Workload.ID
	wanted := assessment.Assessment{ID: "aaaabbbbcccc", Workload: assessment.Workload{ID: workload}, Questionnaire: ref,
		Priorities: assessment.Priorities{"cost": 2}}
	a := must(b.StartAssessment(ctx, b.actor, wanted))(t)
	if a.ID != "aaaabbbbcccc" || a.Questionnaire != ref || a.Priorities["cost"] != 2 || a.Sequence != 1 {
		t.Errorf("got %+v", a)
	}
	if again := must(b.StartAssessment(ctx, b.actor, wanted))(t); again.ID != a.ID {
		t.Errorf("the same request started %s too", again.ID)
	}
	if rows := must(b.Portfolio(ctx, assessment.PortfolioFilter{Workload: workload}))(t); len(rows) != 2 {
		t.Errorf("the portfolio of the workload has %d rows, want 2", len(rows))
	}
	if rows := must(b.Portfolio(ctx, assessment.PortfolioFilter{Workload: "none"}))(t); len(rows) != 0 {
		t.Errorf("the portfolio of no workload has %d rows", len(rows))
	}
	if n := must(b.AssessmentCount(ctx, workload))(t); n != 2 {
		t.Errorf("counted %d assessments, want 2", n)
	}
	if all := must(b.AssessmentsOf(ctx, workload))(t); len(all) != 2 {
		t.Errorf("the workload has %d assessments, want 2", len(all))
	}
	other := b.join(t, "bo@example.org", access.Lead)
	if another := must(b.StartAssessment(ctx, other, wanted))(t); another.ID == a.ID {
		t.Error("another person got the same assessment")
	}

	wanted.ID = ""
	bad := func(change func(*assessment.Assessment)) error {
		changed := wanted
		change(&changed)
		_, err := b.StartAssessment(ctx, b.actor, changed)
		return err
	}
	wantCode(t, bad(func(a *assessment.Assessment) { a.Workload.ID = "nothing" }), assessment.NotFound)
	wantField(t, bad(func(a *assessment.Assessment) { a.Questionnaire.SHA256 = "nothing" }), assessment.Invalid, "questionnaire")
	wantField(t, bad(func(a *assessment.Assessment) { a.Priorities = assessment.Priorities{"cost": -1} }), assessment.Invalid, "priorities.cost")
	check(t, b.EnableQuestionnaire(ctx, b.actor, ref.SHA256, b.team.ID, false))
	wantField(t, bad(func(*assessment.Assessment) {}), assessment.Invalid, "questionnaire")
	_, err := b.CreateWorkload(ctx, b.actor, b.workload("New"), ref.SHA256, nil)
	wantField(t, err, assessment.Invalid, "questionnaire")
	check(t, b.ArchiveWorkload(ctx, b.actor, workload, 1, true))
	wantCode(t, bad(func(a *assessment.Assessment) { a.Questionnaire.SHA256 = b.sha256 }), assessment.Conflict)
}

func TestBuiltinThatWasImportedBefore(t *testing.T) {
	b := newBench(t)
	ref := b.imported(t)
	q := must(b.Model(t.Context(), ref.SHA256))(t).Questionnaire()
	must(b.SaveQuestionnaire(t.Context(), access.Actor{}, q))(t)
	if e := must(b.LibraryEntry(t.Context(), ref.SHA256))(t); !e.Builtin() || !e.EnabledFor("any") {
		t.Errorf("got %+v", e)
	}
}
