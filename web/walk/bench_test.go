package walk_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/web/webtest"
)

// The page of a principle with seven practices, with all that surrounds it.
func BenchmarkPrinciplePage(b *testing.B) {
	a := webtest.NewApp(b)
	visitor := a.SignedIn()
	id := a.NewAssessment("Claims triage assistant").ID
	a.Answered(id, 0, 100, assessment.Partial, "")
	b.ReportAllocs()
	for b.Loop() {
		if w := visitor.Request(http.MethodGet, "/assessments/"+id+"/principles/sec-02", nil); w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
	}
}

// One answer, on the disk, with what changes on the page, as the page's script asks for it.
func BenchmarkSaveAnswer(b *testing.B) {
	a := webtest.NewApp(b)
	visitor := a.SignedIn()
	id := a.NewAssessment("Claims triage assistant").ID
	a.Answered(id, 0, 100, assessment.Partial, "")
	whole := walkForm(visitor.Get("/assessments/"+id+"/principles/sec-02"), nil)
	form := url.Values{"reason.sec-02.p1": {""}, "note.sec-02.p1": {"Looked at again."}}
	for name := range whole {
		if strings.HasPrefix(name, "was_") {
			form.Set(name, whole.Get(name))
		}
	}
	shown := a.State(id).State.Sequence
	version := a.State(id).State.Answer("sec-02.p1").Version
	size := 0
	b.ReportAllocs()
	for b.Loop() {
		form.Set("status.sec-02.p1", []string{"adopted", "absent"}[version%2])
		form.Set("version.sec-02.p1", strconv.Itoa(version))
		form.Set("shown", strconv.FormatInt(shown, 10))
		w := visitor.Request(http.MethodPost, "/assessments/"+id+"/answers/sec-02.p1", form)
		if w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
		version++
		shown++
		size = w.Body.Len()
	}
	b.ReportMetric(float64(size), "B/answer")
}
