package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"plumbline/content"
)

func TestScore(t *testing.T) {
	questionnaire := []string{"score", "--questionnaire", "testdata/questionnaire.yaml"}
	t.Run("text", func(t *testing.T) {
		got := plumbline(t, "", append(questionnaire, "--answers", "testdata/answers.yaml")...)
		if want := (outcome{done, golden(t, "score.txt"), ""}); got != want {
			t.Errorf("got %d\n%s%s\nwant\n%s", got.status, got.out, got.err, want.out)
		}
	})
	t.Run("JSON", func(t *testing.T) {
		got := plumbline(t, "", append(questionnaire, "--answers", "testdata/answers.yaml", "--format", "json")...)
		if got.status != done || got.err != "" {
			t.Errorf("status %d, %s", got.status, got.err)
		}
		sameJSON(t, got.out, golden(t, "score.json"))
	})
	t.Run("answers from standard input", func(t *testing.T) {
		got := plumbline(t, golden(t, "answers.yaml"), append(questionnaire, "--answers", "-", "--format", "json")...)
		sameJSON(t, got.out, golden(t, "score.json"))
	})
	t.Run("questionnaire from standard input", func(t *testing.T) {
		got := plumbline(t, golden(t, "questionnaire.yaml"), "score", "--questionnaire", "-", "--answers", "testdata/answers.yaml", "--format", "json")
		sameJSON(t, got.out, golden(t, "score.json"))
	})
}

func TestScoreNothingApplicable(t *testing.T) {
	const text = "format: plumbline.answers/1\npriorities: {speed: 0}\nanswers:\n" +
		"  c1.p1: {status: not_applicable, reason: r}\n  c1.p2: {status: not_applicable, reason: r}\n"
	args := []string{"score", "--questionnaire", "testdata/questionnaire.yaml", "--answers", "-"}
	got := plumbline(t, text, append(args, "--format", "json")...)
	var result struct {
		Overall struct {
			Low, High, Band any
		}
	}
	if err := json.Unmarshal([]byte(got.out), &result); err != nil || result.Overall.Low != nil || result.Overall.High != nil {
		t.Errorf("overall = %+v (%v), want null", result.Overall, err)
	}
	if got := plumbline(t, text, args...); !strings.Contains(got.out, "Overall                 n/a ") ||
		!strings.Contains(got.out, "Excluded by priority 0  n/a    0 of 2 ") {
		t.Errorf("got:\n%s", got.out)
	}
}

func TestScoreBuiltin(t *testing.T) {
	const text = "format: plumbline.answers/1\nquestionnaire: azure-ai-workload\nanswers: {rel-01.p1: adopted}\n"
	got := plumbline(t, text, "score", "--answers", "-")
	for _, want := range []string{"Azure AI workload 1.1.0", "Reliability", "… and "} {
		if !strings.Contains(got.out, want) {
			t.Errorf("%q is missing in:\n%s", want, got.out)
		}
	}
}

func TestScoreRefuses(t *testing.T) {
	large := written(t, "large.yaml", strings.Repeat("#", content.MaxSize+1))
	tests := []struct {
		name, input string
		args        []string
		want        string
	}{
		{"wrong answers", "format: plumbline.answers/1\nanswers: {x: adopted, rel-01.p1: no}\n", []string{"--answers", "-"},
			"-:2:11: answers.x: unknown practice \"x\"\n" +
				"-:2:34: answers.rel-01.p1: expected one of adopted, partial, absent, not_applicable, found \"no\"\n"},
		{"wrong questionnaire", "", []string{"--questionnaire", "testdata/answers.yaml", "--answers", "testdata/answers.yaml"},
			"testdata/answers.yaml:1:1: the key \"id\" is missing: expected text\n"},
		{"no such answers", "", []string{"--answers", "testdata/none.yaml"}, "plumbline: open testdata/none.yaml: no such file or directory\n"},
		{"no such questionnaire", "", []string{"--questionnaire", "none", "--answers", "testdata/answers.yaml"},
			"plumbline: open none: no such file or directory\n"},
		{"a folder", "", []string{"--answers", "testdata"}, "plumbline: testdata is a folder; expected a file\n"},
		{"nothing", "", []string{"--answers", "-"}, "-:1:1: the file is empty: expected one YAML or JSON document\n"},
		{"binary", "\x89PNG\r\n\x1a\n\x00", []string{"--answers", "-"}, "-:1:1: this is not UTF-8 text\n"},
		{"too large", "", []string{"--answers", large}, "plumbline: " + large + " is larger than 5 MiB\n"},
		{"another questionnaire", "", []string{"--answers", "testdata/answers.yaml"},
			"testdata/answers.yaml:2:16: questionnaire: expected answers to the questionnaire \"azure-ai-workload\", found \"small\"\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := plumbline(t, tt.input, append([]string{"score"}, tt.args...)...)
			if got.status != failed || got.out != "" || !strings.HasPrefix(got.err, tt.want) {
				t.Errorf("got %+v\nwant status 1 and %q", got, tt.want)
			}
		})
	}
}

func TestScoreCannotWrite(t *testing.T) {
	closed, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	var said strings.Builder
	args := []string{"score", "--questionnaire", "testdata/questionnaire.yaml", "--answers", "testdata/answers.yaml", "--format", "json"}
	if status := run(t.Context(), args, streams{strings.NewReader(""), closed, &said}); status != failed || said.Len() == 0 {
		t.Errorf("status %d, %q; want 1 and a reason", status, said.String())
	}
}
