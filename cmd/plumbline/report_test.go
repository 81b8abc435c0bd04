package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReport(t *testing.T) {
	first, _ := chain(t)
	snapshot := written(t, "snapshot.json", first)
	for ending, want := range map[string]string{"pdf": "%PDF-", "PDF": "%PDF-", "csv": "", "md": "# ", "json": "{"} {
		t.Run(ending, func(t *testing.T) {
			file := written(t, "report."+ending, "what was there before")
			if got := plumbline(t, "", "report", snapshot, "-o", file); got != (outcome{status: done}) {
				t.Fatalf("got %+v", got)
			}
			text, err := os.ReadFile(file)
			if err != nil || !bytes.HasPrefix(text, []byte(want)) || len(text) < 300 || bytes.Contains(text, []byte("there before")) {
				t.Errorf("%v, %d bytes: %.40q", err, len(text), text)
			}
			left, err := os.ReadDir(filepath.Dir(file))
			if err != nil || len(left) != 1 {
				t.Errorf("left in the folder: %v (%v)", left, err)
			}
		})
	}
}

func TestReportFromStandardInput(t *testing.T) {
	first, _ := chain(t)
	file := filepath.Join(t.TempDir(), "new.md")
	forged := strings.Replace(first, `"low":31.25`, `"low":99.5`, 1) + "\n"
	got := plumbline(t, forged, "report", "-", "-o", file)
	const want = "plumbline: defect: not in canonical form: the file was changed since it was exported\n" +
		"plumbline: defect: result.overall.low: stored 99.5, computed 31.25\n"
	if got != (outcome{done, "", want}) {
		t.Errorf("got %+v, want the report and its defects", got)
	}
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
}

func TestReportFails(t *testing.T) {
	first, _ := chain(t)
	snapshot := written(t, "snapshot.json", first)
	folder := filepath.Join(t.TempDir(), "folder.pdf")
	if err := os.MkdirAll(filepath.Join(folder, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"no such snapshot": {"testdata/none.json", "-o", filepath.Join(t.TempDir(), "a.pdf")},
		"no snapshot":      {"testdata/answers.yaml", "-o", filepath.Join(t.TempDir(), "a.pdf")},
		"no such folder":   {snapshot, "-o", filepath.Join(t.TempDir(), "none", "a.pdf")},
		"onto a folder":    {snapshot, "-o", folder},
	} {
		t.Run(name, func(t *testing.T) {
			got := plumbline(t, "", append([]string{"report"}, args...)...)
			if got.status != failed || got.err == "" {
				t.Errorf("got %+v, want status 1 and a reason", got)
			}
			if left, _ := os.ReadDir(filepath.Dir(args[2])); len(left) > 1 || (name != "onto a folder" && len(left) > 0) {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}
