package awslens

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/content"
)

func exported(t failing, q *assessment.Questionnaire) ([]byte, content.Losses) {
	t.Helper()
	data, losses, err := Export(q)
	if err != nil {
		t.Fatal(err)
	}
	return data, losses
}

const partial = "in a lens, a practice is selected or not: \"partial\" is lost"

func TestExportGivesTheLensBack(t *testing.T) {
	q, _ := imported(t, clean(t))
	got, losses := exported(t, q)
	if !bytes.Equal(bytes.TrimSpace(got), clean(t)) {
		t.Errorf("got:\n%s", got)
	}
	if losses.String() != partial {
		t.Errorf("losses:\n%s", losses)
	}
}

// Additional resources stay in their blocks and in their order, but for neighbours of one type.
func TestExportKeepsBlocks(t *testing.T) {
	block := func(kind string, names ...string) string {
		for i, name := range names {
			names[i] = fmt.Sprintf(`{"displayText": %q, "url": "https://example.org/%s"}`, name, name)
		}
		return fmt.Sprintf(`{"type": %q, "content": [%s]}`, kind, strings.Join(names, ", "))
	}
	plan, help := block(improvementPlan, "p", "q"), block(helpfulResource, "h")
	choice := func(blocks ...string) []byte {
		return lens(`{"id": "aaa", "title": "A", "improvementPlan": {"displayText": "I"}, "additionalResources": [`+strings.Join(blocks, ", ")+`]}`,
			`{"condition": "default", "risk": "NO_RISK"}`)
	}
	tests := []struct {
		name         string
		before, want []byte
		lost         bool
	}{
		{"plan first", choice(plan, help), choice(plan, help), false},
		{"in turn", choice(help, plan, block(helpfulResource, "i")), choice(help, plan, block(helpfulResource, "i")), false},
		{"neighbours", choice(help, block(helpfulResource, "i")), choice(block(helpfulResource, "h", "i")), true},
	}
	for _, tt := range tests {
		q, losses := imported(t, tt.before)
		after, _ := exported(t, q)
		if found := differences(t, tt.want, after); len(found) > 0 {
			t.Errorf("%s: %s", tt.name, strings.Join(found, "\n"))
		}
		if got := strings.Contains(losses.String(), "an export combines them"); got != tt.lost {
			t.Errorf("%s: losses:\n%s", tt.name, losses)
		}
	}
}

func TestExportSays(t *testing.T) {
	base := func() *assessment.Questionnaire {
		q, _ := imported(t, lens(`{"id": "aaa", "title": "A", "improvementPlan": {"displayText": "I"}}, {"id": "bbb", "title": "B", "improvementPlan": {"displayText": "I"}}`,
			`{"condition": "aaa && bbb", "risk": "NO_RISK"}, {"condition": "default", "risk": "HIGH_RISK"}`))
		return q
	}
	const at = "pillars[0].principles[0]"
	tests := []struct {
		name string
		edit func(q *assessment.Questionnaire, p *assessment.Principle)
		want string
	}{
		{"nothing", func(*assessment.Questionnaire, *assessment.Principle) {}, ""},
		{"tradeoffs", func(q *assessment.Questionnaire, _ *assessment.Principle) {
			q.Tradeoffs = []assessment.Tradeoff{{ID: "t1"}}
		},
			`tradeoffs[0]: a lens has no tradeoffs: "t1" is left out`},
		{"bands", func(q *assessment.Questionnaire, _ *assessment.Principle) { q.Bands = q.Bands[:2] }, "bands: a lens has no bands"},
		{"source", func(q *assessment.Questionnaire, _ *assessment.Principle) { q.Source.Licence = "MIT" }, "source: a lens does not name its source"},
		{"weights", func(_ *assessment.Questionnaire, p *assessment.Principle) {
			p.Weight, p.Questions[0].Weight, p.Questions[0].Practices[1].Weight = 2, 3, 4
		}, at + ".weight: a lens has no weights: 2 is left out\n" + at + ".questions[0].weight: a lens has no weights: 3 is left out\n" +
			at + ".questions[0].practices[1].weight: a lens has no weights: 4 is left out"},
		{"title", func(_ *assessment.Questionnaire, p *assessment.Principle) { p.Title = "Another" }, at + `.title: a lens has no principles: "Another" is left out`},
		{"effort", func(_ *assessment.Questionnaire, p *assessment.Principle) {
			p.Questions[0].Practices[0].Effort = assessment.EffortL
		},
			"the choices of a lens have no effort: 1 are not M"},
		{"references", func(_ *assessment.Questionnaire, p *assessment.Principle) { p.Source = []string{"BOOK-1"} },
			"a lens has no references to a source document: 1 are left out"},
		{"not applicable", func(_ *assessment.Questionnaire, p *assessment.Principle) {
			p.Questions[0].Practices[0].NotApplicableWhen = "on Sundays"
		}, at + ".questions[0].practices[0].not_applicable_when: a lens does not say when a choice does not apply: left out"},
		{"advice", func(_ *assessment.Questionnaire, p *assessment.Principle) { p.Questions[0].Practices[0].Advice = "" },
			at + `.questions[0].practices[0].advice: a choice of a lens must have an improvement plan: "-" is written`},
		{"ids", func(q *assessment.Questionnaire, p *assessment.Principle) {
			q.Pillars[0].ID, p.Questions[0].ID, p.Questions[0].Practices[0].ID, p.Questions[0].Practices[1].ID = "p", "q-1", "q-1.a", "all_no"
		}, `pillars[0].id: the ID "p" becomes p__ in the lens` + "\n" + at + `.questions[0].id: the ID "q-1" becomes q_1 in the lens` + "\n" +
			at + `.questions[0].practices[0].id: the ID "a" becomes a__ in the lens` + "\n" +
			at + `.questions[0].practices[1].id: the ID "all_no" ends like that of "None of these": it becomes all_no_ in the lens`},
		{"facets", func(q *assessment.Questionnaire, p *assessment.Principle) {
			q.Facets = []assessment.Facet{{ID: "f", Title: "Is it f?"}}
			if err := p.Questions[0].Practices[0].AppliesWhen.UnmarshalText([]byte("!@f")); err != nil {
				t.Fatal(err)
			}
		}, at + `.questions[0].practices[0].applies_when: a lens has no facets: the condition "!@f" is left out` + "\n" +
			"facets: a lens has no facets: 1 are left out, and every practice always applies"},
		{"scoring", func(q *assessment.Questionnaire, _ *assessment.Principle) {
			q.Scoring, q.SharesIDsWith = assessment.ScoreWeights, []string{"other"}
		}, "scoring: a lens has no scores: scoring by weights is left out\nshares_ids_with: a lens does not list the questionnaires with which it shares IDs"},
		{"not rated", func(_ *assessment.Questionnaire, p *assessment.Principle) {
			p.Questions[0].Practices[0].Risk, p.Questions[0].Practices[0].Weight = "", 3
		},
			"in a lens, every choice has a risk: 1 that are not rated count as medium"},
		{"names", func(_ *assessment.Questionnaire, p *assessment.Principle) {
			p.Questions[0].Practices[0].Aka, p.Questions[0].Practices[1].SameSince = []string{"other name"}, "1.0.0"
		}, "a lens has no other names, related practices or places in other frameworks: those of 1 practices are left out\n" +
			"a lens has no \"same since\" and \"depends on\": left out of 1 practices"},
		{"choices", func(_ *assessment.Questionnaire, p *assessment.Principle) {
			for i := range 14 {
				p.Questions[0].Practices = append(p.Questions[0].Practices, p.Questions[0].Practices[1])
				p.Questions[0].Practices[i+2].ID = "que.abc" + string(rune('a'+i))
			}
		}, at + ".questions[0]: 16 choices; AWS takes at most 15"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := base()
			tt.edit(q, &q.Pillars[0].Principles[0])
			data, losses := exported(t, q)
			if got := strings.TrimSpace(strings.TrimSuffix(losses.String(), partial)); got != tt.want {
				t.Errorf("losses:\n%s\nwant:\n%s", got, tt.want)
			}
			imported(t, data)
		})
	}
}

// A questionnaire of our own keeps its pillars, questions, practices and the risks of those above low.
func TestExportBuiltin(t *testing.T) {
	q, err := content.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	data, losses := exported(t, q)
	if text := losses.String(); !strings.Contains(text, "tradeoffs[0]: a lens has no tradeoffs") || !strings.Contains(text, "bytes") == (len(data) > lensSize) {
		t.Errorf("losses:\n%s", text)
	}
	again, told := imported(t, data)
	if len(again.Pillars) != len(q.Pillars) || len(about(told)) > 0 {
		t.Errorf("%d pillars, losses:\n%s", len(again.Pillars), told)
	}
	if got, want := practicesOf(again), practicesOf(q); !reflect.DeepEqual(got, want) {
		t.Errorf("got %d practices, want %d, or other texts", len(got), len(want))
	}
}

// practicesOf returns what a lens says of the practices.
func practicesOf(q *assessment.Questionnaire) []assessment.Practice {
	var practices []assessment.Practice
	for _, pillar := range q.Pillars {
		for _, principle := range pillar.Principles {
			for _, question := range principle.Questions {
				for _, p := range question.Practices {
					practices = append(practices, assessment.Practice{Title: p.Title, Help: p.Help, Advice: p.Advice, Links: p.Links, Risk: p.Risk})
				}
			}
		}
	}
	return practices
}

// The lenses in the folder that PLUMBLINE_SAMPLES names can be read, and say the same when they are written again.
func TestSamples(t *testing.T) {
	folder := os.Getenv("PLUMBLINE_SAMPLES")
	files, err := filepath.Glob(filepath.Join(folder, "aws-lens", "*.json"))
	if err != nil || folder != "" && len(files) == 0 {
		t.Fatalf("no lenses in %s: %v", folder, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		q, losses := imported(t, data)
		again, _ := exported(t, q)
		if !json.Valid(data) {
			continue
		}
		for _, difference := range differences(t, data, again) {
			if !excused(difference, losses) {
				t.Errorf("%s: %s", filepath.Base(file), difference)
			}
		}
		if twice, _ := imported(t, again); !reflect.DeepEqual(twice, q) {
			t.Errorf("%s: another questionnaire when read again", filepath.Base(file))
		}
	}
}

// excused reports whether a loss tells of the place of a difference.
func excused(difference string, losses content.Losses) bool {
	path, _, _ := strings.Cut(difference, ": ")
	for _, l := range losses {
		if l.Path != "" && strings.HasPrefix(strings.ToLower(path), strings.ToLower(l.Path)) {
			return true
		}
	}
	return false
}
