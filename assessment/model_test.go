package assessment

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func TestCompileRefuses(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Questionnaire)
		want   string
	}{
		{"pillar twice", func(q *Questionnaire) { q.Pillars[1].ID = "A" }, "pillars[1].id"},
		{"practice twice", func(q *Questionnaire) {
			question := &q.Pillars[0].Principles[0].Questions[1]
			question.Practices = append(question.Practices, question.Practices[0])
		}, "pillars[0].principles[0].questions[1].practices[1].id"},
		{"weight 0", func(q *Questionnaire) { q.Pillars[0].Principles[0].Weight = 0 }, "pillars[0].principles[0].weight"},
		{"weight not a number", func(q *Questionnaire) { practices(q, 0)[0].Weight = math.NaN() }, "pillars[0].principles[0].questions[0].practices[0].weight"},
		{"endless weight", func(q *Questionnaire) { practices(q, 0)[0].Weight = math.Inf(1) }, "pillars[0].principles[0].questions[0].practices[0].weight"},
		{"risk", func(q *Questionnaire) { practices(q, 0)[0].Risk = None }, "pillars[0].principles[0].questions[0].practices[0].risk"},
		{"effort", func(q *Questionnaire) { practices(q, 0)[0].Effort = "XL" }, "pillars[0].principles[0].questions[0].practices[0].effort"},
		{"no condition", func(q *Questionnaire) { q.Tradeoffs[0].Signals[1].When = Expression{} }, "tradeoffs[0].signals[1].when"},
		{"unknown practice", func(q *Questionnaire) { q.Tradeoffs[0].Signals[0].When = mustParse("x && nobody") }, "tradeoffs[0].signals[0].when"},
		{"unknown in a side", func(q *Questionnaire) { q.Tradeoffs[0].Sides[1].Practices = []string{"x", "nobody"} }, "tradeoffs[0].sides[1].practices[1]"},
		{"unknown pillar", func(q *Questionnaire) { q.Tradeoffs[0].Sides[0].Pillars = []string{"C"} }, "tradeoffs[0].sides[0].pillars[0]"},
		{"tradeoff twice", func(q *Questionnaire) { q.Tradeoffs[2].ID = "t1" }, "tradeoffs[2].id"},
		{"rule of another question", func(q *Questionnaire) {
			q.Pillars[0].Principles[0].Questions[0].RiskRules = []RiskRule{{mustParse("v"), High}}
		}, "pillars[0].principles[0].questions[0].risk_rules[0].when"},
		{"rule with another risk", func(q *Questionnaire) {
			q.Pillars[0].Principles[0].Questions[0].RiskRules = []RiskRule{{mustParse("default"), Low}}
		}, "pillars[0].principles[0].questions[0].risk_rules[0].risk"},
	}
	for _, tt := range tests {
		q := example()
		tt.change(q)
		_, err := Compile(q)
		if got := fields(t, err); !slices.Equal(got, []string{tt.want}) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// practices returns those of the first question of a pillar.
func practices(q *Questionnaire, pillar int) []Practice {
	return q.Pillars[pillar].Principles[0].Questions[0].Practices
}

func TestPlaces(t *testing.T) {
	m := compiled(t, example())
	place, ok := m.Place("u")
	if !ok || place.Pillar.ID != "A" || place.Principle.ID != "a2" || place.Question.ID != "q3" ||
		place.Practice.ID != "u" || place.Index != 4 {
		t.Errorf("Place(u) = %+v, %v", place, ok)
	}
	if _, ok := m.Place("nobody"); ok {
		t.Error("Place(nobody) is somewhere")
	}
	first, _ := m.Principle("a1")
	middle, _ := m.Principle("a2")
	last, _ := m.Principle("b1")
	if first.Previous != nil || first.Next != middle.Principle || middle.Previous != first.Principle ||
		middle.Next != last.Principle || last.Next != nil || last.Index != 2 || last.Pillar.ID != "B" {
		t.Errorf("principles = %+v, %+v, %+v", first, middle, last)
	}
	if pillar, ok := m.Pillar("B"); !ok || pillar.Title != "Second" {
		t.Errorf("Pillar(B) = %v, %v", pillar, ok)
	}
	if tradeoff, ok := m.Tradeoff("t2"); !ok || tradeoff.Title != "Open" {
		t.Errorf("Tradeoff(t2) = %v, %v", tradeoff, ok)
	}
}

func TestTradeoffsOf(t *testing.T) {
	m := compiled(t, example())
	tests := map[string][]string{"x": {"t1", "t3"}, "v": {"t1", "t2"}, "z": {"t1", "t2"}, "u": {"t3"}, "nobody": nil}
	for id, want := range tests {
		if got := m.TradeoffsOf(id); !slices.Equal(got, want) {
			t.Errorf("TradeoffsOf(%s) = %q, want %q", id, got, want)
		}
	}
}

func TestIsID(t *testing.T) {
	tests := map[string]bool{
		"a": true, "rel-01.p1_x": true, "9": true, strings.Repeat("a", 128): true,
		"": false, "-a": false, ".": false, "a b": false, "ü": false, strings.Repeat("a", 129): false,
	}
	for id, want := range tests {
		if got := IsID(id); got != want {
			t.Errorf("IsID(%.20q) = %v", id, got)
		}
	}
}

func TestBandBelowTheFirst(t *testing.T) {
	q := example()
	q.Bands = q.Bands[1:]
	if got := compiled(t, q).band(10); got != (Band{}) {
		t.Errorf("Band(10) = %v", got)
	}
}

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
