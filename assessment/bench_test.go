package assessment

import (
	"fmt"
	"testing"
)

// large is as large as the built-in questionnaire: 135 practices in 5 pillars, 28 tradeoffs with 3 signals each.
func large() (*Questionnaire, Answers) {
	q := &Questionnaire{ID: "large", Version: "1.0.0", Bands: example().Bands}
	answers := Answers{}
	risks, efforts := []Level{High, Medium, Low}, []Effort{EffortS, EffortM, EffortL}
	n := 0
	for i := range 5 {
		pillar := Pillar{ID: fmt.Sprintf("pillar-%d", i)}
		for j := range 5 {
			principle := Principle{ID: fmt.Sprintf("pil-%d.c%d", i, j), Weight: 1}
			for k := range 2 {
				question := Question{ID: fmt.Sprintf("pil-%d.c%d.q%d", i, j, k), Weight: 1}
				for range 2 + (j+k)%3 {
					id := fmt.Sprintf("pil-%d.p%03d", i, n)
					risk := risks[n%3]
					question.Practices = append(question.Practices,
						Practice{ID: id, Risk: risk, Weight: DefaultWeight(risk), Effort: efforts[n%7%3]})
					answers[id] = Answer{Status: allStatuses[n*7%5], Reason: "A reason."}
					n++
				}
				principle.Questions = append(principle.Questions, question)
			}
			pillar.Principles = append(pillar.Principles, principle)
		}
		q.Pillars = append(q.Pillars, pillar)
	}
	ids := allPractices(q)
	at := func(i int) string { return ids[i%len(ids)] }
	for i := range 28 {
		signals := []Signal{
			{When: mustParse(at(i*5) + " && !" + at(i*5+11))},
			{When: mustParse("(" + at(i*3) + " || " + at(i*7+1) + ") && !(" + at(i+2) + " && " + at(i*9) + ")")},
			{When: mustParse(at(i*13) + " && " + at(i*2+5) + " && !" + at(i+70))},
		}
		q.Tradeoffs = append(q.Tradeoffs, Tradeoff{ID: fmt.Sprintf("t%02d", i), Signals: signals, Sides: [2]Side{
			{Practices: []string{at(i * 5), at(i * 3), at(i * 13)}}, {Practices: []string{at(i*5 + 11), at(i*9 + 1)}}}})
	}
	return q, answers
}

func BenchmarkEvaluate(b *testing.B) {
	q, answers := large()
	m := compiled(b, q)
	b.ReportAllocs()
	for b.Loop() {
		m.Evaluate(answers, nil, nil)
	}
}

func BenchmarkScore(b *testing.B) {
	q, answers := large()
	m := compiled(b, q)
	b.ReportAllocs()
	for b.Loop() {
		m.Score(answers, nil, nil)
	}
}

func BenchmarkScoreState(b *testing.B) {
	q, answers := large()
	m, state := compiled(b, q), stateOfAnswers(answers, nil)
	b.ReportAllocs()
	for b.Loop() {
		m.ScoreState(state)
	}
}

func BenchmarkCompile(b *testing.B) {
	q, _ := large()
	b.ReportAllocs()
	for b.Loop() {
		compiled(b, q)
	}
}

func BenchmarkCompare(b *testing.B) {
	q, answers := large()
	before, after := snapshotOf(b, q, Answers{}, nil), snapshotOf(b, q, answers, nil)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Compare(before, after); err != nil {
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
	if n := len(allPractices(q)); n < 135 {
		t.Fatalf("%d practices", n)
	}
	m := compiled(t, q)
	if got := testing.AllocsPerRun(10, func() { m.Evaluate(answers, nil, nil) }); got > 100 {
		t.Errorf("Evaluate allocates %v times, want at most 100", got)
	}
}
