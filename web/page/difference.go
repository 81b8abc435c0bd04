package page

import (
	"cmp"
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/difference"
	"plumbline/assessment/wording"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// WordingChanges sets side by side in what two wordings differ.
func WordingChanges(texts *wording.Comparer, old, now assessment.Wording) ([]templates.ValueChange, []templates.WordingChange) {
	change := newPartNames().part(texts, difference.Part{Kind: assessment.PartPractice, Class: difference.Changed, Fields: difference.OfWordings(old, now)})
	return change.Values, change.Texts
}

// DifferenceGroups puts what differs between questionnaires under their pillars, and what belongs to none before and after
// them. Of parts that have several titles, the one in the last questionnaire counts.
func DifferenceGroups(d *difference.Difference, questionnaires ...*assessment.Questionnaire) []templates.DifferenceGroup {
	return newPartNames(questionnaires...).groups(&wording.Comparer{}, d)
}

func newPartNames(all ...*assessment.Questionnaire) partNames {
	n := partNames{}
	for _, kind := range assessment.PartKinds() {
		n[kind] = map[string]string{}
	}
	for _, q := range all {
		for i := range q.Pillars {
			n.pillar(&q.Pillars[i])
		}
		for _, facet := range q.Facets {
			n[assessment.PartFacet][facet.ID] = facet.Title
		}
		for _, band := range q.Bands {
			n[assessment.PartBand][band.ID] = band.Title
		}
		for i := range q.Tradeoffs {
			n[assessment.PartTradeoff][q.Tradeoffs[i].ID] = q.Tradeoffs[i].Title
		}
	}
	return n
}

// partNames calls the parts of two questionnaires by their titles, the later ones before the earlier.
type partNames map[assessment.PartKind]map[string]string

func (n partNames) pillar(p *assessment.Pillar) {
	n[assessment.PartPillar][p.ID] = p.Title
	for i := range p.Principles {
		principle := &p.Principles[i]
		n[assessment.PartPrinciple][principle.ID] = principle.Title
		for j := range principle.Questions {
			n[assessment.PartQuestion][principle.Questions[j].ID] = principle.Questions[j].Title
		}
	}
	for practice := range p.Practices() {
		n[assessment.PartPractice][practice.ID] = practice.Title
	}
}

func (n partNames) groups(texts *wording.Comparer, d *difference.Difference) []templates.DifferenceGroup {
	var groups []templates.DifferenceGroup
	if len(d.Fields) > 0 {
		whole := difference.Part{Class: difference.Changed, Fields: d.Fields}
		groups = append(groups, templates.DifferenceGroup{ID: "whole", Title: "The questionnaire itself", Parts: []templates.PartDifference{n.part(texts, whole)}})
	}
	at := map[string]int{}
	for _, part := range d.Parts {
		id, title := n.group(part)
		i, known := at[id]
		if !known {
			i = len(groups)
			at[id] = i
			groups = append(groups, templates.DifferenceGroup{ID: "group-" + strconv.Itoa(i), Title: title})
		}
		groups[i].Parts = append(groups[i].Parts, n.part(texts, part))
	}
	return groups
}

// group returns under what a part stands.
func (n partNames) group(p difference.Part) (id, title string) {
	switch p.Kind {
	case assessment.PartFacet:
		return "facets", "Facets"
	case assessment.PartBand:
		return "bands", "Bands"
	case assessment.PartTradeoff:
		return "tradeoffs", "Tradeoffs"
	}
	return "pillar " + p.Pillar, cmp.Or(n[assessment.PartPillar][p.Pillar], p.Pillar)
}

func (n partNames) part(texts *wording.Comparer, p difference.Part) templates.PartDifference {
	view := templates.PartDifference{Class: p.Class, Kind: words.Capital(string(p.Kind)), ID: p.ID, Title: p.Title}
	for _, field := range p.Fields {
		name := words.Capital(field.Field)
		switch field.Kind {
		case difference.FieldValue:
			view.Values = append(view.Values, templates.ValueChange{Name: name, Before: valueWord(field.Field, field.Before), After: valueWord(field.Field, field.After)})
		case difference.FieldPlace:
			view.Values = append(view.Values, n.place(p.Kind, field))
		case difference.FieldRule:
			view.Texts = append(view.Texts, templates.NewListChange(texts, name, n.titled(field.Field, field.Before), n.titled(field.Field, field.After)))
		case difference.FieldReference:
			view.Texts = append(view.Texts, templates.NewListChange(texts, name, field.Before, field.After))
		default:
			if field.Field == "title" && p.Class != difference.Changed {
				continue
			}
			if p.Kind == assessment.PartPractice && field.Field == "title" {
				name = "Statement"
			}
			view.Texts = append(view.Texts, templates.NewWordingChange(texts, name, field.Before, field.After))
		}
	}
	return view
}

// titled writes a list of IDs as titles, where a field is one: the pillars and practices of a side.
func (n partNames) titled(field, list string) string {
	kind := assessment.PartPractice
	switch {
	case list == "" || !strings.HasPrefix(field, "side "):
		return list
	case strings.HasSuffix(field, "pillars"):
		kind = assessment.PartPillar
	}
	lines := strings.Split(list, "\n")
	for i, id := range lines {
		lines[i] = cmp.Or(n[kind][id], id)
	}
	return strings.Join(lines, "\n")
}

// place says where a part stood and stands, by titles.
func (n partNames) place(kind assessment.PartKind, field difference.Field) templates.ValueChange {
	if field.Field == "order" {
		return templates.ValueChange{Name: "Place", Before: n.after(kind, field.Before), After: n.after(kind, field.After)}
	}
	parents := n[assessment.PartKind(field.Field)]
	return templates.ValueChange{Name: words.Capital(field.Field), Before: quoted(cmp.Or(parents[field.Before], field.Before)),
		After: quoted(cmp.Or(parents[field.After], field.After))}
}

func (n partNames) after(kind assessment.PartKind, place string) string {
	id, is := strings.CutPrefix(place, "after ")
	if !is {
		return place
	}
	return "after " + quoted(cmp.Or(n[kind][id], id))
}

func quoted(s string) string { return "“" + words.Cut(s, 80) + "”" }

// valueWord says a value as people do elsewhere.
func valueWord(field, value string) string {
	switch field {
	case "risk":
		if value == "" {
			return ""
		}
		return words.Level(assessment.Level(value))
	case "stated":
		return map[string]string{"true": "by the source", "false": "implied", "": ""}[value]
	}
	return value
}
