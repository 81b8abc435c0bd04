package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"plumbline/assessment"
)

// request asks the handler itself, as the signed-in browser would.
func (b *browser) request(method, path string, form url.Values) *httptest.ResponseRecorder {
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r := httptest.NewRequest(method, path, body)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Hx-Request", "true")
	}
	address, err := url.Parse(b.server.URL)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, cookie := range b.client.Jar.Cookies(address) {
		r.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	b.server.Config.Handler.ServeHTTP(w, r)
	return w
}

// The page of a principle with seven practices, with all that surrounds it.
func BenchmarkPrinciplePage(b *testing.B) {
	a := newApp(b)
	visitor := a.signedIn()
	id := a.newAssessment("Claims triage assistant").ID
	a.answered(id, 0, 100, assessment.Partial, "")
	b.ReportAllocs()
	for b.Loop() {
		if w := visitor.request(http.MethodGet, "/assessments/"+id+"/principles/sec-02", nil); w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
	}
}

// One answer, on the disk, with what changes on the page, as the page's script asks for it.
func BenchmarkSaveAnswer(b *testing.B) {
	a := newApp(b)
	visitor := a.signedIn()
	id := a.newAssessment("Claims triage assistant").ID
	a.answered(id, 0, 100, assessment.Partial, "")
	whole := walkForm(visitor.get("/assessments/"+id+"/principles/sec-02"), nil)
	form := url.Values{"bare": {"1"}, "reason.sec-02.p1": {""}, "note.sec-02.p1": {"Looked at again."}}
	for name := range whole {
		if strings.HasPrefix(name, "was_") {
			form.Set(name, whole.Get(name))
		}
	}
	shown := a.state(id).State.Sequence
	version := a.state(id).State.Answer("sec-02.p1").Version
	size := 0
	b.ReportAllocs()
	for b.Loop() {
		form.Set("status.sec-02.p1", []string{"adopted", "absent"}[version%2])
		form.Set("version.sec-02.p1", strconv.Itoa(version))
		form.Set("shown", strconv.FormatInt(shown, 10))
		w := visitor.request(http.MethodPost, "/assessments/"+id+"/answers/sec-02.p1", form)
		if w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
		version++
		shown++
		size = w.Body.Len()
	}
	b.ReportMetric(float64(size), "B/answer")
}
