package find_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/webtest"
)

// found returns the titles of what was found of one kind, nil for nothing.
func found(p *goquery.Document, kind string) []string {
	return p.Find("#found section[aria-label='" + kind + "'] a > span").Map(func(_ int, one *goquery.Selection) string { return one.Text() })
}

func TestFind(t *testing.T) {
	a := webtest.NewApp(t)
	claims, other := a.NewAssessment("Claims triage"), a.NewAssessment("Contract search")
	taken := a.Snapshot(claims.ID, "Board review")
	practice := a.Practices(claims.ID)[3]
	a.Answer(claims.ID, practice.ID, assessment.Partial)
	b := a.SignedIn()
	in := func(address, search string) *goquery.Document {
		t.Helper()
		got := b.Get(address + "?" + url.Values{templates.ParamSearch: {search}}.Encode())
		if got.Status != http.StatusOK {
			t.Fatalf("%q: status %d", search, got.Status)
		}
		return got.Page
	}
	here := templates.FindInURL(claims.ID)
	byID := in(here, strings.ToUpper(practice.ID))
	if got := found(byID, "Practices"); !slices.Equal(got, []string{practice.Title}) || !strings.Contains(byID.Find("#found small").First().Text(), "Partially") {
		t.Errorf("by its id: %q", got)
	}
	if address := byID.Find("#found a").AttrOr("href", ""); !strings.HasSuffix(address, "#p-"+practice.ID) {
		t.Errorf("it leads to %s", address)
	}
	if said := in(here, "canary").Find("#found small").Text(); !strings.Contains(said, "also called") {
		t.Errorf("another name is told as %q", said)
	}
	if got := in(here, "board rev").Find("#found a").AttrOr("href", ""); got != templates.SnapshotURL(taken.ID) {
		t.Errorf("the snapshot leads to %s", got)
	}
	for search, want := range map[string]string{"search contract": templates.AssessmentURL(other.ID), "prior": templates.PrioritiesURL(claims.ID), "tokens": templates.AccountURL + "/tokens"} {
		if got := in(here, search).Find("#found a[href='" + want + "']").Length(); got != 1 {
			t.Errorf("%q finds %s %d times", search, want, got)
		}
	}
	if got := found(in(templates.FindURL, "claims"), "Workloads"); !slices.Equal(got, []string{"Claims triage"}) {
		t.Errorf("everywhere: %q", got)
	}
	if got := found(in(here, ""), "Pages"); len(got) < 15 {
		t.Errorf("without a search: %q", got)
	}
	for _, search := range []string{"nothing like this", strings.Repeat("x", 10_000), "\x00", "<script>"} {
		if text := in(here, search).Find("#found").Text(); !strings.Contains(text, "Nothing found") {
			t.Errorf("%.20q finds %q", search, text)
		}
	}
}

// TestFindTellsNothing: what a visitor may not open is not found.
func TestFindTellsNothing(t *testing.T) {
	a := webtest.NewApp(t)
	a.NewAssessment("Claims triage")
	viewer := a.SignedInWith(access.Viewer)
	pages := viewer.Get(templates.FindURL).Page.Find("#found")
	for _, address := range []string{templates.PeopleURL, templates.AuditURL, templates.NewWorkloadURL} {
		if pages.Find("a[href='"+address+"']").Length() != 0 {
			t.Errorf("a viewer is led to %s", address)
		}
	}
	stranger := a.SignedInAs(a.Member("", "").User)
	if text := stranger.Get(templates.FindURL + "?q=claims").Page.Find("#found").Text(); strings.Contains(text, "triage") {
		t.Errorf("a stranger finds %q", text)
	}
}
