package report

import (
	"strconv"
	"time"

	"plumbline/assessment"
)

const minus = "−"

// whole returns a number as people see it: without decimals, half up.
func whole(v float64) string {
	return withMinus(strconv.Itoa(assessment.Round(v)))
}

// decimal returns a number with one decimal.
func decimal(v float64) string { return withMinus(strconv.FormatFloat(tenths(v), 'f', 1, 64)) }

// signed returns a change with one decimal and its sign.
func signed(v float64) string {
	if tenths(v) > 0 {
		return "+" + decimal(v)
	}
	return decimal(v)
}

// tenths rounds half up to one decimal; there is no minus zero.
func tenths(v float64) float64 { return assessment.RoundTo(v, 1) }

func withMinus(s string) string {
	if s[0] == '-' {
		return minus + s[1:]
	}
	return s
}

func number(n int) string { return strconv.Itoa(n) }

// rangeText returns "61", "48–91", or "n/a" where nothing is applicable.
func rangeText(r assessment.Range) string { return r.Text("n/a") }

// ofText returns "18 of 34".
func ofText(n, of int) string { return number(n) + " of " + number(of) }

// counted returns "1 practice", "3 practices".
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + many
}

func dateText(t time.Time) string { return t.UTC().Format("2 January 2006") }

func timeText(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 UTC") }

// dayText returns a day in the same form, empty for no date.
func dayText(d assessment.Date) string {
	t := d.Time()
	if t.IsZero() {
		return string(d)
	}
	return t.Format("2 January 2006")
}

// hashText returns a hash in groups of eight, so that it can be compared by eye.
func hashText(hash string) string {
	s := ""
	for len(hash) > 8 {
		s += hash[:8] + " "
		hash = hash[8:]
	}
	return s + hash
}

// signed2 returns a change with two decimals and its sign, for parts that are often small.
func signed2(v float64) string {
	v = assessment.RoundTo(v, 2)
	s := withMinus(strconv.FormatFloat(v, 'f', 2, 64))
	if v > 0 {
		return "+" + s
	}
	return s
}
