package content

import (
	"fmt"

	"plumbline/assessment"
)

func (v value) practice() assessment.Practice {
	m, ok := v.mapping("a practice (id, title)", "id", "title", "help", "risk", "weight", "effort", "applies_when", "aka",
		"related", "same_since", "depends_on", "references", "advice", "links", "not_applicable_when", "source")
	if !ok {
		return assessment.Practice{}
	}
	practice := assessment.Practice{ID: m.id(), Title: m.title("title"), Help: m.prose("help"), Advice: m.prose("advice"),
		AppliesWhen: m.optionalExpression("applies_when"), Aka: m.texts("aka", MaxItems, false), Related: m.texts("related", MaxItems, false),
		SameSince: m.version("same_since"), DependsOn: m.ids("depends_on", MaxItems), References: m.references(),
		NotApplicableWhen: m.prose("not_applicable_when"), Source: m.texts("source", MaxItems, false)}
	if risk, ok := m.fields["risk"]; ok {
		practice.Risk = assessment.Level(risk.oneOf("high", "medium", "low"))
	}
	practice.Weight = m.weight(assessment.DefaultWeight(practice.Risk))
	if effort, ok := m.fields["effort"]; ok {
		practice.Effort = assessment.Effort(effort.oneOf("S", "M", "L"))
	}
	for _, item := range m.items("links", "a list of links", MaxItems) {
		practice.Links = append(practice.Links, item.link())
	}
	return practice
}

// weight returns the weight of a mapping, preset where it names none.
func (m mapping) weight(preset float64) float64 {
	v, ok := m.fields["weight"]
	if !ok {
		return preset
	}
	expected := fmt.Sprintf("a number above 0 and at most %d", MaxWeight)
	weight, ok := v.number(expected)
	if ok && (weight <= 0 || weight > MaxWeight) {
		v.complain("expected %s, found %s", expected, clip(v.node.Value))
	}
	return weight
}

// references returns places in other frameworks by the id of the framework, nil where the key is missing.
func (m mapping) references() map[string][]string {
	v, ok := m.fields["references"]
	if !ok {
		return nil
	}
	references := map[string][]string{}
	entries, _ := v.entries("a mapping of frameworks to lists of texts")
	if len(entries) > MaxItems {
		v.complain("expected at most %d, found %d", MaxItems, len(entries))
		return nil
	}
	for _, e := range entries {
		if !assessment.IsID(e.key) {
			v.source.complainAt(e.at, e.path, idExpected, shorten(e.key))
		}
		list := e.texts(MaxItems, false)
		if e.isList() && len(list) == 0 {
			e.complain("expected a list of texts, found an empty one")
		}
		references[e.key] = list
	}
	if len(references) == 0 {
		return nil
	}
	return references
}
