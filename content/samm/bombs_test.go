package samm

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"plumbline/content"
	"plumbline/content/readertest"
)

// TestBombs reads what is made to cost far more than its size.
func TestBombs(t *testing.T) {
	model := func(name string, changes map[string]string) readertest.Bomb {
		files := cellar()
		maps.Copy(files, changes)
		return readertest.Bomb{Name: name, Data: string(zipped(t, "", files))}
	}
	many := func(n int, path, text string) map[string]string {
		files := map[string]string{}
		for i := range n {
			files[fmt.Sprintf(path, i)] = strings.ReplaceAll(text, "%d", fmt.Sprint(i))
		}
		return files
	}
	filled := func(head, part string) map[string]string {
		return map[string]string{"model/activities/K-LA-1-A.yml": readertest.Filled(content.MaxSize-20_000, head, part, "")}
	}
	readertest.Try(t, func(data []byte) error {
		_, _, err := Import("f", data)
		return err
	},
		model("activities", many(maxFiles-30, "model/activities/X-%d.yml", "stream: s1\nlevel: l1\nid: x%d\ntitle: T\n")), model("activities of one id", many(maxFiles-30, "model/activities/X-%d.yml", "stream: s1\nlevel: l1\nid: a1\ntitle: T\n")),
		model("streams", many(maxFiles-30, "model/streams/X-%d.yml", "practice: p1\nid: x%d\nname: T\n")), model("other models", many(maxFiles-30, "%d/business_functions/X.yml", "id: x\n")), model("files", many(maxEntries-30, "%d.txt", "")),
		model("repeated keys", filled("stream: s1\nid: a1\n", "a: b\n")), model("unknown keys", filled("stream: s1\nid: a1\n", "a%d: b\n")), model("a list", filled("id: a1\nresults:\n", "- r%d\n")),
		model("zeros", map[string]string{"model/activities/zeros.yml": strings.Repeat("\n", 15<<20)}), model("a long text", filled("stream: s1\nlevel: l1\nid: a1\ntitle: t\nlongDescription: ", "[a](b) **c** ")))
}
