package assessment_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/assessment/exampletest"
)

func exampleDocument(t testing.TB) []byte {
	t.Helper()
	answers := exampletest.Answers()
	answers["x"] = assessment.Answer{Status: assessment.Adopted, Note: "Tom & Jerry <b> \u2028 \x01\n\"ü\"", Evidence: []assessment.Link{{"Page", "https://example.org/?a=1&b=2"}}}
	decision := assessment.Decision{Tradeoff: "t1", Choice: assessment.Mitigate, Rationale: "Because.", Owner: "Ines", Date: "2026-09-14",
		Mitigations: []string{"Do less."}, State: assessment.Live, Signals: []int{0}, Pulls: [2]assessment.Range{{80, 100, true}, {}},
		At: time.Date(2026, 9, 14, 9, 0, 0, 0, time.FixedZone("east", 7200))}
	document, err := snapshotOf(t, exampletest.Questionnaire(), answers, exampletest.Priorities(), decision).Canonical()
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func TestCanonicalIsTheOneForm(t *testing.T) {
	tests := map[string]string{
		` { "b" : [ 1.0, -0, 1e2, 1E-7, 0.10 ] , "a" : null } `: `{"a":null,"b":[1,0,100,1e-7,0.1]}`,
		`{"ü":"\u00fc","z":"<>&\u2028","A":"\u0001\t\"\\\/"}`:   "{\"A\":\"\\u0001\\t\\\"\\\\/\",\"z\":\"<>&\u2028\",\"ü\":\"ü\"}",
		`[true,false,{},[]]`: `[true,false,{},[]]`,
	}
	for in, want := range tests {
		got, err := assessment.Canonicalize([]byte(in))
		if err != nil || string(got) != want {
			t.Errorf("Canonicalize(%s) = %s, %v; want %s", in, got, err, want)
		}
	}
	for _, in := range []string{`{`, `{} {}`, `[1e999]`, ``} {
		if _, err := assessment.Canonicalize([]byte(in)); err == nil {
			t.Errorf("Canonicalize(%q) succeeded", in)
		}
	}
}

func TestSnapshotDocumentIsAFixedPoint(t *testing.T) {
	document := exampleDocument(t)
	s, err := assessment.ReadSnapshot(document)
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(document, again) {
		t.Errorf("read and written again:\n%s\nwas\n%s", again, document)
	}
	if s.Answers["x"].Note != "Tom & Jerry <b> \u2028 \x01\n\"ü\"" {
		t.Errorf("note = %q", s.Answers["x"].Note)
	}
}

func TestVerifySnapshot(t *testing.T) {
	document := exampleDocument(t)
	v, err := assessment.VerifySnapshot(document)
	if err != nil {
		t.Fatal(err)
	}
	if !v.OK() || v.Hash != assessment.Hash(document) || v.Snapshot.Title != "Design review" {
		t.Errorf("VerifySnapshot = %+v", v)
	}
}

func TestVerifySnapshotFindsTampering(t *testing.T) {
	tests := []struct {
		name, old, new string
		want           string // contained in a difference
	}{
		{"answer", `"y":{"status":"partial"}`, `"y":{"status":"adopted"}`, "result.overall.low: stored 14.3519, computed 15.7407"},
		{"score", `"low":14.3519`, `"low":94.3519`, "result.overall.low: stored 94.3519, computed 14.3519"},
		{"band", `"band":"critical","band_high":"moderate"`, `"band":"excellent","band_high":"excellent"`, `stored "excellent", computed "critical"`},
		{"finding", `{"practice":"v","severity":"high"},`, ``, "result.findings: stored 1 items, computed 2"},
		{"priority", `"priorities":{"B":2}`, `"priorities":{"B":1}`, "result.overall"},
		{"weight", `"id":"q2"`, `"id":"q2x"`, `result.pillars[0].principles[0].questions[1].id: stored "q2", computed "q2x"`},
		{"unknown answer", `"y":{"status":"partial"}`, `"w":{"status":"adopted"},"y":{"status":"partial"}`, `unknown practice "w"`},
		{"end of a long list", `,{"effort":"S","gain":8.3333,"practice":"s","severity":"none","tradeoffs":[]}]`, `]`, "result.recommendations: stored 4 items, computed 5"},
		{"missing key", `"high":null,"id":"a2","low":null,`, `"id":"a2",`, "principles[1].high: stored nothing, computed null"},
		{"extra key at the top", `"overall":`, `"extra":1,"overall":`, "result.extra: stored 1, computed nothing"},
		{"extra key", `"high":83.3333,"id":"q1"`, `"extra":1,"high":83.3333,"id":"q1"`, "questions[0].extra: stored 1, computed nothing"},
	}
	for _, tt := range tests {
		document := strings.Replace(string(exampleDocument(t)), tt.old, tt.new, 1)
		v, err := assessment.VerifySnapshot([]byte(document))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if v.OK() || !slices.ContainsFunc(v.Differences, func(d string) bool { return strings.Contains(d, tt.want) }) {
			t.Errorf("%s: differences = %q, want one with %q", tt.name, v.Differences, tt.want)
		}
	}
}

func TestVerifySnapshotSeesAnotherForm(t *testing.T) {
	document := string(exampleDocument(t))
	for _, changed := range []string{
		document + "\n",
		strings.Replace(document, `"sequence":1`, `"sequence":1.0`, 1),
		strings.Replace(document, `{"answers"`, `{"title":"First","answers"`, 1),
	} {
		v, err := assessment.VerifySnapshot([]byte(changed))
		if err == nil && v.Canonical {
			t.Errorf("%.40s… passes as canonical", changed)
		}
	}
}

func TestReadSnapshotRefuses(t *testing.T) {
	document := string(exampleDocument(t))
	for name, changed := range map[string]string{
		"no JSON":          "hello",
		"another format":   strings.Replace(document, "snapshot/1", "snapshot/2", 1),
		"an unknown key":   strings.Replace(document, `{"answers"`, `{"more":1,"answers"`, 1),
		"more":             document + "{}",
		"no questionnaire": `{"format":"plumbline.snapshot/1","result":{}}`,
		"no result":        `{"format":"plumbline.snapshot/1","questionnaire":{}}`,
		"bad expression":   strings.Replace(document, `x && !v`, `x && `, 1),
	} {
		if _, err := assessment.ReadSnapshot([]byte(changed)); assessment.CodeOf(err) != assessment.Invalid {
			t.Errorf("%s: %v, want code invalid", name, err)
		}
	}
}

func TestSnapshotsOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		document, err := snapshotOf(t, s.questionnaire, s.answers, s.priorities).Canonical()
		if err != nil {
			t.Fatal(err)
		}
		v, err := assessment.VerifySnapshot(document)
		if err != nil || !v.OK() {
			t.Fatalf("VerifySnapshot = %v, %q, %v", v.Canonical, v.Differences, err)
		}
		again, err := v.Snapshot.Canonical()
		if err != nil || !bytes.Equal(again, document) {
			t.Fatalf("read and written again: %s, %v", again, err)
		}
	})
}

func TestNewSnapshotSorts(t *testing.T) {
	state := &assessment.State{
		Assessment: assessment.Assessment{ID: "as1"},
		Decisions:  map[string]assessment.Decision{"t2": {Tradeoff: "t2"}, "t1": {Tradeoff: "t1"}},
		Plan:       map[string]assessment.PlanItem{"z": {Practice: "z"}, "v": {Practice: "v", Owner: "Ines"}},
	}
	east := time.FixedZone("east", 7200)
	s := assessment.NewSnapshot(state, exampletest.Compiled(t, exampletest.Questionnaire()), "T", "", "Ines", time.Date(2026, 9, 14, 1, 0, 0, 0, east), "abc", 2)
	if s.Plan[0].Practice != "v" || s.Plan[1].Practice != "z" || s.Decisions[0].Tradeoff != "t1" {
		t.Errorf("plan %v, decisions %v", s.Plan, s.Decisions)
	}
	document, err := s.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"taken_at":"2026-09-13T23:00:00Z"`, `"previous":"abc"`, `"sequence":2`, `"tags":[]`,
		`"answers":{}`, `"priorities":{}`, `"signals":[]`} {
		if !strings.Contains(string(document), want) {
			t.Errorf("no %s in %s", want, document)
		}
	}
}

func TestVerifySnapshotRefusesABrokenQuestionnaire(t *testing.T) {
	document := strings.Replace(string(exampleDocument(t)), `"risk":"high"`, `"risk":"huge"`, 1)
	if _, err := assessment.VerifySnapshot([]byte(document)); assessment.CodeOf(err) != assessment.Invalid {
		t.Errorf("error %v, want code invalid", err)
	}
}

func TestReadSnapshotOfAnotherFile(t *testing.T) {
	for _, document := range []string{"", "format: plumbline.answers/1\n", `{"format": "plumb`} {
		_, err := assessment.ReadSnapshot([]byte(document))
		if assessment.CodeOf(err) != assessment.Invalid || err.Error() != "the file is not a snapshot: it is not JSON, or was changed" {
			t.Errorf("%q: got %v", document, err)
		}
	}
}

// The document is stored and hashed, so that its form must never change.
func TestPullsInSnapshots(t *testing.T) {
	pulls := assessment.Pulls{{Low: 200.0 / 3, High: 100, Applicable: true}, {}}
	state := &assessment.State{Decisions: map[string]assessment.Decision{"t1": {Tradeoff: "t1", Pulls: pulls}}}
	s := assessment.NewSnapshot(state, exampletest.Compiled(t, exampletest.Questionnaire()), "T", "", "Ines", time.Date(2026, 9, 14, 1, 0, 0, 0, time.UTC), "", 1)
	document, err := s.Canonical()
	if want := `"pulls":[{"high":100,"low":66.6667},null]`; err != nil || !strings.Contains(string(document), want) {
		t.Fatalf("no %s in %s, %v", want, document, err)
	}
	again, err := assessment.ReadSnapshot(document)
	if want := (assessment.Pulls{{Low: 66.6667, High: 100, Applicable: true}, {}}); err != nil || again.Decisions[0].Pulls != want {
		t.Errorf("read %v, %v, want %v", again.Decisions, err, want)
	}
}
