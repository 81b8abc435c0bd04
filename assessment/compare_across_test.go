package assessment_test

import (
	"testing"

	"plumbline/assessment"
)

func TestCheckComparable(t *testing.T) {
	asking := func(ids ...string) *assessment.Snapshot {
		var practices []assessment.Practice
		for _, id := range ids {
			practices = append(practices, assessment.Practice{ID: id})
		}
		return &assessment.Snapshot{Questionnaire: &assessment.Questionnaire{Pillars: []assessment.Pillar{{
			Principles: []assessment.Principle{{Questions: []assessment.Question{{Practices: practices}}}}}}}}
	}
	for name, tt := range map[string]struct {
		before, after *assessment.Snapshot
		want          assessment.Code
	}{
		"the same":          {asking("a", "b"), asking("a", "b"), ""},
		"one in common":     {asking("a", "b"), asking("b", "c"), ""},
		"nothing in common": {asking("a"), asking("A", "b"), assessment.Invalid},
	} {
		err := assessment.CheckComparable(tt.before, tt.after)
		if err == nil && tt.want != "" || err != nil && assessment.CodeOf(err) != tt.want {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}
