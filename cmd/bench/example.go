package main

import (
	"iter"

	"plumbline/assessment"
)

// practices goes through a questionnaire's practices in its order.
func practices(q *assessment.Questionnaire) iter.Seq2[*assessment.Principle, *assessment.Practice] {
	return func(yield func(*assessment.Principle, *assessment.Practice) bool) {
		for i := range q.Pillars {
			for j := range q.Pillars[i].Principles {
				principle := &q.Pillars[i].Principles[j]
				for k := range principle.Questions {
					for l := range principle.Questions[k].Practices {
						if !yield(principle, &principle.Questions[k].Practices[l]) {
							return
						}
					}
				}
			}
		}
	}
}

// exampleAnswers answers every practice, with each status, and notes and evidence as a team in the middle of a review
// has them.
func exampleAnswers(q *assessment.Questionnaire) assessment.Answers {
	pattern := []assessment.Status{assessment.Adopted, assessment.Absent, assessment.Partial, assessment.Adopted, assessment.Partial,
		assessment.Adopted, assessment.Absent, assessment.Adopted, assessment.NotApplicable, assessment.Partial, assessment.Adopted}
	answers := assessment.Answers{}
	n := 0
	for _, practice := range practices(q) {
		answer := assessment.Answer{Status: pattern[n%len(pattern)]}
		if answer.Status == assessment.NotApplicable {
			answer.Reason = "The endpoint is a hosted service; the provider runs it."
		}
		if n%4 == 1 {
			answer.Note = "Tried in the drill of 12 May: it took 40 minutes instead of 15. The team wants to look at the order of the steps."
		}
		if n%6 == 2 {
			answer.Evidence = []assessment.Link{{Title: "Runbook", URL: "https://wiki.example.com/claims/runbook?page=4&view=print"}}
		}
		answers[practice.ID] = answer
		n++
	}
	return answers
}
