package compare

import (
	"math"
	"net/http"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/compare"
)

// waterfall returns the whole change part by part. Bars are exact; the numbers beside them are rounded together, so that
// they lead from one rounded total to the other.
func (h *handlers) waterfall(r *http.Request, c *Comparison) []view.WaterfallStep {
	start, end := c.Before.Overall, c.After.Overall
	steps := []view.WaterfallStep{{Title: h.sideTitle(r, c, c.Before), To: start.Low, Points: assessment.RoundTo(start.Low, 1), Total: true, First: true}}
	at, highest := start.Low, start.Low
	for _, part := range c.Parts {
		steps = append(steps, view.WaterfallStep{Title: part.Title, Note: part.Note, From: at, To: at + part.Exact, Points: part.Shown})
		at += part.Exact
		highest = max(highest, at)
	}
	steps = append(steps, view.WaterfallStep{Title: h.sideTitle(r, c, c.After), To: at, Points: assessment.RoundTo(end.Low, 1), Total: true, Last: true})
	scale := 100 / chartLimit(highest)
	for i := range steps {
		steps[i].From, steps[i].To = steps[i].From*scale, steps[i].To*scale
	}
	return steps
}

// chartLimit returns the round number at which the chart ends, a little beyond its highest value.
func chartLimit(highest float64) float64 {
	const step = 5
	return min(100, max(step, step*math.Ceil(highest*1.04/step)))
}

// sideTitle names a side, short enough for a row: with its day, or with its workload where there are two.
func (h *handlers) sideTitle(r *http.Request, c *Comparison, side assessment.ComparedSnapshot) string {
	const longest = 48
	side.Title = words.Cut(side.Title, longest)
	return c.Say(side.Title+", "+words.Day(side.TakenAt.In(h.Zone(r))), c.Side(side))
}

func compareAxes(c *story.Change) []templates.RadarAxis {
	var axes []templates.RadarAxis
	for _, pillar := range c.Rays() {
		axes = append(axes, templates.RadarAxis{Title: pillar.Title, Now: pillar.After.Range, Before: pillar.Before.Range})
	}
	return axes
}
