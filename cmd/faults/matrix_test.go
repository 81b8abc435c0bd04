package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const lastRow = 51

// testsIn returns the tests of the package in a folder of the repository.
func testsIn(t *testing.T, folder string) map[string]bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(folder), "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]bool{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, declared := range file.Decls {
			if function, is := declared.(*ast.FuncDecl); is && function.Recv == nil && strings.HasPrefix(function.Name.Name, "Test") {
				tests[function.Name.Name] = true
			}
		}
	}
	return tests
}

// TestEveryRowIsHeld finds for each row of the matrix a row of this program, or a test, and each test that the
// matrix names.
func TestEveryRowIsHeld(t *testing.T) {
	packages := map[string]map[string]bool{}
	tried := map[int]bool{}
	for _, r := range rows() {
		tried[r.number] = true
	}
	var numbers []int
	for _, h := range matrix() {
		numbers = append(numbers, h.row)
		if len(h.tests) == 0 && !tried[h.row] {
			t.Errorf("row %d, %s: neither a test nor a row of this program", h.row, h.fault)
		}
		for _, test := range h.tests {
			at := strings.LastIndex(test, ".")
			folder, name := test[:at], test[at+1:]
			if packages[folder] == nil {
				packages[folder] = testsIn(t, folder)
			}
			if !packages[folder][name] {
				t.Errorf("row %d, %s: there is no test %s in %s", h.row, h.fault, name, folder)
			}
		}
	}
	var want []int
	for n := range lastRow {
		want = append(want, n+1)
	}
	if !slices.Equal(numbers, want) {
		t.Errorf("the matrix has the rows %v, want 1 to %d", numbers, lastRow)
	}
	for number := range tried {
		if !slices.Contains(want, number) {
			t.Errorf("row %d is not one of the matrix", number)
		}
	}
}

func TestGaps(t *testing.T) {
	tests := map[string]struct {
		seen          []int64
		missed, twice int
	}{
		"nothing":  {nil, 4, 0},
		"all":      {[]int64{1, 2, 3, 4}, 0, 0},
		"a hole":   {[]int64{1, 2, 4}, 1, 0},
		"repeated": {[]int64{1, 2, 2, 3, 3, 3, 4}, 0, 3},
		"beyond":   {[]int64{1, 2, 3, 4, 5}, 0, 0},
	}
	for name, test := range tests {
		if missed, twice := gaps(test.seen, 4); missed != test.missed || twice != test.twice {
			t.Errorf("%s: %d missed and %d twice, want %d and %d", name, missed, twice, test.missed, test.twice)
		}
	}
}

func TestVerdict(t *testing.T) {
	tests := map[string]outcome{
		met:        {finding: finding{met: true}},
		notMet:     {},
		impossible: {err: errImpossible},
	}
	for want, o := range tests {
		if got := o.verdict(); got != want {
			t.Errorf("%+v: %s, want %s", o, got, want)
		}
	}
	if got := (outcome{finding: finding{met: true}, err: errNotMet}).verdict(); got != notMet {
		t.Errorf("with an error: %s, want %s", got, notMet)
	}
}
