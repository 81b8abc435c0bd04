package templates

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// Ticks are the marks of the scale: its ends and where bands begin.
func (b Bands) Ticks() []float64 {
	ticks := []float64{0}
	for _, band := range b {
		if band.From > 0 {
			ticks = append(ticks, band.From)
		}
	}
	return append(ticks, 100)
}

// Inner are the marks where bands begin, without the ends.
func (b Bands) Inner() []float64 {
	ticks := b.Ticks()
	return ticks[1 : len(ticks)-1]
}

func (b Bands) middle(i int) float64 {
	to := 100.0
	if i+1 < len(b) {
		to = b[i+1].From
	}
	return (b[i].From + to) / 2
}

func (b Bands) rangeLabel(label string, now, was assessment.Range) string {
	s := label + ": " + words.ScoreSaid(b, now)
	if was.Applicable {
		s += ", was " + words.ScoreSaid(b, was)
	}
	return s
}

// half is a height of a stroke that is one pixel wide, so that it falls on pixels.
func half(y int) string { return Number(y) + ".5" }

func armEnd(pull, direction float64) float64 { return 50 + direction*pull*0.47 }

func armHead(direction float64) string {
	if direction < 0 {
		return "M4 -7v14l-10-7z"
	}
	return "M-4 -7v14l10-7z"
}

// Point is a position in a drawing, ready for an attribute.
type Point struct{ X, Y string }

func At(x, y float64) Point {
	return Point{strconv.FormatFloat(x, 'f', 1, 64), strconv.FormatFloat(y, 'f', 1, 64)}
}

func sparkAt(values []float64, i int) Point {
	return At(4+72*float64(i)/float64(len(values)-1), 21-18*values[i]/100)
}

func sparkEnd(values []float64) Point { return sparkAt(values, len(values)-1) }

func sparkPoints(values []float64) string {
	points := make([]string, len(values))
	for i := range values {
		p := sparkAt(values, i)
		points[i] = p.X + "," + p.Y
	}
	return strings.Join(points, " ")
}

func sparkLabel(values []float64) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = words.Whole(v)
	}
	return "Snapshots so far: " + strings.Join(parts, ", ")
}

// What is said of the radar of the pillars.
const (
	RadarLabel = "Radar chart of the pillars"
	RadarKey   = "Filled: confirmed. Hatched: still possible."
)

// RadarAxis is one level of a radar.
type RadarAxis struct {
	Title  string
	Now    assessment.Range
	Before assessment.Range // not applicable where there is nothing to compare with
}

// lines breaks a long title into what has room beside axis i of n; the whole of it is in the words of the chart.
func (a RadarAxis) lines(i, n int) []string {
	if RadarAnchor(i, n) == "mid-text" {
		return brokenLines(a.Title, 26, 2)
	}
	if math.Cos(2*math.Pi*float64(i)/float64(n)) < -0.5 { // below: what follows the web comes soon
		return brokenLines(a.Title, 16, 2)
	}
	return brokenLines(a.Title, 13, 3)
}

// brokenLines breaks a text between words into lines of at most wide characters, with an ellipsis where it needs more
// than so many lines, or where a word is longer than one.
func brokenLines(text string, wide, most int) []string {
	var lines []string
	for _, word := range strings.Fields(text) {
		word = words.Cut(word, wide)
		last := len(lines) - 1
		switch {
		case last >= 0 && utf8.RuneCountInString(lines[last]+" "+word) <= wide:
			lines[last] += " " + word
		case len(lines) < most:
			lines = append(lines, word)
		default:
			lines[last] = strings.TrimSuffix(lines[last], "…") + "…"
			return lines
		}
	}
	return lines
}

func nowLow(a RadarAxis) float64    { return a.Now.Low }
func nowHigh(a RadarAxis) float64   { return a.Now.High }
func beforeLow(a RadarAxis) float64 { return a.Before.Low }

func radarHasBefore(axes []RadarAxis) bool {
	for _, a := range axes {
		if a.Before.Applicable {
			return true
		}
	}
	return false
}

// radarPoint is where a value of 0–100 lies on axis i of n: centre 176, 142, radius 110, the first axis upwards.
func radarPoint(i, n int, value float64) Point {
	sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
	return At(176+1.1*value*sin, 142-1.1*value*cos)
}

func radarRing(n int, value float64) string {
	points := make([]string, n)
	for i := range points {
		p := radarPoint(i, n, value)
		points[i] = p.X + "," + p.Y
	}
	return strings.Join(points, " ")
}

func radarShape(axes []RadarAxis, value func(RadarAxis) float64) string {
	points := make([]string, len(axes))
	for i, a := range axes {
		p := radarPoint(i, len(axes), value(a))
		points[i] = p.X + "," + p.Y
	}
	return strings.Join(points, " ")
}

func RadarAnchor(i, n int) string {
	sin := math.Sin(2 * math.Pi * float64(i) / float64(n))
	switch {
	case math.Abs(sin) < 0.2:
		return "mid-text"
	case sin > 0:
		return "start-text"
	default:
		return "end-text"
	}
}

// radarText is where line j of k of the title of axis i stands.
func radarText(i, n, j, k int) Point {
	sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
	y := 142 - 122*cos + 14*float64(j) - 7*float64(k-1)
	if RadarAnchor(i, n) == "mid-text" { // above or below the web, not over it
		y -= 7 * float64(k-1) * cos
	}
	return At(176+118*sin, y+4)
}

func (b Bands) radarLabel(axes []RadarAxis) string {
	parts := make([]string, len(axes))
	for i, a := range axes {
		parts[i] = a.Title + " " + words.ScoreSaid(b, a.Now)
		if a.Before.Applicable {
			parts[i] += " (before " + words.ScoreSaid(b, a.Before) + ")"
		}
	}
	return strings.Join(parts, ", ")
}

// pullSaid is a pull as a screen reader says it.
func pullSaid(pull assessment.Range) string {
	if !pull.Applicable {
		return "not shown"
	}
	return words.RangeSaid(pull)
}
