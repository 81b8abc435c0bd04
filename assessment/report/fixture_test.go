package report

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
)

var (
	pillarNames = []string{"Reliability", "Security", "Cost Optimization", "Operational Excellence", "Performance Efficiency"}
	nouns       = []string{"inference endpoint", "retrieval index", "feature store", "training pipeline", "evaluation set", "prompt library", "model registry", "data lake"}
	statements  = []string{
		"Each %s has a target for availability that the business agreed to.",
		"The %s is rebuilt from code, and the rebuild has been tried this quarter.",
		"Access to the %s is granted by group, with a review twice a year.",
		"Spending on the %s is watched daily, and an alert reaches its owner.",
		"Changes to the %s are released step by step, with a way back that takes minutes.",
		"Quality of the %s is measured on data that looks like production, and a drop stops the release.",
		"Failures of the %s have been studied, and each has a recorded response in the design.",
	}
)

// fixture returns a questionnaire of 5 pillars, 25 principles, 135 practices and 28 tradeoffs with realistic texts.
func fixture() *assessment.Questionnaire {
	q := &assessment.Questionnaire{
		ID: "azure-ai-workload", Version: "1.0.0", Title: "Azure AI workload", Summary: "Practices of workloads that build on models.",
		Source: assessment.Source{Title: "Design principles for AI workloads", URL: "https://learn.example.com/ai/principles", Licence: "CC BY 4.0"},
		Bands:  []assessment.Band{{ID: "critical", Title: "Critical"}, {ID: "moderate", Title: "Moderate", From: 33}, {ID: "excellent", Title: "Excellent", From: 67}},
	}
	n := 0
	for i, name := range pillarNames {
		pillar := assessment.Pillar{ID: fmt.Sprintf("p%d", i), Title: name, Summary: "What keeps the workload " + strings.ToLower(name) + " in mind while it grows and changes."}
		for j := range 5 {
			principle := assessment.Principle{ID: fmt.Sprintf("p%d-%02d", i, j), Title: "Matching targets across the " + nouns[(i+j)%len(nouns)], Weight: 1,
				Summary: "A short sentence on why this matters for the workload, and to whom."}
			for k := range 2 {
				question := assessment.Question{ID: fmt.Sprintf("%s.q%d", principle.ID, k), Title: "How do you know that the " + nouns[(i+j+k)%len(nouns)] + " does what it should?", Weight: 1}
				practices := 3 - k // 5 a principle
				if j < 2 && k == 1 {
					practices++ // 135 in all
				}
				for range practices {
					question.Practices = append(question.Practices, fixturePractice(n))
					n++
				}
				principle.Questions = append(principle.Questions, question)
			}
			pillar.Principles = append(pillar.Principles, principle)
		}
		q.Pillars = append(q.Pillars, pillar)
	}
	for i := range 28 {
		q.Tradeoffs = append(q.Tradeoffs, fixtureTradeoff(i, n))
	}
	return q
}

func fixturePractice(n int) assessment.Practice {
	risk := []assessment.Level{assessment.High, assessment.Medium, assessment.Low}[n%3]
	return assessment.Practice{
		ID: fmt.Sprintf("x%03d", n), Title: fmt.Sprintf(statements[n%len(statements)], nouns[n%len(nouns)]),
		Risk: risk, Weight: assessment.DefaultWeight(risk), Effort: []assessment.Effort{assessment.EffortS, assessment.EffortM, assessment.EffortL}[n%3],
		Advice: "Agree on one target with the people who depend on it, write it down beside the code, and let a test on every change say whether it still holds.",
	}
}

func fixtureTradeoff(i, practices int) assessment.Tradeoff {
	id := func(k int) string { return fmt.Sprintf("x%03d", (i*7+k)%practices) }
	when := func(s string) assessment.Expression {
		e, err := assessment.ParseExpression(s)
		if err != nil {
			panic(err)
		}
		return e
	}
	return assessment.Tradeoff{
		ID: fmt.Sprintf("t%02d", i), Title: "Capability of the " + nouns[i%len(nouns)] + " against its price", Stated: i%2 == 0,
		Summary: "The stronger model answers better, and costs more with every call; both ends are wanted at once.",
		Sides: [2]assessment.Side{
			{Label: "Capability", Pillars: []string{"p4"}, Practices: []string{id(0), id(1)}},
			{Label: "Price", Pillars: []string{"p2"}, Practices: []string{id(2), id(3)}},
		},
		Signals: []assessment.Signal{
			{When: when(id(0) + " && !" + id(2)), Says: "The larger model is in use, and nobody watches how much of it is needed."},
			{When: when(id(1) + " && " + id(3)), Says: "Both ends are pursued with full force."},
		},
		Decide: "Which requests may use the larger model, and who pays for them?", Mitigations: []string{"Route simple requests to a smaller model.", "Give each team a budget, and show it what is left."},
	}
}

// state answers the fixture with a pattern that gives every status, a plan and decisions.
func state(q *assessment.Questionnaire, answer func(n int) assessment.Answer) *assessment.State {
	s := &assessment.State{Decisions: map[string]assessment.Decision{}, Plan: map[string]assessment.PlanItem{}}
	s.ID = "a1"
	s.Workload = assessment.Workload{ID: "w1", Name: "Claims triage assistant", Owner: "Ines Okafor", Environment: "Production", Tags: []string{"claims", "eu-west"},
		Description: "Retrieval assistant that reads a claim and proposes the next step to a handler."}
	s.Priorities = assessment.Priorities{"p1": 2}
	n := 0
	for _, pillar := range q.Pillars {
		for _, principle := range pillar.Principles {
			for _, question := range principle.Questions {
				for _, p := range question.Practices {
					if a := answer(n); a.Status != assessment.Unanswered || a.Note != "" {
						s.Answers = s.Answers.With(&assessment.SavedAnswer{Answer: a, Practice: p.ID, Version: 1})
					}
					n++
				}
			}
		}
	}
	return s
}

// mixed is an answer pattern with every status, notes and evidence.
func mixed(n int) assessment.Answer {
	a := assessment.Answer{Status: []assessment.Status{assessment.Adopted, assessment.Absent, assessment.Partial, assessment.Adopted, assessment.Unanswered,
		assessment.Adopted, assessment.Absent, assessment.Unanswered, assessment.Partial, assessment.Adopted, assessment.Adopted}[n%11]}
	if n%29 == 17 {
		a = assessment.Answer{Status: assessment.NotApplicable, Reason: "The endpoint is a hosted service; the provider runs it."}
	}
	if n%4 == 1 {
		a.Note = "Tried in the drill of 12 May: it took 40 minutes instead of 15.\nThe team wants to look at the order of the steps, and at who is called first."
	}
	if n%6 == 2 {
		a.Evidence = []assessment.Link{{Title: "Runbook", URL: "https://wiki.example.com/claims/runbook?page=4&view=print"}}
	}
	return a
}

func better(n int) assessment.Answer {
	a := mixed(n)
	switch {
	case n%5 == 0 && a.Status != assessment.NotApplicable:
		a.Status = assessment.Adopted
	case n%31 == 3:
		a.Status = assessment.Absent
	case n%40 == 11:
		return assessment.Answer{Status: assessment.NotApplicable, Reason: "No training happens here any more."}
	}
	return a
}

var taken = time.Date(2026, 9, 14, 15, 4, 0, 0, time.UTC)

// snap takes a snapshot with decisions on some of the live tradeoffs and a plan.
func snap(t testing.TB, q *assessment.Questionnaire, title string, at time.Time, answer func(int) assessment.Answer) Named {
	t.Helper()
	m, err := assessment.Compile(q)
	if err != nil {
		t.Fatal(err)
	}
	s := state(q, answer)
	result := m.Evaluate(s.Plain(), s.Priorities, nil)
	for i, one := range result.Tradeoffs {
		if one.State != assessment.Live || i%3 == 0 {
			continue
		}
		choice := []assessment.Choice{assessment.Accept, assessment.Mitigate, assessment.Revisit}[i%3]
		d := assessment.Decision{Tradeoff: one.ID, Choice: choice, Owner: "Ines Okafor", Date: "2026-08-03", State: one.State, Signals: one.Signals, Pulls: one.Pulls, By: "Tomás Núñez",
			Rationale: "Handlers lose more time with a wrong proposal than the larger model costs in a month. We look again when the price or the volume changes by a half."}
		if choice == assessment.Revisit {
			d.RevisitOn = "2026-09-01"
		}
		if choice == assessment.Mitigate {
			d.Mitigations = []string{"Route simple requests to a smaller model."}
			d.Signals = []int{}
		}
		s.Decisions[one.ID] = d
	}
	for i, r := range result.Recommendations[:min(6, len(result.Recommendations))] {
		s.Plan[r.Practice] = assessment.PlanItem{Practice: r.Practice, Owner: "Platform team", Due: assessment.Date(fmt.Sprintf("2026-1%d-15", i%3)), URL: "https://tracker.example.com/items/1204"}
	}
	snapshot := assessment.NewSnapshot(s, m, title, "Before the design review with the board.", "Ines Okafor", at, "4f1c09be77d24f1c09be77d24f1c09be77d24f1c09be77d24f1c09be77d2aaaa", 3)
	document, err := snapshot.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	return Named{Hash: assessment.Hash(document), Snapshot: snapshot}
}

func renderer(t testing.TB) *Renderer {
	t.Helper()
	r, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
