package page

import (
	"strconv"

	"plumbline/assessment"
)

// Started reports whether anything was answered.
func Started(s assessment.Score) bool { return s.Answered > 0 || s.Applicable < s.Total }

// open reports whether an applicable practice is not answered.
func open(s assessment.Score) bool { return s.Answered < s.Applicable }

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

// FirstOf returns the first of two that is not nil.
func FirstOf(a, b *assessment.Principle) *assessment.Principle {
	if a != nil {
		return a
	}
	return b
}

// FirstOpen returns the first principle of a pillar with something open, else its first.
func FirstOpen(pillar assessment.Pillar, score assessment.PillarResult) *assessment.Principle {
	for i := range pillar.Principles {
		if open(score.Principles[i].Score) {
			return &pillar.Principles[i]
		}
	}
	return &pillar.Principles[0]
}

// OpenDecisions counts the live tradeoffs that nobody has settled, for example "6 open"; empty for none.
func OpenDecisions(c *assessment.Current) string {
	if n := len(assessment.OpenDecisions(c.Result, c.State.Decisions)); n > 0 {
		return strconv.Itoa(n) + " open"
	}
	return ""
}
