package tradeoffs

import (
	"net/http"
	"slices"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/tradeoffs"
	"plumbline/web/page"
)

// tradeoffsView lays out the page with one tradeoff of the list in hand and an untouched form.
func (h *handlers) tradeoffsView(r *http.Request, frame templates.Page, c *assessment.Current, list []listedTradeoff, chosen string) view.TradeoffsView {
	i := slices.IndexFunc(list, func(l listedTradeoff) bool { return l.tradeoff.ID == chosen })
	v := h.tradeoffView(r, c, list[i])
	return view.TradeoffsView{Page: frame, Groups: groupTradeoffs(c, list, chosen, h.Today(r)), Chosen: &v, Map: pullMap(c), All: templates.TradeoffsURL(c.State.ID)}
}

func (h *handlers) tradeoffView(r *http.Request, c *assessment.Current, l listedTradeoff) view.TradeoffView {
	t := l.tradeoff
	v := view.TradeoffView{
		ID:       t.ID,
		Title:    t.Title,
		Summary:  t.Summary,
		State:    l.result.State,
		Standing: standingWords(l, h.Today(r)),
		Origin:   "derived",
		Glyph:    templates.TradeoffGlyph(t, l.result),
		Signals:  signalsOf(t, l.result.Signals),
		Pulls:    t.Shown(l.result.Pulls, c.Counted),
		Question: t.Decide,
		Form:     h.untouchedForm(r, c, l),
		Denied:   page.Denied(r, access.ActDecide, c.State.Workload),
	}
	v.NotApplicable = l.result.NotApplicable
	if t.Stated {
		v.Source = strings.Join(assessment.References(t.Source), ", ")
		v.Origin = "from the source"
	}
	for i, pillars := range bothSides(c, t) {
		v.Sides[i] = view.TradeoffSide{Label: t.Sides[i].Label, Pillars: pillars}
	}
	if l.decision != nil {
		decision := h.decisionView(r, c, l, *l.decision)
		v.Decision = &decision
	}
	h.fillReasons(r, c, l, &v)
	return v
}

func standingWords(l listedTradeoff, today assessment.Date) string {
	word := words.TradeoffState(l.tradeoff, l.result)
	switch {
	case l.result.NotApplicable:
		return word
	case l.decision == nil && l.result.State == assessment.Live:
		return word + ", open decision"
	case l.decision == nil:
		return word
	case l.decision.Stale(l.result):
		return word + ", decision outdated"
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
			says = append(says, "A condition that this questionnaire version does not have.")
		}
	}
	return says
}

// signalsOf returns the true signals of a tradeoff.
func signalsOf(t *assessment.Tradeoff, signals []int) []view.TrueSignal {
	held := make([]view.TrueSignal, len(signals))
	for i, signal := range signals {
		held[i] = view.TrueSignal{Says: t.Signals[signal].Says, Kind: t.Kind([]int{signal})}
	}
	return held
}

// fillReasons fills in the answers behind the state of a tradeoff, and the signals that do not hold. A possible one
// lists only the signals that can still become true.
func (h *handlers) fillReasons(r *http.Request, c *assessment.Current, l listedTradeoff, v *view.TradeoffView) {
	var reasons, facets []string
	for _, signal := range l.tradeoff.Signals {
		truth := c.Eval(signal.When)
		behind := (l.result.State == assessment.Live && truth == assessment.True) ||
			(l.result.State == assessment.Possible && truth == assessment.Maybe)
		if behind {
			practices, said := c.Reasons(signal.When)
			reasons, facets = append(reasons, practices...), append(facets, said...)
		}
		switch {
		case l.result.State == assessment.Possible && behind:
			v.Others = append(v.Others, view.SignalRow{Says: signal.Says})
		case l.result.State != assessment.Possible && truth != assessment.True:
			v.Others = append(v.Others, view.SignalRow{
				Says: signal.Says, Said: facetRows(c, signal.When.Facets()), Practices: h.practiceRows(r, c, signal.When.Practices()),
			})
		}
	}
	v.Answers, v.Said = h.practiceRows(r, c, reasons), facetRows(c, facets)
}

// facetRows shows facets with what is said about the workload, each once.
func facetRows(c *assessment.Current, facets []string) []view.FacetRow {
	seen := map[string]bool{}
	var rows []view.FacetRow
	for _, id := range facets {
		facet, ok := c.Model.Facet(id)
		if !ok || seen[id] {
			continue
		}
		seen[id] = true
		rows = append(rows, view.FacetRow{Title: facet.Title, Answer: words.Said(c.State.Facets.Said(id)), URL: templates.ScopeURL(c.State.ID)})
	}
	return rows
}

// practiceRows shows practices with their answers, each once.
func (h *handlers) practiceRows(r *http.Request, c *assessment.Current, practices []string) []view.PracticeRow {
	seen := map[string]bool{}
	var rows []view.PracticeRow
	for _, id := range practices {
		place, ok := c.Model.Place(id)
		if !ok || seen[id] {
			continue
		}
		seen[id] = true
		row := view.PracticeRow{
			Title:  place.Practice.Title,
			URL:    templates.PracticeURL(c.State.ID, place.Principle.ID, id),
			Pillar: place.Pillar.Title,
			Status: assessment.OutOfScope,
		}
		if !c.OutOfScope(id) {
			answer := c.State.Answer(id)
			row.Status, row.Saved = answer.Status, h.ByAndAt(r, answer.By, answer.At)
		}
		rows = append(rows, row)
	}
	return rows
}
