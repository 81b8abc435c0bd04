package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/templates"
	"plumbline/web"
)

func TestReport(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newAssessment("Prüfung").ID
	if text := b.get(templates.ReportsURL(id)).page.Find("main").Text(); !strings.Contains(text, "A report needs a snapshot") {
		t.Errorf("without a snapshot: %q", text)
	}
	first := a.snapshot(id, "First look")
	a.answerAll(id, cycle)
	second := a.snapshot(id, `Before "launch"`)
	forms := map[string]url.Values{
		"Snapshot":   {},
		"Comparison": {"before": {first.ID}},
	}
	for kind, form := range forms {
		t.Run(kind, func(t *testing.T) { testReport(t, b, second, kind, form) })
	}
}

func testReport(t *testing.T, b *browser, info assessment.SnapshotInfo, kind string, form url.Values) {
	made := b.post(templates.MakeReportURL(info.ID), form)
	if made.status != http.StatusSeeOther {
		t.Fatalf("make: status %d", made.status)
	}
	address := made.header.Get("Location")
	if again := b.post(templates.MakeReportURL(info.ID), form).header.Get("Location"); again != address {
		t.Errorf("the second time %q, the first %q", again, address)
	}
	got, twice := b.get(address), b.get(address)
	if got.status != http.StatusOK || !strings.HasPrefix(got.body, "%PDF-") || got.body != twice.body {
		t.Fatalf("status %d, %d and %d bytes", got.status, len(got.body), len(twice.body))
	}
	hash := assessment.Hash([]byte(got.body))
	if tag := got.header.Get("Etag"); tag != `"`+hash+`"` {
		t.Errorf("tag %s, want the hash %s", tag, hash)
	}
	if name := got.header.Get("Content-Disposition"); !strings.HasPrefix(name, `attachment; filename="Pr_fung, `) || !strings.Contains(name, "; filename*=UTF-8''Pr%C3%BCfung%2C%20") {
		t.Errorf("disposition %s", name)
	}
	if media := got.header.Get("Content-Type"); media != "application/pdf" {
		t.Errorf("type %s", media)
	}
	known := b.do(http.MethodGet, address, nil, http.Header{"If-None-Match": {got.header.Get("Etag")}})
	if known.status != http.StatusNotModified {
		t.Errorf("with the tag: status %d, want 304", known.status)
	}
	shown := b.get(address + "?inline=1")
	if name := shown.header.Get("Content-Disposition"); !strings.HasPrefix(name, "inline; ") || !strings.HasSuffix(shown.header.Get("Content-Security-Policy"), "; sandbox") {
		t.Errorf("shown with %s and %s", name, shown.header.Get("Content-Security-Policy"))
	}
	row := b.get(templates.ReportsURL(info.Assessment)).page.Find("tbody tr").FilterFunction(func(_ int, row *goquery.Selection) bool {
		return strings.Contains(row.Find("th").Text(), kind)
	})
	stored, _ := row.Find("code").Attr("title")
	if link, _ := row.Find("a").First().Attr("href"); row.Length() != 1 || stored != hash || link != address {
		t.Errorf("%d rows, hash %q, link %q", row.Length(), stored, link)
	}
}

func TestReportMadeFromTheList(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	info := a.snapshot(a.newAssessment("Claims triage").ID, "First look")
	for _, want := range []string{"The report is made: First look.", "This report was made before, and is in the list: First look."} {
		list := templates.ReportsURL(info.Assessment)
		page := b.get(list).page
		address, ok := page.Find("button[formaction]").Attr("formaction")
		if !ok {
			t.Fatal("the page does not offer to make a report")
		}
		if got := b.post(address, url.Values{"then": {"list"}}); got.status != http.StatusSeeOther || got.header.Get("Location") != list {
			t.Fatalf("status %d, to %s", got.status, got.header.Get("Location"))
		}
		page = b.get(list).page
		if notice := textOf(page.Find(".notice")); notice != want || page.Find("tbody tr").Length() != 1 {
			t.Errorf("notice %q, %d rows; want %q", notice, page.Find("tbody tr").Length(), want)
		}
	}
}

func TestReportRefuses(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	info := a.snapshot(a.newAssessment("Claims triage").ID, "First look")
	tests := map[string]struct {
		snapshot, before string
	}{
		"unknown snapshot":       {"unknown", ""},
		"broken UTF-8":           {"\xff", ""},
		"compare with now":       {"now", info.ID},
		"unknown one to compare": {info.ID, "unknown"},
		"broken one to compare":  {info.ID, "\xff"},
	}
	for name, test := range tests {
		if got := b.post(templates.MakeReportURL(test.snapshot), url.Values{"before": {test.before}}); got.status != http.StatusNotFound {
			t.Errorf("%s: status %d, want 404", name, got.status)
		}
	}
	if got := b.post("/reports", url.Values{"kind": {"snapshot"}, "snapshot": {info.ID}}); got.status != http.StatusNotFound {
		t.Errorf("the address of former versions: status %d, want 404", got.status)
	}
}

// TestReportRate draws more reports within a minute than one person may; a stored one does not count.
func TestReportRate(t *testing.T) {
	a := newApp(t)
	handler, err := web.New(web.Options{Store: a.store, SessionKey: make([]byte, 32), Insecure: true, Clock: func() time.Time { return a.now }})
	if err != nil {
		t.Fatal(err)
	}
	a.server = httptest.NewServer(handler)
	t.Cleanup(a.server.Close)
	b := a.signedIn()
	id := a.newAssessment("Claims triage").ID
	refused := 0
	for range 12 {
		address := templates.MakeReportURL(a.snapshot(id, "Review").ID)
		got := b.post(address, url.Values{})
		if got.status == http.StatusTooManyRequests {
			refused++
			if got.header.Get("Retry-After") == "" || !strings.Contains(got.page.Find("main").Text(), "At most 5 new reports a minute") {
				t.Errorf("refused with %q", got.page.Find("main").Text())
			}
			continue
		}
		if again := b.post(address, url.Values{}); got.status != http.StatusSeeOther || again.status != http.StatusSeeOther {
			t.Errorf("status %d, then %d", got.status, again.status)
		}
	}
	if refused == 0 {
		t.Error("12 reports within a minute were made")
	}
}

// TestReportQueue asks for a report while all turns and the whole queue are taken.
func TestReportQueue(t *testing.T) {
	a := newApp(t)
	handler, err := web.New(web.Options{Store: a.store, SessionKey: make([]byte, 32), Insecure: true, Clock: func() time.Time { return a.now }})
	if err != nil {
		t.Fatal(err)
	}
	a.server = httptest.NewServer(handler)
	t.Cleanup(a.server.Close)
	b := a.signedIn()
	address := templates.MakeReportURL(a.snapshot(a.newAssessment("Claims triage").ID, "Review").ID)
	free := handler.OccupyDrawer(t)
	got := b.post(address, url.Values{})
	if got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") != "10" || !strings.Contains(got.body, "Too many reports") {
		t.Errorf("status %d, retry after %q", got.status, got.header.Get("Retry-After"))
	}
	free()
	if got := b.post(address, url.Values{}); got.status != http.StatusSeeOther {
		t.Errorf("afterwards: status %d, want 303", got.status)
	}
}
