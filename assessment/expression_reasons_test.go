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
	facets := assessment.Facets{"yes": true, "no": false}
	tests := []struct {
		when   string
		want   []string
		facets []string
	}{
		{"adopted", []string{"adopted"}, nil},
		{"absent", nil, nil},
		{"!absent", []string{"absent"}, nil},
		{"open", []string{"open"}, nil},
		{"na || !na", nil, nil},
		{"adopted && partial", []string{"adopted", "partial"}, nil},
		{"adopted || partial", []string{"adopted", "partial"}, nil},
		{"adopted || absent || open", []string{"adopted"}, nil},
		{"adopted && open", []string{"open"}, nil},
		{"absent && open", nil, nil},
		{"(absent || partial) && !absent", []string{"absent", "partial"}, nil},
		{"!(absent || adopted) || (open && other)", []string{"open", "other"}, nil},
		{"full(partial) || weak(partial)", []string{"partial"}, nil},
		{"adopted && @yes", []string{"adopted"}, []string{"yes"}},
		{"adopted && !@no || @yes && absent", []string{"adopted"}, []string{"no"}},
		{"adopted && @unsaid && open", []string{"open"}, []string{"unsaid"}},
		{"@no", nil, nil},
		{"partial && adopted && partial", []string{"partial", "adopted"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.when, func(t *testing.T) {
			e, err := assessment.ParseExpression(tt.when)
			if err != nil {
				t.Fatal(err)
			}
			got, said := e.Reasons(func(practice string) assessment.Status { return statuses[practice] }, facets)
			if !slices.Equal(got, tt.want) || !slices.Equal(said, tt.facets) {
				t.Errorf("got %v and %v, want %v and %v", got, said, tt.want, tt.facets)
			}
		})
	}
	if got, _ := (assessment.Expression{}).Reasons(nil, nil); got != nil {
		t.Errorf("no condition: got %v", got)
	}
}

// The reasons are enough: with every other practice not applicable, a true expression stays true, and an unknown one
// is false without them.
func TestExpressionReasonsSuffice(t *testing.T) {
	expressions := []string{"a && !b || c && d", "(a || !b) && (!c || d)", "!(a && (b || c)) && !d", "a && (b || c && !d)",
		"full(a) && weak(b) || !weak(c)"}
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
		before := e.Eval(func(id string) assessment.Status { return statuses[id] }, nil)
		reasons, _ := e.Reasons(func(id string) assessment.Status { return statuses[id] }, nil)
		if (len(reasons) == 0) != (before == assessment.False) {
			t.Fatalf("value %d with reasons %v", before, reasons)
		}
		for _, id := range e.Practices() {
			if slices.Contains(reasons, id) != (before == assessment.True) {
				statuses[id] = assessment.NotApplicable
			}
		}
		after := e.Eval(func(id string) assessment.Status { return statuses[id] }, nil)
		if before == assessment.True && after != assessment.True {
			t.Errorf("%s: %v alone do not make it true", e, reasons)
		}
		if before == assessment.Maybe && after == assessment.Maybe {
			t.Errorf("%s: unknown without %v", e, reasons)
		}
	})
}

func TestExpressionDenying(t *testing.T) {
	facets := assessment.Facets{"yes": true, "no": false, "never": false}
	for when, want := range map[string][]string{
		"@yes":                        nil,
		"@no":                         {"no"},
		"!@yes":                       {"yes"},
		"@unsaid":                     nil,
		"@yes && @no":                 {"no"},
		"@unsaid && @no":              {"no"},
		"@no && @never":               {"no", "never"},
		"@no || @never":               {"no", "never"},
		"@no || @unsaid":              nil,
		"@yes && (@never || !@yes)":   {"yes", "never"},
		"!(@yes && @unsaid) && !@yes": {"yes"},
	} {
		e, err := assessment.ParseExpression(when)
		if err != nil {
			t.Fatal(err)
		}
		if got := e.Denying(facets); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", when, got, want)
		}
	}
	if got := (assessment.Expression{}).Denying(facets); got != nil {
		t.Errorf("no condition: got %v", got)
	}
}
