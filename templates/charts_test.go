package templates

import (
	"slices"
	"testing"
)

func TestTitlesOfTheRadar(t *testing.T) {
	tests := []struct {
		title string
		i, n  int
		want  []string
	}{
		{"Reliability", 0, 5, []string{"Reliability"}},
		{"Operational Excellence", 3, 5, []string{"Operational", "Excellence"}},
		{"Auto scaling and capacity management", 2, 7, []string{"Auto scaling", "and capacity", "management"}},
		{"Improvements to speed up your workload", 4, 7, []string{"Improvements to", "speed up your…"}},
		{"Running your application with Amazon ECS", 0, 7, []string{"Running your application", "with Amazon ECS"}},
		{"One two three four five six seven eight nine ten", 1, 7, []string{"One two three", "four five six", "seven eight…"}},
		{"Schadensfallbearbeitung", 1, 7, []string{"Schadensfall…"}},
		{"", 1, 7, nil},
	}
	for _, tt := range tests {
		if got := (RadarAxis{Title: tt.title}).lines(tt.i, tt.n); !slices.Equal(got, tt.want) {
			t.Errorf("%q: got %q, want %q", tt.title, got, tt.want)
		}
	}
}
