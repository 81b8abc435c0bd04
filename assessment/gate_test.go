package assessment

import (
	"slices"
	"testing"
)

func TestReaches(t *testing.T) {
	for _, tt := range []struct {
		r      Range
		points float64
		want   bool
	}{
		{Range{Low: 50, High: 90, Applicable: true}, 50, true},
		{Range{Low: 50, High: 90, Applicable: true}, 50.1, false},
		{Range{Low: 49.99999, High: 90, Applicable: true}, 50, true}, // as the JSON has it
		{Range{Low: 49.9999, High: 90, Applicable: true}, 50, false},
		{Range{}, 0, false},
	} {
		if got := (Score{Range: tt.r}).Reaches(tt.points); got != tt.want {
			t.Errorf("%+v reaches %v: %v", tt.r, tt.points, got)
		}
	}
}

func TestNewHigh(t *testing.T) {
	before := &Result{Findings: []Finding{{Practice: "a", Severity: High}, {Practice: "b", Severity: Medium}, {Practice: "gone", Severity: High}}}
	after := &Result{Findings: []Finding{{Practice: "c", Severity: High}, {Practice: "a", Severity: High}, {Practice: "b", Severity: High}, {Practice: "d", Severity: Low}}}
	if got := NewHigh(before, after); !slices.Equal(got, []string{"c", "b"}) {
		t.Errorf("new are %v", got)
	}
	if got := NewHigh(after, after); len(got) != 0 {
		t.Errorf("new against itself are %v", got)
	}
}
