package storage

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"plumbline/storage/folder"
)

func TestARemovedLockFileLetsNobodyIn(t *testing.T) {
	b := newBench(t)
	path := b.Store.folder
	if got := must(folder.Holder(path))(t); got != strconv.Itoa(os.Getpid()) {
		t.Errorf("held by %q, want this process", got)
	}
	check(t, os.Remove(filepath.Join(path, folder.LockName)))
	if got := must(folder.Holder(path))(t); got == "" {
		t.Error("nobody seems to hold the folder")
	}
	second, err := Open(t.Context(), Options{Folder: path})
	if err == nil {
		check(t, second.Close())
		t.Fatal("a second server opened the folder")
	}
	if !strings.Contains(err.Error(), "in use by process unknown") {
		t.Errorf("got %v", err)
	}
	check(t, b.Store.Close())
	third := must(Open(t.Context(), Options{Folder: path}))(t)
	check(t, third.Close())
	if got := must(folder.Holder(path))(t); got != "" {
		t.Errorf("held by %q after it was closed", got)
	}
}
