package storage

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// firstSchema is a data folder that the first Plumbline left: a database with the first schema, and something in it.
func firstSchema(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	first := fstest.MapFS{"00001_start.sql": {Data: must(fs.ReadFile(embedded, "migrations/00001_start.sql"))(t)}}
	s := openStore(t, Options{Folder: folder, migrations: first})
	_, err := s.writers.ExecContext(t.Context(), `
		INSERT INTO account (id, email, name, password_hash, admin, version, created_at) VALUES ('ada', 'ada@example.org', 'Ada', 'h', 1, 1, 1);
		INSERT INTO team (id, name, created_at) VALUES ('team', 'Everyone', 1);
		INSERT INTO membership (account_id, team_id, role) VALUES ('ada', 'team', 'lead');
		INSERT INTO session (hash, account_id, created_at, seen_at, expires_at, address, agent)
		VALUES ('session', 'ada', 4000000000000000, 4000000000000000, 4000000000000000, '', '');
		INSERT INTO one_time_link (token_hash, kind, account_id, created_at, expires_at, used_at) VALUES
			('setup', 'setup', NULL, 1, 4000000000000000, 2), ('reset', 'reset', 'ada', 1, 4000000000000000, NULL),
			('invite', 'invite', 'ada', 1, 4000000000000000, NULL);
		INSERT INTO workload (id, team_id, name, description, owner, environment, tags, version, created_at, updated_at)
		VALUES ('w', 'team', 'Shop', '', '', '', '[]', 1, 1, 1);
	`)
	check(t, err)
	check(t, s.Close())
	return folder
}

// newestSchema returns the number of the last migration, and the name of the copy that is kept before it runs.
func newestSchema(t *testing.T) (int64, string) {
	t.Helper()
	newest := must(newSchema(nil))(t).newest
	return newest, fmt.Sprintf("before-schema-%d.db", newest)
}

func TestUpgradeFromTheFirstSchema(t *testing.T) {
	folder := firstSchema(t)
	ctx := t.Context()
	s := openStore(t, Options{Folder: folder})
	_, actor, err := s.Session(ctx, "session")
	check(t, err)
	if actor.User.Name != "Ada" || actor.User.TimeZone != "" || actor.Role("team") != access.Lead {
		t.Errorf("got %+v", actor)
	}
	for hash, kind := range map[string]string{"reset": access.LinkReset, "invite": access.LinkReset} {
		if link := must(s.Link(ctx, hash, kind))(t); link.User != "ada" || link.ID == "" {
			t.Errorf("%s: got %+v", hash, link)
		}
	}
	_, err = s.Link(ctx, "setup", access.LinkSetup)
	wantCode(t, err, assessment.NotFound)
	check(t, s.UseResetLink(ctx, access.Actor{}, "invite", "fresh"))
	if w := must(s.Workload(ctx, "w"))(t); w.Name != "Shop" {
		t.Errorf("got %+v", w)
	}
	check(t, s.Close())

	_, kept := newestSchema(t)
	info := must(os.Stat(filepath.Join(folder, kept)))(t)
	if info.Mode() != 0o600 {
		t.Errorf("the copy has mode %v, want 0600", info.Mode())
	}
	back := filepath.Join(t.TempDir(), "restored")
	check(t, Restore(ctx, filepath.Join(folder, kept), back))
	restored := openStore(t, Options{Folder: back})
	if u := must(restored.User(ctx, "ada"))(t); u.PasswordHash != "h" {
		t.Errorf("the copy holds %+v, want the account of before", u)
	}
}

func TestCopyBeforeAnUpgrade(t *testing.T) {
	tests := []struct {
		name  string
		there func(t *testing.T, folder, file string)
		want  string // what happens to the file: "made", "kept" or "refused"
	}{
		{"none there", func(*testing.T, string, string) {}, "made"},
		{"from the last try", func(t *testing.T, folder, file string) {
			check(t, os.WriteFile(file, []byte("copy"), 0o600))
		}, "kept"},
		{"older than the database", func(t *testing.T, folder, file string) {
			check(t, os.WriteFile(file, []byte("copy"), 0o600))
			long := time.Now().Add(-time.Hour)
			check(t, os.Chtimes(file, long, long))
		}, "made"},
		{"empty", func(t *testing.T, folder, file string) { check(t, os.WriteFile(file, nil, 0o600)) }, "made"},
		{"cannot be written", func(t *testing.T, folder, file string) { check(t, os.MkdirAll(filepath.Join(file, "x"), 0o700)) }, "refused"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			folder := firstSchema(t)
			newest, kept := newestSchema(t)
			file := filepath.Join(folder, kept)
			tt.there(t, folder, file)
			s, err := Open(t.Context(), Options{Folder: folder})
			if tt.want == "refused" {
				if err == nil {
					check(t, s.Close())
					t.Fatal("the schema was upgraded without a copy")
				}
				wantSchema(t, folder, 1)
				return
			}
			check(t, err)
			check(t, s.Close())
			wantSchema(t, folder, newest)
			if made := must(os.Stat(file))(t).Size() > 4; made != (tt.want == "made") {
				t.Errorf("the copy was made: %v, want %s", made, tt.want)
			}
		})
	}
}

func wantSchema(t *testing.T, folder string, want int64) {
	t.Helper()
	db := sqliteFile{path: filepath.Join(folder, fileName), busy: defaultBusy}.readers(1)
	defer db.Close()
	if got := must(version(t.Context(), db))(t); got != want {
		t.Errorf("got schema %d, want %d", got, want)
	}
}

func TestNoCopyWithoutAnUpgrade(t *testing.T) {
	folder := t.TempDir()
	for range 2 {
		check(t, openStore(t, Options{Folder: folder}).Close())
	}
	if got := must(filepath.Glob(filepath.Join(folder, "before-schema-*")))(t); len(got) != 0 {
		t.Errorf("got %v, want no copy", got)
	}
}
