package words

import (
	"math"
	"strconv"
	"strings"

	"plumbline/assessment"
)

// Minus is the sign of a negative number.
const Minus = "−"

// None is what takes the place of a number that there is not.
const None = "n/a"

// Count returns a whole number with its thousands apart: "1,250".
func Count(n int) string {
	digits := strconv.Itoa(max(n, -n))
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	if n < 0 {
		return Minus + digits
	}
	return digits
}

// Plural returns a count with its noun: "1 finding", "1,250 findings".
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Count(n) + " " + many
}

// Of returns a part of a count: "18 of 34".
func Of(n, of int) string { return Count(n) + " of " + Count(of) }

// Number returns a number with so many decimals, from 0 to 6, rounded half up by its exact value.
func Number(v float64, decimals int) string {
	s := strconv.FormatFloat(assessment.RoundTo(v, decimals), 'f', decimals, 64)
	if digits, negative := strings.CutPrefix(s, "-"); negative {
		return Minus + digits
	}
	return s
}

// Whole returns a score as people see it: "62".
func Whole(v float64) string { return Number(v, 0) }

// Points returns a score in its bands as people see it: "62". Where the whole number would be of another band than the
// score, it has one decimal, cut off: 32.96 is "32.9".
func Points(bands []assessment.Band, v float64) string {
	if assessment.BandAt(bands, float64(assessment.Round(v))).ID == assessment.BandAt(bands, v).ID {
		return Whole(v)
	}
	const noise = 1e-9
	return Number(math.Floor(10*(v+noise))/10, 1)
}

// Tenths returns a score with one decimal: "62.4".
func Tenths(v float64) string { return Number(v, 1) }

// Signed returns a change with its sign and so many decimals: "+0.8", "−0.62". What rounds to zero has no sign.
func Signed(v float64, decimals int) string {
	if assessment.RoundTo(v, decimals) > 0 {
		return "+" + Number(v, decimals)
	}
	return Number(v, decimals)
}

// Exact returns a number with the decimals that it has and no more: "3", "0.5". Weights and priorities are written so.
func Exact(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// Range returns a score without bands, or a pull, as people see it: "62–76", "62" where both ends look alike, None
// where nothing is applicable.
func Range(r assessment.Range) string {
	low, high := Whole(r.Low), Whole(r.High)
	switch {
	case !r.Applicable:
		return None
	case low == high:
		return low
	}
	return low + "–" + high
}

// Score returns a score in its bands as Range does, with Points.
func Score(bands []assessment.Band, r assessment.Range) string {
	low, high := Points(bands, r.Low), Points(bands, r.High)
	switch {
	case !r.Applicable:
		return None
	case low == high:
		return low
	}
	return low + "–" + high
}

// RangeSaid returns a score without bands, or a pull, as a screen reader says it: "between 62 and 76 of 100".
func RangeSaid(r assessment.Range) string { return said(r, Whole(r.Low), Whole(r.High)) }

// ScoreSaid returns a score in its bands as RangeSaid does, with Points.
func ScoreSaid(bands []assessment.Band, r assessment.Range) string {
	return said(r, Points(bands, r.Low), Points(bands, r.High))
}

func said(r assessment.Range, low, high string) string {
	switch {
	case !r.Applicable:
		return "not applicable"
	case low == high:
		return low + " of 100"
	}
	return "between " + low + " and " + high + " of 100"
}
