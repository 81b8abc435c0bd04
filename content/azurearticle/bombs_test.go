package azurearticle

import (
	"sort"
	"strings"
	"testing"

	"plumbline/content/readertest"
)

// TestBombs reads what is made to cost a parser of Markdown, or what follows it, far more than its size.
func TestBombs(t *testing.T) {
	head := "---\ntitle: x\n---\n# T\n\n## Reliability\n\n"
	line := func(part string) string { return strings.Repeat(part, maxLength/len(part)-1) + "\n" }
	block := func(name, part string) readertest.Bomb {
		return readertest.Bomb{Name: name, Data: largest(head, line(part))}
	}
	blocks := func(name, part string) readertest.Bomb {
		return readertest.Bomb{Name: name, Data: largest(head, part+"\n")}
	}
	bombs := []readertest.Bomb{
		{Name: "wide table", Data: head + "|" + strings.Repeat("a|", 8_000) + "\n|" + strings.Repeat("-|", 8_000) + "\n" + strings.Repeat("|\n", 4_900)},
		{Name: "table of the most columns", Data: head + strings.Repeat("a|", maxColumns) + "\n" + strings.Repeat("-|", maxColumns) + "\n" + strings.Repeat("|\n", 4_900)},
		{Name: "table in a quote", Data: head + "> |" + strings.Repeat("a|", 8_000) + "\n> |" + strings.Repeat("-|", 8_000) + "\n" + strings.Repeat("> |\n", 4_900)},
		{Name: "table in a list", Data: head + "- " + strings.Repeat("a|", 8_000) + "\n  " + strings.Repeat("-|", 8_000) + "\n" + strings.Repeat("  |\n", 4_900)},
		blocks("many tables", "|Approach|a|a|a|\n|-|-|-|-|\n|\n|\n|\n"), blocks("rows", "|Approach|\n|-|\n"+strings.Repeat("|<br>a|\n", 900)),
		block("bars in code in a cell", "`\\|"), blocks("bars in code in a cell"+" in paragraphs", strings.Repeat("`\\|", 100)+"\n"),
		block("emphasis a_*", "a_*"), blocks("emphasis a_*"+" in paragraphs", strings.Repeat("a_*", 100)+"\n"), block("emphasis a_b*c", "a_b*c"), blocks("emphasis a_b*c"+" in paragraphs", strings.Repeat("a_b*c", 100)+"\n"), block("emphasis **a_", "**a_"), blocks("emphasis **a_"+" in paragraphs", strings.Repeat("**a_", 100)+"\n"), block("emphasis *a_ ", "*a_ "), blocks("emphasis *a_ "+" in paragraphs", strings.Repeat("*a_ ", 100)+"\n"),
		block("emphasis open", "*a "), blocks("emphasis open"+" in paragraphs", strings.Repeat("*a ", 100)+"\n"), block("emphasis closed", "a* "), blocks("emphasis closed"+" in paragraphs", strings.Repeat("a* ", 100)+"\n"), block("emphasis a**b", "a**b"), blocks("emphasis a**b"+" in paragraphs", strings.Repeat("a**b", 100)+"\n"), block("emphasis ***a*", "***a*"), blocks("emphasis ***a*"+" in paragraphs", strings.Repeat("***a*", 100)+"\n"),
		block("links open", "["), blocks("links open"+" in paragraphs", strings.Repeat("[", 100)+"\n"), block("links", "[a](b)"), blocks("links"+" in paragraphs", strings.Repeat("[a](b)", 100)+"\n"), block("links in links", "[a]("), blocks("links in links"+" in paragraphs", strings.Repeat("[a](", 100)+"\n"), block("images", "![[]()"), blocks("images"+" in paragraphs", strings.Repeat("![[]()", 100)+"\n"),
		block("code", "`a``b```c````d"), blocks("code"+" in paragraphs", strings.Repeat("`a``b```c````d", 100)+"\n"), block("angles", "<"), blocks("angles"+" in paragraphs", strings.Repeat("<", 100)+"\n"), block("comments", "<!--"), blocks("comments"+" in paragraphs", strings.Repeat("<!--", 100)+"\n"), block("instructions", "<?"), blocks("instructions"+" in paragraphs", strings.Repeat("<?", 100)+"\n"),
		block("CDATA", "<![CDATA["), blocks("CDATA"+" in paragraphs", strings.Repeat("<![CDATA[", 100)+"\n"), block("tags", "<a b='"), blocks("tags"+" in paragraphs", strings.Repeat("<a b='", 100)+"\n"), block("directives", ":::a \""), blocks("directives"+" in paragraphs", strings.Repeat(":::a \"", 100)+"\n"), block("entities", "&amp;"), blocks("entities"+" in paragraphs", strings.Repeat("&amp;", 100)+"\n"),
		block("abbreviations", "no. "), blocks("abbreviations"+" in paragraphs", strings.Repeat("no. ", 100)+"\n"), block("sentences", "A. "), blocks("sentences"+" in paragraphs", strings.Repeat("A. ", 100)+"\n"), block("escapes", "\\*"), blocks("escapes"+" in paragraphs", strings.Repeat("\\*", 100)+"\n"), block("breaks", "a<br>"), blocks("breaks"+" in paragraphs", strings.Repeat("a<br>", 100)+"\n"),
		{Name: "references", Data: head + "[a]: https://a.b/" + strings.Repeat("c", 16_000) + "\n\n" + strings.Repeat(strings.Repeat("[a]", 100)+"\n\n", 66)},
		blocks("definitions", "[a]: b\n"), blocks("sections", "## A\n"), blocks("pairs", "## Security tradeoffs with Reliability\n> **Tradeoff.** a\n\n"),
		blocks("callouts", "> **Tradeoff.** a\n"), blocks("lists", "- a\n"), blocks("nested lists", "- - - - - - - - a\n"), blocks("quotes", "> > > > > > > > a\n"),
		blocks("empty lines", "\n"), blocks("rulers", "---\n"), blocks("fences", "```\n"), blocks("setext", "a\n=\n"),
		{Name: "front matter", Data: "---\n" + strings.Repeat("\n", 4_990) + strings.Repeat(strings.Repeat("a", 10_000)+"\n", 5) + "\n---\n"},
		{Name: "front matter of keys", Data: "---\n" + readertest.Filled(16<<10, "", "a: b\n", "---\n")},
		{Name: "long tag", Data: head + "<a\n" + strings.Repeat("b\n", 4_900) + ">\n"},
		{Name: "few marks in long paragraphs", Data: head + readertest.Filled(MaxSize-100, "", strings.Repeat("word. ", 500)+"*a_ `\n", "\n")},
	}
	readertest.Try(t, func(data []byte) error {
		_, _, err := Import("a.md", data)
		return err
	}, bombs...)
}

// largest repeats a part as often as the limits allow.
func largest(head, part string) string {
	fits := func(times int) bool {
		data := head + strings.Repeat(part, times)
		return len(data) <= MaxSize && newReader([]byte(data)).refusal() == nil
	}
	times := sort.Search(MaxSize/len(part)+1, func(n int) bool { return !fits(n + 1) })
	return head + strings.Repeat(part, times)
}
