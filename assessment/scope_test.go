package assessment

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
)

// facetted is the example with facets: y applies where @f is yes, v where @g is not no, s and t where @f || @g.
func facetted() *Questionnaire {
	q := clone(example())
	q.Facets = []Facet{{ID: "f", Title: "Is it f?"}, {ID: "g", Title: "Is it g?"}}
	for id, when := range map[string]string{"y": "@f", "v": "!!@g", "s": "@f || @g", "t": "@f || @g"} {
		practiceOf(q, id).AppliesWhen = mustParse(when)
	}
	return q
}

func practiceOf(q *Questionnaire, id string) *Practice {
	for practice := range q.Practices() {
		if practice.ID == id {
			return practice
		}
	}
	return nil
}

func TestOutOfScope(t *testing.T) {
	m := compiled(t, facetted())
	for _, tt := range []struct {
		facets Facets
		want   []string
	}{
		{nil, []string{}},
		{Facets{"f": true, "g": true}, []string{}},
		{Facets{"f": false}, []string{"y"}},
		{Facets{"g": false}, []string{"v"}},
		{Facets{"f": false, "g": false, "unknown": true}, []string{"y", "v", "s", "t"}},
	} {
		r := m.Evaluate(exampleAnswers(), nil, tt.facets)
		if got := m.OutOfScope(tt.facets); !slices.Equal(got, tt.want) || !reflect.DeepEqual(r.OutOfScope, tt.want) {
			t.Errorf("%v: out of scope are %q and %q, want %q", tt.facets, got, r.OutOfScope, tt.want)
		}
	}
}

func TestExclusions(t *testing.T) {
	for _, tt := range []struct {
		facets Facets
		want   []string
	}{
		{nil, nil},
		{Facets{"f": true, "g": true}, nil},
		{Facets{"f": false}, []string{"f false: y"}},
		{Facets{"g": false, "f": false}, []string{"f false: y s t", "g false: v"}},
	} {
		var got []string
		for _, e := range facetted().Exclusions(tt.facets) {
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
	side := func(f Facets, a Answers) *Snapshot {
		s := snapshotOf(t, facetted(), a, nil)
		s.Facets = f
		return s
	}
	answers := exampleAnswers()
	byHand := maps.Clone(answers)
	byHand["s"] = Answer{Status: NotApplicable, Reason: "None."}
	for _, tt := range []struct {
		name          string
		before, after *Snapshot
		want          map[string]string
	}{
		{"goes out", side(Facets{"f": true}, answers), side(Facets{"f": false}, answers), map[string]string{"y": "f"}},
		{"comes back", side(Facets{"f": false}, answers), side(nil, answers), map[string]string{"y": "f"}},
		{"one of two differs", side(Facets{"f": false, "g": true}, answers), side(Facets{"f": false, "g": false}, answers),
			map[string]string{"v": "g", "s": "g", "t": "g"}},
		{"an answer", side(nil, answers), side(nil, byHand), map[string]string{"s": ""}},
	} {
		c, err := Compare(tt.before, tt.after)
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
	m := compiled(t, facetted())
	if m.ScopeEffects(nil)["none"] != (ScopeEffect{}) {
		t.Error("a facet that does not exist has an effect")
	}
	for _, facets := range []Facets{nil, {"f": true}, {"f": false}, {"f": false, "g": false}, {"f": false, "g": true}} {
		for id, got := range m.ScopeEffects(facets) {
			without := maps.Clone(facets)
			delete(without, id)
			decides := len(m.OutOfScope(facets)) - len(m.OutOfScope(without))
			rests := max(len(m.OutOfScope(Facets{id: true})), len(m.OutOfScope(Facets{id: false})))
			if got.Decides != decides || got.Rests() != rests || rests == 0 {
				t.Errorf("%v: %s decides %d and %d rest on it, want %d and %d", facets, id, got.Decides, got.Rests(), decides, rests)
			}
		}
	}
}

func TestInScope(t *testing.T) {
	c := currentOf(t, facetted(), nil, Facets{"f": false})
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
		plain := clone(s.questionnaire)
		answers := Answers{}
		for practice := range plain.Practices() {
			answers[practice.ID] = s.answers[practice.ID]
			if outByHand(practice, s.facets) {
				answers[practice.ID] = Answer{Status: NotApplicable, Reason: "The facets say so."}
			}
			practice.AppliesWhen = Expression{}
		}
		want := compiled(t, plain).Evaluate(answers, s.priorities, s.facets)
		for level, r := range ranges(want) {
			if other := ranges(got)[level]; other != r {
				t.Fatalf("%s is %v, want %v", level, other, r)
			}
		}
		same := func(f Finding, g Finding) bool { return f == g }
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
	rules := []RiskRule{{mustParse("x && y"), None}, {mustParse("!y"), Medium}, {mustParse("default"), High}}
	for name, tt := range map[string]struct {
		x, y   Status
		facets Facets
		want   Level
	}{
		"in scope":                   {Adopted, Adopted, Facets{"f": true}, None},
		"neither selected nor not":   {Adopted, Adopted, Facets{"f": false}, High},
		"no answer":                  {Unanswered, Adopted, Facets{"f": false}, Unknown},
		"not applicable is answered": {Unanswered, NotApplicable, Facets{"f": true}, High},
	} {
		q := facetted()
		q.Pillars[0].Principles[0].Questions[0].RiskRules = rules
		r := compiled(t, q).Score(Answers{"x": {Status: tt.x}, "y": {Status: tt.y}}, nil, tt.facets)
		if got := r.Pillars[0].Principles[0].Questions[0].Risk; got != tt.want {
			t.Errorf("%s: risk = %s, want %s", name, got, tt.want)
		}
	}
	q := facetted()
	practiceOf(q, "x").AppliesWhen, practiceOf(q, "z").AppliesWhen = mustParse("@f"), mustParse("@f")
	q.Pillars[0].Principles[0].Questions[0].RiskRules = rules
	r := compiled(t, q).Score(Answers{"x": {Status: Absent}}, nil, Facets{"f": false})
	if got := r.Pillars[0].Principles[0].Questions[0].Risk; got != None {
		t.Errorf("a question out of scope has risk %s", got)
	}
}

func TestTradeoffOutOfScope(t *testing.T) {
	q := facetted()
	q.Tradeoffs[0].Signals = append(q.Tradeoffs[0].Signals, Signal{When: mustParse("x && !@f"), Says: "x."})
	r := compiled(t, q).Evaluate(exampleAnswers(), nil, Facets{"f": false, "g": false})
	got := r.Tradeoffs[0]
	if !got.NotApplicable || got.State != Quiet || len(got.Signals) != 0 || got.Pulls[1].Applicable || !got.Pulls[0].Applicable {
		t.Errorf("tradeoff = %+v", got)
	}
	if r.Tradeoffs[2].NotApplicable {
		t.Errorf("a side that is not applicable by answer is no scope: %+v", r.Tradeoffs[2])
	}
	decision := Decision{Tradeoff: "t1", Signals: []int{0}, RevisitOn: "2026-01-01"}
	if standing := StandingOf(got, &decision, "2026-11-23"); standing != StandingNotApplicable || decision.Stale(got) {
		t.Errorf("standing %v, stale %v", standing, decision.Stale(got))
	}
	again := compiled(t, q).Evaluate(exampleAnswers(), nil, Facets{"f": false}).Tradeoffs[0]
	if again.NotApplicable || again.State != Live || !slices.Equal(again.Signals, []int{0, 2}) {
		t.Errorf("in scope: %+v", again)
	}
}

func TestCurrentKnowsScope(t *testing.T) {
	m, state := compiled(t, facetted()), stateOfAnswers(exampleAnswers(), nil)
	state.Facets = Facets{"f": false}
	state.Plan = map[string]PlanItem{"y": {Practice: "y", Due: "2026-01-01"}, "x": {Practice: "x"}, "t": {Practice: "t", Due: "2026-12-01"}}
	c := &Current{State: *state, Model: m, Result: m.ScoreState(state)}
	if !c.OutOfScope("y") || c.OutOfScope("x") || c.OutOfScope("nobody") || c.Counted("y") != NotApplicable || c.Counted("v") != Absent {
		t.Errorf("y counts as %q, v as %q", c.Counted("y"), c.Counted("v"))
	}
	if got := c.Eval(mustParse("y || !y")); got != False {
		t.Errorf("y is %v", got)
	}
	if practices, facets := c.Reasons(mustParse("!v && !@f")); !slices.Equal(practices, []string{"v"}) || !slices.Equal(facets, []string{"f"}) {
		t.Errorf("reasons %q and %q", practices, facets)
	}
	if got := converted(c.PlanItems(), func(i PlanItem) string { return i.Practice }); !slices.Equal(got, []string{"t", "x", "y"}) {
		t.Errorf("plan = %q", got)
	}
	then := m.Project(exampleAnswers(), nil, state.Facets, []string{"y"})
	if now := c.Result.Overall.Range; then.Overall.Range != now {
		t.Errorf("projection of a practice out of scope: %v, was %v", then.Overall.Range, now)
	}
}

func TestCompileChecksFacets(t *testing.T) {
	for name, tt := range map[string]struct {
		edit func(q *Questionnaire)
		want string
	}{
		"twice":               {func(q *Questionnaire) { q.Facets[1].ID = "f" }, `facets[1].id: the id "f" is used twice`},
		"unknown":             {func(q *Questionnaire) { practiceOf(q, "y").AppliesWhen = mustParse("@h") }, `practices[1].applies_when: expected a facet, found "h"`},
		"a practice":          {func(q *Questionnaire) { practiceOf(q, "y").AppliesWhen = mustParse("@f || full(x)") }, `practices[1].applies_when: expected only facets, found "x"`},
		"unknown in a signal": {func(q *Questionnaire) { q.Tradeoffs[0].Signals[0].When = mustParse("x && @h") }, `tradeoffs[0].signals[0].when: expected a facet, found "h"`},
		"rule with a facet": {func(q *Questionnaire) {
			q.Pillars[0].Principles[0].Questions[0].RiskRules = []RiskRule{{mustParse("x && @f"), High}}
		}, `risk_rules[0].when: expected only practice IDs`},
		"rule with weak": {func(q *Questionnaire) {
			q.Pillars[0].Principles[0].Questions[0].RiskRules = []RiskRule{{mustParse("weak(x)"), High}}
		}, `risk_rules[0].when: expected only practice IDs`},
		"scoring": {func(q *Questionnaire) { q.Scoring = "guess" }, `scoring: expected levels or weights, found "guess"`},
	} {
		q := facetted()
		tt.edit(q)
		if _, err := Compile(q); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
}

// By weights, with x and z of q1, v of q2 (3) and u of q3 applicable: A = (5·1 + 1·0 + 3·5·0 + 3·½) / (5 + 1 + 15 + 3),
// a1 = (5 + 0 + 0) / 21; by levels q1 = 5/6, a1 = (5/6 + 0) / 4, A = (a1 + ½) / 2.
func TestScoringByWeights(t *testing.T) {
	q := facetted()
	answers := with(exampleAnswers(), "u", Partial)
	facets := Facets{"f": false}
	answers["z"] = Answer{Status: Absent}
	for scoring, want := range map[Scoring][2]float64{
		ScoreWeights: {100 * 6.5 / 24, 100 * 5.0 / 21}, ScoreLevels: {100 * (5.0/24 + 0.5) / 2, 100 * 5.0 / 24}, "": {100 * (5.0/24 + 0.5) / 2, 100 * 5.0 / 24},
	} {
		q.Scoring = scoring
		pillar := compiled(t, q).Score(answers, nil, facets).Pillars[0]
		if got := [2]float64{RoundTo(pillar.Low, 6), RoundTo(pillar.Principles[0].Low, 6)}; got != [2]float64{RoundTo(want[0], 6), RoundTo(want[1], 6)} {
			t.Errorf("%q: %v, want %v", scoring, got, want)
		}
	}
}

func TestNotRated(t *testing.T) {
	q := example()
	for _, id := range []string{"v", "t"} {
		practice := practiceOf(q, id)
		practice.Risk, practice.Effort, practice.Weight = "", "", DefaultWeight("")
	}
	r := compiled(t, q).Evaluate(exampleAnswers(), examplePriorities(), nil)
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
	var back Result
	if err := json.Unmarshal(document, &back); err != nil || !back.Findings[0].NotRated || back.Findings[1].NotRated || back.Recommendations[0].Effort != "" {
		t.Errorf("read %+v, %v", back, err)
	}
	// t: 50 points by 3; v: 25 points by 3: an effort that is not rated counts as M.
	if got := converted(r.Recommendations, func(r Recommendation) string { return r.Practice }); !slices.Equal(got[:2], []string{"t", "v"}) {
		t.Errorf("plan = %q", got)
	}
}

// currentOf returns the view of an assessment.
func currentOf(t *testing.T, q *Questionnaire, a Answers, f Facets) *Current {
	state, m := stateOfAnswers(a, nil), compiled(t, q)
	state.Facets = f
	return &Current{State: *state, Model: m, Result: m.ScoreState(state)}
}
