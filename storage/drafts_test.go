package storage

import (
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// imported is a bench in whose library an import was accepted for its team.
func (b *bench) imported(t *testing.T) assessment.QuestionnaireRef {
	t.Helper()
	d := b.draft(t)
	return must(b.AcceptDraft(t.Context(), b.actor, d.ID, assessment.QuestionnaireIdentityOf(d.Questionnaire), b.team.ID))(t)
}

func (b *bench) draft(t *testing.T) assessment.ImportDraft {
	t.Helper()
	q := questionnaire(1)
	q.ID, q.Title = "lens", "Lens"
	return must(b.SaveDraft(t.Context(), b.actor, assessment.ImportDraft{Kind: "aws-lens", FileName: "lens.json", Questionnaire: q,
		Losses: []assessment.Remark{{Line: 3, Column: 1, Path: "a", Message: "left out"}}}))(t)
}

func TestDraftIsAccepted(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	d := b.draft(t)
	b.wantLog(t, access.AuditEntry{Action: access.AuditImported, SubjectKind: "import", Subject: d.ID, Detail: "lens.json"})
	read := must(b.Draft(ctx, b.actor, d.ID))(t)
	if read.Questionnaire.ID != "lens" || len(read.Losses) != 1 || read.Losses[0] != d.Losses[0] || !read.CreatedAt.Equal(d.CreatedAt) {
		t.Errorf("got %+v", read)
	}
	imprint := assessment.QuestionnaireIdentity{ID: "lens", Version: " 2.0.0 ", Title: "A lens", Licence: "MIT-0"}
	ref := must(b.AcceptDraft(ctx, b.actor, d.ID, imprint, b.team.ID))(t)
	b.wantLog(t, access.AuditEntry{Team: b.team.ID, Action: access.AuditQuestionnaireOn, SubjectKind: "questionnaire", Subject: ref.SHA256, Detail: "lens 2.0.0"})
	e := must(b.LibraryEntry(ctx, ref.SHA256))(t)
	if added := e.Additions[b.team.ID]; added != (assessment.Addition{FileName: "lens.json", AddedBy: "Ada", AddedAt: b.now()}) || len(e.Additions) != 1 {
		t.Errorf("added as %+v", e.Additions)
	}
	if e.Version != "2.0.0" || e.Title != "A lens" || e.Source.Licence != "MIT-0" || e.Kind != "aws-lens" || e.FileName != "" ||
		e.AddedBy != "" || e.Everywhere || !e.EnabledFor(b.team.ID) || e.EnabledFor("other") || e.Counts.Practices != 8 || e.Builtin() {
		t.Errorf("got %+v", e)
	}
	if q := must(b.Model(ctx, ref.SHA256))(t).Questionnaire(); q.Title != "A lens" {
		t.Errorf("the content is titled %q", q.Title)
	}
	_, err := b.Draft(ctx, b.actor, d.ID)
	wantCode(t, err, assessment.NotFound)
	_, err = b.AcceptDraft(ctx, b.actor, d.ID, imprint, b.team.ID)
	wantCode(t, err, assessment.NotFound)
}

// TestTeamsAddTheSame lets a second team add what the first has, and other content under the same version: it is told nothing
// of the first. Who finds both is told.
func TestTeamsAddTheSame(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	ref := b.imported(t)
	bo := must(b.CreateUser(ctx, access.Actor{}, access.User{Email: "bo@example.org", Name: "Bo"}))(t)
	beta := must(b.CreateTeam(ctx, access.Actor{}, "Beta"))(t)
	check(t, b.SetMembership(ctx, access.Actor{}, bo.ID, beta.ID, access.Lead))
	lead := access.Actor{User: bo, Memberships: []access.Membership{{Team: beta, Role: access.Lead}}}
	draft := func(actor access.Actor, title string) assessment.ImportDraft {
		q := questionnaire(1)
		q.ID, q.Title = "lens", title
		return must(b.SaveDraft(ctx, actor, assessment.ImportDraft{Kind: "plumbline", FileName: title + ".yaml", Questionnaire: q}))(t)
	}
	accept := func(actor access.Actor, d assessment.ImportDraft, team string) (assessment.QuestionnaireRef, error) {
		return b.AcceptDraft(ctx, actor, d.ID, assessment.QuestionnaireIdentityOf(d.Questionnaire), team)
	}
	b.clock.move(time.Hour)
	if same := must(accept(lead, draft(lead, "Lens"), beta.ID))(t); same != ref {
		t.Fatalf("the same content is %+v, was %+v", same, ref)
	}
	seen := must(b.LibraryEntry(ctx, ref.SHA256))(t).SeenBy(lead.Teams(access.ActRead).Has)
	if want := (assessment.Addition{FileName: "Lens.yaml", AddedBy: "Bo", AddedAt: b.now()}); seen.Addition != want {
		t.Errorf("the second team sees %+v, want %+v", seen.Addition, want)
	}
	must(b.CreateWorkload(ctx, b.actor, b.workload("Secret"), ref.SHA256, nil))(t)
	if seen := must(b.LibraryEntry(ctx, ref.SHA256))(t).SeenBy(lead.Teams(access.ActRead).Has); seen.Used() {
		t.Errorf("the second team sees the use of the first: %+v", seen.Uses)
	}

	secret := draft(b.actor, "Secret")
	secret.Questionnaire.Version = "3.0.0"
	secret = must(b.SaveDraft(ctx, b.actor, secret))(t)
	must(accept(b.actor, secret, b.team.ID))(t)
	mine := draft(lead, "Ours")
	mine.Questionnaire.Version = "3.0.0"
	mine = must(b.SaveDraft(ctx, lead, mine))(t)
	_, err := accept(access.Actor{User: lead.User}, mine, "")
	wantCode(t, err, assessment.Conflict) // of every team, somebody has it
	if ref := must(accept(lead, mine, beta.ID))(t); ref.Version != "3.0.0" {
		t.Errorf("got %+v", ref)
	}
	again := draft(b.actor, "A third")
	again.Questionnaire.Version = "3.0.0"
	again = must(b.SaveDraft(ctx, b.actor, again))(t)
	_, err = accept(b.actor, again, b.team.ID)
	wantCode(t, err, assessment.Conflict)
}

func TestDraftIsRefused(t *testing.T) {
	b := newBench(t)
	b.imported(t)
	other := b.join(t, "bo@example.org", access.Lead)
	d := b.draft(t)
	d.Questionnaire.Title = "Changed"
	changed := must(b.SaveDraft(t.Context(), b.actor, d))(t)
	good := assessment.QuestionnaireIdentityOf(d.Questionnaire)
	edit := func(change func(*assessment.QuestionnaireIdentity)) assessment.QuestionnaireIdentity {
		i := good
		change(&i)
		return i
	}
	tests := []struct {
		name    string
		actor   access.Actor
		draft   string
		imprint assessment.QuestionnaireIdentity
		team    string
		code    assessment.Code
		field   string
	}{
		{"somebody else's", other, changed.ID, good, b.team.ID, assessment.NotFound, ""},
		{"unknown", b.actor, "nothing", good, b.team.ID, assessment.NotFound, ""},
		{"version is there", b.actor, changed.ID, good, b.team.ID, assessment.Conflict, "version"},
		{"no version", b.actor, changed.ID, edit(func(i *assessment.QuestionnaireIdentity) { i.Version = "1" }), b.team.ID, assessment.Invalid, "version"},
		{"no id", b.actor, changed.ID, edit(func(i *assessment.QuestionnaireIdentity) { i.ID = "a b" }), b.team.ID, assessment.Invalid, "id"},
		{"no title", b.actor, changed.ID, edit(func(i *assessment.QuestionnaireIdentity) { i.Title = " " }), b.team.ID, assessment.Invalid, "title"},
		{"licence", b.actor, changed.ID, edit(func(i *assessment.QuestionnaireIdentity) { i.Licence = "a\x00b" }), b.team.ID, assessment.Invalid, "licence"},
		{"unknown team", b.actor, changed.ID, edit(func(i *assessment.QuestionnaireIdentity) { i.Version = "9.0.0" }), "nothing", assessment.NotFound, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := len(must(b.Library(t.Context()))(t))
			_, err := b.AcceptDraft(t.Context(), tt.actor, tt.draft, tt.imprint, tt.team)
			wantCode(t, err, tt.code)
			if tt.field != "" {
				wantField(t, err, tt.code, tt.field)
			}
			if after := len(must(b.Library(t.Context()))(t)); after != before {
				t.Errorf("there were %d questionnaires, now %d", before, after)
			}
		})
	}
	must(b.Draft(t.Context(), b.actor, changed.ID))(t)
}

func TestSameContentIsAddedOnce(t *testing.T) {
	b := newBench(t)
	first := b.imported(t)
	check(t, b.EnableQuestionnaire(t.Context(), b.actor, first.SHA256, b.team.ID, false))
	if second := b.imported(t); second != first {
		t.Errorf("got %+v, want %+v", second, first)
	}
	if e := must(b.LibraryEntry(t.Context(), first.SHA256))(t); !e.EnabledFor(b.team.ID) {
		t.Error("the team is not offered what it accepted")
	}
}

func TestDraftsEnd(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	dropped := b.draft(t)
	check(t, b.DropDraft(ctx, b.actor, dropped.ID))
	b.wantLog(t, access.AuditEntry{Action: access.AuditImportDropped, SubjectKind: "import", Subject: dropped.ID, Detail: "lens.json"})
	check(t, b.DropDraft(ctx, b.actor, dropped.ID))
	old := b.draft(t)
	for range assessment.MaxDrafts {
		b.clock.move(time.Minute)
		b.draft(t)
	}
	_, err := b.Draft(ctx, b.actor, old.ID)
	wantCode(t, err, assessment.NotFound)

	last := b.draft(t)
	b.clock.move(assessment.MaxDraftLife)
	_, err = b.Draft(ctx, b.actor, last.ID)
	wantCode(t, err, assessment.NotFound)
	b.draft(t)
	var left int
	check(t, b.readers.QueryRowContext(ctx, "SELECT count(*) FROM import_draft").Scan(&left))
	if left != 1 {
		t.Errorf("%d imports are kept, want 1", left)
	}
}
