package main

import (
	"encoding/json"
	"strings"
	"testing"

	"plumbline/content"
)

func TestImportAndExportLens(t *testing.T) {
	lens := golden(t, "lens.json")
	got := plumbline(t, lens, "questionnaire", "import", "--from", "aws-lens", "-")
	if got.status != done {
		t.Fatalf("import: %+v", got)
	}
	if want := "-:5:5: _note: unknown key, left out: the text \"an example\"\n"; !strings.HasPrefix(got.err, want) {
		t.Errorf("losses:\n%s", got.err)
	}
	if linted := plumbline(t, got.out, "questionnaire", "lint", "-"); linted.status != done {
		t.Errorf("lint: %+v", linted)
	}
	back := plumbline(t, got.out, "questionnaire", "export", "--to", "aws-lens", "-")
	if back.status != done || back.err != "-: in a lens, a practice is selected or not: \"partial\" is lost\n" {
		t.Errorf("export: %+v", back)
	}
	sameJSON(t, back.out, strings.Replace(lens, `"_note": "an example",`, "", 1))
}

func TestImportFolder(t *testing.T) {
	got := plumbline(t, "", "questionnaire", "import", "--from", "samm", "testdata/samm")
	const want = "testdata/samm/activities/T-CL-1-A.yml:2:8: level: no file of the model has the practice level \"l1\": the activity has no maturity level\n"
	if got.status != done || !strings.HasPrefix(got.err, want) {
		t.Fatalf("import: %+v", got)
	}
	if linted := plumbline(t, got.out, "questionnaire", "lint", "-"); linted.status != done {
		t.Errorf("lint: %+v", linted)
	}
	if got := plumbline(t, "", "questionnaire", "import", "--from", "aws-lens", "testdata/samm"); got.status != failed || !strings.Contains(got.err, "is a folder") {
		t.Errorf("a folder that is no lens: %+v", got)
	}
}

func TestLossesAsJSON(t *testing.T) {
	imported := plumbline(t, golden(t, "lens.json"), "questionnaire", "import", "--from", "aws-lens", "--format", "json", "-")
	var losses content.Problems
	if err := json.Unmarshal([]byte(imported.err), &losses); err != nil || imported.status != done {
		t.Fatalf("status %d, %v: %s", imported.status, err, imported.err)
	}
	want := content.Problem{File: "-", Line: 5, Column: 5, Path: "_note", Message: "unknown key, left out: the text \"an example\""}
	if len(losses) == 0 || losses[0] != want {
		t.Errorf("losses %+v, want the first to be %+v", losses, want)
	}
	if linted := plumbline(t, imported.out, "questionnaire", "lint", "-"); linted.status != done {
		t.Errorf("lint: %+v", linted)
	}
	exported := plumbline(t, imported.out, "questionnaire", "export", "--to", "aws-lens", "--format", "json", "-")
	sameJSON(t, exported.err, `[{"file": "-", "line": 0, "column": 0, "path": "", "message": "in a lens, a practice is selected or not: \"partial\" is lost"}]`)
	none := plumbline(t, imported.out, "questionnaire", "export", "--to", "yaml", "--format", "json", "-")
	if none != (outcome{done, imported.out, "[]\n"}) {
		t.Errorf("without a loss: status %d, %s", none.status, none.err)
	}
}

func TestImportFails(t *testing.T) {
	tests := []struct {
		name, input string
		args        []string
		want        outcome
	}{
		{"not JSON", "{\n  oops", []string{"import", "--from", "aws-lens", "-"}, outcome{failed, "", "-:2:3: expected a key in quotes, found 'o'\n"}},
		{"no file", "", []string{"import", "--from", "aws-lens", "testdata/none.json"}, outcome{failed, "",
			"plumbline: open testdata/none.json: no such file or directory\n"}},
		{"too large", strings.Repeat(" ", content.MaxSize+1), []string{"import", "--from", "aws-lens", "-"}, outcome{failed, "",
			"plumbline: - is larger than 5 MiB\n"}},
		{"no questionnaire to export", "{}", []string{"export", "--to", "aws-lens", "testdata/none.yaml"}, outcome{failed, "",
			"plumbline: open testdata/none.yaml: no such file or directory\n"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := plumbline(t, tt.input, append([]string{"questionnaire"}, tt.args...)...); got != tt.want {
				t.Errorf("got %+v\nwant %+v", got, tt.want)
			}
		})
	}
}

func TestImportMisuse(t *testing.T) {
	for _, args := range [][]string{{"import", "x.json"}, {"import", "--from", "word", "x.json"}, {"import", "--from", "aws-lens"}, {"export", "x.yaml"}, {"export", "--to", "word", "x"}} {
		if got := plumbline(t, "", append([]string{"questionnaire"}, args...)...); got.status != misuse || got.out != "" {
			t.Errorf("%v: %+v", args, got)
		}
	}
}
