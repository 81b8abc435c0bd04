package main

import (
	"encoding/json"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/difference"
)

// nextVersion is the small review with one change of each sort.
func nextVersion(t *testing.T) string {
	t.Helper()
	return strings.NewReplacer(
		"version: 1.2.0", "version: 2.0.0",
		"title: Small review", "title: Short review",
		"from: 40", "from: 45",
		"title: Requests are timed.", "title: Requests are timed from end to end.",
		"risk: low", "risk: medium",
		"id: c1.p2", "id: c1.p3",
		"practices: [c1.p2]", "practices: [c1.p3]",
	).Replace(golden(t, "questionnaire.yaml"))
}

func TestDiff(t *testing.T) {
	next := written(t, "next.yaml", nextVersion(t))
	t.Run("text", func(t *testing.T) {
		got := plumbline(t, "", "questionnaire", "diff", "testdata/questionnaire.yaml", next)
		if want := (outcome{done, golden(t, "difference.txt"), ""}); got != want {
			t.Errorf("got %d\n%s%s\nwant\n%s", got.status, got.out, got.err, want.out)
		}
	})
	t.Run("JSON from standard input", func(t *testing.T) {
		got := plumbline(t, nextVersion(t), "questionnaire", "diff", "testdata/questionnaire.yaml", "-", "--format", "json")
		if got.status != done || got.err != "" {
			t.Errorf("status %d, %s", got.status, got.err)
		}
		sameJSON(t, got.out, golden(t, "difference.json"))
	})
	t.Run("nothing", func(t *testing.T) {
		got := plumbline(t, "", "questionnaire", "diff", "builtin", "builtin")
		if got.status != done || got.err != "" || !strings.HasSuffix(got.out, "\n\nNo differences.\n") {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("built-in", func(t *testing.T) {
		got := plumbline(t, "", "questionnaire", "diff", "--format", "json", "builtin", next)
		var d difference.Difference
		if err := json.Unmarshal([]byte(got.out), &d); got.status != done || err != nil {
			t.Fatalf("status %d, %v", got.status, err)
		}
		if d.Before.ID != "azure-ai-workload" || d.Total(assessment.PartPractice).Added != 4 {
			t.Errorf("before %v, totals %+v", d.Before, d.Totals)
		}
	})
}

func TestDiffRefuses(t *testing.T) {
	for name, other := range map[string]string{
		"missing": "testdata/none.yaml",
		"folder":  "testdata",
		"lens":    "testdata/lens.json",
		"broken":  written(t, "broken.yaml", strings.Replace(golden(t, "questionnaire.yaml"), "risk: low", "risk: tiny", 1)),
		"empty":   written(t, "empty.yaml", ""),
		"binary":  written(t, "binary.yaml", "\x00\xff"),
	} {
		t.Run(name, func(t *testing.T) {
			for _, args := range [][]string{{"builtin", other}, {other, "builtin"}} {
				got := plumbline(t, "", append([]string{"questionnaire", "diff"}, args...)...)
				if got.status != failed || got.out != "" || !strings.Contains(got.err, other) {
					t.Errorf("got %+v, want status 1 and the name of the file", got)
				}
			}
		})
	}
}
