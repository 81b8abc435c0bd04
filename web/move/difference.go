package move

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/difference"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/move"
	"plumbline/web/page"
)

// Names of the fields of the page that sets two questionnaires side by side.
const (
	fieldBefore = "before"
	fieldAfter  = "after"
)

// showDifference says what differs between the two questionnaires that the address names.
func (h *handlers) showDifference(w http.ResponseWriter, r *http.Request) error {
	library, err := h.LibraryOf(r)
	if err != nil {
		return err
	}
	query := r.URL.Query()
	v := view.DifferenceView{
		Page:   h.Page(r, "Differences"),
		Before: editionChoice(library, fieldBefore, "Before", query),
		After:  editionChoice(library, fieldAfter, "After", query),
		Errors: checkEditions(library, query),
	}
	v.Crumbs = []templates.Crumb{{Title: "Library", URL: templates.LibraryURL}, {Title: "Differences", URL: templates.DifferencePath}}
	if len(v.Errors) > 0 {
		return h.Render(w, r, http.StatusUnprocessableEntity, view.Difference(v))
	}
	before, after := query.Get(fieldBefore), query.Get(fieldAfter)
	if before != "" && after != "" {
		v.Swap = templates.DifferenceURL(after, before)
		if err := h.difference(r, &v, before, after); err != nil {
			return err
		}
	}
	return h.Render(w, r, http.StatusOK, view.Difference(v))
}

// checkEditions says which of both sides is no questionnaire. None at all is a page that asks.
func checkEditions(library []assessment.LibraryEntry, query url.Values) templates.FormErrors {
	var problems templates.FormErrors
	asks := query.Get(fieldBefore) != "" || query.Get(fieldAfter) != ""
	for _, side := range []struct{ field, label string }{{fieldBefore, "Before"}, {fieldAfter, "After"}} {
		chosen := query.Get(side.field)
		known := slices.ContainsFunc(library, func(e assessment.LibraryEntry) bool { return e.SHA256 == chosen })
		switch {
		case !asks || known:
		case chosen == "":
			problems = append(problems, templates.FieldError{Field: side.field, Message: side.label + ": choose a questionnaire"})
		default:
			problems = append(problems, templates.FieldError{Field: side.field, Message: side.label + ": this questionnaire no longer exists"})
		}
	}
	return problems
}

// editionChoice lists the versions of every questionnaire.
func editionChoice(library []assessment.LibraryEntry, field, label string, query url.Values) templates.SelectInput {
	groups := []templates.OptionGroup{{Options: []templates.Option{{Title: "Choose a questionnaire"}}}}
	last := ""
	for _, entry := range library {
		if entry.ID != last {
			groups = append(groups, templates.OptionGroup{Title: entry.Title})
			last = entry.ID
		}
		group := &groups[len(groups)-1]
		group.Options = append(group.Options, templates.Option{Value: entry.SHA256, Title: editionName(entry.QuestionnaireRef),
			Chosen: entry.SHA256 == query.Get(field)})
	}
	return templates.SelectInput{Name: field, Label: label, Groups: groups}
}

// editionName is a version of a questionnaire in a list.
func editionName(q assessment.QuestionnaireRef) string {
	return words.Cut(q.Title, 60) + " " + words.Cut(q.Version, 40)
}

// difference fills in what differs.
func (h *handlers) difference(r *http.Request, v *view.DifferenceView, before, after string) error {
	a, err := h.store.Model(r.Context(), before)
	if err != nil {
		return err
	}
	b, err := h.store.Model(r.Context(), after)
	if err != nil {
		return err
	}
	old, now := a.Questionnaire(), b.Questionnaire()
	d := difference.Between(old, now)
	v.Ready, v.Lead = true, differenceLead(d, old, now)
	for _, total := range d.Totals {
		v.Totals = append(v.Totals, view.PartTotal{Kind: partKinds[total.Kind], Added: total.Added, Removed: total.Removed,
			Changed: total.Changed, Same: total.Same, Of: changedIn(total)})
	}
	if err := r.Context().Err(); err != nil {
		return err
	}
	v.Groups = page.DifferenceGroups(d, old, now)
	return r.Context().Err()
}

// differenceLead is the difference in a sentence or two.
func differenceLead(d *difference.Difference, old, now *assessment.Questionnaire) string {
	from := words.Cut(old.Title, 60) + " " + d.Before.Version + " to "
	if d.Before.ID == d.After.ID {
		from += d.After.Version + ": "
	} else {
		from += words.Cut(now.Title, 60) + " " + d.After.Version + ": "
	}
	if d.Empty() {
		return from + "no differences."
	}
	total := d.Total(assessment.PartPractice)
	if total.Added+total.Removed+total.Changed == 0 {
		return from + words.Plural(total.Same, "practice is", "practices are") + " unchanged; other parts differ."
	}
	parts := []string{words.Plural(total.Added, "practice", "practices") + " added", strconv.Itoa(total.Removed) + " removed"}
	if in := changedIn(total); in != "" {
		parts = append(parts, strconv.Itoa(total.Changed)+" changed ("+in+")")
	}
	return from + strings.Join(parts, ", ") + "; " + strconv.Itoa(total.Same) + " unchanged."
}

// changedIn says in what the changed parts of a kind changed; one part may count several times.
func changedIn(t difference.Totals) string {
	var list []string
	for _, one := range []struct {
		n    int
		says string
	}{{t.Reworded, "reworded"}, {t.WeightsChanged, "with changed values"}, {t.RulesChanged, "with changed conditions"},
		{t.LinksChanged, "with changed links or sources"}, {t.Moved, "moved"}} {
		if one.n > 0 {
			list = append(list, strconv.Itoa(one.n)+" "+one.says)
		}
	}
	return strings.Join(list, ", ")
}

var partKinds = map[assessment.PartKind]string{
	assessment.PartFacet: "Facets", assessment.PartBand: "Bands", assessment.PartPillar: "Pillars", assessment.PartPrinciple: "Principles",
	assessment.PartQuestion: "Questions", assessment.PartPractice: "Practices", assessment.PartTradeoff: "Tradeoffs",
}
