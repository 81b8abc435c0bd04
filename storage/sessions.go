package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/ids"
)

// CreateSession stores a session and clears away those that have ended by time. Conflict where the account is not as it
// was when its person showed who they are: the password that they gave may be the old one.
func (s *Store) CreateSession(ctx context.Context, actor access.Actor, session access.Session) error {
	return s.writer.do(ctx, access.Actor{}, func(t *tx) error {
		now := t.now()
		_, err := t.exec(`
			DELETE FROM session
			WHERE expires_at <= $1 OR seen_at <= $2
		`, now.UnixMicro(), now.Add(-access.IdleLimit).UnixMicro())
		if err != nil {
			return fmt.Errorf("clear sessions: %w", err)
		}
		if err := refuseOldProof(t, session); err != nil {
			return err
		}
		_, err = t.exec(`
			INSERT INTO session (hash, account_id, created_at, seen_at, expires_at, address, agent, id, shown_at, rights)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, coalesce((SELECT rights FROM account WHERE id = $2), 1))
		`, session.Hash, session.User, micros(session.CreatedAt), micros(session.SeenAt), micros(session.ExpiresAt),
			session.Address, session.Agent, ids.New(), micros(session.ShownAt))
		if isDangling(err) {
			return assessment.Wrap(assessment.NotFound, err, absence("account"))
		}
		if err != nil {
			return fmt.Errorf("create session: %w", err)
		}
		if _, err := t.exec("UPDATE account SET signed_in_at = $1 WHERE id = $2", now.UnixMicro(), session.User); err != nil {
			return fmt.Errorf("note the sign-in: %w", err)
		}
		by, err := t.person(actor, session.User)
		if err != nil {
			return err
		}
		by.Address = session.Address
		return t.auditAccount(by, access.AuditSignIn, session.User, session.Means)
	})
}

func refuseOldProof(t *tx, session access.Session) error {
	if session.Version == 0 {
		return nil
	}
	user, err := t.account(session.User)
	if err != nil {
		return err
	}
	if user.Version != session.Version {
		return assessment.Errorf(assessment.Conflict, "The account was changed while you signed in. Sign in again")
	}
	return nil
}

// Session returns a session and the person it belongs to, with their roles as they are now. NotFound where it is
// unknown, where it has ended by time (wall clock: a clock that is set back makes it last longer), or where the
// account is disabled.
//
// Every request asks this, and nothing is remembered of it: an operator may disable an account beside the server. So it
// is made cheap. SQLite plans a join anew at each use when a parameter stands in it, which takes longer than the query:
// the parameters stand in a part of their own. And the query is not watched for a request that goes away, since it is
// over before that.
func (s *Store) Session(ctx context.Context, hash string) (access.Session, access.Actor, error) {
	session, actor := access.Session{Hash: hash}, access.Actor{}
	if err := ctx.Err(); err != nil {
		return access.Session{}, access.Actor{}, err
	}
	if s.ended.has(hash) {
		return access.Session{}, access.Actor{}, noSession()
	}
	now := s.clock()
	rows, err := s.readers.QueryContext(context.WithoutCancel(ctx), `
		WITH s AS MATERIALIZED (
			SELECT account_id, created_at, seen_at, expires_at, address, agent, id, shown_at, rights
			FROM session
			WHERE hash = $1 AND expires_at > $2 AND seen_at > $3
		)
		SELECT s.account_id, s.created_at, s.seen_at, s.expires_at, s.address, s.agent, s.id, s.shown_at,
			CASE WHEN s.rights = a.rights THEN 0 ELSE 1 END, a.rights,
			a.email, a.name, a.password_hash, a.admin, a.version, a.time_zone, a.created_at, a.confirmed_at,
			coalesce(t.id, ''), coalesce(t.name, ''), coalesce(m.role, '')
		FROM s
		JOIN account a ON a.id = s.account_id
		LEFT JOIN membership m ON m.account_id = a.id
		LEFT JOIN team t ON t.id = m.team_id
		WHERE a.disabled_at IS NULL
		ORDER BY t.name, t.id
	`, hash, now.UnixMicro(), now.Add(-access.IdleLimit).UnixMicro())
	memberships, err := collect(rows, err, func(rows *sql.Rows) (m access.Membership, err error) {
		u := &actor.User
		err = rows.Scan(&session.User, moment{&session.CreatedAt}, moment{&session.SeenAt}, moment{&session.ExpiresAt},
			&session.Address, &session.Agent, &session.ID, moment{&session.ShownAt}, &session.Outdated, &actor.Rights,
			&u.Email, &u.Name, &u.PasswordHash, &u.Admin, &u.Version, &u.TimeZone, moment{&u.CreatedAt}, moment{&u.ConfirmedAt},
			&m.Team.ID, &m.Team.Name, &m.Role)
		return m, err
	})
	if err != nil {
		return access.Session{}, access.Actor{}, fmt.Errorf("read session: %w", err)
	}
	if len(memberships) == 0 {
		return access.Session{}, access.Actor{}, noSession()
	}
	actor.User.ID = session.User
	if memberships[0].Team.ID != "" {
		actor.Memberships = memberships
	}
	return session, actor, nil
}

func noSession() error { return absent("session") }

// Readers returns the team whose members may read an assessment, empty if there is none, and of each of the sessions
// that goes on, by its hash, how often the rights of its person have changed.
func (s *Store) Readers(ctx context.Context, assessmentID string, sessions []string) (team string, rights map[string]int64, err error) {
	now := s.clock()
	where := condition{}
	id := where.mark(assessmentID)
	where.add("s.expires_at >", now.UnixMicro())
	where.add("s.seen_at >", now.Add(-access.IdleLimit).UnixMicro())
	where.in("s.hash", sessions)
	rows, err := s.readers.QueryContext(ctx, `
		SELECT s.hash, a.rights, coalesce((
			SELECT w.team_id FROM assessment x JOIN workload w ON w.id = x.workload_id WHERE x.id = `+id+`
		), '')
		FROM session s
		JOIN account a ON a.id = s.account_id
		WHERE a.disabled_at IS NULL AND `+where.String(), where.args...)
	rights = map[string]int64{}
	_, err = collect(rows, err, func(rows *sql.Rows) (hash string, err error) {
		var changes int64
		err = rows.Scan(&hash, &changes, &team)
		rights[hash] = changes
		return hash, err
	})
	if err != nil {
		return "", nil, fmt.Errorf("read who follows an assessment: %w", err)
	}
	return team, rights, nil
}

// TouchSession notes that the person was there. It never moves that moment back.
func (s *Store) TouchSession(ctx context.Context, hash string, seenAt time.Time) error {
	return s.exec(ctx, "touch session", `
		UPDATE session
		SET seen_at = $1
		WHERE seen_at < $1 AND hash = $2
	`, micros(seenAt), hash)
}

// RenewSession gives a session another id, under which it goes on; it knows then which rights its person has. NotFound
// if there is none under the old id any more.
func (s *Store) RenewSession(ctx context.Context, hash, newHash string) error {
	return s.writer.do(ctx, access.Actor{}, func(t *tx) error {
		n, err := t.exec(`
			UPDATE session
			SET hash = $1, rights = (SELECT rights FROM account WHERE id = account_id)
			WHERE hash = $2
		`, newHash, hash)
		if err != nil {
			return fmt.Errorf("renew session: %w", err)
		}
		if n == 0 {
			return noSession()
		}
		return nil
	})
}

// changedRights counts that a person's rights have changed: their sessions get new ids.
func changedRights(t *tx, userID string) error {
	if _, err := t.exec("UPDATE account SET rights = rights + 1 WHERE id = $1", userID); err != nil {
		return fmt.Errorf("count a change of rights: %w", err)
	}
	return nil
}

// SessionsOf returns the sessions of a person that have not ended, the one used last first.
func (s *Store) SessionsOf(ctx context.Context, userID string) ([]access.Session, error) {
	now := s.clock()
	rows, err := s.readers.QueryContext(ctx, `
		SELECT hash, id, account_id, created_at, seen_at, expires_at, address, agent
		FROM session
		WHERE account_id = $1 AND expires_at > $2 AND seen_at > $3
		ORDER BY seen_at DESC, hash
	`, userID, now.UnixMicro(), now.Add(-access.IdleLimit).UnixMicro())
	return collect(rows, err, func(rows *sql.Rows) (one access.Session, err error) {
		err = rows.Scan(&one.Hash, &one.ID, &one.User, moment{&one.CreatedAt}, moment{&one.SeenAt}, moment{&one.ExpiresAt},
			&one.Address, &one.Agent)
		return one, err
	})
}

func (s *Store) deleteSession(ctx context.Context, actor access.Actor, hash string) error {
	return s.writer.do(ctx, access.Actor{}, func(t *tx) error {
		var user string
		err := t.row("SELECT account_id FROM session WHERE hash = $1", hash).Scan(&user)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err == nil {
			_, err = t.exec("DELETE FROM session WHERE hash = $1", hash)
		}
		if err != nil {
			return fmt.Errorf("end session: %w", err)
		}
		by, err := t.person(actor, user)
		if err != nil {
			return err
		}
		return t.auditAccount(by, access.AuditSignOut, user, "")
	})
}

// EndSession ends one session of a person by its id. NotFound if they have none of it.
func (s *Store) EndSession(ctx context.Context, actor access.Actor, userID, id string) error {
	return s.writer.do(ctx, actor, func(t *tx) error {
		n, err := t.exec("DELETE FROM session WHERE id = $1 AND account_id = $2", id, userID)
		if err != nil {
			return fmt.Errorf("end session: %w", err)
		}
		if n == 0 {
			return noSession()
		}
		return t.auditAccount(actor, access.AuditSessionsEnded, userID, "1")
	})
}

// DeleteSessionsOf ends all sessions of a person but one, which may be empty.
func (s *Store) DeleteSessionsOf(ctx context.Context, actor access.Actor, userID, exceptHash string) error {
	return s.writer.do(ctx, actor, func(t *tx) error {
		n, err := t.exec("DELETE FROM session WHERE account_id = $1 AND hash <> $2", userID, exceptHash)
		if err != nil {
			return fmt.Errorf("end sessions: %w", err)
		}
		if n == 0 {
			return nil
		}
		by, err := t.person(actor, userID)
		if err != nil {
			return err
		}
		return t.auditAccount(by, access.AuditSessionsEnded, userID, strconv.FormatInt(n, 10))
	})
}

// SignInAddresses returns from which addresses people have signed in since a moment, by the id of their account, as far
// as the audit log still has them. It reads the whole log.
func (s *Store) SignInAddresses(ctx context.Context, since time.Time) (map[string][]string, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT DISTINCT account_id, address
		FROM audit
		WHERE action = $1 AND at >= $2 AND address <> ''
	`, access.AuditSignIn, since.UnixMicro())
	of := map[string][]string{}
	_, err = collect(rows, err, func(rows *sql.Rows) (account string, err error) {
		var address string
		if err := rows.Scan(&account, &address); err != nil {
			return "", err
		}
		of[account] = append(of[account], address)
		return account, nil
	})
	return of, err
}
