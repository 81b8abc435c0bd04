package tradeoffs

import (
	"strconv"
	"strings"
	"testing"

	"plumbline/templates"
)

// The picture holds any number of pillars: everything lies inside, and no two nodes or numbers coincide.
func TestPullMapFits(t *testing.T) {
	for n := 1; n <= 20; n++ {
		m := PullMap{}
		for i := range n {
			m.Pillars = append(m.Pillars, strings.Repeat("Pillar of great length ", 3))
			for j := range i {
				m.Pairs = append(m.Pairs, PullPair{A: j, B: i, Live: 1, All: 2})
			}
		}
		seen := map[templates.Point]bool{}
		inside := func(what string, p templates.Point) {
			x, errX := strconv.ParseFloat(p.X, 64)
			y, errY := strconv.ParseFloat(p.Y, 64)
			if errX != nil || errY != nil || x < 0 || x > 440 || y < 0 || y > 306 {
				t.Errorf("%d pillars: %s at %v", n, what, p)
			}
		}
		for i := range n {
			if seen[m.node(i)] {
				t.Errorf("%d pillars: two at %v", n, m.node(i))
			}
			seen[m.node(i)] = true
			inside("node", m.node(i))
			for j := range m.label(i) {
				inside("label", m.labelAt(i, j))
			}
		}
		for _, pair := range m.numbers() {
			if n <= 6 && seen[m.number(pair)] {
				t.Errorf("%d pillars: two things at %v", n, m.number(pair))
			}
			seen[m.number(pair)] = true
			inside("number", m.number(pair))
		}
		if n > mapNumbered && len(m.numbers()) > 0 {
			t.Errorf("%d pillars: numbers on lines that have no room", n)
		}
	}
}

func TestPullMapWithoutTradeoffs(t *testing.T) {
	m := PullMap{Pillars: []string{"One"}, Pairs: []PullPair{{A: 0, B: 0, Live: 1, All: 1}}}
	if len(m.lines()) != 0 {
		t.Error("a pillar that pulls on itself has a line")
	}
	if got := m.pair(m.Pairs[0]); got != "One, within the pillar" {
		t.Errorf("pair %q", got)
	}
	if got := m.strongest(); got != "No tradeoff between two pillars is active." {
		t.Errorf("strongest %q", got)
	}
}
