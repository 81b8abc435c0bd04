package content

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
)

// rows returns a questionnaire of n practices; replace changes the row of a number.
func rows(n int, replace map[int]string) string {
	var b strings.Builder
	head, tail, _ := strings.Cut(small, "              - id: s1.p2\n")
	_, tail, _ = strings.Cut(tail, "https://example.org/caching\n")
	b.WriteString(head)
	for i := range n {
		row := fmt.Sprintf("              - {id: x%d, title: Row, risk: low, effort: S}\n", i+1)
		if other, ok := replace[i+1]; ok {
			row = other
		}
		b.WriteString(row)
	}
	return b.String() + tail
}

func bomb() string {
	var b strings.Builder
	b.WriteString("a: &a [x, x, x, x, x, x, x, x, x, x]\n")
	for c := 'b'; c <= 'z'; c++ {
		alias := fmt.Sprintf("*%c", c-1)
		fmt.Fprintf(&b, "%c: &%c [%s]\n", c, c, strings.Join(slices.Repeat([]string{alias}, 10), ", "))
	}
	return b.String()
}

func TestHostileDocuments(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"empty", "", []string{"1:1: the file is empty: expected one YAML or JSON document"}},
		{"a comment alone", "# nothing\n", []string{"1:1: the file is empty: expected one YAML or JSON document"}},
		{"a scalar", "hello\n", []string{
			`1:1: expected a questionnaire (a mapping that begins with format: plumbline.questionnaire/1), found the text "hello"`,
		}},
		{"second document", small + "---\nformat: x\n", []string{
			`51:1: expected one document, found a second one`,
		}},
		{"text after the end", small + "...\nmore\n", []string{
			`52:1: expected one document, found a second one`,
		}},
		{"broken second document", small + "---\n[\n", []string{
			`53:1: not YAML: did not find expected node content`,
		}},
		{"text after JSON", `{"format": "plumbline.questionnaire/1"} x`, []string{
			`1:41: not JSON: expected the end of the file, found 'x'`,
		}},
		{"broken JSON", "{\n  \"format\": \"é\" \"id\": 1}", []string{
			`2:17: not JSON: expected a comma or '}', found '"'`,
		}},
		{"not a number in JSON", "{\"format\": \"plumbline.questionnaire/1\", \"bands\": [{\"id\": \"a\", \"title\": \"A\", \"from\": NaN}]}", []string{
			`1:1: the key "id" is missing: expected text`,
			`1:1: the key "version" is missing: expected text`,
			`1:1: the key "title" is missing: expected text`,
			`1:1: the key "pillars" is missing: expected a list of pillars`,
			`1:85: bands[0].from: expected a number from 0 to 100, found the text "NaN"`,
		}},
		{"duplicate keys in JSON", "{\"format\": \"plumbline.questionnaire/1\",\n \"id\": \"é\", \"id\": \"b\"}", []string{
			`1:1: the key "version" is missing: expected text`,
			`1:1: the key "title" is missing: expected text`,
			`1:1: the key "bands" is missing: expected a list of bands`,
			`1:1: the key "pillars" is missing: expected a list of pillars`,
			`2:8: id: expected an ID (a letter or digit, then up to 127 letters, digits, _ . -), found "é"`,
			`2:13: id: the key "id" is already used, on line 2 column 2`,
		}},
		{"two JSON documents", "{\"a\": 1}\n{\"b\": 2}", []string{
			`2:1: not JSON: expected the end of the file, found '{'`,
		}},
		{"NUL", "format: a\x00b\n", []string{"1:10: a NUL character is not allowed"}},
		{"not UTF-8", "format: é\nid: \xff\n", []string{"2:5: this is not UTF-8 text"}},
		{"UTF-16", "\xff\xfeA\x00", []string{"1:1: this is not UTF-8 text"}},
		{"binary", "\x7fELF\x02\x01\x01\x00", []string{
			`1:8: a NUL character is not allowed`,
		}},
		{"tab for indentation", "format: x\nbands:\n\t- id: low\n", []string{
			`3:1: not YAML: found character that cannot start any token`,
		}},
		{"open bracket", "format: [x\n", []string{
			`2:1: not YAML: did not find expected ',' or ']'`,
		}},
		{"unknown anchor", "format: *x\n", []string{
			`1:9: not YAML: unknown anchor 'x' referenced`,
		}},
		{"anchor inside itself", "bands: &b [*b]\n", []string{
			`1:8: the anchor contains itself`,
		}},
		{"10,001 brackets", strings.Repeat("[", 10_001), []string{
			`1:65: not YAML: exceeded max depth of 64`,
		}},
		{"10,001 closed brackets", strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001), []string{
			`1:65: not YAML: exceeded max depth of 64`,
		}},
		{"100 braces in JSON", strings.Repeat(`{"a":`, 100) + "1" + strings.Repeat("}", 100), []string{
			`1:326: nested deeper than 64 levels`,
		}},
		{"10,001 levels of blocks", strings.Repeat("- ", 10_001) + "x", []string{
			`1:129: not YAML: exceeded max depth of 64`,
		}},
		{"alias bomb", bomb(), []string{
			`6:16: too much: at most 300000 values, 5 MiB of text and 64 levels are allowed, aliases expanded`,
		}},
		{"million of values", "a: [" + strings.Repeat("x,", 1<<20) + "]", []string{
			`1:600002: the file is too complex: more than 300000 values`,
		}},
		{"bad row 999 of 1,000", rows(1000, map[int]string{999: "              - {id: x999, title: Row, risk: hihg, effort: S}\n"}), []string{
			`1020:46: pillars[0].principles[0].questions[0].practices[999].risk: expected one of high, medium, low, found "hihg"`,
		}},
		{"broken row 999 of 1,000", rows(1000, map[int]string{999: "              - {id: x999, title: Row, risk: high effort: S}\n"}), []string{
			`1020:57: not YAML: did not find expected ',' or '}'`,
		}},
		{"2,001 practices", rows(1999, nil), []string{
			`9:3: pillars: expected at most 2000 practices in a questionnaire, found 2001`,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			_, err := ReadQuestionnaire("f", strings.NewReader(tt.text))
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if got := problemLines(t, err); !slices.Equal(got, tt.want) {
				t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
			if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 64<<20 || took > time.Second {
				t.Errorf("took %v and %d MiB, want at most a second and 64 MiB", took, allocated>>20)
			}
		})
	}
}

func TestTooLarge(t *testing.T) {
	text := small + "#" + strings.Repeat("x", MaxSize-len(small)-1)
	if _, err := ReadQuestionnaire("f", strings.NewReader(text)); err != nil {
		t.Errorf("a file of %d bytes: %v", len(text), err)
	}
	_, err := ReadQuestionnaire("f", strings.NewReader(text+"x"))
	if got := assessment.CodeOf(err); got != assessment.TooLarge {
		t.Errorf("a byte more: code %q (%v), want %q", got, err, assessment.TooLarge)
	}
	_, problems, _ := Lint("f", []byte(text+"x"))
	if len(problems) != 1 || problems[0].String() != "f: the file is larger than 5 MiB" {
		t.Errorf("Lint: %v", problems)
	}
}

func TestProblemsAreInvalid(t *testing.T) {
	_, err := ReadQuestionnaire("f", strings.NewReader("a: 1"))
	if got := assessment.CodeOf(err); got != assessment.Invalid {
		t.Errorf("CodeOf = %q, want %q", got, assessment.Invalid)
	}
}

func TestAllowed(t *testing.T) {
	tests := map[string][]edit{
		"byte order mark":      {{"format:", "\uFEFFformat:"}},
		"Windows line ends":    {{small, strings.ReplaceAll(small, "\n", "\r\n")}},
		"document markers":     {{small, "---\n" + small + "...\n"}},
		"anchors and aliases":  {{"practices: [s1.p1]", "practices: &p [s1.p1]"}, {"practices: [c1.p1]", "practices: *p"}},
		"emoji":                {{"title: Small", `title: "\U0001F600 😀"`}},
		"explicit tag":         {{"title: Small", "title: !!str 5"}},
		"empty options":        {{"effort: M", "effort: M\n                links: []\n                source: []\n                help: ''"}},
		"no tradeoffs":         {{small[strings.Index(small, "tradeoffs:"):], "tradeoffs: []\n"}},
		"version with parts":   {{"1.0.0", "1.0.0-rc.1+build.5"}},
		"weight as a fraction": {{"title: How fast?", "title: How fast?\n            weight: 0.5"}},
	}
	for name, edits := range tests {
		t.Run(name, func(t *testing.T) {
			text := small
			for _, e := range edits {
				text = e.apply(t, text)
			}
			if _, err := ReadQuestionnaire("f", strings.NewReader(text)); err != nil {
				t.Error(err)
			}
		})
	}
}

// A file in which everything is wrong costs no more than a second either, and its problems stay countable.
func TestManyProblems(t *testing.T) {
	bad := map[int]string{}
	for i := range 1999 {
		bad[i+1] = "              - {a: 1, b: 2, c: 3, d: 4, e: 5}\n"
	}
	text := rows(1999, bad)
	start := time.Now()
	_, err := ReadQuestionnaire("f", strings.NewReader(text))
	if took := time.Since(start); took > time.Second {
		t.Errorf("took %v", took)
	}
	lines := problemLines(t, err)
	if len(lines) != maxListed+1 {
		t.Fatalf("%d problems, want %d", len(lines), maxListed+1)
	}
	if first, want := lines[0], `22:17: pillars[0].principles[0].questions[0].practices[1]: the key "id" is missing: expected text`; first != want {
		t.Errorf("first = %q, want %q", first, want)
	}
	if last := lines[maxListed]; !strings.HasSuffix(last, "9901 more problems are not listed") {
		t.Errorf("last = %q", last)
	}
}
