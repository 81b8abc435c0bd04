package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
)

// constants returns the values of the constants that a file of the domain declares with a type, or, where typ is empty,
// with a name that begins with one of the prefixes.
func constants(t *testing.T, file, typ string, prefixes ...string) []string {
	t.Helper()
	source, err := parser.ParseFile(token.NewFileSet(), "../"+file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	ast.Inspect(source, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		declared, _ := spec.Type.(*ast.Ident)
		wanted := declared != nil && declared.Name == typ
		for _, prefix := range prefixes {
			wanted = wanted || strings.HasPrefix(spec.Names[0].Name, prefix)
		}
		if !wanted {
			return true
		}
		value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		values = append(values, value)
		return false
	})
	return values
}

// TestEveryValueHasAWordOfItsOwn reads the values from the source that declares them, so that a new one cannot be
// forgotten. What is no value of a kind has a word too, which no value has.
func TestEveryValueHasAWordOfItsOwn(t *testing.T) {
	kinds := []struct {
		name   string
		values []string
		word   func(string) string
		none   string // what a value that there is not is called; a value may be called so only where it is the last
		count  int
	}{
		{"status", constants(t, "answer.go", "Status"), func(s string) string { return words.Status(assessment.Status(s)) }, "Not answered", 6},
		{"level", constants(t, "questionnaire.go", "Level"), func(s string) string { return words.Level(assessment.Level(s)) }, "Unknown", 5},
		{"effort", constants(t, "questionnaire.go", "Effort"), func(s string) string { return words.Effort(assessment.Effort(s)) }, "Not rated", 3},
		{"state", constants(t, "result.go", "TradeoffState"), func(s string) string { return words.State(assessment.TradeoffState(s)) }, "None", 3},
		{"choice", constants(t, "decision.go", "Choice"), func(s string) string { return words.Choice(assessment.Choice(s)) }, "None", 3},
		{"role", constants(t, "access/person.go", "Role"), func(s string) string { return words.Role(access.Role(s)) }, "None", 3},
		{"action", append(constants(t, "access/audit.go", "", "Audit"), constants(t, "event.go", "", "Event")...), words.Action, "", 60},
	}
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			if len(kind.values) != kind.count {
				t.Errorf("%d values, want %d: %q", len(kind.values), kind.count, kind.values)
			}
			seen := map[string]string{}
			for _, value := range kind.values {
				word := kind.word(value)
				if word == "" || word == value {
					t.Errorf("%q has no word", value)
				}
				if other, twice := seen[word]; twice {
					t.Errorf("%q and %q are both called %q", other, value, word)
				}
				seen[word] = value
			}
			if kind.none == "" {
				return
			}
			if got := kind.word("no such value"); got != kind.none {
				t.Errorf("what is no value is called %q, want %q", got, kind.none)
			}
			if value, taken := seen[kind.none]; taken && value != string(assessment.Unanswered) && value != string(assessment.Unknown) {
				t.Errorf("%q is called as what is no value", value)
			}
		})
	}
}

func TestEveryActionIsInOneKind(t *testing.T) {
	kinds := map[string]string{}
	for _, kind := range words.ActionKinds() {
		for _, action := range words.ActionsOf(kind.ID) {
			if kinds[action] != "" {
				t.Errorf("%s is of the kinds %s and %s", action, kinds[action], kind.ID)
			}
			kinds[action] = kind.ID
		}
	}
	for _, action := range append(constants(t, "access/audit.go", "", "Audit"), constants(t, "event.go", "", "Event")...) {
		if kinds[action] == "" {
			t.Errorf("%s is of no kind", action)
		}
	}
	if got := words.ActionsOf("no such kind"); got != nil {
		t.Errorf("an unknown kind has %v", got)
	}
	if got := words.Action("no.such"); got != "no.such" {
		t.Errorf("an unknown action is %q", got)
	}
}

func TestRoles(t *testing.T) {
	for role, want := range map[access.Role]string{access.Viewer: "a viewer", access.Architect: "an architect", access.Lead: "a lead"} {
		if got := words.ARole(role); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		if got := words.RoleMay(role); !strings.HasPrefix(words.Lower(got), want+" ") {
			t.Errorf("%s: %q", role, got)
		}
		if words.Lower(words.Role(role)) != string(role) {
			t.Errorf("the domain calls %q by its code in its messages", role)
		}
	}
	if got := words.RoleMay(""); got != "" {
		t.Errorf("without a role: %q", got)
	}
}

func TestPointsStayInTheirBand(t *testing.T) {
	bands := []assessment.Band{{ID: "critical"}, {ID: "moderate", From: 33}, {ID: "good", From: 66.5}}
	for v, want := range map[float64]string{
		32.96: "32.9", 32.9999: "32.9", 32.5: "32.5", 32.4: "32", 33: "33", 32.9999999999: "33", 33.4: "33", 66.4: "66", 66.49: "66", 66.5: "67", 67.2: "67", 100: "100", 0: "0",
	} {
		if got := words.Points(bands, v); got != want {
			t.Errorf("%v is %s, want %s", v, got, want)
		}
	}
	if got := words.Score(bands, assessment.Range{Low: 32.96, High: 66.6, Applicable: true}); got != "32.9–67" {
		t.Errorf("got %s", got)
	}
	if got := words.ScoreSaid(bands, assessment.Range{Low: 32.96, High: 66.6, Applicable: true}); got != "between 32.9 and 67 of 100" {
		t.Errorf("said %s", got)
	}
	if got := words.Score(bands, assessment.Range{}); got != words.None {
		t.Errorf("got %s", got)
	}
}

func TestBand(t *testing.T) {
	bands := []assessment.Band{{ID: "low", Title: "Critical"}, {ID: "mid", Title: "Moderate", From: 33}, {ID: "top", Title: "Excellent", From: 67}}
	score := func(low, high string) assessment.Score {
		return assessment.Score{Range: assessment.Range{Applicable: true}, Band: low, BandHigh: high}
	}
	for want, s := range map[string]assessment.Score{
		"Critical": score("low", "low"), "Moderate to excellent": score("mid", "top"), "Not applicable": {}, "gone": score("gone", "gone"),
	} {
		if got := words.Band(bands, s); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	some := func(low, high float64) assessment.Range {
		return assessment.Range{Low: low, High: high, Applicable: true}
	}
	for _, c := range [][2]string{
		{words.Count(0), "0"}, {words.Count(999), "999"}, {words.Count(1250), "1,250"}, {words.Count(1234567), "1,234,567"}, {words.Count(-1250), "−1,250"},
		{words.Plural(1, "finding", "findings"), "1 finding"}, {words.Plural(0, "finding", "findings"), "0 findings"}, {words.Plural(1250, "row", "rows"), "1,250 rows"},
		{words.Of(18, 1034), "18 of 1,034"},
		{words.Whole(61.5), "62"}, {words.Whole(61.49), "61"}, {words.Tenths(62.35), "62.4"}, {words.Tenths(-0.04), "0.0"}, {words.Number(-2.5, 1), "−2.5"},
		{words.Signed(0.8, 1), "+0.8"}, {words.Signed(0.625, 2), "+0.63"}, {words.Signed(-0.625, 2), "−0.62"}, {words.Signed(0.004, 2), "0.00"}, {words.Signed(-0.004, 2), "0.00"},
		{words.Exact(3), "3"}, {words.Exact(0.5), "0.5"},
		{words.Range(some(61.5, 76)), "62–76"}, {words.Range(some(61.6, 62.4)), "62"}, {words.Range(assessment.Range{}), "n/a"},
		{words.RangeSaid(some(61.5, 76)), "between 62 and 76 of 100"}, {words.RangeSaid(some(62, 62)), "62 of 100"}, {words.RangeSaid(assessment.Range{}), "not applicable"},
	} {
		if c[0] != c[1] {
			t.Errorf("%q, want %q", c[0], c[1])
		}
	}
}

func TestDays(t *testing.T) {
	zone := time.FixedZone("CET", 3600)
	at := time.Date(2026, 11, 28, 0, 31, 0, 0, zone)
	for _, c := range [][2]string{
		{words.Day(at), "28 Nov 2026"}, {words.Day(time.Time{}), "–"}, {words.Date("2026-11-08"), "8 Nov 2026"}, {words.Date(""), ""},
		{words.Clock(at), "00:31"}, {words.DayTime(at), "28 Nov 2026, 00:31 CET"}, {words.DayTime(at.UTC()), "27 Nov 2026, 23:31 UTC"},
		{words.FileTime(at), "2026-11-27 23:31 UTC"},
		{words.Moment(at, at.Add(time.Hour)), "00:31"}, {words.Moment(at, at.Add(24*time.Hour)), "28 Nov 2026"}, {words.Moment(time.Time{}, at), "–"},
		{words.Ago(time.Second), "just now"}, {words.Ago(59 * time.Second), "59 s ago"}, {words.Ago(90 * time.Second), "1 min ago"}, {words.Ago(5 * time.Hour), "5 h ago"},
	} {
		if c[0] != c[1] {
			t.Errorf("%q, want %q", c[0], c[1])
		}
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		text  string
		limit int
		want  string
	}{
		{"Claims triage", 13, "Claims triage"}, {"Claims triage assistant", 14, "Claims triage…"}, {"Claims triage assistant", 13, "Claims triag…"}, {"Claims for triage", 13, "Claims for…"},
		{"Schadensfallbearbeitung", 13, "Schadensfall…"}, {"A Schadensfallbearbeitung", 13, "A Schadensfa…"}, {"One, two", 5, "One…"}, {"äöü", 2, "ä…"}, {"äöü", 1, "…"}, {"", 1, ""}, {"a\xff", 5, "a\uFFFD"},
	} {
		if got := words.Cut(c.text, c.limit); got != c.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", c.text, c.limit, got, c.want)
		}
	}
}

func TestCutIsNeverLonger(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, limit := rapid.String().Draw(t, "text"), rapid.IntRange(1, 40).Draw(t, "limit")
		got := words.Cut(text, limit)
		if n := len([]rune(got)); n > limit {
			t.Fatalf("%q has %d characters", got, n)
		}
		if kept, cut := strings.CutSuffix(got, "…"); got != text && (!cut || !strings.HasPrefix(text, kept)) {
			t.Fatalf("%q is no beginning of %q", got, text)
		}
	})
}

func TestAddress(t *testing.T) {
	short := "https://wiki.example.com/claims/runbook?page=4"
	long := "https://wiki.example.com/" + strings.Repeat("seg/", 500) + "page?id=7"
	got := words.Address(long)
	if words.Address(short) != short || len([]rune(got)) != 160 || !strings.HasPrefix(got, "https://wiki.example.com/seg/") || !strings.HasSuffix(got, "seg/page?id=7") {
		t.Errorf("shown as %q and %q", words.Address(short), got)
	}
}
