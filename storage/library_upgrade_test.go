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
