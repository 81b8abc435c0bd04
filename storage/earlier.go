package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"plumbline/assessment"
)

// The kinds of what an assessment keeps that does not count now.
const (
	earlierAnswer   = "answer"
	earlierDecision = "decision"
	earlierPlanItem = "plan_item"
	earlierPriority = "priority"
)

// moveEarlier replaces what is kept aside by what a move leaves there.
func (c *change) moveEarlier(after *assessment.State) error {
	if _, err := c.tx.exec("DELETE FROM earlier WHERE assessment_id = $1", c.state.ID); err != nil {
		return err
	}
	earlier := after.Earlier
	for _, a := range earlier.Answers {
		if err := c.keep(earlierAnswer, a.Practice, a.Key(), a); err != nil {
			return err
		}
	}
	for _, d := range earlier.Decisions {
		kept := storedEarlierDecision{d, storePulls(d.Decision.Pulls)}
		if err := c.keep(earlierDecision, d.Decision.Tradeoff, d.Key(), kept); err != nil {
			return err
		}
	}
	for _, item := range earlier.Plan {
		if err := c.keep(earlierPlanItem, item.Item.Practice, "", item); err != nil {
			return err
		}
	}
	for _, priority := range earlier.Priorities {
		if err := c.keep(earlierPriority, priority.Pillar, "", priority); err != nil {
			return err
		}
	}
	return nil
}

func (c *change) keep(kind, subject, saidTo string, value any) error {
	_, err := c.tx.exec(`
		INSERT INTO earlier (assessment_id, kind, subject, said_to, document)
		VALUES ($1, $2, $3, $4, $5)
	`, c.state.ID, kind, subject, saidTo, text(value))
	if err != nil {
		return fmt.Errorf("keep the %s of %s: %w", kind, subject, err)
	}
	return nil
}

// storedEarlierDecision has the pulls at full precision, next to the rounded ones in the decision's JSON.
type storedEarlierDecision struct {
	assessment.EarlierDecision
	Pulls storedPulls `json:"pulls"`
}

// earlierRow is one row of what is kept aside.
type earlierRow struct {
	kind     string
	document []byte
}

func readEarlier(ctx context.Context, q queryer, assessmentID string) (assessment.Earlier, error) {
	var earlier assessment.Earlier
	rows, err := q.QueryContext(ctx, `
		SELECT kind, document
		FROM earlier
		WHERE assessment_id = $1
	`, assessmentID)
	all, err := collect(rows, err, func(rows *sql.Rows) (r earlierRow, err error) {
		err = rows.Scan(&r.kind, &r.document)
		return r, err
	})
	if err != nil {
		return earlier, err
	}
	for _, row := range all {
		if err := row.into(&earlier); err != nil {
			return earlier, fmt.Errorf("an earlier %s: %w", row.kind, err)
		}
	}
	earlier.Sort()
	return earlier, nil
}

// into adds the row to what is kept.
func (r earlierRow) into(earlier *assessment.Earlier) error {
	switch r.kind {
	case earlierAnswer:
		return appendRead(&earlier.Answers, r.document)
	case earlierPlanItem:
		err := appendRead(&earlier.Plan, r.document)
		if err == nil {
			item := &earlier.Plan[len(earlier.Plan)-1]
			item.Item.Version = item.Version
		}
		return err
	case earlierPriority:
		return appendRead(&earlier.Priorities, r.document)
	}
	var stored []storedEarlierDecision
	if err := appendRead(&stored, r.document); err != nil {
		return err
	}
	d := stored[0].EarlierDecision
	d.Decision.Version, d.Decision.Pulls = d.Version, stored[0].Pulls.ranges()
	earlier.Decisions = append(earlier.Decisions, d)
	return nil
}

func appendRead[T any](list *[]T, document []byte) error {
	var value T
	if err := json.Unmarshal(document, &value); err != nil {
		return err
	}
	*list = append(*list, value)
	return nil
}
