package assessment

import "testing"

func TestDecisionStale(t *testing.T) {
	tests := []struct {
		recorded, now []int
		want          bool
	}{
		{[]int{0}, []int{0}, false},
		{nil, []int{}, false},
		{[]int{0}, []int{0, 2}, true},
		{[]int{0}, []int{1}, true},
		{[]int{0}, []int{}, true},
	}
	for _, tt := range tests {
		if got := (Decision{Signals: tt.recorded}).Stale(TradeoffResult{Signals: tt.now}); got != tt.want {
			t.Errorf("recorded on %v, now %v: stale = %v", tt.recorded, tt.now, got)
		}
	}
}

func TestDecisionDue(t *testing.T) {
	tests := []struct {
		revisit, today Date
		want           bool
	}{
		{"", "2026-09-14", false},
		{"2026-09-14", "2026-09-14", false},
		{"2026-09-14", "2026-09-15", true},
		{"2026-09-15", "2026-09-14", false},
	}
	for _, tt := range tests {
		if got := (Decision{RevisitOn: tt.revisit}).Due(tt.today); got != tt.want {
			t.Errorf("revisit on %q, today %s: due = %v", tt.revisit, tt.today, got)
		}
	}
}
