package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"plumbline/cmd/internal/lab"
	"plumbline/storage"
	"plumbline/templates"
)

// crowd is how many people the example has.
const crowd = 200

// trial is one run of the program: a folder in which faults are provoked, with an example that every row begins from.
type trial struct {
	options
	root      string // everything lies in it
	seed      string // data folder of the example, which rows copy
	example   *lab.Example
	practices []string // of the example's questionnaire, by id
	tiny      bool     // tests try rows with a few of everything: that shows that a row works, not what it promises
}

// newTrial makes the folder and the example.
func newTrial(ctx context.Context, o options) (*trial, error) {
	root, err := lab.NewFolder(o.Folder, "faults-")
	if err != nil {
		return nil, err
	}
	t := &trial{options: o, root: root, seed: filepath.Join(root, "seed")}
	if t.example, err = lab.NewExample(ctx, t.seed, crowd); err != nil {
		return nil, errors.Join(err, t.close())
	}
	for practice := range t.example.Questionnaire.Practices() {
		t.practices = append(t.practices, practice.ID)
	}
	return t, nil
}

func (t *trial) close() error { return os.RemoveAll(t.root) }

// count is how often something is done.
func (t *trial) count(short, long int) int {
	if t.Long {
		return long
	}
	return short
}

// few returns how many of something a row has: all of them but in tests.
func (t *trial) few(tiny, all int) int {
	if t.tiny {
		return tiny
	}
	return all
}

// data returns a new data folder with the example.
func (t *trial) data() (string, error) { return t.copied(t.seed) }

// copied returns a copy of a folder.
func (t *trial) copied(folder string) (string, error) {
	to, err := os.MkdirTemp(t.root, "data-")
	if err != nil {
		return "", err
	}
	return to, os.CopyFS(to, os.DirFS(folder))
}

// start serves a new copy of the example.
func (t *trial) start(ctx context.Context, args ...string) (*lab.Server, error) {
	folder, err := t.data()
	if err != nil {
		return nil, err
	}
	return lab.Start(ctx, t.Binary, folder, args...)
}

// served tries a fault on a server that has a copy of the example.
func served(try func(context.Context, *trial, *lab.Server) (finding, error)) func(context.Context, *trial) (finding, error) {
	return func(ctx context.Context, t *trial) (_ finding, err error) {
		s, err := t.start(ctx)
		if err != nil {
			return finding{}, err
		}
		defer func() { err = errors.Join(err, s.Kill()) }()
		return try(ctx, t, s)
	}
}

// page is the address of the first principle of the example.
func (t *trial) page() string {
	return templates.PrincipleURL(t.example.Assessment, t.example.Questionnaire.Pillars[0].Principles[0].ID)
}

// look reads a page.
func (t *trial) look(ctx context.Context, s *lab.Server) error {
	_, err := s.Visit(t.example.People[0]).Page(ctx, t.page())
	return err
}

// open opens a data folder that no server has, which checks every page of the database.
func open(ctx context.Context, folder string) (*storage.Store, error) {
	return storage.Open(ctx, storage.Options{Folder: folder})
}

// Times as the table shows them.
func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.0f ms", float64(d)/float64(time.Millisecond))
}
func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }
