package exampletest

import (
	"slices"

	"plumbline/assessment"
)

// EachQuestion calls f for every question with its principle and pillar.
func EachQuestion(q *assessment.Questionnaire, f func(*assessment.Pillar, *assessment.Principle, *assessment.Question)) {
	for i := range q.Pillars {
		for j := range q.Pillars[i].Principles {
			principle := &q.Pillars[i].Principles[j]
			for k := range principle.Questions {
				f(&q.Pillars[i], principle, &principle.Questions[k])
			}
		}
	}
}

// AllPractices returns the ids of the practices of a questionnaire in its order.
func AllPractices(q *assessment.Questionnaire) []string {
	var all []string
	EachQuestion(q, func(_ *assessment.Pillar, _ *assessment.Principle, question *assessment.Question) {
		all = append(all, PracticeIDs(question.Practices)...)
	})
	return all
}

// PracticeIDs returns the ids of practices.
func PracticeIDs(practices []assessment.Practice) []string {
	var list []string
	for i := range practices {
		list = append(list, practices[i].ID)
	}
	return list
}

// FacetIDs returns the ids of the facets of a questionnaire.
func FacetIDs(q *assessment.Questionnaire) []string {
	var ids []string
	for _, facet := range q.Facets {
		ids = append(ids, facet.ID)
	}
	return ids
}

// Practice returns a practice of a questionnaire to be changed, nil where it has none of that id.
func Practice(q *assessment.Questionnaire, id string) *assessment.Practice {
	for practice := range q.Practices() {
		if practice.ID == id {
			return practice
		}
	}
	return nil
}

// Clone returns a deep copy as far as tests change it.
func Clone(q *assessment.Questionnaire) *assessment.Questionnaire {
	copied := *q
	copied.Pillars = slices.Clone(q.Pillars)
	for i := range copied.Pillars {
		pillar := &copied.Pillars[i]
		pillar.Principles = slices.Clone(pillar.Principles)
		for j := range pillar.Principles {
			principle := &pillar.Principles[j]
			principle.Questions = slices.Clone(principle.Questions)
			for k := range principle.Questions {
				principle.Questions[k].Practices = slices.Clone(principle.Questions[k].Practices)
			}
		}
	}
	copied.Tradeoffs = slices.Clone(q.Tradeoffs)
	return &copied
}
