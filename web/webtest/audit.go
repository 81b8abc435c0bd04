package webtest

import (
	"context"
	"fmt"
	"time"

	"plumbline/assessment/access"
)

func (a *App) Team() string { return a.Actor().Memberships[0].Team.ID }

// Record puts entries into the log of a team, one a minute, each about a subject of its number.
func (a *App) Record(n int, e access.AuditEntry) {
	a.T.Helper()
	for i := range n {
		a.Advance(time.Minute)
		e.Subject = fmt.Sprint(i)
		if err := a.Store.RecordAudit(context.Background(), e); err != nil {
			a.T.Fatal(err)
		}
	}
}
