package main

import (
	"context"
	"time"
)

const (
	maxAddressDays = 36500
	forgetEvery    = 24 * time.Hour
)

// forgetAddresses removes network addresses from the audit log that are older than the settings allow, now and each day.
func (i *installation) forgetAddresses(ctx context.Context) {
	if i.AddressDays == 0 {
		return
	}
	for {
		i.forgetOldAddresses(ctx, time.Now())
		select {
		case <-ctx.Done():
			return
		case <-time.After(forgetEvery):
		}
	}
}

func (i *installation) forgetOldAddresses(ctx context.Context, now time.Time) {
	n, err := i.store.BlankAuditAddresses(ctx, now.AddDate(0, 0, -i.AddressDays))
	if err != nil && ctx.Err() == nil {
		i.logger.WarnContext(ctx, "old network addresses could not be removed from the audit log", "error", err.Error())
	} else if n > 0 {
		i.logger.InfoContext(ctx, "old network addresses were removed from the audit log", "entries", n)
	}
}
