package main

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/storage"
)

// auditCommand is what operators do with the audit log, also while the server runs.
type auditCommand struct {
	configured
	Data           string `help:"Folder of the database." default:"data" env:"PLUMBLINE_DATA" type:"path"`
	SessionKeyFile string `help:"File with the session key, which also signs removals; default: the one in the data folder." env:"PLUMBLINE_SESSION_KEY_FILE" type:"path"`

	Verify auditVerifyCommand `cmd:"" help:"Check that no entry of the audit log was changed or removed."`
	Remove auditRemoveCommand `cmd:"" help:"Remove old entries, and record it in a signed entry."`
}

// settings are those of the server that say where the log is and which key signs.
func (c *auditCommand) settings() *settings {
	return &settings{Data: c.Data, SessionKeyFile: c.SessionKeyFile}
}

// auditKey returns the key that signs removals, nil while there is no session key.
func (s *settings) auditKey() ([]byte, error) {
	session, err := s.readSessionKey()
	if errors.Is(err, fs.ErrNotExist) && s.keyIsOurs() {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return hkdf.Key(sha256.New, session, nil, "plumbline audit removal", sha256.Size)
}

type auditVerifyCommand struct{ format }

// auditVerdict is the result of a check in JSON.
type auditVerdict struct {
	Result   string       `json:"result"` // ok, failed
	Says     string       `json:"says"`
	Advice   string       `json:"advice,omitempty"`
	Entries  int64        `json:"entries"`
	Last     int64        `json:"last"` // sequence of the last entry that fits
	Hash     string       `json:"hash"` // of that entry; note it elsewhere to compare it later
	Broken   int64        `json:"broken,omitempty"`
	Blanked  int64        `json:"blanked"`
	Removals []removedRow `json:"removals"`
}

type removedRow struct {
	Entries int64     `json:"entries"`
	Until   int64     `json:"until"`
	Before  string    `json:"before"`
	At      time.Time `json:"at"`
	By      string    `json:"by"`
}

// Run prints whether the chain holds, and fails where it does not.
func (c *auditVerifyCommand) Run(ctx context.Context, std streams, root *commands) error {
	s := root.Audit.settings()
	key, err := s.auditKey()
	if err != nil {
		return err
	}
	check, err := storage.CheckAudit(ctx, s.Data, key)
	if err != nil {
		return err
	}
	f := chainFinding(check)
	if err := c.print(std, check, f); err != nil {
		return err
	}
	if f.Result != resultOK {
		return errReported
	}
	return nil
}

func (c *auditVerifyCommand) print(std streams, check access.AuditCheck, f finding) error {
	v := auditVerdict{Result: resultOK, Says: f.Says, Advice: f.Advice, Entries: check.Entries, Last: check.Last.Sequence, Hash: check.Last.Hash,
		Blanked: check.Blanked, Removals: []removedRow{}}
	if check.Break != nil {
		v.Result, v.Broken = resultFailed, check.Break.Sequence
	}
	for _, one := range check.Removals {
		v.Removals = append(v.Removals, removedRow{one.Entries, one.Until, one.Before, one.At, one.By})
	}
	if c.json() {
		return printJSON(std.out, v)
	}
	lines := []string{v.Result + ": " + f.Says}
	if f.Advice != "" {
		lines = append(lines, f.Advice)
	}
	for _, one := range check.Removals {
		lines = append(lines, removedText(one))
	}
	if check.Blanked > 0 {
		lines = append(lines, fmt.Sprintf("Names or addresses were removed from %s", words.Plural(int(check.Blanked), "entry", "entries")))
	}
	if check.Break == nil && check.Entries > 0 {
		lines = append(lines, fmt.Sprintf("Entry %d has the hash %s", check.Last.Sequence, check.Last.Hash))
	}
	for _, line := range lines {
		if _, err := fmt.Fprintln(std.out, line); err != nil {
			return err
		}
	}
	return nil
}

// removedText says which entries were removed, when and by whom.
func removedText(r access.Removed) string {
	before := r.Before
	if at, err := time.Parse(time.RFC3339, r.Before); err == nil {
		before = at.Format(time.DateOnly)
	}
	who := r.By
	if who == "" {
		who = "a person whose name was removed"
	}
	return fmt.Sprintf("%s before %s removed on %s by %s", words.Plural(int(r.Entries), "entry", "entries"), before, r.At.UTC().Format(time.DateOnly), who)
}

// chainFinding says whether the chain holds.
func chainFinding(check access.AuditCheck) finding {
	b := check.Break
	switch {
	case b == nil && check.Entries == 0:
		return fine("no entries yet")
	case b == nil:
		return fine("the chain of %s is intact", words.Plural(int(check.Entries), "entry", "entries"))
	case b.Key:
		return warning("set the earlier session key with --session-key-file", "entry %d cannot be checked: %s", b.Sequence, b.Says)
	case b.At.IsZero():
		return broken("compare it with the last intact backup or copy", "the audit log breaks at entry %d: %s", b.Sequence, b.Says)
	}
	return broken("compare it with the last intact backup or copy", "the audit log breaks at entry %d of %s: %s", b.Sequence,
		b.At.UTC().Format(time.RFC3339), b.Says)
}

type auditRemoveCommand struct {
	Before string `help:"Remove entries from before this day (UTC), for example 2026-01-01." required:"" placeholder:"DATE"`
}

// Run removes old entries.
func (c *auditRemoveCommand) Run(ctx context.Context, std streams, root *commands) error {
	before, err := time.Parse(time.DateOnly, c.Before)
	if err != nil || before.After(time.Now()) {
		return usageError{fmt.Sprintf("--before: %q is not a date in the past, such as 2026-01-01", c.Before)}
	}
	s := root.Audit.settings()
	key, err := s.auditKey()
	if err != nil {
		return err
	}
	if key == nil {
		return fmt.Errorf("%s contains no session key to sign with: start the server once, or set the key with --session-key-file", s.Data)
	}
	return beside(ctx, s.Data, func(store *storage.Store) error {
		n, err := store.RemoveAudit(ctx, operator, before, key)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(std.out, "Removed %d entries from before %s; a signed entry records this\n", n, c.Before)
		return err
	})
}

// checkAudit follows the chain of the audit log.
func (c *doctorCommand) checkAudit(ctx context.Context, data dataFolder) finding {
	if data.err != nil || !data.Exists || data.Fault != nil || data.Schema < data.Newest {
		return fine("not checked: no database with the current schema")
	}
	key, err := c.auditKey()
	if err != nil {
		return warning("correct the session key", "not checked: %s", err)
	}
	check, err := storage.CheckAudit(ctx, c.Data, key)
	if err != nil {
		return broken("try again", "%s", err)
	}
	f := chainFinding(check)
	if f.Result == resultOK && len(check.Removals) > 0 {
		f.Says += "; " + removedText(check.Removals[0])
	}
	return f
}
