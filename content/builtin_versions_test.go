package content

import (
	"bytes"
	"os"
	"slices"
	"testing"

	"plumbline/assessment"
)

func firstVersion(t *testing.T) *assessment.Questionnaire {
	t.Helper()
	const name = "testdata/azure-ai-workload-1.0.0.yaml"
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	q, err := ReadQuestionnaire(name, bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// retired are the practices of 1.0.0 whose meaning changed: what asks for it now has another id.
var retired = []string{
	"rel-04.p1", "sec-02.p5", "sec-02.p6", "sec-02.p7", "sec-04.p4", "sec-04.p5", "cost-02.p2", "cost-03.p3",
	"ops-01.p3", "ops-03.p3", "ops-04.p3", "perf-01.p4",
}

// A practice that keeps its id keeps its meaning, so that rewording asks nobody again.
func TestBuiltinKeepsTheAnswersOfTheFirstVersion(t *testing.T) {
	now := map[string]assessment.Practice{}
	for _, practice := range practicesOf(mustBuiltin(t)) {
		now[practice.ID] = practice
	}
	var gone []string
	for _, before := range practicesOf(firstVersion(t)) {
		practice, ok := now[before.ID]
		if !ok {
			gone = append(gone, before.ID)
		} else if practice.SameSince != "1.0.0" {
			t.Errorf("%s means the same since 1.0.0 and does not say so", before.ID)
		}
		delete(now, before.ID)
	}
	if !slices.Equal(gone, retired) {
		t.Errorf("ids that are gone: %v, want %v", gone, retired)
	}
	for id, practice := range now {
		if practice.SameSince != "" {
			t.Errorf("%s is new and says that it means the same since %s", id, practice.SameSince)
		}
	}
}

// Tradeoffs keep their ids, for the decisions about them.
func TestBuiltinKeepsTheTradeoffsOfTheFirstVersion(t *testing.T) {
	q := mustBuiltin(t)
	for _, before := range firstVersion(t).Tradeoffs {
		if !slices.ContainsFunc(q.Tradeoffs, func(t assessment.Tradeoff) bool { return t.ID == before.ID }) {
			t.Errorf("%s is gone", before.ID)
		}
	}
}
