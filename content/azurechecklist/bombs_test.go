package azurechecklist

import (
	"strings"
	"testing"

	"plumbline/content"
	"plumbline/content/readertest"
)

// TestBombs reads what is made to cost far more than its size.
func TestBombs(t *testing.T) {
	filled := func(name, head, part, tail string) readertest.Bomb {
		marks := readertest.Marks{Most: 150_000, Of: []string{",", "[", "{"}}
		return readertest.Bomb{Name: name, Data: marks.Filled(content.MaxSize, head, part, tail)}
	}
	item := `{"guid":"g%d","text":"t","category":"c%d"},`
	long := strings.Repeat("x", 1_900)
	readertest.Try(t, func(data []byte) error {
		_, _, err := Import("f", data)
		return err
	},
		filled("items", `{"items":[`, item, `{}]}`), filled("items of one id", `{"items":[`, `{"guid":"same","text":"t"},`, `{}]}`), filled("empty items", `{"items":[`, `{},`, `{}]}`),
		filled("unknown keys", `{"items":[{"text":"t",`, `"k%d":0,`, `"z":0}]}`), filled("repeated keys", `{"items":[{"text":"t",`, `"k":0,`, `"z":0}]}`),
		filled("long keys", `{"items":[{"text":"t",`, `"`+long+`%d":0,`, `"z":0}]}`), filled("tags", `{"items":[{"text":"t","tags":[`, `"t%d",`, `""]}]}`),
		filled("links", `{"items":[{"text":"t","tools":[`, `{"title":"t","url":"https://a.b/%d"},`, `{}]}]}`), filled("long texts", `{"items":[`, `{"text":"`+long+`"},`, `{}]}`),
		filled("markup", `{"items":[{"text":"`, `<b>`, `<br>"}]}`), filled("markup in markup", `{"items":[{"text":"`, `<a href='`, `<br>"}]}`),
		filled("addresses", `{"items":[{"text":"t","link":"`, `https://a.b/%d, `, `"}]}`), filled("escapes", `{"items":[{"text":"`, `\u00e4`, `"}]}`),
		filled("categories", `{"categories":[`, `{"name":"n%d"},`, `{}],"items":[{"text":"t"}]}`), filled("nesting", ``, `[`, ``), filled("entities", `{"items":[{"text":"`, `&amp;`, `"}]}`))
}
