package awslens

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/content"
)

func clean(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "clean.json"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// failing is a test of any kind.
type failing interface {
	Helper()
	Fatal(args ...any)
}

// imported reads a lens that must be one.
func imported(t failing, data []byte) (*assessment.Questionnaire, content.Losses) {
	t.Helper()
	q, losses, err := Import("lens.json", data)
	if err != nil {
		t.Fatal(err)
	}
	return q, losses
}

// lens is a lens with the choices and rules given in one question.
func lens(choices, rules string) []byte {
	return []byte(`{"schemaVersion": "2021-11-01", "name": "L", "_version": "1.0.0", "pillars": [{"id": "pil", "name": "P", "questions": [
{"id": "que", "title": "Q", "description": "D", "choices": [` + choices + `],
"riskRules": [` + rules + `]}]}]}`)
}

// about returns the losses with a place, without the place.
func about(losses content.Losses) []string {
	var messages []string
	for _, l := range losses {
		if l.Line > 0 {
			messages = append(messages, l.Path+": "+l.Message)
		}
	}
	return messages
}

func onlyQuestion(q *assessment.Questionnaire) assessment.Question {
	return q.Pillars[0].Principles[0].Questions[0]
}

func TestImport(t *testing.T) {
	q, losses := imported(t, clean(t))
	if q.ID != "kitchen-lens-first-edition" || q.Version != "1.0.0" || q.Title != "Kitchen Lens (first edition)" ||
		q.Summary != "How a kitchen is run.\n\nEverything is an example." || q.Pillars[0].Summary != "Nobody falls ill." {
		t.Errorf("head: %+v", q)
	}
	first := q.Pillars[0].Principles[0]
	want := []string{"lens-help:1", "lens-help-url:https://example.org/soap",
		`lens-none:HYG1_no {"at":1,"helpfulResource":{"displayText":"Choose this if there is no soap."}}`, "lens-version:2.1"}
	if !slices.Equal(first.Source, want) {
		t.Errorf("source = %q", first.Source)
	}
	question := first.Questions[0]
	if want := "Hands touch <everything>, from the <tap> on.\n\nSoap is explained here.\n\nhttps://example.org/soap"; question.Help != want {
		t.Errorf("help = %q", question.Help)
	}
	soap := assessment.Practice{ID: "HYG1.HYG1_1", Title: "Soap is at every basin", Risk: assessment.High, Weight: 5, Effort: assessment.EffortM,
		Help: "Any soap will do.\n\nWater alone is not enough.\n\nIt never was.", Advice: "Buy soap.", Source: []string{"lens-description:1"},
		Links: []assessment.Link{{Title: "Helpful resource (example.org)", URL: "https://example.org/water"},
			{Title: "Improvement plan (example.org)", URL: "https://example.org/shop"}, {Title: "Kinds of soap", URL: "https://example.org/kinds"},
			{Title: "Improvement plan: Where to buy", URL: "https://example.org/where"}}}
	if !reflect.DeepEqual(question.Practices[0], soap) || question.Practices[1].Risk != assessment.Medium {
		t.Errorf("practices = %+v", question.Practices)
	}
	if got, want := question.RiskRules[1].When.String(), "(!HYG1.HYG1_1 && !HYG1.HYG1_2) || (!HYG1.HYG1_1)"; got != want {
		t.Errorf("rule = %s, want %s", got, want)
	}
	if q.Pillars[0].Principles[1].Questions[0].Practices[0].ID != "HYG2.HYG1_1" {
		t.Error("the same choice id in another question is not kept")
	}
	const told = `5:17: _version: "2.1" is not a semantic version: 1.0.0 is used
105:34: pillars[0].questions[1].riskRules: the question is informational: its risk is always none, but its practices count as low risk
`
	if got := losses.String(); !strings.HasPrefix(got, told) || len(losses) != 5 {
		t.Errorf("losses:\n%s", got)
	}
}

func TestImportWindowsFiles(t *testing.T) {
	want, _ := imported(t, clean(t))
	for name, data := range map[string][]byte{
		"CRLF": bytes.ReplaceAll(clean(t), []byte("\n"), []byte("\r\n")),
		"tabs": bytes.ReplaceAll(clean(t), []byte("    "), []byte("\t")),
		"BOM":  append([]byte("\ufeff"), clean(t)...),
	} {
		if got, _ := imported(t, data); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: another questionnaire", name)
		}
	}
}

func TestImportOddities(t *testing.T) {
	const rest = `, "improvementPlan": {"displayText": "I"}}`
	const at = "pillars[0].questions[0]"
	tests := []struct {
		name    string
		choices string
		want    []string
		links   []assessment.Link
		text    string // the practice's title, help and advice
	}{
		{"empty address", `{"id": "abc", "title": "T", "helpfulResource": {"displayText": " H ", "url": " "}` + rest, nil, nil, "T|H|I"},
		{"blank after the address", `{"id": "abc", "title": " T\n u", "helpfulResource": {"displayText": "H\u00a0h\r\n\n\n\ni", "url": "https://a.org/ "}` + rest, nil,
			[]assessment.Link{{Title: "Helpful resource (a.org)", URL: "https://a.org/"}}, "T u|H h\n\ni|I"},
		{"two addresses", `{"id": "abc", "title": "T", "helpfulResource": {"displayText": "H", "url": "https://a.org/x, https://b.org/"}` + rest,
			[]string{at + ".choices[0].helpfulResource.url: 2 addresses in one text: each becomes a separate link"},
			[]assessment.Link{{Title: "Helpful resource (a.org)", URL: "https://a.org/x"}, {Title: "Helpful resource (b.org)", URL: "https://b.org/"}}, "T|H|I"},
		{"mangled address", `{"id": "abc", "title": "T", "helpfulResource": {"displayText": "H", "url": "https percent3A percent2F a.org"}` + rest,
			[]string{at + `.choices[0].helpfulResource.url: not an http or https address: "https percent3A percent2F a.org" is left out`}, nil, "T|H|I"},
		{"text in the address", `{"id": "abc", "title": "T", "helpfulResource": {"displayText": "H", "url": "https://a.org/near real time"}` + rest,
			[]string{at + `.choices[0].helpfulResource.url: the address "https://a.org/near real time" contains spaces: they are encoded as %20`},
			[]assessment.Link{{Title: "Helpful resource (a.org)", URL: "https://a.org/near%20real%20time"}}, "T|H|I"},
		{"script", `{"id": "abc", "title": "T", "helpfulResource": {"displayText": "H", "url": "javascript:alert(1)"}` + rest,
			[]string{at + `.choices[0].helpfulResource.url: not an http or https address: "javascript:alert(1)" is left out`}, nil, "T|H|I"},
		{"filler", `{"id": "abc", "title": "T", "helpfulResource": {"displayText": "-", "url": ""}` + rest, nil, nil, "T||I"},
		{"markup", `{"id": "abc", "title": "T", "helpfulResource": {"displayText": "See <a href=\"https://a.org/\">this</a><br>&lt;b.c&gt;"}` + rest,
			[]string{at + ".choices[0].helpfulResource.displayText: HTML was converted to plain text", at + ".choices[0].helpfulResource.displayText: HTML was converted to plain text"},
			[]assessment.Link{{Title: "this", URL: "https://a.org/"}}, "T|See this\n<b.c>|I"},
		{"no markup", `{"id": "abc", "title": "T", "helpfulResource": {"displayText": "s3://<a>/<APP_ID> & <b>"}` + rest, nil, nil, "T|s3://<a>/<APP_ID> & <b>|I"},
		{"other case", `{"id": "abc", "title": "T", "helpfulResource": {"displayText": "H", "Url": "https://a.org"}` + rest,
			[]string{at + `.choices[0].helpfulResource.Url: the key "Url" was read as "url"`},
			[]assessment.Link{{Title: "Helpful resource (a.org)", URL: "https://a.org"}}, "T|H|I"},
		{"unknown key", `{"id": "abc", "title": "T", "notes": [1]` + rest, []string{at + ".choices[0].notes: unknown key, left out: a list"}, nil, "T||I"},
		{"NaN", `{"id": "abc", "title": NaN` + rest, []string{at + `.choices[0].title: there is no text: "abc" is used`,
			at + ".choices[0].title: expected text, found NaN, which is not JSON: left out"}, nil, "abc||I"},
		{"number", `{"id": "abc", "title": 5` + rest, []string{at + ".choices[0].title: expected text, found the number 5: read as text"}, nil, "5||I"},
		{"control characters", `{"id": "abc", "title": "T\u0000\u0007"` + rest, []string{at + ".choices[0].title: control characters are left out"}, nil, "T||I"},
		{"resource without address", `{"id": "abc", "title": "T", "additionalResources": [{"type": "IMPROVEMENT_PLAN", "content": [{"displayText": "J"}]}]` + rest,
			[]string{at + ".choices[0].additionalResources[0].content[0]: the resource has no address: its text is kept with that of the choice"}, nil, "T||I\n\nJ"},
		{"long title", `{"id": "abc", "title": "` + strings.Repeat("t", 1_001) + `"` + rest,
			[]string{at + ".choices[0].title: the text is cut off after 1000 of 1001 characters"}, nil, strings.Repeat("t", 1_000) + "||I"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q, losses := imported(t, lens(tt.choices, `{"condition": "abc", "risk": "NO_RISK"}, {"condition": "default", "risk": "HIGH_RISK"}`))
			if got := about(losses); !slices.Equal(got, tt.want) {
				t.Errorf("losses:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
			p := onlyQuestion(q).Practices[0]
			if got := p.Title + "|" + p.Help + "|" + p.Advice; got != tt.text || !slices.Equal(p.Links, tt.links) {
				t.Errorf("got %q, %v", got, p.Links)
			}
		})
	}
}

func TestImportIDs(t *testing.T) {
	q, losses := imported(t, lens(`{"id": "a b", "title": "A"}, {"id": "a-b", "title": "B"}, {"title": "C"}, {"id": "a-b", "title": "D"}`, ""))
	var ids []string
	for _, p := range onlyQuestion(q).Practices {
		ids = append(ids, p.ID)
	}
	if want := []string{"que.a-b", "que.a-b-2", "que.choice", "que.a-b-3"}; !slices.Equal(ids, want) {
		t.Errorf("ids = %q, want %q", ids, want)
	}
	for _, want := range []string{
		`pillars[0].questions[0].choices[0]: the ID "a b" cannot be kept: que.a-b is used`,
		`pillars[0].questions[0].choices[2]: the choice has no ID: que.choice is used`,
		`pillars[0].questions[0].choices[3]: the choice "a-b" is in this question twice: rules refer to the first`,
		`pillars[0].questions[0].riskRules: the question has no risk rules: its risk is the worst of its findings`,
	} {
		if !slices.Contains(about(losses), want) {
			t.Errorf("%s\nis not in\n%s", want, losses)
		}
	}
}

func TestImportLevels(t *testing.T) {
	long := strings.Repeat("x", 200)
	data := `{"pillars": [
{"id": "` + long + `", "name": "P", "questions": [{"id": "` + long + `", "title": "Q", "choices": [{"id": "a", "title": "A"}]}, 7, {"id": "q2", "title": "None", "choices": []}]},
{"name": "Pillar Two", "questions": [{"title": "Q", "choices": [{"id": "b", "title": "B"}]}]},
{"id": "empty", "name": "E", "questions": {}}]}`
	q, losses := imported(t, []byte(data))
	if len(q.Pillars) != 2 || q.Title != "Untitled lens" || q.Pillars[1].ID != "pillar-two" || len(q.Pillars[0].ID) != 128 {
		t.Errorf("pillars = %+v", q.Pillars)
	}
	for _, want := range []string{
		"pillars[0].questions[1]: expected an object, found the number 7: left out",
		"pillars[0].questions[2]: the question has no choices that can be kept: left out",
		"pillars[1]: the pillar has no ID: pillar-two is used",
		"pillars[2].questions: expected a list, found an object: left out",
		"pillars[2]: the pillar has no questions that can be kept: left out",
	} {
		if !slices.Contains(about(losses), want) {
			t.Errorf("%s\nis not in\n%s", want, losses)
		}
	}
}
