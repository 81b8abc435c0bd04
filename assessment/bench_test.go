package assessment_test

import (
	"fmt"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/exampletest"
)

// large is as large as the built-in questionnaire: 135 practices in 5 pillars, 28 tradeoffs with 3 signals each.
func large() (*assessment.Questionnaire, assessment.Answers) {
	q := &assessment.Questionnaire{ID: "large", Version: "1.0.0", Bands: exampletest.Questionnaire().Bands}
	answers := assessment.Answers{}
	risks, efforts := []assessment.Level{assessment.High, assessment.Medium, assessment.Low}, []assessment.Effort{assessment.EffortS, assessment.EffortM, assessment.EffortL}
	n := 0
	for i := range 5 {
		pillar := assessment.Pillar{ID: fmt.Sprintf("pillar-%d", i)}
		for j := range 5 {
			principle := assessment.Principle{ID: fmt.Sprintf("pil-%d.c%d", i, j), Weight: 1}
			for k := range 2 {
				question := assessment.Question{ID: fmt.Sprintf("pil-%d.c%d.q%d", i, j, k), Weight: 1}
				for range 2 + (j+k)%3 {
					id := fmt.Sprintf("pil-%d.p%03d", i, n)
					risk := risks[n%3]
					question.Practices = append(question.Practices,
						assessment.Practice{ID: id, Risk: risk, Weight: assessment.DefaultWeight(risk), Effort: efforts[n%7%3]})
					answers[id] = assessment.Answer{Status: exampletest.AllStatuses[n*7%5], Reason: "A reason."}
					n++
				}
				principle.Questions = append(principle.Questions, question)
			}
			pillar.Principles = append(pillar.Principles, principle)
		}
		q.Pillars = append(q.Pillars, pillar)
	}
	ids := exampletest.AllPractices(q)
	at := func(i int) string { return ids[i%len(ids)] }
	for i := range 28 {
		signals := []assessment.Signal{
			{When: exampletest.MustParse(at(i*5) + " && !" + at(i*5+11))},
			{When: exampletest.MustParse("(" + at(i*3) + " || " + at(i*7+1) + ") && !(" + at(i+2) + " && " + at(i*9) + ")")},
			{When: exampletest.MustParse(at(i*13) + " && " + at(i*2+5) + " && !" + at(i+70))},
		}
		q.Tradeoffs = append(q.Tradeoffs, assessment.Tradeoff{ID: fmt.Sprintf("t%02d", i), Signals: signals, Sides: [2]assessment.Side{
			{Practices: []string{at(i * 5), at(i * 3), at(i * 13)}}, {Practices: []string{at(i*5 + 11), at(i*9 + 1)}}}})
	}
	return q, answers
}

func BenchmarkEvaluate(b *testing.B) {
	q, answers := large()
	m := exampletest.Compiled(b, q)
	b.ReportAllocs()
	for b.Loop() {
		m.Evaluate(answers, nil, nil)
	}
}

func BenchmarkScore(b *testing.B) {
	q, answers := large()
	m := exampletest.Compiled(b, q)
	b.ReportAllocs()
	for b.Loop() {
		m.Score(answers, nil, nil)
	}
}

func BenchmarkScoreState(b *testing.B) {
	q, answers := large()
	m, state := exampletest.Compiled(b, q), exampletest.State(answers, nil)
	b.ReportAllocs()
	for b.Loop() {
		m.ScoreState(state)
	}
}

func BenchmarkCompile(b *testing.B) {
	q, _ := large()
	b.ReportAllocs()
	for b.Loop() {
		exampletest.Compiled(b, q)
	}
}

func BenchmarkCompare(b *testing.B) {
	q, answers := large()
	before, after := snapshotOf(b, q, assessment.Answers{}, nil), snapshotOf(b, q, answers, nil)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := assessment.Compare(before, after); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSnapshotCanonical(b *testing.B) {
	q, answers := large()
	s := snapshotOf(b, q, answers, nil)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Canonical(); err != nil {
			b.Fatal(err)
		}
	}
}

// TestEvaluateIsFrugal holds the number of allocations, which does not depend on the machine as time does.
func TestEvaluateIsFrugal(t *testing.T) {
	q, answers := large()
	if n := len(exampletest.AllPractices(q)); n < 135 {
		t.Fatalf("%d practices", n)
	}
	m := exampletest.Compiled(t, q)
	if got := testing.AllocsPerRun(10, func() { m.Evaluate(answers, nil, nil) }); got > 100 {
		t.Errorf("Evaluate allocates %v times, want at most 100", got)
	}
}
