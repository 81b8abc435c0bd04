package azurearticle

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"plumbline/assessment"
	"plumbline/content/foreign"
)

// line is a line of plain text: what stood between two breaks.
type line struct {
	text   string
	marks  []mark
	bullet bool
	depth  int  // nesting of a bullet or of what belongs to one, from 1; 0 outside lists
	begins bool // a paragraph
	offset int  // in the file
}

// mark is a link or an image in a line.
type mark struct {
	start, end  int // in the line's text
	destination string
	image       bool
	offset      int // in the file
}

// part returns the text of a line between two of its bytes, with the links in it.
func (l line) part(start, end int) line {
	for start < end && l.text[start] == ' ' {
		start++
	}
	for start < end && l.text[end-1] == ' ' {
		end--
	}
	sub := l
	sub.text, sub.marks = l.text[start:end], nil
	for _, m := range l.marks {
		if m.start >= start && (m.start < end || m.start == len(l.text)) {
			m.start, m.end = m.start-start, min(m.end, end)-start
			m.start, m.end = min(m.start, len(sub.text)), max(min(m.start, len(sub.text)), m.end)
			sub.marks = append(sub.marks, m)
		}
	}
	return sub
}

// writer turns inline nodes into lines.
type writer struct {
	source []byte
	lines  []line
	text   []byte // of the last line
	anchor []int  // of the HTML link that is open: line and mark
	offset int
}

// plain returns nodes from first up to end (not included) as lines.
func plain(source []byte, offset int, first, end ast.Node) []line {
	w := &writer{source: source, offset: offset}
	w.lines = []line{{offset: offset, begins: true}}
	for n := first; n != nil && n != end; n = n.NextSibling() {
		w.node(n)
	}
	return w.finished()
}

// finished returns the lines that say something, bullets recognised.
func (w *writer) finished() []line {
	w.last().text = string(w.text)
	var lines []line
	for _, l := range w.lines {
		l = l.part(0, len(l.text))
		if at := bulletMark().FindStringIndex(l.text); at != nil {
			l = l.part(at[1], len(l.text))
			l.bullet, l.depth = true, 1
		}
		if l.text != "" || len(l.marks) > 0 {
			lines = append(lines, l)
		}
	}
	return lines
}

var bulletMark = foreign.LazyRegexp(`^(?:[-–—•·*]|\d{1,2}[.)]) `)

func (w *writer) last() *line { return &w.lines[len(w.lines)-1] }

// breakLine begins a new line.
func (w *writer) breakLine(begins bool) {
	empty := len(w.text) == 0 && len(w.lines) > 1
	w.last().text, w.text = string(w.text), nil
	w.lines = append(w.lines, line{offset: w.offset, begins: begins || empty})
}

// write appends text, its white space folded.
func (w *writer) write(s string) {
	blank := len(w.text) == 0 || w.text[len(w.text)-1] == ' '
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			if !blank {
				w.text = append(w.text, ' ')
			}
			blank = true
		case unicode.IsControl(r) || r == '\ufeff' || r == '\u200b':
		default:
			w.text = utf8.AppendRune(w.text, r)
			blank = false
		}
	}
}

func (w *writer) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.node(c)
	}
}

func (w *writer) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.offset = n.Segment.Start
		w.write(string(unescape(n.Segment.Value(w.source))))
		switch {
		case n.HardLineBreak():
			w.breakLine(false)
		case n.SoftLineBreak():
			w.write(" ")
		}
	case *ast.String:
		w.write(string(n.Value))
	case *ast.CodeSpan:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if t, ok := c.(*ast.Text); ok {
				w.write(string(t.Segment.Value(w.source)))
			}
		}
	case *ast.Link:
		w.link(n)
	case *ast.Image:
		if !isIcon(string(n.Destination)) {
			w.mark(string(n.Destination), true)
		}
	case *ast.AutoLink:
		w.mark(string(n.URL(w.source)), false)
		w.write(string(n.Label(w.source)))
		w.last().marks[len(w.last().marks)-1].end = len(w.text)
	case *ast.RawHTML:
		w.html(n)
	case *directive:
		w.offset = n.offset
		if n.source != "" && !n.icon {
			w.mark(n.source, true)
		}
	default:
		w.children(n)
	}
}

// unescape returns the characters that Markdown's escapes and HTML's entities stand for.
func unescape(s []byte) []byte {
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(s)))
}

var icons = foreign.LazyRegexp(`(?i)\.svg$`)

// isIcon reports whether an image only decorates.
func isIcon(destination string) bool {
	return strings.Contains(destination, "_images/") && icons().MatchString(destination) && !strings.Contains(destination, "diagram")
}

// mark adds a link or an image at the end of the last line.
func (w *writer) mark(destination string, image bool) {
	const longest = 2 * assessment.MaxURL // one definition may stand for the links of the whole article
	destination = destination[:min(len(destination), longest)]
	l := w.last()
	l.marks = append(l.marks, mark{start: len(w.text), end: len(w.text), destination: string(unescape([]byte(destination))), image: image, offset: w.offset})
}

// link writes the text of a link. One that breaks into several lines is named by what stands on the first.
func (w *writer) link(n *ast.Link) {
	if at := n.Pos(); at >= 0 {
		w.offset = at
	}
	w.mark(string(n.Destination), false)
	at, index := len(w.lines)-1, len(w.last().marks)-1
	w.children(n)
	end := len(w.text)
	if at < len(w.lines)-1 {
		end = len(w.lines[at].text)
	}
	w.lines[at].marks[index].end = end
}

var (
	tagName = foreign.LazyRegexp(`^<(/?)\s*([A-Za-z][A-Za-z0-9]*)`)
	href    = foreign.LazyRegexp(`(?i)href\s*=\s*["']([^"']*)["']`)
	dropped = foreign.LazyRegexp(`(?i)^(?:b|i|u|em|strong|span|sup|sub|code|pre|font|small|img|center|kbd|mark|s|del)$`)
)

// html reads the few tags that matter, and keeps placeholders such as <region> as text.
func (w *writer) html(n *ast.RawHTML) {
	var tag strings.Builder
	for i := range n.Segments.Len() {
		segment := n.Segments.At(i)
		w.offset = segment.Start
		tag.Write(segment.Value(w.source))
	}
	raw := tag.String()
	found := tagName().FindStringSubmatch(raw)
	if found == nil {
		return
	}
	closing := found[1] != ""
	switch tag := strings.ToLower(found[2]); tag {
	case "br":
		w.breakLine(false)
	case "p", "div", "ul", "ol", "tr", "table":
		w.breakLine(true)
	case "li":
		w.breakLine(false)
		if !closing {
			w.write("- ")
		}
	case "a":
		w.htmlLink(raw, closing)
	default:
		if !dropped().MatchString(tag) {
			w.write(raw)
		}
	}
}

func (w *writer) htmlLink(raw string, closing bool) {
	if closing {
		if n := len(w.anchor); n > 0 && w.anchor[0] == len(w.lines)-1 {
			w.last().marks[w.anchor[1]].end = len(w.text)
		}
		w.anchor = nil
		return
	}
	if to := href().FindStringSubmatch(raw); to != nil {
		w.mark(to[1], false)
		w.anchor = []int{len(w.lines) - 1, len(w.last().marks) - 1}
	}
}
