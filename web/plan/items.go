package plan

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/plan"
	"plumbline/web/page"
)

// fillPlanItems fills in the items of the plan, those that are to be done first by their due date, then the done ones and
// those out of scope.
func (h *handlers) fillPlanItems(r *http.Request, c *assessment.Current, q planQuery, view *view.PlanView) {
	items := c.PlanItems()
	gains := map[string]float64{}
	for _, row := range c.Full().Recommendations {
		gains[row.Practice] = row.Gain
	}
	var open []string
	for _, item := range items {
		row := h.planItemRow(r, c, item, q)
		switch {
		case row.Outside:
			view.Outside++
		case !row.Done:
			row.Gain = words.Signed(gains[item.Practice], 2)
			open = append(open, item.Practice)
		}
		view.Items = append(view.Items, row)
	}
	view.Open = len(open)
	if len(open) > 0 {
		everything := projectionOf(c, open)
		view.Everything = &everything
	}
}

func (h *handlers) planItemRow(r *http.Request, c *assessment.Current, item assessment.PlanItem, q planQuery) view.PlanItemRow {
	row := view.PlanItemRow{
		Practice:  item.Practice,
		Status:    c.State.Answer(item.Practice).Status,
		Done:      c.State.Done(item.Practice),
		Owner:     item.Owner,
		Tracker:   item.URL,
		Gain:      "–",
		Version:   item.Version,
		RemoveURL: templates.PlanItemRemovalURL(c.State.ID, item.Practice),
	}
	if place, ok := c.Model.Place(item.Practice); ok {
		row.Title = place.Practice.Title
		row.URL = templates.PracticeURL(c.State.ID, place.Principle.ID, item.Practice)
	}
	if c.OutOfScope(item.Practice) {
		row.Outside, row.Done, row.Status = true, false, assessment.OutOfScope
	}
	if item.Due != "" {
		row.Due = words.Date(item.Due)
		row.Overdue = !row.Done && !row.Outside && item.Due.Before(h.Today(r))
	}
	row.Ticket = ticketOf(item.URL)
	if page.Allow(r, access.ActPlan, c.State.Workload) == nil {
		change := q.values()
		change.Set("edit", item.Practice)
		row.ChangeURL = templates.PlanViewURL(c.State.ID, change) + "#plan"
	}
	return row
}

// ticketOf names the place where work is tracked: the end of its address, which most trackers call the work by, or the host
// where that is nothing or a file.
func ticketOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if end := path.Base(u.Path); end != "/" && !strings.Contains(end, ".") {
		return words.Cut(end, 40)
	}
	return words.Cut(u.Host, 40)
}

// openPlanItem opens the form of the item that the query names and returns it. One that is not in the plan gets a row
// of its own on top, as somebody may just have taken it out, unless there is no such practice.
func openPlanItem(v *view.PlanView, c *assessment.Current, q planQuery) *view.PlanItemForm {
	form := &view.PlanItemForm{
		URL:       templates.PlanItemURL(c.State.ID, q.edit),
		RemoveURL: templates.PlanItemRemovalURL(c.State.ID, q.edit),
		CancelURL: q.url(c.State.ID),
	}
	place, ok := c.Model.Place(q.edit)
	if !ok {
		return form
	}
	i := slices.IndexFunc(v.Items, func(row view.PlanItemRow) bool { return row.Practice == q.edit })
	if i < 0 {
		i = 0
		v.Items = slices.Insert(v.Items, 0, view.PlanItemRow{Practice: q.edit, Title: place.Practice.Title,
			URL: templates.PracticeURL(c.State.ID, place.Principle.ID, q.edit), Status: c.State.Answer(q.edit).Status, Gain: "–"})
	}
	item := c.State.Plan[q.edit]
	form.Version, form.Owner, form.Due, form.Tracker = item.Version, item.Owner, string(item.Due), item.URL
	v.Items[i].Form = form
	return form
}

// storedPlanItem returns the row of an item as it is stored, nil where it is not in the plan.
func storedPlanItem(v view.PlanView, practice string) *view.PlanItemRow {
	i := slices.IndexFunc(v.Items, func(row view.PlanItemRow) bool { return row.Practice == practice })
	if i < 0 || v.Items[i].Version == 0 {
		return nil
	}
	return &v.Items[i]
}
