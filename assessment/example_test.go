package assessment

// example is a small questionnaire whose numbers are worked out by hand in the tests.
func example() *Questionnaire {
	practice := func(id string, risk Level, effort Effort) Practice {
		return Practice{ID: id, Title: id + " is done.", Risk: risk, Weight: DefaultWeight(risk), Effort: effort}
	}
	return &Questionnaire{
		ID: "example", Version: "1.0.0", Title: "Example",
		Bands: []Band{{"critical", "Critical", 0}, {"moderate", "Moderate", 33}, {"excellent", "Excellent", 67}},
		Pillars: []Pillar{
			{ID: "A", Title: "First", Principles: []Principle{
				{ID: "a1", Weight: 1, Questions: []Question{
					{ID: "q1", Weight: 1, Practices: []Practice{
						practice("x", High, EffortS), practice("y", Medium, EffortM), practice("z", Low, EffortL),
					}},
					{ID: "q2", Weight: 3, Practices: []Practice{practice("v", High, EffortS)}},
				}},
				{ID: "a2", Weight: 1, Questions: []Question{
					{ID: "q3", Weight: 1, Practices: []Practice{practice("u", Medium, EffortM)}},
				}},
			}},
			{ID: "B", Title: "Second", Principles: []Principle{
				{ID: "b1", Weight: 1, Questions: []Question{
					{ID: "q4", Weight: 1, Practices: []Practice{practice("s", Low, EffortS), practice("t", Medium, EffortL)}},
				}},
			}},
		},
		Tradeoffs: []Tradeoff{
			{
				ID: "t1", Title: "One against the other",
				Sides:   [2]Side{{Label: "One", Practices: []string{"x", "z"}}, {Label: "Other", Practices: []string{"s", "t"}}},
				Signals: []Signal{{When: mustParse("x && !v"), Says: "x without v."}, {When: mustParse("!(y || t)"), Says: "Neither y nor t."}},
			},
			{
				ID: "t2", Title: "Open",
				Sides:   [2]Side{{Practices: []string{"t"}}, {Practices: []string{"v"}}},
				Signals: []Signal{{When: mustParse("t"), Says: "t."}, {When: mustParse("z && t"), Says: "z and t."}},
			},
			{
				ID: "t3", Title: "Quiet",
				Sides:   [2]Side{{Practices: []string{"u"}}, {Practices: []string{"x"}}},
				Signals: []Signal{{When: mustParse("u || !u"), Says: "u either way."}},
			},
		},
	}
}

func exampleAnswers() Answers {
	return Answers{
		"x": {Status: Adopted}, "y": {Status: Partial}, "v": {Status: Absent},
		"u": {Status: NotApplicable, Reason: "There is none."}, "s": {Status: Partial},
	}
}

func examplePriorities() Priorities { return Priorities{"B": 2} }
