package awslens

import (
	"slices"
	"strings"
	"testing"

	"plumbline/assessment"
)

func threeChoices(rules string) []byte {
	return lens(`{"id": "aaa", "title": "A"}, {"id": "bbb", "title": "B"}, {"id": "ccc", "title": "C"}, {"id": "x_no", "title": "None of these"}`, rules)
}

func TestRules(t *testing.T) {
	const path = "pillars[0].questions[0].riskRules"
	const dropped = path + ": the question's risk rules are left out, because not all of them can be kept: its risk is the worst of its findings"
	const otherwise = `, {"condition": "default", "risk": "HIGH_RISK"}`
	tests := []struct {
		name, rules string
		want        string // the conditions, parted by ;
		risks       string // of the practices
		losses      []string
	}{
		{"all", `{"condition": "aaa && bbb&&ccc", "risk": "NO_RISK"}` + otherwise, "que.aaa && que.bbb&&que.ccc; default", "high high high", nil},
		{"graded", `{"condition": "aaa && bbb && ccc", "risk": "NO_RISK"}, {"condition": "!aaa", "risk": "HIGH_RISK"}, {"condition": "default", "risk": "MEDIUM_RISK"}`,
			"que.aaa && que.bbb && que.ccc; !que.aaa; default", "high medium medium", nil},
		{"either", `{"condition": " (aaa&&bbb) || ccc ", "risk": "NO_RISK"}, {"condition": "default", "risk": "MEDIUM_RISK"}`,
			"(que.aaa&&que.bbb) || que.ccc; default", "medium medium medium", nil},
		{"none", `{"condition": "x_no || !aaa", "risk": "HIGH_RISK"}, {"condition": "!x_no", "risk": "NO_RISK"}`,
			"(!que.aaa && !que.bbb && !que.ccc) || !que.aaa; !(!que.aaa && !que.bbb && !que.ccc)", "high low low", nil},
		{"unreached", `{"condition": "aaa", "risk": "NO_RISK"}, {"condition": "!aaa", "risk": "MEDIUM_RISK"}` + otherwise, "que.aaa; !que.aaa; default", "medium low low",
			[]string{path + "[2]: no selection reaches this rule: another one comes first, or it contradicts itself"}},
		{"uncovered", `{"condition": "aaa", "risk": "NO_RISK"}, {"condition": "bbb && ccc", "risk": "HIGH_RISK"}`, "que.aaa; que.bbb && que.ccc", "high low low", []string{
			path + ": no rule covers the case that nothing is selected: the question's risk is unknown then",
			path + ": with these rules, the practice que.bbb can increase the risk, although adopting it increases the score",
			path + ": with these rules, the practice que.ccc can increase the risk, although adopting it increases the score"}[0:1]},
		{"raising", `{"condition": "aaa && !bbb", "risk": "NO_RISK"}` + otherwise, "que.aaa && !que.bbb; default", "high low low", []string{
			path + ": with these rules, the practice que.bbb can increase the risk, although adopting it increases the score"}},
		{"unknown choice", `{"condition": "aaa && zzz", "risk": "NO_RISK"}` + otherwise, "", "medium medium medium", []string{dropped,
			path + `[0].condition: wrong condition: this question has no choice "zzz"`}},
		{"wrong condition", `{"condition": "aaa && (bbb bbb)", "risk": "NO_RISK"}` + otherwise, "", "medium medium medium", []string{dropped,
			path + `[0].condition: wrong condition, at character 13: expected &&, || or ), found 'b'`}},
		{"wrong risk", `{"condition": "aaa", "risk": "LOW_RISK"}` + otherwise, "", "medium medium medium", []string{dropped,
			path + `[0].risk: expected HIGH_RISK, MEDIUM_RISK or NO_RISK, found "LOW_RISK"`}},
		{"no rule", `[]`, "", "medium medium medium", []string{dropped, path + "[0]: expected an object, found a list: left out"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q, losses := imported(t, threeChoices(tt.rules))
			question := onlyQuestion(q)
			var conditions, risks []string
			for _, rule := range question.RiskRules {
				conditions = append(conditions, rule.When.String())
			}
			for _, p := range question.Practices {
				risks = append(risks, string(p.Risk))
			}
			if got := strings.Join(conditions, "; "); got != tt.want {
				t.Errorf("conditions = %s\nwant %s", got, tt.want)
			}
			if got := strings.Join(risks, " "); got != tt.risks {
				t.Errorf("risks = %s, want %s", got, tt.risks)
			}
			if got := about(losses); !slices.Equal(got, tt.losses) {
				t.Errorf("losses:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(tt.losses, "\n"))
			}
		})
	}
}

func TestNoneIsNoPractice(t *testing.T) {
	tests := []struct {
		name, choices string
		want          int // practices
		loss          string
	}{
		{"by title", `{"id": "aaa", "title": "A"}, {"id": "bbb", "title": "none of THESE."}`, 1, ""},
		{"by id", `{"id": "aaa", "title": "A"}, {"id": "aaa_none", "title": "None"}`, 1, ""},
		{"by id alone", `{"id": "aaa", "title": "A"}, {"id": "aaa_no", "title": "Nope"}`, 1,
			`pillars[0].questions[0].choices[1]: the choice "Nope" is read as "None of these" because of its ID: it is not a practice`},
		{"nothing else", `{"id": "aaa_no", "title": "None of these"}`, 1, ""},
	}
	for _, tt := range tests {
		q, losses := imported(t, lens(tt.choices, `{"condition": "default", "risk": "NO_RISK"}`))
		if got := len(onlyQuestion(q).Practices); got != tt.want || tt.loss != "" && !slices.Contains(about(losses), tt.loss) {
			t.Errorf("%s: %d practices, want %d; %s", tt.name, got, tt.want, losses)
		}
	}
}

// The answers "not yet" to everything are what AWS calls "None of these".
func TestNoneIsTheAnswerNo(t *testing.T) {
	q, _ := imported(t, threeChoices(`{"condition": "x_no", "risk": "HIGH_RISK"}, {"condition": "default", "risk": "NO_RISK"}`))
	model, err := assessment.Compile(q)
	if err != nil {
		t.Fatal(err)
	}
	absent := assessment.Answer{Status: assessment.Absent}
	answers := assessment.Answers{"que.aaa": absent, "que.bbb": absent, "que.ccc": absent}
	if got := model.Evaluate(answers, nil, nil).Pillars[0].Principles[0].Questions[0].Risk; got != assessment.High {
		t.Errorf("risk = %s, want high", got)
	}
	answers["que.ccc"] = assessment.Answer{Status: assessment.Adopted}
	if got := model.Evaluate(answers, nil, nil).Pillars[0].Principles[0].Questions[0].Risk; got != assessment.None {
		t.Errorf("risk = %s, want none", got)
	}
}
