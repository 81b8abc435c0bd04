package assessment_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/exampletest"
)

func TestCompileRefuses(t *testing.T) {
	tests := []struct {
		name   string
		change func(*assessment.Questionnaire)
		want   string
	}{
		{"pillar twice", func(q *assessment.Questionnaire) { q.Pillars[1].ID = "A" }, "pillars[1].id"},
		{"practice twice", func(q *assessment.Questionnaire) {
			question := &q.Pillars[0].Principles[0].Questions[1]
			question.Practices = append(question.Practices, question.Practices[0])
		}, "pillars[0].principles[0].questions[1].practices[1].id"},
		{"weight 0", func(q *assessment.Questionnaire) { q.Pillars[0].Principles[0].Weight = 0 }, "pillars[0].principles[0].weight"},
		{"weight not a number", func(q *assessment.Questionnaire) { practices(q, 0)[0].Weight = math.NaN() }, "pillars[0].principles[0].questions[0].practices[0].weight"},
		{"endless weight", func(q *assessment.Questionnaire) { practices(q, 0)[0].Weight = math.Inf(1) }, "pillars[0].principles[0].questions[0].practices[0].weight"},
		{"risk", func(q *assessment.Questionnaire) { practices(q, 0)[0].Risk = assessment.None }, "pillars[0].principles[0].questions[0].practices[0].risk"},
		{"effort", func(q *assessment.Questionnaire) { practices(q, 0)[0].Effort = "XL" }, "pillars[0].principles[0].questions[0].practices[0].effort"},
		{"no condition", func(q *assessment.Questionnaire) { q.Tradeoffs[0].Signals[1].When = assessment.Expression{} }, "tradeoffs[0].signals[1].when"},
		{"unknown practice", func(q *assessment.Questionnaire) {
			q.Tradeoffs[0].Signals[0].When = exampletest.MustParse("x && nobody")
		}, "tradeoffs[0].signals[0].when"},
		{"unknown in a side", func(q *assessment.Questionnaire) { q.Tradeoffs[0].Sides[1].Practices = []string{"x", "nobody"} }, "tradeoffs[0].sides[1].practices[1]"},
		{"unknown pillar", func(q *assessment.Questionnaire) { q.Tradeoffs[0].Sides[0].Pillars = []string{"C"} }, "tradeoffs[0].sides[0].pillars[0]"},
		{"tradeoff twice", func(q *assessment.Questionnaire) { q.Tradeoffs[2].ID = "t1" }, "tradeoffs[2].id"},
		{"rule of another question", func(q *assessment.Questionnaire) {
			q.Pillars[0].Principles[0].Questions[0].RiskRules = []assessment.RiskRule{{exampletest.MustParse("v"), assessment.High}}
		}, "pillars[0].principles[0].questions[0].risk_rules[0].when"},
		{"rule with another risk", func(q *assessment.Questionnaire) {
			q.Pillars[0].Principles[0].Questions[0].RiskRules = []assessment.RiskRule{{exampletest.MustParse("default"), assessment.Low}}
		}, "pillars[0].principles[0].questions[0].risk_rules[0].risk"},
	}
	for _, tt := range tests {
		q := exampletest.Questionnaire()
		tt.change(q)
		_, err := assessment.Compile(q)
		if got := fields(t, err); !slices.Equal(got, []string{tt.want}) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// practices returns those of the first question of a pillar.
func practices(q *assessment.Questionnaire, pillar int) []assessment.Practice {
	return q.Pillars[pillar].Principles[0].Questions[0].Practices
}

func TestPlaces(t *testing.T) {
	m := exampletest.Compiled(t, exampletest.Questionnaire())
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
	m := exampletest.Compiled(t, exampletest.Questionnaire())
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
		if got := assessment.IsID(id); got != want {
			t.Errorf("IsID(%.20q) = %v", id, got)
		}
	}
}

func TestBandBelowTheFirst(t *testing.T) {
	q := exampletest.Questionnaire()
	q.Bands = q.Bands[1:]
	if got := assessment.BandAt(q.Bands, 10); got != (assessment.Band{}) {
		t.Errorf("Band(10) = %v", got)
	}
}
