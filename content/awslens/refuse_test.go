package awslens

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/content/readertest"
)

func TestImportRefuses(t *testing.T) {
	row := `{"id": "c%d", "title": "T"}`
	var rows []string
	for i := range 1_000 {
		rows = append(rows, fmt.Sprintf(row, i))
	}
	rows[998] = `{"id": "c998", "title": "T" "description": ""}`
	tests := []struct {
		name string
		data string
		want string
	}{
		{"empty", "", `l:1:1: expected a value, found the end of the file`},
		{"a list", "[]", `l:1:1: expected a lens (an object with schemaVersion, name and pillars), found a list`},
		{"no lens", `{"a": 1}`, `l:1:1: this is not a lens: the key "pillars" is missing`},
		{"pillars is text", `{"pillars": "x"}`, `l:1:13: pillars: expected a list of pillars, found the text "x"`},
		{"too many pillars", `{"pillars": [` + strings.Repeat("{},", 20) + "\n{}]}", `l:2:1: pillars[20]: expected at most 20 pillars, found 21`},
		{"too many choices", `{"pillars": [{"questions": [{"choices": [` + strings.Repeat("0,", 2_000) + `0]}]}]}`,
			`l:1:29: pillars[0].questions[0]: expected at most 2000 choices in a lens`},
		{"nothing to keep", `{"pillars": [{"questions": []}]}`, `nothing in the lens can be kept: expected at least one pillar with a question with a choice`},
		{"trailing data", "{\"pillars\": []}\n {}", `l:2:2: expected the end of the file, found '{'`},
		{"trailing comma", "{\"pillars\": [1,]}", `l:1:16: pillars[1]: expected a value, found ']'`},
		{"duplicate key", "{\"name\": \"a\",\n \"pillars\": [{\"id\": 1, \"id\": 2}],\n \"name\": \"b\"}",
			"l:2:24: pillars[0].id: the key \"id\" is already used, on line 2 column 15\nl:3:2: name: the key \"name\" is already used, on line 1 column 2"},
		{"cut off", `{"name": "a`, `l:1:10: name: the text that begins here has no closing quote`},
		{"raw line break", "{\"name\": \"a\nb\"}", `l:1:12: name: a control character in a text must be escaped: it is U+000A`},
		{"wrong escape", `{"name": "é\x"}`, `l:1:10: name: this text is not JSON: invalid character 'x' in string escape code`},
		{"wrong number", `{"name": 01}`, `l:1:10: name: expected a value, found '0'`},
		{"not UTF-8", "{\"n\": \"é\xff\"}", `l:1:9: this is not UTF-8 text`},
		{"too deep", strings.Repeat("[", 10_001), `: nested deeper than 64 levels`},
		{"too complex", "[" + strings.Repeat("0,", 400_000), `: the file is too complex: more than 150000 values`},
		{"bad row", string(lens(strings.Join(rows, ",\n"), "")), `l:1000:29: pillars[0].questions[0].choices[998]: expected a comma or '}', found '"'`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			q, losses, err := Import("l", []byte(tt.data))
			if q != nil || losses != nil || err == nil || !strings.HasSuffix(err.Error(), tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
			if assessment.CodeOf(err) != assessment.Invalid {
				t.Errorf("code = %s", assessment.CodeOf(err))
			}
			if took := time.Since(start); took > time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
	if _, _, err := Import("l", make([]byte, content.MaxSize+1)); assessment.CodeOf(err) != assessment.TooLarge {
		t.Errorf("too large: %v", err)
	}
}

// What costs most is bounded: each question with as many choices as are tried, and every loss in one long line.
func TestImportIsQuick(t *testing.T) {
	var questions, choices, ids []string
	for i := range maxTried {
		ids = append(ids, fmt.Sprintf("(!choice_%d)", i))
		choices = append(choices, fmt.Sprintf(`{"id": "choice_%d", "title": "T", "x": 1}`, i))
	}
	for i := range 60 {
		questions = append(questions, fmt.Sprintf(`{"id": "question_%d", "title": "Q", "choices": [%s], "riskRules": [{"condition": "%s", "risk": "HIGH_RISK"}]}`,
			i, strings.Join(choices, ","), strings.Join(ids, "||")))
	}
	start := time.Now()
	_, losses := imported(t, []byte(`{"pillars": [{"id": "pil", "name": "P", "questions": [`+strings.Join(questions, ",")+`]}]}`))
	if took := time.Since(start); took > time.Second {
		t.Errorf("took %v", took)
	}
	if !strings.Contains(losses.String(), "questions have too many choices to try all selections") {
		t.Error("all selections of all questions were tried")
	}
}

// However many of something there are, the time grows with the file and no faster.
func TestManyOfOneKindAreQuick(t *testing.T) {
	block := `{"type": "HELPFUL_RESOURCE", "content": [{"displayText": "a"}]}`
	for name, data := range map[string][]byte{
		"blocks of texts":   lens(`{"id": "aaa", "title": "A", "additionalResources": [`+strings.TrimSuffix(strings.Repeat(block+",", 20_000), ",")+`]}`, ""),
		"choices of one id": lens(strings.TrimSuffix(strings.Repeat(`{"id": "aaa", "title": "A"},`, 2_000), ","), ""),
	} {
		best := time.Hour
		for range 3 { // on a busy machine the quickest run tells what it costs
			best = min(best, readertest.Of(func() { imported(t, data) }).Time)
		}
		if best > time.Second {
			t.Errorf("%s: took %v", name, best)
		}
	}
}
