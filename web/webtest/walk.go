package webtest

import (
	"context"
	"fmt"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/content"
)

// oddQuestionnaire has ids that could be mistaken for each other or for something of the page, a long title, a pillar
// with one practice, and a principle with two questions.
const oddQuestionnaire = `
format: plumbline.questionnaire/1
id: odd
version: 1.0.0
title: Odd
bands: [{id: low, title: Low, from: 0}, {id: high, title: High, from: 50}]
pillars:
  - id: main
    title: Main
    principles:
      - id: answers
        title: Two questions
        questions:
          - id: answers.q1
            title: LONG
            practices:
              - {id: a, title: First., risk: high, effort: S}
              - {id: a.b, title: Second., risk: medium, effort: M}
          - id: answers.q2
            title: What else?
            practices:
              - {id: note-a, title: Third., risk: low, effort: L}
              - {id: status.a, title: Fourth., risk: low, effort: L}
  - id: rail
    title: Последний столп
    principles:
      - id: picture
        title: The last
        questions:
          - id: picture.q
            title: Is this the end?
            practices:
              - {id: save-a, title: Fifth., risk: high, effort: S, not_applicable_when: never}
`

var LongTitle = strings.Repeat("Is this title longer than any line? ", 9)[:300]

// NewOddAssessment creates a workload that is reviewed against oddQuestionnaire.
func (a *App) NewOddAssessment() string {
	a.T.Helper()
	q, err := content.ReadQuestionnaire("odd.yaml", strings.NewReader(strings.Replace(oddQuestionnaire, "LONG", LongTitle, 1)))
	if err != nil {
		a.T.Fatal(err)
	}
	return a.reviewedAgainst(q, "Odd")
}

// NewLongAssessment creates a workload that is reviewed against so many practices, ten of them in each principle.
func (a *App) NewLongAssessment(practices int) string {
	a.T.Helper()
	q := &assessment.Questionnaire{ID: "long", Version: "1.0.0", Title: "Long", Bands: []assessment.Band{{ID: "low", Title: "Low"}, {ID: "high", Title: "High", From: 50}}}
	for first := 0; first < practices; first += 10 {
		if first%200 == 0 {
			q.Pillars = append(q.Pillars, assessment.Pillar{ID: fmt.Sprintf("pillar-%d", first), Title: fmt.Sprintf("Pillar %d", len(q.Pillars)+1)})
		}
		pillar := &q.Pillars[len(q.Pillars)-1]
		question := assessment.Question{ID: fmt.Sprintf("q-%d", first), Title: fmt.Sprintf("Question %d?", first), Weight: 1}
		for i := first; i < min(first+10, practices); i++ {
			question.Practices = append(question.Practices, assessment.Practice{ID: fmt.Sprintf("long-%d", i), Title: fmt.Sprintf("Practice %d is done.", i),
				Help: fmt.Sprintf("What practice %d asks for is written down, and somebody is responsible.", i), Risk: assessment.Medium, Weight: 3, Effort: assessment.EffortM})
		}
		pillar.Principles = append(pillar.Principles, assessment.Principle{ID: fmt.Sprintf("principle-%d", first), Title: fmt.Sprintf("Principle %d", first), Weight: 1,
			Questions: []assessment.Question{question}})
	}
	return a.reviewedAgainst(q, "Long")
}

// reviewedAgainst creates a workload with an assessment against a questionnaire.
func (a *App) reviewedAgainst(q *assessment.Questionnaire, name string) string {
	a.T.Helper()
	ref, err := a.Store.SaveQuestionnaire(context.Background(), access.Actor{}, q)
	if err != nil {
		a.T.Fatal(err)
	}
	actor := a.Actor()
	started, err := a.Store.CreateWorkload(context.Background(), actor,
		assessment.Workload{Team: actor.Memberships[0].Team.ID, Name: name}, ref.SHA256, nil)
	if err != nil {
		a.T.Fatal(err)
	}
	return started.ID
}

// Colleague is somebody else of the team.
func (a *App) Colleague() access.Actor {
	a.T.Helper()
	user, err := a.Store.CreateUser(context.Background(), access.Actor{}, access.User{Email: "tomas@example.com", Name: "Tomás Lindqvist"})
	if err != nil {
		a.T.Fatal(err)
	}
	return access.Actor{User: user, Memberships: a.Actor().Memberships}
}

// Saves stores an answer of somebody over whatever is stored.
func (a *App) Saves(by access.Actor, id, practice string, answer assessment.Answer) {
	a.T.Helper()
	save := assessment.SaveAnswer{Practice: practice, Version: a.State(id).State.Answer(practice).Version, Answer: answer}
	if _, err := a.Store.SaveAnswer(context.Background(), by, id, save); err != nil {
		a.T.Fatal(err)
	}
}
