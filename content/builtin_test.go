package content

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"plumbline/assessment"
)

// considerations is how many considerations each group of the source document has; they are numbered from 1, as
// REL-01.1. A group -00 is the introduction of a pillar, -T1 a callout, any other a row of a table.
var considerations = map[string]int{
	"GEN-00": 2,
	"REL-00": 3, "REL-01": 3, "REL-02": 5, "REL-03": 6, "REL-04": 5, "REL-05": 4,
	"SEC-00": 8, "SEC-01": 5, "SEC-02": 9, "SEC-03": 4, "SEC-04": 2, "SEC-05": 5, "SEC-06": 4, "SEC-T1": 4,
	"COST-00": 7, "COST-01": 5, "COST-02": 10, "COST-03": 11, "COST-04": 6, "COST-T1": 3, "COST-T2": 5,
	"OPS-00": 8, "OPS-01": 5, "OPS-02": 3, "OPS-03": 6, "OPS-04": 4, "OPS-05": 4, "OPS-06": 4,
	"PERF-00": 6, "PERF-01": 5, "PERF-02": 7, "PERF-03": 8, "PERF-04": 4, "PERF-T1": 5,
}

// practicesOf returns every practice of a questionnaire.
func practicesOf(q *assessment.Questionnaire) []assessment.Practice {
	var all []assessment.Practice
	for _, pillar := range q.Pillars {
		for _, principle := range pillar.Principles {
			for _, question := range principle.Questions {
				all = append(all, question.Practices...)
			}
		}
	}
	return all
}

func TestBuiltinSHA256(t *testing.T) {
	canonical, err := assessment.Canonical(mustBuiltin(t))
	if err != nil {
		t.Fatal(err)
	}
	if want := assessment.Hash(canonical); BuiltinSHA256 != want {
		t.Errorf("the built-in questionnaire changed: BuiltinSHA256 must be %s", want)
	}
}

func mustBuiltin(t *testing.T) *assessment.Questionnaire {
	t.Helper()
	q, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func TestBuiltinHasNoWarnings(t *testing.T) {
	_, problems, warnings := Lint("azure-ai-workload.yaml", BuiltinFile())
	if len(problems)+len(warnings) > 0 {
		t.Errorf("errors:\n%v\nwarnings:\n%v", problems, warnings)
	}
}

func TestBuiltinShape(t *testing.T) {
	q := mustBuiltin(t)
	var pillars, stated []string
	principles := 0
	for _, pillar := range q.Pillars {
		pillars = append(pillars, pillar.ID)
		principles += len(pillar.Principles)
	}
	for _, tradeoff := range q.Tradeoffs {
		if tradeoff.Stated {
			stated = append(stated, tradeoff.ID)
		}
		if tradeoff.Stated != (len(tradeoff.Source) > 0) {
			t.Errorf("%s: stated is %v, its source %v", tradeoff.ID, tradeoff.Stated, tradeoff.Source)
		}
	}
	if want := []string{"reliability", "security", "cost", "operations", "performance"}; !slices.Equal(pillars, want) {
		t.Errorf("pillars = %v, want %v", pillars, want)
	}
	if principles != 25 {
		t.Errorf("%d principles, want 25", principles)
	}
	if n := len(practicesOf(q)); n < 110 || n > 170 {
		t.Errorf("%d practices, want 110 to 170", n)
	}
	if len(q.Tradeoffs) < 28 {
		t.Errorf("%d tradeoffs, want at least 28", len(q.Tradeoffs))
	}
	if want := []string{"t01", "t02", "t03", "t05"}; !slices.Equal(stated, want) {
		t.Errorf("stated tradeoffs = %v, want %v", stated, want)
	}
}

// neighbor matches an article beside the source document, which a practice may go by too.
var neighbor = regexp.MustCompile(`^ai/[a-z-]+$`)

func TestBuiltinCoversItsSource(t *testing.T) {
	known, rows := map[string]bool{}, map[string]bool{}
	notRow := regexp.MustCompile(`-(00|T\d)$`)
	for group, n := range considerations {
		for i := range n {
			id := fmt.Sprintf("%s.%d", group, i+1)
			known[id] = true
			if !notRow.MatchString(group) {
				rows[id] = true
			}
		}
	}
	for _, practice := range practicesOf(mustBuiltin(t)) {
		if len(practice.Source) == 0 {
			t.Errorf("%s names no source", practice.ID)
		}
		for _, id := range practice.Source {
			if !known[id] && !neighbor.MatchString(id) {
				t.Errorf("%s names the source %s, which does not exist", practice.ID, id)
			}
			delete(rows, id)
		}
	}
	if len(rows) > 0 {
		t.Errorf("no practice covers %v", slices.Sorted(maps.Keys(rows)))
	}
}

func TestBuiltinTexts(t *testing.T) {
	q := mustBuiltin(t)
	for _, p := range practicesOf(q) {
		if !strings.HasSuffix(p.Title, ".") || len([]rune(p.Title)) > 120 {
			t.Errorf("%s: %q is no short sentence", p.ID, p.Title)
		}
		if !strings.Contains(p.Help, "Partially: ") {
			t.Errorf("%s: the help does not say what counts as partially", p.ID)
		}
		if p.Advice == "" || len(p.Links) == 0 {
			t.Errorf("%s: advice or links are missing", p.ID)
		}
		for _, link := range p.Links {
			if !strings.HasPrefix(link.URL, "https://learn.microsoft.com/") {
				t.Errorf("%s: unexpected address %s", p.ID, link.URL)
			}
		}
	}
	for _, tradeoff := range q.Tradeoffs {
		if len(tradeoff.Signals) == 0 || tradeoff.Decide == "" || len(tradeoff.Mitigations) < 2 {
			t.Errorf("%s: signals, a question to decide or mitigations are missing", tradeoff.ID)
		}
	}
}

// Each tradeoff can be live and can be quiet, so that an answer decides about it.
func TestBuiltinTradeoffsDependOnAnswers(t *testing.T) {
	q := mustBuiltin(t)
	model, err := assessment.Compile(q)
	if err != nil {
		t.Fatal(err)
	}
	for i, tradeoff := range q.Tradeoffs {
		for j, signal := range tradeoff.Signals {
			if neverTrue(signal.When) {
				t.Errorf("%s: signal %d can never hold", tradeoff.ID, j)
			}
		}
		answers := assessment.Answers{}
		for _, p := range practicesOf(q) {
			answers[p.ID] = assessment.Answer{Status: assessment.NotApplicable, Reason: "test"}
		}
		if got := model.Score(answers, nil, nil).Tradeoffs[i].State; got != assessment.Quiet {
			t.Errorf("%s is %s with nothing applicable, want quiet", tradeoff.ID, got)
		}
		if got := model.Score(nil, nil, nil).Tradeoffs[i].State; got != assessment.Possible {
			t.Errorf("%s is %s with nothing answered, want possible", tradeoff.ID, got)
		}
	}
}
