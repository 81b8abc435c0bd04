package main

import (
	"encoding/json"
	"strings"
	"testing"

	"plumbline/content"
)

func TestLint(t *testing.T) {
	warned := strings.Replace(golden(t, "questionnaire.yaml"), "                help: For each month.\n", "", 1)
	broken := strings.Replace(warned, "risk: low", "risk: tiny", 1)
	tests := []struct {
		name, input string
		args        []string
		want        outcome
	}{
		{"fine", "", []string{"testdata/questionnaire.yaml"}, outcome{done, "testdata/questionnaire.yaml: no errors, no warnings\n", ""}},
		{"warning", warned, []string{"-"}, outcome{done, "-:42:17: pillars[1].principles[0].questions[0].practices[0]: warning: " +
			"the practice \"c1.p1\" has no help\n-: no errors, 1 warning\n", ""}},
		{"error", broken, []string{"-"}, outcome{failed, "", "-:29:23: pillars[0].principles[0].questions[0].practices[1].risk: " +
			"expected one of high, medium, low, found \"tiny\"\n"}},
		{"several files", broken, []string{"testdata/questionnaire.yaml", "-", "testdata/none.yaml", "testdata"},
			outcome{failed, "testdata/questionnaire.yaml: no errors, no warnings\n",
				"-:29:23: pillars[0].principles[0].questions[0].practices[1].risk: expected one of high, medium, low, found \"tiny\"\n" +
					"testdata/none.yaml: no such file or directory\ntestdata: testdata is a folder; expected a file\n"}},
		{"too large", strings.Repeat(" ", content.MaxSize+1), []string{"-"}, outcome{failed, "", "-: - is larger than 5 MiB\n"}},
		{"empty", "", []string{"-"}, outcome{failed, "", "-:1:1: the file is empty: expected one YAML or JSON document\n"}},
		{"binary", "\x00\x01", []string{"-"}, outcome{failed, "", "-:1:1: a NUL character is not allowed\n"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := plumbline(t, tt.input, append([]string{"questionnaire", "lint"}, tt.args...)...); got != tt.want {
				t.Errorf("got %+v\nwant %+v", got, tt.want)
			}
		})
	}
}

func TestLintJSON(t *testing.T) {
	broken := strings.Replace(golden(t, "questionnaire.yaml"), "risk: low", "risk: tiny", 1)
	got := plumbline(t, broken, "questionnaire", "lint", "--format", "json", "-", "testdata/questionnaire.yaml")
	if got.status != failed || got.err != "" {
		t.Errorf("status %d, %s", got.status, got.err)
	}
	sameJSON(t, got.out, `[
		{"file": "-", "errors": [{"file": "-", "line": 29, "column": 23,
			"path": "pillars[0].principles[0].questions[0].practices[1].risk",
			"message": "expected one of high, medium, low, found \"tiny\""}], "warnings": []},
		{"file": "testdata/questionnaire.yaml", "errors": [], "warnings": []}]`)
}

func TestSchemaAndBuiltin(t *testing.T) {
	if got := plumbline(t, "", "questionnaire", "schema"); got.status != done || !json.Valid([]byte(got.out)) {
		t.Errorf("schema: status %d, %q", got.status, got.out[:min(80, len(got.out))])
	}
	builtin := plumbline(t, "", "questionnaire", "builtin")
	if builtin.status != done {
		t.Errorf("builtin: status %d", builtin.status)
	}
	if got := plumbline(t, builtin.out, "questionnaire", "lint", "-"); got.status != done || got.out != "-: no errors, no warnings\n" {
		t.Errorf("lint of the built-in questionnaire: %+v", got)
	}
}
