package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"plumbline/storage"
)

// lab is a folder in which faults are provoked, with an example that every row begins from.
type lab struct {
	options
	root    string // everything lies in it
	seed    string // data folder of the example, which rows copy
	example *example
}

// newLab makes the folder and the example.
func newLab(ctx context.Context, o options) (*lab, error) {
	if err := os.MkdirAll(o.Folder, 0o755); err != nil {
		return nil, fmt.Errorf("make the folder: %w", err)
	}
	root, err := os.MkdirTemp(o.Folder, "faults-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for databases: %w", err)
	}
	l := &lab{options: o, root: root, seed: filepath.Join(root, "seed")}
	if l.example, err = newExample(ctx, l.seed); err != nil {
		return nil, errors.Join(fmt.Errorf("make the example: %w", err), l.close())
	}
	return l, nil
}

func (l *lab) close() error { return os.RemoveAll(l.root) }

// count is how often something is done.
func (l *lab) count(short, long int) int {
	if l.Long {
		return long
	}
	return short
}

// data returns a new data folder with the example.
func (l *lab) data() (string, error) {
	folder, err := os.MkdirTemp(l.root, "data-")
	if err != nil {
		return "", err
	}
	return folder, os.CopyFS(folder, os.DirFS(l.seed))
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
