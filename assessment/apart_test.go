package assessment_test

import (
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/assessment/exampletest"
)

func TestPriorityZeroIsCountedApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := exampletest.DrawQuestionnaire(t)
		answers, priorities := exampletest.DrawAnswers(t, q), exampletest.DrawPriorities(t, q)
		left := q.Pillars[rapid.IntRange(0, len(q.Pillars)-1).Draw(t, "left out")].ID
		priorities[left] = 0
		r := exampletest.Compiled(t, q).Evaluate(answers, priorities, nil)
		counted, apart := r.Split(priorities)
		listed, without := exampletest.Compiled(t, q).SplitFindings(r.Findings, priorities)
		if len(listed) != counted.Findings.Total() || len(without) != apart.Findings.Total() {
			t.Fatalf("%d findings count and %d are left out, want %d and %d", len(listed), len(without), counted.Findings.Total(), apart.Findings.Total())
		}
		var want assessment.Sum
		for _, p := range r.Pillars {
			if priorities.Of(p.ID) == 0 {
				want.Pillars++
				want.Answered, want.Applicable, want.Total = want.Answered+p.Answered, want.Applicable+p.Applicable, want.Total+p.Total
				want.Findings, want.Unknown = want.Findings.Plus(p.Findings), want.Unknown.Plus(p.Unknown)
			}
		}
		if apart != want || apart.Pillars == 0 {
			t.Fatalf("apart is %+v, want %+v", apart, want)
		}
		if counted.Range != r.Overall.Range || counted.Band != r.Overall.Band {
			t.Fatalf("what counts scores %+v, want %+v", counted.Score, r.Overall)
		}
		if counted.Pillars+apart.Pillars != len(r.Pillars) || counted.Answered+apart.Answered != r.Overall.Answered ||
			counted.Applicable+apart.Applicable != r.Overall.Applicable || counted.Total+apart.Total != r.Overall.Total ||
			counted.Findings.Plus(apart.Findings) != r.Severities() || counted.Unknown.Plus(apart.Unknown) != r.Unknown {
			t.Fatalf("%+v and %+v are not all of %+v", counted, apart, r)
		}
	})
}
