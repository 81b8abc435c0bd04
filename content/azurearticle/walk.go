package azurearticle

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"plumbline/content/foreign"
)

// section is what stands under a heading of the level at which pillars are named.
type section struct {
	title string // empty for what stands before the first heading
	at    int
	name  name // the pillar it is about, if any
	pair  *[2]name
	items []item
	lost  int // losses before it
}

// item is one thing in a section: text, rows of a table of principles, or a callout.
type item struct {
	at      int
	lines   []line
	rows    []row
	callout *callout
}

// settles reports whether a section holds callouts of tradeoffs.
func (s *section) settles() bool {
	return slices.ContainsFunc(s.items, func(i item) bool { return i.callout != nil && !i.callout.risk })
}

// hasRows reports whether a section holds principles.
func (s *section) hasRows() bool {
	return slices.ContainsFunc(s.items, func(i item) bool { return len(i.rows) > 0 })
}

// walker goes through an article and parts it into sections.
type walker struct {
	*reader
	body     []byte
	title    string // the first heading of level 1
	level    int    // of headings that begin a section
	named    bool   // whether headings name pillars
	sections []*section
	sub      string   // the deeper heading
	subLines []line   // its text, until something follows that belongs to it
	open     *callout // the one that what follows belongs to
}

func (r *reader) walk(body []byte) *walker {
	document := parseMarkdown(body)
	w := &walker{reader: r, body: body}
	w.level, w.named = pillarLevel(body, document)
	w.sections = []*section{{at: nowhere}}
	w.container(document, 0, false)
	w.end()
	return w
}

// end names the heading of the last section where nothing else is said of it.
func (w *walker) end() {
	if s := w.section(); s.title != "" && len(s.items) == 0 && w.Lost() == s.lost {
		w.lose(s.at, s.title, "the section is empty: it is left out")
	}
}

// pillarLevel returns the highest level below the title at which headings name pillars, 2 where none does.
func pillarLevel(source []byte, document ast.Node) (level int, named bool) {
	level = 7
	for n := document.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level > 1 && h.Level < level {
			if _, ok := pillarHeading(oneLine(plain(source, nowhere, h.FirstChild(), nil))); ok {
				level = h.Level
			}
		}
	}
	if level == 7 {
		return 2, false
	}
	return level, true
}

func (w *walker) section() *section { return w.sections[len(w.sections)-1] }

// offsetOf returns the offset at which a block's text begins.
func offsetOf(n ast.Node) int {
	if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
		return n.Lines().At(0).Start
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if at := offsetOf(c); at >= 0 {
			return at
		}
	}
	return n.Pos()
}

// container reads the blocks in a node that stands depth lists deep.
func (w *walker) container(n ast.Node, depth int, quoted bool) {
	before := w.open
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.block(c, depth, quoted, false)
	}
	if _, all := n.(*ast.Document); !all && !(quoted && depth == 0 && w.section().pair != nil) {
		w.open = before
	}
}

func (w *walker) block(n ast.Node, depth int, quoted, bullet bool) {
	switch n := n.(type) {
	case *ast.Heading:
		w.heading(n, depth, quoted)
	case *ast.Paragraph, *ast.TextBlock:
		w.paragraph(n, depth, quoted, bullet)
	case *ast.Blockquote:
		if !w.leadsOn(n) {
			w.container(n, depth, true)
		}
	case *ast.List:
		for i := n.FirstChild(); i != nil; i = i.NextSibling() {
			w.listItem(i, depth+1, quoted)
		}
	case *east.Table:
		w.open = nil
		w.table(n, depth)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		w.lose(offsetOf(n), w.section().title, "a block of code is left out")
	case *ast.HTMLBlock:
		w.lose(offsetOf(n), w.section().title, "a block of HTML is left out")
	}
}

func (w *walker) listItem(n ast.Node, depth int, quoted bool) {
	before := w.open
	bullet := true
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.block(c, depth, quoted, bullet)
		bullet = false
	}
	w.open = before
}

func (w *walker) heading(n *ast.Heading, depth int, quoted bool) {
	lines := plain(w.body, offsetOf(n), n.FirstChild(), nil)
	title := oneLine(lines)
	if depth > 0 || quoted || title == "" || isTab(n) {
		w.emit(lines, depth, false)
		return
	}
	w.open, w.sub, w.subLines = nil, "", nil
	if n.Level == 1 && w.title == "" {
		w.title = title
		return
	}
	if n.Level > w.level {
		w.sub, w.subLines = title, lines
		return
	}
	w.end()
	s := &section{title: title, at: offsetOf(n), lost: w.Lost()}
	if n.Level == w.level {
		s.name, _ = pillarHeading(title)
	}
	if pair, ok := pairHeading(title); ok {
		s.pair = &pair
	}
	w.sections = append(w.sections, s)
}

// isTab reports whether a heading only names a tab.
func isTab(n *ast.Heading) bool {
	link, ok := n.FirstChild().(*ast.Link)
	return ok && strings.HasPrefix(string(link.Destination), "#tab/")
}

// leadsOn reports whether a quote only leads on to the next article, and says so.
func (w *walker) leadsOn(n ast.Node) bool {
	first := n.FirstChild()
	if first == nil || !nextStep().MatchString(oneLine(plain(w.body, nowhere, first.FirstChild(), nil))) {
		return false
	}
	w.lose(offsetOf(first), w.section().title, "the link to the next article is left out")
	return true
}

var (
	nextStep = foreign.LazyRegexp(`(?i)^\[!div class="?nextstepaction`)
	alert    = foreign.LazyRegexp(`^\[!([A-Za-z]+)[^\]]*\]\s*`)
)

// emit adds text to the open callout or to the section.
func (w *walker) emit(lines []line, depth int, bullet bool) {
	if len(lines) == 0 {
		return
	}
	lines = w.alerted(lines)
	for i := range lines {
		if lines[i].bullet {
			lines[i].depth = depth + 1
			continue
		}
		lines[i].depth, lines[i].bullet = depth, bullet && i == 0
	}
	if len(lines) == 0 {
		return
	}
	lines[0].begins = true
	if w.open != nil {
		w.open.after = append(w.open.after, lines...)
		return
	}
	s := w.section()
	s.items = append(s.items, item{at: lines[0].offset, lines: append(w.subLines, lines...)})
	w.subLines = nil
}

// alerted reads the mark that a note, a list to tick or an include begins with.
func (w *walker) alerted(lines []line) []line {
	found := alert().FindStringSubmatch(lines[0].text)
	if found == nil {
		return lines
	}
	kind := strings.ToLower(found[1])
	if kind == "include" || kind == "video" {
		w.lose(lines[0].offset, w.section().title, "%s is not in this file: left out", foreign.Shorten(lines[0].text))
		return nil
	}
	lines[0] = lines[0].part(len(found[0]), len(lines[0].text))
	if lines[0].text == "" {
		return lines[1:]
	}
	if kind != "div" {
		lines[0] = lines[0].after(strings.ToUpper(kind[:1]) + kind[1:] + ": ")
	}
	return lines
}

// after returns the line behind a prefix.
func (l line) after(prefix string) line {
	marks := make([]mark, len(l.marks))
	for i, m := range l.marks {
		m.start, m.end = m.start+len(prefix), m.end+len(prefix)
		marks[i] = m
	}
	l.text, l.marks = prefix+l.text, marks
	return l
}
