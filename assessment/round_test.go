package assessment_test

import (
	"math"
	"reflect"
	"testing"

	"plumbline/assessment"
)

func TestApportionKeepsTheSum(t *testing.T) {
	tests := []struct {
		parts []float64
		total float64
		want  []float64
	}{
		{[]float64{0.25, 0.25, 0.25, 0.25}, 1, []float64{0.3, 0.3, 0.2, 0.2}},
		{[]float64{-0.44, 0.05, 0}, -0.4, []float64{-0.4, 0, 0}},
		{[]float64{3.4, 8.9, 0}, 12.3, []float64{3.4, 8.9, 0}},
		{nil, 0, []float64{}},
	}
	for _, tt := range tests {
		if got := assessment.Apportion(tt.parts, tt.total, 1); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("Apportion(%v, %v) = %v, want %v", tt.parts, tt.total, got, tt.want)
		}
	}
}

func TestRounding(t *testing.T) {
	whole := map[float64]int{48.4999: 48, 48.5: 49, 48.499999999999993: 49, 0: 0, 99.5: 100, -0.4: 0}
	for x, want := range whole {
		if got := assessment.Round(x); got != want {
			t.Errorf("Round(%v) = %d, want %d", x, got, want)
		}
	}
	points := map[float64]float64{0.78125: 0.7813, 0.78124999999995: 0.7813, 33.333333: 33.3333, -0.00001: 0, -2.00006: -2.0001, 100: 100}
	for x, want := range points {
		got := assessment.RoundTo(x, 4)
		if got != want || math.Signbit(got) != (want < 0) {
			t.Errorf("RoundTo(%v) = %v, want %v", x, got, want)
		}
	}
}
