package cisoassistant

import (
	"strings"
	"testing"

	"plumbline/content"
	"plumbline/content/readertest"
)

// TestBombs reads what is made to cost far more than its size.
func TestBombs(t *testing.T) {
	marks := readertest.Marks{Most: 300_000, Of: []string{"\n", ",", "[", "{", ":", "- ", "? "}}
	const head = "urn: u\nname: n\nobjects:\n  framework:\n    urn: f\n    requirement_nodes:\n"
	filled := func(name, head, part, tail string) readertest.Bomb {
		return readertest.Bomb{Name: name, Data: marks.Filled(content.MaxSize, head, part, tail)}
	}
	chain := strings.Builder{}
	for i := range 40_000 {
		chain.WriteString(strings.NewReplacer("#", strings.Repeat("x", i%7), "%", string(rune('a'+i%26))).Replace("    - {urn: %#, parent_urn: %}\n"))
	}
	readertest.Try(t, func(data []byte) error {
		_, _, err := Import("f", data)
		return err
	},
		filled("nodes", head, "    - {urn: n%d, assessable: true}\n", ""), filled("sections", head, "    - {urn: n%d}\n", "    - {urn: a, assessable: true}\n"),
		filled("nodes of one urn", head, "    - {urn: n, parent_urn: n}\n", "    - {urn: a, assessable: true}\n"), filled("nodes without a parent", head, "    - {urn: n%d, parent_urn: m%d}\n", "    - {urn: a, assessable: true}\n"),
		readertest.Bomb{Name: "chains", Data: head + chain.String() + "    - {urn: zz, assessable: true}\n"},
		filled("questions", head+"    - urn: a\n      assessable: true\n      questions:\n", "        q%d: {type: text, text: t}\n", ""),
		filled("choices", head+"    - urn: a\n      assessable: true\n      questions:\n        q:\n          type: unique_choice\n          choices:\n", "          - {urn: c%d, value: v}\n", ""),
		filled("objects", "urn: u\nobjects:\n", "  k%d: v\n", ""), filled("unknown keys", head+"    - urn: a\n      assessable: true\n", "      k%d: v\n", ""), filled("repeated keys", head+"    - urn: a\n", "      k: v\n", ""),
		filled("markup", head+"    - {urn: a, assessable: true, description: '", "**a** [b](c) <br>", "'}\n"), filled("lines", head+"    - urn: a\n      assessable: true\n      description: |\n", "        * a\n", ""),
		filled("aliases", head+"    - &n {urn: a, assessable: true}\n", "    - *n\n", ""))
}
