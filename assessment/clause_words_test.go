package assessment_test

import (
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/exampletest"
)

func TestRuleInWords(t *testing.T) {
	number := func(id string) string { return id[1:] }
	for when, want := range map[string]string{
		"default":                "otherwise",
		"p1":                     "if 1 is present",
		"!p1":                    "if 1 is missing",
		"p1 && p2":               "if 1 and 2 are both present",
		"p1 && p2 && p3":         "if 1, 2 and 3 are all present",
		"!p1 || !p2":             "if 1 or 2 is missing",
		"p1 && !p2":              "if 1 is present, and 2 is missing",
		"(p1 || p2) && !p3":      "if 3 is missing, and 1 or 2 is present",
		"(p1 && !p2) || p3":      "if 3 is present, or (1 is present, and 2 is missing)",
		"p1 || p2 || (p3 && p4)": "if 1 or 2 is present, or 3 and 4 are both present",
	} {
		e, err := assessment.ParseExpression(when)
		if err != nil {
			t.Fatal(err)
		}
		if got := (assessment.RiskRule{When: e}).Words(number); got != want {
			t.Errorf("%s: got %q, want %q", when, got, want)
		}
	}
}

func TestClauseInWords(t *testing.T) {
	practice := func(id string) string { return id[1:] }
	facet := func(id string) string { return "“Is it " + id + "?”" }
	for when, want := range map[string]string{
		"@f":                                "“Is it f?” is answered “yes”",
		"!@f":                               "“Is it f?” is answered “no”",
		"@f || @g":                          "“Is it f?” or “Is it g?” is answered “yes”",
		"p1 && weak(p2)":                    "1 is present, and 2 is not fully adopted",
		"full(p1) && full(p2) && !p3 && @f": "1 and 2 are both fully adopted, and 3 is missing, and “Is it f?” is answered “yes”",
		"@f && (weak(p1) || weak(p2))":      "“Is it f?” is answered “yes”, and 1 or 2 is not fully adopted",
	} {
		if got := exampletest.MustParse(when).Clause().Words(practice, facet); got != want {
			t.Errorf("%s: got %q, want %q", when, got, want)
		}
	}
}

func TestReferences(t *testing.T) {
	got := assessment.References([]string{"SEC 1", "lens-rule:0:a", "REL-01"})
	if len(got) != 2 || got[0] != "SEC 1" || got[1] != "REL-01" {
		t.Errorf("got %q", got)
	}
}
