package assessment

import (
	"slices"
	"testing"
)

func TestNumbersThatDifferByNoiseAreTies(t *testing.T) {
	list := []ranked{
		{position: 0, worth: 1}, {position: 1, worth: 1 + 4e-10}, {position: 2, worth: 1 + 2e-9}, {position: 3, worth: 1 + 8e-10}, {position: 4, worth: 1.5e-9},
		{position: 5, worth: 1.5e-9 + 1e-16}, {position: 6, worth: 2, order: 1}, {position: 7, worth: 2 + 5e-10, order: 1},
	}
	rankAll(list)
	got := converted(list, func(r ranked) int { return r.position })
	if want := []int{2, 0, 1, 3, 4, 5, 6, 7}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	parts := []float64{3 + 9e-10, 1, 3, 2}
	sortSettled(parts, func(x float64) float64 { return -x })
	if want := []float64{3 + 9e-10, 3, 2, 1}; !slices.Equal(parts, want) {
		t.Errorf("got %v, want %v", parts, want)
	}
}
