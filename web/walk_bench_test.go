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

// One answer, on the disk, with what changes on the page.
func BenchmarkSaveAnswer(b *testing.B) {
	a := newApp(b)
	visitor := a.signedIn()
	id := a.newAssessment("Claims triage assistant").ID
	a.answered(id, 0, 100, assessment.Partial, "")
	form := walkForm(visitor.get("/assessments/"+id+"/principles/sec-02"), nil)
	version := a.state(id).State.Answer("sec-02.p1").Version
	b.ReportAllocs()
	for b.Loop() {
		form.Set("status.sec-02.p1", []string{"adopted", "absent"}[version%2])
		form.Set("version.sec-02.p1", strconv.Itoa(version))
		if w := visitor.request(http.MethodPost, "/assessments/"+id+"/answers/sec-02.p1", form); w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
		version++
	}
}
