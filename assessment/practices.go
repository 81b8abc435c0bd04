package assessment

import (
	"iter"
	"slices"
	"strings"
)

// Questions goes through the questions of the questionnaire in its order.
func (q *Questionnaire) Questions() iter.Seq[*Question] {
	return func(yield func(*Question) bool) {
		for _, pillar := range q.Pillars {
			for _, principle := range pillar.Principles {
				for i := range principle.Questions {
					if !yield(&principle.Questions[i]) {
						return
					}
				}
			}
		}
	}
}

// Practices goes through the practices of the questionnaire in its order.
func (q *Questionnaire) Practices() iter.Seq[*Practice] {
	return func(yield func(*Practice) bool) {
		for i := range q.Pillars {
			for practice := range q.Pillars[i].Practices() {
				if !yield(practice) {
					return
				}
			}
		}
	}
}

// Practices goes through the practices of the pillar in the questionnaire's order.
func (p *Pillar) Practices() iter.Seq[*Practice] {
	return func(yield func(*Practice) bool) {
		for i := range p.Principles {
			for practice := range p.Principles[i].Practices() {
				if !yield(practice) {
					return
				}
			}
		}
	}
}

// Practices goes through the practices of the principle in the questionnaire's order.
func (p *Principle) Practices() iter.Seq[*Practice] {
	return func(yield func(*Practice) bool) {
		for i := range p.Questions {
			for j := range p.Questions[i].Practices {
				if !yield(&p.Questions[i].Practices[j]) {
					return
				}
			}
		}
	}
}

// PracticesOf returns the practices of a pillar, a principle or a question in the questionnaire's order, and false
// where it has no such part.
func (m *Model) PracticesOf(kind PartKind, id string) (iter.Seq[*Practice], bool) {
	switch kind {
	case PartPillar:
		if pillar, ok := m.Pillar(id); ok {
			return pillar.Practices(), true
		}
	case PartPrinciple:
		if place, ok := m.Principle(id); ok {
			return place.Principle.Practices(), true
		}
	case PartQuestion:
		for question := range m.questionnaire.Questions() {
			if question.ID == id {
				return question.practices(), true
			}
		}
	}
	return nil, false
}

func (q *Question) practices() iter.Seq[*Practice] {
	return func(yield func(*Practice) bool) {
		for i := range q.Practices {
			if !yield(&q.Practices[i]) {
				return
			}
		}
	}
}

// References returns what of the references to a source people can follow: without those that an import left for the
// way back to its own format.
func References(source []string) []string {
	return slices.DeleteFunc(slices.Clone(source), func(s string) bool { return strings.HasPrefix(s, "lens-") })
}
