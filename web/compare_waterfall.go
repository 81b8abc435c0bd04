package web

import (
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// waterfall returns the whole change part by part, and the same as a sum. Bars are exact; the parts that are shown are
// rounded together, so that they lead from one rounded total to the other.
func (s *Server) waterfall(r *http.Request, c *comparing) ([]templates.WaterfallStep, string) {
	start := lowValue(c.Before.Overall.Range)
	first, last := assessment.RoundTo(start, 1), assessment.RoundTo(lowValue(c.After.Overall.Range), 1)
	steps := partsOf(c)
	exact := make([]float64, len(steps))
	for i := range steps {
		exact[i] = steps[i].Points
	}
	for i, points := range assessment.Apportion(exact, last-first, 1) {
		steps[i].Points = points
	}
	at, highest := start, start
	for i := range steps {
		steps[i].From, steps[i].To = at, at+exact[i]
		at += exact[i]
		highest = max(highest, at)
	}
	whole := append([]templates.WaterfallStep{{Title: s.sideTitle(r, c, c.before), To: start, Points: first, Total: true, First: true}}, steps...)
	whole = append(whole, templates.WaterfallStep{Title: s.sideTitle(r, c, c.after), To: at, Points: last, Total: true, Last: true})
	scale := 100 / chartLimit(highest)
	for i := range whole {
		whole[i].From, whole[i].To = whole[i].From*scale, whole[i].To*scale
	}
	return whole, sumText(first, steps, last)
}

// lowValue returns the certain score at full precision, 0 where nothing is applicable.
func lowValue(r assessment.Range) float64 {
	if !r.Applicable {
		return 0
	}
	return r.Low
}

// chartLimit returns the round number at which the chart ends, a little beyond its highest value.
func chartLimit(highest float64) float64 {
	const step = 5
	return min(100, max(step, step*math.Ceil(highest*1.04/step)))
}

// partsOf returns the parts of the change at full precision: what was asked first, then what was done in each pillar.
func partsOf(c *comparing) []templates.WaterfallStep {
	steps := []templates.WaterfallStep{
		{Title: "Questionnaire " + editions(c), Note: contentNote(c), Points: c.Scope.Questionnaire},
		{Title: "Priorities", Note: prioritiesNote(c), Points: c.Scope.Priorities},
		{Title: "Applicability", Note: applicabilityNote(c), Points: c.Scope.Applicability},
	}
	for _, pillar := range c.Pillars {
		if !hasPillar(c.after.snapshot.Questionnaire, pillar.ID) {
			continue
		}
		steps = append(steps, templates.WaterfallStep{Title: pillar.Title, Note: pillarNote(c, pillar.Practices), Points: pillar.Part})
	}
	return steps
}

func hasPillar(q *assessment.Questionnaire, id string) bool {
	return slices.ContainsFunc(q.Pillars, func(p assessment.Pillar) bool { return p.ID == id })
}

// editions names the questionnaire of both sides, once where it is the same.
func editions(c *comparing) string {
	before, after := c.Before.Questionnaire, c.After.Questionnaire
	switch {
	case before == after:
		return after.Version
	case before.ID == after.ID:
		return before.Version + " to " + after.Version
	}
	return before.ID + " " + before.Version + " to " + after.ID + " " + after.Version
}

func pillarNote(c *comparing, practices int) string {
	switch {
	case c.Across() && practices == 0:
		return "no practice differs"
	case c.Across():
		return words.Plural(practices, "practice differs", "practices differ")
	case practices == 0:
		return "no practice changed"
	}
	return words.Plural(practices, "practice", "practices")
}

func contentNote(c *comparing) string {
	added, removed, reworded, revalued := "added", "removed", "reworded", "with another risk or weight"
	if c.Across() {
		added, removed, reworded = "only after", "only before", "worded differently"
	}
	var parts []string
	count := func(n int, what string) {
		if n > 0 {
			parts = append(parts, strconv.Itoa(n)+" "+what)
		}
	}
	count(len(c.Added), added)
	count(len(c.Removed), removed)
	count(len(c.Reworded), reworded)
	count(len(c.WeightsChanged), revalued)
	if len(parts) == 0 {
		return "the same practices"
	}
	return strings.Join(parts, ", ")
}

func prioritiesNote(c *comparing) string {
	parts := make([]string, len(c.Priorities))
	for i, change := range c.Priorities {
		parts[i] = change.Title + " from " + words.Exact(change.Before) + " to " + words.Exact(change.After)
		if c.Across() {
			parts[i] = change.Title + " " + words.Exact(change.Before) + " before, " + words.Exact(change.After) + " after"
		}
	}
	switch {
	case len(parts) > 0 && c.Across():
		return strings.Join(parts, "; ")
	case len(parts) > 0:
		return strings.Join(parts, ", ")
	}
	return unchanged(c)
}

func applicabilityNote(c *comparing) string {
	dropped, back := len(c.Dropped()), len(c.TakenBack())
	switch {
	case dropped+back == 0:
		return unchanged(c)
	case c.Across():
		return words.Plural(dropped, "practice applies", "practices apply") + " before only, " + strconv.Itoa(back) + " after only"
	}
	return words.Plural(dropped, "practice", "practices") + " dropped, " + strconv.Itoa(back) + " taken back"
}

// unchanged says that nothing is another on the later side.
func unchanged(c *comparing) string {
	if c.Across() {
		return "the same"
	}
	return "unchanged"
}

// sideTitle names a side, short enough for a row: with its day, or with its workload where there are two.
func (s *Server) sideTitle(r *http.Request, c *comparing, side *compareSide) string {
	const longest = 48
	if c.Across() {
		return words.Cut(side.snapshot.Workload.Name, longestName) + ": " + words.Cut(side.snapshot.Title, longest)
	}
	return words.Cut(side.snapshot.Title, longest) + ", " + words.Day(side.snapshot.TakenAt.In(s.zone(r)))
}

// sumText writes the steps as one sum: 33.9 − 0.4 + 3.4 = 36.9.
func sumText(first float64, steps []templates.WaterfallStep, last float64) string {
	var sum strings.Builder
	sum.WriteString(words.Tenths(first))
	for _, step := range steps {
		sign := " + "
		if step.Points < 0 {
			sign = " − "
		}
		sum.WriteString(sign + words.Tenths(math.Abs(step.Points)))
	}
	return sum.String() + " = " + words.Tenths(last)
}
