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

// kept is what was said to other versions of the questionnaire and does not count now.
func (h *handlers) kept(r *http.Request, c *assessment.Current) view.Kept {
	var kept view.Kept
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
	h.addOthers(r, c, &kept)
	return kept
}

// addOthers adds what is no answer.
func (h *handlers) addOthers(r *http.Request, c *assessment.Current, kept *view.Kept) {
	for _, earlier := range c.State.Earlier.Decisions {
		part := view.KeptPart{Title: earlier.Title, Texts: story.DecisionTexts(&earlier.Decision)}
		part.Texts = append(part.Texts, "Recorded by "+h.ByAndAt(r, earlier.Decision.By, earlier.Decision.At)+", to "+versionName(earlier.Edition))
		kept.Decisions = append(kept.Decisions, part)
	}
	for _, earlier := range c.State.Earlier.Plan {
		kept.Plan = append(kept.Plan, view.KeptPart{Title: earlier.Title, Texts: append(planTexts(earlier.Item), "Planned with "+versionName(earlier.Edition))})
	}
	for _, earlier := range c.State.Earlier.Priorities {
		kept.Priorities = append(kept.Priorities, view.KeptPart{Title: earlier.Title, Texts: []string{"Priority " + words.Exact(earlier.Priority)}})
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
