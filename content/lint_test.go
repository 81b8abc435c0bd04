package content

import (
	"slices"
	"strings"
	"testing"
)

// lintedSmall returns the small questionnaire without what lint warns about.
func lintedSmall() string {
	complete := "effort: $1\n                help: H\n                advice: A\n                links: [{title: T, url: \"https://example.org\"}]"
	text := small
	for _, effort := range []string{"M", "S\n  - id: price", "S\ntradeoffs"} {
		first, rest, cut := strings.Cut(effort, "\n")
		if cut {
			rest = "\n" + rest
		}
		text = strings.Replace(text, "effort: "+effort, strings.Replace(complete, "$1", first, 1)+rest, 1)
	}
	return strings.Replace(text, "effort: S\n                links:", "effort: S\n                help: H\n                advice: A\n                links:", 1)
}

func TestLintWarnings(t *testing.T) {
	const rules = "title: How fast?\n            risk_rules:\n"
	tests := []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"none", nil, []string{}},
		{"practice without texts", []edit{{"help: H\n                advice: A\n                links: [{title: T, url: \"https://example.org\"}]", "help: ''"}}, []string{
			`18:17: pillars[0].principles[0].questions[0].practices[0]: the practice "s1.p1" has no help, advice, links`,
		}},
		{"same title twice", []edit{{"title: Answers are cached.", "title: requests ARE timed."}}, []string{
			`26:24: pillars[0].principles[0].questions[0].practices[1].title: the practice "s1.p1" of the same question has the same title`,
		}},
		{"tradeoff without signals", []edit{{"    signals:\n      - when: s1.p1 && !c1.p1\n        says: Speed is watched, the price is not.\n", ""}}, []string{
			`51:5: tradeoffs[0]: the tradeoff "t1" has no signals: it can never be active`,
		}},
		{"side without practices", []edit{{", practices: [c1.p1]", ""}}, []string{
			`55:9: tradeoffs[0].sides[1]: the side has no practices: it never shows a pull`,
		}},
		{"signal twice", []edit{{"    signals:", "    signals:\n      - {when: 's1.p1&&!c1.p1', says: Twice.}"}}, []string{
			`58:15: tradeoffs[0].signals[1].when: signal 0 of this tradeoff has the same condition`,
		}},
		{"signal that contradicts itself", []edit{{"s1.p1 && !c1.p1", "s1.p1 && (c1.p1 && !s1.p1)"}}, []string{
			`57:15: tradeoffs[0].signals[0].when: no answers make the condition true: it contradicts itself`,
		}},
		{"no default", []edit{{"title: How fast?", rules + "              - {when: s1.p1, risk: none}"}}, []string{
			`18:15: pillars[0].principles[0].questions[0].risk_rules: the last rule is not "default": some answers may have no risk`,
		}},
		{"rule after default", []edit{{"title: How fast?", rules + "              - {when: default, risk: high}\n              - {when: s1.p1, risk: none}"}}, []string{
			`18:15: pillars[0].principles[0].questions[0].risk_rules: the last rule is not "default": some answers may have no risk`,
			`19:17: pillars[0].principles[0].questions[0].risk_rules[1]: the rule is never reached: it follows "default"`,
		}},
		{"rule that another one covers", []edit{{"title: How fast?", rules + "              - {when: s1.p1 || s1.p2, risk: none}\n" +
			"              - {when: s1.p2 && s1.p1, risk: medium}\n              - {when: default, risk: high}"}}, []string{
			`19:17: pillars[0].principles[0].questions[0].risk_rules[1]: no answers reach the rule: another one always comes first, or it contradicts itself`,
		}},
		{"default for what does not apply", []edit{{"title: How fast?", rules + "              - {when: s1.p1, risk: none}\n" +
			"              - {when: '!s1.p1', risk: medium}\n              - {when: default, risk: high}"}}, []string{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := lintedSmall()
			for _, e := range tt.edits {
				text = e.apply(t, text)
			}
			_, problems, warnings := Lint("f", []byte(text))
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			got := []string{}
			if len(warnings) > 0 {
				got = problemLines(t, warnings)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}
