package assessment_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/assessment/exampletest"
)

// scene is a questionnaire with answers and priorities.
type scene struct {
	questionnaire *assessment.Questionnaire
	model         *assessment.Model
	answers       assessment.Answers
	priorities    assessment.Priorities
	facets        assessment.Facets
}

func drawScene(t *rapid.T) scene {
	q := exampletest.DrawQuestionnaire(t)
	return scene{q, exampletest.Compiled(t, q), exampletest.DrawAnswers(t, q), exampletest.DrawPriorities(t, q), exampletest.DrawFacets(t, q)}
}

// ranges returns the range of every level by its kind and id.
func ranges(r *assessment.Result) map[string]assessment.Range {
	all := map[string]assessment.Range{"overall": r.Overall.Range}
	for _, pillar := range r.Pillars {
		all["pillar "+pillar.ID] = pillar.Range
		for _, principle := range pillar.Principles {
			all["principle "+principle.ID] = principle.Range
			for _, question := range principle.Questions {
				all["question "+question.ID] = question.Range
			}
		}
	}
	for _, tradeoff := range r.Tradeoffs {
		all["side 0 of "+tradeoff.ID] = tradeoff.Pulls[0]
		all["side 1 of "+tradeoff.ID] = tradeoff.Pulls[1]
	}
	return all
}

// openLevels says of every level whether its score rests on an applicable practice that is unanswered.
func openLevels(s scene) map[string]bool {
	open := map[string]bool{}
	counted := inScope(s.questionnaire, s.answers, s.facets)
	exampletest.EachQuestion(s.questionnaire, func(pillar *assessment.Pillar, principle *assessment.Principle, question *assessment.Question) {
		for _, id := range exampletest.PracticeIDs(question.Practices) {
			if counted[id].Status != assessment.Unanswered {
				continue
			}
			open["question "+question.ID] = true
			open["principle "+principle.ID] = true
			open["pillar "+pillar.ID] = true
			if s.priorities.Of(pillar.ID) > 0 {
				open["overall"] = true
			}
		}
	})
	for _, tradeoff := range s.questionnaire.Tradeoffs {
		for i, name := range []string{"side 0 of ", "side 1 of "} {
			for _, id := range tradeoff.Sides[i].Practices {
				if counted[id].Status == assessment.Unanswered {
					open[name+tradeoff.ID] = true
				}
			}
		}
	}
	return open
}

func TestLaw1Bounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		open := openLevels(s)
		for level, r := range ranges(s.model.Score(s.answers, s.priorities, s.facets)) {
			if r.Low < 0 || r.Low > r.High || r.High > 100 {
				t.Fatalf("%s is %v", level, r)
			}
			if r.Open() != open[level] {
				t.Fatalf("%s is %v, open = %v", level, r, open[level])
			}
		}
	})
}

func TestLaw1HoldsForWeightsThatVanish(t *testing.T) {
	for _, status := range []assessment.Status{assessment.Absent, assessment.Partial, assessment.Adopted, assessment.NotApplicable} {
		q := exampletest.Questionnaire()
		if status != assessment.Absent {
			q.Scoring = assessment.ScoreWeights
			q.Pillars[0].Principles[0].Weight = 1e-200
		}
		q.Pillars[0].Principles[0].Questions[0].Practices[2].Weight = 5e-324
		a := assessment.Answers{}
		for _, id := range exampletest.AllPractices(q) {
			a[id] = assessment.Answer{Status: status}
		}
		a["z"] = assessment.Answer{}
		r := exampletest.Compiled(t, q).Score(a, nil, nil).Overall.Range
		if !r.Open() || r.Low < 0 || r.High > 100 || r.Low > r.High {
			t.Errorf("%s elsewhere: %v", status, r)
		}
	}
}

func TestLaw2AnsweringNarrows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		id := rapid.SampledFrom(exampletest.AllPractices(s.questionnaire)).Draw(t, "practice")
		status := rapid.SampledFrom([]assessment.Status{assessment.Absent, assessment.Partial, assessment.Adopted}).Draw(t, "answer")
		before := ranges(s.model.Score(with(s.answers, id, assessment.Unanswered), s.priorities, s.facets))
		after := ranges(s.model.Score(with(s.answers, id, status), s.priorities, s.facets))
		for level, r := range before {
			if after[level].Low < r.Low || after[level].High > r.High {
				t.Fatalf("%s went from %v to %v", level, r, after[level])
			}
		}
	})
}

func TestLaw3RaisingNeverLowers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		id := rapid.SampledFrom(exampletest.AllPractices(s.questionnaire)).Draw(t, "practice")
		step := rapid.SampledFrom([][2]assessment.Status{{assessment.Absent, assessment.Partial}, {assessment.Partial, assessment.Adopted}, {assessment.Absent, assessment.Adopted}}).Draw(t, "step")
		before := ranges(s.model.Score(with(s.answers, id, step[0]), s.priorities, s.facets))
		after := ranges(s.model.Score(with(s.answers, id, step[1]), s.priorities, s.facets))
		for level, r := range before {
			if after[level].Low < r.Low || after[level].High < r.High {
				t.Fatalf("%s went from %v to %v", level, r, after[level])
			}
		}
	})
}

// shuffled returns the questionnaire with every list in another order.
func shuffled(t *rapid.T, q *assessment.Questionnaire) *assessment.Questionnaire {
	q = exampletest.Clone(q)
	q.Pillars = rapid.Permutation(q.Pillars).Draw(t, "pillar order")
	for i := range q.Pillars {
		pillar := &q.Pillars[i]
		pillar.Principles = rapid.Permutation(pillar.Principles).Draw(t, "principle order")
		for j := range pillar.Principles {
			principle := &pillar.Principles[j]
			principle.Questions = rapid.Permutation(principle.Questions).Draw(t, "question order")
			for k := range principle.Questions {
				question := &principle.Questions[k]
				question.Practices = rapid.Permutation(question.Practices).Draw(t, "practice order")
			}
		}
	}
	q.Facets = rapid.Permutation(q.Facets).Draw(t, "facet order")
	q.Tradeoffs = rapid.Permutation(q.Tradeoffs).Draw(t, "tradeoff order")
	for i := range q.Tradeoffs {
		for j := range q.Tradeoffs[i].Sides {
			side := &q.Tradeoffs[i].Sides[j]
			side.Practices = rapid.Permutation(side.Practices).Draw(t, "side order")
		}
	}
	return q
}

func TestLaw4OrderChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		before := s.model.Evaluate(s.answers, s.priorities, s.facets)
		after := exampletest.Compiled(t, shuffled(t, s.questionnaire)).Evaluate(s.answers, s.priorities, s.facets)
		other := ranges(after)
		for level, r := range ranges(before) {
			if other[level] != r {
				t.Fatalf("%s went from %v to %v", level, r, other[level])
			}
		}
		if before.Unknown != after.Unknown || before.Severities() != after.Severities() {
			t.Fatalf("counts changed")
		}
		for _, row := range before.Recommendations {
			i := slices.IndexFunc(after.Recommendations, func(r assessment.Recommendation) bool { return r.Practice == row.Practice })
			if after.Recommendations[i].Gain != row.Gain {
				t.Fatalf("gain of %s changed", row.Practice)
			}
		}
	})
}

func TestLaw5ScaleChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		factor := rapid.SampledFrom([]float64{0.1, 1.0 / 3, 2, 7, 1000}).Draw(t, "factor")
		q := exampletest.Clone(s.questionnaire)
		exampletest.EachQuestion(q, func(_ *assessment.Pillar, _ *assessment.Principle, question *assessment.Question) {
			question.Weight *= factor
			for i := range question.Practices {
				question.Practices[i].Weight *= factor
			}
		})
		for i := range q.Pillars {
			for j := range q.Pillars[i].Principles {
				q.Pillars[i].Principles[j].Weight *= factor
			}
		}
		priorities := assessment.Priorities{}
		for i := range q.Pillars {
			priorities[q.Pillars[i].ID] = s.priorities.Of(q.Pillars[i].ID) * factor
		}
		before := s.model.Score(s.answers, s.priorities, s.facets)
		after := exampletest.Compiled(t, q).Score(s.answers, priorities, s.facets)
		other := ranges(after)
		for level, r := range ranges(before) {
			if math.Abs(other[level].Low-r.Low) > 1e-9 || math.Abs(other[level].High-r.High) > 1e-9 {
				t.Fatalf("%s went from %v to %v", level, r, other[level])
			}
		}
		if before.Overall.Band != after.Overall.Band || before.Overall.BandHigh != after.Overall.BandHigh {
			t.Fatalf("band went from %+v to %+v", before.Overall, after.Overall)
		}
	})
}

func TestScoresAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		r := s.model.Score(s.answers, s.priorities, s.facets)
		answers, scoring := inScope(s.questionnaire, s.answers, s.facets), s.questionnaire.Scoring
		if want := exactOverall(s.questionnaire, s.priorities, answers); !want.is(r.Overall.Range) {
			t.Fatalf("overall %v, want %v", r.Overall.Range, want)
		}
		for i := range r.Pillars {
			pillar := &s.questionnaire.Pillars[i]
			if want := exactPillar(scoring, pillar, answers); !want.is(r.Pillars[i].Range) {
				t.Fatalf("pillar %v, want %v", r.Pillars[i].Range, want)
			}
			for j := range pillar.Principles {
				principle := r.Pillars[i].Principles[j]
				if want := exactPrinciple(scoring, &pillar.Principles[j], answers); !want.is(principle.Range) {
					t.Fatalf("principle %v, want %v", principle.Range, want)
				}
				for k, question := range principle.Questions {
					want := exactPractices(pillar.Principles[j].Questions[k].Practices, answers)
					if !want.is(question.Range) {
						t.Fatalf("question %v, want %v", question.Range, want)
					}
				}
			}
		}
	})
}
