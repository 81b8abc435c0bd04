package plan

import (
	"net/http"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/plan"
	"plumbline/web/page"
)

// planRows is how many recommendations the plan shows at first.
const planRows = 30

func (h *handlers) planView(w http.ResponseWriter, r *http.Request, c *assessment.Current, q planQuery) view.PlanView {
	id := c.State.ID
	view := view.PlanView{
		Page:       h.Placed(w, r, c, page.TabPlan, "Improvement plan"),
		URL:        templates.PlanURL(id),
		Bands:      c.Model.Questionnaire().Bands,
		Filters:    planFilters(c.Model, q),
		ShowsAll:   q.all,
		Total:      len(c.Full().Recommendations),
		Answered:   c.Result.Overall.Answered > 0,
		AnswersURL: templates.WalkURL(id),
		ClearURL:   planQuery{pillar: q.pillar, severity: q.severity, effort: q.effort, unanswered: q.unanswered, all: q.all}.url(id),
		Projection: projectionOf(c, q.practices),
		Denied:     page.Denied(r, access.ActPlan, c.State.Workload),
		Scope:      templates.ScopeOf(c.Model.Questionnaire(), c.State.Facets, templates.ScopeURL(id)),
	}
	if q.filtered() {
		view.AllRowsURL = planQuery{all: q.all, practices: q.practices}.url(id)
	}
	h.fillPlanItems(r, c, q, &view)
	fillPlanRows(c, q, &view)
	return view
}

// fillPlanRows fills in the recommendations that the filters leave. Ticked ones stay in sight, whatever the filters say.
func fillPlanRows(c *assessment.Current, q planQuery, v *view.PlanView) {
	for i, row := range c.Full().Recommendations {
		place, ok := c.Model.Place(row.Practice)
		if !ok {
			continue
		}
		status := c.State.Answer(row.Practice).Status
		matches, ticked := q.matches(row, place, status), slices.Contains(q.practices, row.Practice)
		if matches {
			v.Matching++
		}
		if !ticked && (!matches || (!q.all && v.Matching > planRows)) {
			continue
		}
		_, kept := c.State.Plan[row.Practice]
		v.Rows = append(v.Rows, view.PlanRow{
			Rank:      i + 1,
			Practice:  row.Practice,
			Title:     place.Practice.Title,
			URL:       templates.PracticeURL(c.State.ID, place.Principle.ID, row.Practice),
			Pillar:    place.Pillar.Title,
			Status:    status,
			Severity:  row.Severity,
			Gain:      words.Signed(row.Gain, 2),
			Effort:    row.Effort,
			Tradeoffs: tradeoffLinks(c, row.Tradeoffs),
			InPlan:    kept,
			Ticked:    ticked,
		})
	}
	v.Shown = v.Matching
	if !q.all && v.Matching > planRows {
		v.Shown = planRows
		q.all = true
		v.AllURL = q.url(c.State.ID)
	}
}

func tradeoffLinks(c *assessment.Current, ids []string) []templates.Link {
	links := make([]templates.Link, 0, len(ids))
	for _, id := range ids {
		if tradeoff, ok := c.Model.Tradeoff(id); ok {
			links = append(links, templates.Link{Title: tradeoff.Title, URL: templates.TradeoffURL(c.State.ID, id)})
		}
	}
	return links
}

// projectionOf returns every score and every changed tradeoff as if the practices were adopted.
func projectionOf(c *assessment.Current, practices []string) view.Projection {
	p := view.Projection{Count: len(practices), Bands: c.Model.Questionnaire().Bands}
	if len(practices) == 0 {
		return p
	}
	then := c.Model.Project(c.State.Plain(), c.State.Priorities, c.State.Facets, practices)
	p.Overall = view.ProjectionRow{Title: "Overall", Before: c.Result.Overall.Range, After: then.Overall.Range}
	for i, pillar := range c.Model.Questionnaire().Pillars {
		p.Pillars = append(p.Pillars, view.ProjectionRow{Title: pillar.Title, Before: c.Result.Pillars[i].Range, After: then.Pillars[i].Range})
	}
	for i, after := range then.Tradeoffs {
		before := c.Result.Tradeoffs[i]
		if before.State == after.State && slices.Equal(before.Signals, after.Signals) {
			continue
		}
		tradeoff := &c.Model.Questionnaire().Tradeoffs[i]
		p.Tradeoffs = append(p.Tradeoffs, view.TradeoffShift{Title: tradeoff.Title, URL: templates.TradeoffURL(c.State.ID, tradeoff.ID),
			From: before.State, To: after.State})
	}
	return p
}
