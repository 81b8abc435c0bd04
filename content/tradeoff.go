package content

import "plumbline/assessment"

func (v value) tradeoff() assessment.Tradeoff {
	m, ok := v.mapping("a tradeoff (id, title, sides, signals)", "id", "title", "stated", "source", "summary", "sides",
		"signals", "decide", "mitigations")
	if !ok {
		return assessment.Tradeoff{}
	}
	t := assessment.Tradeoff{ID: m.id(), Title: m.title("title"), Summary: m.prose("summary"), Decide: m.prose("decide"),
		Stated: m.stated(), Source: m.texts("source", MaxItems, false), Signals: []assessment.Signal{}, Mitigations: m.texts("mitigations", MaxItems, true)}
	if sides, ok := m.required("sides", "a list of two sides"); ok {
		t.Sides = sides.sides()
	}
	for _, item := range m.items("signals", "a list of signals", MaxItems) {
		t.Signals = append(t.Signals, item.signal())
	}
	return t
}

// stated returns a yes or no, false where the key is missing.
func (m mapping) stated() bool {
	v, ok := m.fields["stated"]
	return ok && v.yes()
}

// yes returns a yes or no, written as true or false.
func (v value) yes() bool {
	if v.node.ShortTag() != "!!bool" || (v.node.Value != "true" && v.node.Value != "false") {
		v.complain("expected true or false, found %s", describe(v.node))
	}
	return v.node.Value == "true"
}

func (v value) sides() [2]assessment.Side {
	var sides [2]assessment.Side
	if n := len(v.node.Content); v.isList() && n != len(sides) {
		v.complain("expected exactly two sides, found %d", n)
		return sides
	}
	for i, item := range v.list("a list of two sides", len(sides)) {
		sides[i] = item.side()
	}
	return sides
}

func (v value) side() assessment.Side {
	side := assessment.Side{Pillars: []string{}, Practices: []string{}}
	m, ok := v.mapping("a side (label, pillars, practices)", "label", "pillars", "practices")
	if !ok {
		return side
	}
	side.Label = m.title("label")
	side.Pillars = append(side.Pillars, m.texts("pillars", MaxPillars, false)...)
	side.Practices = append(side.Practices, m.texts("practices", MaxPractices, false)...)
	return side
}

func (v value) signal() assessment.Signal {
	m, ok := v.mapping("a signal (when, says)", "when", "kind", "says")
	if !ok {
		return assessment.Signal{}
	}
	signal := assessment.Signal{When: m.expression("when"), Says: m.sentence("says")}
	if kind, ok := m.fields["kind"]; ok && kind.oneOf(string(assessment.Tension), string(assessment.BlindSpot)) == string(assessment.BlindSpot) {
		signal.Kind = assessment.BlindSpot
	}
	return signal
}
