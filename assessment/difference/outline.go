package difference

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"plumbline/assessment"
)

// outline is a questionnaire as a tree of parts that all look alike, so that two of them can be compared.
type outline struct {
	root   *outlined
	parts  map[partKey]*outlined
	counts map[assessment.PartKind]int
	stays  map[partKey]map[string]bool // by parent: children that stand in the same order in the other outline
}

type partKey struct {
	kind assessment.PartKind
	id   string
}

// outlined is one part.
type outlined struct {
	key      partKey
	title    string
	pillar   string // id
	parent   *outlined
	fields   []outlinedField // the same names in the same order for every part of a kind
	children []*outlined
}

// outlinedField is a field as people read it, and exactly.
type outlinedField struct {
	name  string
	kind  FieldKind
	text  string
	exact string
}

func newOutline(q *assessment.Questionnaire) *outline {
	o := &outline{parts: map[partKey]*outlined{}, counts: map[assessment.PartKind]int{}, root: &outlined{fields: []outlinedField{
		worded("title", q.Title), worded("summary", q.Summary),
		worded("source title", q.Source.Title), worded("source address", q.Source.URL), worded("licence", q.Source.Licence),
		value("scoring", string(cmp.Or(q.Scoring, assessment.ScoreLevels))), lines("shares IDs with", FieldReference, q.SharesIDsWith),
	}}}
	for i := range q.Facets {
		facet := &q.Facets[i]
		o.add(o.root, assessment.PartFacet, facet.ID, facet.Title, worded("title", facet.Title), worded("help", facet.Help))
	}
	for i := range q.Bands {
		band := &q.Bands[i]
		o.add(o.root, assessment.PartBand, band.ID, band.Title, worded("title", band.Title), number("from", band.From))
	}
	for i := range q.Pillars {
		o.pillar(&q.Pillars[i])
	}
	for i := range q.Tradeoffs {
		o.tradeoff(&q.Tradeoffs[i])
	}
	return o
}

func (o *outline) add(parent *outlined, kind assessment.PartKind, id, title string, fields ...outlinedField) *outlined {
	part := &outlined{key: partKey{kind, id}, title: title, pillar: parent.pillar, parent: parent, fields: fields}
	if kind == assessment.PartPillar {
		part.pillar = id
	}
	parent.children = append(parent.children, part)
	o.parts[part.key] = part
	o.counts[kind]++
	return part
}

func (o *outline) pillar(p *assessment.Pillar) {
	part := o.add(o.root, assessment.PartPillar, p.ID, p.Title, worded("title", p.Title), worded("summary", p.Summary))
	for i := range p.Principles {
		o.principle(part, &p.Principles[i])
	}
}

func (o *outline) principle(pillar *outlined, p *assessment.Principle) {
	part := o.add(pillar, assessment.PartPrinciple, p.ID, p.Title, worded("title", p.Title), worded("summary", p.Summary),
		number("weight", p.Weight), lines("source", FieldReference, p.Source))
	for i := range p.Questions {
		o.question(part, &p.Questions[i])
	}
}

func (o *outline) question(principle *outlined, q *assessment.Question) {
	rules := make([]string, len(q.RiskRules))
	for i, rule := range q.RiskRules {
		rules[i] = fmt.Sprintf("%s: %s", rule.When, rule.Risk)
	}
	part := o.add(principle, assessment.PartQuestion, q.ID, q.Title, worded("title", q.Title), worded("help", q.Help),
		number("weight", q.Weight), lines("risk rules", FieldRule, rules))
	for i := range q.Practices {
		o.practice(part, &q.Practices[i])
	}
}

func (o *outline) practice(question *outlined, p *assessment.Practice) {
	o.add(question, assessment.PartPractice, p.ID, p.Title, append(wordingFields(p.Wording()), rating("effort", string(p.Effort)),
		condition("applies when", p.AppliesWhen), lines("depends on", FieldRule, p.DependsOn), same("same since", p.SameSince),
		lines("also known as", FieldReference, p.Aka), lines("related", FieldReference, p.Related),
		lines("links", FieldReference, linkLines(p.Links)), lines("source", FieldReference, p.Source),
		lines("references", FieldReference, referenceLines(p.References)))...)
}

func wordingFields(w assessment.Wording) []outlinedField {
	return []outlinedField{worded("title", w.Title), worded("help", w.Help), rating("risk", string(w.Risk)),
		number("weight", w.Weight), worded("advice", w.Advice), worded("not applicable when", w.NotApplicableWhen)}
}

func (o *outline) tradeoff(t *assessment.Tradeoff) {
	conditions, sentences, blind := make([]string, len(t.Signals)), make([]string, len(t.Signals)), []string{}
	for i, signal := range t.Signals {
		conditions[i], sentences[i] = signal.When.String(), signal.Says
		if signal.Blind() {
			blind = append(blind, conditions[i])
		}
	}
	fields := []outlinedField{worded("title", t.Title), worded("summary", t.Summary), value("stated", strconv.FormatBool(t.Stated)),
		lines("source", FieldReference, t.Source)}
	for i, side := range t.Sides {
		name := fmt.Sprintf("side %d ", i+1)
		fields = append(fields, worded(name+"label", side.Label), lines(name+"pillars", FieldRule, side.Pillars),
			lines(name+"practices", FieldRule, side.Practices))
	}
	o.add(o.root, assessment.PartTradeoff, t.ID, t.Title, append(fields, lines("signals", FieldRule, conditions),
		lines("signal sentences", FieldWording, sentences), lines("blind spots", FieldRule, blind), worded("decide", t.Decide),
		lines("mitigations", FieldWording, t.Mitigations))...)
}

func worded(name, text string) outlinedField { return outlinedField{name, FieldWording, text, text} }

func value(name, text string) outlinedField { return outlinedField{name, FieldValue, text, text} }

// rating is a value that nobody need give.
func rating(name, text string) outlinedField {
	return outlinedField{name, FieldValue, cmp.Or(text, notRated), text}
}

const notRated = "not rated"

func condition(name string, e assessment.Expression) outlinedField {
	return outlinedField{name, FieldRule, e.String(), e.String()}
}

func same(name, version string) outlinedField {
	return outlinedField{name, FieldReference, version, version}
}

func number(name string, n float64) outlinedField {
	return value(name, strconv.FormatFloat(n, 'g', -1, 64))
}

// lines is a list, exact even where an entry has several lines.
func lines(name string, kind FieldKind, list []string) outlinedField {
	field := outlinedField{name: name, kind: kind, text: strings.Join(list, "\n")}
	if len(list) > 0 {
		field.exact = fmt.Sprintf("%q", list)
	}
	return field
}

func referenceLines(references map[string][]string) []string {
	var list []string
	for _, framework := range slices.Sorted(maps.Keys(references)) {
		for _, place := range references[framework] {
			list = append(list, framework+" "+place)
		}
	}
	return list
}

func linkLines(links []assessment.Link) []string {
	list := make([]string, len(links))
	for i, link := range links {
		list[i] = strings.TrimSpace(link.Title + " " + link.URL)
	}
	return list
}
