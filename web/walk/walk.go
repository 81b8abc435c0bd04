package walk

import (
	"net/http"

	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/templates"
	view "plumbline/templates/walk"
	"plumbline/web/page"
)

// resumeWalk leads to the principle where the visitor stopped, else to the first with something open, else to the first.
func (h *handlers) resumeWalk(w http.ResponseWriter, r *http.Request) error {
	c := page.CurrentOf(r)
	position, err := h.store.Position(r.Context(), page.ActorOf(r).User.ID, c.State.ID)
	if err != nil {
		return err
	}
	if _, known := c.Model.Principle(position); !known {
		next := c.NextPrinciple("")
		if next == nil {
			next = &c.Model.Questionnaire().Pillars[0].Principles[0]
		}
		position = next.ID
	}
	return page.Redirect(w, r, templates.PrincipleURL(c.State.ID, position))
}

// onPrinciple is an assessment and one of its principles.
type onPrinciple struct {
	*assessment.Current
	assessment.PrinciplePlace
}

// principleOf returns an assessment with the principle of its that the address names.
func principleOf(r *http.Request, c *assessment.Current) (onPrinciple, error) {
	place, ok := c.Model.Principle(chi.URLParam(r, "principle"))
	if !ok {
		return onPrinciple{}, assessment.Errorf(assessment.NotFound, "This principle does not exist")
	}
	return onPrinciple{c, place}, nil
}

func (h *handlers) showPrinciple(w http.ResponseWriter, r *http.Request) error {
	a, err := principleOf(r, page.CurrentOf(r))
	if err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, view.Walk(h.walkView(w, r, a, nil)))
}

// maxPositions is how many positions are known without asking the database.
const maxPositions = 10_000

// whereabouts is a person in an assessment.
type whereabouts struct{ user, assessment string }

// keepPosition stores where the visitor is. The answers are saved already, so a failure here is only logged.
func (h *handlers) keepPosition(r *http.Request, c *assessment.Current, principle string) {
	where := whereabouts{user: page.ActorOf(r).User.ID, assessment: c.State.ID}
	if last, ok := h.positions.Get(where); ok && last == principle {
		return
	}
	if err := h.store.SetPosition(r.Context(), where.user, where.assessment, principle); err != nil {
		h.Logger.WarnContext(r.Context(), "position not saved", "request", page.RequestNumber(r), "error", err.Error())
		return
	}
	h.positions.Add(where, principle)
}
