package assessment

import (
	"cmp"
	"strings"
)

// CompareVersions orders two semantic versions as semver.org does: negative where a is before b, 0 where none is before
// the other, positive where a is after b. Anything that is not a semantic version comes before everything that is.
func CompareVersions(a, b string) int {
	if !IsVersion(a) || !IsVersion(b) {
		return cmp.Or(ordered(IsVersion(a), IsVersion(b)), strings.Compare(a, b))
	}
	a, _, _ = strings.Cut(a, "+")
	b, _, _ = strings.Cut(b, "+")
	numbersA, earlyA, isEarlyA := strings.Cut(a, "-")
	numbersB, earlyB, isEarlyB := strings.Cut(b, "-")
	if c := compareParts(numbersA, numbersB); c != 0 {
		return c
	}
	if isEarlyA != isEarlyB {
		return ordered(isEarlyB, isEarlyA)
	}
	return compareParts(earlyA, earlyB)
}

// ordered puts false before true.
func ordered(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// compareParts compares what is between the dots: numbers by their value and before texts; the shorter list first.
func compareParts(a, b string) int {
	for a != "" && b != "" {
		var x, y string
		x, a, _ = strings.Cut(a, ".")
		y, b, _ = strings.Cut(b, ".")
		if c := comparePart(x, y); c != 0 {
			return c
		}
	}
	return ordered(a != "", b != "")
}

func comparePart(x, y string) int {
	numberX, numberY := isNumber(x), isNumber(y)
	switch {
	case numberX && numberY:
		return cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y)) // there are no leading zeros
	case numberX != numberY:
		return ordered(numberY, numberX)
	}
	return strings.Compare(x, y)
}

func isNumber(s string) bool { return strings.Trim(s, "0123456789") == "" }
