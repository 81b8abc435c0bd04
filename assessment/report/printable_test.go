package report

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestPrintable(t *testing.T) {
	f := renderer(t).faces[regular]
	tests := []struct{ name, in, want string }{
		{"plain", "48–91, −0.3 “ok” é", "48–91, −0.3 “ok” é"},
		{"Greek and Cyrillic", "αβγ Привет", "αβγ Привет"},
		{"emoji", "fine 😀!", "fine [U+1F600]!"},
		{"joined emoji", "👩‍💻", "[U+1F469 U+200D U+1F4BB]"},
		{"long run", "漢字漢字漢字", "[U+6F22 U+5B57 U+6F22 U+5B57 and 2 more]"},
		{"right to left", "שלום", "[U+05E9 U+05DC U+05D5 U+05DD]"},
		{"bidi control", "a\u202Eb", "a[U+202E]b"},
		{"NUL", "a\x00b", "a[U+0000]b"},
		{"escape", "\x1b[31m", "[U+001B][31m"},
		{"bad UTF-8", "a\xff\xfeb", "a\uFFFDb"},
		{"combining accent", "e\u0301a\u0308", "éä"},
		{"accent without a letter of its own", "q\u0301", "q[U+0301]"},
		{"line ends", "a\r\nb\rc\u2028d", "a\nb\nc\nd"},
		{"spaces", "a\tb\u2003c", "a b c"},
		{"soft hyphen", "a\u00ADb😀", "ab[U+1F600]"},
		{"noncharacter", "\uFFFF", "[U+FFFF]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := f.printable(tt.in); got != tt.want {
				t.Errorf("printable(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestWrap(t *testing.T) {
	f := renderer(t).faces[regular]
	tests := []struct {
		in    string
		width float64
		want  []string
	}{
		{"", 50, []string{""}},
		{"one two three", 200, []string{"one two three"}},
		{"one two three", 13, []string{"one two", "three"}},
		{"one\n\ntwo", 50, []string{"one", "", "two"}},
		{"abc", 0.1, []string{"a", "b", "c"}},
		{"two-part", 8, []string{"two-", "part"}},
	}
	for _, tt := range tests {
		if got := f.wrap(tt.in, 9, tt.width); strings.Join(got, "|") != strings.Join(tt.want, "|") {
			t.Errorf("wrap(%q, %v) = %q, want %q", tt.in, tt.width, got, tt.want)
		}
	}
}

// Whatever is typed, no line is wider than the column, and nothing but spaces at line ends is lost.
func TestWrapKeepsEverything(t *testing.T) {
	f := renderer(t).faces[regular]
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-z /\-]{0,80}`)).Draw(t, "text")
		width := rapid.Float64Range(0.5, 120).Draw(t, "width")
		checkWrap(t, f, text, width)
	})
}

func FuzzWrap(f *testing.F) {
	for _, seed := range []string{"", "a b", "😀", strings.Repeat("x", 300), "a\x00\xff\u202E\n\n b"} {
		f.Add(seed, 20.0)
	}
	face := renderer(f).faces[regular]
	f.Fuzz(func(t *testing.T, text string, width float64) {
		if width > 0.1 && width < 1000 {
			checkWrap(t, face, text, width)
		}
	})
}

func checkWrap(t interface{ Fatalf(string, ...any) }, f *face, text string, width float64) {
	const size = 9
	printable := f.printable(text)
	if f.printable(printable) != printable {
		t.Fatalf("printable(%q) is not printable: %q", text, printable)
	}
	lines := f.wrap(text, size, width)
	for _, l := range lines {
		bare := strings.TrimRight(l, " ")
		if f.width(bare, size) > width+0.01 && utf8.RuneCountInString(strings.TrimLeft(bare, " ")) > 1 {
			t.Fatalf("line %q is %v wide, in a column of %v", l, f.width(l, size), width)
		}
	}
	without := func(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }
	if got, want := without(strings.Join(lines, "")), without(printable); got != want {
		t.Fatalf("lines hold %q, want %q", got, want)
	}
}

func TestClip(t *testing.T) {
	f := renderer(t).faces[regular]
	if got := f.clip("short", 9, 100); got != "short" {
		t.Errorf("clip = %q", got)
	}
	got := f.clip(strings.Repeat("word ", 2000), 9, 30)
	if f.width(got, 9) > 30 || !strings.HasSuffix(got, "…") {
		t.Errorf("clip = %q, %v wide", got, f.width(got, 9))
	}
}
