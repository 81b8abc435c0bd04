package content

import (
	"slices"
	"strings"
	"testing"

	"plumbline/assessment"
)

// Each facet decides about something, and each condition is told to a person who sets a practice aside by hand too.
func TestBuiltinFacets(t *testing.T) {
	q := mustBuiltin(t)
	if n := len(q.Facets); n < 10 || n > 15 {
		t.Errorf("%d facets, want about a dozen", n)
	}
	used := map[string]bool{}
	for _, practice := range practicesOf(q) {
		for _, facet := range practice.AppliesWhen.Facets() {
			used[facet] = true
		}
		if !practice.AppliesWhen.IsZero() && practice.NotApplicableWhen == "" {
			t.Errorf("%s depends on facets and does not say when it is not applicable", practice.ID)
		}
	}
	for _, facet := range q.Facets {
		if !strings.HasSuffix(facet.Title, "?") || facet.Help == "" {
			t.Errorf("facet %s is no question, or has no help", facet.ID)
		}
		if words := len(strings.Fields(facet.Help)); words > 60 {
			t.Errorf("the help of facet %s has %d words", facet.ID, words)
		}
		if !used[facet.ID] {
			t.Errorf("facet %s decides about no practice", facet.ID)
		}
	}
}

func TestBuiltinAsksWhatConcernsATeam(t *testing.T) {
	var archetypes []struct {
		Archetype string
		AtMost    int `yaml:"at_most"`
		Facets    assessment.Facets
	}
	readTestdata(t, "archetypes.yaml", &archetypes)
	q, model := compiledBuiltin(t)
	all := practicesOf(q)
	for _, a := range archetypes {
		t.Run(a.Archetype, func(t *testing.T) {
			if err := model.CheckFacets(a.Facets); err != nil || len(a.Facets) != len(q.Facets) {
				t.Fatalf("%d facets said, want all %d: %v", len(a.Facets), len(q.Facets), err)
			}
			outside := model.OutOfScope(a.Facets)
			left := len(all) - len(outside)
			t.Logf("%s: %d of %d", a.Archetype, left, len(all))
			for _, practice := range all {
				if slices.Contains(outside, practice.ID) {
					t.Logf("  %s %s, by %s", practice.ID, practice.Title, practice.AppliesWhen)
				}
			}
			if left > a.AtMost {
				t.Errorf("%d practices are left to answer, want at most %d", left, a.AtMost)
			}
		})
	}
}

// A workload that other systems call may store what their users ask, and can lack their consent.
func TestBuiltinAsksForConsentWhereConversationsAreKept(t *testing.T) {
	_, model := compiledBuiltin(t)
	kept := model.OutOfScope(assessment.Facets{"people_use_it": false, "api_clients": true, "keeps_conversations": true})
	for _, practice := range []string{"ops-06.p2", "ops-06.p3", "ops-06.p4"} {
		if slices.Contains(kept, practice) {
			t.Errorf("%s is not asked though conversations are stored", practice)
		}
		if out := model.OutOfScope(assessment.Facets{"people_use_it": false, "keeps_conversations": false}); !slices.Contains(out, practice) {
			t.Errorf("%s is asked though no conversations are stored", practice)
		}
	}
}

// Before anything is said about a workload, everything is asked.
func TestBuiltinAsksEverythingAtFirst(t *testing.T) {
	_, model := compiledBuiltin(t)
	if outside := model.OutOfScope(nil); len(outside) > 0 {
		t.Errorf("out of scope though nothing is said: %v", outside)
	}
}

// A practice that is worse to miss is worth more, wherever in its pillar it stands.
func TestBuiltinSharesFollowRisk(t *testing.T) {
	q, model := compiledBuiltin(t)
	if q.Scoring != assessment.ScoreWeights {
		t.Fatalf("scoring is %q, want weights", q.Scoring)
	}
	gains := map[string]float64{}
	for _, r := range model.Score(all(q, assessment.Absent), nil, nil).Recommendations {
		gains[r.Practice] = r.Gain
	}
	steps := []assessment.Level{assessment.High, assessment.Medium, assessment.Low}
	for _, pillar := range q.Pillars {
		least := map[assessment.Level]float64{}
		for practice := range pillar.Practices() {
			if gain, ok := least[practice.Risk]; !ok || gains[practice.ID] < gain {
				least[practice.Risk] = gains[practice.ID]
			}
		}
		for practice := range pillar.Practices() {
			for _, higher := range steps[:slices.Index(steps, practice.Risk)] {
				if least, ok := least[higher]; ok && gains[practice.ID] > least {
					t.Errorf("%s (%s) is worth %.3f points, one of risk %s only %.3f", practice.ID, practice.Risk, gains[practice.ID], higher, least)
				}
			}
		}
	}
}
