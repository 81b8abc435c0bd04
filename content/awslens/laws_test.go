package awslens

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/content/readertest"
)

// drawn draws lenses that AWS takes.
type drawn struct{ *rapid.T }

func (d drawn) words(label string) string {
	return rapid.StringMatching(`[A-Z][a-z<>&"'(),:-]{0,8}( [a-z.]{1,8}){0,4}`).Draw(d.T, label)
}

func (d drawn) resource() *lensResource {
	if !rapid.Bool().Draw(d.T, "has resource") {
		return nil
	}
	r := &lensResource{DisplayText: d.words("text")}
	if rapid.Bool().Draw(d.T, "has address") {
		r.URL = rapid.SampledFrom([]string{"https://a.org/", "http://b.org/x?y=z&a=%20#f"}).Draw(d.T, "address")
	}
	return r
}

func (d drawn) lens() lensFile {
	lens := lensFile{SchemaVersion: schemaVersion, Name: d.words("name"), Description: d.words("description"),
		Version: rapid.SampledFrom([]string{"", "1.0.0", "1.2.3", "v2"}).Draw(d.T, "version")}
	for i := range rapid.IntRange(1, 2).Draw(d.T, "pillars") {
		pillar := lensPillar{ID: fmt.Sprintf("pillar_%d", i), Name: d.words("name")}
		for j := range rapid.IntRange(1, 2).Draw(d.T, "questions") {
			pillar.Questions = append(pillar.Questions, d.question(fmt.Sprintf("que_%d_%d", i, j)))
		}
		lens.Pillars = append(lens.Pillars, pillar)
	}
	return lens
}

func (d drawn) question(id string) lensQuestion {
	q := lensQuestion{ID: id, Title: d.words("title"), Description: d.words("description"), HelpfulResource: d.resource()}
	var ids []string
	for i := range rapid.IntRange(1, 4).Draw(d.T, "choices") {
		choice := lensChoice{ID: fmt.Sprintf("choice%d", i), Title: d.words("title"), HelpfulResource: d.resource(),
			ImprovementPlan: &lensResource{DisplayText: d.words("plan")}}
		if rapid.Bool().Draw(d.T, "has description") {
			choice.Description = d.words("description")
		}
		q.Choices, ids = append(q.Choices, choice), append(ids, choice.ID)
	}
	if rapid.Bool().Draw(d.T, "has none") {
		none := lensChoice{ID: "choice_no", Title: noneTitle, HelpfulResource: d.resource()}
		at := rapid.IntRange(0, len(q.Choices)).Draw(d.T, "none")
		q.Choices = append(q.Choices[:at:at], append([]lensChoice{none}, q.Choices[at:]...)...)
		ids = append(ids, none.ID)
	}
	risks := rapid.SampledFrom([]string{"HIGH_RISK", "MEDIUM_RISK", "NO_RISK"})
	for range rapid.IntRange(0, 2).Draw(d.T, "rules") {
		q.RiskRules = append(q.RiskRules, lensRule{d.condition(ids, 2), risks.Draw(d.T, "risk")})
	}
	q.RiskRules = append(q.RiskRules, lensRule{always, risks.Draw(d.T, "risk")})
	return q
}

func (d drawn) condition(ids []string, depth int) string {
	if depth == 0 || rapid.IntRange(0, 3).Draw(d.T, "leaf") == 0 {
		return rapid.SampledFrom([]string{"", "!", "! "}).Draw(d.T, "not") + rapid.SampledFrom(ids).Draw(d.T, "id")
	}
	return fmt.Sprintf(rapid.SampledFrom([]string{"%s && %s", "%s||%s", "(%s) && (%s)", "(%s || %s)", "!(%s && %s)"}).Draw(d.T, "form"),
		d.condition(ids, depth-1), d.condition(ids, depth-1))
}

// A lens that AWS takes comes back as it was.
func TestLensRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lens := drawn{t}.lens()
		data, err := json.MarshalIndent(lens, "", "    ")
		if err != nil {
			t.Fatal(err)
		}
		q, losses := imported(t, data)
		for _, l := range losses {
			if strings.Contains(l.Message, "is left out") {
				t.Errorf("loss: %s", l)
			}
		}
		again, _ := exported(t, q)
		var got lensFile
		if err := json.Unmarshal(again, &got); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, lens) {
			t.Errorf("got:\n%s\nwant:\n%s", again, data)
		}
		if twice, _ := imported(t, again); !reflect.DeepEqual(twice, q) {
			t.Errorf("another questionnaire when read again")
		}
	})
}

// The risk of a question is the one that AWS gives for the same selection, where "None of these" is selected if nothing
// else is.
func TestRiskIsThatOfTheLens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lens := drawn{t}.lens()
		lens.Pillars = lens.Pillars[:1]
		question := lens.Pillars[0].Questions[0]
		data, err := json.Marshal(lens)
		if err != nil {
			t.Fatal(err)
		}
		q, _ := imported(t, data)
		model, err := assessment.Compile(q)
		if err != nil {
			t.Fatal(err)
		}
		selected, answers := map[string]bool{"choice_no": true}, assessment.Answers{}
		for _, choice := range question.Choices {
			if choice.ID == "choice_no" {
				continue
			}
			answer := assessment.Answer{Status: assessment.Absent}
			if rapid.Bool().Draw(t, choice.ID) {
				selected[choice.ID], selected["choice_no"], answer.Status = true, false, assessment.Adopted
			}
			answers[question.ID+"."+choice.ID] = answer
		}
		want := assessment.Unknown
		for _, rule := range question.RiskRules {
			if holds(rule.Condition, selected) {
				want = levels[rule.Risk]
				break
			}
		}
		if got := model.Evaluate(answers, nil, nil).Pillars[0].Principles[0].Questions[0].Risk; got != want {
			t.Errorf("risk = %s, want %s for %v in %s", got, want, selected, data)
		}
	})
}

var innermost = regexp.MustCompile(`\(([TF!&|]*)\)`)

// holds evaluates a condition by replacing its innermost parentheses until there are none.
func holds(condition string, selected map[string]bool) bool {
	if condition == always {
		return true
	}
	text := operand().ReplaceAllStringFunc(strings.ReplaceAll(condition, " ", ""), func(id string) string { return letter(selected[id]) })
	for innermost.MatchString(text) {
		text = innermost.ReplaceAllStringFunc(text, func(group string) string { return letter(flat(strings.Trim(group, "()"))) })
	}
	return flat(text)
}

func letter(truth bool) string {
	if truth {
		return "T"
	}
	return "F"
}

// flat evaluates a condition without parentheses.
func flat(text string) bool {
	for terms := range strings.SplitSeq(text, "||") {
		all := true
		for term := range strings.SplitSeq(terms, "&&") {
			all = all && strings.HasSuffix(term, "T") == (strings.Count(term, "!")%2 == 0)
		}
		if all {
			return true
		}
	}
	return false
}

// Import takes any bytes; what it gives can be exported and read again.
func FuzzImport(f *testing.F) {
	f.Add(clean(f))
	f.Add(lens(`{"id": "aaa", "title": NaN}, {"id": "a-a", "title": "None of these", "helpfulResource": {"Url": "https://a.org, https://b.org"}}`,
		`{"condition": "aaa && (!a-a || default)", "risk": "NO_RISK"}`))
	f.Add([]byte(`{"pillars": [{"questions": [{"choices": [{}, {"id": "_"}, {"id": "x_no"}], "riskRules": [{"condition": "_ || x_no"}]}]}, null]}`))
	f.Add([]byte(`{"pillars": [{"name": "\ud800", "questions": [{"url": "https://[::1", "choices": [{"additionalResources": [{"content": [{"url": "http://x y"}]}]}]}]}]}`))
	f.Add([]byte("[[[[{\"\\"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var q *assessment.Questionnaire
		var err error
		readertest.Within(t, len(data), func() { q, _, err = Import("f", data) })
		if err != nil {
			return
		}
		if _, err := assessment.Compile(q); err != nil {
			t.Errorf("the domain refuses what was read: %v", err)
		}
		again, _ := exported(t, q)
		if !json.Valid(again) || bytes.Contains(again, []byte("\x00")) {
			t.Errorf("no JSON: %s", again)
		}
		imported(t, again)
	})
}
