package templates

import (
	"strconv"
	"time"

	"plumbline/assessment"
)

// percent returns a position on a chart of 0–100 with at most two decimals.
func percent(v float64) string {
	return strconv.FormatFloat(min(max(v, 0), 100), 'f', 2, 64) + "%"
}

// Whole returns a score as people see it: a whole number, half up.
func Whole(v float64) string { return strconv.Itoa(assessment.Round(v)) }

// Span returns a range as people see it: 48–91, one number where both ends look alike, a dash where there is none.
func Span(r assessment.Range) string { return r.Text("–") }

// SpanInWords returns a range for a screen reader.
func SpanInWords(r assessment.Range) string {
	if !r.Applicable {
		return "not applicable"
	}
	low, high := Whole(r.Low), Whole(r.High)
	if low == high {
		return low + " of 100"
	}
	return "between " + low + " and " + high + " of 100"
}

// Signed returns points with a sign, true minus, and the decimals.
func Signed(v float64, decimals int) string {
	s := strconv.FormatFloat(max(v, -v), 'f', decimals, 64)
	switch {
	case allZero(s):
		return s
	case v < 0:
		return "−" + s
	default:
		return "+" + s
	}
}

func allZero(s string) bool {
	for _, r := range s {
		if r != '0' && r != '.' {
			return false
		}
	}
	return true
}

// Plural returns "1 finding" or "3 findings".
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// Day returns a date for people: 23 November 2026.
func Day(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.Format("2 January 2006")
}

// Moment returns a time for people, shorter the nearer it is: 14:31 today, 20 November this year.
func Moment(t, now time.Time) string {
	switch {
	case t.IsZero():
		return "–"
	case t.Year() == now.Year() && t.YearDay() == now.YearDay():
		return t.Format("15:04")
	case t.Year() == now.Year():
		return t.Format("2 January")
	default:
		return t.Format("2 January 2006")
	}
}

// Ago returns how long ago something was: just now, 12 s ago, 5 min ago, 3 h ago.
func Ago(d time.Duration) string {
	switch {
	case d < 5*time.Second:
		return "just now"
	case d < time.Minute:
		return strconv.Itoa(int(d.Seconds())) + " s ago"
	case d < time.Hour:
		return strconv.Itoa(int(d.Minutes())) + " min ago"
	default:
		return strconv.Itoa(int(d.Hours())) + " h ago"
	}
}
