package storage

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// chainedSince is the schema from which on the audit log is a chain.
const chainedSince = 10

// chain appends an entry to the log behind the last one.
func (t *tx) chain(e access.AuditEntry) error {
	var last int64
	var before string
	err := t.row("SELECT sequence, hash FROM audit_end WHERE team = ''").Scan(&last, &before)
	if errors.Is(err, sql.ErrNoRows) {
		return assessment.Wrap(assessment.Unavailable, err, "The audit log is not ready yet: start the server once, then try again")
	}
	if err != nil {
		return err
	}
	e.Sequence = last + 1
	seals := access.SealsFor(e, salt)
	e.Hash = access.ChainedHash(before, e, seals)
	_, err = t.exec(`
		INSERT INTO audit (sequence, at, account_id, person, team_id, action, subject_kind, subject, detail, assessment_id, address,
			token, times, person_seal, detail_seal, address_seal, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
	`, e.Sequence, micros(e.At), e.Account, e.Person, e.Team, e.Action, e.SubjectKind, e.Subject, e.Detail, e.Assessment, e.Address,
		e.Token, e.Times, seals.Person, seals.Detail, seals.Address, e.Hash)
	if err != nil {
		return err
	}
	_, err = t.exec("UPDATE audit_end SET sequence = $1, hash = $2 WHERE team = ''", e.Sequence, e.Hash)
	return err
}

func salt(n int) []byte {
	random := make([]byte, n)
	_, _ = rand.Read(random)
	return random
}

// chainOld gives the entries of before the chain their hashes, in one transaction. Where they have them it does nothing.
func chainOld(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	t := &tx{conn: conn}
	if _, err := t.exec(beginWrite); err != nil {
		return err
	}
	if err := t.chainOld(ctx); err != nil {
		_, undo := t.exec("ROLLBACK")
		return errors.Join(err, undo)
	}
	_, err = t.exec("COMMIT")
	return err
}

func (t *tx) chainOld(ctx context.Context) error {
	var ends int
	if err := t.row("SELECT count(*) FROM audit_end").Scan(&ends); err != nil || ends > 0 {
		return err
	}
	var last access.AuditEntry
	for {
		entries, err := sealedEntries(ctx, t.conn, last.Sequence)
		if err != nil {
			return err
		}
		for _, one := range entries {
			seals := access.SealsFor(one.AuditEntry, salt)
			one.Hash = access.ChainedHash(last.Hash, one.AuditEntry, seals)
			_, err := t.exec("UPDATE audit SET person_seal = $1, detail_seal = $2, address_seal = $3, hash = $4 WHERE sequence = $5",
				seals.Person, seals.Detail, seals.Address, one.Hash, one.Sequence)
			if err != nil {
				return err
			}
			last = one.AuditEntry
		}
		if len(entries) == 0 {
			_, err := t.exec("INSERT INTO audit_end (team, sequence, hash) VALUES ('', $1, $2)", last.Sequence, last.Hash)
			return err
		}
	}
}

// followedAtOnce is how many entries are read at a time.
const followedAtOnce = 1000

// sealedEntry is an entry with what the chain needs.
type sealedEntry struct {
	access.AuditEntry
	seals access.AuditSeals
}

// sealedEntries returns the next entries after a sequence, none at the end.
func sealedEntries(ctx context.Context, q queryer, after int64) ([]sealedEntry, error) {
	rows, err := q.QueryContext(ctx, `
		SELECT `+auditColumns+`, person_seal, detail_seal, address_seal
		FROM audit
		WHERE sequence > $1
		ORDER BY sequence
		LIMIT $2
	`, after, followedAtOnce)
	return collect(rows, err, func(rows *sql.Rows) (one sealedEntry, err error) {
		return one, rows.Scan(append(auditFields(&one.AuditEntry), &one.seals.Person, &one.seals.Detail, &one.seals.Address)...)
	})
}

// CheckAudit follows the chain of the whole audit log of a data folder, which a server may have open, and changes
// nothing. The key is the one that signs what is removed. NotFound where there is no database, Conflict where it is of an
// older schema.
func CheckAudit(ctx context.Context, folder string, key []byte) (access.AuditCheck, error) {
	o, err := Options{Folder: folder}.withDefaults()
	if err != nil {
		return access.AuditCheck{}, err
	}
	file, err := existing(ctx, o)
	if err != nil {
		return access.AuditCheck{}, err
	}
	db := file.durableReader()
	defer db.Close()
	view, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return access.AuditCheck{}, translate(err)
	}
	defer view.Rollback()
	var c access.AuditCheck
	if err := followAudit(ctx, view, &c, key, context.Context.Err); err != nil {
		return c, translate(fmt.Errorf("check the audit log: %w", err))
	}
	return c, nil
}

// FollowAudit is CheckAudit while the server works: it calls pause after each step, and holds nothing meanwhile. What does
// not fit is looked at again at once, since entries may be removed between two steps.
func (s *Store) FollowAudit(ctx context.Context, key []byte, pause func(context.Context) error) (access.AuditCheck, error) {
	var c access.AuditCheck
	if err := followAudit(ctx, s.readers, &c, key, pause); err != nil {
		return c, translate(fmt.Errorf("follow the audit log: %w", err))
	}
	if c.Break == nil {
		return c, nil
	}
	return CheckAudit(ctx, s.folder, key)
}

func followAudit(ctx context.Context, view queryer, c *access.AuditCheck, key []byte, pause func(context.Context) error) error {
	rows, err := view.QueryContext(ctx, "SELECT "+auditColumns+" FROM audit WHERE action = $1 ORDER BY sequence DESC", access.AuditRemoved)
	removals, err := collect(rows, err, func(rows *sql.Rows) (e access.AuditEntry, err error) {
		return e, rows.Scan(auditFields(&e)...)
	})
	if err != nil {
		return err
	}
	var first, last int64
	if err := view.QueryRowContext(ctx, "SELECT coalesce(min(sequence), 0) FROM audit").Scan(&first); err != nil {
		return err
	}
	c.Begin(first, removals, key)
	for c.Break == nil {
		entries, err := sealedEntries(ctx, view, last)
		if err != nil {
			return err
		}
		for _, e := range entries {
			c.Follow(e.AuditEntry, e.seals)
			last = e.Sequence
		}
		if len(entries) < followedAtOnce {
			break // people may add more for ever
		}
		if err := pause(ctx); err != nil {
			return err
		}
	}
	var hash string
	err = view.QueryRowContext(ctx, "SELECT sequence, hash FROM audit_end WHERE team = ''").Scan(&last, &hash)
	if errors.Is(err, sql.ErrNoRows) {
		last, err = -1, nil // somebody has removed it
	}
	c.End(last, hash)
	return err
}

// blankBatch is how many entries one write blanks, so that no save waits for long.
const blankBatch = 500

// personal are the columns of the audit log that may name a person.
type personal string

const (
	personalPerson  personal = "person"
	personalDetail  personal = "detail"
	personalAddress personal = "address"
)

// BlankAuditAddresses removes the network addresses of entries that are older than a moment, and returns of how many.
// The chain holds without them.
func (s *Store) BlankAuditAddresses(ctx context.Context, before time.Time) (int, error) {
	defer s.forget(context.WithoutCancel(ctx))
	where := &condition{}
	where.add("at <", micros(before))
	return s.blankAudit(ctx, personalAddress, where)
}

// blankAudit blanks a column in the entries that the condition chooses.
func (s *Store) blankAudit(ctx context.Context, column personal, where *condition) (int, error) {
	for blanked := 0; ; {
		n, err := writing(ctx, s, access.Actor{}, func(t *tx) (int, error) { return t.blankAudit(ctx, column, where) })
		if n > 0 {
			s.residue.blanked()
		}
		if blanked += n; err != nil || n < blankBatch {
			return blanked, err
		}
	}
}

func (t *tx) blankAudit(ctx context.Context, column personal, where *condition) (int, error) {
	type text struct {
		sequence   int64
		says, seal string
	}
	name := string(column)
	query := fmt.Sprintf("SELECT sequence, %s, %s_seal FROM audit WHERE %s <> '' AND %s ORDER BY sequence LIMIT %d", name, name, name, where, blankBatch)
	rows, err := t.conn.QueryContext(ctx, query, where.args...)
	texts, err := collect(rows, err, func(rows *sql.Rows) (one text, err error) {
		return one, rows.Scan(&one.sequence, &one.says, &one.seal)
	})
	if err != nil {
		return 0, err
	}
	update := fmt.Sprintf("UPDATE audit SET %s = '', %s_seal = $1 WHERE sequence = $2", name, name)
	for _, one := range texts {
		if _, err := t.exec(update, access.BlankedSeal(one.says, one.seal), one.sequence); err != nil {
			return 0, fmt.Errorf("blank entry %d: %w", one.sequence, err)
		}
	}
	return len(texts), nil
}

// RemoveAudit removes the entries that are older than a moment, from the first one on, and leaves a signed entry that
// stands for them. It returns how many there were; none leave no entry. The key is the one that CheckAudit needs.
func (s *Store) RemoveAudit(ctx context.Context, by access.Actor, before time.Time, key []byte) (int64, error) {
	removed, err := writing(ctx, s, by, func(t *tx) (int64, error) {
		last, err := t.lastBefore(before)
		if assessment.CodeOf(err) == assessment.NotFound {
			return 0, nil
		}
		if err != nil {
			return 0, err
		}
		if _, err := t.exec("UPDATE audit_end SET removable = $1 WHERE team = ''", last.Sequence); err != nil {
			return 0, err
		}
		n, err := t.exec("DELETE FROM audit WHERE sequence <= $1", last.Sequence)
		if err != nil {
			return 0, fmt.Errorf("remove entries: %w", err)
		}
		if _, err := t.exec("UPDATE audit_end SET removable = 0 WHERE team = ''"); err != nil {
			return 0, err
		}
		e := access.AuditEntry{At: t.now(), Account: by.User.ID, Action: access.AuditRemoved, SubjectKind: "audit"}
		e.Detail = access.NewRemoval(e, access.AuditRemoval{Entries: n, Until: last.Sequence, Before: before.UTC().Format(time.RFC3339), Hash: last.Hash}, key)
		return n, t.audit(by, e)
	})
	if removed > 0 {
		s.residue.blanked()
		s.forget(ctx)
	}
	return removed, err
}

// lastBefore returns the last of the entries from the first one on that are all older than a moment, NotFound where the
// first one is not. After a clock that was set back, an older one may follow.
func (t *tx) lastBefore(before time.Time) (access.AuditEntry, error) {
	var next sql.NullInt64
	if err := t.row("SELECT min(sequence) FROM audit WHERE at >= $1", micros(before)).Scan(&next); err != nil {
		return access.AuditEntry{}, err
	}
	where := &condition{}
	if next.Valid {
		where.add("sequence <", next.Int64)
	}
	var e access.AuditEntry
	err := t.row("SELECT "+auditColumns+" FROM audit WHERE "+where.String()+" ORDER BY sequence DESC LIMIT 1", where.args...).Scan(auditFields(&e)...)
	if errors.Is(err, sql.ErrNoRows) {
		return e, assessment.Errorf(assessment.NotFound, "There are no older entries")
	}
	return e, err
}
