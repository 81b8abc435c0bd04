package main

import (
	"fmt"
	"runtime"

	"plumbline/assessment"
	"plumbline/content"
)

// measureScore times the complete result of the built-in questionnaire.
func measureScore(p plan) ([]measure, error) {
	questionnaire, err := content.Builtin()
	if err != nil {
		return nil, err
	}
	model, err := assessment.Compile(questionnaire)
	if err != nil {
		return nil, err
	}
	answers := exampleAnswers(questionnaire)
	priorities := assessment.Priorities{questionnaire.Pillars[0].ID: 2}
	work := func() error { model.Evaluate(answers, priorities, nil); return nil }
	paces, err := compared(p, repeated(work))
	if err != nil {
		return nil, err
	}
	how := fmt.Sprintf("Model.Evaluate of the built-in questionnaire: %d practices answered, %d tradeoffs; findings, gains and recommendations included; %.0f µs of processor time",
		len(answers), len(questionnaire.Tradeoffs), paces[0].processor)
	allocations, _, err := allocated(work)
	if err != nil {
		return nil, err
	}
	return []measure{
		atMost("one complete score", 1e6/paces[0].perSecond, 60, "µs", how),
		atMost("  allocations", allocations, 500, "", ""),
	}, nil
}

// allocated returns how many allocations one piece of work makes, and their bytes, as the mean of ten runs.
func allocated(work func() error) (count, bytes float64, err error) {
	const times = 10
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range times {
		if err := work(); err != nil {
			return 0, 0, err
		}
	}
	runtime.ReadMemStats(&after)
	return float64(after.Mallocs-before.Mallocs) / times, float64(after.TotalAlloc-before.TotalAlloc) / times, nil
}
