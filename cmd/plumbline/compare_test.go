package main

import (
	"fmt"
	"strings"
	"testing"
)

func TestCompare(t *testing.T) {
	first, second := chain(t)
	before, after := written(t, "before.json", first), written(t, "after.json", second)
	t.Run("JSON", func(t *testing.T) {
		got := plumbline(t, "", "compare", before, after, "--format", "json")
		if got.status != done || got.err != "" {
			t.Errorf("status %d, %s", got.status, got.err)
		}
		sameJSON(t, got.out, golden(t, "compare.json"))
	})
	t.Run("text from standard input", func(t *testing.T) {
		got := plumbline(t, first, "compare", "-", after)
		if want := (outcome{done, golden(t, "compare.txt"), ""}); got != want {
			t.Errorf("got %d\n%s%s\nwant\n%s", got.status, got.out, got.err, want.out)
		}
	})
	t.Run("defect", func(t *testing.T) {
		forged := strings.Replace(first, `"low":31.25`, `"low":99.5`, 1)
		got := plumbline(t, forged, "compare", "-", after)
		if got.status != done || !strings.HasPrefix(got.err, "plumbline: defect: ") || got.out != golden(t, "compare.txt") {
			t.Errorf("got %+v, want the comparison and a defect", got)
		}
	})
}

// manyAnswers are more than a snapshot can hold.
func manyAnswers() string {
	var text strings.Builder
	for n := range 10_001 {
		fmt.Fprintf(&text, `"nothing-%d":{"status":"adopted"},`, n)
	}
	return text.String()
}

func TestCompareRefuses(t *testing.T) {
	first, _ := chain(t)
	file := written(t, "a.json", first)
	for name, other := range map[string]string{
		"missing": "testdata/none.json",
		"folder":  "testdata",
		"YAML":    "testdata/answers.yaml",
		"empty":   written(t, "empty.json", ""),
		"binary":  written(t, "binary.json", "\x00\xff"),
		"cut":     written(t, "cut.json", first[:len(first)/2]),
		"bomb":    written(t, "bomb.json", strings.Replace(first, `"answers":{`, `"answers":{`+manyAnswers(), 1)),
		"twice":   written(t, "twice.json", first+first),
		"version": written(t, "version.json", strings.Replace(first, "plumbline.snapshot/1", "plumbline.snapshot/9", 1)),
	} {
		t.Run(name, func(t *testing.T) {
			for _, args := range [][]string{{file, other}, {other, file}} {
				got := plumbline(t, "", append([]string{"compare"}, args...)...)
				if got.status != failed || got.out != "" || !strings.Contains(got.err, other) {
					t.Errorf("got %+v, want status 1 and the name of the file", got)
				}
			}
		})
	}
}
