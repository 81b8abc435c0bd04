package assessment

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestMatches(t *testing.T) {
	for search, want := range map[string]bool{"": true, "claims": true, "TRIAGE claims": true, "mei claims": true, "claims other": false, "triagemei": false} {
		if got := Matches(search, "Claims triage", "Mei Tanaka"); got != want {
			t.Errorf("%q: %v", search, got)
		}
	}
}

func TestWorkloadFilter(t *testing.T) {
	row := PortfolioRow{
		Assessment: Assessment{Workload: Workload{Name: "Claims", Owner: "Mei", Environment: "production", Team: "t1", Tags: []string{"azure", "core"}}},
		Summary:    Summary{Overall: Score{Band: "fair", Answered: 1, Applicable: 2, Total: 2}},
	}
	for filter, want := range map[WorkloadFilter]bool{
		{}: true,
		{Search: "mei CORE", Tag: "azure", Environment: "production", Owner: "Mei", Team: "t1", Band: "fair"}: true,
		{Search: "other"}: false, {Tag: "azur"}: false, {Environment: "test"}: false, {Owner: "Me"}: false, {Team: "t2"}: false,
		{Band: "poor"}: false, {Band: NotStarted}: false,
	} {
		if got := filter.Keeps(row); got != want {
			t.Errorf("%+v: %v", filter, got)
		}
	}
	row.Summary.Overall.Answered = 0
	if (WorkloadFilter{Band: "fair"}).Keeps(row) || !(WorkloadFilter{Band: NotStarted}).Keeps(row) {
		t.Error("a workload without answers has a band")
	}
}

// portfolioRow is a row named a, b, c …, with a larger value of everything the later it stands.
func portfolioRow(i int) PortfolioRow {
	score := Score{Range: Range{Low: float64(i), High: 50, Applicable: true}, Answered: 1, Applicable: 1, Total: 1}
	row := PortfolioRow{Summary: Summary{Overall: score, Findings: Counts{High: i}, OpenDecisions: i, Pillars: []PillarSummary{{ID: "cost", Score: score}}}}
	row.Assessment.Workload.ID, row.Assessment.Workload.Name = string(rune('a'+i)), string(rune('a'+i))
	row.Assessment.Workload.Team = string(rune('z' - i))
	row.Assessment.UpdatedAt = time.Unix(int64(i), 0)
	return row
}

func sortedBy(column string, descending bool, rows []PortfolioRow) string {
	rows = slices.Clone(rows)
	teams := map[string]string{"z": "Alpha", "y": "beta", "x": "Gamma", "w": "zeta"}
	PortfolioOrder{Column: column, Descending: descending, Teams: teams}.Sort(rows)
	var names strings.Builder
	for _, row := range rows {
		names.WriteString(row.Assessment.Workload.Name)
	}
	return names.String()
}

func TestPortfolioOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.Permutation([]PortfolioRow{portfolioRow(0), portfolioRow(1), portfolioRow(2), portfolioRow(3)}).Draw(t, "rows")
		for _, column := range []string{ColumnName, ColumnTeam, ColumnOverall, ColumnFindings, ColumnDecisions, ColumnChanged, "cost"} {
			if up, down := sortedBy(column, false, rows), sortedBy(column, true, rows); up != "abcd" || down != "dcba" {
				t.Errorf("by %s: %s and %s", column, up, down)
			}
		}
		if up, down := sortedBy("other", false, rows), sortedBy("other", true, rows); up != "abcd" || down != "abcd" {
			t.Errorf("by a pillar that none has: %s and %s, want by name", up, down)
		}
	})
	rows := []PortfolioRow{portfolioRow(0), portfolioRow(1), portfolioRow(2), portfolioRow(3)}
	rows[1].Summary.Overall.Answered = 0
	rows[2].Summary.Pillars[0].Score = Score{}
	if up, down := sortedBy("cost", false, rows), sortedBy("cost", true, rows); up != "adbc" || down != "dabc" {
		t.Errorf("with two that have no score: %s and %s", up, down)
	}
}
