package browser_test

import (
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
)

// picking ticks a workload in the portfolio.
func picking(id string) element { return css(`input[name=pick][value="` + id + `"]`) }

// TestCompareAcross ticks two workloads in the portfolio and reads how they differ, in every state.
func TestCompareAcross(t *testing.T) {
	t.Parallel()
	app := start(t)
	triage, fraud := app.reviewed("Claims triage"), app.reviewed(endless)
	app.answer(triage, map[string]assessment.Answer{"rel-01.p1": {Status: assessment.Adopted}, "sec-01.p1": {Status: assessment.Absent}})
	app.decide(triage, "t05")
	before, after := app.snapshot(triage, "Design review"), app.snapshot(fraud, "Before launch")
	b := app.signedIn(t)
	b.tolerate("422")
	b.accessible("portfolio with ticks")
	b.click(picking(triage))
	b.follow(button("Compare workloads"))
	b.sees("Select two workloads to compare; 1 is selected")
	b.accessible("portfolio, one ticked")
	b.click(picking(fraud))
	b.follow(button("Compare workloads"))
	if got := b.path(); !strings.Contains(got, fraud+"/compare") {
		t.Errorf("the portfolio leads to %s", got)
	}
	b.sees("Claims triage (before)")
	b.accessible("two workloads")
	b.open(templates.CompareTwoURL(fraud, before, after))
	b.follow(button("Swap sides"))
	b.sees("Claims triage (after)")
	fresh := app.newAssessment("Without a snapshot").ID
	b.open(templates.CompareURL(fresh))
	b.accessible("nothing of its own to compare")
	b.follow(button("Compare"))
	b.sees("Without a snapshot (after)")
}
