package assessment_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/content/readertest"
)

const bombSize = 4 << 20

// TestSnapshotBombs reads and verifies documents that are made to cost much.
func TestSnapshotBombs(t *testing.T) {
	example := string(exampleDocument(t))
	into := func(name, place, part string) readertest.Bomb {
		before, after, found := strings.Cut(example, place)
		if !found {
			t.Fatalf("the example has no %s", place)
		}
		return readertest.Bomb{Name: name, Data: readertest.Filled(bombSize, before+place, part, after)}
	}
	readertest.Try(t, func(data []byte) error {
		v, err := assessment.VerifySnapshot(data)
		if err != nil {
			return err
		}
		return errors.New(strings.Join(v.Differences[:min(len(v.Differences), 100)], "\n"))
	},
		into("answers to nothing", `"answers":{`, `"nothing-%d":{"status":"adopted"},`),
		into("one answer again and again", `"answers":{`, `"again":{"status":"adopted"},`),
		into("priorities", `"priorities":{`, `"nothing-%d":1,`),
		into("pillars", `"pillars":[`, `{"id":"p%d","title":"P"},`),
		into("tradeoffs", `"tradeoffs":[`, `{"id":"t%d","title":"T"},`),
		into("empty objects", `"pillars":[`, `{},`),
		into("unknown fields", `{"answers":{`, `"x":{"status":"adopted"},"y":{},`),
		into("keys of the document", `{`, `"format":"plumbline.snapshot/1",`),
		readertest.Bomb{Name: "lists in lists", Data: strings.Repeat("[", bombSize)},
		readertest.Bomb{Name: "objects in objects", Data: strings.Repeat(`{"result":`, bombSize/10)},
		readertest.Bomb{Name: "a long number", Data: strings.Replace(example, `"sequence":1`, `"sequence":`+strings.Repeat("9", bombSize), 1)},
		readertest.Bomb{Name: "a long text", Data: strings.Replace(example, `"title":"`, `"title":"`+strings.Repeat(`\u0000`, bombSize/6), 1)},
		into("a condition of parentheses", `"when":"`, "("),
		into("a condition of negations", `"when":"`, "!"),
		into("a long condition", `"when":"`, "p%d || "),
		into("signals", `"signals":[`, `{"when":"`+"p1 || p2"+`","says":"S"},`),
		into("practices", `"practices":[`, `{"id":"p%d","title":"P","risk":"high","effort":"M"},`),
		readertest.Bomb{Name: "questions with many practices", Data: strings.Replace(example, `"questions":[`, `"questions":[`+
			strings.Repeat(`{"practices":[`+strings.Repeat("{},", 7_000)+`{}]},`, bombSize/21_000), 1)},
		readertest.Bomb{Name: "blanks", Data: example + strings.Repeat(" ", bombSize)},
	)
}

func FuzzVerifySnapshot(f *testing.F) {
	example := exampleDocument(f)
	f.Add(example)
	f.Add(bytes.Replace(example, []byte(`"low":`), []byte(`"low":1e9`), 1))
	f.Add([]byte(`{"format":`))
	f.Fuzz(func(t *testing.T, data []byte) {
		readertest.Within(t, len(data), func() {
			if v, err := assessment.VerifySnapshot(data); err == nil && v.OK() && assessment.Hash(data) != v.Hash {
				t.Errorf("the hash is %s", v.Hash)
			}
		})
	})
}
