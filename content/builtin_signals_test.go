package content

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"plumbline/assessment"
)

// example is a set of answers by practice, and of facets by @ and their id.
type example map[string]any

// signalExamples are answers with which a signal must hold, and answers with which it must not.
type signalExamples struct {
	Says  string
	Holds []example
	Fails []example
}

func (e example) parts(t *testing.T, model *assessment.Model) (assessment.Answers, assessment.Facets) {
	t.Helper()
	answers, facets := assessment.Answers{}, assessment.Facets{}
	for id, said := range e {
		if facet, ok := strings.CutPrefix(id, "@"); ok {
			facets[facet] = said.(bool)
			continue
		}
		answers[id] = assessment.Answer{Status: assessment.Status(said.(string)), Reason: "as an example"}
	}
	if err := model.CheckFacets(facets); err != nil {
		t.Fatal(err)
	}
	return answers, facets
}

func readTestdata(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(data, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func compiledBuiltin(t *testing.T) (*assessment.Questionnaire, *assessment.Model) {
	t.Helper()
	q := mustBuiltin(t)
	model, err := assessment.Compile(q)
	if err != nil {
		t.Fatal(err)
	}
	return q, model
}

// truth returns what a condition is for an example: practices out of scope count as not applicable.
func truth(t *testing.T, model *assessment.Model, when assessment.Expression, e example) assessment.Truth {
	t.Helper()
	answers, facets := e.parts(t, model)
	outside := model.OutOfScope(facets)
	return when.Eval(func(practice string) assessment.Status {
		if slices.Contains(outside, practice) {
			return assessment.NotApplicable
		}
		return answers[practice].Status
	}, facets)
}

func TestBuiltinSignalsSayWhatIsTrue(t *testing.T) {
	var examples map[string][]signalExamples
	readTestdata(t, "signals.yaml", &examples)
	q, model := compiledBuiltin(t)
	for _, tradeoff := range q.Tradeoffs {
		if len(examples[tradeoff.ID]) != len(tradeoff.Signals) {
			t.Errorf("%s has %d signals and examples for %d", tradeoff.ID, len(tradeoff.Signals), len(examples[tradeoff.ID]))
			continue
		}
		for i, signal := range tradeoff.Signals {
			t.Run(fmt.Sprintf("%s.%d", tradeoff.ID, i), func(t *testing.T) {
				checkSignal(t, model, signal, examples[tradeoff.ID][i])
			})
		}
		delete(examples, tradeoff.ID)
	}
	if len(examples) > 0 {
		t.Errorf("examples for tradeoffs that do not exist: %v", examples)
	}
}

func checkSignal(t *testing.T, model *assessment.Model, signal assessment.Signal, examples signalExamples) {
	if examples.Says != signal.Says {
		t.Fatalf("the examples are for %q, the signal says %q", examples.Says, signal.Says)
	}
	if len(examples.Holds) == 0 || len(examples.Fails) == 0 {
		t.Fatal("an example that holds or one that fails is missing")
	}
	for _, e := range examples.Holds {
		if got := truth(t, model, signal.When, e); got != assessment.True {
			t.Errorf("%q is %v with %v, want true", signal.Says, got, e)
		}
	}
	for _, e := range examples.Fails {
		if got := truth(t, model, signal.When, e); got != assessment.False {
			t.Errorf("%q is %v with %v, want false", signal.Says, got, e)
		}
	}
	for _, guard := range guards(signal.When) {
		if !slices.ContainsFunc(slices.Concat(examples.Holds, examples.Fails), func(e example) bool { return e[guard] == "partial" }) {
			t.Errorf("%q has no example with %s half done", signal.Says, guard)
		}
	}
}

var halfDone = regexp.MustCompile(`(full|weak)\(([^)]+)\)`)

// guards returns the practices of which half done counts as done, or as missing. One that is named both ways is only
// asked whether it applies.
func guards(when assessment.Expression) []string {
	ways := map[string]map[string]bool{}
	for _, m := range halfDone.FindAllStringSubmatch(when.String(), -1) {
		if ways[m[2]] == nil {
			ways[m[2]] = map[string]bool{}
		}
		ways[m[2]][m[1]] = true
	}
	var guards []string
	for practice, names := range ways {
		if len(names) == 1 {
			guards = append(guards, practice)
		}
	}
	return guards
}

// all returns the same answer to every practice.
func all(q *assessment.Questionnaire, status assessment.Status) assessment.Answers {
	answers := assessment.Answers{}
	for _, practice := range practicesOf(q) {
		answers[practice.ID] = assessment.Answer{Status: status, Reason: "test"}
	}
	return answers
}

// A team that does everything pursues both sides of everything, and lacks no guard.
func TestBuiltinTradeoffsAreLiveWithEverythingAdopted(t *testing.T) {
	q, model := compiledBuiltin(t)
	yes := assessment.Facets{}
	for _, facet := range q.Facets {
		yes[facet.ID] = true
	}
	for _, facets := range []assessment.Facets{nil, yes} {
		result := model.Score(all(q, assessment.Adopted), nil, facets)
		for i, tradeoff := range q.Tradeoffs {
			if result.Tradeoffs[i].State != assessment.Live {
				t.Errorf("%s is %s with everything adopted, want live", tradeoff.ID, result.Tradeoffs[i].State)
			}
			for _, j := range result.Tradeoffs[i].Signals {
				if tradeoff.Signals[j].Blind() {
					t.Errorf("%s: %q with everything adopted", tradeoff.ID, tradeoff.Signals[j].Says)
				}
			}
		}
	}
}

// Nothing that is only half done is called done: each tension that is left is one of sides that half done pursues too.
func TestBuiltinTradeoffsTellHalfDoneFromDone(t *testing.T) {
	q, model := compiledBuiltin(t)
	done := model.Score(all(q, assessment.Adopted), nil, nil)
	half := model.Score(all(q, assessment.Partial), nil, nil)
	same := 0
	for i, tradeoff := range q.Tradeoffs {
		if slices.Equal(done.Tradeoffs[i].Signals, half.Tradeoffs[i].Signals) {
			same++
			t.Logf("%s has the same signals half done as done: %v", tradeoff.ID, half.Tradeoffs[i].Signals)
		}
		for _, j := range half.Tradeoffs[i].Signals {
			if when := tradeoff.Signals[j].When.String(); !tradeoff.Signals[j].Blind() && strings.Contains(when, "full(") {
				t.Errorf("%s: %q with everything half done", tradeoff.ID, tradeoff.Signals[j].Says)
			}
		}
	}
	if same > 0 {
		t.Errorf("%d tradeoffs cannot tell half done from done", same)
	}
}

// What teams in these situations must be told, whatever else they answered.
func TestBuiltinTradeoffsSeeTheWorstTeams(t *testing.T) {
	var situations []struct {
		Situation string
		Answers   example
		Live      map[string]string
		Not       map[string]string
		Quiet     []string
	}
	readTestdata(t, "situations.yaml", &situations)
	q, model := compiledBuiltin(t)
	for _, s := range situations {
		t.Run(s.Situation, func(t *testing.T) {
			answers, facets := s.Answers.parts(t, model)
			if status, ok := s.Answers["*"]; ok {
				delete(answers, "*")
				for id, answer := range all(q, assessment.Status(status.(string))) {
					if _, said := answers[id]; !said {
						answers[id] = answer
					}
				}
			}
			result := model.Score(answers, nil, facets)
			for i, tradeoff := range q.Tradeoffs {
				var says []string
				for _, j := range result.Tradeoffs[i].Signals {
					says = append(says, tradeoff.Signals[j].Says)
				}
				text := strings.Join(says, "\n")
				if want, ok := s.Live[tradeoff.ID]; ok && (text == "" || !strings.Contains(text, want)) {
					t.Errorf("%s does not say %q but:\n%s", tradeoff.ID, want, text)
				}
				if not, ok := s.Not[tradeoff.ID]; ok && strings.Contains(text, not) {
					t.Errorf("%s says %q:\n%s", tradeoff.ID, not, text)
				}
				if slices.Contains(s.Quiet, tradeoff.ID) && text != "" {
					t.Errorf("%s says:\n%s", tradeoff.ID, text)
				}
			}
		})
	}
}
