package main

import "plumbline/assessment"

// exampleAnswers answers every practice, with each status, and notes and evidence as a team in the middle of a review
// has them.
func exampleAnswers(q *assessment.Questionnaire) assessment.Answers {
	pattern := []assessment.Status{assessment.Adopted, assessment.Absent, assessment.Partial, assessment.Adopted, assessment.Partial,
		assessment.Adopted, assessment.Absent, assessment.Adopted, assessment.NotApplicable, assessment.Partial, assessment.Adopted}
	answers := assessment.Answers{}
	n := 0
	for practice := range q.Practices() {
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
