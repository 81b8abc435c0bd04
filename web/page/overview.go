package page

import "plumbline/assessment"

// NextPrinciple returns where the walk goes on: the principle where the person stopped if something is open there,
// else the next with something open, from the start again after the last. It is nil where everything is answered.
func NextPrinciple(c *assessment.Current, position string) *assessment.Principle {
	var before, after *assessment.Principle
	passed := false
	for i, pillar := range c.Model.Questionnaire().Pillars {
		for j := range pillar.Principles {
			principle := &pillar.Principles[j]
			passed = passed || principle.ID == position
			if !open(c.Result.Pillars[i].Principles[j].Score) {
				continue
			}
			if passed {
				after = FirstOf(after, principle)
			} else {
				before = FirstOf(before, principle)
			}
		}
	}
	return FirstOf(after, before)
}

func FirstOf(a, b *assessment.Principle) *assessment.Principle {
	if a != nil {
		return a
	}
	return b
}

// open reports whether an applicable practice is not answered.
func open(s assessment.Score) bool { return s.Answered < s.Applicable }
