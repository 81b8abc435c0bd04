package story

import (
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// ValueShift is one value before and after a change; empty where it was not set.
type ValueShift struct{ Name, Was, Is string }

// valueShifts collects the values that differ.
type valueShifts []ValueShift

func (s *valueShifts) add(name, was, is string) {
	if was != is {
		*s = append(*s, ValueShift{name, was, is})
	}
}

// EventShifts returns what an event of a reversible kind changed, value by value; nil for other kinds. Of answers that
// were changed together it is what happened to the subject; where that is none of them, how many there were and why.
func EventShifts(m *assessment.Model, e *assessment.Event, subject string) ([]ValueShift, error) {
	switch e.Kind {
	case assessment.EventAnswer:
		return both(e, answerShifts)
	case assessment.EventTogether, assessment.EventUndone:
		together, err := assessment.ValueOf[assessment.Together](e.After)
		return togetherShifts(&together, subject), err
	case assessment.EventDecision, assessment.EventDecisionRemoved:
		return both(e, decisionShifts)
	case assessment.EventPlan, assessment.EventPlanRemoved:
		return both(e, planShifts)
	case assessment.EventPriorities:
		return both(e, func(was, is assessment.Priorities) valueShifts { return priorityShifts(m, was, is) })
	case assessment.EventFacets:
		return both(e, func(was, is assessment.Facets) valueShifts { return facetShifts(m, was, is) })
	}
	return nil, nil
}

func togetherShifts(t *assessment.Together, subject string) (list valueShifts) {
	if before, after, ok := t.Of(subject); ok {
		return answerShifts(before, after)
	}
	list.add("Practices", "", words.Count(len(t.Replaced)))
	list.add("Reason", "", t.Reason)
	return list
}

func both[T any](e *assessment.Event, differ func(was, is T) valueShifts) ([]ValueShift, error) {
	was, err := assessment.ValueOf[T](e.Before)
	if err != nil {
		return nil, err
	}
	is, err := assessment.ValueOf[T](e.After)
	if err != nil {
		return nil, err
	}
	return differ(was, is), nil
}

func answerShifts(was, is assessment.Answer) (list valueShifts) {
	list.add("Answer", words.Status(was.Status), words.Status(is.Status))
	list.add("Reason", was.Reason, is.Reason)
	list.add("Note", was.Note, is.Note)
	list.add("Evidence", addresses(was.Evidence), addresses(is.Evidence))
	return list
}

// addresses says the links of an answer, one a line.
func addresses(links []assessment.Link) (text string) {
	for i, link := range links {
		if i > 0 {
			text += "\n"
		}
		text += link.URL
		if link.Title != "" {
			text += " (" + link.Title + ")"
		}
	}
	return text
}

func decisionShifts(was, is assessment.Decision) (list valueShifts) {
	list.add("Choice", words.Choice(was.Choice), words.Choice(is.Choice))
	list.add("Rationale", was.Rationale, is.Rationale)
	list.add("Owner", was.Owner, is.Owner)
	list.add("Decided on", words.Date(was.Date), words.Date(is.Date))
	terms := decisionTerms(&is)
	for i, term := range decisionTerms(&was) {
		list.add(term.Name, term.Value, terms[i].Value)
	}
	list.add("Mitigations", joined(was.Mitigations), joined(is.Mitigations))
	return list
}

// joined puts sentences into one text.
func joined(sentences []string) string {
	return strings.ReplaceAll(strings.Join(sentences, "; "), ".; ", "; ")
}

func planShifts(was, is assessment.PlanItem) (list valueShifts) {
	list.add("Owner", was.Owner, is.Owner)
	list.add("Due", words.Date(was.Due), words.Date(is.Due))
	list.add("Tracker", was.URL, is.URL)
	return list
}

func priorityShifts(m *assessment.Model, was, is assessment.Priorities) (list valueShifts) {
	for _, pillar := range m.Questionnaire().Pillars {
		list.add(pillar.Title, words.Exact(was.Of(pillar.ID)), words.Exact(is.Of(pillar.ID)))
	}
	return list
}

func facetShifts(m *assessment.Model, was, is assessment.Facets) (list valueShifts) {
	for _, facet := range m.Questionnaire().Facets {
		list.add(facet.Title, words.Said(was.Said(facet.ID)), words.Said(is.Said(facet.ID)))
	}
	return list
}
