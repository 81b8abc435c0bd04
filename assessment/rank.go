package assessment

import (
	"cmp"
	"slices"
)

// ranked is a practice in a list of findings or recommendations, or on its way there. It has no pointers: lists of it
// are copied with every change.
type ranked struct {
	position int
	pillar   int
	severity int     // 0 for the worst
	raised   float64 // low of the pillar if the practice were adopted
	gain     float64
	worth    float64 // larger is better, in steps that floats cannot blur
}

// ranked returns a practice with its gain; effort divides its worth.
func (e *evaluation) ranked(practice int, severity Level, effort float64) ranked {
	_, _, pillar := e.model.above(practice)
	r := ranked{position: practice, pillar: pillar, severity: severity.rank(), raised: e.raised(practice)}
	r.gain = e.gain(pillar, r.raised)
	r.worth = coarse(r.gain / effort)
	return r
}

func (r *ranked) level() Level { return [...]Level{High, Medium, Low, None}[r.severity] }

// compare orders by severity, worth downwards, position.
func (r *ranked) compare(other *ranked) int {
	if c := cmp.Compare(r.severity, other.severity); c != 0 {
		return c
	}
	if c := cmp.Compare(other.worth, r.worth); c != 0 {
		return c
	}
	return cmp.Compare(r.position, other.position)
}

func rankAll(list []ranked) {
	slices.SortFunc(list, func(a, b ranked) int { return a.compare(&b) })
}

// rankAgain sorts a list that is nearly sorted.
func rankAgain(list []ranked) {
	for i := range list {
		for ; i > 0 && list[i].compare(&list[i-1]) < 0; i-- {
			list[i], list[i-1] = list[i-1], list[i]
		}
	}
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
