// Package exampletest is what tests of the domain share: an example questionnaire whose numbers are worked out by hand,
// and questionnaires, answers and conditions that are drawn at random.
package exampletest

import "plumbline/assessment"

// Questionnaire is a small questionnaire whose numbers are worked out by hand in the tests.
func Questionnaire() *assessment.Questionnaire {
	practice := func(id string, risk assessment.Level, effort assessment.Effort) assessment.Practice {
		return assessment.Practice{ID: id, Title: id + " is done.", Risk: risk, Weight: assessment.DefaultWeight(risk), Effort: effort}
	}
	return &assessment.Questionnaire{
		ID: "example", Version: "1.0.0", Title: "Example",
		Bands: []assessment.Band{{ID: "critical", Title: "Critical", From: 0}, {ID: "moderate", Title: "Moderate", From: 33}, {ID: "excellent", Title: "Excellent", From: 67}},
		Pillars: []assessment.Pillar{
			{ID: "A", Title: "First", Principles: []assessment.Principle{
				{ID: "a1", Weight: 1, Questions: []assessment.Question{
					{ID: "q1", Weight: 1, Practices: []assessment.Practice{
						practice("x", assessment.High, assessment.EffortS), practice("y", assessment.Medium, assessment.EffortM), practice("z", assessment.Low, assessment.EffortL),
					}},
					{ID: "q2", Weight: 3, Practices: []assessment.Practice{practice("v", assessment.High, assessment.EffortS)}},
				}},
				{ID: "a2", Weight: 1, Questions: []assessment.Question{
					{ID: "q3", Weight: 1, Practices: []assessment.Practice{practice("u", assessment.Medium, assessment.EffortM)}},
				}},
			}},
			{ID: "B", Title: "Second", Principles: []assessment.Principle{
				{ID: "b1", Weight: 1, Questions: []assessment.Question{
					{ID: "q4", Weight: 1, Practices: []assessment.Practice{practice("s", assessment.Low, assessment.EffortS), practice("t", assessment.Medium, assessment.EffortL)}},
				}},
			}},
		},
		Tradeoffs: []assessment.Tradeoff{
			{
				ID: "t1", Title: "One against the other",
				Sides:   [2]assessment.Side{{Label: "One", Practices: []string{"x", "z"}}, {Label: "Other", Practices: []string{"s", "t"}}},
				Signals: []assessment.Signal{{When: MustParse("x && !v"), Says: "x without v."}, {When: MustParse("!(y || t)"), Says: "Neither y nor t."}},
			},
			{
				ID: "t2", Title: "Open",
				Sides:   [2]assessment.Side{{Practices: []string{"t"}}, {Practices: []string{"v"}}},
				Signals: []assessment.Signal{{When: MustParse("t"), Says: "t."}, {When: MustParse("z && t"), Says: "z and t."}},
			},
			{
				ID: "t3", Title: "Quiet",
				Sides:   [2]assessment.Side{{Practices: []string{"u"}}, {Practices: []string{"x"}}},
				Signals: []assessment.Signal{{When: MustParse("u || !u"), Says: "u either way."}},
			},
		},
	}
}

// Answers are those to the example that the tests work with.
func Answers() assessment.Answers {
	return assessment.Answers{
		"x": {Status: assessment.Adopted}, "y": {Status: assessment.Partial}, "v": {Status: assessment.Absent},
		"u": {Status: assessment.NotApplicable, Reason: "There is none."}, "s": {Status: assessment.Partial},
	}
}

// Priorities are those that go with the answers.
func Priorities() assessment.Priorities { return assessment.Priorities{"B": 2} }

// Facetted is the example with two facets, f and g, on which four of its practices depend.
func Facetted() *assessment.Questionnaire {
	q := Clone(Questionnaire())
	q.Facets = []assessment.Facet{{ID: "f", Title: "Is it f?"}, {ID: "g", Title: "Is it g?"}}
	for id, when := range map[string]string{"y": "@f", "v": "!!@g", "s": "@f || @g", "t": "@f || @g"} {
		Practice(q, id).AppliesWhen = MustParse(when)
	}
	return q
}
