package page

import (
	"plumbline/assessment"
	"plumbline/assessment/words"
)

// PriorityMark shows a priority other than 1.
func PriorityMark(priority float64) string {
	switch priority {
	case 1:
		return ""
	case 0:
		return "left out"
	}
	return "×" + words.Exact(priority)
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
