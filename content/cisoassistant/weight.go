package cisoassistant

import (
	"strconv"

	"plumbline/content"
	"plumbline/content/foreign"
)

// weight returns the weight that a node names, the given one where that is none.
func weight(v foreign.Value, instead float64) float64 {
	w, err := strconv.ParseFloat(v.Text, 64)
	if v.Kind != foreign.Number || err != nil || !(w > 0 && w <= content.MaxWeight) {
		v.Lose("expected a number above 0, found %s: left out", v.Describe())
		return instead
	}
	return w
}
