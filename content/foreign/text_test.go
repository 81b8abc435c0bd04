package foreign

import (
	"slices"
	"strings"
	"testing"

	"plumbline/assessment"
)

func someValue() Value {
	return Value{&Reader{}, &Node{Kind: Text, Line: 1, Column: 1}, "p"}
}

func TestMarkdown(t *testing.T) {
	a := assessment.Link{Title: "a b", URL: "https://a.org/x_(y)"}
	tests := []struct {
		name, text, want string
		links            []assessment.Link
		losses           string
	}{
		{"plain", "2 * 3 * 4 and C# and [1] and a_b_c", "2 * 3 * 4 and C# and [1] and a_b_c", nil, ""},
		{"heading", "# One\n\n### Two ##\ntext\n#nothing", "One\n\nTwo\ntext\n#nothing", nil, "1:1: p: Markdown was converted to plain text"},
		{"emphasis", "**strong** *weak* **", "strong weak **", nil, "1:1: p: Markdown was converted to plain text"},
		{"list", "* one\n* two", "* one\n* two", nil, ""},
		{"link", "see [a b](https://a.org/x_(y)).", "see a b.", []assessment.Link{a}, "1:1: p: Markdown was converted to plain text"},
		{"link to a file", "see [a](./b.md)", "see a", nil, "1:1: p: not an http or https address: \"./b.md\" is left out\n1:1: p: Markdown was converted to plain text"},
		{"bare link", "<https://a.org>", "https://a.org", nil, "1:1: p: Markdown was converted to plain text"},
		{"program", "```sh\n# all *of* it\n```\nend", "# all *of* it\nend", nil, "1:1: p: Markdown was converted to plain text"},
		{"markup", "a<sup>2</sup><br>b\u00a0c<table><tr><td>1</td><td>2</td></tr></table>", "a2\nb c1 2", nil, "1:1: p: HTML was converted to plain text"},
		{"placeholder", "<region> & <b>", "<region> & <b>", nil, ""},
	}
	for _, tt := range tests {
		v := someValue()
		got, links := v.Markdown(tt.text)
		if got != tt.want || !slices.Equal(links, tt.links) || v.Losses().String() != tt.losses {
			t.Errorf("%s: got %q, %v, losses:\n%s", tt.name, got, links, v.Losses())
		}
	}
}

func TestAddresses(t *testing.T) {
	tests := []struct {
		text   string
		want   []string
		losses int
	}{
		{"", nil, 0},
		{" https://a.org/ ", []string{"https://a.org/"}, 0},
		{"https://a.org, https:/b.org", []string{"https://a.org", "https://b.org"}, 2},
		{"https://a.org/b c", []string{"https://a.org/b%20c"}, 1},
		{"see there", nil, 1},
		{"javascript:alert(1)", nil, 1},
		{"https://", nil, 1},
	}
	for _, tt := range tests {
		v := someValue()
		if got := v.Addresses(tt.text); !slices.Equal(got, tt.want) || len(v.Losses()) != tt.losses {
			t.Errorf("%q: got %q, losses:\n%s", tt.text, got, v.Losses())
		}
	}
}

func TestVerbatim(t *testing.T) {
	if got := someValue().Verbatim("\n  a <b>x</b>\r\n    | c\u00a0d  \n\n"); got != "  a <b>x</b>\n    | c d" {
		t.Errorf("got %q", got)
	}
	v := someValue()
	if got := v.Verbatim("a\x07b"); got != "ab" || len(v.Losses()) != 1 {
		t.Errorf("a control character: got %q, losses:\n%s", got, v.Losses())
	}
}

func TestTakenIDs(t *testing.T) {
	var ids TakenIDs
	long := strings.Repeat("x", 200)
	for _, tt := range []struct{ id, want string }{{"a", "a"}, {"a", "a-2"}, {"a-2", "a-2-2"}, {"a b/c", "a-b-c"}, {"é", "id"}, {"_x", "x"}} {
		if got := ids.Take(tt.id); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.id, got, tt.want)
		}
	}
	if first, second := ids.Take(long), ids.Take(long); len(first) != assessment.MaxID || len(second) != assessment.MaxID || first == second {
		t.Errorf("got %q, %q", first, second)
	}
}

// A loss that holds in many places is told at the first of them in the file, whichever was met first.
func TestCount(t *testing.T) {
	r := &Reader{}
	for _, line := range []int{7, 3, 5} {
		Value{r, &Node{Line: line, Column: 1}, "p"}.Count("odd")
	}
	Value{r, &Node{Line: 4, Column: 1}, "q"}.Lose("lost")
	r.LoseAt(nil, "", "everywhere")
	if got := r.Losses().String(); got != "3:1: p: odd (the first of 3)\n4:1: q: lost\neverywhere" {
		t.Errorf("got:\n%s", got)
	}
}

func TestParseYAML(t *testing.T) {
	root, err := ParseYAML("f", []byte("a: &x [1, yes, true, null, 2026-01-01]\nb: *x\n"))
	if err != nil {
		t.Fatal(err)
	}
	items := root.Get("b").List()
	for i, want := range []Kind{Number, Text, Boolean, Nothing, Text} {
		if items[i].Kind != want {
			t.Errorf("%s: kind %d, want %d", items[i].Text, items[i].Kind, want)
		}
	}
	if at := root.Members[1]; at.At.Line != 2 || at.Value.Column != 4 {
		t.Errorf("places: %+v, %+v", at.At, at.Value)
	}
}
