package web

import (
	"net/http"

	"plumbline/assessment"
	"plumbline/templates"
)

func (s *Server) showOverview(w http.ResponseWriter, r *http.Request) error {
	c := currentOf(r)
	snapshots, err := s.Store.Snapshots(r.Context(), c.State.ID)
	if err != nil {
		return err
	}
	position, err := s.Store.Position(r.Context(), actorOf(r).User.ID, c.State.ID)
	if err != nil {
		return err
	}
	choices, err := s.moveChoices(r, c)
	if err != nil {
		return err
	}
	from := overviewView{c: c, position: position, now: s.now(r), newer: choices.newer}
	if len(snapshots) > 0 {
		from.last = &snapshots[0]
	}
	view := from.build()
	view.Answers, view.ReadOnly = templates.WalkURL(c.State.ID), allow(r, assessment.ActAnswer, c.State.Workload) != nil
	if view.Assessments, err = s.siblings(r, c); err != nil {
		return err
	}
	if s.ReadReview != nil && !view.ReadOnly {
		view.Import = templates.ReviewImportURL(c.State.ID)
	}
	view.Page = s.placed(w, r, c, tabOverview, "Overview")
	return s.render(w, r, http.StatusOK, templates.Overview(view))
}

// siblings lists the assessments of a workload that has several, the newest first.
func (s *Server) siblings(r *http.Request, c *assessment.Current) ([]templates.Tab, error) {
	all, err := s.Store.Portfolio(r.Context(), assessment.PortfolioFilter{Workload: c.State.Workload.ID})
	if err != nil || len(all) < 2 {
		return nil, err
	}
	var tabs []templates.Tab
	for _, row := range all {
		a := row.Assessment
		tab := templates.Tab{Title: a.Questionnaire.Title + " " + a.Questionnaire.Version, URL: templates.AssessmentURL(a.ID), Current: a.ID == c.State.ID,
			Count: "not started"}
		if started(row.Summary.Overall) {
			tab.Count = templates.Span(row.Summary.Overall.Range)
		}
		tabs = append(tabs, tab)
	}
	return tabs, nil
}

// nextPrinciple returns where the walk goes on: the principle where the person stopped if something is open there,
// else the next with something open, from the start again after the last. It is nil where everything is answered.
func nextPrinciple(c *assessment.Current, position string) *assessment.Principle {
	var before, after *assessment.Principle
	passed := false
	for i, pillar := range c.Model.Questionnaire().Pillars {
		for j := range pillar.Principles {
			principle := &pillar.Principles[j]
			passed = passed || principle.ID == position
			if !open(c.Result.Pillars[i].Principles[j].Score) {
				continue
			}
			if passed {
				after = firstOf(after, principle)
			} else {
				before = firstOf(before, principle)
			}
		}
	}
	return firstOf(after, before)
}

func firstOf(a, b *assessment.Principle) *assessment.Principle {
	if a != nil {
		return a
	}
	return b
}

// open reports whether an applicable practice is not answered.
func open(s assessment.Score) bool { return s.Answered < s.Applicable }
