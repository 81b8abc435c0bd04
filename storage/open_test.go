package storage

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// closedFolder returns a data folder with a database that nobody has open.
func closedFolder(t *testing.T) string {
	t.Helper()
	b := newBench(t)
	check(t, b.Close())
	return b.folder
}

func TestOpenMakesAFolder(t *testing.T) {
	s := openStore(t, Options{})
	for name, want := range map[string]fs.FileMode{"": 0o700 | fs.ModeDir, fileName: 0o600, fileName + "-wal": 0o600, "plumbline.lock": 0o600} {
		info := must(os.Stat(filepath.Join(s.folder, name)))(t)
		if info.Mode() != want {
			t.Errorf("%q has mode %v, want %v", name, info.Mode(), want)
		}
	}
	check(t, s.Ready(t.Context()))
}

func TestSettings(t *testing.T) {
	s := openStore(t, Options{})
	common := map[string]string{"trusted_schema": "0", "cell_size_check": "1", "journal_size_limit": "67108864",
		"busy_timeout": "5000", "journal_mode": "wal", "application_id": fmt.Sprint(applicationID)}
	writer, reader := maps.Clone(common), maps.Clone(common)
	writer["synchronous"], writer["foreign_keys"], writer["query_only"] = "2", "1", "0"
	reader["query_only"] = "1"
	for pragma, want := range writer {
		var got string
		check(t, s.writers.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got))
		if got != want {
			t.Errorf("writer: %s is %s, want %s", pragma, got, want)
		}
	}
	for pragma, want := range reader {
		var got string
		check(t, s.readers.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got))
		if got != want {
			t.Errorf("reader: %s is %s, want %s", pragma, got, want)
		}
	}
	if _, err := s.readers.ExecContext(t.Context(), "DELETE FROM account"); err == nil {
		t.Error("a reader wrote")
	}
	if n := s.readers.Stats().MaxOpenConnections; n != 4 {
		t.Errorf("got %d readers, want 4", n)
	}
}

func TestSecondProcess(t *testing.T) {
	s := openStore(t, Options{})
	_, err := Open(t.Context(), Options{Folder: s.folder})
	if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("process %d", os.Getpid())) {
		t.Errorf("got %v, want an error that names process %d", err, os.Getpid())
	}
	check(t, s.Close())
	openStore(t, Options{Folder: s.folder})
}

func TestOpenRefusesAndLeavesTheFile(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(t *testing.T, file string)
		want  []string
	}{
		{"no database", func(t *testing.T, file string) {
			check(t, os.WriteFile(file, bytes.Repeat([]byte("not a database\n"), 1000), 0o600))
		}, []string{"is not a database", "plumbline restore"}},
		{"short", func(t *testing.T, file string) {
			check(t, os.WriteFile(file, []byte("x"), 0o600))
		}, []string{"is not a database", "plumbline restore"}},
		{"corrupt page", spoilPages, []string{"is damaged", "plumbline restore"}},
		{"cut short", func(t *testing.T, file string) { check(t, os.Truncate(file, 5*4096)) }, []string{"is damaged", "plumbline restore"}},
		{"newer schema", func(t *testing.T, file string) {
			execute(t, file, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, 1)")
		}, []string{"newer version of Plumbline (schema 999, this version knows", "start the newer version"}},
		{"another program", func(t *testing.T, file string) {
			execute(t, file, "PRAGMA application_id = 7")
		}, []string{"database of another program", "another data folder"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			folder := closedFolder(t)
			file := filepath.Join(folder, fileName)
			tt.spoil(t, file)
			before := must(os.ReadFile(file))(t)
			_, err := Open(t.Context(), Options{Folder: folder})
			for _, want := range tt.want {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("got %v, want %q", err, want)
				}
			}
			if !bytes.Equal(must(os.ReadFile(file))(t), before) {
				t.Error("the file was changed")
			}
		})
	}
}

// spoilPages overwrites the start of each page but the first.
func spoilPages(t *testing.T, file string) {
	t.Helper()
	f := must(os.OpenFile(file, os.O_RDWR, 0))(t)
	defer f.Close()
	info := must(f.Stat())(t)
	for at := int64(4096); at < info.Size(); at += 4096 {
		_, err := f.WriteAt(bytes.Repeat([]byte{0xff}, 64), at)
		check(t, err)
	}
}

// execute runs a statement on a database that nobody has open and leaves it without companions.
func execute(t *testing.T, file, statement string) {
	t.Helper()
	db := sqliteFile{path: file, busy: defaultBusy}.writer()
	_, err := db.ExecContext(t.Context(), statement)
	check(t, err)
	check(t, db.Close())
}

// migrationsWith returns the embedded migrations and one more.
func migrationsWith(t *testing.T, more string) fs.FS {
	t.Helper()
	all := fstest.MapFS{"99999_more.sql": {Data: []byte("-- +goose Up\n" + more)}}
	for _, name := range must(fs.Glob(embedded, "migrations/*.sql"))(t) {
		all[filepath.Base(name)] = &fstest.MapFile{Data: must(fs.ReadFile(embedded, name))(t)}
	}
	return all
}

func tables(t *testing.T, s *Store) []string {
	t.Helper()
	rows, err := s.readers.QueryContext(t.Context(), "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
	return must(collect(rows, err, scanText))(t)
}

func TestCrashInTheMiddleOfAMigration(t *testing.T) {
	b := newBench(t)
	before := tables(t, b.Store)
	check(t, b.Close())

	crash := migrationsWith(t, "CREATE TABLE half (a INTEGER) STRICT;\nDROP TABLE position;\nINSERT INTO nowhere VALUES (1);")
	if _, err := Open(t.Context(), Options{Folder: b.folder, migrations: crash}); err == nil {
		t.Fatal("the migration did not fail")
	}
	s := openStore(t, Options{Folder: b.folder})
	if got := tables(t, s); !slices.Equal(got, before) {
		t.Errorf("got tables %v, want %v", got, before)
	}
	must(s.Current(t.Context(), b.id))(t)
}

func TestMigrationKeepsWhatWasSaved(t *testing.T) {
	b := newBench(t)
	check(t, b.Close())
	more := migrationsWith(t, "CREATE TABLE later (a INTEGER) STRICT;")
	s := openStore(t, Options{Folder: b.folder, migrations: more})
	must(s.Current(t.Context(), b.id))(t)
	if !slices.Contains(tables(t, s), "later") {
		t.Error("the migration did not run")
	}
	check(t, s.Close())
	if _, err := Open(t.Context(), Options{Folder: b.folder}); err == nil || !strings.Contains(err.Error(), "newer version of Plumbline") {
		t.Errorf("got %v, want a refusal by the older program", err)
	}
}
