package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"plumbline/assessment"
)

// Quotas bound what can be added without a person noticing. A field that is 0 bounds nothing.
type Quotas struct {
	GrowthPerDay     int64 // bytes that one team adds in a day by UTC
	AssessmentSize   int64 // bytes of all texts of one assessment
	SnapshotsPerHour int   // of one assessment
	ReportsPerHour   int   // of one assessment

	AssessmentsPerTeam     int // archived ones included
	AssessmentsPerWorkload int
	QuestionnairesPerTeam  int // that it has added to the library
	InvitationsPerTeam     int // that are open
	LinksPerReport         int // those that have ended included
}

const (
	rowsPerChange = 400     // bytes of an event, of its line in the audit log and of what they are about, besides their texts
	unsavedGrowth = 1 << 20 // bytes of a team that are counted before that is written
)

// growth is how many bytes the teams have added today. The writer alone uses it.
type growth struct {
	day    int64
	byTeam map[string]*teamGrowth
}

type teamGrowth struct{ total, saved int64 }

// grow counts bytes that a write adds for a team. NoSpace where that is more than the team may add today.
func (t *tx) grow(team string, bytes int64) error {
	return t.growBelow(team, bytes, t.quotas.GrowthPerDay)
}

// growByDocument is grow for what is made of what people say: it leaves them a quarter of the day's bytes.
func (t *tx) growByDocument(team string, bytes int64) error {
	return t.growBelow(team, bytes, t.quotas.GrowthPerDay/4*3)
}

func (t *tx) growBelow(team string, bytes, limit int64) error {
	if limit == 0 || team == "" {
		return nil
	}
	known, err := t.growthOf(team)
	if err != nil {
		return err
	}
	if known.total+t.grown[team]+t.grows[team]+bytes > limit {
		return assessment.Errorf(assessment.NoSpace, "Nothing was saved: the team reached its limit of data for the day. "+
			"It resets at midnight UTC. Your administrator can raise it")
	}
	t.grows[team] += bytes
	return nil
}

// checkSize returns NoSpace where the texts of an assessment have grown beyond what one may hold. They are measured only where
// a megabyte may have been added, or the limit may be reached: every save asks.
func (c *change) checkSize(before *assessment.State) error {
	const step = 1 << 20
	limit, most := c.tx.quotas.AssessmentSize, c.size+c.written
	if most/step == c.size/step && (limit == 0 || most <= limit) {
		c.size = most
		return nil
	}
	if c.size = c.state.Size(); limit == 0 || c.size <= limit || c.size <= before.Size() {
		return nil
	}
	return assessment.Errorf(assessment.NoSpace, "Nothing was saved: the texts of this assessment reached the limit of %d MiB. Shorten notes or remove evidence",
		limit>>20)
}

// growthOf returns how many bytes a team has added today.
func (t *tx) growthOf(team string) (*teamGrowth, error) {
	if today := t.now().Unix() / int64((24 * time.Hour).Seconds()); t.growth.day != today {
		*t.growth = growth{day: today, byTeam: map[string]*teamGrowth{}}
	}
	if known, ok := t.growth.byTeam[team]; ok {
		return known, nil
	}
	known := &teamGrowth{}
	err := t.row("SELECT bytes FROM team_growth WHERE team = $1 AND day = $2", team, t.growth.day).Scan(&known.saved)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("read the growth of team %s: %w", team, err)
	}
	known.total = known.saved
	t.growth.byTeam[team] = known
	return known, nil
}

// saveGrowth writes the count of the teams that have added much since it was written.
func (t *tx) saveGrowth() error {
	for team, bytes := range t.grown {
		known := t.growth.byTeam[team]
		if known == nil || known.total+bytes-known.saved < unsavedGrowth {
			continue
		}
		_, err := t.exec("DELETE FROM team_growth WHERE team = $1", team)
		if err == nil {
			_, err = t.exec("INSERT INTO team_growth (team, day, bytes) VALUES ($1, $2, $3)", team, t.growth.day, known.total+bytes)
		}
		if err != nil {
			return fmt.Errorf("count the growth of team %s: %w", team, err)
		}
		t.counted = append(t.counted, team)
	}
	return nil
}

// keepGrowth counts what the transaction has added, once that is on the disk.
func (t *tx) keepGrowth() {
	for team, bytes := range t.grown {
		if known := t.growth.byTeam[team]; known != nil {
			known.total += bytes
		}
	}
	for _, team := range t.counted {
		t.growth.byTeam[team].saved = t.growth.byTeam[team].total
	}
}

// keepGrows adds what one write adds to what the transaction does.
func (t *tx) keepGrows() {
	for team, bytes := range t.grows {
		t.grown[team] += bytes
	}
}

// checkAssessments returns Invalid on the field questionnaire where a team, or a workload of it, has as many assessments as it
// can have: every list of them is read whole, and a workload is changed with all of its own.
func (t *tx) checkAssessments(w assessment.Workload) error {
	var ofTeam, ofWorkload int
	err := t.row(`
		SELECT count(*), coalesce(sum(CASE WHEN w.id = $1 THEN 1 ELSE 0 END), 0)
		FROM assessment a
		JOIN workload w ON w.id = a.workload_id
		WHERE w.team_id = $2
	`, w.ID, w.Team).Scan(&ofTeam, &ofWorkload)
	if err != nil {
		return fmt.Errorf("count assessments: %w", err)
	}
	if err := full("questionnaire", count{"The team", ofTeam, "assessments"}, t.quotas.AssessmentsPerTeam); err != nil {
		return err
	}
	return full("questionnaire", count{"The workload", ofWorkload, "assessments"}, t.quotas.AssessmentsPerWorkload)
}

// checkQuestionnaires returns Invalid on the field team where a team has added as many questionnaires to the library as it can.
func (t *tx) checkQuestionnaires(team string) error {
	var added int
	err := t.row("SELECT count(*) FROM team_questionnaire WHERE team_id = $1 AND added_at IS NOT NULL", team).Scan(&added)
	if err != nil {
		return fmt.Errorf("count questionnaires: %w", err)
	}
	return full("team", count{"The team", added, "questionnaires of its own"}, t.quotas.QuestionnairesPerTeam)
}

// checkInvitations returns Invalid on the field email where a team has as many open invitations as it can.
func (t *tx) checkInvitations(team string) error {
	var open int
	err := t.row("SELECT count(*) FROM one_time_link WHERE team_id = $1 AND used_at IS NULL AND expires_at > $2", team, t.now().UnixMicro()).Scan(&open)
	if err != nil {
		return fmt.Errorf("count invitations: %w", err)
	}
	return full("email", count{"The team", open, "open invitations"}, t.quotas.InvitationsPerTeam)
}

// count is how many of something somebody has.
type count struct {
	who  string
	n    int
	what string
}

// full returns Invalid on a field where there are as many of something as there can be; no limit is 0.
func full(field string, c count, limit int) error {
	if limit == 0 || c.n < limit {
		return nil
	}
	return assessment.InvalidField(field, c.who+" already has the maximum number of "+c.what)
}

// checkPerHour returns TooMany where a query counts as many of a kind since an hour ago as may be made in one.
func (t *tx) checkPerHour(limit int, kind, query, assessmentID string) error {
	if limit == 0 {
		return nil
	}
	var made int
	if err := t.row(query, assessmentID, t.now().Add(-time.Hour).UnixMicro()).Scan(&made); err != nil {
		return fmt.Errorf("count %s: %w", kind, err)
	}
	if made >= limit {
		return assessment.Errorf(assessment.TooMany, "An assessment can have at most %d new %s per hour. Try again later", limit, kind)
	}
	return nil
}
