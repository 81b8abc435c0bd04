package content

import (
	"bytes"
	"strings"
	"testing"

	"plumbline/content/readertest"
)

// bombs are files of our own formats, in YAML and JSON, that are made to cost much.
func bombs() []readertest.Bomb {
	marks := readertest.Marks{Most: maxMarks, Of: []string{"\n", ",", "[", "{", ":", "- ", "? "}}
	filled := func(name, head, part, tail string) readertest.Bomb {
		return readertest.Bomb{Name: name, Data: marks.Filled(MaxSize, head, part, tail)}
	}
	pillar := `{"format":"plumbline.questionnaire/1","id":"a","version":"1.0.0","title":"t","pillars":[{"id":"p","title":"t","principles":[{"id":"r","title":"t","questions":[{"id":"q","title":"t","practices":[`
	practice := `{"id":"a%d","title":"t","risk":"high","effort":"S"}`
	tradeoff := `{"id":"t%d","title":"t","sides":[{"label":"a","pillars":["p"]},{"label":"b","pillars":["p"]}],"signals":[` +
		strings.TrimSuffix(strings.Repeat(`{"when":"nobody and other","says":"s"},`, 99), ",") + `]},`
	return []readertest.Bomb{
		filled("YAML of values", "a:\n", "- b\n", ""), filled("YAML in flow", "a: [", "{},", "]"), filled("JSON of values", `{"a":[`, "0,", "0]}"),
		filled("repeated keys", "", "a: b\n", ""), filled("repeated keys in JSON", "{", `"a":0,`, `"a":0}`),
		filled("nesting", "", "[", ""), filled("nesting of mappings", "", "? ", ""), filled("nesting by indent", "", "- ", ""),
		filled("anchors", "a:\n", "- &a%d b\n", ""), filled("aliases", "a: &a b\nb:\n", "- *a\n", ""),
		{Name: "aliases of aliases", Data: "a0: &a0 [x,x]\n" + readertest.Filled(100_000, "", "b%d: &b%d [*a0,*a0,*a0,*a0,*a0,*a0,*a0,*a0]\n", "")},
		filled("comments", "a: b\n", "# c\n", ""), filled("a long line", "a: ", "word ", "\n"), filled("a long text in quotes", `a: "`, `\u00e4`, "\"\n"),
		filled("a long key", "", "key", ": a\n"), filled("tags", "a:\n", "- !<x%d> b\n", ""), filled("documents", "", "--- a\n", ""), filled("folded", "a: >\n", "  b\n\n", ""),
		filled("many pillars", `{"format":"plumbline.questionnaire/1","pillars":[`, `{},`, `{}]}`),
		filled("wrong pillars", `{"format":"plumbline.questionnaire/1","pillars":[`, `{"id":[],"title":{},"x":0,"y":1},`, `{}]}`),
		filled("wrong conditions in one line", pillar+strings.ReplaceAll(practice, "%d", "")+`]}]}]}],"tradeoffs":[`, tradeoff, strings.ReplaceAll(tradeoff[:len(tradeoff)-1], "%d", "x")+`]}`),
		filled("conditions that do not parse", pillar+strings.ReplaceAll(practice, "%d", "")+`]}]}]}],"tradeoffs":[`, strings.ReplaceAll(tradeoff, "nobody and", "((("), strings.ReplaceAll(tradeoff[:len(tradeoff)-1], "%d", "x")+`]}`),
	}
}

// TestBombs reads what is made to cost far more than its size.
func TestBombs(t *testing.T) {
	model, all := smallModel(t), bombs()
	readertest.Try(t, func(data []byte) error {
		_, err := ReadQuestionnaire("f", bytes.NewReader(data))
		return err
	}, all...)
	for _, bomb := range all {
		bomb.Data = strings.ReplaceAll(strings.Replace(bomb.Data, "plumbline.questionnaire/1", AnswersFormat, 1), `"pillars"`, `"answers"`)
		bomb.Name += " of answers"
		readertest.Try(t, func(data []byte) error {
			_, err := ReadAnswers("f", bytes.NewReader(data), model)
			return err
		}, bomb)
	}
}
