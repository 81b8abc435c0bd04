package webtest

import (
	"context"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Reviewed creates a workload and answers its practices: share of 100 as adopted, evenly spread, the others as status.
func (a *App) Reviewed(w assessment.Workload, share int, status assessment.Status) assessment.Assessment {
	a.T.Helper()
	ctx := context.Background()
	questionnaires, err := a.Store.Library(ctx)
	if err != nil {
		a.T.Fatal(err)
	}
	actor := a.Actor()
	w.Team = actor.Memberships[0].Team.ID
	started, err := a.Store.CreateWorkload(ctx, actor, w, questionnaires[0].SHA256, nil)
	if err != nil {
		a.T.Fatal(err)
	}
	var saves []assessment.SaveAnswer
	for i, practice := range a.Practices(started.ID) {
		answer := status
		if i*37%100 < share {
			answer = assessment.Adopted
		}
		if answer != assessment.Unanswered {
			saves = append(saves, assessment.SaveAnswer{Practice: practice.ID, Answer: assessment.Answer{Status: answer}})
		}
	}
	if _, err := a.Store.SaveAnswers(ctx, actor, started.ID, saves); err != nil && len(saves) > 0 {
		a.T.Fatal(err)
	}
	return started
}

// Practices returns every practice that an assessment asks about, in order.
func (a *App) Practices(id string) []assessment.Practice {
	a.T.Helper()
	current, err := a.Store.Current(context.Background(), id)
	if err != nil {
		a.T.Fatal(err)
	}
	var practices []assessment.Practice
	for _, pillar := range current.Model.Questionnaire().Pillars {
		for _, principle := range pillar.Principles {
			for _, question := range principle.Questions {
				practices = append(practices, question.Practices...)
			}
		}
	}
	return practices
}

func TextOf(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

func TextsOf(s *goquery.Selection) []string {
	return s.Map(func(_ int, one *goquery.Selection) string { return TextOf(one) })
}

func RowNames(page *goquery.Document) []string { return TextsOf(page.Find("table.heat tbody a.row")) }

// OtherQuestionnaire stores a second, small questionnaire with the one pillar speed.
func (a *App) OtherQuestionnaire() assessment.QuestionnaireRef {
	a.T.Helper()
	practice := assessment.Practice{ID: "s.p1", Title: "It is fast.", Risk: assessment.High, Weight: 5, Effort: assessment.EffortS}
	question := assessment.Question{ID: "s.q1", Title: "Is it fast?", Weight: 1, Practices: []assessment.Practice{practice}}
	principle := assessment.Principle{ID: "s-1", Title: "Be fast", Weight: 1, Questions: []assessment.Question{question}}
	ref, err := a.Store.SaveQuestionnaire(context.Background(), access.Actor{}, &assessment.Questionnaire{ID: "other", Version: "1.0.0", Title: "Other",
		Bands:   []assessment.Band{{ID: "low", Title: "Low"}, {ID: "fine", Title: "Fine", From: 50}},
		Pillars: []assessment.Pillar{{ID: "speed", Title: "Speed", Principles: []assessment.Principle{principle}}}})
	if err != nil {
		a.T.Fatal(err)
	}
	return ref
}
