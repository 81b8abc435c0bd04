package azurearticle

import (
	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/content"
	"plumbline/content/foreign"
)

const draftTradeoff = "Draft, from a callout of the article."

// callout adds the draft of a tradeoff, or says where a risk went.
func (b *builder) callout(s *section, p *pillar, c *callout) {
	if c.risk {
		b.risk(s, p, c)
		return
	}
	text := paragraphs(join(c.lines), join(c.after))
	t := assessment.Tradeoff{Title: calloutTitle(s, c), Stated: true, Summary: text}
	if pair, ok := pairTitle(c.title); ok {
		one, other := b.known(pair[0]), b.known(pair[1])
		t.Sides = [2]assessment.Side{side(pair[0].title, one), side(pair[1].title, other)}
		if one == nil || other == nil {
			t.Sides = [2]assessment.Side{side(pair[0].title, nil), side(pair[1].title, nil)}
			b.lose(c.at, s.title, "the callout %s names a pillar without principles: its draft is not linked to pillars", foreign.Shorten(c.title))
		}
	} else {
		b.lose(c.at, s.title, "the callout %s does not name two pillars: its draft is not linked to any", foreign.Shorten(t.Title))
		t.Sides = [2]assessment.Side{side("One side, to be named", nil), side("Other side, to be named", nil)}
		if one, other, some := halves(c.title); some {
			t.Sides = [2]assessment.Side{side(one, nil), side(other, nil)}
		}
		if p != nil {
			p.texts = append(p.texts, "Tradeoff: "+paragraphs(c.title, text))
		}
	}
	b.unsignalled++
	b.loseLinks(s.title, c.lines...)
	b.loseLinks(s.title, c.after...)
	b.tradeoff(t, s, c)
}

// tradeoff adds a draft with its id and the question to decide.
func (b *builder) tradeoff(t assessment.Tradeoff, s *section, c *callout) {
	if len(b.q.Tradeoffs) == content.MaxTradeoffs {
		b.lose(c.at, s.title, "a questionnaire can have at most %d tradeoffs: %s is left out", content.MaxTradeoffs, foreign.Shorten(t.Title))
		return
	}
	t.ID = b.tradeoffIDs.Take(slug(t.Title))
	t.Summary = words.Cut(paragraphs(draftTradeoff, t.Summary), foreign.MaxProse)
	t.Decide = "How does the team settle this: " + t.Title + "?"
	if t.Signals == nil {
		t.Signals = []assessment.Signal{}
	}
	b.q.Tradeoffs = append(b.q.Tradeoffs, t)
}

func side(label string, p *pillar) assessment.Side {
	s := assessment.Side{Label: words.Cut(label, maxTitle), Pillars: []string{}, Practices: []string{}}
	if p != nil {
		s.Pillars = append(s.Pillars, p.ID)
	}
	return s
}

// calloutTitle returns a callout's own title, or where it stands and what it begins with.
func calloutTitle(s *section, c *callout) string {
	if c.title != "" {
		return titleOf(c.title)
	}
	says := oneLine(c.lines)
	if says == "" {
		says = oneLine(c.after)
	}
	title := "Tradeoff"
	if s.title != "" {
		title = words.Cut(s.title, maxTitle/2)
	}
	if says != "" {
		title += ": " + words.Cut(says, maxTitle/2)
	}
	return withoutStop(title)
}

// risk keeps a risk with the text of its pillar.
func (b *builder) risk(s *section, p *pillar, c *callout) {
	if p == nil {
		b.lose(c.at, s.title, "a risk is not a tradeoff, and no pillar can hold its text: %s is left out", foreign.Shorten(paragraphs(c.title, join(c.lines))))
		return
	}
	b.lose(c.at, s.title, "a risk is not a tradeoff: its text is kept with the pillar %s", foreign.Shorten(p.Title))
	p.texts = append(p.texts, "Risk: "+paragraphs(c.title, join(c.lines), join(c.after)))
	b.loseLinks(s.title, append(c.lines, c.after...)...)
}

// pairSection reads a section such as "Reliability tradeoffs with Security". Each callout is a principle of the second
// pillar, whose practices are the effects listed below it; the first pillar has a principle with one practice a callout.
func (b *builder) pairSection(s *section) {
	one := b.known(s.pair[0])
	if one == nil && (s.settles() || s.hasRows()) || s.settles() && b.known(s.pair[1]) == nil {
		b.lose(s.at, s.title, "a questionnaire can have at most %d pillars: the section is left out", foreign.MaxPillars)
		return
	}
	var settled []statement
	var text []line
	var callouts []*callout
	for _, i := range s.items {
		switch {
		case i.callout != nil && !i.callout.risk:
			title := calloutTitle(s, i.callout)
			settled = append(settled, statement{"Settled: " + title, nil})
			callouts = append(callouts, i.callout)
		case i.callout != nil:
			b.callout(s, one, i.callout)
		case len(i.rows) > 0:
			b.rows(one, i.rows, s.title)
		default:
			text = append(text, i.lines...)
		}
	}
	if len(callouts) == 0 {
		b.text(one, s, text)
		return
	}
	b.loseLinks(s.title, text...)
	b.add(one, assessment.Principle{Title: s.title, Weight: 1, Summary: paragraphs("Draft: each practice is a tradeoff of the article.", join(text))},
		assessment.Question{Title: "Which of these have you settled: " + s.title + "?"}, settled, nil, row{at: s.at}, s.title)
	if one.Principles == nil {
		return
	}
	for _, c := range callouts {
		b.pairCallout(s, c)
	}
}

func (b *builder) pairCallout(s *section, c *callout) {
	one, other := b.known(s.pair[0]), b.known(s.pair[1])
	title := calloutTitle(s, c)
	effects, lead := effectsOf(c, title)
	summary := paragraphs("Draft: the practices are effects that the article lists. Rewrite each one as something to do.", join(c.lines), join(lead))
	practices := b.add(other, assessment.Principle{Title: title, Weight: 1, Summary: summary},
		assessment.Question{Title: "Which of these effects have you addressed: " + title + "?"},
		effects, append(append([]line{}, c.lines...), lead...), row{at: c.at, group: s.title}, s.title)
	t := assessment.Tradeoff{Title: title, Stated: true, Summary: paragraphs(join(c.lines), join(lead)),
		Sides: [2]assessment.Side{side(s.pair[0].title, one), side(s.pair[1].title, other)}}
	for i, p := range practices {
		t.Sides[1].Practices = append(t.Sides[1].Practices, p.ID)
		when, err := assessment.ParseExpression("!" + p.ID)
		if err != nil || i == foreign.MaxItems {
			continue
		}
		t.Signals = append(t.Signals, assessment.Signal{When: when, Says: "Not addressed: " + effects[i].text})
	}
	if len(other.Principles) == 0 {
		t.Sides[1] = side(s.pair[1].title, nil)
	}
	b.tradeoff(t, s, c)
}

// effectsOf returns the bullets below a callout, and the other text there. Without bullets the callout's own sentences
// are the effects, or its title where it has none.
func effectsOf(c *callout, title string) (effects []statement, lead []line) {
	for _, l := range append(append([]line{}, bullets(c.lines)...), c.after...) {
		switch {
		case l.bullet && l.depth <= 1 && l.text != "":
			effects = append(effects, statement{l.text, []line{l}})
		case l.depth > 0 && len(effects) > 0:
			effects[len(effects)-1].lines = append(effects[len(effects)-1].lines, l)
		default:
			lead = append(lead, l)
		}
	}
	if len(effects) == 0 {
		effects, lead = statements(append(append([]line{}, c.lines...), c.after...))
	}
	if len(effects) == 0 {
		effects = []statement{{title, nil}}
	}
	return effects, lead
}

// bullets returns the bullets in a callout itself.
func bullets(lines []line) []line {
	var found []line
	for _, l := range lines {
		if l.depth > 0 {
			found = append(found, l)
		}
	}
	return found
}
