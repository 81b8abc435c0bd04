package web

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// tradeoffsView lays out the page with one tradeoff of the list in hand and an untouched form.
func (s *Server) tradeoffsView(r *http.Request, page templates.Page, c *assessment.Current, list []listedTradeoff, chosen string) templates.TradeoffsView {
	i := slices.IndexFunc(list, func(l listedTradeoff) bool { return l.tradeoff.ID == chosen })
	view := s.tradeoffView(r, c, list[i])
	return templates.TradeoffsView{Page: page, Groups: groupTradeoffs(c, list, chosen, s.today(r)), Chosen: &view, Map: pullMap(c)}
}

func (s *Server) tradeoffView(r *http.Request, c *assessment.Current, l listedTradeoff) templates.TradeoffView {
	t := l.tradeoff
	view := templates.TradeoffView{
		ID:       t.ID,
		Title:    t.Title,
		Summary:  t.Summary,
		State:    l.result.State,
		Standing: standingWords(l, s.today(r)),
		Origin:   "implied by its practices",
		Signals:  saysOf(t, l.result.Signals),
		Pulls:    l.result.Pulls,
		Question: t.Decide,
		Form:     s.untouchedForm(r, c, l),
		Denied:   denied(r, assessment.ActDecide, c.State.Workload),
	}
	if t.Stated {
		view.Origin = "stated by the source"
	}
	for i, pillars := range bothSides(c, t) {
		view.Sides[i] = templates.TradeoffSide{Label: t.Sides[i].Label, Pillars: pillars}
	}
	if l.decision != nil {
		decision := s.decisionView(r, c, l, *l.decision)
		view.Decision = &decision
	}
	s.fillReasons(r, c, l, &view)
	return view
}

func standingWords(l listedTradeoff, today assessment.Date) string {
	word := words.State(l.result.State)
	switch {
	case l.decision == nil && l.result.State == assessment.Live:
		return word + ", open decision"
	case l.decision == nil:
		return word
	case l.decision.Stale(l.result):
		return word + ", decision stale"
	case l.decision.Due(today):
		return word + ", decision due"
	default:
		return word + ", decided"
	}
}

// saysOf returns the sentences of some signals of a tradeoff.
func saysOf(t *assessment.Tradeoff, signals []int) []string {
	says := make([]string, 0, len(signals))
	for _, i := range signals {
		if i >= 0 && i < len(t.Signals) {
			says = append(says, t.Signals[i].Says)
		} else if i == assessment.LostSignal {
			says = append(says, "A signal that this version of the questionnaire does not have.")
		}
	}
	return says
}

// fillReasons fills in the answers behind the state of a tradeoff, and the signals that do not hold. A possible one
// lists only the signals that can still become true.
func (s *Server) fillReasons(r *http.Request, c *assessment.Current, l listedTradeoff, view *templates.TradeoffView) {
	status := func(practice string) assessment.Status { return c.State.Answer(practice).Status }
	var reasons []string
	for _, signal := range l.tradeoff.Signals {
		truth := signal.When.Eval(status)
		behind := (l.result.State == assessment.Live && truth == assessment.True) ||
			(l.result.State == assessment.Possible && truth == assessment.Maybe)
		if behind {
			reasons = append(reasons, signal.When.Reasons(status)...)
		}
		switch {
		case l.result.State == assessment.Possible && behind:
			view.Others = append(view.Others, templates.SignalRow{Says: signal.Says})
		case l.result.State != assessment.Possible && truth != assessment.True:
			view.Others = append(view.Others, templates.SignalRow{Says: signal.Says, Practices: s.practiceRows(r, c, signal.When.Practices())})
		}
	}
	view.Answers = s.practiceRows(r, c, reasons)
}

// practiceRows shows practices with their answers, each once.
func (s *Server) practiceRows(r *http.Request, c *assessment.Current, practices []string) []templates.PracticeRow {
	seen := map[string]bool{}
	var rows []templates.PracticeRow
	for _, id := range practices {
		place, ok := c.Model.Place(id)
		if !ok || seen[id] {
			continue
		}
		seen[id] = true
		answer := c.State.Answer(id)
		rows = append(rows, templates.PracticeRow{
			Title:  place.Practice.Title,
			URL:    templates.PracticeURL(c.State.ID, place.Principle.ID, id),
			Pillar: place.Pillar.Title,
			Status: answer.Status,
			Saved:  s.byAndAt(r, answer.By, answer.At),
		})
	}
	return rows
}

// byAndAt says who did something and when; empty where nobody did.
func (s *Server) byAndAt(r *http.Request, by string, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	parts := []string{words.Moment(at.In(s.zone(r)), s.now(r))}
	if by != "" {
		parts = []string{words.Cut(by, 60), parts[0]}
	}
	return strings.Join(parts, ", ")
}
