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
		{"", 0, "expected a practice id, full(, weak(, @, ! or (, found the end"},
		{"  ", 2, "expected a practice id, full(, weak(, @, ! or (, found the end"},
		{"a &&", 4, "expected a practice id, full(, weak(, @, ! or (, found the end"},
		{"a & b", 2, "expected &&, || or the end, found '&'"},
		{"a b", 2, "expected &&, || or the end, found 'b'"},
		{"(a || b", 7, "expected &&, || or ), found the end"},
		{"a)", 1, "expected &&, || or the end, found ')'"},
		{"!", 1, "expected a practice id, full(, weak(, @, ! or (, found the end"},
		{"a && -b", 5, "expected a practice id, full(, weak(, @, ! or (, found '-'"},
		{"@", 1, "expected the id of a facet, found the end"},
		{"@ a", 1, "expected the id of a facet, found ' '"},
		{"!@(a)", 2, "expected the id of a facet, found '('"},
		{"full()", 5, "expected a practice id, found ')'"},
		{"full(!a)", 5, "expected a practice id, found '!'"},
		{"full(@a)", 5, "expected a practice id, found '@'"},
		{"weak(a || b)", 7, "expected ), found '|'"},
		{"weak(a", 6, "expected ), found the end"},
		{"full(full(a))", 9, "expected ), found '('"},
		{"half(a)", 4, "expected &&, || or the end, found '('"},
		{"Full(a)", 4, "expected &&, || or the end, found '('"},
		{"a || ü", 5, "expected a practice id, full(, weak(, @, ! or (, found 'ü'"},
		{strings.Repeat("a", 129), 0, "expected an id of at most 128 characters, found 'a'"},
		{strings.Repeat("(", 101), 101, "expected at most 100 nested parentheses, found the end"},
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
		if got := e.Eval(func(string) Status { return Adopted }, nil); text[0] != '!' && got != True {
			t.Errorf("%.20q = %v, want True", text, got)
		}
	}
}

func TestExpressionValues(t *testing.T) {
	status := map[string]Status{"yes": Adopted, "part": Partial, "no": Absent, "na": NotApplicable, "full": Adopted, "weak": Absent}
	facets := Facets{"on": true, "off": false, "yes": false}
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
		{"full(yes)", True}, {"full(part)", False}, {"full(no)", False}, {"full(na)", False}, {"full(open)", Maybe},
		{"!full(yes)", False}, {"!full(part)", True}, {"!full(no)", True}, {"!full(na)", False}, {"!full(open)", Maybe},
		{"weak(yes)", False}, {"weak(part)", True}, {"weak(no)", True}, {"weak(na)", False}, {"weak(open)", Maybe},
		{"!weak(yes)", True}, {"!weak(part)", False}, {"!weak(no)", False}, {"!weak(na)", False}, {"!weak(open)", Maybe},
		{"weak ( part )", True}, {"!(weak(part) && yes)", False}, {"!!weak(na)", False},
		{"full || weak", True}, {"full && weak", False}, {"full(full)", True}, {"full(weak)", False}, {"weak(weak)", True},
		{"@on", True}, {"!@on", False}, {"@off", False}, {"!@off", True}, {"@unsaid", Maybe}, {"!@unsaid", Maybe},
		{"@yes", False}, {"!(@on && no)", True}, {"@on&&@on||@off", True},
	}
	for _, tt := range tests {
		got := mustParse(tt.in).Eval(func(id string) Status { return status[id] }, facets)
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
	e := mustParse("@b && (full(a) || !@f-2 || weak(b)) && @b")
	if got, want := e.Practices(), []string{"a", "b"}; !slices.Equal(got, want) {
		t.Errorf("Practices = %q, want %q", got, want)
	}
	if got, want := e.Facets(), []string{"b", "f-2"}; !slices.Equal(got, want) {
		t.Errorf("Facets = %q, want %q", got, want)
	}
	for text, plain := range map[string]bool{"a && !b": true, "full": true, "full(a)": false, "a || !weak(b)": false, "@a": false} {
		if got := mustParse(text).Plain(); got != plain {
			t.Errorf("%s is plain: %v", text, got)
		}
	}
}

func drawStatuses(t *rapid.T, ids []string) func(string) Status {
	statuses := map[string]Status{}
	for _, id := range ids {
		statuses[id] = rapid.SampledFrom(allStatuses).Draw(t, id)
	}
	return func(id string) Status { return statuses[id] }
}

var (
	fewIDs    = []string{"a", "b.1", "c-2", "d_3"}
	fewFacets = []string{"a", "f"}
)

func drawFewFacets(t *rapid.T) Facets {
	facets := Facets{}
	for _, id := range fewFacets {
		if rapid.Bool().Draw(t, "said") {
			facets[id] = rapid.Bool().Draw(t, "yes")
		}
	}
	return facets
}

func TestExpressionAgreesWithTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, tree := drawExpression(t, fewIDs, fewFacets, 5)
		status := drawStatuses(t, fewIDs)
		facets := drawFewFacets(t)
		got := e.Eval(status, facets)
		if want := tree.value(status, facets, false); got != want {
			t.Fatalf("%q = %v, want %v", e, got, want)
		}
		if want := truthByHand(e.String(), status, facets); got != want {
			t.Fatalf("%q = %v, by hand %v", e, got, want)
		}
	})
}

func TestExpressionDeMorgan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, _ := drawExpression(t, fewIDs, fewFacets, 3)
		b, _ := drawExpression(t, fewIDs, fewFacets, 3)
		status := drawStatuses(t, fewIDs)
		facets := drawFewFacets(t)
		pairs := [][2]string{
			{"!((" + a.String() + ") && (" + b.String() + "))", "!(" + a.String() + ") || !(" + b.String() + ")"},
			{"!((" + a.String() + ") || (" + b.String() + "))", "!(" + a.String() + ") && !(" + b.String() + ")"},
			{"!(!(" + a.String() + "))", a.String()},
		}
		for _, pair := range pairs {
			left, right := mustParse(pair[0]).Eval(status, facets), mustParse(pair[1]).Eval(status, facets)
			if left != right {
				t.Fatalf("%s = %v, %s = %v", pair[0], left, pair[1], right)
			}
		}
	})
}

func TestExpressionTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, _ := drawExpression(t, fewIDs, fewFacets, 4)
		document, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		var back Expression
		if err := json.Unmarshal(document, &back); err != nil {
			t.Fatal(err)
		}
		if back.String() != e.String() || !slices.Equal(back.program, e.program) || !slices.Equal(back.operands, e.operands) {
			t.Fatalf("%q became %q", e, back)
		}
	})
}

func TestParseExpressionNeverPanics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom([]string{"", "full", "weak(", "@"}).Draw(t, "start") + rapid.StringOf(rapid.SampledFrom([]rune("ab.-_!&|() @\tü"))).Draw(t, "text")
		e, err := ParseExpression(text)
		if err == nil {
			e.Eval(func(string) Status { return Unanswered }, nil)
			return
		}
		if failure, ok := errors.AsType[*ExpressionError](err); !ok || failure.Offset > len(text) {
			t.Fatalf("error %v", err)
		}
	})
}
