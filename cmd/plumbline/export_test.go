package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/font/gofont/gomono"
)

func TestExportToFileAndStandardOutput(t *testing.T) {
	tests := map[string]string{"workbook": "%PDF-", "yaml": "format: plumbline.questionnaire/1\n", "aws-lens": "{\n"}
	for to, want := range tests {
		t.Run(to, func(t *testing.T) {
			printed := plumbline(t, golden(t, "questionnaire.yaml"), "questionnaire", "export", "--to", to, "-")
			if printed.status != done || !strings.HasPrefix(printed.out, want) {
				t.Fatalf("status %d, %.80q, %s", printed.status, printed.out, printed.err)
			}
			file := written(t, "out", "what was there before")
			got := plumbline(t, "", "questionnaire", "export", "--to", to, "-o", file, "testdata/questionnaire.yaml")
			if got.status != done || got.out != "" {
				t.Fatalf("got %+v", got)
			}
			if text, err := os.ReadFile(file); err != nil || string(text) != printed.out {
				t.Errorf("the file differs from standard output (%v)", err)
			}
		})
	}
}

func TestExportBuiltin(t *testing.T) {
	got := plumbline(t, "", "questionnaire", "export", "--to", "yaml")
	if got.status != done || !strings.Contains(got.out, "\nid: azure-ai-workload\n") || got.err != "" {
		t.Fatalf("status %d, %.80q, %s", got.status, got.out, got.err)
	}
	if linted := plumbline(t, got.out, "questionnaire", "lint", "-"); linted.status != done {
		t.Errorf("lint: %+v", linted)
	}
	lens := plumbline(t, "", "questionnaire", "export", "--to", "aws-lens")
	if lens.status != done || !strings.HasPrefix(lens.err, "built-in: ") {
		t.Errorf("status %d, losses %.200q", lens.status, lens.err)
	}
}

func TestExportFails(t *testing.T) {
	folder := t.TempDir()
	target := filepath.Join(folder, "out.pdf")
	for name, args := range map[string][]string{
		"no questionnaire": {"-o", target, "testdata/answers.yaml"},
		"no such folder":   {"-o", filepath.Join(folder, "none", "out.pdf"), "testdata/questionnaire.yaml"},
		"no font":          {"-o", target, "--font", written(t, "no.ttf", "no font"), "testdata/questionnaire.yaml"},
		"onto a folder":    {"-o", folder, "testdata/questionnaire.yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			got := plumbline(t, "", append([]string{"questionnaire", "export", "--to", "workbook"}, args...)...)
			if got.status != failed || got.out != "" || got.err == "" {
				t.Errorf("got %+v, want status 1 and a reason", got)
			}
			if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
				t.Errorf("left behind: %v (%v)", left, err)
			}
		})
	}
}

func TestExportWithOwnFont(t *testing.T) {
	usual := plumbline(t, "", "questionnaire", "export", "--to", "workbook", "testdata/questionnaire.yaml")
	own := plumbline(t, "", "questionnaire", "export", "--to", "workbook", "--font", written(t, "mono.ttf", string(gomono.TTF)), "testdata/questionnaire.yaml")
	if own.status != done || !strings.HasPrefix(own.out, "%PDF-") || own.out == usual.out {
		t.Errorf("status %d, %.80q, %s", own.status, own.out, own.err)
	}
}
