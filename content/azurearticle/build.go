package azurearticle

import (
	"cmp"
	"slices"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/content/foreign"
)

// builder makes a questionnaire of sections.
type builder struct {
	*walker
	q           *assessment.Questionnaire
	pillars     []*pillar
	practices   int
	unsignalled int  // tradeoffs without signals
	about       name // the pillar of what stands under no pillar's heading

	pillarIDs, principleIDs, tradeoffIDs foreign.TakenIDs
}

// pillar is a pillar with the texts of its summary.
type pillar struct {
	assessment.Pillar
	name  name
	texts []string
}

func newBuilder(r *reader, w *walker, f front) *builder {
	b := &builder{walker: w}
	title := cmp.Or(f.title, w.title)
	if title == "" {
		title = "Untitled article"
		r.lose(nowhere, "", "the article has no title")
	}
	title = words.Cut(title, foreign.MaxLine/2)
	b.about = b.subject(title)
	source := assessment.Source{Title: title + " (Azure Well-Architected Framework)", URL: r.base.page}
	if f.date != "" {
		source.Title = words.Cut(title+" (Azure Well-Architected Framework, "+f.date+")", foreign.MaxLine)
	}
	b.q = &assessment.Questionnaire{ID: slug(title), Version: foreign.FirstVersion, Title: title, Source: source, Bands: foreign.Bands(),
		Summary: paragraphs("Draft from an article of the Azure Well-Architected Framework: edit each question and practice before you use it.", f.description)}
	return b
}

// subject returns the pillar that the article is about as a whole: the one in its title or its folder, else one of its
// own.
func (b *builder) subject(title string) name {
	for _, text := range []string{title, b.title, strings.ReplaceAll(b.base.folder, "-", " ")} {
		if n, ok := pillarIn(text); ok {
			if !b.base.known && !b.named {
				b.base.folder, b.base.known = n.id, true
			}
			return n
		}
	}
	return name{slug(title), title}
}

// build fills the questionnaire.
func (b *builder) build() {
	b.foretell()
	for _, s := range b.sections {
		if s.pair != nil {
			b.pairSection(s)
		} else {
			b.section(s)
		}
	}
	for _, p := range b.pillars {
		if len(p.Principles) == 0 {
			b.drop(p)
			continue
		}
		p.Summary = words.Cut(paragraphs(p.texts...), foreign.MaxProse)
		b.q.Pillars = append(b.q.Pillars, p.Pillar)
	}
	b.q.Summary = words.Cut(b.q.Summary, foreign.MaxProse)
	b.summarise()
}

// drop says what goes with a pillar whose principles were too many, and takes it out of the tradeoffs.
func (b *builder) drop(p *pillar) {
	b.lose(nowhere, "", "the pillar %s has no principles that can be kept: it is left out, with its text (paragraphs: %d)", foreign.Shorten(p.Title), len(p.texts))
	for i := range b.q.Tradeoffs {
		for j := range b.q.Tradeoffs[i].Sides {
			side := &b.q.Tradeoffs[i].Sides[j]
			side.Pillars = slices.DeleteFunc(side.Pillars, func(id string) bool { return id == p.ID })
		}
	}
}

// foretell makes the pillars that have principles, in the order of the article: callouts name later ones.
func (b *builder) foretell() {
	for _, s := range b.sections {
		switch {
		case s.pair != nil:
			if s.settles() || s.hasRows() {
				b.pillar(s.pair[0])
			}
			if s.settles() {
				b.pillar(s.pair[1])
			}
		case s.hasRows():
			for _, i := range s.items {
				for _, r := range i.rows {
					b.pillar(b.nameOf(s, r))
				}
			}
		}
	}
}

// nameOf returns the pillar of a row: that of its section, of its code, or of the article.
func (b *builder) nameOf(s *section, r row) name {
	if s.name.id != "" {
		return s.name
	}
	if id, ok := codes[strings.ToUpper(strings.SplitN(r.code, ":", 2)[0])]; ok {
		for _, n := range pillarNames {
			if n.id == id {
				return n
			}
		}
	}
	if b.named && s.title != "" {
		return name{slug(s.title), words.Cut(s.title, foreign.MaxLine/2)}
	}
	return b.about
}

// pillar returns the pillar of a name, a new one where there is none; nil where there are too many.
func (b *builder) pillar(n name) *pillar {
	if p := b.known(n); p != nil {
		return p
	}
	if len(b.pillars) == foreign.MaxPillars {
		return nil
	}
	p := &pillar{Pillar: assessment.Pillar{ID: b.pillarIDs.Take(slug(n.id)), Title: n.title}, name: n}
	b.pillars = append(b.pillars, p)
	return p
}

// known returns the pillar of a name, nil where there is none.
func (b *builder) known(n name) *pillar {
	for _, p := range b.pillars {
		if p.name == n {
			return p
		}
	}
	return nil
}

// section reads a section that is no pair.
func (b *builder) section(s *section) {
	p := b.home(s)
	forCallouts := p
	if p == nil && !b.named && len(b.pillars) == 1 {
		forCallouts = b.pillars[0]
	}
	var text []line
	for _, i := range s.items {
		switch {
		case i.callout != nil:
			b.text(p, s, text)
			text = nil
			b.callout(s, forCallouts, i.callout)
		case len(i.rows) > 0:
			b.text(p, s, text)
			text = nil
			b.byPillar(s, i.rows)
		default:
			text = append(text, i.lines...)
		}
	}
	b.text(p, s, text)
}

// home returns the pillar that takes the texts of a section, nil where none does.
func (b *builder) home(s *section) *pillar {
	if s.name.id != "" {
		return b.known(s.name)
	}
	for _, i := range s.items {
		if len(i.rows) > 0 {
			return b.known(b.nameOf(s, i.rows[0]))
		}
	}
	return nil
}

func (b *builder) byPillar(s *section, rows []row) {
	for _, r := range rows {
		p := b.known(b.nameOf(s, r))
		if p == nil {
			b.lose(r.at, s.title, "a questionnaire can have at most %d pillars: the row is left out", foreign.MaxPillars)
			continue
		}
		if r.group == "" && s.name.id == "" && p.Title != s.title {
			r.group = s.title
		}
		b.principle(p, r, s.title)
	}
}

func (b *builder) rows(p *pillar, rows []row, here string) {
	for _, r := range rows {
		b.principle(p, r, here)
	}
}

// text keeps the text of a section with its pillar, with the questionnaire before the first heading, or reports it.
func (b *builder) text(p *pillar, s *section, lines []line) {
	if len(lines) == 0 {
		return
	}
	switch {
	case s.title == "":
		b.q.Summary = paragraphs(b.q.Summary, join(lines))
	case p != nil:
		text := join(lines)
		if s.name.id == "" && s.pair == nil && p.Title != s.title {
			text = paragraphs(s.title, text)
		}
		p.texts = append(p.texts, text)
	default:
		b.lose(lines[0].offset, s.title, "the section contains no principles: its text is left out (paragraphs and bullets: %d)", len(lines))
		return
	}
	b.loseLinks(s.title, lines...)
}

// summarise says once what holds for the whole file.
func (b *builder) summarise() {
	b.lose(nowhere, "", "an article has no version: %s is used", foreign.FirstVersion)
	b.lose(nowhere, "", "the practices of an article have no risk or effort: they are set to medium and M")
	b.lose(nowhere, "", "the questions and the choice of practices are drafts; a sentence that continues another one (For example, This, ...) is in its help")
	if b.unsignalled > 0 {
		b.lose(nowhere, "", "%d callouts name no practices: their tradeoffs have no signals and are never active until you add some", b.unsignalled)
	}
}
