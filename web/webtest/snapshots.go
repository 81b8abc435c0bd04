package webtest

import (
	"context"
	"net/http/httptest"
	"time"

	"plumbline/assessment"
	"plumbline/web"
)

// AnswerAll answers every practice of an assessment; status says how by the practice's position.
func (a *App) AnswerAll(id string, status func(i int) assessment.Status) {
	a.T.Helper()
	current, err := a.Store.Current(context.Background(), id)
	if err != nil {
		a.T.Fatal(err)
	}
	var saves []assessment.SaveAnswer
	for _, pillar := range current.Model.Questionnaire().Pillars {
		for _, principle := range pillar.Principles {
			for _, question := range principle.Questions {
				for _, practice := range question.Practices {
					answer := assessment.Answer{Status: status(len(saves))}
					if answer.Status == assessment.NotApplicable {
						answer.Reason = "nothing of the kind is used"
					}
					saves = append(saves, assessment.SaveAnswer{Practice: practice.ID, Version: current.State.Answer(practice.ID).Version, Answer: answer})
				}
			}
		}
	}
	if _, err := a.Store.SaveAnswers(context.Background(), a.Actor(), id, saves); err != nil {
		a.T.Fatal(err)
	}
}

// Snapshot takes a snapshot as the test's account, a minute after the last thing that happened.
func (a *App) Snapshot(id, title string) assessment.SnapshotInfo {
	a.T.Helper()
	a.Advance(time.Minute)
	info, err := a.Store.TakeSnapshot(context.Background(), a.Actor(), id, title, "")
	if err != nil {
		a.T.Fatal(err)
	}
	return info
}

func (a *App) Snapshots(id string) []assessment.SnapshotInfo {
	a.T.Helper()
	list, err := a.Store.Snapshots(context.Background(), id)
	if err != nil {
		a.T.Fatal(err)
	}
	return list
}

// ServeStore serves the application on another store for the rest of the test.
func (a *App) ServeStore(store web.Store) {
	a.T.Helper()
	handler, err := web.New(web.Options{Store: store, SessionKey: make([]byte, 32), Insecure: true, Clock: a.Now, Unlimited: true})
	if err != nil {
		a.T.Fatal(err)
	}
	a.Server = httptest.NewServer(handler)
	a.T.Cleanup(a.Server.Close)
}

func Cycle(i int) assessment.Status {
	return []assessment.Status{assessment.Adopted, assessment.Partial, assessment.Absent, assessment.NotApplicable, assessment.Unanswered}[i%5]
}
