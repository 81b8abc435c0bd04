package assessment_test

import (
	"errors"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/exampletest"
)

func TestCheckText(t *testing.T) {
	tests := []struct {
		name, in  string
		multiline bool
		want      string
		failure   string // part of the message
	}{
		{"trimmed", "  a b \n", false, "a b", ""},
		{"line ends", "a\r\nb\rc\n", true, "a\nb\nc", ""},
		{"tab", "a\tb", true, "a\tb", ""},
		{"bidi and emoji", "a\u202eb 🙂", false, "a\u202eb 🙂", ""},
		{"exactly full", strings.Repeat("ü", 10), false, strings.Repeat("ü", 10), ""},
		{"too long", strings.Repeat("ü", 11), false, "", "11 characters; at most 10 are allowed"},
		{"line end in one line", "a\nb", false, "", "U+000A"},
		{"NUL", "a\x00b", true, "", "U+0000"},
		{"C1", "a\u0085b", true, "", "U+0085"},
		{"not UTF-8", "a\xffb", true, "", "not UTF-8"},
	}
	for _, tt := range tests {
		got, failure := assessment.CheckText("name", "The name", tt.in, 10, tt.multiline)
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		if tt.failure == "" && failure != nil || tt.failure != "" && (failure == nil || !strings.Contains(failure.Message, tt.failure)) {
			t.Errorf("%s: failure %v, want %q", tt.name, failure, tt.failure)
		}
	}
}

func TestCheckURL(t *testing.T) {
	tests := map[string]bool{
		"":                                  true,
		"https://example.org/a?b#c":         true,
		" HTTP://example.org ":              true,
		"http://[::1]:8080/":                true,
		"javascript:alert(1)":               false,
		"//evil.example":                    false,
		"/local":                            false,
		"https://":                          false,
		"https://:80/":                      false,
		"https:/one.slash":                  false,
		"ftp://example.org":                 false,
		"https://login.microsoft.com@evil/": false,
		"https://a:b@example.org/":          false,
		"https://example.org/@team?a@b":     true,
		"https://exa mple.org":              false,
		"https://a.example, https://b":      false,
		"https://example.org/\x07":          false,
		"https://" + strings.Repeat("a", assessment.MaxURL): false,
	}
	for in, want := range tests {
		if _, failure := assessment.CheckURL("url", "The link", in); (failure == nil) != want {
			t.Errorf("CheckURL(%.40q) = %v, want ok %v", in, failure, want)
		}
	}
}

// fields returns the fields that an error blames.
func fields(t *testing.T, err error) []string {
	t.Helper()
	list := []string{}
	if err == nil {
		return list
	}
	errs, ok := errors.AsType[assessment.Errors](err)
	if !ok {
		t.Fatalf("%v is not Errors", err)
	}
	for _, one := range errs {
		if one.Code != assessment.Invalid || one.Message == "" {
			t.Errorf("error %+v", one)
		}
		list = append(list, one.Field)
	}
	return list
}

func TestCheckAnswer(t *testing.T) {
	link := assessment.Link{"Page", "https://example.org"}
	tests := []struct {
		name string
		in   assessment.Answer
		want []string
	}{
		{"empty", assessment.Answer{}, []string{}},
		{"full", assessment.Answer{Status: assessment.Adopted, Note: "a\nb", Evidence: []assessment.Link{link, {}}}, []string{}},
		{"no such status", assessment.Answer{Status: "done"}, []string{"status"}},
		{"no reason", assessment.Answer{Status: assessment.NotApplicable, Reason: " \n"}, []string{"reason"}},
		{"reason", assessment.Answer{Status: assessment.NotApplicable, Reason: "Hosted."}, []string{}},
		{"reason that is dropped", assessment.Answer{Status: assessment.Adopted, Reason: strings.Repeat("a", assessment.MaxReason+1)}, []string{}},
		{"long note", assessment.Answer{Note: strings.Repeat("a", assessment.MaxText+1)}, []string{"note"}},
		{"link without address", assessment.Answer{Evidence: []assessment.Link{{Title: "Page"}}}, []string{"evidence"}},
		{"bad links", assessment.Answer{Evidence: []assessment.Link{{"", "javascript:x"}, {"a\nb", "x"}}}, []string{"evidence"}},
		{"many links", assessment.Answer{Evidence: slices.Repeat([]assessment.Link{link}, assessment.MaxEvidence+1)}, []string{"evidence"}},
	}
	for _, tt := range tests {
		if got := fields(t, assessment.CheckAnswer(tt.in)); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestAnswerNormal(t *testing.T) {
	got := assessment.Answer{assessment.Adopted, "Old reason.", " a\r\nb ", []assessment.Link{{}, {" Page ", " https://example.org "}}}.Normal()
	want := assessment.Answer{assessment.Adopted, "", "a\nb", []assessment.Link{{"Page", "https://example.org"}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("Normal = %+v, want %+v", got, want)
	}
}

func TestCheckAnswers(t *testing.T) {
	m := exampletest.Compiled(t, exampletest.Questionnaire())
	answers := exampletest.Answers()
	maps.Copy(answers, assessment.Answers{"nobody": {Status: assessment.Adopted}, "x": {Status: "done"}, "t": {Status: assessment.NotApplicable}})
	priorities := assessment.Priorities{"A": -1, "B": math.NaN(), "C": 1}
	got := fields(t, m.CheckAnswers(answers, priorities))
	want := []string{"answers.nobody", "answers.t", "answers.x", "priorities.A", "priorities.B", "priorities.C"}
	if !slices.Equal(got, want) {
		t.Errorf("fields = %q, want %q", got, want)
	}
	if err := m.CheckAnswers(exampletest.Answers(), assessment.Priorities{"A": 0, "B": 20}); err != nil {
		t.Errorf("CheckAnswers = %v", err)
	}
}

func TestCheckDecision(t *testing.T) {
	good := assessment.Decision{Tradeoff: "t1", Choice: assessment.Accept, Rationale: "Because.", Owner: "Ines", Date: "2026-09-14"}
	tests := []struct {
		name   string
		change func(*assessment.Decision)
		want   []string
	}{
		{"accept", func(*assessment.Decision) {}, []string{}},
		{"nothing", func(d *assessment.Decision) { *d = assessment.Decision{Tradeoff: "t1"} }, []string{"choice", "rationale", "owner", "date"}},
		{"another tradeoff", func(d *assessment.Decision) { d.Tradeoff = "t2" }, []string{"tradeoff"}},
		{"mitigate", func(d *assessment.Decision) { d.Choice, d.Mitigations = assessment.Mitigate, []string{"Do less."} }, []string{}},
		{"mitigate with nothing", func(d *assessment.Decision) { d.Choice, d.Mitigations = assessment.Mitigate, []string{" "} }, []string{"mitigations"}},
		{"revisit", func(d *assessment.Decision) { d.Choice, d.RevisitOn = assessment.Revisit, "2026-09-15" }, []string{}},
		{"revisit some day", func(d *assessment.Decision) { d.Choice = assessment.Revisit }, []string{"revisit_on"}},
		{"revisit the same day", func(d *assessment.Decision) { d.Choice, d.RevisitOn = assessment.Revisit, "2026-09-14" }, []string{"revisit_on"}},
		{"bad dates", func(d *assessment.Decision) { d.Date, d.RevisitOn = "today", "2026-02-30" }, []string{"date", "revisit_on"}},
		{"long owner", func(d *assessment.Decision) { d.Owner = strings.Repeat("a", assessment.MaxShort+1) }, []string{"owner"}},
	}
	for _, tt := range tests {
		d := good
		tt.change(&d)
		if got := fields(t, assessment.CheckDecision(&exampletest.Questionnaire().Tradeoffs[0], d)); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestCheckPlanItem(t *testing.T) {
	if got := fields(t, assessment.CheckPlanItem(assessment.PlanItem{Practice: "x"})); len(got) != 0 {
		t.Errorf("empty: %q", got)
	}
	bad := assessment.PlanItem{Practice: "x", Owner: "a\x00", Due: "soon", URL: "javascript:x"}
	if got, want := fields(t, assessment.CheckPlanItem(bad)), []string{"owner", "due", "url"}; !slices.Equal(got, want) {
		t.Errorf("bad: %q, want %q", got, want)
	}
}

func TestCheckWorkload(t *testing.T) {
	got, err := assessment.CheckWorkload(assessment.Workload{ID: "w", Name: " Claims ", Description: "a\r\nb", Tags: []string{" ai", "", "AI", "prod"}})
	want := assessment.Workload{ID: "w", Name: "Claims", Description: "a\nb", Tags: []string{"ai", "prod"}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("CheckWorkload = %+v, %v; want %+v", got, err, want)
	}
	bad := assessment.Workload{Owner: "a\nb", Tags: []string{strings.Repeat("a", assessment.MaxTag+1)}}
	_, err = assessment.CheckWorkload(bad)
	if got, want := fields(t, err), []string{"name", "owner", "tags"}; !slices.Equal(got, want) {
		t.Errorf("bad: %q, want %q", got, want)
	}
}

func TestOpenDecisions(t *testing.T) {
	r := exampletest.Compiled(t, exampletest.Questionnaire()).Score(exampletest.Answers(), nil, nil)
	if got := assessment.OpenDecisions(r, nil); !slices.Equal(got, []string{"t1"}) {
		t.Errorf("OpenDecisions = %q", got)
	}
	if got := assessment.OpenDecisions(r, map[string]assessment.Decision{"t1": {}}); len(got) != 0 {
		t.Errorf("decided: %q", got)
	}
}
