package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"plumbline/assessment/access"
	"plumbline/storage"
)

// TestOldAddressesAreForgotten looks at an address of 30 days ago, with settings that keep it and that do not.
func TestOldAddressesAreForgotten(t *testing.T) {
	folder := newFolder(t)
	var log bytes.Buffer
	err := beside(t.Context(), folder, func(store *storage.Store) error {
		i := &installation{settings: &settings{}, store: store, logger: slog.New(slog.NewTextHandler(&log, nil))}
		now := time.Now()
		if err := store.RecordAudit(t.Context(), access.AuditEntry{Action: "x", Address: "192.0.2.1", At: now.AddDate(0, 0, -30)}); err != nil {
			return err
		}
		for _, run := range []struct {
			days int
			want string
		}{{0, "192.0.2.1"}, {31, "192.0.2.1"}, {29, ""}} {
			if i.AddressDays = run.days; run.days == 0 {
				i.forgetAddresses(t.Context()) // returns at once
			} else {
				i.forgetOldAddresses(t.Context(), now)
			}
			all, err := store.Audit(t.Context(), access.AuditFilter{Teams: access.TeamScope{All: true}, Actions: []string{"x"}})
			if err != nil || all[0].Address != run.want {
				t.Errorf("%d days: %+v, %v", run.days, all, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := plumbline(t, "", "audit", "verify", "--data", folder); got.status != done || !strings.Contains(got.out, "Names or addresses were removed from 1 entry") {
		t.Errorf("%+v", got)
	}
	if strings.Count(log.String(), "old network addresses were removed") != 1 {
		t.Errorf("the log says %s", log.String())
	}
}
