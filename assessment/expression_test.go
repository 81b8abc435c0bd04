package assessment

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseExpressionErrors(t *testing.T) {
	tests := []struct {
		in     string
		offset int
		want   string
	}{
		{"", 0, "expected a practice id, ! or (, found the end"},
		{"  ", 2, "expected a practice id, ! or (, found the end"},
		{"a &&", 4, "expected a practice id, ! or (, found the end"},
		{"a & b", 2, "expected &&, || or the end, found '&'"},
		{"a b", 2, "expected &&, || or the end, found 'b'"},
		{"(a || b", 7, "expected &&, || or ), found the end"},
		{"a)", 1, "expected &&, || or the end, found ')'"},
		{"!", 1, "expected a practice id, ! or (, found the end"},
		{"a && -b", 5, "expected a practice id, ! or (, found '-'"},
		{"a || ü", 5, "expected a practice id, ! or (, found 'ü'"},
		{strings.Repeat("a", 129), 0, "expected an id of at most 128 characters, found 'a'"},
		{strings.Repeat("(", 101), 101, "expected at most 100 parentheses inside each other, found the end"},
		{strings.Repeat(" ", maxExpression+1), maxExpression, "expected at most 10000 bytes"},
	}
	for _, tt := range tests {
		_, err := ParseExpression(tt.in)
		e, ok := errors.AsType[*ExpressionError](err)
		if !ok || e.Offset != tt.offset || e.Message != tt.want {
			t.Errorf("ParseExpression(%.20q) = %v, want %q at %d", tt.in, err, tt.want, tt.offset)
		}
	}
}

func TestExpressionAtItsLimits(t *testing.T) {
	deep := strings.Repeat("(a || b && ", maxNesting) + "c" + strings.Repeat(")", maxNesting)
	for _, text := range []string{
		deep,
		"a || b && " + deep,
		strings.Repeat("!", maxExpression-1) + "a",
		strings.Repeat("a||", maxExpression/3) + "b",
	} {
		e, err := ParseExpression(text)
		if err != nil {
			t.Fatalf("%.20q: %v", text, err)
		}
		if got := e.Eval(func(string) Status { return Adopted }); text[0] != '!' && got != True {
			t.Errorf("%.20q = %v, want True", text, got)
		}
	}
}

func TestExpressionValues(t *testing.T) {
	status := map[string]Status{"yes": Adopted, "part": Partial, "no": Absent, "na": NotApplicable}
	tests := []struct {
		in   string
		want Truth
	}{
		{"yes", True}, {"!yes", False},
		{"part", True}, {"!part", False},
		{"no", False}, {"!no", True},
		{"na", False}, {"!na", False},
		{"open", Maybe}, {"!open", Maybe},
		{"yes && open", Maybe}, {"no && open", False}, {"yes || open", True}, {"no || open", Maybe},
		{"na || !na", False}, {"!(na && yes)", False}, {"!(na && no)", True}, {"!(na || no)", False},
		{"!!na", False}, {"!!yes", True}, {"!(!na)", False},
		{"!no && no || yes", True}, {"yes || yes && no", True}, {"(yes || yes) && no", False},
		{"!(open || yes)", False}, {"!(open && yes)", Maybe},
	}
	for _, tt := range tests {
		got := mustParse(tt.in).Eval(func(id string) Status { return status[id] })
		if got != tt.want {
			t.Errorf("%s = %v, want %v", tt.in, got, tt.want)
		}
	}
}

func TestExpressionPractices(t *testing.T) {
	got := mustParse("b && !(a.1 || b) && c_2-x").Practices()
	if want := []string{"b", "a.1", "c_2-x"}; !slices.Equal(got, want) {
		t.Errorf("Practices = %q, want %q", got, want)
	}
}

func drawStatuses(t *rapid.T, ids []string) func(string) Status {
	statuses := map[string]Status{}
	for _, id := range ids {
		statuses[id] = rapid.SampledFrom(allStatuses).Draw(t, id)
	}
	return func(id string) Status { return statuses[id] }
}

var fewIDs = []string{"a", "b.1", "c-2", "d_3"}

func TestExpressionAgreesWithTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, tree := drawExpression(t, fewIDs, 5)
		status := drawStatuses(t, fewIDs)
		if got, want := e.Eval(status), tree.value(status, false); got != want {
			t.Fatalf("%q = %v, want %v", e, got, want)
		}
	})
}

func TestExpressionDeMorgan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, _ := drawExpression(t, fewIDs, 3)
		b, _ := drawExpression(t, fewIDs, 3)
		status := drawStatuses(t, fewIDs)
		pairs := [][2]string{
			{"!((" + a.String() + ") && (" + b.String() + "))", "!(" + a.String() + ") || !(" + b.String() + ")"},
			{"!((" + a.String() + ") || (" + b.String() + "))", "!(" + a.String() + ") && !(" + b.String() + ")"},
			{"!(!(" + a.String() + "))", a.String()},
		}
		for _, pair := range pairs {
			left, right := mustParse(pair[0]).Eval(status), mustParse(pair[1]).Eval(status)
			if left != right {
				t.Fatalf("%s = %v, %s = %v", pair[0], left, pair[1], right)
			}
		}
	})
}

func TestExpressionTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, _ := drawExpression(t, fewIDs, 4)
		document, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		var back Expression
		if err := json.Unmarshal(document, &back); err != nil {
			t.Fatal(err)
		}
		if back.String() != e.String() || !slices.Equal(back.program, e.program) || !slices.Equal(back.ids, e.ids) {
			t.Fatalf("%q became %q", e, back)
		}
	})
}

func TestParseExpressionNeverPanics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("ab.-_!&|() \tü"))).Draw(t, "text")
		e, err := ParseExpression(text)
		if err == nil {
			e.Eval(func(string) Status { return Unanswered })
			return
		}
		if failure, ok := errors.AsType[*ExpressionError](err); !ok || failure.Offset > len(text) {
			t.Fatalf("error %v", err)
		}
	})
}
