package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/templates"
)

// resumeWalk leads to the principle where the visitor stopped, else to the first with something open, else to the first.
func (s *Server) resumeWalk(w http.ResponseWriter, r *http.Request) error {
	c := currentOf(r)
	position, err := s.Store.Position(r.Context(), actorOf(r).User.ID, c.State.ID)
	if err != nil {
		return err
	}
	if _, known := c.Model.Principle(position); !known {
		position = firstOf(nextPrinciple(c, ""), &c.Model.Questionnaire().Pillars[0].Principles[0]).ID
	}
	return redirect(w, r, templates.PrincipleURL(c.State.ID, position))
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
		return onPrinciple{}, assessment.Errorf(assessment.NotFound, "There is no such principle")
	}
	return onPrinciple{c, place}, nil
}

func (s *Server) showPrinciple(w http.ResponseWriter, r *http.Request) error {
	a, err := principleOf(r, currentOf(r))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, templates.Walk(s.walkView(w, r, a, nil)))
}

// maxPositions is how many positions are known without asking the database.
const maxPositions = 10_000

// whereabouts is a person in an assessment.
type whereabouts struct{ user, assessment string }

// remember notes where the visitor is. The answers are saved already, so that a fault here is none of theirs.
func (s *Server) remember(r *http.Request, c *assessment.Current, principle string) {
	where := whereabouts{user: actorOf(r).User.ID, assessment: c.State.ID}
	if last, ok := s.positions.find(where); ok && last == principle {
		return
	}
	if err := s.Store.SetPosition(r.Context(), where.user, where.assessment, principle); err != nil {
		s.Logger.WarnContext(r.Context(), "position not saved", "request", requestNumber(r), "error", err.Error())
		return
	}
	s.positions.keep(where, principle)
}
