package find

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/find"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/find"
	"plumbline/web/page"
)

// most is how many results of one kind are shown, and longest how many characters of a search are looked at.
const (
	most    = 8
	longest = 200
)

// search is what a visitor looks for.
func search(r *http.Request) string {
	return strings.TrimSpace(page.Shortened(page.Printable(r.URL.Query().Get(templates.ParamSearch)), longest))
}

func (h *handlers) everywhere(w http.ResponseWriter, r *http.Request) error {
	text := search(r)
	v := view.FindView{Page: h.Page(r, "Find"), Search: text, Action: templates.FindURL}
	v.Page.Crumbs = []templates.Crumb{{Title: "Find", URL: templates.FindURL}}
	if err := h.addWorkloads(r, &v, text, ""); err != nil {
		return err
	}
	v.Add("Pages", matching(pages(page.ActorOf(r)), text))
	return h.Render(w, r, http.StatusOK, view.Find(v))
}

func (h *handlers) inAssessment(w http.ResponseWriter, r *http.Request) error {
	c, text := page.CurrentOf(r), search(r)
	v := view.FindView{Page: h.Placed(w, r, c, "", "Find"), Search: text, Action: templates.FindInURL(c.State.ID)}
	addContent(&v, c, text)
	if text != "" {
		snapshots, err := h.store.Snapshots(r.Context(), c.State.ID)
		if err != nil {
			return err
		}
		v.Add("Snapshots", matching(snapshotsFound(h.Zone(r), snapshots), text))
	}
	if err := h.addWorkloads(r, &v, text, c.State.ID); err != nil {
		return err
	}
	v.Add("Pages", matching(append(pagesOf(c), pages(page.ActorOf(r))...), text))
	return h.Render(w, r, http.StatusOK, view.Find(v))
}

// addContent adds practices and tradeoffs of the questionnaire.
func addContent(v *view.FindView, c *assessment.Current, text string) {
	var practices, tradeoffs []view.Found
	for _, hit := range find.In(c.Model, text, most) {
		if hit.Tradeoff {
			tradeoffs = append(tradeoffs, view.Found{Link: templates.Link{Title: hit.Title, URL: templates.TradeoffURL(c.State.ID, hit.ID)}, ID: hit.ID})
			continue
		}
		place, _ := c.Model.Place(hit.ID)
		says := words.Status(statusOf(c, hit.ID))
		if hit.Also != "" {
			says += ", also called “" + hit.Also + "”"
		}
		practices = append(practices, view.Found{Link: templates.Link{Title: hit.Title, URL: templates.PracticeURL(c.State.ID, place.Principle.ID, hit.ID)},
			ID: hit.ID, Says: says})
	}
	v.Add("Practices", practices)
	v.Add("Tradeoffs", tradeoffs)
}

func statusOf(c *assessment.Current, practice string) assessment.Status {
	if c.OutOfScope(practice) {
		return assessment.OutOfScope
	}
	return c.State.Answer(practice).Status
}

// addWorkloads adds the workloads that the visitor may see, but for the one that they are at.
func (h *handlers) addWorkloads(r *http.Request, v *view.FindView, text, here string) error {
	if text == "" {
		return nil
	}
	all, err := h.store.Assessments(r.Context(), assessment.PortfolioFilter{Teams: page.ActorOf(r).Teams(access.ActRead).Teams})
	if err != nil {
		return err
	}
	var list []view.Found
	for _, a := range all {
		w := a.Workload
		if a.ID != here && assessment.Matches(text, append(slices.Clone(w.Tags), w.Name, w.Owner, w.Environment)...) {
			list = append(list, view.Found{Link: templates.Link{Title: w.Name, URL: templates.AssessmentURL(a.ID)},
				Says: a.Questionnaire.Title + " " + a.Questionnaire.Version})
		}
	}
	v.Add("Workloads", list[:min(most, len(list))])
	return nil
}

func snapshotsFound(zone *time.Location, snapshots []assessment.SnapshotInfo) (list []view.Found) {
	for _, s := range snapshots {
		list = append(list, view.Found{Link: templates.Link{Title: s.Title, URL: templates.SnapshotURL(s.ID)}, Says: words.Day(s.TakenAt.In(zone))})
	}
	return list
}

// matching returns what has every word of a search in its title.
func matching(list []view.Found, text string) (kept []view.Found) {
	for _, one := range list {
		if assessment.Matches(text, one.Link.Title, one.Says) {
			kept = append(kept, one)
		}
	}
	if text == "" {
		return kept
	}
	return kept[:min(most, len(kept))]
}
