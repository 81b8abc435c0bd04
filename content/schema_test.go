package content

import (
	"bytes"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

// validator returns a function that checks a YAML text against the schema.
func validator(t *testing.T) func(text string) error {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	if err := compiler.AddResource("questionnaire.schema.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("questionnaire.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return func(text string) error {
		var value any
		if err := yaml.Unmarshal([]byte(text), &value); err != nil {
			t.Fatal(err)
		}
		return compiled.Validate(value)
	}
}

func TestSchemaAccepts(t *testing.T) {
	validate := validator(t)
	for name, text := range map[string]string{
		"built-in":  string(BuiltinFile()),
		"small":     small,
		"tailored":  tailored,
		"risk rule": edit{"title: How fast?", "title: How fast?\n            risk_rules: [{when: default, risk: none}]"}.apply(t, small),
	} {
		if err := validate(text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whatever a schema can know, it refuses as the reader does.
func TestSchemaRefuses(t *testing.T) {
	tests := map[string]edit{
		"no format":       {"format: plumbline.questionnaire/1\n", ""},
		"other format":    {"questionnaire/1", "questionnaire/2"},
		"unknown key":     {"effort: M", "effort: M\n                color: red"},
		"missing title":   {"    title: Price\n", ""},
		"number as title": {"title: Small", "title: 5"},
		"empty title":     {"title: Small", "title: ' '"},
		"two lines":       {"title: Small", "title: \"a\\nb\""},
		"control":         {"title: Small", "title: Small\nsummary: \"\\u0007\""},
		"id":              {"id: small", "id: so small"},
		"version":         {"version: 1.0.0", "version: v1"},
		"no pillars":      {"pillars:", "pillars: []\nx:"},
		"no practices":    {"practices:\n              - id: c1.p1\n                title: A budget is set.\n                risk: medium\n                effort: S", "practices: []"},
		"band":            {"from: 50", "from: 101"},
		"risk":            {"risk: high", "risk: none"},
		"effort":          {"effort: M", "effort: XL"},
		"weight":          {"effort: M", "effort: M\n                weight: 0"},
		"address":         {"https://example.org/caching", "javascript:alert(1)"},
		"no host":         {"https://example.org/caching", "https:///x"},
		"stated":          {"title: Speed against price", "title: Speed against price\n    stated: maybe"},
		"one side":        {"      - {label: Price, pillars: [price], practices: [c1.p1]}\n", ""},
		"side twice":      {"practices: [c1.p1]", "practices: [c1.p1, c1.p1]"},
		"empty condition": {"when: s1.p1 && !c1.p1", "when: ''"},
		"odd condition":   {"when: s1.p1 && !c1.p1", "when: a = b"},
		"no sentence":     {"\n        says: Speed is watched, the price is not.", ""},
	}
	ofTailored := map[string]edit{
		"scoring":                 {"scoring: weights", "scoring: weight"},
		"shared with no id":       {"[small]", "[so small]"},
		"shared twice":            {"[small]", "[small, small]"},
		"facet without a title":   {", title: Is the model hosted?", ""},
		"facet with more":         {"title: Is the model hosted?", "title: Is the model hosted?, default: true"},
		"too many facets":         {"facets:\n", "facets:\n" + strings.Repeat("  - {id: x, title: X}\n", 99)},
		"applies when a practice": {"'@trains && !@hosted'", "s1.p1"},
		"applies when nothing":    {"'@trains && !@hosted'", "''"},
		"rule with a facet":       {"title: How fast?", "title: How fast?\n            risk_rules: [{when: '@trains', risk: high}]"},
		"kind":                    {"blind_spot", "blind"},
		"same since no version":   {"same_since: 1.0.0", "same_since: v1"},
		"depends on a sentence":   {"[model]", "['the model']"},
		"aka nothing":             {"[latency, response time]", "['']"},
		"related twice":           {"related: [c1.p1]", "related: [c1.p1, c1.p1]"},
		"references in a list":    {"references:\n                  iso-42001: [A.6.2.6]\n                  nist-ai-rmf: [MAP 1.1, MEASURE 2.3]", "references: [MAP 1.1]"},
		"references to nothing":   {"[A.6.2.6]", "[]"},
		"references of no id":     {"iso-42001", "ISO 42001"},
		"source of a tradeoff":    {"source: [COST-T2]", "source: COST-T2"},
	}
	checkRefused(t, small, tests)
	checkRefused(t, tailored, ofTailored)
}

func checkRefused(t *testing.T, file string, tests map[string]edit) {
	t.Helper()
	validate := validator(t)
	for name, e := range tests {
		t.Run(name, func(t *testing.T) {
			text := e.apply(t, file)
			if validate(text) == nil {
				t.Error("the schema accepts it")
			}
			if _, err := ReadQuestionnaire("f", strings.NewReader(text)); err == nil {
				t.Error("the reader accepts it")
			}
		})
	}
}
