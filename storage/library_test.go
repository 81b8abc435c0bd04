package storage

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// secondSchema is a data folder that the Plumbline before the library left, with a questionnaire and a snapshot.
func secondSchema(t *testing.T) (folder, sha256 string) {
	t.Helper()
	folder = t.TempDir()
	steps := fstest.MapFS{}
	for _, name := range []string{"00001_start.sql", "00002_access.sql", "00003_rights.sql"} {
		steps[name] = &fstest.MapFile{Data: must(fs.ReadFile(embedded, "migrations/"+name))(t)}
	}
	s := openStore(t, Options{Folder: folder, migrations: steps})
	q := questionnaire(3)
	q.Source = assessment.Source{Title: "Paper", Licence: "MIT"}
	row := must(rowOf(q))(t)
	sha256 = row.ref.SHA256
	_, err := s.writers.ExecContext(t.Context(), `
		INSERT INTO questionnaire (sha256, id, version, title, created_at, document)
		VALUES ($1, 'test', '1.0.0', 'Test', 5, $2)
	`, sha256, row.content)
	check(t, err)
	_, err = s.writers.ExecContext(t.Context(), strings.ReplaceAll(`
		INSERT INTO team (id, name, created_at) VALUES ('team', 'Everyone', 1);
		INSERT INTO workload (id, team_id, name, description, owner, environment, tags, version, created_at, updated_at)
		VALUES ('w', 'team', 'Shop', '', '', '', '[]', 1, 1, 1);
		INSERT INTO assessment (id, workload_id, questionnaire, priorities, sequence, version, created_at, updated_at, changed_by, summary)
		VALUES ('a', 'w', 'HASH', '{}', 0, 1, 1, 1, '', '{}');
		INSERT INTO snapshot (id, assessment_id, sequence, title, note, taken_at, taken_by, sha256, previous, size, scores, document)
		VALUES ('s', 'a', 1, 'First', '', 1, 'Ada', 'HASH', '', 1, '{}', x'00');
	`, "HASH", sha256))
	check(t, err)
	check(t, s.Close())
	return folder, sha256
}

func TestUpgradeToTheLibrary(t *testing.T) {
	folder, sha256 := secondSchema(t)
	s := openStore(t, Options{Folder: folder})
	e := must(s.LibraryEntry(t.Context(), sha256))(t)
	want := assessment.Outline{Pillars: 2, Principles: 2, Questions: 6, Practices: 24, Tradeoffs: 1}
	if !e.Builtin() || !e.Everywhere || !e.EnabledFor("team") || e.Counts != want || e.Source.Licence != "MIT" || e.Assessments != 1 || e.Snapshots != 1 {
		t.Errorf("got %+v", e)
	}
	_, err := s.writers.ExecContext(t.Context(), "UPDATE snapshot SET title = 'x'")
	if err == nil || !strings.Contains(err.Error(), "immutable") {
		t.Errorf("a snapshot was changed: %v", err)
	}
	if err := s.DeleteQuestionnaire(t.Context(), access.Actor{}, sha256); assessment.CodeOf(err) != assessment.Conflict {
		t.Errorf("got %v", err)
	}
}

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

// TestUpgradeNotesAdditions takes the notes of a questionnaire to the team that added it, as the log says, and leaves those of
// what was added for every team.
func TestUpgradeNotesAdditions(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	ref := b.imported(t)
	at := b.now()
	d := b.draft(t)
	everywhere := assessment.QuestionnaireIdentityOf(d.Questionnaire)
	everywhere.Version = "2.0.0"
	all := must(b.AcceptDraft(ctx, b.actor, d.ID, everywhere, ""))(t)
	beta := must(b.CreateTeam(ctx, access.Actor{}, "Beta"))(t)
	check(t, b.EnableQuestionnaire(ctx, b.actor, ref.SHA256, beta.ID, true))
	b.clock.move(time.Hour)
	b.earlier(t, "UPDATE questionnaire SET file_name = 'lens.json', added_by = 'Ada' WHERE kind = 'aws-lens'",
		"UPDATE team_questionnaire SET file_name = '', added_by = '', added_at = NULL")
	want := assessment.Addition{FileName: "lens.json", AddedBy: "Ada", AddedAt: at}
	e := must(b.LibraryEntry(ctx, ref.SHA256))(t)
	if e.FileName != "" || e.AddedBy != "" || len(e.Additions) != 1 || e.Additions[b.team.ID] != want {
		t.Errorf("got %+v, by team %+v", e.Addition, e.Additions)
	}
	if e := must(b.LibraryEntry(ctx, all.SHA256))(t); e.Addition != want || len(e.Additions) != 0 {
		t.Errorf("for every team: %+v, by team %+v", e.Addition, e.Additions)
	}
}

// earlier makes rows as an earlier version wrote them, and lets the last migration change them.
func (b *bench) earlier(t *testing.T, rows ...string) {
	t.Helper()
	file := string(must(embedded.ReadFile("migrations/00013_additions.sql"))(t))
	for statement := range strings.SplitSeq(file, ";") {
		if _, update, ok := strings.Cut(statement, "\nUPDATE "); ok {
			rows = append(rows, "UPDATE "+update)
		}
	}
	if len(rows) < 3 {
		t.Fatal("the migration changes nothing")
	}
	for _, statement := range rows {
		must(b.writers.ExecContext(t.Context(), statement))(t)
	}
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
