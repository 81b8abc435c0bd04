package storage

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// SaveDecision records what the team settled about a tradeoff, together with its state, true signals and pulls as
// they are at that moment, and returns the assessment after it. A decision that changes nothing is no change, whatever
// version it saw. Otherwise a version that is not the stored one (0 if there is none) is a Conflict, a negative one
// VersionRequired, an unknown tradeoff NotFound.
//
// The version of a decision is the sequence of its event, so that a decision recorded again after it was removed never
// has the version of the one before.
func (s *Store) SaveDecision(ctx context.Context, actor access.Actor, assessmentID string, d assessment.Decision) (
	*assessment.Current, error) {
	if err := requireVersion(d.Version); err != nil {
		return nil, err
	}
	return s.change(ctx, actor, assessmentID, func(c *change) error { return c.saveDecision(d) })
}

func (c *change) saveDecision(d assessment.Decision) error {
	d, err := c.checkDecision(d)
	if err != nil {
		return err
	}
	now := c.tradeoff(d.Tradeoff)
	d.State, d.Signals, d.Pulls = now.State, append([]int{}, now.Signals...), now.Pulls
	stored, recorded := c.state.Decisions[d.Tradeoff]
	if recorded && stored.Same(d) && (stored.Pulls == d.Pulls || stored.Version != d.Version) {
		return nil
	}
	if stored.Version != d.Version {
		return conflict("this decision")
	}
	d.By, d.At = c.actor.User.Name, c.at
	return c.recordDecision(d)
}

// checkDecision returns a decision in normal form, or NotFound, or what is wrong with it.
func (c *change) checkDecision(d assessment.Decision) (assessment.Decision, error) {
	tradeoff, ok := c.model.Tradeoff(d.Tradeoff)
	if !ok {
		return d, assessment.Errorf(assessment.NotFound, "Tradeoff %s does not exist", d.Tradeoff)
	}
	return d.Normal(), assessment.CheckDecision(tradeoff, d)
}

// recordDecision stores a decision in the place of the one that is there.
func (c *change) recordDecision(d assessment.Decision) error {
	stored, recorded := c.state.Decisions[d.Tradeoff]
	d.Version = int(c.state.Sequence) + 1
	if err := writeDecision(c.tx, c.state.ID, d); err != nil {
		return err
	}
	c.decisions()[d.Tradeoff] = d
	var before any
	if recorded {
		before = stored
	}
	return c.record(assessment.EventDecision, d.Tradeoff, before, d)
}

func conflict(what string) error {
	return assessment.Errorf(assessment.Conflict, "Someone else changed %s first", what)
}

func (c *change) tradeoff(id string) assessment.TradeoffResult {
	i := slices.IndexFunc(c.result.Tradeoffs, func(t assessment.TradeoffResult) bool { return t.ID == id })
	return c.result.Tradeoffs[i]
}

// DeleteDecision removes the decision about a tradeoff and returns the assessment after it. One that is not there is
// no error; a version that is not the stored one is a Conflict.
func (s *Store) DeleteDecision(ctx context.Context, actor access.Actor, assessmentID, tradeoff string, version int) (
	*assessment.Current, error) {
	if err := requireVersion(version); err != nil {
		return nil, err
	}
	return s.change(ctx, actor, assessmentID, func(c *change) error { return c.removeDecision(tradeoff, version) })
}

func (c *change) removeDecision(tradeoff string, version int) error {
	stored, ok := c.state.Decisions[tradeoff]
	if !ok {
		return nil
	}
	if stored.Version != version {
		return conflict("this decision")
	}
	if err := c.eraseDecision(tradeoff); err != nil {
		return err
	}
	delete(c.decisions(), tradeoff)
	return c.record(assessment.EventDecisionRemoved, tradeoff, stored, nil)
}

func (c *change) eraseDecision(tradeoff string) error {
	_, err := c.tx.exec("DELETE FROM decision WHERE assessment_id = $1 AND tradeoff = $2", c.state.ID, tradeoff)
	if err != nil {
		return fmt.Errorf("delete decision: %w", err)
	}
	return nil
}

func writeDecision(t *tx, assessmentID string, d assessment.Decision) error {
	_, err := t.exec(`
		INSERT INTO decision (assessment_id, tradeoff, choice, rationale, owner, decided_on, revisit_on, mitigations,
			state, signals, pulls, version, saved_by, saved_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (assessment_id, tradeoff) DO UPDATE
		SET choice = excluded.choice, rationale = excluded.rationale, owner = excluded.owner,
			decided_on = excluded.decided_on, revisit_on = excluded.revisit_on, mitigations = excluded.mitigations,
			state = excluded.state, signals = excluded.signals, pulls = excluded.pulls,
			version = excluded.version, saved_by = excluded.saved_by, saved_at = excluded.saved_at
	`, assessmentID, d.Tradeoff, string(d.Choice), d.Rationale, d.Owner, string(d.Date), string(d.RevisitOn),
		jsonList(d.Mitigations), string(d.State), jsonList(d.Signals), text(storePulls(d.Pulls)), d.Version, d.By, micros(d.At))
	if err != nil {
		return fmt.Errorf("save decision: %w", err)
	}
	return nil
}

func readDecisions(ctx context.Context, q queryer, assessmentID string) (map[string]assessment.Decision, error) {
	rows, err := q.QueryContext(ctx, `
		SELECT tradeoff, choice, rationale, owner, decided_on, revisit_on, mitigations,
			state, signals, pulls, version, saved_by, saved_at
		FROM decision
		WHERE assessment_id = $1
	`, assessmentID)
	all, err := collect(rows, err, func(rows *sql.Rows) (d assessment.Decision, err error) {
		var pulls storedPulls
		err = rows.Scan(&d.Tradeoff, &d.Choice, &d.Rationale, &d.Owner, &d.Date, &d.RevisitOn, document{&d.Mitigations},
			&d.State, document{&d.Signals}, document{&pulls}, &d.Version, &d.By, moment{&d.At})
		d.Mitigations, d.Pulls = assessment.OrNil(d.Mitigations), pulls.ranges()
		return d, err
	})
	return byKey(all, func(d assessment.Decision) string { return d.Tradeoff }), err
}

// storedPulls is the stored form of both pulls at full precision: low and high, null where nothing is applicable.
type storedPulls [2]*[2]float64

func storePulls(pulls [2]assessment.Range) (stored storedPulls) {
	for i, pull := range pulls {
		if pull.Applicable {
			stored[i] = &[2]float64{pull.Low, pull.High}
		}
	}
	return stored
}

func (s storedPulls) ranges() (pulls [2]assessment.Range) {
	for i, pull := range s {
		if pull != nil {
			pulls[i] = assessment.Range{Low: pull[0], High: pull[1], Applicable: true}
		}
	}
	return pulls
}
