package azurearticle

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"plumbline/content/foreign"
)

// parseMarkdown returns the tree of an article; offsets in it are those of source.
func parseMarkdown(source []byte) ast.Node {
	markdown := goldmark.New(goldmark.WithExtensions(extension.Table),
		goldmark.WithParserOptions(parser.WithInlineParsers(util.Prioritized(directiveParser{}, 50))))
	return markdown.Parser().Parse(text.NewReader(source))
}

var kindDirective = ast.NewNodeKind("Directive")

// directive is a mark of the documentation's own dialect, such as :::image type="icon" source="a.svg":::.
type directive struct {
	ast.BaseInline
	name   string
	source string // of an image
	icon   bool
	offset int
}

// Kind returns the kind of the node.
func (d *directive) Kind() ast.NodeKind { return kindDirective }

// Dump prints the node.
func (d *directive) Dump(source []byte, level int) {
	ast.DumpHelper(d, source, level, map[string]string{"Name": d.name, "Source": d.source}, nil)
}

type directiveParser struct{}

// Trigger returns the character that a directive begins with.
func (directiveParser) Trigger() []byte { return []byte{':'} }

var (
	fence         = []byte(":::")
	directiveName = foreign.LazyRegexp(`^::: ?([a-zA-Z][a-zA-Z-]*)`)
	sourceOf      = foreign.LazyRegexp(`source\s*=\s*"([^"]*)"`)
	typeIcon      = foreign.LazyRegexp(`type\s*=\s*"icon"`)
)

// Parse returns the directive at the reader's place, nil where there is none.
func (directiveParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	found := directiveName().FindSubmatch(line)
	if found == nil {
		return nil
	}
	end := directiveEnd(line, len(found[0]))
	if end < 0 {
		return nil
	}
	d := &directive{name: string(found[1]), offset: segment.Start, icon: typeIcon().Match(line[:end])}
	if source := sourceOf().FindSubmatch(line[:end]); source != nil {
		d.source = string(source[1])
	}
	block.Advance(end)
	return d
}

// directiveEnd returns the index behind the colons that close a directive, -1 where there are none.
func directiveEnd(line []byte, from int) int {
	end := bytes.Index(line[from:], fence)
	if end < 0 {
		return -1
	}
	quotes := bytes.Count(line[from:from+end], []byte{'"'})
	for quotes%2 == 1 { // inside a text in quotes
		next := bytes.Index(line[from+end+1:], fence)
		if next < 0 {
			break
		}
		quotes += bytes.Count(line[from+end:from+end+1+next], []byte{'"'})
		end += 1 + next
	}
	return from + end + len(fence)
}
