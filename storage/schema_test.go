package storage

import (
	"database/sql"
	"fmt"
	"slices"
	"testing"
)

// tablesWithoutTeam are those of before the rule: what they hold finds its team by way of its workload.
var tablesWithoutTeam = []string{"account", "answer", "api_token", "assessment", "audit", "decision", "earlier", "event",
	"goose_db_version", "identity", "import_draft", "membership", "one_time_link", "plan_item", "position", "questionnaire",
	"report", "session", "share_link", "share_use", "snapshot", "snapshot_approval", "sqlite_sequence", "team", "team_questionnaire", "workload"}

// TestNewTablesBelongToATeam holds that no row of a new table can be reached from another team: its key begins with
// the team, and what it refers to is the team itself or a row with the same one.
func TestNewTablesBelongToATeam(t *testing.T) {
	s := openStore(t, Options{})
	for _, table := range tables(t, s) {
		if slices.Contains(tablesWithoutTeam, table) {
			continue
		}
		for _, fault := range teamFaults(t, s.writers, table) {
			t.Error(fault)
		}
	}
}

func TestTeamFaults(t *testing.T) {
	db := openStore(t, Options{}).writers
	must(db.ExecContext(t.Context(), `
		CREATE TABLE good (team TEXT REFERENCES team (id), id TEXT, PRIMARY KEY (team, id));
		CREATE TABLE leaf (team TEXT, good TEXT, n INTEGER, PRIMARY KEY (team, good, n),
			FOREIGN KEY (team, good) REFERENCES good (team, id));
		CREATE TABLE implied (team TEXT, good TEXT, PRIMARY KEY (team, good), FOREIGN KEY (team, good) REFERENCES good);
		CREATE TABLE no_team (id TEXT PRIMARY KEY);
		CREATE TABLE late (id TEXT, team TEXT, PRIMARY KEY (id, team));
		CREATE TABLE beside (team TEXT, id TEXT, snapshot TEXT REFERENCES snapshot (id), PRIMARY KEY (team, id));
		CREATE TABLE across (team TEXT, id TEXT, other TEXT, good TEXT, PRIMARY KEY (team, id),
			FOREIGN KEY (other, good) REFERENCES good (team, id));
	`))(t)
	for table, want := range map[string][]string{
		"good":    nil,
		"leaf":    nil,
		"implied": nil,
		"no_team": {"the primary key of no_team does not begin with team"},
		"late":    {"the primary key of late does not begin with team"},
		"beside":  {"beside refers to snapshot without the team"},
		"across":  {"across refers to good without the team"},
	} {
		if got := teamFaults(t, db, table); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", table, got, want)
		}
	}
}

// teamFaults returns what would let a row of the table be another team's.
func teamFaults(t *testing.T, db *sql.DB, table string) []string {
	t.Helper()
	var faults []string
	var key string
	err := db.QueryRowContext(t.Context(), "SELECT name FROM pragma_table_info($1) WHERE pk = 1", table).Scan(&key)
	if err != nil || key != "team" {
		faults = append(faults, fmt.Sprintf("the primary key of %s does not begin with team", table))
	}
	// Without names, a reference is to the key of the other table, in its order.
	rows, err := db.QueryContext(t.Context(), `
		SELECT "table"
		FROM pragma_foreign_key_list($1)
		GROUP BY id, "table"
		HAVING sum("from" = 'team' AND seq = 0 AND ("table" = 'team' OR coalesce("to", 'team') = 'team')) = 0
		ORDER BY id
	`, table)
	for _, other := range must(collect(rows, err, scanText))(t) {
		faults = append(faults, fmt.Sprintf("%s refers to %s without the team", table, other))
	}
	return faults
}
