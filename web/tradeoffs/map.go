package tradeoffs

import (
	"cmp"
	"fmt"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/words"
	view "plumbline/templates/tradeoffs"
)

// pullMap counts the tradeoffs between each two pillars. A tradeoff joins each pillar of one side with each of the other.
func pullMap(c *assessment.Current) view.PullMap {
	q := c.Model.Questionnaire()
	position := map[string]int{}
	m := view.PullMap{}
	for i, pillar := range q.Pillars {
		position[pillar.ID] = i
		m.Pillars = append(m.Pillars, pillar.Title)
	}
	pairs := map[[2]int]*view.PullPair{}
	live := 0
	for i := range q.Tradeoffs {
		isLive := c.Result.Tradeoffs[i].State == assessment.Live
		if isLive {
			live++
		}
		for _, key := range joined(&q.Tradeoffs[i], position) {
			if pairs[key] == nil {
				pairs[key] = &view.PullPair{A: key[0], B: key[1]}
			}
			pairs[key].All++
			if isLive {
				pairs[key].Live++
			}
		}
	}
	for _, pair := range pairs {
		m.Pairs = append(m.Pairs, *pair)
	}
	slices.SortFunc(m.Pairs, func(a, b view.PullPair) int {
		return cmp.Or(cmp.Compare(b.Live, a.Live), cmp.Compare(b.All, a.All), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	m.Summary = fmt.Sprintf("%s, %d of them active", words.Plural(len(q.Tradeoffs), "tradeoff", "tradeoffs"), live)
	return m
}

// joined returns the pairs of pillars, by position, that a tradeoff joins, each once. A pillar is paired with itself
// only where it is all that the tradeoff is about.
func joined(t *assessment.Tradeoff, position map[string]int) [][2]int {
	var pairs, within [][2]int
	for _, a := range t.Sides[0].Pillars {
		for _, b := range t.Sides[1].Pillars {
			key := [2]int{min(position[a], position[b]), max(position[a], position[b])}
			switch {
			case key[0] == key[1]:
				within = append(within, key)
			case !slices.Contains(pairs, key):
				pairs = append(pairs, key)
			}
		}
	}
	if len(pairs) == 0 && len(within) > 0 {
		return within[:1]
	}
	return pairs
}
