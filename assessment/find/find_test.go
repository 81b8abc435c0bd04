package find_test

import (
	"fmt"
	"reflect"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/find"
)

func model(t testing.TB) *assessment.Model {
	t.Helper()
	m, err := assessment.Compile(&assessment.Questionnaire{
		Pillars: []assessment.Pillar{{ID: "ops", Principles: []assessment.Principle{{ID: "ops-01", Weight: 1, Questions: []assessment.Question{{Weight: 1, Practices: []assessment.Practice{
			{ID: "ops-01.p1", Weight: 1, Title: "Releases reach some users first.", Aka: []string{"Canary", "blue-green"}, Help: "Traffic moves step by step."},
			{ID: "ops-01.p2", Weight: 1, Title: "A canary token is watched.", Advice: "Alert the Zürich team."},
			{ID: "ops-01.p3", Weight: 1, Title: "Traffic is limited.", Aka: []string{"rate limit"}},
		}}}}}}},
		Tradeoffs: []assessment.Tradeoff{{ID: "t01", Title: "Canary vs. speed", Decide: "How much of it?"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestIn(t *testing.T) {
	m := model(t)
	for search, want := range map[string][]string{
		"canary":        {"ops-01.p2", "ops-01.p1", "t01"}, // a title before another name
		"OPS-01.P3":     {"ops-01.p3"},
		"traffic":       {"ops-01.p3", "ops-01.p1"}, // a title before the help
		"blue green":    {"ops-01.p1"},
		"rate limit":    {"ops-01.p3"},
		"zu\u0308rich":  {"ops-01.p2"}, // put together differently
		"users traffic": {"ops-01.p1"}, // words in different places
		"how much":      {"t01"},
		"users nowhere": nil,
		" ":             nil,
		"ops-01":        {"ops-01.p1", "ops-01.p2", "ops-01.p3"},
	} {
		var got []string
		for _, hit := range find.In(m, search, 5) {
			got = append(got, hit.ID)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got %v, want %v", search, got, want)
		}
	}
	if hits := find.In(m, "ops", 2); len(hits) != 2 {
		t.Errorf("got %d hits, want 2", len(hits))
	}
	if hit := find.In(m, "blue", 1)[0]; hit.Also != "blue-green" {
		t.Errorf("found by %q", hit.Also)
	}
}

func BenchmarkIn(b *testing.B) {
	q := &assessment.Questionnaire{Pillars: []assessment.Pillar{{ID: "p", Principles: []assessment.Principle{{ID: "p-01", Weight: 1}}}}}
	var practices []assessment.Practice
	for i := range 2000 {
		practices = append(practices, assessment.Practice{ID: fmt.Sprintf("p-01.p%d", i), Weight: 1, Title: "Every component is checked against the same baseline.",
			Help: "A baseline says which settings each service has, and a check runs each night over all of them, with the result kept.", Aka: []string{"hardening"}})
	}
	q.Pillars[0].Principles[0].Questions = []assessment.Question{{Weight: 1, Practices: practices}}
	m, err := assessment.Compile(q)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		find.In(m, "nightly baseline", 8)
	}
}
