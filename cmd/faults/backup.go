package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"plumbline/cmd/internal/lab"
)

// backUpWhileSaving makes backups while four people save, restores each, and checks that it has every save that was
// acknowledged before it began.
func backUpWhileSaving(ctx context.Context, t *trial, s *lab.Server) (finding, error) {
	c := t.crew(4)
	saving, stop := context.WithCancel(ctx)
	var group sync.WaitGroup
	group.Go(func() { c.saveUntil(saving, s) })
	defer group.Wait()
	defer stop()
	backups, before := t.few(1, t.count(3, 20)), 0
	for n := range backups {
		<-time.After(100 * time.Millisecond)
		early := c.asAcknowledged()
		before = early.acknowledged()
		restored, err := t.roundTrip(ctx, s.Folder, n)
		if err != nil {
			return finding{}, err
		}
		// Saves go on during the backup: the copy has all earlier ones, and some of the later ones.
		if err := early.checkAtLeast(ctx, restored); err != nil {
			return finding{figure: fmt.Sprintf("backup %d: %v", n+1, err), met: false}, nil
		}
	}
	return finding{figure: fmt.Sprintf("%d backups restored, 0 of %d saves before the last missing, %d more while it was made and after",
		backups, before, c.acknowledged()-before), met: before > 0}, nil
}

// roundTrip backs a folder up, restores the copy into an empty one, and returns that.
func (t *trial) roundTrip(ctx context.Context, folder string, n int) (string, error) {
	file := filepath.Join(t.root, fmt.Sprintf("backup-%d-%d.db", os.Getpid(), n))
	restored := filepath.Join(t.root, fmt.Sprintf("restored-%d", n))
	for _, args := range [][]string{{"backup", "--data", folder, file}, {"restore", "--data", restored, file}} {
		if said, err := exec.CommandContext(ctx, t.Binary, args...).CombinedOutput(); err != nil {
			return "", fmt.Errorf("%s: %w: %s", args[0], err, said)
		}
	}
	return restored, nil
}

// asAcknowledged returns a copy of the crew with the saves that are acknowledged at this moment.
func (c *crew) asAcknowledged() *crew {
	now := &crew{example: c.example}
	for _, w := range c.writers {
		one := &writer{person: w.person, assessment: w.assessment, practice: w.practice}
		one.version.Store(w.version.Load())
		now.writers = append(now.writers, one)
	}
	return now
}
