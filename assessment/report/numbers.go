package report

import "plumbline/assessment"

// tenths rounds half up to one decimal; there is no minus zero.
func tenths(v float64) float64 { return assessment.RoundTo(v, 1) }

// hashText returns a hash in groups of eight, so that it can be compared by eye.
func hashText(hash string) string {
	s := ""
	for len(hash) > 8 {
		s += hash[:8] + " "
		hash = hash[8:]
	}
	return s + hash
}

// short returns the start of a hash, as the foot of a page has room for.
func short(hash string) string { return hash[:min(12, len(hash))] }
