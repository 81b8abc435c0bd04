package storage

import (
	"context"
	"database/sql"
	"fmt"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// SavePlanItem stores a practice that the team means to adopt and returns the assessment after it. An item equal to
// the stored one changes nothing. Otherwise a version that is not the stored one (0 if there is none) is a
// Conflict, a negative one VersionRequired, an unknown practice NotFound. As with decisions, the version of an item is
// the sequence of its event.
func (s *Store) SavePlanItem(ctx context.Context, actor access.Actor, assessmentID string, item assessment.PlanItem) (
	*assessment.Current, error) {
	if err := requireVersion(item.Version); err != nil {
		return nil, err
	}
	return s.change(ctx, actor, assessmentID, func(c *change) error {
		if err := assessment.CheckPlanItem(item); err != nil {
			return err
		}
		return c.savePlanItem(item.Normal())
	})
}

// KeepPlanItems adds the practices that are not in the plan yet and returns the assessment after it; the others stay
// as they are. An unknown practice is NotFound, and then none is added.
func (s *Store) KeepPlanItems(ctx context.Context, actor access.Actor, assessmentID string, practices []string) (
	*assessment.Current, error) {
	return s.change(ctx, actor, assessmentID, func(c *change) error {
		for _, practice := range practices {
			if _, kept := c.state.Plan[practice]; kept {
				continue
			}
			if err := c.savePlanItem(assessment.PlanItem{Practice: practice}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c *change) savePlanItem(item assessment.PlanItem) error {
	if _, ok := c.model.Place(item.Practice); !ok {
		return absentPractice(item.Practice)
	}
	stored, kept := c.state.Plan[item.Practice]
	if kept && samePlanItem(stored, item) {
		return nil
	}
	if stored.Version != item.Version {
		return conflict("this plan item")
	}
	item.Version = int(c.state.Sequence) + 1
	if err := writePlanItem(c.tx, c.state.ID, item); err != nil {
		return err
	}
	c.plan()[item.Practice] = item
	var before any
	if kept {
		before = stored
	}
	return c.record(assessment.EventPlan, item.Practice, before, item)
}

func writePlanItem(t *tx, assessmentID string, item assessment.PlanItem) error {
	_, err := t.exec(`
		INSERT INTO plan_item (assessment_id, practice, owner, due, url, version)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (assessment_id, practice) DO UPDATE
		SET owner = excluded.owner, due = excluded.due, url = excluded.url, version = excluded.version
	`, assessmentID, item.Practice, item.Owner, string(item.Due), item.URL, item.Version)
	if err != nil {
		return fmt.Errorf("save plan item: %w", err)
	}
	return nil
}

func (c *change) erasePlanItem(practice string) error {
	_, err := c.tx.exec("DELETE FROM plan_item WHERE assessment_id = $1 AND practice = $2", c.state.ID, practice)
	if err != nil {
		return fmt.Errorf("delete plan item: %w", err)
	}
	return nil
}

func samePlanItem(a, b assessment.PlanItem) bool {
	a.Version, b.Version = 0, 0
	return a == b
}

// DeletePlanItem takes a practice out of the plan and returns the assessment after it. One that is not in it is no
// error; a version that is not the stored one is a Conflict.
func (s *Store) DeletePlanItem(ctx context.Context, actor access.Actor, assessmentID, practice string, version int) (
	*assessment.Current, error) {
	if err := requireVersion(version); err != nil {
		return nil, err
	}
	return s.change(ctx, actor, assessmentID, func(c *change) error { return c.removePlanItem(practice, version) })
}

func (c *change) removePlanItem(practice string, version int) error {
	stored, ok := c.state.Plan[practice]
	if !ok {
		return nil
	}
	if stored.Version != version {
		return conflict("this plan item")
	}
	if err := c.erasePlanItem(practice); err != nil {
		return err
	}
	delete(c.plan(), practice)
	return c.record(assessment.EventPlanRemoved, practice, stored, nil)
}

func readPlan(ctx context.Context, q queryer, assessmentID string) (map[string]assessment.PlanItem, error) {
	rows, err := q.QueryContext(ctx, `
		SELECT practice, owner, due, url, version
		FROM plan_item
		WHERE assessment_id = $1
	`, assessmentID)
	all, err := collect(rows, err, func(rows *sql.Rows) (i assessment.PlanItem, err error) {
		err = rows.Scan(&i.Practice, &i.Owner, &i.Due, &i.URL, &i.Version)
		return i, err
	})
	return byKey(all, func(i assessment.PlanItem) string { return i.Practice }), err
}
