package tradeoffs

import (
	"math"
	"strings"

	"plumbline/assessment/words"
	"plumbline/templates"
)

// PullMap is the picture of which pillars pull on which.
type PullMap struct {
	Pillars []string
	Pairs   []PullPair // those with tradeoffs: most live ones first, then most at all
	Summary string     // for example "30 tradeoffs, 10 of them active"
}

// PullPair is the tradeoffs between two pillars; both are the same pillar where one pulls on itself.
type PullPair struct {
	A, B int // positions of the pillars, A ≤ B
	Live int
	All  int
}

// Measures of the picture.
const (
	mapX, mapY  = 220.0, 150.0
	mapRadius   = 96.0
	mapNumbered = 8 // most pillars whose lines still have room for numbers
	mapPairs    = 8 // rows of the table that are always shown
	mapLine     = 17
)

// shortList returns the pairs that the table always shows, rest those behind them.
func (m PullMap) shortList() []PullPair { return m.Pairs[:min(mapPairs, len(m.Pairs))] }
func (m PullMap) rest() []PullPair      { return m.Pairs[min(mapPairs, len(m.Pairs)):] }

// lines returns the pairs to draw, live ones last so that they lie on top.
func (m PullMap) lines() []PullPair {
	var quiet, live []PullPair
	for _, pair := range m.Pairs {
		switch {
		case pair.A == pair.B:
		case pair.Live > 0:
			live = append(live, pair)
		default:
			quiet = append(quiet, pair)
		}
	}
	return append(quiet, live...)
}

// numbers returns the lines that carry the number of their live tradeoffs.
func (m PullMap) numbers() []PullPair {
	var numbered []PullPair
	for _, pair := range m.lines() {
		if pair.Live > 0 && len(m.Pillars) <= mapNumbered {
			numbered = append(numbered, pair)
		}
	}
	return numbered
}

func (p PullPair) class() string {
	kind := "p-rest"
	number := p.All
	if p.Live > 0 {
		kind, number = "p-live", p.Live
	}
	switch {
	case number > 7:
		return kind + " p-w4"
	case number > 4:
		return kind + " p-w3"
	case number > 2:
		return kind + " p-w2"
	default:
		return kind + " p-w1"
	}
}

// place is where pillar i stands on the circle, r of its radius away from the centre; the first is on top.
func (m PullMap) place(i int, r float64) (x, y float64) {
	sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(len(m.Pillars)))
	return mapX + mapRadius*r*sin, mapY - mapRadius*r*cos
}

func (m PullMap) node(i int) templates.Point { return templates.At(m.place(i, 1)) }

// number is where the number of a line stands: in its middle, or off the centre where all diameters meet.
func (m PullMap) number(p PullPair) templates.Point {
	share := 0.5
	if 2*(p.B-p.A) == len(m.Pillars) && len(m.Pillars) > 2 {
		share = 0.34
	}
	ax, ay := m.place(p.A, 1)
	bx, by := m.place(p.B, 1)
	return templates.At(ax+(bx-ax)*share, ay+(by-ay)*share)
}

// label is a title around the circle, broken into at most two lines; the table has a long one whole.
func (m PullMap) label(i int) []string {
	title := m.Pillars[i]
	head, tail, two := strings.Cut(title, " ")
	if !two || len([]rune(title)) <= mapLine-4 {
		return []string{words.Cut(title, mapLine)}
	}
	return []string{words.Cut(head, mapLine), words.Cut(tail, mapLine)}
}

// labelAt is where line j of the label of pillar i stands.
func (m PullMap) labelAt(i, j int) templates.Point {
	x, y := m.place(i, 1+14/mapRadius)
	lines := float64(len(m.label(i)))
	switch {
	case y < mapY-mapRadius: // on top: the last line is nearest
		y -= 15*(lines-1) + 5
	case y > mapY+mapRadius*0.7:
		y += 5
	default:
		y -= 7.5 * (lines - 1)
	}
	return templates.At(x, y+15*float64(j))
}

func (m PullMap) anchor(i int) string {
	return templates.RadarAnchor(i, len(m.Pillars))
}

// pair names both pillars.
func (m PullMap) pair(p PullPair) string {
	if p.A == p.B {
		return m.Pillars[p.A] + ", within the pillar"
	}
	return m.Pillars[p.A] + " and " + m.Pillars[p.B]
}

// spoken lists the live pulls for those who do not see the picture.
func (m PullMap) spoken() string {
	var parts []string
	for _, pair := range m.Pairs {
		if pair.Live > 0 {
			parts = append(parts, m.pair(pair)+" "+words.Plural(pair.Live, "tradeoff", "tradeoffs"))
		}
	}
	if len(parts) == 0 {
		return "No active conflicts between pillars"
	}
	return "Active conflicts between pillars: " + strings.Join(parts, "; ")
}

// strongest says which two pillars pull on each other most, nothing where no tradeoff is live.
func (m PullMap) strongest() string {
	for _, pair := range m.Pairs {
		if pair.Live > 0 && pair.A != pair.B {
			return m.pair(pair) + " conflict most, with " + words.Plural(pair.Live, "active tradeoff", "active tradeoffs") + "."
		}
	}
	return "No tradeoff between two pillars is active."
}
