package azurearticle

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"plumbline/content/foreign"
)

// callout is a tradeoff or a risk that the article sets apart.
type callout struct {
	at    int
	risk  bool
	title string
	lines []line // the callout itself
	after []line // what follows and belongs to it
}

var (
	tradeoffIcon  = foreign.LazyRegexp(`(?i)trade-?offs?\.(?:svg|png)$`)
	riskIcon      = foreign.LazyRegexp(`(?i)risks?\.(?:svg|png)$`)
	tradeoffLabel = foreign.LazyRegexp(`(?i)^trade[\s\-\x{2010}-\x{2015}\x{ad}]*offs?(?:[\s:.\-\x{2010}-\x{2015}]+|$)`)
	riskLabel     = foreign.LazyRegexp(`(?i)^risks?(?:\s*[:.\x{2013}\x{2014}]\s*|$)`)
	colon         = foreign.LazyRegexp(`^[\s:.\x{2013}\x{2014}]+`)
)

// iconOf returns whether a node is the icon of a tradeoff or of a risk.
func iconOf(n ast.Node) (tradeoff, risk bool) {
	source := ""
	switch n := n.(type) {
	case *directive:
		source = n.source
	case *ast.Image:
		source = string(n.Destination)
	}
	return tradeoffIcon().MatchString(source), riskIcon().MatchString(source)
}

// paragraph reads a paragraph: text, or callouts where a line of it begins with their icon or, in a quote, their label.
func (w *walker) paragraph(n ast.Node, depth int, quoted, bullet bool) {
	from, atStart := n.FirstChild(), true
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		tradeoff, risk := iconOf(c)
		if atStart && (tradeoff || risk) && c != from && w.starts(c) {
			w.group(from, c, n, depth, quoted, bullet)
			from, bullet = c, false
		}
		t, isText := c.(*ast.Text)
		if isText && len(strings.TrimSpace(string(t.Segment.Value(w.body)))) > 0 || !isText {
			atStart = false
		}
		if isText && (t.SoftLineBreak() || t.HardLineBreak()) {
			atStart = true
		}
	}
	w.group(from, nil, n, depth, quoted, bullet)
}

// group reads the nodes of a paragraph from first up to end (not included).
func (w *walker) group(first, end, parent ast.Node, depth int, quoted, bullet bool) {
	if first == nil {
		return
	}
	tradeoff, risk := iconOf(first)
	if c := w.calloutFrom(first, end, quoted); c != nil {
		c.at = offsetOf(parent)
		if d, ok := first.(*directive); ok {
			c.at = d.offset
		}
		w.open = c
		w.sub, w.subLines = "", nil
		s := w.section()
		s.items = append(s.items, item{at: c.at, callout: c})
		return
	}
	if lines := plain(w.body, offsetOf(parent), first, end); len(lines) > 0 {
		if tradeoff || risk {
			w.lose(offsetOf(parent), w.section().title, "a callout icon without a callout: read as text")
		}
		w.emit(lines, depth, bullet)
	}
}

// starts reports whether a callout begins at an icon in the middle of a paragraph: it must have a label.
func (w *walker) starts(icon ast.Node) bool {
	label, ok := afterBlanks(w.body, icon.NextSibling()).(*ast.Emphasis)
	return ok && label.HasChildren()
}

// afterBlanks returns the first of a node and its siblings that is no white space.
func afterBlanks(source []byte, n ast.Node) ast.Node {
	for n != nil {
		t, ok := n.(*ast.Text)
		if !ok || strings.TrimSpace(string(t.Segment.Value(source))) != "" {
			return n
		}
		n = n.NextSibling()
	}
	return nil
}

// calloutFrom returns the callout that nodes hold, nil where they are just text.
func (w *walker) calloutFrom(first, end ast.Node, quoted bool) *callout {
	tradeoff, risk := iconOf(first)
	n := first
	if tradeoff || risk {
		n = first.NextSibling()
	} else if !quoted {
		return nil
	}
	n = afterBlanks(w.body, n)
	if n == nil || n == end {
		return nil
	}
	c := &callout{risk: risk}
	label := ""
	if emphasis, ok := n.(*ast.Emphasis); ok {
		lines := plain(w.body, offsetOf(n), emphasis, emphasis.NextSibling())
		label = oneLine(lines)
		n = n.NextSibling()
	}
	if n != nil && n != end {
		c.lines = plain(w.body, offsetOf(n), n, end)
	}
	if label == "" {
		label = c.takeLabel()
	}
	isTradeoff, isRisk := tradeoffLabel().FindString(label), riskLabel().FindString(label)
	switch {
	case isTradeoff != "":
		c.risk, c.title = false, label[len(isTradeoff):]
	case isRisk != "":
		c.risk, c.title = true, label[len(isRisk):]
	case !tradeoff && !risk:
		return nil
	default:
		c.title = label
	}
	c.title = strings.TrimSpace(strings.TrimRight(c.title, " .:"))
	if len(c.lines) > 0 {
		if at := colon().FindStringIndex(c.lines[0].text); at != nil {
			c.lines[0] = c.lines[0].part(at[1], len(c.lines[0].text))
		}
	}
	if label == "" && oneLine(c.lines) == "" {
		return nil
	}
	return c
}

// takeLabel takes a label that is not set off from the text.
func (c *callout) takeLabel() string {
	if len(c.lines) == 0 {
		return ""
	}
	at := plainLabel().FindStringIndex(c.lines[0].text)
	if at == nil {
		return ""
	}
	label := c.lines[0].text[:at[1]]
	c.lines[0] = c.lines[0].part(at[1], len(c.lines[0].text))
	return label
}

var plainLabel = foreign.LazyRegexp(`(?i)^(?:trade[\s\-\x{2010}-\x{2015}]*offs?|risks?)\s*[:.]`)
