package overview

import (
	"fmt"
	"slices"
	"strconv"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/overview"
)

// decisions lists the tradeoffs that wait for a decision, then those whose decision is to be looked at again, and says
// how many of each there are.
func (o overviewView) decisions() ([]view.DecisionLine, string) {
	var open, again []view.DecisionLine
	for _, now := range o.c.Result.Tradeoffs {
		tradeoff, _ := o.c.Model.Tradeoff(now.ID)
		line := view.DecisionLine{Title: tradeoff.Title, URL: templates.TradeoffURL(o.c.State.ID, now.ID)}
		decision, decided := o.c.State.Decisions[now.ID]
		switch {
		case decided && decision.Stale(now):
			line.Again = words.Outdated
			again = append(again, line)
		case decided && decision.Due(assessment.DateOf(o.now)):
			line.Again = "Review due since " + words.Date(decision.RevisitOn)
			again = append(again, line)
		case !decided && now.State == assessment.Live:
			line.Kind = tradeoff.Kind(now.Signals)
			line.Says = firstOf(tradeoff, now.Signals, line.Kind)
			open = append(open, line)
		}
	}
	count := fmt.Sprintf("%d active.", len(open))
	if len(again) > 0 {
		count = fmt.Sprintf("%d active, %d to review.", len(open), len(again))
	}
	return append(open, again...), count
}

// firstOf returns the sentence of the first of some signals that has a kind.
func firstOf(t *assessment.Tradeoff, signals []int, kind assessment.SignalKind) string {
	i := slices.IndexFunc(signals, func(i int) bool { return t.Kind([]int{i}) == kind })
	return t.Signals[signals[i]].Says
}

// actions lists the first rows of the improvement plan.
func (o overviewView) actions() []view.ActionLine {
	rows := o.c.Full().Recommendations
	var lines []view.ActionLine
	for i, row := range rows[:min(len(rows), nextActions)] {
		place, _ := o.c.Model.Place(row.Practice)
		lines = append(lines, view.ActionLine{
			Number:    strconv.Itoa(i + 1),
			Title:     place.Practice.Title,
			URL:       templates.PracticeURL(o.c.State.ID, place.Principle.ID, row.Practice),
			Severity:  row.Severity,
			Status:    o.c.State.Answer(row.Practice).Status,
			Gain:      words.Signed(row.Gain, 2),
			Effort:    words.Effort(row.Effort),
			Tradeoffs: o.shifts(row),
		})
	}
	return lines
}

// shifts says what would change in the tradeoffs if a practice were adopted.
func (o overviewView) shifts(row assessment.Recommendation) []string {
	if len(row.Tradeoffs) == 0 {
		return nil
	}
	adopted := o.c.Model.Project(o.c.State.Plain(), o.c.State.Priorities, o.c.State.Facets, []string{row.Practice})
	var shifts []string
	for _, id := range row.Tradeoffs {
		tradeoff, _ := o.c.Model.Tradeoff(id)
		before, after := stateOf(o.c.Result, id), stateOf(adopted, id)
		change := "reasons change"
		if before != after {
			change = words.Lower(words.State(before)) + " to " + words.Lower(words.State(after))
		}
		shifts = append(shifts, tradeoff.Title+": "+change)
	}
	return shifts
}

func stateOf(result *assessment.Result, tradeoff string) assessment.TradeoffState {
	for _, one := range result.Tradeoffs {
		if one.ID == tradeoff {
			return one.State
		}
	}
	return assessment.Quiet
}
