package azurechecklist

import (
	"fmt"
	"slices"
	"strings"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/foreign"
)

// Import returns the questionnaire that a checklist says, and what of it is lost or was read otherwise than it is
// written. The error is content.Problems where the file is no checklist, holds more than a questionnaire may, or is not
// JSON, and an assessment.Error of code TooLarge above content.MaxSize. name stands for the file in the problems.
func Import(name string, data []byte) (*assessment.Questionnaire, content.Losses, error) {
	importer := foreign.Importer{Parse: foreign.ParseJSON, Refusal: refusal, Build: checklist,
		Empty: "nothing in the checklist can be kept: expected at least one item with a text"}
	return importer.Import(name, data)
}

// refusal says why a file is no checklist, or one with more than a questionnaire may hold.
func refusal(root *foreign.Node) *content.Problem {
	if root.Kind != foreign.Object {
		return root.Problem("", "expected a checklist (an object with items and metadata), found %s", root.Describe())
	}
	items := root.Get("items")
	switch {
	case items == nil:
		return root.Problem("", "this is not a checklist: the key \"items\" is missing")
	case items.Kind != foreign.List:
		return items.Problem("items", "expected a list of items, found %s", items.Describe())
	case len(items.Items) > foreign.MaxPractices:
		return items.Items[foreign.MaxPractices].Problem(fmt.Sprintf("items[%d]", foreign.MaxPractices),
			"a questionnaire can have at most %d practices, and this checklist has %d items", foreign.MaxPractices, len(items.Items))
	}
	return nil
}

const untitled = "Untitled checklist"

func checklist(top foreign.Value) *assessment.Questionnaire {
	f, _ := top.Fields("$schema", "categories", "items", "metadata", "severities", "status", "waf", "yesno")
	q := &assessment.Questionnaire{Version: foreign.FirstVersion, Title: untitled, Bands: foreign.Bands(),
		Source: assessment.Source{Title: "Azure review checklist"}}
	if f.Has("metadata") {
		describe(q, f.Known["metadata"])
	} else {
		top.Lose("there is no metadata: the title is %q", untitled)
	}
	q.ID = foreign.Slug(q.Title, "checklist")
	top.LoseAt(nil, "", "a checklist has no semantic version: %s is used", foreign.FirstVersion)
	top.LoseAt(nil, "", "checklist items have no effort: it is set to M")
	for _, key := range []string{"status", "yesno"} {
		if items := f.List(key); len(items) > 0 {
			f.Known[key].Lose("the checklist's own answer values (%s) are left out: a practice is adopted, partial, absent or not applicable",
				foreign.Clip(strings.Join(names(items), ", ")))
		}
	}
	for _, key := range []string{"severities", "waf"} {
		if items := f.List(key); len(items) > 0 {
			f.Known[key].Lose("the list of the values that items use (%s) is left out", foreign.Clip(strings.Join(names(items), ", ")))
		}
	}
	if f.Has("$schema") {
		f.Known["$schema"].Lose("%q is not supported in a questionnaire: left out", "$schema")
	}
	b := newBuilder(categories(f))
	for i, item := range f.List("items") {
		b.add(item, i)
	}
	q.Pillars = b.sorted()
	if unused := b.unused(); len(unused) > 0 {
		f.Known["categories"].Lose("categories without an item are left out: %s", foreign.Clip(strings.Join(unused, ", ")))
	}
	return q
}

// describe fills in what the metadata says.
func describe(q *assessment.Questionnaire, v foreign.Value) {
	f, ok := v.Fields("name", "state", "timestamp", "waf")
	if !ok {
		return
	}
	q.Title = f.Title("name", untitled)
	var facts []string
	for _, one := range []struct{ key, title string }{{"state", "State"}, {"timestamp", "Last changed"}, {"waf", "Pillars"}} {
		if s := f.Line(one.key); s != "" {
			facts = append(facts, one.title+": "+s)
		}
	}
	q.Summary = strings.Join(facts, "\n")
}

// names returns the names in a list of objects.
func names(items []foreign.Value) []string {
	var found []string
	for _, item := range items {
		if f, ok := item.Fields("name", "description"); ok {
			found = append(found, f.Line("name"))
		}
	}
	return found
}

// categories returns the names of the categories, nil where the file lists none.
func categories(f foreign.Fields) []string {
	return slices.DeleteFunc(names(f.List("categories")), func(s string) bool { return s == "" })
}
