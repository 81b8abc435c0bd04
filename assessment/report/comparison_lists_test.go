package report

import (
	"testing"

	"plumbline/assessment"
)

// Every practice that changed is in a list, so that the largest parts may be a choice of them.
func TestListsHaveEveryChange(t *testing.T) {
	q := fixture()
	withdrawn := func(n int) assessment.Answer {
		a := mixed(n)
		if a.Status == assessment.Absent { // from 0 to 0: no points, and in none of the other lists
			return assessment.Answer{}
		}
		return better(n)
	}
	before, after := snap(t, q, "Design review", taken, mixed), snap(t, q, "Before launch", taken, withdrawn)
	comparison, err := assessment.Compare(before.Snapshot, after.Snapshot)
	if err != nil {
		t.Fatal(err)
	}
	c := newChange(comparison, before, after)
	listed := map[string]bool{}
	titles := map[string]int{}
	for _, l := range c.Lists {
		titles[l.Title] = len(l.Rows)
		for _, p := range l.Rows {
			listed[p.ID] = true
		}
	}
	for _, p := range c.Practices {
		if !listed[p.ID] {
			t.Errorf("%s (%s to %s) is in no list", p.ID, p.Before.Word(), p.After.Word())
		}
	}
	if titles["Without points"] == 0 {
		t.Errorf("no answer was withdrawn: %v", titles)
	}
	largest := c.Largest(largestParts)
	if len(largest) != largestParts {
		t.Fatalf("%d practices with the largest parts, want %d", len(largest), largestParts)
	}
	for i, p := range largest[1:] {
		if size(p.Part) > size(largest[i].Part) {
			t.Errorf("%s with %v is behind %s with %v", p.ID, p.Part, largest[i].ID, largest[i].Part)
		}
	}
}

// size is a part as it is shown, up or down.
func size(part float64) float64 {
	return max(assessment.RoundTo(part, 2), -assessment.RoundTo(part, 2))
}
