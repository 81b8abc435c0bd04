package assessment_test

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/assessment/exampletest"
)

// The numbers of the example, worked out by hand:
//
//	q1 = (5·1 + 3·½ + 1·[0,1]) / 9 = 6.5/9 … 7.5/9      q2 = 0      q3 not applicable
//	a1 = (1·q1 + 3·0) / 4 = 6.5/36 … 7.5/36              A = a1
//	q4 = (1·½ + 3·[0,1]) / 4 = 0.125 … 0.875             B = q4
//	overall = (1·A + 2·B) / 3
func TestExampleScores(t *testing.T) {
	r := exampletest.Compiled(t, exampletest.Questionnaire()).Evaluate(exampletest.Answers(), exampletest.Priorities(), nil)
	tests := []struct {
		name      string
		got       assessment.Score
		low, high float64
		band      [2]string
		counts    [3]int
	}{
		{"overall", r.Overall, 100 * (6.5/36 + 0.25) / 3, 100 * (7.5/36 + 1.75) / 3, [2]string{"critical", "moderate"}, [3]int{4, 6, 7}},
		{"A", r.Pillars[0].Score, 650.0 / 36, 750.0 / 36, [2]string{"critical", "critical"}, [3]int{3, 4, 5}},
		{"a1", r.Pillars[0].Principles[0].Score, 650.0 / 36, 750.0 / 36, [2]string{"critical", "critical"}, [3]int{3, 4, 4}},
		{"q1", r.Pillars[0].Principles[0].Questions[0].Score, 650.0 / 9, 750.0 / 9, [2]string{"excellent", "excellent"}, [3]int{2, 3, 3}},
		{"q2", r.Pillars[0].Principles[0].Questions[1].Score, 0, 0, [2]string{"critical", "critical"}, [3]int{1, 1, 1}},
		{"B", r.Pillars[1].Score, 12.5, 87.5, [2]string{"critical", "excellent"}, [3]int{1, 2, 2}},
	}
	for _, tt := range tests {
		got := tt.got
		if math.Abs(got.Low-tt.low) > 1e-9 || math.Abs(got.High-tt.high) > 1e-9 || !got.Range.Applicable {
			t.Errorf("%s is %v, want %v to %v", tt.name, got.Range, tt.low, tt.high)
		}
		if bands := [2]string{got.Band, got.BandHigh}; bands != tt.band {
			t.Errorf("%s is in %v, want %v", tt.name, bands, tt.band)
		}
		if counts := [3]int{got.Answered, got.Applicable, got.Total}; counts != tt.counts {
			t.Errorf("%s counts %v, want %v", tt.name, counts, tt.counts)
		}
	}
	if got := r.Pillars[0].Principles[1].Score; got != (assessment.Score{Total: 1}) {
		t.Errorf("a2 is %+v, want nothing applicable", got)
	}
}

func TestExampleFindings(t *testing.T) {
	r := exampletest.Compiled(t, exampletest.Questionnaire()).Evaluate(exampletest.Answers(), exampletest.Priorities(), nil)
	var got []assessment.Finding
	for _, finding := range r.Findings {
		got = append(got, assessment.Finding{finding.Practice, finding.Severity, assessment.RoundTo(finding.Gain, 4), finding.NotRated})
	}
	if want := []assessment.Finding{{"v", assessment.High, 25, false}, {"y", assessment.Low, 1.3889, false}}; !slices.Equal(got, want) {
		t.Errorf("Findings = %v, want %v", got, want)
	}
	if want := (assessment.Counts{Medium: 1, Low: 1}); r.Unknown != want {
		t.Errorf("Unknown = %v, want %v", r.Unknown, want)
	}
	if want := (assessment.Counts{High: 1, Low: 1}); r.Severities() != want || r.Pillars[0].Findings != want {
		t.Errorf("Severities = %v and %v, want %v", r.Severities(), r.Pillars[0].Findings, want)
	}
	var risks []assessment.Level
	for _, pillar := range r.Pillars {
		for _, principle := range pillar.Principles {
			for _, question := range principle.Questions {
				risks = append(risks, question.Risk)
			}
		}
	}
	if want := []assessment.Level{assessment.Low, assessment.High, assessment.None, assessment.None}; !slices.Equal(risks, want) {
		t.Errorf("risks = %v, want %v", risks, want)
	}
}

func TestExampleTradeoffs(t *testing.T) {
	r := exampletest.Compiled(t, exampletest.Questionnaire()).Evaluate(exampletest.Answers(), exampletest.Priorities(), nil)
	low := 500.0 / 6
	want := []assessment.TradeoffResult{
		{"t1", assessment.Live, []int{0}, [2]assessment.Range{{low, 100, true}, {12.5, 87.5, true}}, false},
		{"t2", assessment.Possible, []int{}, [2]assessment.Range{{0, 100, true}, {0, 0, true}}, false},
		{"t3", assessment.Quiet, []int{}, [2]assessment.Range{{}, {100, 100, true}}, false},
	}
	if len(r.Tradeoffs) != len(want) {
		t.Fatalf("%d tradeoffs, want %d", len(r.Tradeoffs), len(want))
	}
	for i, got := range r.Tradeoffs {
		got.Pulls[0].Low = assessment.RoundTo(got.Pulls[0].Low, 6)
		want[i].Pulls[0].Low = assessment.RoundTo(want[i].Pulls[0].Low, 6)
		if !reflect.DeepEqual(got, want[i]) {
			t.Errorf("tradeoff %d = %+v, want %+v", i, got, want[i])
		}
	}
}

func TestExamplePlan(t *testing.T) {
	r := exampletest.Compiled(t, exampletest.Questionnaire()).Evaluate(exampletest.Answers(), exampletest.Priorities(), nil)
	var got []assessment.Recommendation
	for _, row := range r.Recommendations {
		row.Gain = assessment.RoundTo(row.Gain, 4)
		got = append(got, row)
	}
	want := []assessment.Recommendation{
		{"v", 25, assessment.High, false, assessment.EffortS, []string{"t1"}},
		{"t", 50, assessment.Medium, false, assessment.EffortL, []string{"t2"}},
		{"y", 1.3889, assessment.Low, false, assessment.EffortM, []string{}},
		{"z", 0.9259, assessment.Low, false, assessment.EffortL, []string{}},
		{"s", 8.3333, assessment.None, false, assessment.EffortS, []string{}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("Recommendations = %+v, want %+v", got, want)
	}
}

func TestProjectAdoptsWhatCanBe(t *testing.T) {
	m := exampletest.Compiled(t, exampletest.Questionnaire())
	r := m.Project(exampletest.Answers(), exampletest.Priorities(), nil, []string{"v", "z", "u", "nobody"})
	if got := r.Pillars[0].Range; math.Abs(got.Low-100*(7.5/9+3)/4) > 1e-9 || got.Open() {
		t.Errorf("A is %v", got)
	}
	if got := r.Pillars[0].Principles[1].Range; got.Applicable {
		t.Errorf("a2 is %v, want nothing applicable", got)
	}
	if r.Tradeoffs[0].State != assessment.Quiet || r.Recommendations != nil {
		t.Errorf("t1 is %s", r.Tradeoffs[0].State)
	}
}

func TestRiskRules(t *testing.T) {
	rule := func(when string, risk assessment.Level) assessment.RiskRule {
		return assessment.RiskRule{exampletest.MustParse(when), risk}
	}
	aws := []assessment.RiskRule{rule("x && y", assessment.None), rule("x || y", assessment.Medium), rule("default", assessment.High)}
	open := []assessment.RiskRule{rule("x && !y", assessment.Medium)}
	tests := []struct {
		name  string
		rules []assessment.RiskRule
		x, y  assessment.Status
		want  assessment.Level
	}{
		{"no answer", aws, assessment.Unanswered, assessment.Unanswered, assessment.Unknown},
		{"first wins", aws, assessment.Adopted, assessment.Partial, assessment.None},
		{"second", aws, assessment.Unanswered, assessment.Adopted, assessment.Medium},
		{"default", aws, assessment.Absent, assessment.Unanswered, assessment.High},
		{"not applicable is an answer", aws, assessment.NotApplicable, assessment.Unanswered, assessment.High},
		{"unanswered is not selected", open, assessment.Adopted, assessment.Unanswered, assessment.Medium},
		{"not applicable is neither", open, assessment.Adopted, assessment.NotApplicable, assessment.Unknown},
		{"no rule holds", open, assessment.Absent, assessment.Absent, assessment.Unknown},
		{"without rules", nil, assessment.Partial, assessment.Absent, assessment.Medium},
		{"without rules and answers", nil, assessment.Unanswered, assessment.Unanswered, assessment.None},
	}
	for _, tt := range tests {
		q := exampletest.Questionnaire()
		q.Pillars[0].Principles[0].Questions[0].RiskRules = tt.rules
		r := exampletest.Compiled(t, q).Score(assessment.Answers{"x": {Status: tt.x}, "y": {Status: tt.y}, "v": {Status: assessment.Adopted}}, nil, nil)
		if got := r.Pillars[0].Principles[0].Questions[0].Risk; got != tt.want {
			t.Errorf("%s: risk = %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestBandTakesTheStart(t *testing.T) {
	bands := exampletest.Questionnaire().Bands
	tests := map[float64]string{0: "critical", 32.9999: "critical", 33: "moderate", 66.99999999999999: "excellent", 100: "excellent"}
	for score, want := range tests {
		if got := assessment.BandAt(bands, score).ID; got != want {
			t.Errorf("Band(%v) = %s, want %s", score, got, want)
		}
	}
}

const exampleJSON = `{"questionnaire":{"id":"example","version":"1.0.0"},` +
	`"overall":{"low":14.3519,"high":65.2778,"band":"critical","band_high":"moderate","answered":4,"applicable":6},` +
	`"pillars":[{"id":"A","low":18.0556,"high":20.8333,"band":"critical","band_high":"critical","answered":3,"applicable":4,` +
	`"principles":[{"id":"a1","low":18.0556,"high":20.8333,"questions":[` +
	`{"id":"q1","low":72.2222,"high":83.3333,"risk":"low"},{"id":"q2","low":0,"high":0,"risk":"high"}]},` +
	`{"id":"a2","low":null,"high":null,"questions":[{"id":"q3","low":null,"high":null,"risk":"none"}]}]},` +
	`{"id":"B","low":12.5,"high":87.5,"band":"critical","band_high":"excellent","answered":1,"applicable":2,` +
	`"principles":[{"id":"b1","low":12.5,"high":87.5,"questions":[{"id":"q4","low":12.5,"high":87.5,"risk":"none"}]}]}],` +
	`"findings":[{"practice":"v","severity":"high"},{"practice":"y","severity":"low"}],` +
	`"unknown":{"high":0,"medium":1,"low":1},"out_of_scope":[],` +
	`"tradeoffs":[{"id":"t1","state":"live","signals":[0],"pulls":[{"low":83.3333,"high":100},{"low":12.5,"high":87.5}]},` +
	`{"id":"t2","state":"possible","signals":[],"pulls":[{"low":0,"high":100},{"low":0,"high":0}]},` +
	`{"id":"t3","state":"quiet","signals":[],"pulls":[null,{"low":100,"high":100}]}],` +
	`"recommendations":[{"practice":"v","gain":25,"severity":"high","effort":"S","tradeoffs":["t1"]},` +
	`{"practice":"t","gain":50,"severity":"medium","effort":"L","tradeoffs":["t2"]},` +
	`{"practice":"y","gain":1.3889,"severity":"low","effort":"M","tradeoffs":[]},` +
	`{"practice":"z","gain":0.9259,"severity":"low","effort":"L","tradeoffs":[]},` +
	`{"practice":"s","gain":8.3333,"severity":"none","effort":"S","tradeoffs":[]}]}`

func TestResultJSON(t *testing.T) {
	got, err := json.Marshal(exampletest.Compiled(t, exampletest.Questionnaire()).Evaluate(exampletest.Answers(), exampletest.Priorities(), nil))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != exampleJSON {
		t.Errorf("JSON = %s\nwant   %s", got, exampleJSON)
	}
	var back assessment.Result
	if err := json.Unmarshal(got, &back); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(back)
	if err != nil {
		t.Fatal(err)
	}
	if string(again) != exampleJSON {
		t.Errorf("read and written: %s", again)
	}
}

func TestEmptyResultJSON(t *testing.T) {
	got, err := json.Marshal(assessment.Result{})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"questionnaire":{"id":"","version":""},"overall":{"low":null,"high":null,"band":null,"band_high":null,` +
		`"answered":0,"applicable":0},"pillars":[],"findings":[],"unknown":{"high":0,"medium":0,"low":0},` +
		`"tradeoffs":[],"recommendations":[]}`
	if string(got) != want {
		t.Errorf("JSON = %s\nwant   %s", got, want)
	}
}

func TestPillarScoreJSON(t *testing.T) {
	in := assessment.PillarSummary{"A", "First", assessment.Score{assessment.Range{1.00004, 2, true}, "low", "high", 3, 4, 5}}
	got, err := json.Marshal(in.JSON())
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"A","title":"First","low":1,"high":2,"band":"low","band_high":"high","answered":3,"applicable":4}`
	if string(got) != want {
		t.Errorf("JSON = %s\nwant   %s", got, want)
	}
}

func TestPlanAgreesWithScoringFromScratch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		r := s.model.Evaluate(s.answers, s.priorities, s.facets)
		answers := inScope(s.questionnaire, s.answers, s.facets)
		now := exactOverall(s.questionnaire, s.priorities, answers).certain()
		rows := map[string]assessment.Recommendation{}
		for _, row := range r.Recommendations {
			rows[row.Practice] = row
		}
		for _, id := range exampletest.AllPractices(s.questionnaire) {
			status := answers[id].Status
			row, ok := rows[id]
			if ok != (status != assessment.Adopted && status != assessment.NotApplicable) {
				t.Fatalf("%s, which is %q, is in the plan: %v", id, status, ok)
			}
			if !ok {
				continue
			}
			then := with(answers, id, assessment.Adopted)
			want := exactOverall(s.questionnaire, s.priorities, then).certain()
			if !near(row.Gain, want.Sub(want, now)) {
				t.Fatalf("gain of %s is %v, want %v", id, row.Gain, want)
			}
			if want := shiftedByHand(s, then); !slices.Equal(row.Tradeoffs, want) {
				t.Fatalf("%s changes %v, want %v", id, row.Tradeoffs, want)
			}
		}
	})
}

// shiftedByHand returns the tradeoffs whose state or true signals differ for other answers.
func shiftedByHand(s scene, then assessment.Answers) []string {
	list := []string{}
	for i := range s.questionnaire.Tradeoffs {
		tradeoff := &s.questionnaire.Tradeoffs[i]
		state, live := exactSignals(s.questionnaire, tradeoff, s.answers, s.facets)
		newState, newLive := exactSignals(s.questionnaire, tradeoff, then, s.facets)
		if state != newState || !slices.Equal(live, newLive) {
			list = append(list, tradeoff.ID)
		}
	}
	return list
}

func TestTradeoffsAgreeWithScoringFromScratch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		for i, got := range s.model.Score(s.answers, s.priorities, s.facets).Tradeoffs {
			tradeoff := &s.questionnaire.Tradeoffs[i]
			state, live := exactSignals(s.questionnaire, tradeoff, s.answers, s.facets)
			if got.State != state || !slices.Equal(got.Signals, live) {
				t.Fatalf("%s is %s %v, want %s %v", got.ID, got.State, got.Signals, state, live)
			}
			for j, side := range tradeoff.Sides {
				var practices []assessment.Practice
				for _, id := range side.Practices {
					place, _ := s.model.Place(id)
					practices = append(practices, *place.Practice)
				}
				if want := exactPractices(practices, inScope(s.questionnaire, s.answers, s.facets)); !want.is(got.Pulls[j]) {
					t.Fatalf("pull of %s is %v, want %v", got.ID, got.Pulls[j], want)
				}
			}
		}
	})
}

func TestRankOrder(t *testing.T) {
	worstFirst := []assessment.Level{assessment.High, assessment.Medium, assessment.Low, assessment.None}
	days := map[assessment.Effort]float64{assessment.EffortS: 1, assessment.EffortM: 3, "": 3, assessment.EffortL: 8}
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		r := s.model.Evaluate(s.answers, s.priorities, s.facets)
		position := func(id string) int { return slices.Index(exampletest.AllPractices(s.questionnaire), id) }
		inOrder := func(a, b assessment.Level, x, y float64, before, after string) bool {
			if a != b {
				return slices.Index(worstFirst, a) < slices.Index(worstFirst, b)
			}
			if math.Abs(x-y) < 1e-9 {
				return position(before) < position(after)
			}
			return x > y
		}
		for i := 1; i < len(r.Findings); i++ {
			a, b := r.Findings[i-1], r.Findings[i]
			if !inOrder(a.Severity, b.Severity, a.Gain, b.Gain, a.Practice, b.Practice) {
				t.Fatalf("%+v stands before %+v", a, b)
			}
		}
		for i := 1; i < len(r.Recommendations); i++ {
			a, b := r.Recommendations[i-1], r.Recommendations[i]
			x, y := a.Gain/days[a.Effort], b.Gain/days[b.Effort]
			if !inOrder(a.Severity, b.Severity, x, y, a.Practice, b.Practice) {
				t.Fatalf("%+v stands before %+v", a, b)
			}
		}
	})
}

func TestProjectionOfOneGivesItsGain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		r := s.model.Evaluate(s.answers, s.priorities, s.facets)
		for _, row := range r.Recommendations {
			then := s.model.Project(s.answers, s.priorities, s.facets, []string{row.Practice})
			if math.Abs(then.Overall.Low-r.Overall.Low-row.Gain) > 1e-9 {
				t.Fatalf("%s gains %v, projected %v", row.Practice, row.Gain, then.Overall.Low-r.Overall.Low)
			}
		}
	})
}
