package assessment

import "iter"

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
