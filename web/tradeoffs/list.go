package tradeoffs

import (
	"slices"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/tradeoffs"
	"plumbline/web/page"
)

// listedTradeoff is one tradeoff with everything that the list says of it.
type listedTradeoff struct {
	tradeoff *assessment.Tradeoff
	result   assessment.TradeoffResult
	decision *assessment.Decision // nil where none is recorded
	standing assessment.Standing
}

// listTradeoffs returns all tradeoffs in the order of the questionnaire.
func listTradeoffs(c *assessment.Current, today assessment.Date) []listedTradeoff {
	tradeoffs := c.Model.Questionnaire().Tradeoffs
	list := make([]listedTradeoff, len(tradeoffs))
	for i := range tradeoffs {
		list[i] = listedTradeoff{tradeoff: &tradeoffs[i], result: c.Result.Tradeoffs[i]}
		if decision, ok := c.State.Decisions[tradeoffs[i].ID]; ok {
			list[i].decision = &decision
		}
		list[i].standing = assessment.StandingOf(list[i].result, list[i].decision, today)
	}
	return list
}

// first returns the id of the tradeoff that asks loudest.
func first(list []listedTradeoff) string {
	return slices.MinFunc(list, func(a, b listedTradeoff) int { return int(a.standing - b.standing) }).tradeoff.ID
}

// groupTradeoffs lays out the list by what is asked of the team.
func groupTradeoffs(c *assessment.Current, list []listedTradeoff, chosen string, today assessment.Date) []view.TradeoffGroup {
	groups := []view.TradeoffGroup{
		assessment.StandingOpen:          {Title: "Open decisions", Glyph: "live"},
		assessment.StandingRevisit:       {Title: "Outdated and due", Glyph: "stale", Tone: "fair"},
		assessment.StandingDecided:       {Title: "Decided", Glyph: "check"},
		assessment.StandingPossible:      {Title: words.State(assessment.Possible), Glyph: "possible", Folded: true},
		assessment.StandingQuiet:         {Title: words.State(assessment.Quiet), Glyph: "quiet", Folded: true},
		assessment.StandingNotApplicable: {Title: words.Status(assessment.NotApplicable), Glyph: "quiet", Folded: true},
	}
	names := shortIDs(list)
	for _, listed := range list {
		group := &groups[listed.standing]
		current := listed.tradeoff.ID == chosen
		row := view.TradeoffRow{Title: listed.tradeoff.Title, URL: templates.TradeoffURL(c.State.ID, listed.tradeoff.ID),
			Kind: listed.tradeoff.Kind(listed.result.Signals), Note: listed.note(c, today), Current: current}
		if names {
			row.ID = listed.tradeoff.ID
		}
		group.Rows = append(group.Rows, row)
		group.Open = group.Open || current
	}
	return slices.DeleteFunc(groups, func(g view.TradeoffGroup) bool { return len(g.Rows) == 0 })
}

// shortIDs reports whether all ids fit the column beside the titles.
func shortIDs(list []listedTradeoff) bool {
	return !slices.ContainsFunc(list, func(l listedTradeoff) bool { return len(l.tradeoff.ID) > 4 })
}

// note says in a few words why a tradeoff stands where it does.
func (l listedTradeoff) note(c *assessment.Current, today assessment.Date) string {
	switch l.standing {
	case assessment.StandingOpen:
		return strings.Join(bothSides(c, l.tradeoff), " vs. ")
	case assessment.StandingRevisit:
		if l.decision.Stale(l.result) {
			return "outdated: answers changed"
		}
		return "due since " + shortDay(l.decision.RevisitOn, today)
	case assessment.StandingDecided:
		return l.decisionNote(today)
	default:
		return ""
	}
}

func (l listedTradeoff) decisionNote(today assessment.Date) string {
	note := words.Lower(words.Choice(l.decision.Choice)) + ", " + words.Cut(l.decision.Owner, 40)
	if l.decision.RevisitOn != "" {
		note += ", until " + shortDay(l.decision.RevisitOn, today)
	}
	return note
}

// shortDay returns a day, "today" for this one.
func shortDay(day, today assessment.Date) string {
	if day == today {
		return "today"
	}
	return words.Date(day)
}

// bothSides names the pillars of each side.
func bothSides(c *assessment.Current, t *assessment.Tradeoff) []string {
	sides := make([]string, len(t.Sides))
	for i, side := range t.Sides {
		sides[i] = strings.Join(page.PillarTitles(c, side.Pillars), ", ")
	}
	return sides
}
