package assessment_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
)

func TestExpressionReasons(t *testing.T) {
	statuses := map[string]assessment.Status{
		"adopted": assessment.Adopted, "partial": assessment.Partial, "absent": assessment.Absent, "na": assessment.NotApplicable,
	}
	tests := []struct {
		when string
		want []string
	}{
		{"adopted", []string{"adopted"}},
		{"absent", nil},
		{"!absent", []string{"absent"}},
		{"open", []string{"open"}},
		{"na || !na", nil},
		{"adopted && partial", []string{"adopted", "partial"}},
		{"adopted || partial", []string{"adopted", "partial"}},
		{"adopted || absent || open", []string{"adopted"}},
		{"adopted && open", []string{"open"}},
		{"absent && open", nil},
		{"(absent || partial) && !absent", []string{"absent", "partial"}},
		{"!(absent || adopted) || (open && other)", []string{"open", "other"}},
		{"partial && adopted && partial", []string{"partial", "adopted"}},
	}
	for _, tt := range tests {
		t.Run(tt.when, func(t *testing.T) {
			e, err := assessment.ParseExpression(tt.when)
			if err != nil {
				t.Fatal(err)
			}
			got := e.Reasons(func(practice string) assessment.Status { return statuses[practice] })
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
	if got := (assessment.Expression{}).Reasons(nil); got != nil {
		t.Errorf("no condition: got %v", got)
	}
}

// The reasons are enough: with every other practice not applicable, a true expression stays true, and an unknown one
// is false without them.
func TestExpressionReasonsSuffice(t *testing.T) {
	expressions := []string{"a && !b || c && d", "(a || !b) && (!c || d)", "!(a && (b || c)) && !d", "a && (b || c && !d)"}
	all := []assessment.Status{assessment.Unanswered, assessment.Absent, assessment.Partial, assessment.Adopted, assessment.NotApplicable}
	rapid.Check(t, func(t *rapid.T) {
		e, err := assessment.ParseExpression(rapid.SampledFrom(expressions).Draw(t, "expression"))
		if err != nil {
			t.Fatal(err)
		}
		statuses := map[string]assessment.Status{}
		for _, id := range e.Practices() {
			statuses[id] = rapid.SampledFrom(all).Draw(t, id)
		}
		before := e.Eval(func(id string) assessment.Status { return statuses[id] })
		reasons := e.Reasons(func(id string) assessment.Status { return statuses[id] })
		if (len(reasons) == 0) != (before == assessment.False) {
			t.Fatalf("value %d with reasons %v", before, reasons)
		}
		for _, id := range e.Practices() {
			if slices.Contains(reasons, id) != (before == assessment.True) {
				statuses[id] = assessment.NotApplicable
			}
		}
		after := e.Eval(func(id string) assessment.Status { return statuses[id] })
		if before == assessment.True && after != assessment.True {
			t.Errorf("%s: %v alone do not make it true", e, reasons)
		}
		if before == assessment.Maybe && after == assessment.Maybe {
			t.Errorf("%s: unknown without %v", e, reasons)
		}
	})
}
