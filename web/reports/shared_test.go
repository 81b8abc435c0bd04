package reports_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/storage"
	"plumbline/templates"
	"plumbline/web"
	"plumbline/web/page"
	"plumbline/web/webtest"
)

// stuck is a browser that takes nothing of an answer until it is let go.
type stuck struct {
	httptest.ResponseRecorder
	begun, free chan struct{}
}

func (s *stuck) Write(b []byte) (int, error) {
	close(s.begun)
	<-s.free
	return len(b), nil
}

// TestSlowReaderHoldsUpNoShare leaves the page of a new link unread: others make theirs meanwhile.
func TestSlowReaderHoldsUpNoShare(t *testing.T) {
	a := webtest.NewApp(t)
	slow, info := a.SignedIn(), a.Report()
	request := httptest.NewRequest(http.MethodPost, templates.ShareURL(info.ID), strings.NewReader(webtest.ShareForm("30", 0).Encode()))
	request.Header = http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Cookie": {slow.Cookie()}}
	w := &stuck{begun: make(chan struct{}), free: make(chan struct{})}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		a.Server.Config.Handler.ServeHTTP(w, request)
	}()
	defer func() {
		close(w.free)
		<-ended
	}()
	<-w.begun
	b := a.SignedIn()
	b.Client.Timeout = 10 * time.Second
	b.Share(a.Report().ID)
}

// TestSharedUnderTheNameOfTheInstallation holds that a link does not depend on the name by which its maker came.
func TestSharedUnderTheNameOfTheInstallation(t *testing.T) {
	a := webtest.NewApp(t)
	info, cookie := a.Report(), a.SignedIn().Cookie()
	handler, err := web.New(web.Options{Store: a.Store, SessionKey: webtest.SessionKey, Insecure: true, Clock: a.Now,
		Host: "reviews.example.com"})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequest(http.MethodPost, templates.ShareURL(info.ID), strings.NewReader(webtest.ShareForm("30", 0).Encode()))
	request.Host = "10.0.0.7:8080"
	request.Header = http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Cookie": {cookie}}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, request)
	if page := w.Body.String(); w.Code != http.StatusCreated || !strings.Contains(page, "http://reviews.example.com/shared/") || strings.Contains(page, request.Host) {
		t.Errorf("status %d, or the link is not one of reviews.example.com", w.Code)
	}
}

// TestSharedPageSaysWhatTheSnapshotSays renames workloads after links were made: the page names them as the report does.
func TestSharedPageSaysWhatTheSnapshotSays(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	one := a.Report()
	other := a.Snapshot(a.NewAssessment("Fraud desk").ID, "Start")
	both, err := a.Store.SaveReport(t.Context(), a.Actor(), assessment.Report{Kind: assessment.ReportComparison, Snapshot: one.Snapshot, Before: other.ID,
		Media: "application/pdf", FileName: "both.pdf", Renderer: "1", Document: []byte("%PDF-1.4")})
	if err != nil {
		t.Fatal(err)
	}
	link, across := b.Share(one.ID), b.Share(both.ID)
	for _, id := range []string{one.Assessment, other.Assessment} {
		c, err := a.Store.Current(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		w := c.State.Workload
		w.Name = "Secret merger " + id
		if _, err := a.Store.UpdateWorkload(t.Context(), a.Actor(), w); err != nil {
			t.Fatal(err)
		}
	}
	for address, want := range map[string]string{link: "Report of Claims <triage>", across: "Comparison report of Fraud desk → Claims <triage>"} {
		got := a.Browser().Get(address)
		if text := webtest.TextOf(got.Page.Find("main")); got.Status != http.StatusOK || !strings.Contains(text, want) || strings.Contains(got.Page.Text(), "Secret merger") {
			t.Errorf("status %d: %s", got.Status, text)
		}
	}
}

// TestDeadShares opens links that do not work: all answers are the same, and nothing is noted.
func TestDeadShares(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	info := a.Report()
	revoked := b.Share(info.ID)
	a.Advance(time.Minute)
	expired, working := b.Share(info.ID), b.Share(info.ID)
	id := b.Get(templates.ShareURL(info.ID)).Page.Find(".share").Last().Find("form").AttrOr("action", "")
	for _, what := range []string{"revoke", "a repeated submit"} {
		if got := b.Post(id, url.Values{}); got.Status != http.StatusSeeOther {
			t.Errorf("%s: status %d", what, got.Status)
		}
	}
	if got := a.Browser().Get(working); got.Status != http.StatusOK {
		t.Errorf("another link: status %d", got.Status)
	}
	var dead string
	for i, state := range []string{"until it ends", "afterwards"} {
		if i == 1 {
			a.Advance(30 * 24 * time.Hour) // the last ones end at this moment
		}
		paths := []string{"/shared/" + page.NewToken(), "/shared/x", "/shared/%00%ff", revoked}
		if i == 1 {
			paths = append(paths, expired, working)
		}
		for _, path := range paths {
			got, download := a.Browser().Get(path), a.Browser().Post(path+"/report", url.Values{})
			if dead == "" {
				dead = got.Body
			}
			if got.Status != http.StatusNotFound || got.Body != dead || download.Status != http.StatusNotFound || download.Body != dead {
				t.Errorf("%s, %s: status %d and %d, or another page", state, path, got.Status, download.Status)
			}
			wantSecret(t, path, got)
			wantSecret(t, path, download)
		}
	}
	text := a.SignedIn().Get(templates.ShareURL(info.ID)).Page.Find("main").Text()
	for _, want := range []string{"0 of 3 active", "Expired", "Revoked"} {
		if !strings.Contains(text, want) {
			t.Errorf("the links do not say %q: %q", want, text)
		}
	}
	for _, share := range a.Shares(info.ID) {
		if share.Uses > 0 {
			t.Errorf("uses were noted: %+v", share)
		}
	}
}

// TestSharedRate opens more shared pages within a minute than one address may, right and wrong ones.
func TestSharedRate(t *testing.T) {
	a := webtest.NewApp(t)
	link := a.SignedIn().Share(a.Report().ID)
	handler, err := web.New(web.Options{Store: a.Store, SessionKey: webtest.SessionKey, Insecure: true, Clock: a.Now})
	if err != nil {
		t.Fatal(err)
	}
	a.Server = httptest.NewServer(handler)
	t.Cleanup(a.Server.Close)
	refused := 0
	for i := range 70 {
		path := link
		if i%2 == 0 {
			path = "/shared/" + page.NewToken()
		}
		if got := a.Browser().Get(path); got.Status == http.StatusTooManyRequests {
			refused++
			if got.Header.Get("Retry-After") == "" {
				t.Error("refused without saying when to try again")
			}
			wantSecret(t, "refused", got)
		}
	}
	if refused == 0 {
		t.Error("70 pages within a minute were shown")
	}
}

// TestCrossSiteDownload posts from another site, which would note a use that nobody made.
func TestCrossSiteDownload(t *testing.T) {
	a := webtest.NewApp(t)
	info := a.Report()
	link := a.SignedIn().Share(info.ID)
	for _, header := range []http.Header{{"Sec-Fetch-Site": {"cross-site"}}, {"Origin": {"https://evil.example"}}} {
		if got := a.Browser().Do(http.MethodPost, link+"/report", url.Values{}, header); got.Status != http.StatusForbidden {
			t.Errorf("%v: status %d", header, got.Status)
		}
	}
	if uses := a.Shares(info.ID)[0].Uses; uses != 0 {
		t.Errorf("%d uses were noted", uses)
	}
	// A browser that sends no referrer names no origin either, but says that the request comes from the same site.
	own := http.Header{"Sec-Fetch-Site": {"same-origin"}, "Origin": {"null"}}
	if got := a.Browser().Do(http.MethodPost, link+"/report", url.Values{}, own); got.Status != http.StatusOK {
		t.Errorf("from the page itself: status %d", got.Status)
	}
}

// counted counts how often the document of a snapshot is read whole.
type counted struct {
	*storage.Store
	reads *atomic.Int64
}

func (s counted) Snapshot(ctx context.Context, id string) (assessment.SnapshotInfo, []byte, error) {
	s.reads.Add(1)
	return s.Store.Snapshot(ctx, id)
}

// TestSharedPageReadsItsSnapshotOnce: anybody with a link can open the page again and again.
func TestSharedPageReadsItsSnapshotOnce(t *testing.T) {
	a := webtest.NewApp(t)
	link := a.SignedIn().Share(a.Report().ID)
	reads := new(atomic.Int64)
	b := a.Over(counted{a.Store, reads}).Browser()
	for range 3 {
		if got := b.Get(link); got.Status != http.StatusOK || !strings.Contains(got.Page.Find("main").Text(), "Claims <triage>") {
			t.Fatalf("status %d", got.Status)
		}
	}
	if n := reads.Load(); n != 1 {
		t.Errorf("the snapshot was read %d times", n)
	}
}
