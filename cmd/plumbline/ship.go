package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"plumbline/assessment/words"
	"plumbline/cmd/plumbline/shipping"
)

// sentWithin is how long an entry of the audit log may wait until it counts as behind.
const sentWithin = time.Minute

// auditTargets returns where the audit log is sent.
func (s *settings) auditTargets() ([]shipping.Target, error) {
	var all []shipping.Target
	if s.AuditFile != "" {
		all = append(all, shipping.File(s.AuditFile))
	}
	if s.AuditSyslog != "" {
		server, err := shipping.Syslog(s.AuditSyslog)
		if err != nil {
			return nil, fmt.Errorf("--audit-syslog: %w", err)
		}
		all = append(all, server)
	}
	return all, nil
}

// shipAudit sends the audit log until the function that it returns is called, which sends what is left.
func (i *installation) shipAudit(ctx context.Context) (stop func(), err error) {
	targets, err := i.auditTargets()
	if err != nil {
		return nil, err
	}
	ctx, end := context.WithCancel(context.WithoutCancel(ctx)) // requests that are running when ctx ends leave entries too
	var running sync.WaitGroup
	for _, target := range targets {
		running.Go(func() { shipping.New(i.store, target, i.Data, i.logger).Run(ctx) })
	}
	return func() {
		end()
		running.Wait()
	}, nil
}

// checkShipping tells where the audit log was not sent.
func (c *doctorCommand) checkShipping(data dataFolder, now time.Time) finding {
	targets, err := c.auditTargets()
	if err != nil {
		return broken("correct the setting", "%s", err)
	}
	if len(targets) == 0 {
		return fine("not sent anywhere: --audit-file and --audit-syslog are off")
	}
	if data.err != nil || !data.Exists || data.Fault != nil || data.Schema < data.Newest {
		return fine("not checked: no database with the current schema")
	}
	for _, target := range targets {
		at, err := shipping.ReadPosition(c.Data, target.Name)
		if err != nil {
			return broken("delete the file; the server then sends the whole log again", "%s", err)
		}
		behind := words.Plural(int(max(data.LastAudit-at.Sequence, 0)), "entry is", "entries are")
		switch {
		case at.Failing != "":
			return warning("check the target; the server continues where it stopped", "%s not sent to %s since %s: %s", behind, target.Says,
				at.Since.Format(time.RFC3339), at.Failing)
		case at.Sequence < data.LastAudit && now.Sub(data.Latest) > sentWithin:
			return warning("start the server with the same settings; it continues where it stopped", "%s not sent to %s", behind, target.Says)
		}
	}
	if info, err := os.Stat(c.AuditFile); err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o007 != 0 {
		return warning("chmod o= "+c.AuditFile, "everything was sent, but every user of this machine can open %s, with names and network addresses", c.AuditFile)
	}
	return fine("everything was sent")
}
