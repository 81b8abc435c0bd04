package history

import (
	"cmp"
	"net/http"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/history"
	"plumbline/web/page"
)

// changes shows events: those of one subject, unless it is empty.
func (h *handlers) changes(r *http.Request, c *assessment.Current, events []assessment.Event, of string) ([]view.Change, error) {
	may := page.Allow(r, access.ActAnswer, c.State.Workload) == nil
	list := make([]view.Change, len(events))
	for i := range events {
		e := &events[i]
		about, err := changed(c, e)
		if err != nil {
			return nil, err
		}
		one := view.Change{At: h.moment(r, e), By: e.User, What: words.Action(e.Kind), Subject: about, Named: of == "" || e.Subject != of}
		if about.URL != "" && e.Subject != "" {
			one.OnlyURL = templates.HistoryURL(c.State.ID, e.Subject)
		}
		if one.Shifts, err = story.EventShifts(c.Model, e, of); err != nil {
			return nil, err
		}
		if may && e.Reversible() && about.URL != "" { // what the questionnaire has no more cannot be set
			if err := offer(c, e, &one); err != nil {
				return nil, err
			}
		}
		list[i] = one
	}
	return list, nil
}

// offer says how a change can be taken back: what still holds is undone, what was replaced since is restored.
func offer(c *assessment.Current, e *assessment.Event, one *view.Change) error {
	holds, err := c.Holds(e)
	if err != nil {
		return err
	}
	if holds {
		one.UndoURL = templates.UndoURL(c.State.ID, e.Sequence)
	} else {
		one.RestoreURL = templates.RestoreURL(c.State.ID, e.Sequence)
	}
	return nil
}

func (h *handlers) moment(r *http.Request, e *assessment.Event) templates.Instant {
	at := e.At.In(h.Zone(r))
	return templates.Instant{ISO: at.Format(time.RFC3339), Text: words.Day(at) + ", " + words.Clock(at)}
}

// changed names what an event changed: a part of the present questionnaire, else as the event does.
func changed(c *assessment.Current, e *assessment.Event) (templates.Link, error) {
	switch e.Kind {
	case assessment.EventAnswer, assessment.EventPlan, assessment.EventPlanRemoved, assessment.EventDecision, assessment.EventDecisionRemoved:
		return subject(c, e.Subject), nil
	case assessment.EventTogether, assessment.EventUndone:
		together, err := assessment.ValueOf[assessment.Together](e.After)
		return part(c, together.Kind, together.ID), err
	case assessment.EventPriorities:
		return templates.Link{Title: c.State.Workload.Name, URL: templates.PrioritiesURL(c.State.ID)}, nil
	case assessment.EventFacets:
		return templates.Link{Title: c.State.Workload.Name, URL: templates.ScopeURL(c.State.ID)}, nil
	}
	titled, err := assessment.ValueOf[struct {
		Title string `json:"title"`
	}](e.After)
	return templates.Link{Title: cmp.Or(titled.Title, c.State.Workload.Name)}, err
}

// part names a pillar, a principle or a question, and leads to its first practice.
func part(c *assessment.Current, kind assessment.PartKind, id string) templates.Link {
	practices, ok := c.Model.PracticesOf(kind, id)
	if !ok {
		return templates.Link{Title: id}
	}
	link := templates.Link{Title: id}
	for practice := range practices {
		place, _ := c.Model.Place(practice.ID)
		switch kind {
		case assessment.PartPillar:
			link.Title = place.Pillar.Title
		case assessment.PartPrinciple:
			link.Title = place.Principle.Title
		case assessment.PartQuestion:
			link.Title = place.Question.Title
		}
		link.URL = templates.PrincipleURL(c.State.ID, place.Principle.ID)
		break
	}
	return link
}

func subject(c *assessment.Current, id string) templates.Link {
	if place, ok := c.Model.Place(id); ok {
		return templates.Link{Title: place.Practice.Title, URL: templates.PracticeURL(c.State.ID, place.Principle.ID, id)}
	}
	if tradeoff, ok := c.Model.Tradeoff(id); ok {
		return templates.Link{Title: tradeoff.Title, URL: templates.TradeoffURL(c.State.ID, id)}
	}
	return templates.Link{Title: id}
}
