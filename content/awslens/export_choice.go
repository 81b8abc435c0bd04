package awslens

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/content/foreign"
)

// takenIDs are the ids of one kind that are used already.
type takenIDs map[string]bool

// lensIDs are the ids that a lens uses already.
type lensIDs struct{ pillars, questions takenIDs }

var (
	lensID    = foreign.LazyRegexp(`^[A-Za-z0-9_]{3,128}$`)
	notInLens = foreign.LazyRegexp(`[^A-Za-z0-9_]+`)
)

// take returns an id that AWS takes and that is not used yet; another one than the given one is a loss.
func (e *exporter) take(taken *takenIDs, id, path string) string {
	if *taken == nil {
		*taken = takenIDs{}
	}
	base := id
	if !lensID().MatchString(id) {
		base = notInLens().ReplaceAllString(id, "_")
		base += strings.Repeat("_", max(0, 3-len(base)))
		base = base[:min(len(base), assessment.MaxID)]
	}
	free := base
	for n := 2; (*taken)[free]; n++ {
		free = foreign.WithEnding(base, fmt.Sprintf("_%d", n))
	}
	(*taken)[free] = true
	if free != id {
		e.lose(path+".id", "the ID %s becomes %s in the lens", foreign.Shorten(id), free)
	}
	return free
}

// choice returns a practice as a choice of a question.
func (e *exporter) choice(p assessment.Practice, question string, taken *takenIDs, path string) lensChoice {
	id := cmp.Or(reference(p.Source, refChoice), strings.TrimPrefix(p.ID, question+"."))
	if strings.HasSuffix(id, "_no") || strings.HasSuffix(id, "_none") {
		id += "_" // AWS reads these endings as "None of these"
		e.lose(path+".id", "the ID %s ends like that of %q: it becomes %s in the lens", foreign.Shorten(p.ID), noneTitle, id)
	}
	e.weight(path, p.Weight, assessment.DefaultWeight(p.Risk))
	e.count(p.Source)
	if p.Effort != assessment.EffortM {
		e.notes.efforts++
	}
	if !p.Rated() {
		e.notes.unrated++
	}
	if len(p.Aka)+len(p.Related)+len(p.References) > 0 {
		e.notes.names++
	}
	if p.SameSince != "" || len(p.DependsOn) > 0 {
		e.notes.history++
	}
	if !p.AppliesWhen.IsZero() {
		e.lose(path+".applies_when", "a lens has no facets: the condition %s is left out", foreign.Shorten(p.AppliesWhen.String()))
	}
	if p.NotApplicableWhen != "" {
		e.lose(path+".not_applicable_when", "a lens does not say when a choice does not apply: left out")
	}
	choice := exportTexts(p)
	choice.ID = e.take(taken, id, path)
	if p.Advice == "" && choice.ImprovementPlan.URL == "" {
		e.lose(path+".advice", "a choice of a lens must have an improvement plan: %q is written", filler)
	}
	return choice
}

// exportTexts returns what a choice says beside its id. An improvement plan is always there.
func exportTexts(p assessment.Practice) lensChoice {
	c := lensChoice{Title: p.Title}
	parts := foreign.Paragraphs(p.Help)
	if n, err := strconv.Atoi(reference(p.Source, refDescription)); err == nil && 0 < n && n <= len(parts) {
		c.Description = strings.Join(parts[:n], "\n\n")
		parts = parts[n:]
	}
	help := lensResource{DisplayText: strings.Join(parts, "\n\n")}
	plan := lensResource{DisplayText: p.Advice}
	for _, link := range p.Links {
		planned, isPlan := strings.CutPrefix(link.Title, planPrefix)
		switch {
		case link.Title == linkTitle(helpfulResource, link.URL) && help.URL == "":
			help.URL = link.URL
		case link.Title == linkTitle(improvementPlan, link.URL) && plan.URL == "":
			plan.URL = link.URL
		case isPlan && planned != "":
			c.add(improvementPlan, lensResource{planned, link.URL})
		default:
			c.add(helpfulResource, lensResource{link.Title, link.URL})
		}
	}
	if help != (lensResource{}) {
		c.HelpfulResource = &lensResource{cmp.Or(help.DisplayText, filler), help.URL}
	}
	c.ImprovementPlan = &lensResource{cmp.Or(plan.DisplayText, filler), plan.URL}
	return c
}

// add adds an additional resource behind those that are there, to the last block where that is one of its kind.
func (c *lensChoice) add(kind string, one lensResource) {
	if last := len(c.AdditionalResources) - 1; last >= 0 && c.AdditionalResources[last].Type == kind {
		c.AdditionalResources[last].Content = append(c.AdditionalResources[last].Content, one)
		return
	}
	c.AdditionalResources = append(c.AdditionalResources, lensAdditional{kind, []lensResource{one}})
}
