package main

import (
	"context"
	"fmt"
	"time"
)

const (
	watchEvery = 24 * time.Hour
	watchPause = 50 * time.Millisecond // between the thousands of entries: saves come first
)

// watchAudit follows the chain of the audit log, now and each day.
func (i *installation) watchAudit(ctx context.Context) {
	for {
		i.followAudit(ctx)
		if wait(ctx, watchEvery) != nil {
			return
		}
	}
}

// followAudit logs whether the chain holds, and notes for administrators where it does not.
func (i *installation) followAudit(ctx context.Context) {
	key, err := i.auditKey()
	if err != nil {
		i.logger.WarnContext(ctx, "the audit log was not checked", "error", err.Error())
		return
	}
	check, err := i.store.FollowAudit(ctx, key, func(ctx context.Context) error { return wait(ctx, watchPause) })
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		i.logger.WarnContext(ctx, "the audit log was not checked", "error", err.Error())
		return
	}
	f := chainFinding(check)
	if f.Result == resultOK {
		i.auditBreak.Store(nil)
		i.logger.InfoContext(ctx, "the audit log was checked", "entries", check.Entries)
		return
	}
	i.logger.WarnContext(ctx, f.Says, "advice", f.Advice)
	if says := fmt.Sprintf("Entry %d of the audit log does not match the earlier entries: the log was changed outside Plumbline. "+
		"Run plumbline audit verify on the server, and compare the log with the last backup.", check.Break.Sequence); !check.Break.Key {
		i.auditBreak.Store(&says)
	}
}

// advice is what administrators are told on their pages beside what requests show.
func (i *installation) advice() []string {
	if says := i.auditBreak.Load(); says != nil {
		return []string{*says}
	}
	return nil
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
