package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"plumbline/storage"
	"plumbline/storage/folder"
)

const (
	littleSpace = 1 << 30  // bytes; less is worth a warning
	noSpace     = 64 << 20 // bytes; less fails
	maxSkew     = time.Minute
)

func (c *doctorCommand) checkFolder() finding {
	info, err := os.Stat(c.Data)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return warning("serve creates it; check --data", "%s does not exist yet", c.Data)
	case err != nil:
		return broken("check its owner", "%s", err)
	case !info.IsDir():
		return broken("set a folder with --data", "%s is a file", c.Data)
	}
	probe, err := newProbe(c.Data)
	if err != nil {
		return broken("run as the server's user, or change the owner of the folder", "user %d cannot write to it: %s", os.Getuid(), err)
	}
	if err := probe.remove(); err != nil {
		return broken("check its owner", "%s", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return warning("chmod 700 "+c.Data, "other users of this machine can open %s", c.Data)
	}
	return fine("%s is writable", c.Data)
}

// probe is an empty file that shows what a folder allows and which clock it has.
type probe struct{ name string }

func newProbe(folder string) (probe, error) {
	file, err := os.CreateTemp(folder, ".plumbline-doctor-*")
	if err != nil {
		return probe{}, err
	}
	return probe{file.Name()}, file.Close()
}

func (p probe) remove() error { return os.Remove(p.name) }

func (c *doctorCommand) checkDisk() finding {
	free, err := folder.FreeSpace(c.Data)
	if errors.Is(err, fs.ErrNotExist) {
		return fine("not checked: the folder does not exist")
	}
	if err != nil {
		return broken("check the disk", "%s", err)
	}
	if kind, err := folder.NetworkDisk(c.Data); err == nil && kind != "" {
		return warning("move the data folder to a local disk: SQLite can lose data where locks and flushes are not reliable", "it is on a network file system (%s)", kind)
	}
	const advice = "free some space: a backup and an upgrade need as much space as the database, and without space nothing is saved"
	switch {
	case free < noSpace:
		return broken(advice, "%s free", size(free))
	case free < littleSpace:
		return warning(advice, "only %s free", size(free))
	}
	return fine("%s free", size(free))
}

// dataFolder is what the checks could read of the data, or why they could not.
type dataFolder struct {
	storage.Examination
	err error
}

func (c *doctorCommand) examine(ctx context.Context) dataFolder {
	x, err := storage.Examine(ctx, c.Data)
	return dataFolder{x, err}
}

func (d dataFolder) lock() finding {
	switch {
	case d.err != nil:
		return broken("run as the server's user", "%s", d.err)
	case d.Holder != "":
		return fine("process %s uses the data folder", d.Holder)
	}
	return fine("no server uses the data folder")
}

func (d dataFolder) database() finding {
	switch {
	case d.err != nil:
		return broken("run as the server's user", "%s", d.err)
	case !d.Exists:
		return warning("serve creates it; to use a backup, restore it into the empty folder", "not created yet")
	case d.Fault != nil:
		return finding{Result: resultFailed, Says: d.Fault.Error()}
	case d.Schema < d.Newest:
		return warning("the next start saves a copy next to it and upgrades it",
			"%s, intact, older schema %d; this version uses schema %d", size(d.Bytes), d.Schema, d.Newest)
	}
	return fine("%s, intact, schema %d; every commit waits for the disk (journal wal, synchronous full)", size(d.Bytes), d.Schema)
}

// checkClock compares the clock with the times that are stored, and with the clock of the disk of the data folder.
func (c *doctorCommand) checkClock(now time.Time, data dataFolder) finding {
	const advice = "set the clock of this machine, preferably with NTP: sessions and links expire by it"
	written := data.Written
	if data.Latest.After(written) {
		written = data.Latest
	}
	if ahead := written.Sub(now); ahead > maxSkew {
		return broken(advice, "the last write to the database is %s in the future: the clock is slow, or was fast", ahead.Round(time.Second))
	}
	p, err := newProbe(c.Data)
	if err != nil {
		return fine("it is %s", now.UTC().Format(time.RFC3339))
	}
	info, err := os.Stat(p.name)
	if err := errors.Join(err, p.remove()); err != nil {
		return broken("check the data folder", "%s", err)
	}
	if skew := time.Since(info.ModTime()).Abs(); skew > maxSkew {
		return warning("keep the data folder on a local disk", "the clock of the data folder's disk differs from this machine's clock by %s", skew.Round(time.Second))
	}
	return fine("it is %s, later than the last write", now.UTC().Format(time.RFC3339))
}

// size returns a number of bytes for people.
func size(bytes int64) string {
	switch {
	case bytes >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(bytes)/(1<<30))
	case bytes >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20))
	}
	return fmt.Sprintf("%d KiB", bytes>>10)
}
