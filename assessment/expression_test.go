package assessment_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/assessment/exampletest"
)

func TestParseExpressionErrors(t *testing.T) {
	tests := []struct {
		in     string
		offset int
		want   string
	}{
		{"", 0, "expected a practice ID, full(, weak(, @, ! or (, found the end"},
		{"  ", 2, "expected a practice ID, full(, weak(, @, ! or (, found the end"},
		{"a &&", 4, "expected a practice ID, full(, weak(, @, ! or (, found the end"},
		{"a & b", 2, "expected &&, || or the end, found '&'"},
		{"a b", 2, "expected &&, || or the end, found 'b'"},
		{"(a || b", 7, "expected &&, || or ), found the end"},
		{"a)", 1, "expected &&, || or the end, found ')'"},
		{"!", 1, "expected a practice ID, full(, weak(, @, ! or (, found the end"},
		{"a && -b", 5, "expected a practice ID, full(, weak(, @, ! or (, found '-'"},
		{"@", 1, "expected the ID of a facet, found the end"},
		{"@ a", 1, "expected the ID of a facet, found ' '"},
		{"!@(a)", 2, "expected the ID of a facet, found '('"},
		{"full()", 5, "expected a practice ID, found ')'"},
		{"full(!a)", 5, "expected a practice ID, found '!'"},
		{"full(@a)", 5, "expected a practice ID, found '@'"},
		{"weak(a || b)", 7, "expected ), found '|'"},
		{"weak(a", 6, "expected ), found the end"},
		{"full(full(a))", 9, "expected ), found '('"},
		{"half(a)", 4, "expected &&, || or the end, found '('"},
		{"Full(a)", 4, "expected &&, || or the end, found '('"},
		{"a || ü", 5, "expected a practice ID, full(, weak(, @, ! or (, found 'ü'"},
		{strings.Repeat("a", 129), 0, "expected an ID of at most 128 characters, found 'a'"},
		{strings.Repeat("(", 101), 101, "expected at most 100 nested parentheses, found the end"},
		{strings.Repeat(" ", assessment.MaxExpression+1), assessment.MaxExpression, "expected at most 10000 bytes"},
	}
	for _, tt := range tests {
		_, err := assessment.ParseExpression(tt.in)
		e, ok := errors.AsType[*assessment.ExpressionError](err)
		if !ok || e.Offset != tt.offset || e.Message != tt.want {
			t.Errorf("ParseExpression(%.20q) = %v, want %q at %d", tt.in, err, tt.want, tt.offset)
		}
	}
}

func TestExpressionAtItsLimits(t *testing.T) {
	deep := strings.Repeat("(a || b && ", assessment.MaxNesting) + "c" + strings.Repeat(")", assessment.MaxNesting)
	for _, text := range []string{
		deep,
		"a || b && " + deep,
		strings.Repeat("!", assessment.MaxExpression-1) + "a",
		strings.Repeat("a||", assessment.MaxExpression/3) + "b",
	} {
		e, err := assessment.ParseExpression(text)
		if err != nil {
			t.Fatalf("%.20q: %v", text, err)
		}
		if got := e.Eval(func(string) assessment.Status { return assessment.Adopted }, nil); text[0] != '!' && got != assessment.True {
			t.Errorf("%.20q = %v, want True", text, got)
		}
	}
}

func TestExpressionValues(t *testing.T) {
	status := map[string]assessment.Status{"yes": assessment.Adopted, "part": assessment.Partial, "no": assessment.Absent, "na": assessment.NotApplicable, "full": assessment.Adopted, "weak": assessment.Absent}
	facets := assessment.Facets{"on": true, "off": false, "yes": false}
	tests := []struct {
		in   string
		want assessment.Truth
	}{
		{"yes", assessment.True}, {"!yes", assessment.False},
		{"part", assessment.True}, {"!part", assessment.False},
		{"no", assessment.False}, {"!no", assessment.True},
		{"na", assessment.False}, {"!na", assessment.False},
		{"open", assessment.Maybe}, {"!open", assessment.Maybe},
		{"yes && open", assessment.Maybe}, {"no && open", assessment.False}, {"yes || open", assessment.True}, {"no || open", assessment.Maybe},
		{"na || !na", assessment.False}, {"!(na && yes)", assessment.False}, {"!(na && no)", assessment.True}, {"!(na || no)", assessment.False},
		{"!!na", assessment.False}, {"!!yes", assessment.True}, {"!(!na)", assessment.False},
		{"!no && no || yes", assessment.True}, {"yes || yes && no", assessment.True}, {"(yes || yes) && no", assessment.False},
		{"!(open || yes)", assessment.False}, {"!(open && yes)", assessment.Maybe},
		{"full(yes)", assessment.True}, {"full(part)", assessment.False}, {"full(no)", assessment.False}, {"full(na)", assessment.False}, {"full(open)", assessment.Maybe},
		{"!full(yes)", assessment.False}, {"!full(part)", assessment.True}, {"!full(no)", assessment.True}, {"!full(na)", assessment.False}, {"!full(open)", assessment.Maybe},
		{"weak(yes)", assessment.False}, {"weak(part)", assessment.True}, {"weak(no)", assessment.True}, {"weak(na)", assessment.False}, {"weak(open)", assessment.Maybe},
		{"!weak(yes)", assessment.True}, {"!weak(part)", assessment.False}, {"!weak(no)", assessment.False}, {"!weak(na)", assessment.False}, {"!weak(open)", assessment.Maybe},
		{"weak ( part )", assessment.True}, {"!(weak(part) && yes)", assessment.False}, {"!!weak(na)", assessment.False},
		{"full || weak", assessment.True}, {"full && weak", assessment.False}, {"full(full)", assessment.True}, {"full(weak)", assessment.False}, {"weak(weak)", assessment.True},
		{"@on", assessment.True}, {"!@on", assessment.False}, {"@off", assessment.False}, {"!@off", assessment.True}, {"@unsaid", assessment.Maybe}, {"!@unsaid", assessment.Maybe},
		{"@yes", assessment.False}, {"!(@on && no)", assessment.True}, {"@on&&@on||@off", assessment.True},
	}
	for _, tt := range tests {
		got := exampletest.MustParse(tt.in).Eval(func(id string) assessment.Status { return status[id] }, facets)
		if got != tt.want {
			t.Errorf("%s = %v, want %v", tt.in, got, tt.want)
		}
	}
}

func TestExpressionPractices(t *testing.T) {
	got := exampletest.MustParse("b && !(a.1 || b) && c_2-x").Practices()
	if want := []string{"b", "a.1", "c_2-x"}; !slices.Equal(got, want) {
		t.Errorf("Practices = %q, want %q", got, want)
	}
	e := exampletest.MustParse("@b && (full(a) || !@f-2 || weak(b)) && @b")
	if got, want := e.Practices(), []string{"a", "b"}; !slices.Equal(got, want) {
		t.Errorf("Practices = %q, want %q", got, want)
	}
	if got, want := e.Facets(), []string{"b", "f-2"}; !slices.Equal(got, want) {
		t.Errorf("Facets = %q, want %q", got, want)
	}
	for text, plain := range map[string]bool{"a && !b": true, "full": true, "full(a)": false, "a || !weak(b)": false, "@a": false} {
		if got := exampletest.MustParse(text).Plain(); got != plain {
			t.Errorf("%s is plain: %v", text, got)
		}
	}
}

func drawStatuses(t *rapid.T, ids []string) func(string) assessment.Status {
	statuses := map[string]assessment.Status{}
	for _, id := range ids {
		statuses[id] = rapid.SampledFrom(exampletest.AllStatuses).Draw(t, id)
	}
	return func(id string) assessment.Status { return statuses[id] }
}

var (
	fewIDs    = []string{"a", "b.1", "c-2", "d_3"}
	fewFacets = []string{"a", "f"}
)

func drawFewFacets(t *rapid.T) assessment.Facets {
	facets := assessment.Facets{}
	for _, id := range fewFacets {
		if rapid.Bool().Draw(t, "said") {
			facets[id] = rapid.Bool().Draw(t, "yes")
		}
	}
	return facets
}

func TestExpressionAgreesWithTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, tree := exampletest.DrawExpression(t, fewIDs, fewFacets, 5)
		status := drawStatuses(t, fewIDs)
		facets := drawFewFacets(t)
		got := e.Eval(status, facets)
		if want := tree.Value(status, facets, false); got != want {
			t.Fatalf("%q = %v, want %v", e, got, want)
		}
		if want := truthByHand(e.String(), status, facets); got != want {
			t.Fatalf("%q = %v, by hand %v", e, got, want)
		}
	})
}

func TestExpressionDeMorgan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, _ := exampletest.DrawExpression(t, fewIDs, fewFacets, 3)
		b, _ := exampletest.DrawExpression(t, fewIDs, fewFacets, 3)
		status := drawStatuses(t, fewIDs)
		facets := drawFewFacets(t)
		pairs := [][2]string{
			{"!((" + a.String() + ") && (" + b.String() + "))", "!(" + a.String() + ") || !(" + b.String() + ")"},
			{"!((" + a.String() + ") || (" + b.String() + "))", "!(" + a.String() + ") && !(" + b.String() + ")"},
			{"!(!(" + a.String() + "))", a.String()},
		}
		for _, pair := range pairs {
			left, right := exampletest.MustParse(pair[0]).Eval(status, facets), exampletest.MustParse(pair[1]).Eval(status, facets)
			if left != right {
				t.Fatalf("%s = %v, %s = %v", pair[0], left, pair[1], right)
			}
		}
	})
}

func TestExpressionTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, _ := exampletest.DrawExpression(t, fewIDs, fewFacets, 4)
		document, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		var back assessment.Expression
		if err := json.Unmarshal(document, &back); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(back, e) {
			t.Fatalf("%q became %q", e, back)
		}
	})
}

func TestParseExpressionNeverPanics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom([]string{"", "full", "weak(", "@"}).Draw(t, "start") + rapid.StringOf(rapid.SampledFrom([]rune("ab.-_!&|() @\tü"))).Draw(t, "text")
		e, err := assessment.ParseExpression(text)
		if err == nil {
			e.Eval(func(string) assessment.Status { return assessment.Unanswered }, nil)
			return
		}
		if failure, ok := errors.AsType[*assessment.ExpressionError](err); !ok || failure.Offset > len(text) {
			t.Fatalf("error %v", err)
		}
	})
}
