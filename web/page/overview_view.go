package page

import "plumbline/assessment/words"

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
