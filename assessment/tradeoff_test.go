package assessment_test

import (
	"testing"

	"plumbline/assessment"
)

func TestKindOfATradeoff(t *testing.T) {
	tradeoff := assessment.Tradeoff{Signals: []assessment.Signal{{Kind: assessment.BlindSpot}, {}, {Kind: assessment.Tension}}}
	for _, tt := range []struct {
		signals []int
		want    assessment.SignalKind
	}{
		{nil, ""},
		{[]int{0}, assessment.BlindSpot},
		{[]int{1}, assessment.Tension},
		{[]int{0, 2}, assessment.Tension},
		{[]int{assessment.LostSignal, 0}, assessment.BlindSpot},
	} {
		if got := tradeoff.Kind(tt.signals); got != tt.want {
			t.Errorf("signals %v make it %q, want %q", tt.signals, got, tt.want)
		}
	}
}

func TestPullsOfSidesThatSayLittle(t *testing.T) {
	full := assessment.Range{Low: 50, High: 100, Applicable: true}
	tradeoff := assessment.Tradeoff{Sides: [2]assessment.Side{{Practices: []string{"a", "b", "c"}}, {Practices: []string{"c", "d", "e"}}}}
	statuses := map[string]assessment.Status{"a": assessment.Adopted, "b": assessment.Absent, "c": assessment.NotApplicable,
		"d": assessment.Partial, "e": assessment.Unanswered}
	got := tradeoff.Shown(assessment.Pulls{full, full}, func(id string) assessment.Status { return statuses[id] })
	if got[0] != full || got[1].Applicable {
		t.Errorf("pulls %v, want that of the first side alone", got)
	}
}
