package assessment_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/exampletest"
)

// TestSnapshotsOfTheFirstRelease holds that documents which the first release wrote verify without a difference, and
// that reading and writing them changes no byte.
func TestSnapshotsOfTheFirstRelease(t *testing.T) {
	files, err := filepath.Glob("testdata/first/*.json")
	if err != nil || len(files) != 4 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		document, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		v, err := assessment.VerifySnapshot(document)
		if err != nil || !v.OK() {
			t.Errorf("%s: canonical %v, differences %q, %v", file, v.Canonical, v.Differences, err)
			continue
		}
		again, err := v.Snapshot.Canonical()
		if err != nil || !bytes.Equal(again, document) {
			t.Errorf("%s: read and written again:\n%s\n%v", file, again, err)
		}
		c, err := assessment.Compare(v.Snapshot, v.Snapshot)
		if err != nil || c.Delta != 0 || len(c.Practices) > 0 || len(c.Applicability) > 0 || len(c.Defects) > 0 {
			t.Errorf("%s: compared with itself: %+v, %v", file, c, err)
		}
	}
}

// What was there from the first release on may not be missing; what came later may.
func TestVerifyAsksForTheFirstKeys(t *testing.T) {
	state := exampletest.State(exampletest.Answers(), nil)
	state.Facets = assessment.Facets{"f": false, "nobody": true}
	document, err := assessment.NewSnapshot(state, exampletest.Compiled(t, exampletest.Facetted()), "T", "", "Ines", state.UpdatedAt, "", 1).Canonical()
	if err != nil {
		t.Fatal(err)
	}
	if v, err := assessment.VerifySnapshot(document); err != nil || !v.OK() || !v.Snapshot.Facets.Equal(assessment.Facets{"f": false}) {
		t.Fatalf("%+v, %v", v, err)
	}
	for old, want := range map[string]string{
		`"out_of_scope":["y"],`:                   "",
		`"unknown":{"high":0,"low":1,"medium":1}`: "result.unknown: stored nothing",
		`"facets":{"f":false},"f`:                 "result.out_of_scope: stored 1 items, computed 0",
		`"out_of_scope":["y"]`:                    `result.out_of_scope[0]: stored "x", computed "y"`,
		`"facets":{"f":false}`:                    `facets.nobody: unknown facet "nobody"`,
	} {
		new := map[string]string{`"unknown":{"high":0,"low":1,"medium":1}`: `"x":1`, `"facets":{"f":false},"f`: `"f`,
			`"out_of_scope":["y"]`: `"out_of_scope":["x"]`, `"facets":{"f":false}`: `"facets":{"f":false,"nobody":true}`}[old]
		changed := strings.Replace(string(document), old, new, 1)
		if changed == string(document) {
			t.Fatalf("no %s in %s", old, document)
		}
		v, err := assessment.VerifySnapshot([]byte(changed))
		if got := strings.Join(v.Differences, "\n"); err != nil || !strings.Contains(got, want) || (got == "") != (want == "") {
			t.Errorf("without %s: %q, %v, want %q", old, got, err, want)
		}
	}
}
