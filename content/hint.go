package content

import (
	"fmt"
	"iter"
	"strings"
)

// maxHints bounds the suggestions for one file: each looks at every word there is.
const maxHints = 200

// hint returns " (did you mean …?)" with the word that is nearest to a misspelt one, the first in the alphabet where
// several are; empty where none is near.
func (s *source) hint(wrong string, words iter.Seq[string]) string {
	if s.hints >= maxHints || wrong == "" || len(wrong) > 128 {
		return ""
	}
	s.hints++
	folded := strings.ToLower(wrong)
	best, bestDistance := "", 1+min(max(1, len(wrong)/3), 3, len(wrong)-1)
	for word := range words {
		d := distance(folded, strings.ToLower(word), bestDistance+1)
		if d < bestDistance || d == bestDistance && best != "" && word < best {
			best, bestDistance = word, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %q?)", best)
}

// distance returns how many bytes must be added, left out or changed to turn a into b, or limit where it is no less.
func distance(a, b string, limit int) int {
	if max(len(a)-len(b), len(b)-len(a)) >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return min(row[len(b)], limit)
}
