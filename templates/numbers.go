package templates

import "strconv"

// Percent returns a position on a chart of 0–100 with at most two decimals.
func Percent(v float64) string {
	return strconv.FormatFloat(min(max(v, 0), 100), 'f', 2, 64) + "%"
}

// Number is a count for people.
func Number(n int) string { return strconv.Itoa(n) }
