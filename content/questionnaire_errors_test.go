package content

import (
	_ "embed"
	"slices"
	"strings"
	"testing"
)

//go:embed testdata/small.yaml
var small string

// edit is a change of the small questionnaire: its first old becomes new.
type edit struct{ old, new string }

func (e edit) apply(t *testing.T, text string) string {
	t.Helper()
	if !strings.Contains(text, e.old) {
		t.Fatalf("%q is not in the small questionnaire", e.old)
	}
	return strings.Replace(text, e.old, e.new, 1)
}

func TestReadQuestionnaireProblems(t *testing.T) {
	tests := []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"no format", []edit{{"format: plumbline.questionnaire/1\n", ""}}, []string{
			`1:1: the key "format" is missing: expected plumbline.questionnaire/1`,
		}},
		{"other format", []edit{{"questionnaire/1", "questionnaire/2"}}, []string{
			`1:9: format: expected plumbline.questionnaire/1, found "plumbline.questionnaire/2" (did you mean "plumbline.questionnaire/1"?)`,
		}},
		{"not a mapping", []edit{{small, "- a\n"}}, []string{
			`1:1: expected a questionnaire (a mapping that begins with format: plumbline.questionnaire/1), found a list`,
		}},
		{"unknown key", []edit{{"effort: M", "efort: M"}}, []string{
			`21:17: pillars[0].principles[0].questions[0].practices[0].efort: unknown key "efort" (did you mean "effort"?); expected id, title, help, risk, weight, effort, applies_when, aka, related, same_since, depends_on, references, advice, links, not_applicable_when, source`,
		}},
		{"unknown key like none", []edit{{"version: 1.0.0", "version: 1.0.0\nremarks: none"}}, []string{
			`4:1: remarks: unknown key "remarks"; expected format, id, version, title, summary, source, scoring, shares_ids_with, facets, bands, pillars, tradeoffs`,
		}},
		{"missing keys", []edit{{"  - id: price\n    title: Price\n", "  - summary: x\n"}}, []string{
			`29:5: pillars[1]: the key "id" is missing: expected text`,
			`29:5: pillars[1]: the key "title" is missing: expected text`,
			`46:34: tradeoffs[0].sides[1].pillars[0]: unknown pillar "price"`,
		}},
		{"duplicate key", []edit{{"title: Small", "title: Small\ntitle: Big"}}, []string{
			`5:1: title: the key "title" is already used, on line 4 column 1`,
		}},
		{"key that is no text", []edit{{"title: Small", "title: Small\n5: five"}}, []string{
			`5:1: expected text as a key, found the number 5 (put text in quotes)`,
		}},
		{"merge key", []edit{{"title: Small", "title: Small\n<<: {summary: x}"}}, []string{
			`5:1: <<: unknown key "<<"; expected format, id, version, title, summary, source, scoring, shares_ids_with, facets, bands, pillars, tradeoffs`,
		}},
		{"number for text", []edit{{"title: Small", "title: 5"}}, []string{
			`4:8: title: expected text, found the number 5 (put text in quotes)`,
		}},
		{"list for text", []edit{{"title: Small", "title: [a]"}}, []string{
			`4:8: title: expected text, found a list`,
		}},
		{"nothing for text", []edit{{"title: Small", "title: Small\nsummary:"}}, []string{
			`5:9: summary: expected text, found nothing`,
		}},
		{"date for text", []edit{{"title: Small", "title: 2026-01-01"}}, []string{
			`4:8: title: expected text, found the date 2026-01-01 (put text in quotes)`,
		}},
		{"boolean for text", []edit{{"title: Small", "title: true"}}, []string{
			`4:8: title: expected text, found true (put text in quotes)`,
		}},
		{"tagged text", []edit{{"title: Small", "title: !odd Small"}}, []string{
			`4:8: title: expected text, found a value of type !odd`,
		}},
		{"text for a list", []edit{{"links:\n                  - title: Caching\n                    url: https://example.org/caching", "links: none"}}, []string{
			`26:24: pillars[0].principles[0].questions[0].practices[1].links: expected a list of links, found the text "none"`,
		}},
		{"text for a mapping", []edit{{"{id: low, title: Low, from: 0}", "low"}}, []string{
			`6:5: bands[0]: expected a band (id, title, from), found the text "low"`,
		}},
		{"empty title", []edit{{"title: Small", "title: ''"}}, []string{
			`4:8: title: expected text, found empty text`,
		}},
		{"title of spaces", []edit{{"title: Small", "title: '  '"}}, []string{
			`4:8: title: expected text, found empty text`,
		}},
		{"title on two lines", []edit{{"title: Small", "title: |\n  Small\n  and more"}}, []string{
			`4:8: title: expected text on one line (in YAML, >- folds lines into one)`,
		}},
		{"long title", []edit{{"title: Small", "title: " + strings.Repeat("é", 1001)}}, []string{
			`4:8: title: expected at most 1000 characters, found 1001`,
		}},
		{"long prose", []edit{{"title: Small", "title: Small\nsummary: " + strings.Repeat("x", 40_001)}}, []string{
			`5:10: summary: expected at most 40000 characters, found 40001`,
		}},
		{"control character", []edit{{"title: Small", `title: "Sm\u0007all"`}}, []string{
			`4:8: title: the control character U+0007 is not allowed`,
		}},
		{"empty level", []edit{{"pillars:", "pillars: []\nold:"}}, []string{
			`8:10: pillars: expected a list of pillars, found an empty one`,
			`9:1: old: unknown key "old"; expected format, id, version, title, summary, source, scoring, shares_ids_with, facets, bands, pillars, tradeoffs`,
			`47:34: tradeoffs[0].sides[0].pillars[0]: unknown pillar "speed"`,
			`47:54: tradeoffs[0].sides[0].practices[0]: unknown practice "s1.p1"`,
			`48:34: tradeoffs[0].sides[1].pillars[0]: unknown pillar "price"`,
			`48:54: tradeoffs[0].sides[1].practices[0]: unknown practice "c1.p1"`,
			`50:15: tradeoffs[0].signals[0].when: unknown practice "s1.p1"`,
			`50:25: tradeoffs[0].signals[0].when: unknown practice "c1.p1"`,
		}},
		{"empty practices", []edit{{"practices:\n              - id: c1.p1\n                title: A budget is set.\n                risk: medium\n                effort: S", "practices: []"}}, []string{
			`37:24: pillars[1].principles[0].questions[0].practices: expected a list of practices, found an empty one`,
			`43:54: tradeoffs[0].sides[1].practices[0]: unknown practice "c1.p1" (did you mean "s1.p1"?)`,
			`45:25: tradeoffs[0].signals[0].when: unknown practice "c1.p1" (did you mean "s1.p1"?)`,
		}},
		{"id with a space", []edit{{"id: small", "id: so small"}}, []string{
			`2:5: id: expected an ID (a letter or digit, then up to 127 letters, digits, _ . -), found "so small"`,
		}},
		{"id that begins with a dot", []edit{{"id: c1.q1", "id: .c1"}}, []string{
			`35:17: pillars[1].principles[0].questions[0].id: expected an ID (a letter or digit, then up to 127 letters, digits, _ . -), found ".c1"`,
		}},
		{"long id", []edit{{"id: small", "id: " + strings.Repeat("x", 129)}}, []string{
			`2:5: id: expected an ID (a letter or digit, then up to 127 letters, digits, _ . -), found "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"`,
		}},
		{"duplicate practice", []edit{{"id: s1.p2", "id: s1.p1"}}, []string{
			`22:21: pillars[0].principles[0].questions[0].practices[1].id: the practice ID "s1.p1" is already used, on line 18 column 21`,
		}},
		{"duplicates of every kind", []edit{{"id: high", "id: low"}, {"id: price", "id: speed"}, {"[price]", "[speed]"}, {"id: c1\n", "id: s1\n"}, {"id: c1.q1", "id: s1.q1"},
			{"tradeoffs:\n", "tradeoffs:\n  - id: t1\n    title: Twice\n    sides: [{label: A}, {label: B}]\n"}}, []string{
			`7:10: bands[1].id: the band ID "low" is already used, on line 6 column 10`,
			`29:9: pillars[1].id: the pillar ID "speed" is already used, on line 9 column 9`,
			`32:13: pillars[1].principles[0].id: the principle ID "s1" is already used, on line 12 column 13`,
			`35:17: pillars[1].principles[0].questions[0].id: the question ID "s1.q1" is already used, on line 15 column 17`,
			`46:9: tradeoffs[1].id: the tradeoff ID "t1" is already used, on line 43 column 9`,
		}},
		{"version", []edit{{"version: 1.0.0", "version: 1.0"}}, []string{
			`3:10: version: expected text, found the number 1.0 (put text in quotes)`,
		}},
		{"version text", []edit{{"version: 1.0.0", "version: v1.0.0"}}, []string{
			`3:10: version: expected a semantic version such as 1.0.0, found "v1.0.0"`,
		}},
		{"bands not from 0", []edit{{"from: 0", "from: 10"}}, []string{
			`6:33: bands[0].from: 0 expected for the first band, found 10`,
		}},
		{"bands not ascending", []edit{{"from: 50", "from: 0"}}, []string{
			`7:35: bands[1].from: expected a number above 0, the start of the previous band, found 0`,
		}},
		{"band above 100", []edit{{"from: 50", "from: 101"}}, []string{
			`7:35: bands[1].from: expected a number from 0 to 100, found 101`,
		}},
		{"band that is text", []edit{{"from: 50", "from: half"}}, []string{
			`7:35: bands[1].from: expected a number from 0 to 100, found the text "half"`,
		}},
		{"risk", []edit{{"risk: high", "risk: hgh"}}, []string{
			`20:23: pillars[0].principles[0].questions[0].practices[0].risk: expected one of high, medium, low, found "hgh" (did you mean "high"?)`,
		}},
		{"risk none", []edit{{"risk: high", "risk: none"}}, []string{
			`20:23: pillars[0].principles[0].questions[0].practices[0].risk: expected one of high, medium, low, found "none"`,
		}},
		{"effort", []edit{{"effort: M", "effort: XL"}}, []string{
			`21:25: pillars[0].principles[0].questions[0].practices[0].effort: expected one of S, M, L, found "XL" (did you mean "L"?)`,
		}},
		{"effort in lower case", []edit{{"effort: M", "effort: m"}}, []string{
			`21:25: pillars[0].principles[0].questions[0].practices[0].effort: expected one of S, M, L, found "m" (did you mean "M"?)`,
		}},
		{"weight 0", []edit{{"effort: M", "effort: M\n                weight: 0"}}, []string{
			`22:25: pillars[0].principles[0].questions[0].practices[0].weight: expected a number above 0 and at most 1000000, found 0`,
		}},
		{"weight below 0", []edit{{"title: Be fast", "title: Be fast\n        weight: -1.5"}}, []string{
			`14:17: pillars[0].principles[0].weight: expected a number above 0 and at most 1000000, found -1.5`,
		}},
		{"weight that is no number", []edit{{"title: How fast?", "title: How fast?\n            weight: .nan"}}, []string{
			`17:21: pillars[0].principles[0].questions[0].weight: expected a number above 0 and at most 1000000, found .nan`,
		}},
		{"weight without end", []edit{{"title: How fast?", "title: How fast?\n            weight: .inf"}}, []string{
			`17:21: pillars[0].principles[0].questions[0].weight: expected a number above 0 and at most 1000000, found .inf`,
		}},
		{"weight too large", []edit{{"title: How fast?", "title: How fast?\n            weight: 1e7"}}, []string{
			`17:21: pillars[0].principles[0].questions[0].weight: expected a number above 0 and at most 1000000, found 1e7`,
		}},
		{"weight in quotes", []edit{{"title: How fast?", "title: How fast?\n            weight: \"2\""}}, []string{
			`17:21: pillars[0].principles[0].questions[0].weight: expected a number above 0 and at most 1000000, found the text "2"`,
		}},
		{"address of another scheme", []edit{{"https://example.org/caching", "javascript:alert(1)"}}, []string{
			`28:26: pillars[0].principles[0].questions[0].practices[1].links[0].url: expected an address that begins with http:// or https://, found "javascript:alert(1)"`,
		}},
		{"address without a host", []edit{{"https://example.org/caching", "https:///caching"}}, []string{
			`28:26: pillars[0].principles[0].questions[0].practices[1].links[0].url: expected an address with a host, found "https:///caching"`,
		}},
		{"address without a scheme", []edit{{"https://example.org/caching", "//example.org"}}, []string{
			`28:26: pillars[0].principles[0].questions[0].practices[1].links[0].url: expected an address that begins with http:// or https://, found "//example.org"`,
		}},
		{"address with a space", []edit{{"https://example.org/caching", "https://example.org/a, b"}}, []string{
			`28:26: pillars[0].principles[0].questions[0].practices[1].links[0].url: expected an http or https address, found "https://example.org/a, b"`,
		}},
		{"address that is none", []edit{{"https://example.org/caching", "https://exa%zz"}}, []string{
			`28:26: pillars[0].principles[0].questions[0].practices[1].links[0].url: expected an http or https address, found "https://exa%zz"`,
		}},
		{"link without an address", []edit{{"\n                    url: https://example.org/caching", ""}}, []string{
			`27:21: pillars[0].principles[0].questions[0].practices[1].links[0]: the key "url" is missing: expected an http or https address`,
		}},
		{"address of the source", []edit{{"title: Small", "title: Small\nsource: {title: X, url: ftp://example.org}"}}, []string{
			`5:25: source.url: expected an address that begins with http:// or https://, found "ftp://example.org"`,
		}},
		{"stated", []edit{{"title: Speed against price", "title: Speed against price\n    stated: maybe"}}, []string{
			`45:13: tradeoffs[0].stated: expected true or false, found the text "maybe"`,
		}},
		{"one side", []edit{{"      - {label: Price, pillars: [price], practices: [c1.p1]}\n", ""}}, []string{
			`46:7: tradeoffs[0].sides: expected exactly two sides, found 1`,
		}},
		{"three sides", []edit{{"    signals:", "      - {label: Third}\n    signals:"}}, []string{
			`46:7: tradeoffs[0].sides: expected exactly two sides, found 3`,
		}},
		{"no sides", []edit{{"    sides:\n      - {label: Speed, pillars: [speed], practices: [s1.p1]}\n      - {label: Price, pillars: [price], practices: [c1.p1]}\n", ""}}, []string{
			`43:5: tradeoffs[0]: the key "sides" is missing: expected a list of two sides`,
		}},
		{"unknown pillar of a side", []edit{{"pillars: [price]", "pillars: [prize]"}}, []string{
			`47:34: tradeoffs[0].sides[1].pillars[0]: unknown pillar "prize" (did you mean "price"?)`,
		}},
		{"unknown practice of a side", []edit{{"practices: [c1.p1]", "practices: [c1.p1, c1.p9]"}}, []string{
			`47:61: tradeoffs[0].sides[1].practices[1]: unknown practice "c1.p9" (did you mean "c1.p1"?)`,
		}},
		{"practice of a side twice", []edit{{"practices: [c1.p1]", "practices: [c1.p1, c1.p1]"}}, []string{
			`47:61: tradeoffs[0].sides[1].practices[1]: the practice "c1.p1" is already in this list`,
		}},
		{"unknown practice of a signal", []edit{{"s1.p1 && !c1.p1", "s1.p1 && !zz.p7 || zz.p7"}}, []string{
			`49:25: tradeoffs[0].signals[0].when: unknown practice "zz.p7"`,
		}},
		{"broken signal", []edit{{"s1.p1 && !c1.p1", "s1.p1 & c1.p1"}}, []string{
			`49:21: tradeoffs[0].signals[0].when: wrong condition: expected &&, || or the end, found '&'`,
		}},
		{"broken signal in quotes", []edit{{"s1.p1 && !c1.p1", "\"s1.p1 && (c1.p1\""}}, []string{
			`49:31: tradeoffs[0].signals[0].when: wrong condition: expected &&, || or ), found the end`,
		}},
		{"broken folded signal", []edit{{"s1.p1 && !c1.p1", ">-\n          s1.p1 &&\n          && c1.p1"}}, []string{
			`51:11: tradeoffs[0].signals[0].when: wrong condition: expected a practice ID, full(, weak(, @, ! or (, found '&'`,
		}},
		{"broken signal with escapes", []edit{{"s1.p1 && !c1.p1", "\"s1\\x2ep1 &&\""}}, []string{
			`49:15: tradeoffs[0].signals[0].when: wrong condition: expected a practice ID, full(, weak(, @, ! or (, found the end`,
		}},
		{"broken signal behind a tag", []edit{{"s1.p1 && !c1.p1", "!!str s1.p1 &&"}}, []string{
			`49:15: tradeoffs[0].signals[0].when: wrong condition: expected a practice ID, full(, weak(, @, ! or (, found the end`,
		}},
		{"empty signal", []edit{{"when: s1.p1 && !c1.p1", "when: ''"}}, []string{
			`49:16: tradeoffs[0].signals[0].when: wrong condition: expected a practice ID, full(, weak(, @, ! or (, found the end`,
		}},
		{"signal that says nothing", []edit{{"says: Speed is watched, the price is not.", "says: ''"}}, []string{
			`50:15: tradeoffs[0].signals[0].says: expected a sentence, found an empty one`,
		}},
		{"signal without a sentence", []edit{{"\n        says: Speed is watched, the price is not.", ""}}, []string{
			`49:9: tradeoffs[0].signals[0]: the key "says" is missing: expected a sentence`,
		}},
		{"risk rule of another question", []edit{{"title: How fast?", "title: How fast?\n            risk_rules: [{when: s1.p1 || c1.p1, risk: none}, {when: default, risk: high}]"}}, []string{
			`17:42: pillars[0].principles[0].questions[0].risk_rules[0].when: this question has no practice "c1.p1" (did you mean "s1.p1"?)`,
		}},
		{"risk of a risk rule", []edit{{"title: How fast?", "title: How fast?\n            risk_rules: [{when: default, risk: low}]"}}, []string{
			`17:48: pillars[0].principles[0].questions[0].risk_rules[0].risk: expected one of high, medium, none, found "low"`,
		}},
		{"default inside a condition", []edit{{"title: How fast?", "title: How fast?\n            risk_rules: [{when: default || s1.p1, risk: none}]"}}, []string{
			`17:33: pillars[0].principles[0].questions[0].risk_rules[0].when: this question has no practice "default"`,
		}},
		{"several at once, in the order of the lines", []edit{{"effort: M", "effort: XL"}, {"id: small", "id: .x"}, {"s1.p1 &&", "x.y &&"}}, []string{
			`2:5: id: expected an ID (a letter or digit, then up to 127 letters, digits, _ . -), found ".x"`,
			`21:25: pillars[0].principles[0].questions[0].practices[0].effort: expected one of S, M, L, found "XL" (did you mean "L"?)`,
			`49:15: tradeoffs[0].signals[0].when: unknown practice "x.y"`,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := small
			for _, e := range tt.edits {
				text = e.apply(t, text)
			}
			_, err := ReadQuestionnaire("f", strings.NewReader(text))
			if got := problemLines(t, err); !slices.Equal(got, tt.want) {
				t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

// problemLines returns each problem without the name of the file.
func problemLines(t *testing.T, err error) []string {
	t.Helper()
	problems, ok := err.(Problems)
	if !ok {
		t.Fatalf("error = %v (%T), want Problems", err, err)
	}
	lines := make([]string, len(problems))
	for i, p := range problems {
		lines[i] = strings.TrimPrefix(p.String(), "f:")
	}
	return lines
}
