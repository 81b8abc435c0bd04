package api_test

import (
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"plumbline/assessment/access"
	"plumbline/web/webtest"
)

// TestBodiesOfManyFaults sends what is wrong a million times: the answer names the first faults, and neither it nor the
// memory it needs grows with them.
func TestBodiesOfManyFaults(t *testing.T) {
	a := webtest.NewApp(t)
	path := "/assessments/" + a.NewSmallAssessment().ID + "/answers"
	p := a.Program(access.ScopeWrite)
	const most = 8<<20 - 1
	filled := func(one string) string {
		const before, after = `{"answers":[`, `]}`
		return before + strings.Repeat(one+",", (most-len(before+after+one))/(len(one)+1)) + one + after
	}
	several := func(one string, times int) string {
		return `{"answers":[` + strings.Repeat(one+",", times-1) + one + `]}`
	}
	tests := []struct {
		name, body, place, says string
		status, faults          int
	}{
		{"zeros", filled("0"), "body.answers", "More than 2000 entries", 422, 1},
		{"empty objects", filled("{}"), "body.answers", "More than 2000 entries", 422, 1},
		{"lists in lists", filled(strings.Repeat("[", 500) + strings.Repeat("]", 500)), "body", "More than 150000 values", 422, 1},
		{"fields", `{` + strings.Repeat(`"a":0,`, most/6-2) + `"a":0}`, "body", "More than 150000 values", 422, 1},
		{"nesting", strings.Repeat("[", most), "body", "max depth", 400, 1},
		{"a long name", `{"` + strings.Repeat("n", most-20) + `":0}`, "body", "answers", 422, 2},
		{"a long text", several(`{"practice":"`+strings.Repeat("p", most-60)+`"}`, 1), "body.answers[0].practice", "128", 422, 1},
		{"wrong answers", several(`{"status":"`+strings.Repeat("x", 3_500)+`","reason":1,"note":2,"version":"v"}`, 2_000), "body.answers[0]", "practice", 422, 100},
		{"unknown fields", several(`{`+strings.Repeat(`"u":0,`, 1)+`"`+strings.Repeat("k", 4_000)+`":0}`, 2_000), "body.answers[0]", "practice", 422, 100},
		{"unknown practices", several(`{"practice":"nobody","version":0}`, 2_000), "body.answers[0].practice", "does not exist", 422, 100},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			got := p.Ask(http.MethodPatch, path, tt.body).Want(tt.status)
			runtime.ReadMemStats(&after)
			problem := got.Problem()
			if len(problem.Errors) != tt.faults || !strings.HasPrefix(problem.Errors[0].Location, tt.place) || !strings.Contains(fmt.Sprint(problem.Errors), tt.says) {
				t.Errorf("%d faults, the first %+v, want %d, at %s, with %q", len(problem.Errors), problem.Errors[0], tt.faults, tt.place, tt.says)
			}
			if tt.faults == 100 && !strings.Contains(problem.Detail, "more errors are not listed") {
				t.Errorf("the detail does not say how many more there are: %s", problem.Detail)
			}
			used := after.TotalAlloc - before.TotalAlloc
			t.Logf("%d kB in, %d kB out, %d MB used", len(tt.body)>>10, len(got.Body)>>10, used>>20)
			if len(got.Body) > 100_000 || used > 200<<20 {
				t.Errorf("%d bytes of answer, %d MB used, want at most 100 kB and 200 MB", len(got.Body), used>>20)
			}
		})
	}
}
