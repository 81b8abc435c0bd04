package main

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"golang.org/x/image/font/gofont/goregular"

	"plumbline/assessment"
	"plumbline/assessment/report"
	"plumbline/content"
)

// measurePDF times the report of one snapshot.
func measurePDF(ctx context.Context, p plan) ([]measure, error) {
	snapshot, err := exampleSnapshot()
	if err != nil {
		return nil, err
	}
	renderer, err := report.New(report.Options{})
	if err != nil {
		return nil, err
	}
	var document bytes.Buffer
	work := func() error {
		document.Reset()
		return renderer.Snapshot(ctx, &document, report.PDF, snapshot)
	}
	paces, err := compared(p, repeated(work))
	if err != nil {
		return nil, err
	}
	_, size, err := allocated(work)
	if err != nil {
		return nil, err
	}
	pages := bytes.Count(document.Bytes(), []byte("/Type /Page\n"))
	how := fmt.Sprintf("the report of a snapshot of the built-in questionnaire, %d pages, %d kB, the used part of two fonts embedded (Go Regular alone has %d kB); %.0f ms of processor time",
		pages, document.Len()/1000, len(goregular.TTF)/1000, paces[0].processor/1000)
	return []measure{
		atMost(fmt.Sprintf("PDF of %d pages", pages), 1000/paces[0].perSecond, 60, "ms", how),
		atMost("  allocations", size/1e6, 30, "MB", ""),
	}, nil
}

// exampleSnapshot is a snapshot with every practice answered, a decision on every second live tradeoff, and a plan.
func exampleSnapshot() (report.Named, error) {
	questionnaire, err := content.Builtin()
	if err != nil {
		return report.Named{}, err
	}
	model, err := assessment.Compile(questionnaire)
	if err != nil {
		return report.Named{}, err
	}
	state := &assessment.State{Decisions: map[string]assessment.Decision{}, Plan: map[string]assessment.PlanItem{}}
	state.ID = "example"
	state.Workload = assessment.Workload{ID: "example", Name: "Claims triage assistant", Owner: "Ines Okafor", Environment: "Production"}
	for id, answer := range exampleAnswers(questionnaire) {
		state.Answers = state.Answers.With(&assessment.SavedAnswer{Answer: answer, Practice: id, Version: 1})
	}
	result := model.Evaluate(state.Plain(), nil, nil)
	for i, tradeoff := range result.Tradeoffs {
		if tradeoff.State == assessment.Live && i%2 == 0 {
			state.Decisions[tradeoff.ID] = assessment.Decision{Tradeoff: tradeoff.ID, Choice: assessment.Accept, Owner: "Ines Okafor", Date: "2026-08-03",
				State: tradeoff.State, Signals: tradeoff.Signals, Pulls: tradeoff.Pulls,
				Rationale: "Handlers lose more time with a wrong proposal than the larger model costs in a month."}
		}
	}
	for _, one := range result.Recommendations[:min(8, len(result.Recommendations))] {
		state.Plan[one.Practice] = assessment.PlanItem{Practice: one.Practice, Owner: "Platform team", Due: "2026-11-15"}
	}
	taken := time.Date(2026, 9, 14, 15, 4, 0, 0, time.UTC)
	snapshot := assessment.NewSnapshot(state, model, "Design review", "", "Ines Okafor", taken, "", 1)
	document, err := snapshot.Canonical()
	if err != nil {
		return report.Named{}, err
	}
	return report.Named{Hash: assessment.Hash(document), Snapshot: snapshot}, nil
}
