package content

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"plumbline/assessment"
	"plumbline/content/readertest"
)

// What is read without an error can be written, and reads back equal.
func FuzzReadQuestionnaire(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(`{"format": "plumbline.questionnaire/1", "pillars": [null, {}, []]}`))
	f.Add([]byte("format: &a [*a]\npillars: *a\n<<: *a\n? [x]\n: y\n"))
	f.Add([]byte("tradeoffs: [{sides: [{label: 5}, x, {}], signals: [{when: '((('}]}]\nbands: [{from: x}]\n"))
	f.Add([]byte("a: >\n  \U0001F600\n b: |+\n\n---\n%TAG ! x\n"))
	f.Add([]byte("[[[[{{{{\"\\ud800"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var q *assessment.Questionnaire
		var err error
		readertest.Within(t, len(data), func() { q, err = ReadQuestionnaire("f", bytes.NewReader(data)) })
		if _, _, warnings := Lint("f", data); err != nil && len(warnings) > 0 {
			t.Errorf("warnings beside errors: %v", warnings)
		}
		if err != nil {
			return
		}
		if got := rewritten(t, q); !reflect.DeepEqual(got, q) {
			t.Errorf("got:\n%+v\nwant:\n%+v", got, q)
		}
	})
}

// What is read without an error gives a result.
func FuzzReadAnswers(f *testing.F) {
	f.Add([]byte(answersFile))
	f.Add([]byte(`{"format": "plumbline.answers/1", "answers": {"s1.p1": null, "s1.p2": {"evidence": [1]}}}`))
	f.Add([]byte("answers: {5: x, [a]: b, s1.p1: {status: not_applicable, reason: [x]}}\npriorities: {speed: {}}"))
	model := smallModel(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		var said AnswersFile
		var err error
		readertest.Within(t, len(data), func() { said, err = ReadAnswers("f", bytes.NewReader(data), model) })
		if err != nil {
			return
		}
		if err := errors.Join(model.CheckAnswers(said.Answers, said.Priorities), model.CheckFacets(said.Facets)); err != nil {
			t.Errorf("the domain refuses what was read: %v", err)
		}
		if r := model.Evaluate(said.Answers, said.Priorities, said.Facets).Overall; !(0 <= r.Low && r.Low <= r.High && r.High <= 100) {
			t.Errorf("overall = %+v", r)
		}
	})
}

// What is read as JSON is JSON, and the other way round, but for what is nested too deeply.
func FuzzParseJSON(f *testing.F) {
	f.Add([]byte("{\"a\": [1, -2.5e+3, true, null, \"\\ud83d\\ude00\"],\n \"b\": {}}"))
	f.Add([]byte(`[01, +1, .5, 1., NaN]`))
	f.Add([]byte("[\"\t\", \"\\x\", tru] x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if !utf8.Valid(data) {
			return
		}
		_, problem := parseJSON("f", data, false)
		if problem != nil && strings.Contains(problem.Message, "nested deeper") {
			return
		}
		if (problem == nil) != json.Valid(data) {
			t.Errorf("%q: %v", data, problem)
		}
	})
}
