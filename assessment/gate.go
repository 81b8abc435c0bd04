package assessment

import "slices"

// Reaches reports whether even the low score, with its four decimals, is at least so many points. What has no score
// reaches none.
func (s Score) Reaches(points float64) bool {
	return s.Range.Applicable && RoundTo(s.Low, 4) >= points
}

// NewHigh returns the practices with a high finding that had none before, in rank order.
func NewHigh(before, after *Result) []string {
	old := before.highFindings()
	return slices.DeleteFunc(after.highFindings(), func(practice string) bool { return slices.Contains(old, practice) })
}

func (r *Result) highFindings() []string {
	var list []string
	for _, finding := range r.Findings {
		if finding.Severity == High {
			list = append(list, finding.Practice)
		}
	}
	return list
}
