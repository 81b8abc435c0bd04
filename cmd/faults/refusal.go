package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"plumbline/assessment"
	"plumbline/cmd/internal/lab"
)

const databaseFile = "plumbline.db"

// database opens the database of a data folder directly, to damage it.
func database(folder string) (*sql.DB, error) {
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(folder, databaseFile)+"?_txlock=immediate")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// overwriteFile replaces the database with a file that is not one.
func overwriteFile(_ context.Context, folder string) error {
	return os.WriteFile(filepath.Join(folder, databaseFile), bytes.Repeat([]byte("minutes of a meeting\n"), 1000), 0o600)
}

// spoilPages overwrites the start of each page but the first.
func spoilPages(_ context.Context, folder string) (err error) {
	file, err := os.OpenFile(filepath.Join(folder, databaseFile), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	for at := int64(4096); err == nil && at < info.Size(); at += 4096 {
		_, err = file.WriteAt(bytes.Repeat([]byte{0xff}, 64), at)
	}
	return err
}

// raiseSchema gives the database the schema version of a newer program.
func raiseSchema(ctx context.Context, folder string) error {
	db, err := database(folder)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, 1)")
	return errors.Join(err, db.Close())
}

// startOn starts the program on a damaged data folder, which it must refuse.
func startOn(spoil func(context.Context, string) error) func(context.Context, *trial) (finding, error) {
	return func(ctx context.Context, t *trial) (finding, error) {
		folder, err := t.data()
		if err != nil {
			return finding{}, err
		}
		if err := spoil(ctx, folder); err != nil {
			return finding{}, err
		}
		before, err := hashOf(folder)
		if err != nil {
			return finding{}, err
		}
		said, err := t.refusedStart(ctx, folder)
		if err != nil {
			return finding{}, err
		}
		after, err := hashOf(folder)
		if err != nil {
			return finding{}, err
		}
		helpful := strings.Contains(said, "restore") // every message points to the backup
		return finding{figure: refusalFigure(before == after), met: before == after && helpful, said: t.withoutFolder(said)}, nil
	}
}

func refusalFigure(untouched bool) string {
	if untouched {
		return "refused, 0 bytes changed"
	}
	return "refused, but the file was changed"
}

func hashOf(folder string) (string, error) {
	file, err := os.ReadFile(filepath.Join(folder, databaseFile))
	return assessment.Hash(file), err
}

// refusedStart starts the program, which must end by itself, and returns the last line that it says.
func (t *trial) refusedStart(ctx context.Context, folder string) (string, error) {
	s, err := lab.Start(ctx, t.Binary, folder)
	if err == nil {
		return "", errors.Join(errors.New("the program started"), s.Kill())
	}
	lines := strings.Split(strings.TrimSpace(err.Error()), "\n")
	_, said, found := strings.Cut(lines[len(lines)-1], "plumbline: ")
	if !found {
		return "", fmt.Errorf("it does not say why: %w", err)
	}
	return said, nil
}

// withoutFolder shortens a message for the table.
func (t *trial) withoutFolder(message string) string {
	root, err := filepath.Abs(t.root)
	if err != nil {
		return message
	}
	words := strings.Fields(message)
	for i, word := range words {
		if strings.HasPrefix(word, root) {
			words[i] = "…/" + filepath.Base(word)
		}
	}
	return "“" + strings.Join(words, " ") + "”"
}

// startTwice starts the program on a folder that a server is using.
func startTwice(ctx context.Context, t *trial, s *lab.Server) (finding, error) {
	said, err := t.refusedStart(ctx, s.Folder)
	if err != nil {
		return finding{}, err
	}
	holder := fmt.Sprintf("process %d", s.Process())
	named, working := strings.Contains(said, holder), t.look(ctx, s) == nil
	figure := fmt.Sprintf("refused; the first one is named %v, and goes on %v", named, working)
	return finding{figure: figure, met: named && working, said: t.withoutFolder(said)}, nil
}
