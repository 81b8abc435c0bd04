package exampletest

import (
	"fmt"

	"pgregory.net/rapid"

	"plumbline/assessment"
)

// AllStatuses are the answers that a practice can have, Unanswered included.
var AllStatuses = []assessment.Status{assessment.Unanswered, assessment.Absent, assessment.Partial, assessment.Adopted, assessment.NotApplicable}

func drawWeight(t *rapid.T) float64 {
	if rapid.Bool().Draw(t, "plain weight") {
		return rapid.SampledFrom([]float64{1, 3, 5}).Draw(t, "weight")
	}
	return rapid.SampledFrom([]float64{0.1, 1.0 / 3, 2.5, 7, 0.001, 1000}).Draw(t, "odd weight")
}

// drawNames returns n different ids whose order by text is not their position.
func drawNames(t *rapid.T, prefix string, n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("%s%02d", prefix, i)
	}
	return rapid.Permutation(names).Draw(t, prefix)
}

// DrawQuestionnaire returns a questionnaire of up to 3 × 2 × 2 × 3 practices with tradeoffs and risk rules. The same
// ids appear in any two of them.
func DrawQuestionnaire(t *rapid.T) *assessment.Questionnaire {
	practices := drawNames(t, "p", 36)
	questions := drawNames(t, "q", 12)
	principles := drawNames(t, "c", 6)
	pillars := drawNames(t, "a", 3)
	next := func(names *[]string) string {
		name := (*names)[0]
		*names = (*names)[1:]
		return name
	}
	q := &assessment.Questionnaire{ID: "drawn", Version: rapid.SampledFrom([]string{"1.1.0", "1.2.0", "1.3.0"}).Draw(t, "version"), Title: "Drawn", Bands: []assessment.Band{
		{ID: "critical", Title: "Critical", From: 0}, {ID: "moderate", Title: "Moderate", From: 33}, {ID: "excellent", Title: "Excellent", From: 67}},
		Scoring: rapid.SampledFrom([]assessment.Scoring{"", assessment.ScoreLevels, assessment.ScoreWeights, assessment.ScoreWeights}).Draw(t, "scoring")}
	for _, id := range drawNames(t, "f", 3)[:rapid.IntRange(0, 3).Draw(t, "facets")] {
		q.Facets = append(q.Facets, assessment.Facet{ID: id, Title: "Is it " + id + "?"})
	}
	for range rapid.IntRange(1, 3).Draw(t, "pillars") {
		pillar := assessment.Pillar{ID: next(&pillars)}
		for range rapid.IntRange(1, 2).Draw(t, "principles") {
			principle := assessment.Principle{ID: next(&principles), Weight: drawWeight(t)}
			for range rapid.IntRange(1, 2).Draw(t, "questions") {
				question := assessment.Question{ID: next(&questions), Weight: drawWeight(t)}
				for range rapid.IntRange(1, 3).Draw(t, "practices") {
					question.Practices = append(question.Practices, DrawPractice(t, next(&practices), FacetIDs(q)))
				}
				question.RiskRules = drawRules(t, PracticeIDs(question.Practices))
				principle.Questions = append(principle.Questions, question)
			}
			pillar.Principles = append(pillar.Principles, principle)
		}
		q.Pillars = append(q.Pillars, pillar)
	}
	q.Tradeoffs = drawTradeoffs(t, AllPractices(q), FacetIDs(q))
	return q
}

// DrawPair returns two questionnaires that have ids in common, now and then the same one twice.
func DrawPair(t *rapid.T) (a, b *assessment.Questionnaire) {
	a = DrawQuestionnaire(t)
	if rapid.IntRange(0, 5).Draw(t, "same") == 0 {
		return a, Clone(a)
	}
	return a, DrawQuestionnaire(t)
}

// DrawPractice draws a practice that may depend on facets.
func DrawPractice(t *rapid.T, id string, facets []string) assessment.Practice {
	p := assessment.Practice{
		ID:     id,
		Title:  rapid.SampledFrom([]string{"One.", "Two."}).Draw(t, "title"),
		Risk:   rapid.SampledFrom([]assessment.Level{assessment.High, assessment.Medium, assessment.Low, ""}).Draw(t, "risk"),
		Weight: drawWeight(t),
		Effort: rapid.SampledFrom([]assessment.Effort{assessment.EffortS, assessment.EffortM, assessment.EffortL, ""}).Draw(t, "effort"),

		SameSince: rapid.SampledFrom([]string{"", "", "1.0.0", "1.1.0"}).Draw(t, "since"),
	}
	if len(facets) > 0 && rapid.Bool().Draw(t, "tailored") {
		p.AppliesWhen, _ = DrawExpression(t, nil, facets, 2)
	}
	return p
}

// plainNode draws a tree as risk rules have it.
func plainNode(t *rapid.T, ids []string) assessment.Expression {
	for {
		if e, _ := DrawExpression(t, ids, nil, 2); e.Plain() {
			return e
		}
	}
}

func drawRules(t *rapid.T, ids []string) []assessment.RiskRule {
	var rules []assessment.RiskRule
	for range rapid.SampledFrom([]int{0, 0, 0, 2}).Draw(t, "rules") {
		rules = append(rules, assessment.RiskRule{When: plainNode(t, ids), Risk: rapid.SampledFrom([]assessment.Level{assessment.High, assessment.Medium, assessment.None}).Draw(t, "rule risk")})
	}
	if len(rules) > 0 && rapid.Bool().Draw(t, "default") {
		rules = append(rules, assessment.RiskRule{When: MustParse("default"), Risk: assessment.Medium})
	}
	return rules
}

func drawTradeoffs(t *rapid.T, practices, facets []string) []assessment.Tradeoff {
	var tradeoffs []assessment.Tradeoff
	for i := range rapid.IntRange(0, 3).Draw(t, "tradeoffs") {
		tradeoff := assessment.Tradeoff{ID: fmt.Sprintf("t%d", i), Title: "Pull"}
		for j := range tradeoff.Sides {
			tradeoff.Sides[j].Practices = rapid.SliceOfNDistinct(
				rapid.SampledFrom(practices), 0, min(3, len(practices)), rapid.ID).Draw(t, "side")
		}
		for range rapid.IntRange(1, 3).Draw(t, "signals") {
			when, _ := DrawExpression(t, practices, facets, 3)
			tradeoff.Signals = append(tradeoff.Signals, assessment.Signal{When: when, Says: "It pulls."})
		}
		tradeoffs = append(tradeoffs, tradeoff)
	}
	return tradeoffs
}

// DrawFacets says yes or no about some of the facets of a questionnaire.
func DrawFacets(t *rapid.T, q *assessment.Questionnaire) assessment.Facets {
	facets := assessment.Facets{}
	for _, id := range FacetIDs(q) {
		if rapid.IntRange(0, 2).Draw(t, "said") > 0 {
			facets[id] = rapid.Bool().Draw(t, "yes")
		}
	}
	return facets
}

// DrawAnswers answers every practice of a questionnaire, with any status.
func DrawAnswers(t *rapid.T, q *assessment.Questionnaire) assessment.Answers {
	answers := assessment.Answers{}
	for _, id := range AllPractices(q) {
		answer := assessment.Answer{Status: rapid.SampledFrom(AllStatuses).Draw(t, "status")}
		if answer.Status == assessment.NotApplicable {
			answer.Reason = "A hosted service."
		}
		answers[id] = answer
	}
	return answers
}

// DrawPriorities sets priorities of some of the pillars of a questionnaire, among them 0.
func DrawPriorities(t *rapid.T, q *assessment.Questionnaire) assessment.Priorities {
	priorities := assessment.Priorities{}
	for i := range q.Pillars {
		if rapid.Bool().Draw(t, "prioritised") {
			priorities[q.Pillars[i].ID] = rapid.SampledFrom([]float64{0, 1.0 / 3, 0.7, 1, 2}).Draw(t, "priority")
		}
	}
	return priorities
}
