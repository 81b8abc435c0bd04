package assessment_test

import (
	"encoding/json"
	"math"
	"math/big"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/assessment/exampletest"
)

// snapshotOf returns a snapshot of answers to a questionnaire.
func snapshotOf(t rapid.TB, q *assessment.Questionnaire, a assessment.Answers, p assessment.Priorities, decisions ...assessment.Decision) *assessment.Snapshot {
	t.Helper()
	state := &assessment.State{
		Assessment: assessment.Assessment{ID: "as1", Workload: assessment.Workload{ID: "w1", Name: "Claims"}, Priorities: p},
		Decisions:  map[string]assessment.Decision{},
	}
	for id, answer := range a {
		state.Answers = state.Answers.With(&assessment.SavedAnswer{Answer: answer, Practice: id, Version: 1})
	}
	for _, decision := range decisions {
		state.Decisions[decision.Tradeoff] = decision
	}
	at := time.Date(2026, 9, 14, 10, 0, 0, 0, time.UTC)
	return assessment.NewSnapshot(state, exampletest.Compiled(t, q), "Design review", "", "Ines", at, "", 1)
}

// snapshot returns a snapshot of the scene.
func (s scene) snapshot(t rapid.TB) *assessment.Snapshot {
	taken := snapshotOf(t, s.questionnaire, s.answers, s.priorities)
	taken.Facets = s.facets
	taken.Result = s.model.Evaluate(s.answers, s.priorities, s.facets)
	return taken
}

// later is another version of the example: r is new in q4, z is gone, x is reworded.
func later() *assessment.Questionnaire {
	q := exampletest.Clone(exampletest.Questionnaire())
	q.Version = "1.1.0"
	q1 := &q.Pillars[0].Principles[0].Questions[0]
	q1.Practices = q1.Practices[:2]
	q1.Practices[0].Title = "x is done with care."
	q4 := &q.Pillars[1].Principles[0].Questions[0]
	q4.Practices = append(q4.Practices, assessment.Practice{ID: "r", Title: "r is done.", Risk: assessment.High, Weight: 4, Effort: assessment.EffortS})
	q.Tradeoffs = []assessment.Tradeoff{q.Tradeoffs[2], {ID: "t4", Title: "New", Signals: []assessment.Signal{{When: exampletest.MustParse("r"), Says: "r."}}}}
	return q
}

func laterAnswers() assessment.Answers {
	return assessment.Answers{
		"x": {Status: assessment.Adopted}, "y": {Status: assessment.Adopted}, "v": {Status: assessment.NotApplicable, Reason: "Gone."},
		"u": {Status: assessment.Partial}, "s": {Status: assessment.Partial}, "t": {Status: assessment.Absent}, "r": {Status: assessment.Adopted},
	}
}

func namesOf(list []assessment.PracticeName) []string {
	ids := []string{}
	for _, one := range list {
		ids = append(ids, one.ID)
	}
	return ids
}

func exampleComparison(t *testing.T) *assessment.Comparison {
	t.Helper()
	kept := assessment.Decision{Tradeoff: "t3", Choice: assessment.Accept, Rationale: "Fine."}
	changed := assessment.Decision{Tradeoff: "t3", Choice: assessment.Revisit, Rationale: "Not yet."}
	gone := assessment.Decision{Tradeoff: "t1", Choice: assessment.Accept}
	c, err := assessment.Compare(
		snapshotOf(t, exampletest.Questionnaire(), exampletest.Answers(), exampletest.Priorities(), kept, gone),
		snapshotOf(t, later(), laterAnswers(), nil, changed),
	)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The steps by hand:
//
//	S0 = (6.5/36 + 2·0.125) / 3                                               = 14.35185…
//	S1: q1 = 6.5/8, a1 = q1/4, A = a1; q4 = 0.5/8; (A + 2·q4) / 3             = 10.9375
//	S2: (A + q4) / 2                                                          = 13.28125
//	S3: v leaves, u comes: a1 = q1, A = (a1 + 0)/2; (A + q4) / 2              = 23.4375
//	S4: a1 = 1, a2 = 1/2, A = 3/4; q4 = (0.5 + 0 + 4)/8; (A + q4) / 2         = 65.625
//	parts: r = 4/8·1/2; u = 1/2·1/2·1/2; y = 3/8·1/2·1/2·1/2
func TestExampleComparison(t *testing.T) {
	c := exampleComparison(t)
	s0 := 100 * (6.5/36 + 0.25) / 3
	tests := []struct {
		name      string
		got, want float64
	}{
		{"before", c.Before.Overall.Low, s0},
		{"after", c.After.Overall.Low, 65.625},
		{"delta", c.Delta, 65.625 - s0},
		{"questionnaire", c.Scope.Questionnaire, 10.9375 - s0},
		{"priorities", c.Scope.Priorities, 2.34375},
		{"applicability", c.Scope.Applicability, 10.15625},
		{"part of A", c.Pillars[0].Part, 17.1875},
		{"part of B", c.Pillars[1].Part, 25},
	}
	for _, tt := range tests {
		if math.Abs(tt.got-tt.want) > 1e-9 {
			t.Errorf("%s = %v, want %v", tt.name, tt.got, tt.want)
		}
	}
	var got []assessment.PracticeChange
	for _, practice := range c.Practices {
		practice.Part = assessment.RoundTo(practice.Part, 6)
		got = append(got, practice)
	}
	want := []assessment.PracticeChange{
		{"r", "r is done.", "B", assessment.Unanswered, assessment.Adopted, 25, true, false, ""},
		{"u", "u is done.", "A", assessment.NotApplicable, assessment.Partial, 12.5, false, false, ""},
		{"y", "y is done.", "A", assessment.Partial, assessment.Adopted, 4.6875, false, false, ""},
		{"v", "v is done.", "A", assessment.Absent, assessment.NotApplicable, 0, false, false, ""},
		{"t", "t is done.", "B", assessment.Unanswered, assessment.Absent, 0, false, false, ""},
	}
	if !slices.Equal(got, want) {
		t.Errorf("Practices = %+v\nwant %+v", got, want)
	}
}

func TestComparisonLists(t *testing.T) {
	c := exampleComparison(t)
	names := func(changes []assessment.PracticeChange) []string {
		list := []string{}
		for _, change := range changes {
			list = append(list, change.ID)
		}
		return list
	}
	tests := []struct {
		name string
		got  []string
		want []string
	}{
		{"improved", names(c.Improved()), []string{"r", "u", "y"}},
		{"regressed", names(c.Regressed()), []string{}},
		{"newly answered", names(c.NewlyAnswered()), []string{"r", "t"}},
		{"dropped", names(c.Dropped()), []string{"v"}},
		{"taken back", names(c.TakenBack()), []string{"u"}},
		{"applicability", names(c.ApplicabilityChanged()), []string{"u", "v"}},
		{"added", namesOf(c.Added), []string{"r"}},
		{"removed", namesOf(c.Removed), []string{"z"}},
		{"reworded", namesOf(c.Reworded), []string{"x"}},
	}
	for _, tt := range tests {
		if !slices.Equal(tt.got, tt.want) {
			t.Errorf("%s = %q, want %q", tt.name, tt.got, tt.want)
		}
	}
	wantTradeoffs := []assessment.TradeoffChange{
		{"t3", "Quiet", assessment.Quiet, assessment.Live}, {"t4", "New", "", assessment.Live},
		{"t1", "One against the other", assessment.Live, ""}, {"t2", "Open", assessment.Possible, ""},
	}
	if !slices.Equal(c.Tradeoffs, wantTradeoffs) || len(c.ChangedTradeoffs()) != 1 {
		t.Errorf("Tradeoffs = %v", c.Tradeoffs)
	}
	if want := []assessment.PriorityChange{{"B", "Second", 2, 1}}; !slices.Equal(c.Priorities, want) {
		t.Errorf("Priorities = %v, want %v", c.Priorities, want)
	}
	var decisions []string
	for _, d := range c.Decisions {
		decisions = append(decisions, d.Tradeoff+" "+d.Title)
	}
	if want := []string{"t1 One against the other", "t3 Quiet"}; !slices.Equal(decisions, want) {
		t.Errorf("Decisions = %q, want %q", decisions, want)
	}
	if len(c.Defects) != 0 {
		t.Errorf("Defects = %q", c.Defects)
	}
}

func TestComparisonBackwards(t *testing.T) {
	c, err := assessment.Compare(
		snapshotOf(t, later(), laterAnswers(), nil),
		snapshotOf(t, later(), with(with(laterAnswers(), "r", assessment.Absent), "y", assessment.Partial), nil),
	)
	if err != nil {
		t.Fatal(err)
	}
	// r: 4/8 · 1/2 = 25 points lost; y: 3/8 · 1/2 · 1/2 · 1/2 = 4.6875 lost. Regressed starts with the worst.
	var got []string
	for _, practice := range c.Regressed() {
		got = append(got, practice.ID)
	}
	if !slices.Equal(got, []string{"r", "y"}) || c.Practices[0].ID != "y" || len(c.Improved()) != 0 || c.Delta != -29.6875 {
		t.Errorf("regressed %q, practices %+v, delta %v", got, c.Practices, c.Delta)
	}
}

func TestComparisonJSON(t *testing.T) {
	got, err := json.Marshal(exampleComparison(t))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"before":{"overall":14.3519},"after":{"overall":65.625},"delta":51.2731,` +
		`"scope":{"questionnaire":-3.4144,"priorities":2.3438,"applicability":10.1563},` +
		`"practices":[{"id":"r","before":"unanswered","after":"adopted","part":25},` +
		`{"id":"u","before":"not_applicable","after":"partial","part":12.5},` +
		`{"id":"y","before":"partial","after":"adopted","part":4.6875},` +
		`{"id":"v","before":"absent","after":"not_applicable","part":0},` +
		`{"id":"t","before":"unanswered","after":"absent","part":0}],` +
		`"pillars":[{"id":"A","before":18.0556,"after":75},{"id":"B","before":12.5,"after":56.25}],` +
		`"tradeoffs":[{"id":"t3","before":"quiet","after":"live"},{"id":"t4","before":null,"after":"live"},` +
		`{"id":"t1","before":"live","after":null},{"id":"t2","before":"possible","after":null}],` +
		`"applicability":[{"id":"v","before":"absent","after":"not_applicable","part":30.4688},{"id":"u","before":"not_applicable","after":"partial","part":-20.3125}],"facets":[],` +
		`"added":["r"],"removed":["z"],"reworded":["x"]}`
	if string(got) != want {
		t.Errorf("JSON = %s\nwant   %s", got, want)
	}
}

func TestCompareSaysWhereStoredScoresDiffer(t *testing.T) {
	before := snapshotOf(t, exampletest.Questionnaire(), exampletest.Answers(), nil)
	after := snapshotOf(t, exampletest.Questionnaire(), exampletest.Answers(), nil)
	before.Result.Pillars[0].Low += 3
	c, err := assessment.Compare(before, after)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"the earlier snapshot stores 21.0556 to 20.8333 for A, but its answers give 18.0556 to 20.8333"}
	if !slices.Equal(c.Defects, want) {
		t.Errorf("Defects = %q, want %q", c.Defects, want)
	}
}

func TestComparePrioritiesOfUnknownPillars(t *testing.T) {
	before := snapshotOf(t, later(), laterAnswers(), assessment.Priorities{"C": 9})
	q := later()
	q.Pillars = append(q.Pillars, assessment.Pillar{ID: "C", Title: "Third", Principles: []assessment.Principle{{ID: "c1", Weight: 1,
		Questions: []assessment.Question{{ID: "q9", Weight: 1, Practices: []assessment.Practice{{ID: "n", Risk: assessment.Low, Weight: 1, Effort: assessment.EffortS}}}}}}})
	c, err := assessment.Compare(before, snapshotOf(t, q, laterAnswers(), assessment.Priorities{"C": 3}))
	if err != nil {
		t.Fatal(err)
	}
	// S0 = 65.625 = 131.25 / 2; S1 counts C with priority 1: 131.25 / 3; S2 with 3: 131.25 / 5.
	if got, want := c.Scope, (assessment.Scope{Questionnaire: 43.75 - 65.625, Priorities: 26.25 - 43.75}); got != want {
		t.Errorf("Scope = %+v, want %+v", got, want)
	}
}

func TestComparisonOfNothing(t *testing.T) {
	a := assessment.Answers{}
	for _, id := range exampletest.AllPractices(exampletest.Questionnaire()) {
		a[id] = assessment.Answer{Status: assessment.NotApplicable, Reason: "No."}
	}
	c, err := assessment.Compare(snapshotOf(t, exampletest.Questionnaire(), a, nil), snapshotOf(t, exampletest.Questionnaire(), exampletest.Answers(), assessment.Priorities{"A": 0, "B": 0}))
	if err != nil {
		t.Fatal(err)
	}
	document, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Before, After struct{ Overall *float64 }
		Delta         *float64
	}
	if err := json.Unmarshal(document, &got); err != nil {
		t.Fatal(err)
	}
	if got.Before.Overall != nil || got.After.Overall != nil || got.Delta == nil || *got.Delta != 0 {
		t.Errorf("JSON = %s", document)
	}
}

// TestComparisonAddsUp follows the five steps of the domain page in exact fractions.
func TestComparisonAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawScene(t), drawScene(t)
		if rapid.Bool().Draw(t, "same questionnaire") {
			b = scene{a.questionnaire, a.model, exampletest.DrawAnswers(t, a.questionnaire), exampletest.DrawPriorities(t, a.questionnaire), exampletest.DrawFacets(t, a.questionnaire)}
		}
		c, err := assessment.Compare(a.snapshot(t), b.snapshot(t))
		if err != nil {
			t.Fatal(err)
		}
		shared := assessment.Facets{}
		for _, id := range exampletest.FacetIDs(b.questionnaire) {
			if yes, said := a.facets[id]; said {
				shared[id] = yes
			}
		}
		stored, scoped := assessment.Answers{}, assessment.Answers{}
		later := inScope(b.questionnaire, b.answers, b.facets)
		for _, id := range exampletest.AllPractices(b.questionnaire) {
			stored[id] = a.answers[id]
			scoped[id] = a.answers[id]
			switch {
			case later[id].Status == assessment.NotApplicable:
				scoped[id] = later[id]
			case a.answers[id].Status == assessment.NotApplicable:
				scoped[id] = assessment.Answer{}
			}
		}
		carried := inScope(b.questionnaire, stored, shared)
		overall := func(p assessment.Priorities, a assessment.Answers) *big.Rat {
			return exactOverall(b.questionnaire, p, a).certain()
		}
		steps := []*big.Rat{
			exactOverall(a.questionnaire, a.priorities, inScope(a.questionnaire, a.answers, a.facets)).certain(),
			overall(a.priorities, carried), overall(b.priorities, carried), overall(b.priorities, scoped), overall(b.priorities, later),
		}
		step := func(from, to int) *big.Rat { return new(big.Rat).Sub(steps[to], steps[from]) }
		if !near(c.Scope.Questionnaire, step(0, 1)) || !near(c.Scope.Priorities, step(1, 2)) ||
			!near(c.Scope.Applicability, step(2, 3)) || !near(c.Delta, step(0, 4)) {
			t.Fatalf("scope %+v, delta %v, want steps %v", c.Scope, c.Delta, steps)
		}
		sum := c.Scope.Questionnaire + c.Scope.Priorities + c.Scope.Applicability
		for _, practice := range c.Practices {
			sum += practice.Part
			alone := with(scoped, practice.ID, later[practice.ID].Status)
			if part := overall(b.priorities, alone); !near(practice.Part, part.Sub(part, steps[3])) {
				t.Fatalf("part of %s is %v, want %v", practice.ID, practice.Part, part)
			}
		}
		if math.Abs(sum-c.Delta) > 1e-9 {
			t.Fatalf("the parts add up to %v, not %v", sum, c.Delta)
		}
		checkApplicability(t, c, b, carried, scoped)
		checkStatuses(t, c, a, b)
	})
}

// checkApplicability takes over the later applicability practice by practice.
func checkApplicability(t *rapid.T, c *assessment.Comparison, b scene, carried, scoped assessment.Answers) {
	at, sum, next := carried, 0.0, 0
	for _, id := range exampletest.AllPractices(b.questionnaire) {
		if (carried[id].Status == assessment.NotApplicable) == (scoped[id].Status == assessment.NotApplicable) {
			continue
		}
		then := with(at, id, scoped[id].Status)
		part := exactOverall(b.questionnaire, b.priorities, then).certain()
		part.Sub(part, exactOverall(b.questionnaire, b.priorities, at).certain())
		if next == len(c.Applicability) || c.Applicability[next].ID != id || !near(c.Applicability[next].Part, part) {
			t.Fatalf("applicability %+v, want %v for %s", c.Applicability, part, id)
		}
		sum += c.Applicability[next].Part
		at, next = then, next+1
	}
	if next != len(c.Applicability) || math.Abs(sum-c.Scope.Applicability) > 1e-9 {
		t.Fatalf("%d parts of applicability add up to %v, want %d and %v", len(c.Applicability), sum, next, c.Scope.Applicability)
	}
}

// checkStatuses compares what is listed with what each side shows.
func checkStatuses(t *rapid.T, c *assessment.Comparison, a, b scene) {
	shown := func(s scene, id string) assessment.Status {
		for practice := range s.questionnaire.Practices() {
			if practice.ID == id && outByHand(practice, s.facets) {
				return assessment.OutOfScope
			}
		}
		return s.answers[id].Status
	}
	out := []assessment.Status{assessment.NotApplicable, assessment.OutOfScope}
	for _, id := range exampletest.AllPractices(b.questionnaire) {
		before, after := shown(a, id), shown(b, id)
		changed := before != after && !(slices.Contains(out, before) && slices.Contains(out, after))
		i := slices.IndexFunc(c.Practices, func(p assessment.PracticeChange) bool { return p.ID == id })
		if listed := i >= 0; listed != changed || listed && (c.Practices[i].Before != before || c.Practices[i].After != after) {
			t.Fatalf("%s went from %q to %q, is listed: %v", id, before, after, listed)
		}
	}
}

func TestApportionKeepsTheSum(t *testing.T) {
	tests := []struct {
		parts []float64
		total float64
		want  []float64
	}{
		{[]float64{0.25, 0.25, 0.25, 0.25}, 1, []float64{0.3, 0.3, 0.2, 0.2}},
		{[]float64{-0.44, 0.05, 0}, -0.4, []float64{-0.4, 0, 0}},
		{[]float64{3.4, 8.9, 0}, 12.3, []float64{3.4, 8.9, 0}},
		{nil, 0, []float64{}},
	}
	for _, tt := range tests {
		if got := assessment.Apportion(tt.parts, tt.total, 1); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("Apportion(%v, %v) = %v, want %v", tt.parts, tt.total, got, tt.want)
		}
	}
}

func TestRounding(t *testing.T) {
	whole := map[float64]int{48.4999: 48, 48.5: 49, 48.499999999999993: 49, 0: 0, 99.5: 100, -0.4: 0}
	for x, want := range whole {
		if got := assessment.Round(x); got != want {
			t.Errorf("Round(%v) = %d, want %d", x, got, want)
		}
	}
	points := map[float64]float64{0.78125: 0.7813, 0.78124999999995: 0.7813, 33.333333: 33.3333, -0.00001: 0, -2.00006: -2.0001, 100: 100}
	for x, want := range points {
		got := assessment.RoundTo(x, 4)
		if got != want || math.Signbit(got) != (want < 0) {
			t.Errorf("RoundTo(%v) = %v, want %v", x, got, want)
		}
	}
}
