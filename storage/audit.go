package storage

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

const defaultAuditLimit = 100

// audit appends an entry to the log, in the transaction of the change that it is about. Who it was, from where and when
// is filled in.
func (t *tx) audit(by access.Actor, e access.AuditEntry) error {
	if e.At.IsZero() {
		e.At = t.now()
	}
	if err := by.CheckTeam(e.Team); err != nil {
		return err // it was moved there after they were let in
	}
	e.Account, e.Person, e.Address, e.Token, e.Times = by.User.ID, by.User.Name, by.Address, by.Token, max(e.Times, 1)
	if err := t.chain(e); err != nil {
		return fmt.Errorf("log %s: %w", e.Action, err)
	}
	return nil
}

// auditAccount appends an entry about an account.
func (t *tx) auditAccount(by access.Actor, action, userID, detail string) error {
	return t.audit(by, access.AuditEntry{Action: action, SubjectKind: "account", Subject: userID, Detail: detail})
}

// person returns who acts: the actor, or the person whom the change concerns where the actor is a stranger.
func (t *tx) person(by access.Actor, userID string) (access.Actor, error) {
	if !nobody(by) {
		return by, nil
	}
	err := t.row("SELECT id, name FROM account WHERE id = $1", userID).Scan(&by.User.ID, &by.User.Name)
	return by, found(err, "account")
}

// nobody reports whether an actor is a stranger, of whom at most the address is known.
func nobody(by access.Actor) bool { return by.User.ID == "" && by.User.Name == "" }

// RecordAudit appends an entry about something that changes nothing else here. Sequence and, where it is zero, At are
// filled in.
func (s *Store) RecordAudit(ctx context.Context, e access.AuditEntry) error {
	return s.writer.do(ctx, access.Actor{}, func(t *tx) error { return t.audit(actorIn(e), e) })
}

// actorIn returns whom an entry names.
func actorIn(e access.AuditEntry) access.Actor {
	return access.Actor{User: access.User{ID: e.Account, Name: e.Person}, Address: e.Address, Token: e.Token}
}

// RecordRefusedSignIn notes that somebody failed to sign in with an e-mail address. Of one that no account has, only
// the start of its hash is kept: enough to see that it is tried again and again.
func (s *Store) RecordRefusedSignIn(ctx context.Context, email, address string) error {
	e := access.AuditEntry{Action: access.AuditSignInRefused, SubjectKind: "account", Address: address}
	err := found(s.readers.QueryRowContext(ctx, "SELECT id FROM account WHERE email = $1", access.FoldEmail(email)).Scan(&e.Subject), "account")
	if assessment.CodeOf(err) == assessment.NotFound {
		e.SubjectKind, e.Subject = "unknown_address", assessment.Hash([]byte(access.FoldEmail(email)))[:16]
	} else if err != nil {
		return err
	}
	s.NoteAudit(e)
	return nil
}

// Audit returns the entries that the filter chooses, in the order of their sequence, which a clock that was set back
// does not change. To see one assessment it is quickest to name its team too.
func (s *Store) Audit(ctx context.Context, filter access.AuditFilter) ([]access.AuditEntry, error) {
	s.settle(ctx)
	where, order := auditCondition(filter), "sequence"
	if filter.Newest {
		order = "sequence DESC"
	}
	limit := filter.Limit
	if limit <= 0 {
		limit = defaultAuditLimit
	}
	query := `
		SELECT ` + auditColumns + `
		FROM audit
		WHERE ` + where.String() + `
		ORDER BY ` + order + `
		LIMIT ` + where.mark(limit)
	rows, err := s.readers.QueryContext(ctx, query, where.args...)
	return collect(rows, err, func(rows *sql.Rows) (e access.AuditEntry, err error) {
		return e, rows.Scan(auditFields(&e)...)
	})
}

const auditColumns = `sequence, at, account_id, person, team_id, action, subject_kind, subject, detail, assessment_id,
	address, token, times, hash`

// auditFields are where auditColumns are read to.
func auditFields(e *access.AuditEntry) []any {
	return []any{&e.Sequence, moment{&e.At}, &e.Account, &e.Person, &e.Team, &e.Action, &e.SubjectKind, &e.Subject, &e.Detail,
		&e.Assessment, &e.Address, &e.Token, &e.Times, &e.Hash}
}

func auditCondition(filter access.AuditFilter) *condition {
	where := &condition{}
	if !filter.Teams.All {
		where.in("team_id", filter.Teams.Teams)
	}
	if filter.Assessment != "" {
		where.add("assessment_id =", filter.Assessment)
	}
	if filter.Account != "" {
		where.add("account_id =", filter.Account)
	}
	if filter.Subject != "" {
		where.add("subject =", filter.Subject)
	}
	if len(filter.Actions) > 0 {
		where.in("action", filter.Actions)
	}
	if !filter.From.IsZero() {
		where.add("at >=", micros(filter.From))
	}
	if !filter.Until.IsZero() {
		where.add("at <", micros(filter.Until))
	}
	if filter.After > 0 {
		where.add("sequence >", filter.After)
	}
	if filter.Before > 0 {
		where.add("sequence <", filter.Before)
	}
	return where
}

// AuditNames returns what people call the teams and the workloads of entries, by the ids of teams and of assessments.
func (s *Store) AuditNames(ctx context.Context, entries []access.AuditEntry) (teams, workloads map[string]string, err error) {
	var ofTeams, ofAssessments condition
	teamIDs, assessmentIDs := make([]string, len(entries)), make([]string, len(entries))
	for i, e := range entries {
		teamIDs[i], assessmentIDs[i] = e.Team, e.Assessment
	}
	ofTeams.in("id", distinct(teamIDs))
	ofAssessments.in("a.id", distinct(assessmentIDs))
	teams, err = s.names(ctx, "SELECT id, name FROM team WHERE "+ofTeams.String(), ofTeams.args)
	if err != nil {
		return nil, nil, err
	}
	workloads, err = s.names(ctx, `
		SELECT a.id, w.name
		FROM assessment a
		JOIN workload w ON w.id = a.workload_id
		WHERE `+ofAssessments.String(), ofAssessments.args)
	return teams, workloads, err
}

func distinct(ids []string) []string { return slices.Compact(slices.Sorted(slices.Values(ids))) }

// names returns names by id.
func (s *Store) names(ctx context.Context, query string, args []any) (map[string]string, error) {
	all := map[string]string{}
	rows, err := s.readers.QueryContext(ctx, query, args...)
	_, err = collect(rows, err, func(rows *sql.Rows) (id string, err error) {
		var name string
		err = rows.Scan(&id, &name)
		all[id] = name
		return id, err
	})
	return all, err
}

// AuditPeople returns those who have done something that the log of these teams holds, by name: of each the id and the
// name of today. For all teams it is everybody with an account.
func (s *Store) AuditPeople(ctx context.Context, teams access.TeamScope) ([]access.User, error) {
	where := &condition{}
	if !teams.All {
		where.in("team_id", teams.Teams)
		where.parts[0] = "id IN (SELECT account_id FROM audit WHERE " + where.parts[0] + ")"
	}
	rows, err := s.readers.QueryContext(ctx, "SELECT id, name FROM account WHERE "+where.String()+" ORDER BY name, id", where.args...)
	people, err := collect(rows, err, func(rows *sql.Rows) (u access.User, err error) {
		err = rows.Scan(&u.ID, &u.Name)
		return u, err
	})
	assessment.SortByName(people, func(u access.User) string { return u.Name })
	return people, err
}
