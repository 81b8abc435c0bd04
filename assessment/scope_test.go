package assessment_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/assessment/exampletest"
)

// facetted is the example with facets: y applies where @f is yes, v where @g is not no, s and t where @f || @g.

func TestOutOfScope(t *testing.T) {
	m := exampletest.Compiled(t, exampletest.Facetted())
	for _, tt := range []struct {
		facets assessment.Facets
		want   []string
	}{
		{nil, []string{}},
		{assessment.Facets{"f": true, "g": true}, []string{}},
		{assessment.Facets{"f": false}, []string{"y"}},
		{assessment.Facets{"g": false}, []string{"v"}},
		{assessment.Facets{"f": false, "g": false, "unknown": true}, []string{"y", "v", "s", "t"}},
	} {
		r := m.Evaluate(exampletest.Answers(), nil, tt.facets)
		if got := m.OutOfScope(tt.facets); !slices.Equal(got, tt.want) || !reflect.DeepEqual(r.OutOfScope, tt.want) {
			t.Errorf("%v: out of scope are %q and %q, want %q", tt.facets, got, r.OutOfScope, tt.want)
		}
	}
}

func TestExclusions(t *testing.T) {
	for _, tt := range []struct {
		facets assessment.Facets
		want   []string
	}{
		{nil, nil},
		{assessment.Facets{"f": true, "g": true}, nil},
		{assessment.Facets{"f": false}, []string{"f false: y"}},
		{assessment.Facets{"g": false, "f": false}, []string{"f false: y s t", "g false: v"}},
	} {
		var got []string
		for _, e := range exampletest.Facetted().Exclusions(tt.facets) {
			line := fmt.Sprintf("%s %t:", e.Facet.ID, e.Said)
			for _, practice := range e.Practices {
				line += " " + practice.ID
			}
			got = append(got, line)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%v: got %q, want %q", tt.facets, got, tt.want)
		}
	}
}

// Every practice out of scope is in one exclusion, and no other is.
func TestExclusionsAreTheScope(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		left := map[string]int{}
		for _, e := range s.questionnaire.Exclusions(s.facets) {
			for _, practice := range e.Practices {
				left[practice.ID]++
			}
		}
		want := map[string]int{}
		for _, id := range s.model.OutOfScope(s.facets) {
			want[id] = 1
		}
		if !maps.Equal(left, want) {
			t.Fatalf("%v: excluded %v, out of scope are %v", s.facets, left, want)
		}
	})
}

// TestCompareNamesTheFacet holds which facet decides where the applicability of a practice differs.
func TestCompareNamesTheFacet(t *testing.T) {
	side := func(f assessment.Facets, a assessment.Answers) *assessment.Snapshot {
		s := snapshotOf(t, exampletest.Facetted(), a, nil)
		s.Facets = f
		return s
	}
	answers := exampletest.Answers()
	byHand := maps.Clone(answers)
	byHand["s"] = assessment.Answer{Status: assessment.NotApplicable, Reason: "None."}
	for _, tt := range []struct {
		name          string
		before, after *assessment.Snapshot
		want          map[string]string
	}{
		{"goes out", side(assessment.Facets{"f": true}, answers), side(assessment.Facets{"f": false}, answers), map[string]string{"y": "f"}},
		{"comes back", side(assessment.Facets{"f": false}, answers), side(nil, answers), map[string]string{"y": "f"}},
		{"one of two differs", side(assessment.Facets{"f": false, "g": true}, answers), side(assessment.Facets{"f": false, "g": false}, answers),
			map[string]string{"v": "g", "s": "g", "t": "g"}},
		{"an answer", side(nil, answers), side(nil, byHand), map[string]string{"s": ""}},
	} {
		c, err := assessment.Compare(tt.before, tt.after)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, p := range c.Applicability {
			got[p.ID] = p.Facet
		}
		if !maps.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestScopeEffects(t *testing.T) {
	m := exampletest.Compiled(t, exampletest.Facetted())
	if m.ScopeEffects(nil)["none"] != (assessment.ScopeEffect{}) {
		t.Error("a facet that does not exist has an effect")
	}
	for _, facets := range []assessment.Facets{nil, {"f": true}, {"f": false}, {"f": false, "g": false}, {"f": false, "g": true}} {
		for id, got := range m.ScopeEffects(facets) {
			without := maps.Clone(facets)
			delete(without, id)
			decides := len(m.OutOfScope(facets)) - len(m.OutOfScope(without))
			rests := max(len(m.OutOfScope(assessment.Facets{id: true})), len(m.OutOfScope(assessment.Facets{id: false})))
			if got.Decides != decides || got.Rests() != rests || rests == 0 {
				t.Errorf("%v: %s decides %d and %d rest on it, want %d and %d", facets, id, got.Decides, got.Rests(), decides, rests)
			}
		}
	}
}

func TestInScope(t *testing.T) {
	c := exampletest.Current(t, exampletest.Facetted(), nil, assessment.Facets{"f": false})
	principle := &c.Model.Questionnaire().Pillars[0].Principles[0]
	var got []string
	for number, practice := range c.InScope(principle) {
		got = append(got, strconv.Itoa(number)+practice.ID)
		if number == 3 {
			break
		}
	}
	if want := []string{"1x", "2z", "3v"}; !slices.Equal(got, want) {
		t.Errorf("asked are %q, want %q", got, want)
	}
}

// A practice out of scope counts as one that is not applicable, but for a question's risk rules and what is counted.
func TestOutOfScopeCountsAsNotApplicable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		got := s.model.Evaluate(s.answers, s.priorities, s.facets)
		plain := exampletest.Clone(s.questionnaire)
		answers := assessment.Answers{}
		for practice := range plain.Practices() {
			answers[practice.ID] = s.answers[practice.ID]
			if outByHand(practice, s.facets) {
				answers[practice.ID] = assessment.Answer{Status: assessment.NotApplicable, Reason: "The facets say so."}
			}
			practice.AppliesWhen = assessment.Expression{}
		}
		want := exampletest.Compiled(t, plain).Evaluate(answers, s.priorities, s.facets)
		for level, r := range ranges(want) {
			if other := ranges(got)[level]; other != r {
				t.Fatalf("%s is %v, want %v", level, other, r)
			}
		}
		same := func(f assessment.Finding, g assessment.Finding) bool { return f == g }
		if !slices.EqualFunc(got.Findings, want.Findings, same) || got.Unknown != want.Unknown ||
			got.Overall.Answered != want.Overall.Answered || got.Overall.Applicable != want.Overall.Applicable {
			t.Fatalf("got %+v\nwant %+v", got, want)
		}
		if total := got.Overall.Total + len(got.OutOfScope); total != want.Overall.Total {
			t.Fatalf("%d practices in all, want %d", total, want.Overall.Total)
		}
	})
}

func TestScopeOfRiskRules(t *testing.T) {
	rules := []assessment.RiskRule{{exampletest.MustParse("x && y"), assessment.None}, {exampletest.MustParse("!y"), assessment.Medium}, {exampletest.MustParse("default"), assessment.High}}
	for name, tt := range map[string]struct {
		x, y   assessment.Status
		facets assessment.Facets
		want   assessment.Level
	}{
		"in scope":                   {assessment.Adopted, assessment.Adopted, assessment.Facets{"f": true}, assessment.None},
		"neither selected nor not":   {assessment.Adopted, assessment.Adopted, assessment.Facets{"f": false}, assessment.High},
		"no answer":                  {assessment.Unanswered, assessment.Adopted, assessment.Facets{"f": false}, assessment.Unknown},
		"not applicable is answered": {assessment.Unanswered, assessment.NotApplicable, assessment.Facets{"f": true}, assessment.High},
	} {
		q := exampletest.Facetted()
		q.Pillars[0].Principles[0].Questions[0].RiskRules = rules
		r := exampletest.Compiled(t, q).Score(assessment.Answers{"x": {Status: tt.x}, "y": {Status: tt.y}}, nil, tt.facets)
		if got := r.Pillars[0].Principles[0].Questions[0].Risk; got != tt.want {
			t.Errorf("%s: risk = %s, want %s", name, got, tt.want)
		}
	}
	q := exampletest.Facetted()
	exampletest.Practice(q, "x").AppliesWhen, exampletest.Practice(q, "z").AppliesWhen = exampletest.MustParse("@f"), exampletest.MustParse("@f")
	q.Pillars[0].Principles[0].Questions[0].RiskRules = rules
	r := exampletest.Compiled(t, q).Score(assessment.Answers{"x": {Status: assessment.Absent}}, nil, assessment.Facets{"f": false})
	if got := r.Pillars[0].Principles[0].Questions[0].Risk; got != assessment.None {
		t.Errorf("a question out of scope has risk %s", got)
	}
}

func TestTradeoffOutOfScope(t *testing.T) {
	q := exampletest.Facetted()
	q.Tradeoffs[0].Signals = append(q.Tradeoffs[0].Signals, assessment.Signal{When: exampletest.MustParse("x && !@f"), Says: "x."})
	r := exampletest.Compiled(t, q).Evaluate(exampletest.Answers(), nil, assessment.Facets{"f": false, "g": false})
	got := r.Tradeoffs[0]
	if !got.NotApplicable || got.State != assessment.Quiet || len(got.Signals) != 0 || got.Pulls[1].Applicable || !got.Pulls[0].Applicable {
		t.Errorf("tradeoff = %+v", got)
	}
	if r.Tradeoffs[2].NotApplicable {
		t.Errorf("a side that is not applicable by answer is no scope: %+v", r.Tradeoffs[2])
	}
	decision := assessment.Decision{Tradeoff: "t1", Signals: []int{0}, RevisitOn: "2026-01-01"}
	if standing := assessment.StandingOf(got, &decision, "2026-11-23"); standing != assessment.StandingNotApplicable || decision.Stale(got) {
		t.Errorf("standing %v, stale %v", standing, decision.Stale(got))
	}
	again := exampletest.Compiled(t, q).Evaluate(exampletest.Answers(), nil, assessment.Facets{"f": false}).Tradeoffs[0]
	if again.NotApplicable || again.State != assessment.Live || !slices.Equal(again.Signals, []int{0, 2}) {
		t.Errorf("in scope: %+v", again)
	}
}

func TestCurrentKnowsScope(t *testing.T) {
	m, state := exampletest.Compiled(t, exampletest.Facetted()), exampletest.State(exampletest.Answers(), nil)
	state.Facets = assessment.Facets{"f": false}
	state.Plan = map[string]assessment.PlanItem{"y": {Practice: "y", Due: "2026-01-01"}, "x": {Practice: "x"}, "t": {Practice: "t", Due: "2026-12-01"}}
	c := &assessment.Current{State: *state, Model: m, Result: m.ScoreState(state)}
	if !c.OutOfScope("y") || c.OutOfScope("x") || c.OutOfScope("nobody") || c.Counted("y") != assessment.NotApplicable || c.Counted("v") != assessment.Absent {
		t.Errorf("y counts as %q, v as %q", c.Counted("y"), c.Counted("v"))
	}
	if got := c.Eval(exampletest.MustParse("y || !y")); got != assessment.False {
		t.Errorf("y is %v", got)
	}
	if practices, facets := c.Reasons(exampletest.MustParse("!v && !@f")); !slices.Equal(practices, []string{"v"}) || !slices.Equal(facets, []string{"f"}) {
		t.Errorf("reasons %q and %q", practices, facets)
	}
	if got := mapped(c.PlanItems(), func(i assessment.PlanItem) string { return i.Practice }); !slices.Equal(got, []string{"t", "x", "y"}) {
		t.Errorf("plan = %q", got)
	}
	then := m.Project(exampletest.Answers(), nil, state.Facets, []string{"y"})
	if now := c.Result.Overall.Range; then.Overall.Range != now {
		t.Errorf("projection of a practice out of scope: %v, was %v", then.Overall.Range, now)
	}
}

func TestCompileChecksFacets(t *testing.T) {
	for name, tt := range map[string]struct {
		edit func(q *assessment.Questionnaire)
		want string
	}{
		"twice": {func(q *assessment.Questionnaire) { q.Facets[1].ID = "f" }, `facets[1].id: the ID "f" is used twice`},
		"unknown": {func(q *assessment.Questionnaire) {
			exampletest.Practice(q, "y").AppliesWhen = exampletest.MustParse("@h")
		}, `practices[1].applies_when: expected a facet, found "h"`},
		"a practice": {func(q *assessment.Questionnaire) {
			exampletest.Practice(q, "y").AppliesWhen = exampletest.MustParse("@f || full(x)")
		}, `practices[1].applies_when: expected only facets, found "x"`},
		"unknown in a signal": {func(q *assessment.Questionnaire) { q.Tradeoffs[0].Signals[0].When = exampletest.MustParse("x && @h") }, `tradeoffs[0].signals[0].when: expected a facet, found "h"`},
		"rule with a facet": {func(q *assessment.Questionnaire) {
			q.Pillars[0].Principles[0].Questions[0].RiskRules = []assessment.RiskRule{{exampletest.MustParse("x && @f"), assessment.High}}
		}, `risk_rules[0].when: expected only practice IDs`},
		"rule with weak": {func(q *assessment.Questionnaire) {
			q.Pillars[0].Principles[0].Questions[0].RiskRules = []assessment.RiskRule{{exampletest.MustParse("weak(x)"), assessment.High}}
		}, `risk_rules[0].when: expected only practice IDs`},
		"scoring": {func(q *assessment.Questionnaire) { q.Scoring = "guess" }, `scoring: expected levels or weights, found "guess"`},
	} {
		q := exampletest.Facetted()
		tt.edit(q)
		if _, err := assessment.Compile(q); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
}

// By weights, with x and z of q1, v of q2 (3) and u of q3 applicable: A = (5·1 + 1·0 + 3·5·0 + 3·½) / (5 + 1 + 15 + 3),
// a1 = (5 + 0 + 0) / 21; by levels q1 = 5/6, a1 = (5/6 + 0) / 4, A = (a1 + ½) / 2.
func TestScoringByWeights(t *testing.T) {
	q := exampletest.Facetted()
	answers := with(exampletest.Answers(), "u", assessment.Partial)
	facets := assessment.Facets{"f": false}
	answers["z"] = assessment.Answer{Status: assessment.Absent}
	for scoring, want := range map[assessment.Scoring][2]float64{
		assessment.ScoreWeights: {100 * 6.5 / 24, 100 * 5.0 / 21}, assessment.ScoreLevels: {100 * (5.0/24 + 0.5) / 2, 100 * 5.0 / 24}, "": {100 * (5.0/24 + 0.5) / 2, 100 * 5.0 / 24},
	} {
		q.Scoring = scoring
		pillar := exampletest.Compiled(t, q).Score(answers, nil, facets).Pillars[0]
		if got := [2]float64{assessment.RoundTo(pillar.Low, 6), assessment.RoundTo(pillar.Principles[0].Low, 6)}; got != [2]float64{assessment.RoundTo(want[0], 6), assessment.RoundTo(want[1], 6)} {
			t.Errorf("%q: %v, want %v", scoring, got, want)
		}
	}
}

func TestNotRated(t *testing.T) {
	q := exampletest.Questionnaire()
	for _, id := range []string{"v", "t"} {
		practice := exampletest.Practice(q, id)
		practice.Risk, practice.Effort, practice.Weight = "", "", assessment.DefaultWeight("")
	}
	r := exampletest.Compiled(t, q).Evaluate(exampletest.Answers(), exampletest.Priorities(), nil)
	document, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"findings":[{"practice":"v","severity":"medium","rated":false},{"practice":"y","severity":"low"}]`,
		`"unknown":{"high":0,"medium":1,"low":1}`,
		`{"practice":"t","gain":50,"severity":"medium","rated":false,"effort":null,"tradeoffs":["t2"]}`,
		`{"practice":"y","gain":1.3889,"severity":"low","effort":"M","tradeoffs":[]}`,
	} {
		if !strings.Contains(string(document), want) {
			t.Errorf("no %s in %s", want, document)
		}
	}
	var back assessment.Result
	if err := json.Unmarshal(document, &back); err != nil || !back.Findings[0].NotRated || back.Findings[1].NotRated || back.Recommendations[0].Effort != "" {
		t.Errorf("read %+v, %v", back, err)
	}
	// t: 50 points by 3; v: 25 points by 3: an effort that is not rated counts as M.
	if got := mapped(r.Recommendations, func(r assessment.Recommendation) string { return r.Practice }); !slices.Equal(got[:2], []string{"t", "v"}) {
		t.Errorf("plan = %q", got)
	}
}

// currentOf returns the view of an assessment.

func mapped[From, To any](list []From, to func(From) To) []To {
	var all []To
	for _, one := range list {
		all = append(all, to(one))
	}
	return all
}
