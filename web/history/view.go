package history

import (
	"net/http"
	"strings"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/history"
	"plumbline/web/page"
)

func (h *handlers) changes(r *http.Request, c *assessment.Current, events []assessment.Event) ([]view.Change, error) {
	may := page.Allow(r, access.ActAnswer, c.State.Workload) == nil
	list := make([]view.Change, len(events))
	for i := range events {
		e := &events[i]
		one := view.Change{At: h.moment(r, e), By: e.User, What: words.Action(e.Kind), Subject: changed(c, e)}
		if one.Subject.URL != "" && e.Subject != "" {
			one.OnlyURL = templates.HistoryURL(c.State.ID, e.Subject)
		}
		var err error
		if one.Shifts, err = story.EventShifts(c.Model, e); err != nil {
			return nil, err
		}
		if may && e.Reversible() {
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

// changed names what an event changed: a practice or a tradeoff of the present questionnaire, else as the event does.
func changed(c *assessment.Current, e *assessment.Event) templates.Link {
	switch {
	case strings.HasPrefix(e.Kind, "answer."), strings.HasPrefix(e.Kind, "plan."), strings.HasPrefix(e.Kind, "decision."):
		return subject(c, e.Subject)
	case e.Kind == assessment.EventPriorities:
		return templates.Link{Title: c.State.Workload.Name, URL: templates.PrioritiesURL(c.State.ID)}
	case e.Kind == assessment.EventFacets:
		return templates.Link{Title: c.State.Workload.Name, URL: templates.ScopeURL(c.State.ID)}
	}
	titled, err := assessment.ValueOf[struct {
		Title string `json:"title"`
	}](e.After)
	if err != nil || titled.Title == "" {
		return templates.Link{Title: c.State.Workload.Name}
	}
	return templates.Link{Title: titled.Title}
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
