package cisoassistant

import (
	"unicode/utf8"

	"plumbline/assessment"
	"plumbline/content/foreign"
)

// builder makes pillars, principles and questions of a tree.
type builder struct {
	*tree
	top     *node // the framework, where its sections are too many for pillars
	pillars []assessment.Pillar
	places  map[*node]*place
	told    map[*node]bool // whose text is in the questionnaire
	named   map[*node]bool // whose title is in that of a question, or in its help
}

// place is where what a node stands for is in the questionnaire.
type place struct{ pillar, principle, question int } // -1 where there is none yet

// at returns the place of a node.
func (b *builder) at(n *node) *place {
	p, ok := b.places[n]
	if !ok {
		p = &place{-1, -1, -1}
		b.places[n] = p
	}
	return p
}

// add puts a practice to its place.
func (b *builder) add(n *node) {
	way := n.way(b.top)
	pillar := b.pillar(way[0])
	principle := b.principle(pillar, way)
	question := b.question(principle, way)
	b.told[n] = true
	question.Practices = append(question.Practices, b.practice(n))
}

func (b *builder) pillar(n *node) *assessment.Pillar {
	at := b.at(n)
	if at.pillar < 0 {
		at.pillar = len(b.pillars)
		b.pillars = append(b.pillars, assessment.Pillar{ID: b.id(n, &b.ids.pillars), Title: n.title, Summary: b.tell(n)})
	}
	return &b.pillars[at.pillar]
}

// principle returns the principle of the second node of a way, of the first where there is no second.
func (b *builder) principle(pillar *assessment.Pillar, way []*node) *assessment.Principle {
	n := way[min(1, len(way)-1)]
	at := b.at(n)
	if at.principle < 0 {
		at.principle = len(pillar.Principles)
		pillar.Principles = append(pillar.Principles, assessment.Principle{ID: b.id(n, &b.ids.principles), Title: n.title, Summary: b.tell(n), Weight: 1})
	}
	return &pillar.Principles[at.principle]
}

// question returns the question of the last node of a way.
func (b *builder) question(principle *assessment.Principle, way []*node) *assessment.Question {
	n := way[len(way)-1]
	at := b.at(n)
	if at.question >= 0 {
		return &principle.Questions[at.question]
	}
	at.question = len(principle.Questions)
	question := assessment.Question{ID: b.id(n, &b.ids.questions), Title: n.title, Weight: 1}
	var parts []string
	if len(way) > 2 {
		question.Title = path(way[2:])
		short := utf8.RuneCountInString(question.Title) <= longest
		if !short {
			question.Title = n.title
		}
		for _, up := range way[2:] {
			if text := b.tell(up); short || up == n {
				parts = append(parts, text)
			} else if !b.named[up] {
				parts = append(parts, headed(up.title, text))
			}
			b.named[up] = true
		}
	}
	question.Help = n.Cut(joined(parts...), foreign.MaxProse)
	principle.Questions = append(principle.Questions, question)
	return &principle.Questions[at.question]
}

// tell returns what a section says, once: "" where that is in the questionnaire already, or belongs to a practice.
func (b *builder) tell(n *node) string {
	if n.assessable || b.told[n] {
		return ""
	}
	b.told[n] = true
	return n.Cut(withLinks(n.told(), n.uniqueLinks()), foreign.MaxProse)
}
