package storage

import (
	"context"
	"fmt"
	"syscall"
	"time"

	"plumbline/assessment/access"
)

// Commit is one transaction of the writer, told to the observer that the options name.
type Commit struct {
	Waited []time.Duration // how long each write of it waited for its turn
	Took   time.Duration   // the transaction itself, most of it the wait for the disk
	Failed bool            // nothing of it was kept
}

// Load is how busy a store is at one moment.
type Load struct {
	Waiting  int   // writes that wait for their turn
	Sessions int   // sessions that have not ended
	Bytes    int64 // of the database and its journal on the disk
}

// Load returns how busy the store is now.
func (s *Store) Load(ctx context.Context) (Load, error) {
	now := s.clock()
	load := Load{Waiting: s.writer.waiting()}
	err := s.readers.QueryRowContext(ctx, `
		SELECT count(*)
		FROM session
		WHERE expires_at > $1 AND seen_at > $2
	`, now.UnixMicro(), now.Add(-access.IdleLimit).UnixMicro()).Scan(&load.Sessions)
	if err != nil {
		return load, translate(fmt.Errorf("count sessions: %w", err))
	}
	load.Bytes, _, err = s.file.footprint()
	return load, err
}

// observe tells the observer of a commit that began at the start.
func (w *writer) observe(batch []*write, start time.Time, failure error) {
	if w.observer == nil {
		return
	}
	c := Commit{Took: time.Since(start), Failed: failure != nil, Waited: make([]time.Duration, len(batch))}
	for i, one := range batch {
		c.Waited[i] = start.Sub(one.since)
	}
	w.observer(c)
}

// FreeSpace returns how many bytes a folder's disk still has for a process without special rights.
func FreeSpace(folder string) (int64, error) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(folder, &disk); err != nil {
		return 0, fmt.Errorf("ask for the free space of %s: %w", folder, err)
	}
	return int64(disk.Bavail) * int64(disk.Bsize), nil
}

// NetworkDisk returns the kind of network file system that a folder is on, empty where it is on a local disk. SQLite
// shares memory between processes and relies on locks and on flushes, which these do not keep reliably.
func NetworkDisk(folder string) (string, error) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(folder, &disk); err != nil {
		return "", fmt.Errorf("file system of %s: %w", folder, err)
	}
	return networkKind(uint32(disk.Type)), nil
}

// networkKind names a file system by its number, see statfs(2).
func networkKind(number uint32) string {
	switch number {
	case 0x6969:
		return "NFS"
	case 0x517b, 0xff534d42, 0xfe534d42:
		return "SMB"
	case 0x01021997:
		return "9p"
	case 0x65735546:
		return "FUSE"
	case 0x00c36400:
		return "Ceph"
	case 0x5346414f, 0x6b414653:
		return "AFS"
	case 0x01161970:
		return "GFS2"
	case 0x0bd00bd0:
		return "Lustre"
	}
	return ""
}
