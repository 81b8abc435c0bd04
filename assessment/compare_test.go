package assessment_test

import (
	"encoding/json"
	"math"
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

func TestCheckComparable(t *testing.T) {
	asking := func(ids ...string) *assessment.Snapshot {
		var practices []assessment.Practice
		for _, id := range ids {
			practices = append(practices, assessment.Practice{ID: id})
		}
		return &assessment.Snapshot{Questionnaire: &assessment.Questionnaire{Pillars: []assessment.Pillar{{
			Principles: []assessment.Principle{{Questions: []assessment.Question{{Practices: practices}}}}}}}}
	}
	for name, tt := range map[string]struct {
		before, after *assessment.Snapshot
		want          assessment.Code
	}{
		"the same":          {asking("a", "b"), asking("a", "b"), ""},
		"one in common":     {asking("a", "b"), asking("b", "c"), ""},
		"nothing in common": {asking("a"), asking("A", "b"), assessment.Invalid},
	} {
		err := assessment.CheckComparable(tt.before, tt.after)
		if err == nil && tt.want != "" || err != nil && assessment.CodeOf(err) != tt.want {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}
