package scope

import (
	"net/http"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/scope"
	"plumbline/web/page"
)

func denied(r *http.Request, c *assessment.Current) string {
	return page.Denied(r, access.ActScope, c.State.Workload)
}

// viewOf shows choices, and what they would leave of the questionnaire.
func viewOf(c *assessment.Current, t typed) view.ScopeView {
	then := c.With(t.facets)
	out := map[string]bool{}
	for _, id := range then.OutOfScope {
		out[id] = true
	}
	total := c.Model.PracticeCount()
	v := view.ScopeView{
		Action: templates.ScopeURL(c.State.ID),
		Back:   templates.WalkURL(c.State.ID),
		Remain: total - len(out),
		Total:  total,
		Errors: t.errors,
		Out:    groups(c, t.facets, out),
	}
	decided, applies := c.Model.ScopeEffects(t.facets), appliesBy(c, out)
	for i, facet := range c.Model.Questionnaire().Facets {
		one := view.FacetView{Number: i + 1, Name: view.FacetName(facet.ID), Title: facet.Title, Help: facet.Help,
			Chosen: words.Said(t.facets.Said(facet.ID)), Effect: decided[facet.ID].Decides, Asks: decided[facet.ID].Rests(), Applies: applies[facet.ID]}
		if stored := words.Said(t.stored.Said(facet.ID)); t.stored != nil && stored != one.Chosen {
			one.Stored = stored
		}
		v.Facets = append(v.Facets, one)
	}
	for _, pillar := range c.Model.Questionnaire().Pillars {
		v.Pillars = append(v.Pillars, pillarRow(pillar, out))
	}
	bands := c.Model.Questionnaire().Bands
	if before, after := c.Result.Overall.Range, then.Overall.Range; before != after {
		v.Change = words.Score(bands, before) + " → " + words.Score(bands, after)
	}
	return v
}

// appliesBy counts the practices in scope that rest on each facet.
func appliesBy(c *assessment.Current, out map[string]bool) map[string]int {
	applies := map[string]int{}
	for practice := range c.Model.Questionnaire().Practices() {
		if out[practice.ID] {
			continue
		}
		for _, facet := range practice.AppliesWhen.Facets() {
			applies[facet]++
		}
	}
	return applies
}

func pillarRow(pillar assessment.Pillar, out map[string]bool) view.PillarRow {
	row := view.PillarRow{Title: pillar.Title}
	for practice := range pillar.Practices() {
		row.Total++
		if !out[practice.ID] {
			row.Remain++
		}
	}
	return row
}

// groups lists what is out of scope by the answers that decide it, in the order of the questionnaire.
func groups(c *assessment.Current, f assessment.Facets, out map[string]bool) []view.OutGroup {
	titles := map[string]string{}
	for _, facet := range c.Model.Questionnaire().Facets {
		titles[facet.ID] = facet.Title
	}
	var all []view.OutGroup
	at := map[string]int{}
	for practice := range c.Model.Questionnaire().Practices() {
		if !out[practice.ID] {
			continue
		}
		why := because(practice.AppliesWhen.Facets(), f, titles)
		if _, ok := at[why]; !ok {
			at[why] = len(all)
			all = append(all, view.OutGroup{Why: why})
		}
		group := &all[at[why]]
		group.Practices = append(group.Practices, practice.Title)
	}
	return all
}

// because says which answers decide: "Do you train models? No".
func because(facets []string, f assessment.Facets, titles map[string]string) string {
	var reasons []string
	for _, id := range facets {
		if f.Said(id) != nil {
			reasons = append(reasons, titles[id]+" "+words.Said(f.Said(id)))
		}
	}
	return strings.Join(reasons, "; ")
}
