package move

import (
	"net/http"
	"slices"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/move"
	"plumbline/web/page"
)

// keptView is what was said to other versions of the questionnaire and does not count now.
func (h *handlers) keptView(r *http.Request, c *assessment.Current) view.KeptView {
	var kept view.KeptView
	offered := page.OffersOf(c)
	for _, offer := range offered {
		place, _ := c.Model.Place(offer.Practice)
		row := h.keptAnswer(r, offer)
		row.Title, row.URL = place.Practice.Title, templates.PracticeURL(c.State.ID, place.Principle.ID, offer.Practice)
		kept.Offered = append(kept.Offered, row)
	}
	for _, orphan := range c.State.Earlier.Orphans(c.Model) {
		kept.Orphans = append(kept.Orphans, h.keptAnswer(r, orphan))
	}
	for _, answer := range c.State.Earlier.Answers {
		_, known := c.Model.Place(answer.Practice)
		same := func(o assessment.EarlierAnswer) bool {
			return o.Practice == answer.Practice && o.Wording == answer.Wording
		}
		if known && answer.Answer.Says() && !slices.ContainsFunc(offered, same) {
			kept.Replaced = append(kept.Replaced, h.keptAnswer(r, answer))
		}
	}
	h.keepOthers(r, c, &kept)
	return kept
}

// keepOthers adds what is no answer.
func (h *handlers) keepOthers(r *http.Request, c *assessment.Current, kept *view.KeptView) {
	for _, earlier := range c.State.Earlier.Decisions {
		thing := view.KeptThing{Title: earlier.Title, Texts: story.DecisionTexts(&earlier.Decision)}
		thing.Texts = append(thing.Texts, "Recorded by "+h.ByAndAt(r, earlier.Decision.By, earlier.Decision.At)+", to "+versionName(earlier.Edition))
		kept.Decisions = append(kept.Decisions, thing)
	}
	for _, earlier := range c.State.Earlier.Plan {
		kept.Plan = append(kept.Plan, view.KeptThing{Title: earlier.Title, Texts: append(planTexts(earlier.Item), "Planned with "+versionName(earlier.Edition))})
	}
	for _, earlier := range c.State.Earlier.Priorities {
		kept.Priorities = append(kept.Priorities, view.KeptThing{Title: earlier.Title, Texts: []string{"Priority " + words.Exact(earlier.Priority)}})
	}
}

func (h *handlers) keptAnswer(r *http.Request, a assessment.EarlierAnswer) view.KeptAnswer {
	return view.KeptAnswer{Title: a.Wording.Title, Where: a.Pillar + ", " + a.Question, Answer: a.Answer, Cite: h.citation(r, a.By, a.At, a.Edition)}
}

// citation says who gave an answer, when, and to which version of a questionnaire.
func (h *handlers) citation(r *http.Request, by string, at time.Time, edition assessment.Edition) []string {
	return []string{words.Cut(by, 60), words.Day(at.In(h.Zone(r))), "to " + versionName(edition)}
}

func versionName(e assessment.Edition) string {
	return words.Cut(e.ID, 60) + " " + words.Cut(e.Version, 40)
}

func planTexts(item assessment.PlanItem) []string {
	var texts []string
	if item.Owner != "" {
		texts = append(texts, "Owner: "+item.Owner)
	}
	if item.Due != "" {
		texts = append(texts, "Due "+words.Date(item.Due))
	}
	if item.URL != "" {
		texts = append(texts, item.URL)
	}
	return texts
}

// EarlierView is the earlier answer that is offered for a practice, nil where there is none.
func (h *handlers) EarlierView(r *http.Request, c *assessment.Current, practice *assessment.Practice) *templates.EarlierView {
	offer, ok := c.State.Offer(practice.ID)
	if !ok {
		return nil
	}
	view := &templates.EarlierView{Who: words.Cut(offer.By, 60), Answer: offer.Answer}
	if offer.By == page.ActorOf(r).User.Name {
		view.Who = "You"
	}
	at := offer.At.In(h.Zone(r))
	view.When = templates.Instant{Text: words.Day(at), ISO: at.Format(time.RFC3339)}
	view.Values, view.Texts = page.WordingChanges(offer.Wording, practice.Wording())
	return view
}
