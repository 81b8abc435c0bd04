package awslens

import (
	"strings"
	"testing"

	"plumbline/content"
	"plumbline/content/readertest"
)

// TestBombs reads what is made to cost far more than its size.
func TestBombs(t *testing.T) {
	marks := readertest.Marks{Most: 150_000, Of: []string{",", "[", "{"}}
	filled := func(name, head, part, tail string) readertest.Bomb {
		return readertest.Bomb{Name: name, Data: marks.Filled(content.MaxSize, head, part, tail)}
	}
	const question = `{"pillars":[{"id":"pil","name":"P","questions":[{"id":"que","title":"Q","choices":[`
	const rules = question + `{"id":"a","title":"A"}],"riskRules":[`
	readertest.Try(t, func(data []byte) error {
		_, _, err := Import("f", data)
		return err
	},
		filled("pillars", `{"pillars":[`, `{"id":"p%d","name":"P"},`, `{}]}`), filled("questions", `{"pillars":[{"id":"pil","name":"P","questions":[`, `{"id":"q%d","title":"Q"},`, `{}]}]}`),
		filled("choices", question, `{"id":"c%d","title":"C"},`, `{}]}]}]}`), filled("choices of one id", question, `{"id":"c","title":"C"},`, `{}]}]}]}`),
		filled("texts", question+`{"id":"a","title":"A","additionalResources":[`, `{"type":"HELPFUL_RESOURCE","content":[{"displayText":"a"}]},`, `{}]}]}]}]}`),
		filled("rules", rules, `{"condition":"a","risk":"HIGH_RISK"},`, `{}]}]}]}`), filled("rules of names that are not there", rules, `{"condition":"b%d && c","risk":"HIGH_RISK"},`, `{}]}]}]}`),
		filled("a long condition", rules+`{"condition":"`, `a && `, `a","risk":"HIGH_RISK"}]}]}]}`), filled("a deep condition", rules+`{"condition":"`, `(`, `a","risk":"HIGH_RISK"}]}]}]}`),
		filled("denials", rules+`{"condition":"`, `!`, `a","risk":"HIGH_RISK"}]}]}]}`), filled("markup", question+`{"id":"a","title":"`, `<b>`, `<br>"}]}]}]}`),
		filled("unknown keys", `{"pillars":[],`, `"k%d":0,`, `"z":0}`), filled("repeated keys", `{"pillars":[],`, `"k":0,`, `"z":0}`),
		filled("long keys", `{"pillars":[],`, `"`+strings.Repeat("k", 2_000)+`%d":0,`, `"z":0}`), filled("nesting", ``, `{"a":`, ``))
}
