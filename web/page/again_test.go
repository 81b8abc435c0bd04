package page_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/web/webtest"
)

// sentAgain returns the form that a page of an error offers to send again.
func sentAgain(page *goquery.Document) (action string, fields url.Values) {
	form := page.Find("main form")
	fields = url.Values{}
	form.Find("input").Each(func(_ int, input *goquery.Selection) {
		fields.Add(input.AttrOr("name", ""), input.AttrOr("value", ""))
	})
	return form.AttrOr("action", ""), fields
}

func TestWhatWasTypedIsSentAgain(t *testing.T) {
	for code, want := range map[assessment.Code]int{
		assessment.Unavailable: http.StatusServiceUnavailable,
		assessment.NoSpace:     http.StatusInsufficientStorage,
		assessment.Internal:    http.StatusInternalServerError,
	} {
		t.Run(http.StatusText(want), func(t *testing.T) {
			a := webtest.NewApp(t)
			id := a.NewSmallAssessment().ID
			store := a.OnFailing(code)
			b := a.SignedInAs(a.Actor().User)
			typed := webtest.OneAnswer(map[string]string{"note.r2": "Line one\n\"two\" <b>&amp; שלום 🙂", "evidence_url.r2": "https://example.com/x"})
			typed.Add("evidence_url.r2", "https://example.com/y")
			got := b.Post("/assessments/"+id+"/answers/r2?x=1", typed)
			action, fields := sentAgain(got.Page)
			if got.Status != want || action != "/assessments/"+id+"/answers/r2?x=1" || fields.Encode() != typed.Encode() {
				t.Fatalf("status %d, %s with %v; want %d with what was typed", got.Status, action, fields, want)
			}
			store.Code = ""
			if got := b.Post(action, fields); got.Status != http.StatusSeeOther {
				t.Errorf("sent again: status %d", got.Status)
			}
			if stored := a.State(id).State.Answer("r2"); stored.Note != typed.Get("note.r2") || len(stored.Evidence) != 2 {
				t.Errorf("stored %+v", stored)
			}
		})
	}
}

func TestNoPasswordIsSentAgain(t *testing.T) {
	a := webtest.NewApp(t)
	a.OnFailing(assessment.Unavailable)
	got := a.Browser().Post("/login", url.Values{"email": {webtest.TestEmail}, "password": {"wrong wrong wrong"}})
	if got.Status != http.StatusServiceUnavailable || got.Page.Find("main form").Length() != 0 {
		t.Errorf("status %d with %d forms, want 503 without one", got.Status, got.Page.Find("main form").Length())
	}
}
