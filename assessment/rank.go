package assessment

import (
	"cmp"
	"slices"
)

// ranked is a practice on its way into a list of findings or recommendations.
type ranked struct {
	position int // of the practice
	severity Level
	gain     float64
	order    int     // of the severity, 0 for the worst
	worth    float64 // larger is better
}

func newRanked(position int, severity Level, gain, effort float64) ranked {
	return ranked{position, severity, gain, severity.rank(), gain / effort}
}

// rankAll sorts by severity, worth downwards, position. Worths that differ by noise alone are equal: sorted, they stand
// together, and are made equal to be sorted by position.
func rankAll(list []ranked) {
	slices.SortFunc(list, compareRanked)
	if settle(list, func(r *ranked) *float64 { return &r.worth }) {
		slices.SortFunc(list, compareRanked)
	}
}

func compareRanked(a, b ranked) int {
	if c := cmp.Compare(a.order, b.order); c != 0 {
		return c
	}
	if c := cmp.Compare(b.worth, a.worth); c != 0 {
		return c
	}
	return cmp.Compare(a.position, b.position)
}

// lower returns the level one step below, None below low.
func (l Level) lower() Level {
	switch l {
	case High:
		return Medium
	case Medium:
		return Low
	default:
		return None
	}
}

// rank orders levels from the worst, High, on.
func (l Level) rank() int {
	switch l {
	case High:
		return 0
	case Medium:
		return 1
	case Low:
		return 2
	default:
		return 3
	}
}
