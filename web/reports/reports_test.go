package reports_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/templates"
	"plumbline/web"
	"plumbline/web/drawing"
	"plumbline/web/page"
	"plumbline/web/webtest"
)

func TestReport(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Prüfung").ID
	if text := b.Get(templates.ReportsURL(id)).Page.Find("main").Text(); !strings.Contains(text, "Reports are created from snapshots") {
		t.Errorf("without a snapshot: %q", text)
	}
	first := a.Snapshot(id, "First look")
	a.AnswerAll(id, webtest.Cycle)
	second := a.Snapshot(id, `Before "launch"`)
	forms := map[string]url.Values{
		"Snapshot":   {},
		"Comparison": {"before": {first.ID}},
	}
	for kind, form := range forms {
		t.Run(kind, func(t *testing.T) { testReport(t, b, second, kind, form) })
	}
}

func testReport(t *testing.T, b *webtest.Browser, info assessment.SnapshotInfo, kind string, form url.Values) {
	made := b.Post(templates.MakeReportURL(info.ID), form)
	if made.Status != http.StatusSeeOther {
		t.Fatalf("make: status %d", made.Status)
	}
	address := made.Header.Get("Location")
	if again := b.Post(templates.MakeReportURL(info.ID), form).Header.Get("Location"); again != address {
		t.Errorf("the second time %q, the first %q", again, address)
	}
	got, twice := b.Get(address), b.Get(address)
	if got.Status != http.StatusOK || !strings.HasPrefix(got.Body, "%PDF-") || got.Body != twice.Body {
		t.Fatalf("status %d, %d and %d bytes", got.Status, len(got.Body), len(twice.Body))
	}
	hash := assessment.Hash([]byte(got.Body))
	if tag := got.Header.Get("Etag"); tag != `"`+hash+`"` {
		t.Errorf("tag %s, want the hash %s", tag, hash)
	}
	if name := got.Header.Get("Content-Disposition"); !strings.HasPrefix(name, `attachment; filename="Pr_fung, `) || !strings.Contains(name, "; filename*=UTF-8''Pr%C3%BCfung%2C%20") {
		t.Errorf("disposition %s", name)
	}
	if media := got.Header.Get("Content-Type"); media != "application/pdf" {
		t.Errorf("type %s", media)
	}
	if kept := got.Header.Get("Cache-Control"); kept != "no-store" {
		t.Errorf("kept by browsers: %s", kept)
	}
	known := b.Do(http.MethodGet, address, nil, http.Header{"If-None-Match": {got.Header.Get("Etag")}})
	if known.Status != http.StatusNotModified {
		t.Errorf("with the tag: status %d, want 304", known.Status)
	}
	shown := b.Get(address + "?inline=1")
	if name := shown.Header.Get("Content-Disposition"); !strings.HasPrefix(name, "inline; ") || !strings.HasSuffix(shown.Header.Get("Content-Security-Policy"), "; sandbox") {
		t.Errorf("shown with %s and %s", name, shown.Header.Get("Content-Security-Policy"))
	}
	row := b.Get(templates.ReportsURL(info.Assessment)).Page.Find("tbody tr").FilterFunction(func(_ int, row *goquery.Selection) bool {
		return strings.Contains(row.Find("th").Text(), kind)
	})
	stored, _ := row.Find("code").Attr("title")
	if link, _ := row.Find("a").First().Attr("href"); row.Length() != 1 || stored != hash || link != address {
		t.Errorf("%d rows, hash %q, link %q", row.Length(), stored, link)
	}
}

func TestReportMadeFromTheList(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	info := a.Snapshot(a.NewAssessment("Claims triage").ID, "First look")
	for _, want := range []string{"Report created: First look.", "This report already exists: First look."} {
		list := templates.ReportsURL(info.Assessment)
		page := b.Get(list).Page
		address, ok := page.Find("button[formaction]").Attr("formaction")
		if !ok {
			t.Fatal("the page does not offer to make a report")
		}
		if got := b.Post(address, url.Values{"then": {"list"}}); got.Status != http.StatusSeeOther || got.Header.Get("Location") != list {
			t.Fatalf("status %d, to %s", got.Status, got.Header.Get("Location"))
		}
		page = b.Get(list).Page
		if notice := webtest.TextOf(page.Find(".notice")); notice != want || page.Find("tbody tr").Length() != 1 {
			t.Errorf("notice %q, %d rows; want %q", notice, page.Find("tbody tr").Length(), want)
		}
	}
}

func TestReportRefuses(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	info := a.Snapshot(a.NewAssessment("Claims triage").ID, "First look")
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
		if got := b.Post(templates.MakeReportURL(test.snapshot), url.Values{"before": {test.before}}); got.Status != http.StatusNotFound {
			t.Errorf("%s: status %d, want 404", name, got.Status)
		}
	}
	if got := b.Post("/reports", url.Values{"kind": {"snapshot"}, "snapshot": {info.ID}}); got.Status != http.StatusNotFound {
		t.Errorf("the address of former versions: status %d, want 404", got.Status)
	}
}

// TestReportRate draws more reports within a minute than one person may; a stored one does not count.
func TestReportRate(t *testing.T) {
	a := webtest.NewApp(t)
	handler, err := web.New(web.Options{Store: a.Store, SessionKey: make([]byte, 32), Insecure: true, Clock: a.Now})
	if err != nil {
		t.Fatal(err)
	}
	a.Server = httptest.NewServer(handler)
	t.Cleanup(a.Server.Close)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	refused := 0
	for range 12 {
		address := templates.MakeReportURL(a.Snapshot(id, "Review").ID)
		got := b.Post(address, url.Values{})
		if got.Status == http.StatusTooManyRequests {
			refused++
			if got.Header.Get("Retry-After") == "" || !strings.Contains(got.Page.Find("main").Text(), "You can create 5 reports a minute") {
				t.Errorf("refused with %q", got.Page.Find("main").Text())
			}
			continue
		}
		if again := b.Post(address, url.Values{}); got.Status != http.StatusSeeOther || again.Status != http.StatusSeeOther {
			t.Errorf("status %d, then %d", got.Status, again.Status)
		}
	}
	if refused == 0 {
		t.Error("12 reports within a minute were made")
	}
}

// occupied takes all turns and the whole queue, and returns what frees them.
func occupied(t *testing.T, drawer *drawing.Drawer) (free func()) {
	t.Helper()
	release, rest := make(chan struct{}), sync.WaitGroup{}
	for range drawing.MaxDrawing + drawing.MaxWaiting {
		rest.Go(func() {
			_, _ = drawer.Draw(t.Context(), func(context.Context, io.Writer) error {
				<-release
				return nil
			})
		})
	}
	for drawn, waiting := drawer.Busy(); drawn < drawing.MaxDrawing || waiting < drawing.MaxWaiting; drawn, waiting = drawer.Busy() {
		runtime.Gosched()
	}
	return func() {
		close(release)
		rest.Wait()
	}
}

// TestReportQueue asks for a report while all turns and the whole queue are taken.
func TestReportQueue(t *testing.T) {
	a := webtest.NewApp(t)
	drawer, err := drawing.New(nil, page.Silent{})
	if err != nil {
		t.Fatal(err)
	}
	handler, err := web.New(web.Options{Store: a.Store, SessionKey: make([]byte, 32), Insecure: true, Drawer: drawer, Clock: a.Now})
	if err != nil {
		t.Fatal(err)
	}
	a.Server = httptest.NewServer(handler)
	t.Cleanup(a.Server.Close)
	b := a.SignedIn()
	address := templates.MakeReportURL(a.Snapshot(a.NewAssessment("Claims triage").ID, "Review").ID)
	free := occupied(t, drawer)
	got := b.Post(address, url.Values{})
	if got.Status != http.StatusServiceUnavailable || got.Header.Get("Retry-After") != "10" || !strings.Contains(got.Body, "Too many reports") {
		t.Errorf("status %d, retry after %q", got.Status, got.Header.Get("Retry-After"))
	}
	free()
	if got := b.Post(address, url.Values{}); got.Status != http.StatusSeeOther {
		t.Errorf("afterwards: status %d, want 303", got.Status)
	}
}
