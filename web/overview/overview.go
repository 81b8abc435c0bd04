package overview

import (
	"net/http"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/overview"
	"plumbline/web/page"
)

func (h *handlers) showOverview(w http.ResponseWriter, r *http.Request) error {
	c := page.CurrentOf(r)
	snapshots, err := h.store.Snapshots(r.Context(), c.State.ID)
	if err != nil {
		return err
	}
	position, err := h.store.Position(r.Context(), page.ActorOf(r).User.ID, c.State.ID)
	if err != nil {
		return err
	}
	choices, err := h.MoveChoices(r, c)
	if err != nil {
		return err
	}
	from := overviewView{c: c, position: position, now: h.Now(r), newer: choices.Newer}
	if len(snapshots) > 0 {
		from.last = &snapshots[0]
	}
	v := from.build()
	v.Answers, v.ReadOnly = templates.WalkURL(c.State.ID), page.Allow(r, access.ActAnswer, c.State.Workload) != nil
	if v.Assessments, err = h.siblings(r, c); err != nil {
		return err
	}
	if !v.ReadOnly {
		v.Import = templates.ReviewImportURL(c.State.ID)
	}
	v.Page = h.Placed(w, r, c, page.TabOverview, "Overview")
	return h.Render(w, r, http.StatusOK, view.Overview(v))
}

// siblings lists the assessments of a workload that has several, the newest first.
func (h *handlers) siblings(r *http.Request, c *assessment.Current) ([]templates.Tab, error) {
	all, err := h.store.Portfolio(r.Context(), assessment.PortfolioFilter{Workload: c.State.Workload.ID})
	if err != nil || len(all) < 2 {
		return nil, err
	}
	var tabs []templates.Tab
	for _, row := range all {
		a := row.Assessment
		tab := templates.Tab{Title: a.Questionnaire.Title + " " + a.Questionnaire.Version, URL: templates.AssessmentURL(a.ID), Current: a.ID == c.State.ID,
			Count: "not started"}
		if row.Summary.Overall.Started() {
			tab.Count = words.Score(row.Bands, row.Summary.Overall.Range)
		}
		tabs = append(tabs, tab)
	}
	return tabs, nil
}
