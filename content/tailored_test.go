package content

import (
	_ "embed"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
)

//go:embed testdata/tailored.yaml
var tailored string

func readTailored(t testing.TB) *assessment.Questionnaire {
	t.Helper()
	q, err := ReadQuestionnaire("tailored.yaml", strings.NewReader(tailored))
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func TestReadTailored(t *testing.T) {
	q := readTailored(t)
	wantFacets := []assessment.Facet{{ID: "trains", Title: "Do you train models?", Help: "Fine-tuning counts."}, {ID: "hosted", Title: "Is the model hosted?"}}
	if q.Scoring != assessment.ScoreWeights || !slices.Equal(q.SharesIDsWith, []string{"small"}) || !slices.Equal(q.Facets, wantFacets) {
		t.Errorf("scoring %q, shares %q, facets %+v", q.Scoring, q.SharesIDsWith, q.Facets)
	}
	practices := q.Pillars[0].Principles[0].Questions[0].Practices
	first := practices[0]
	if !slices.Equal(first.Aka, []string{"latency", "response time"}) || !slices.Equal(first.Related, []string{"c1.p1"}) || first.SameSince != "1.0.0" ||
		!slices.Equal(first.DependsOn, []string{"model"}) || len(first.References) != 2 || first.References["nist-ai-rmf"][1] != "MEASURE 2.3" {
		t.Errorf("first practice = %+v", first)
	}
	if second := practices[1]; second.Risk != "" || second.Effort != "" || second.Weight != 3 || second.AppliesWhen.String() != "@trains && !@hosted" {
		t.Errorf("second practice = %+v", second)
	}
	if tradeoff := q.Tradeoffs[0]; tradeoff.Signals[0].Blind() || !tradeoff.Signals[1].Blind() || !slices.Equal(tradeoff.Source, []string{"COST-T2"}) {
		t.Errorf("tradeoff = %+v", tradeoff)
	}
	if _, err := assessment.Compile(q); err != nil {
		t.Error(err)
	}
	if got := rewritten(t, q); !reflect.DeepEqual(got, q) {
		t.Errorf("written and read again: %+v", got)
	}
	if _, problems, warnings := Lint("f", []byte(tailored)); len(problems) > 0 || slices.ContainsFunc(warnings, func(p Problem) bool { return !strings.Contains(p.Message, "has no") }) {
		t.Errorf("problems %v, warnings %v", problems, warnings)
	}
}

// What is the default may be said, and is the same questionnaire.
func TestDefaultsMayBeSaid(t *testing.T) {
	text := edit{"title: Small", "title: Small\nscoring: levels"}.apply(t, small)
	text = edit{"        says:", "        kind: tension\n        says:"}.apply(t, text)
	got, err := ReadQuestionnaire("f", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if want := smallModel(t).Questionnaire(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// The questionnaire inside a snapshot is a file that can be read.
func TestQuestionnaireOfASnapshotIsAFile(t *testing.T) {
	for _, q := range []*assessment.Questionnaire{readTailored(t), smallModel(t).Questionnaire(), mustBuiltin(t)} {
		model, err := assessment.Compile(q)
		if err != nil {
			t.Fatal(err)
		}
		document, err := json.Marshal(assessment.NewSnapshot(&assessment.State{}, model, "T", "", "", time.Time{}, "", 1).Questionnaire)
		if err != nil {
			t.Fatal(err)
		}
		got, err := ReadQuestionnaire("q.json", strings.NewReader(string(document)))
		if err != nil {
			t.Errorf("%s: %v", q.ID, err)
		} else if !reflect.DeepEqual(got, q) {
			t.Errorf("%s: got %+v, want %+v", q.ID, got, q)
		}
	}
}

func TestTailoredProblems(t *testing.T) {
	const first, second = "pillars[0].principles[0].questions[0].practices[0]", "pillars[0].principles[0].questions[0].practices[1]"
	tests := []struct {
		name string
		edit edit
		want []string
	}{
		{"scoring", edit{"scoring: weights", "scoring: weight"}, []string{`5:10: scoring: expected one of levels, weights, found "weight" (did you mean "weights"?)`}},
		{"scoring that is no text", edit{"scoring: weights", "scoring: 5"}, []string{`5:10: scoring: expected one of levels, weights, found the number 5 (put text in quotes)`}},
		{"shared with no id", edit{"[small]", "[so small]"}, []string{`6:19: shares_ids_with[0]: expected an ID (a letter or digit, then up to 127 letters, digits, _ . -), found "so small"`}},
		{"shared twice", edit{"[small]", "[small, small]"}, []string{`6:26: shares_ids_with[1]: "small" is already in this list`}},
		{"facet twice", edit{"id: hosted", "id: trains"}, []string{
			`9:10: facets[1].id: the facet ID "trains" is already used, on line 8 column 10`,
			`36:44: ` + second + `.applies_when: unknown facet "hosted"`,
			`61:40: tradeoffs[0].signals[1].when: unknown facet "hosted"`,
		}},
		{"facet without a title", edit{", title: Is the model hosted?", ""}, []string{`9:5: facets[1]: the key "title" is missing: expected text`}},
		{"facet with more", edit{"title: Is the model hosted?", "title: Is the model hosted?, default: true"}, []string{`9:47: facets[1].default: unknown key "default"; expected id, title, help`}},
		{"facets that are no list", edit{"facets:\n", "facets: none\nfacet:\n"}, []string{
			`7:9: facets: expected a list of facets, found the text "none"`,
			`8:1: facet: unknown key "facet" (did you mean "facets"?); expected format, id, version, title, summary, source, scoring, shares_ids_with, facets, bands, pillars, tradeoffs`,
			`37:32: ` + second + `.applies_when: unknown facet "trains"`,
			`37:44: ` + second + `.applies_when: unknown facet "hosted"`,
			`62:40: tradeoffs[0].signals[1].when: unknown facet "hosted"`,
		}},
		{"applies when a practice", edit{"@trains &&", "s1.p1 || @trains &&"}, []string{`36:32: ` + second + `.applies_when: expected only facets (@id), found the practice "s1.p1"`}},
		{"applies when half done", edit{"@trains &&", "weak(s1.p1) || @trains &&"}, []string{`36:37: ` + second + `.applies_when: expected only facets (@id), found the practice "s1.p1"`}},
		{"applies when an unknown facet", edit{"@trains &&", "@train &&"}, []string{`36:32: ` + second + `.applies_when: unknown facet "train" (did you mean "trains"?)`}},
		{"applies when nothing", edit{"'@trains && !@hosted'", "''"}, []string{`36:32: ` + second + `.applies_when: wrong condition: expected a practice ID, full(, weak(, @, ! or (, found the end`}},
		{"a space in a facet", edit{"@trains &&", "@ trains &&"}, []string{`36:33: ` + second + `.applies_when: wrong condition: expected the ID of a facet, found ' '`}},
		{"full of an unknown practice", edit{"full(s1.p1)", "full(s1.p9)"}, []string{`59:20: tradeoffs[0].signals[0].when: unknown practice "s1.p9" (did you mean "s1.p1"?)`}},
		{"full of two", edit{"full(s1.p1)", "full(s1.p1 || s1.p2)"}, []string{`59:26: tradeoffs[0].signals[0].when: wrong condition: expected ), found '|'`}},
		{"a practice called full", edit{"full(s1.p1)", "full"}, []string{`59:15: tradeoffs[0].signals[0].when: unknown practice "full"`}},
		{"kind", edit{"blind_spot", "blind"}, []string{`62:15: tradeoffs[0].signals[1].kind: expected one of tension, blind_spot, found "blind"`}},
		{"risk of the old kind", edit{"risk: high", "risk: none"}, []string{`25:23: ` + first + `.risk: expected one of high, medium, low, found "none"`}},
		{"related to nobody", edit{"related: [c1.p1]", "related: [c1.p2]"}, []string{`28:27: ` + first + `.related[0]: unknown practice "c1.p2" (did you mean "c1.p1"?)`}},
		{"related to itself", edit{"related: [c1.p1]", "related: [s1.p1]"}, []string{`28:27: ` + first + `.related[0]: the practice is related to itself`}},
		{"related twice", edit{"related: [c1.p1]", "related: [c1.p1, c1.p1]"}, []string{`28:34: ` + first + `.related[1]: the practice "c1.p1" is already in this list`}},
		{"same since later", edit{"same_since: 1.0.0", "same_since: 1.1.1"}, []string{`29:29: ` + first + `.same_since: expected a version up to 1.1.0, the version of the questionnaire, found 1.1.1`}},
		{"same since no version", edit{"same_since: 1.0.0", "same_since: v1"}, []string{`29:29: ` + first + `.same_since: expected a semantic version such as 1.0.0, found "v1"`}},
		{"depends on a sentence", edit{"[model]", "['the model']"}, []string{`30:30: ` + first + `.depends_on[0]: expected an ID (a letter or digit, then up to 127 letters, digits, _ . -), found "the model"`}},
		{"aka nothing", edit{"[latency, response time]", "['']"}, []string{`27:23: ` + first + `.aka[0]: expected text, found empty text`}},
		{"references in a list", edit{"references:\n                  iso-42001: [A.6.2.6]\n                  nist-ai-rmf: [MAP 1.1, MEASURE 2.3]", "references: [MAP 1.1]"}, []string{
			`31:29: ` + first + `.references: expected a mapping of frameworks to lists of texts, found a list`}},
		{"references to nothing", edit{"[A.6.2.6]", "[]"}, []string{`32:30: ` + first + `.references.iso-42001: expected a list of texts, found an empty one`}},
		{"references of no id", edit{"iso-42001", "ISO 42001"}, []string{`32:19: ` + first + `.references.ISO 42001: expected an ID (a letter or digit, then up to 127 letters, digits, _ . -), found "ISO 42001"`}},
		{"references that are no list", edit{"[A.6.2.6]", "A.6.2.6"}, []string{`32:30: ` + first + `.references.iso-42001: expected a list of texts, found the text "A.6.2.6"`}},
		{"rule with a facet", edit{"title: How fast?", "title: How fast?\n            risk_rules: [{when: '@trains', risk: high}]"}, []string{
			`22:33: pillars[0].principles[0].questions[0].risk_rules[0].when: wrong condition: a risk rule can only have practices with !, && and ||`}},
		{"rule with full", edit{"title: How fast?", "title: How fast?\n            risk_rules: [{when: full(s1.p1), risk: high}]"}, []string{
			`22:33: pillars[0].principles[0].questions[0].risk_rules[0].when: wrong condition: a risk rule can only have practices with !, && and ||`}},
		{"too many facets", edit{"facets:\n", "facets:\n" + strings.Repeat("  - {id: x, title: X}\n", 99)}, []string{`8:3: facets: expected at most 100, found 101`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ReadQuestionnaire("f", strings.NewReader(tt.edit.apply(t, tailored)))
			got := problemLines(t, err)
			if tt.name == "too many facets" {
				got = got[:1]
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

func TestTailoredWarnings(t *testing.T) {
	tests := []struct {
		name string
		edit edit
		want string
	}{
		{"facet that nothing uses", edit{"facets:\n", "facets:\n  - {id: idle, title: Is it idle?}\n"}, `8:5: facets[0]: nothing uses the facet "idle": no practice and no signal depends on it`},
		{"shares with itself", edit{"[small]", "[tailored]"}, `6:18: shares_ids_with: the questionnaire always shares its IDs with itself`},
		{"never applies", edit{"@trains && !@hosted", "@trains && !@trains"}, `36:31: pillars[0].principles[0].questions[0].practices[1].applies_when: the practice "s1.p2" never applies: no facets make the condition true`},
		{"always applies", edit{"@trains && !@hosted", "@trains || !@trains"}, `36:31: pillars[0].principles[0].questions[0].practices[1].applies_when: the practice "s1.p2" always applies: no facets make the condition false`},
		{"signal against itself", edit{"full(s1.p1) && full(c1.p1)", "full(s1.p1) && weak(s1.p1)"}, `59:15: tradeoffs[0].signals[0].when: no answers make the condition true: it contradicts itself`},
		{"signal with a facet against itself", edit{"weak(c1.p1) && !@hosted", "@hosted && !@hosted"}, `61:15: tradeoffs[0].signals[1].when: no answers make the condition true: it contradicts itself`},
	}
	for _, tt := range tests {
		_, problems, warnings := Lint("f", []byte(tt.edit.apply(t, tailored)))
		if len(problems) > 0 || len(warnings) == 0 {
			t.Fatalf("%s: problems %v, warnings %v", tt.name, problems, warnings)
		}
		if got := problemLines(t, warnings); !slices.Contains(got, tt.want) {
			t.Errorf("%s: got:\n%s\nwant:\n%s", tt.name, strings.Join(got, "\n"), tt.want)
		}
	}
	halfDone := edit{"full(s1.p1) && full(c1.p1)", "s1.p1 && weak(s1.p1)"}.apply(t, tailored)
	if _, _, warnings := Lint("f", []byte(halfDone)); slices.ContainsFunc(warnings, func(p Problem) bool { return strings.Contains(p.Message, "contradicts") }) {
		t.Errorf("half done is possible: %v", warnings)
	}
}

func TestAnswersWithFacets(t *testing.T) {
	model, err := assessment.Compile(readTailored(t))
	if err != nil {
		t.Fatal(err)
	}
	const file = "format: plumbline.answers/1\nfacets: {trains: false, hosted: true}\nanswers: {s1.p2: adopted}\n"
	said, err := ReadAnswers("f", strings.NewReader(file), model)
	if err != nil {
		t.Fatal(err)
	}
	if want := (assessment.Facets{"trains": false, "hosted": true}); !said.Facets.Equal(want) || said.Answers["s1.p2"].Status != assessment.Adopted {
		t.Errorf("read %+v, want facets %v", said, want)
	}
	for name, tt := range map[string]struct {
		edit edit
		want []string
	}{
		"unknown facet":   {edit{"trains:", "train:"}, []string{`2:10: facets.train: unknown facet "train" (did you mean "trains"?)`}},
		"yes":             {edit{"trains: false", "trains: yes"}, []string{`2:18: facets.trains: expected true or false, found the text "yes"`}},
		"nothing":         {edit{"trains: false", "trains: "}, []string{`2:18: facets.trains: expected true or false, found nothing`}},
		"twice":           {edit{"hosted", "trains"}, []string{`2:25: facets.trains: the key "trains" is already used, on line 2 column 10`}},
		"a list":          {edit{"{trains: false, hosted: true}", "[trains]"}, []string{`2:9: facets: expected a mapping of facet IDs to true or false, found a list`}},
		"several at once": {edit{"trains: false, hosted: true", "train: false, hosted: 1"}, []string{`2:10: facets.train: unknown facet "train" (did you mean "trains"?)`, `2:32: facets.hosted: expected true or false, found the number 1 (put text in quotes)`}},
	} {
		_, err := ReadAnswers("f", strings.NewReader(tt.edit.apply(t, file)), model)
		if got := problemLines(t, err); !slices.Equal(got, tt.want) {
			t.Errorf("%s: got:\n%s\nwant:\n%s", name, strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
		}
	}
}
