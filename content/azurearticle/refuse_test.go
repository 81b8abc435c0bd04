package azurearticle

import (
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/readertest"
)

func TestImportRefuses(t *testing.T) {
	tests := []struct{ name, data, want string }{
		{"empty", "", "l: nothing in the article can be answered: expected a table of principles or recommendations, or headings \"A tradeoffs with B\" with callouts"},
		{"no principles", "# T\n\n|Term|Definition|\n|-|-|\n|A|B|\n", "l:3:2: the table \"Term | Definition\" with 1 rows contains neither principles nor recommendations: left out\n"},
		{"not UTF-8", "a\né\xff", "l:2:2: this is not UTF-8 text"},
		{"NUL", "a\n\x00", "l:2:1: a NUL character is not allowed"},
		{"quotes too deep", "a\n" + strings.Repeat(">", 10_001) + " a", "l:2:1: nested deeper than 64 levels"},
		{"lists too deep", strings.Repeat("- ", 5_000), "l:1:1: nested deeper than 64 levels"},
		{"long line", strings.Repeat("a", 20_000), "l:1:1: a line is longer than 16384 bytes"},
		{"many lines", strings.Repeat("\n", 5_001), "l:5001:1: the article has more than 5000 lines"},
		{"a wide table", "a\n\n" + strings.Repeat("|a", 33) + "\n" + strings.Repeat("|-", 33) + "\n|\n", "l:4:1: a table has more than 32 columns"},
		{"a long table", strings.Repeat("a|", 32) + "\n" + strings.Repeat("-|", 32) + "\n" + strings.Repeat("|\n", 1_000), "l:626:1: the tables up to here have more than 20000 cells"},
		{"emphasis", "a\n\n" + strings.Repeat(strings.Repeat("a_*", 5_000)+"\n", 3), "l:4:1: the article is too complex: more links, emphasis, code or HTML than can be read"},
		{"brackets too deep", strings.Repeat("[", 16_001) + "\n" + strings.Repeat("[", 10_001), "l:2:1: the article is too complex: more links, emphasis, code or HTML than can be read"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q, losses, err := Import("l", []byte(tt.data))
			if q != nil || losses != nil || err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
			if assessment.CodeOf(err) != assessment.Invalid {
				t.Errorf("code = %s", assessment.CodeOf(err))
			}
		})
	}
	if _, _, err := Import("l", make([]byte, MaxSize+1)); assessment.CodeOf(err) != assessment.TooLarge {
		t.Errorf("too large: %v", err)
	}
}

// A bad row among a thousand is named with its place.
func TestBadRow(t *testing.T) {
	rows := strings.Repeat("|Do.|Good.|\n", 998)
	q, losses := imported(t, "a.md", []byte("# T\n\n|Approach|Benefit|\n|-|-|\n"+rows+"|Do.|Good.|Bad.|\n|Do.|Good.|\n"))
	if got := len(q.Pillars[0].Principles); got != 1_000 {
		t.Errorf("%d principles", got)
	}
	if got, want := strings.Join(about(losses), "\n"), "1003:1: the row has 3 cells and its table 2 columns: the text after the last one is left out"; got != want {
		t.Errorf("losses:\n%s", got)
	}
}

// Import takes any bytes; what it gives can be compiled.
func FuzzImport(f *testing.F) {
	f.Add(fixture(f, "kitchen.md"))
	f.Add(fixture(f, "tradeoffs.md"))
	f.Add(article("> " + icon + " **[Tradeoff](x): A & B** <a href='y'>z</a> ![i](j.png) <http://a.b>\n\n- a\n  - b\n    |Recommendation\n    |-\n"))
	f.Add([]byte("---\na: &b [*b]\n---\n# [a](#tab/x)\n## Security tradeoffs with Reliability\n> **Tradeoff**\n\n::: zone :::\n"))
	f.Add([]byte("|Approach|\n|-|\n|\\||`|\n||\n|&#0; &nbsp; &#x7;|\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var q *assessment.Questionnaire
		var losses content.Losses
		var err error
		readertest.Within(t, len(data), func() { q, losses, err = Import("f", data) })
		if err != nil {
			if strings.Contains(err.Error(), "f as a questionnaire") {
				t.Errorf("the draft is no questionnaire: %v", err)
			}
			return
		}
		if _, err := assessment.Compile(q); err != nil {
			t.Errorf("the domain refuses what was read: %v", err)
		}
		for _, l := range losses {
			if l.Message == "" || (l.Line == 0) != (l.Column == 0) {
				t.Errorf("loss %+v", l)
			}
		}
	})
}
