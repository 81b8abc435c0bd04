package content

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"plumbline/assessment"
)

func smallModel(t testing.TB) *assessment.Model {
	t.Helper()
	q, err := ReadQuestionnaire("small.yaml", strings.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	model, err := assessment.Compile(q)
	if err != nil {
		t.Fatal(err)
	}
	return model
}

const answersFile = `format: plumbline.answers/1
questionnaire: small
priorities: {speed: 2, price: 0.5}
answers:
  s1.p1: adopted
  s1.p2: {status: not_applicable, reason: nothing to cache, note: asked in May}
  c1.p1:
    status: partial
    note: |
      Two lines
      of it.
    evidence:
      - {title: Budget, url: "https://example.org/budget"}
`

func TestReadAnswers(t *testing.T) {
	said, err := ReadAnswers("f", strings.NewReader(answersFile), smallModel(t))
	if err != nil {
		t.Fatal(err)
	}
	wantAnswers := assessment.Answers{
		"s1.p1": {Status: assessment.Adopted},
		"s1.p2": {Status: assessment.NotApplicable, Reason: "nothing to cache", Note: "asked in May"},
		"c1.p1": {Status: assessment.Partial, Note: "Two lines\nof it.\n",
			Evidence: []assessment.Link{{Title: "Budget", URL: "https://example.org/budget"}}},
	}
	if !reflect.DeepEqual(said.Answers, wantAnswers) {
		t.Errorf("answers = %+v, want %+v", said.Answers, wantAnswers)
	}
	if want := (assessment.Priorities{"speed": 2, "price": 0.5}); !reflect.DeepEqual(said.Priorities, want) {
		t.Errorf("priorities = %v, want %v", said.Priorities, want)
	}
}

func TestReadAnswersAllowed(t *testing.T) {
	for name, text := range map[string]string{
		"no questionnaire":             "format: plumbline.answers/1\nanswers: {s1.p1: absent}\n",
		"no answers":                   "format: plumbline.answers/1\nanswers: {}\n",
		"priority 0":                   "format: plumbline.answers/1\npriorities: {speed: 0}\nanswers: {}\n",
		"reason beside another status": "format: plumbline.answers/1\nanswers: {s1.p1: {status: absent, reason: time}}\n",
		"evidence without a title":     "format: plumbline.answers/1\nanswers: {s1.p1: {status: adopted, evidence: [{url: 'https://example.org'}]}}\n",
		"JSON":                         `{"format": "plumbline.answers/1", "answers": {"s1.p1": {"status": "absent", "note": "\ud83d\ude00"}}}`,
	} {
		if _, err := ReadAnswers("f", strings.NewReader(text), smallModel(t)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReadAnswersProblems(t *testing.T) {
	tests := []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"not a mapping", []edit{{answersFile, "[]"}}, []string{
			`1:1: expected answers (a mapping that begins with format: plumbline.answers/1), found a list`,
		}},
		{"empty", []edit{{answersFile, ""}}, []string{
			`1:1: the file is empty: expected one YAML or JSON document`,
		}},
		{"no format", []edit{{"format: plumbline.answers/1\n", ""}}, []string{
			`1:1: the key "format" is missing: expected plumbline.answers/1`,
		}},
		{"a questionnaire", []edit{{"plumbline.answers/1", "plumbline.questionnaire/1"}}, []string{
			`1:9: format: expected plumbline.answers/1, found "plumbline.questionnaire/1"`,
		}},
		{"unknown key", []edit{{"priorities:", "priority:"}}, []string{
			`3:1: priority: unknown key "priority"; expected format, questionnaire, priorities, facets, answers`,
		}},
		{"no answers", []edit{{answersFile[strings.Index(answersFile, "answers:\n"):], ""}}, []string{
			`1:1: the key "answers" is missing: expected a mapping of practice IDs to answers`,
		}},
		{"another questionnaire", []edit{{"questionnaire: small", "questionnaire: big"}}, []string{
			`2:16: questionnaire: expected answers to the questionnaire "small", found "big"`,
		}},
		{"unknown pillar", []edit{{"speed: 2", "sped: 2"}}, []string{
			`3:14: priorities.sped: unknown pillar "sped" (did you mean "speed"?)`,
		}},
		{"priority below 0", []edit{{"speed: 2", "speed: -0.5"}}, []string{
			`3:21: priorities.speed: expected a number from 0 to 1000, found -0.5`,
		}},
		{"priority that is no number", []edit{{"speed: 2", "speed: .nan"}}, []string{
			`3:21: priorities.speed: expected a number from 0 to 1000, found .nan`,
		}},
		{"priority without end", []edit{{"speed: 2", "speed: .inf"}}, []string{
			`3:21: priorities.speed: expected a number from 0 to 1000, found .inf`,
		}},
		{"priority in words", []edit{{"speed: 2", "speed: high"}}, []string{
			`3:21: priorities.speed: expected a number from 0 to 1000, found the text "high"`,
		}},
		{"unknown practice", []edit{{"s1.p1: adopted", "s1.p7: adopted"}}, []string{
			`5:3: answers.s1.p7: unknown practice "s1.p7" (did you mean "s1.p1"?)`,
		}},
		{"duplicate practice", []edit{{"s1.p1: adopted", "s1.p1: adopted\n  s1.p1: absent"}}, []string{
			`6:3: answers.s1.p1: the key "s1.p1" is already used, on line 5 column 3`,
		}},
		{"duplicate pillar", []edit{{"speed: 2", "speed: 2, speed: 3"}}, []string{
			`3:24: priorities.speed: the key "speed" is already used, on line 3 column 14`,
		}},
		{"wrong status", []edit{{"s1.p1: adopted", "s1.p1: adoptd"}}, []string{
			`5:10: answers.s1.p1: expected one of adopted, partial, absent, not_applicable, found "adoptd" (did you mean "adopted"?)`,
		}},
		{"status unanswered", []edit{{"s1.p1: adopted", "s1.p1: unanswered"}}, []string{
			`5:10: answers.s1.p1: expected one of adopted, partial, absent, not_applicable, found "unanswered"`,
		}},
		{"empty status", []edit{{"s1.p1: adopted", "s1.p1: ''"}}, []string{
			`5:10: answers.s1.p1: expected one of adopted, partial, absent, not_applicable, found ""`,
		}},
		{"no status", []edit{{"s1.p1: adopted", "s1.p1:"}}, []string{
			`5:9: answers.s1.p1: expected a status, or a mapping with a status, found nothing`,
		}},
		{"boolean status", []edit{{"s1.p1: adopted", "s1.p1: true"}}, []string{
			`5:10: answers.s1.p1: expected a status, or a mapping with a status, found true (put text in quotes)`,
		}},
		{"wrong status in a mapping", []edit{{"status: partial", "status: some"}}, []string{
			`8:13: answers.c1.p1.status: expected one of adopted, partial, absent, not_applicable, found "some"`,
		}},
		{"mapping without a status", []edit{{"    status: partial\n", ""}}, []string{
			`8:5: answers.c1.p1: the key "status" is missing: expected adopted, partial, absent or not_applicable`,
		}},
		{"not applicable alone", []edit{{"s1.p1: adopted", "s1.p1: not_applicable"}}, []string{
			`5:10: answers.s1.p1: expected a reason: {status: not_applicable, reason: …}`,
		}},
		{"no reason", []edit{{"reason: nothing to cache, ", ""}}, []string{
			`6:10: answers.s1.p2: the key "reason" is missing: a practice that is not applicable needs one`,
		}},
		{"empty reason", []edit{{"nothing to cache", "' '"}}, []string{
			`6:43: answers.s1.p2.reason: expected a reason, found an empty one`,
		}},
		{"long reason", []edit{{"nothing to cache", strings.Repeat("x", 1001)}}, []string{
			`6:43: answers.s1.p2.reason: expected at most 1000 characters, found 1001`,
		}},
		{"long note", []edit{{"asked in May", strings.Repeat("x", 10_001)}}, []string{
			`6:67: answers.s1.p2.note: expected at most 10000 characters, found 10001`,
		}},
		{"evidence elsewhere", []edit{{"https://example.org/budget", "file:///budget"}}, []string{
			`13:30: answers.c1.p1.evidence[0].url: expected an address that begins with http:// or https://, found "file:///budget"`,
		}},
		{"evidence without an address", []edit{{", url: \"https://example.org/budget\"", ""}}, []string{
			`13:9: answers.c1.p1.evidence[0]: the key "url" is missing: expected an http or https address`,
		}},
		{"evidence with a long title", []edit{{"Budget", strings.Repeat("x", 201)}}, []string{
			`13:17: answers.c1.p1.evidence[0].title: expected at most 200 characters, found 201`,
		}},
		{"several at once", []edit{{"small", "big"}, {"speed: 2", "speed: -1"}, {"adopted", "yes"}, {"reason: nothing to cache, ", ""}, {"https", "ftp"}}, []string{
			`2:16: questionnaire: expected answers to the questionnaire "small", found "big"`,
			`3:21: priorities.speed: expected a number from 0 to 1000, found -1`,
			`5:10: answers.s1.p1: expected one of adopted, partial, absent, not_applicable, found "yes"`,
			`6:10: answers.s1.p2: the key "reason" is missing: a practice that is not applicable needs one`,
			`13:30: answers.c1.p1.evidence[0].url: expected an address that begins with http:// or https://, found "ftp://example.org/budget"`,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := answersFile
			for _, e := range tt.edits {
				text = e.apply(t, text)
			}
			_, err := ReadAnswers("f", strings.NewReader(text), smallModel(t))
			if got := problemLines(t, err); !slices.Equal(got, tt.want) {
				t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

func TestReadAnswersTooLarge(t *testing.T) {
	_, err := ReadAnswers("f", strings.NewReader(strings.Repeat("#", MaxSize+1)), smallModel(t))
	if got := assessment.CodeOf(err); got != assessment.TooLarge {
		t.Errorf("code = %q (%v), want %q", got, err, assessment.TooLarge)
	}
}
