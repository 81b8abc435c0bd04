package reports_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/storage"
	"plumbline/templates"
	view "plumbline/templates/reports"
	"plumbline/web"
	"plumbline/web/page"
	"plumbline/web/webtest"
)

func TestShareReport(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	info := a.Report()
	path := templates.ShareURL(info.ID)
	if href := b.Get(templates.ReportsURL(info.Assessment)).Page.Find("a[href='" + path + "']"); href.Length() != 1 {
		t.Error("the list of reports does not lead to its links")
	}
	if text := b.Get(path).Page.Find("main").Text(); !strings.Contains(text, "Not shared yet") {
		t.Errorf("before: %q", text)
	}
	link := b.Share(info.ID)
	if page := b.Get(path); strings.Contains(page.Body, link) || !strings.Contains(page.Page.Find(".share").Text(), "Never used") {
		t.Errorf("the link is shown again: %q", page.Page.Find("main").Text())
	}
	made := a.Shares(info.ID)[0]
	if want := a.Now().Add(30 * 24 * time.Hour); !made.ExpiresAt.Equal(want) || made.CreatedBy != "Ines Okafor" {
		t.Errorf("stored %+v, want the end %s", made, want)
	}

	stranger := a.Browser()
	page := stranger.Get(link)
	for _, want := range []string{info.Title, "Claims <triage>", "23 Nov 2026", info.SHA256, "Ines Okafor", "23 Dec 2026, 14:31 UTC"} {
		if !strings.Contains(page.Page.Find("main").Text(), want) {
			t.Errorf("the shared page does not say %q: %q", want, page.Page.Find("main").Text())
		}
	}
	wantSecret(t, "page", page)
	if uses := a.Shares(info.ID)[0].Uses; uses != 0 {
		t.Errorf("looking at the page counts as %d uses", uses)
	}
	action := page.Page.Find("form").AttrOr("action", "")
	for i := range 3 {
		a.Advance(time.Minute)
		got := stranger.Do(http.MethodPost, action, url.Values{}, http.Header{"User-Agent": {"Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0 <b>"}})
		if got.Status != http.StatusOK || got.Body != "%PDF-1.4 of "+info.Snapshot || got.Header.Get("Content-Type") != "application/pdf" {
			t.Fatalf("download %d: status %d, %q", i, got.Status, got.Body)
		}
		if name := got.Header.Get("Content-Disposition"); !strings.HasPrefix(name, "attachment; ") || !strings.Contains(name, "Pr%C3%BCfung.pdf") {
			t.Errorf("download %d: %s", i, name)
		}
		wantSecret(t, "download", got)
	}
	uses, err := a.Store.ShareUses(context.Background(), info.ID, made.ID, 10)
	if err != nil || len(uses) != 3 || uses[0].Address != "127.0.0.1" || !strings.Contains(uses[0].Agent, "Firefox") || !uses[0].At.Equal(a.Now()) {
		t.Errorf("noted %+v, %v", uses, err)
	}
	row := b.Get(path).Page.Find(".share")
	for _, want := range []string{"3 downloads, last 23 Nov 2026, 14:34 UTC", "127.0.0.1", "Firefox on Linux"} {
		if !strings.Contains(row.Text(), want) {
			t.Errorf("the link does not say %q: %q", want, row.Text())
		}
	}
}

// wantSecret fails unless an answer keeps its address from others.
func wantSecret(t *testing.T, what string, got webtest.Answer) {
	t.Helper()
	for header, want := range map[string]string{"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive"} {
		if got.Header.Get(header) != want {
			t.Errorf("%s: %s is %q, want %q", what, header, got.Header.Get(header), want)
		}
	}
	if tag := got.Header.Get("Etag"); tag != "" {
		t.Errorf("%s: tag %s", what, tag)
	}
}

func TestShareRefuses(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	info := a.Report()
	const says = "Enter a whole number of days from 1 to 366"
	for _, days := range []string{"", " ", "0", "-1", "367", "1.5", "ten", "1e2", "9999999999999999999", "١", "a\x00", "\xff", "<b>", strings.Repeat("1", 10_000)} {
		got := b.Post(templates.ShareURL(info.ID), webtest.ShareForm(days, 0))
		if at := got.Page.Find("#days-error").Text(); got.Status != http.StatusUnprocessableEntity || at != says {
			t.Errorf("%.20q: status %d, %q", days, got.Status, at)
		}
		if link := got.Page.Find(".errors a[href='#days']").Text(); link != says {
			t.Errorf("%.20q: in the summary %q", days, link)
		}
	}
	for _, version := range []string{"", "first", "-1"} {
		if got := b.Post(templates.ShareURL(info.ID), url.Values{"days": {"3"}, "version": {version}}); got.Status != http.StatusPreconditionRequired {
			t.Errorf("version %q: status %d", version, got.Status)
		}
	}
	if n := len(a.Shares(info.ID)); n != 0 {
		t.Errorf("%d links are stored", n)
	}
	for i, days := range []string{"1", " 366 "} {
		if got := b.Post(templates.ShareURL(info.ID), webtest.ShareForm(days, i)); got.Status != http.StatusCreated {
			t.Errorf("%q: status %d", days, got.Status)
		}
	}
}

// TestRepeatedShare sends one form many times at once: it makes one link.
func TestRepeatedShare(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	info := a.Report()
	var wait sync.WaitGroup
	answers := make([]webtest.Answer, 6)
	for i := range answers {
		wait.Go(func() { answers[i] = b.Post(templates.ShareURL(info.ID), webtest.ShareForm("30", 0)) })
	}
	wait.Wait()
	made := 0
	for _, got := range answers {
		switch {
		case got.Status == http.StatusCreated:
			made++
		case got.Status != http.StatusConflict || !strings.Contains(got.Page.Find("[role=alert]").Text(), "Ines Okafor created a link after you opened this page"):
			t.Errorf("status %d, %q", got.Status, got.Page.Find("[role=alert]").Text())
		}
	}
	if n := len(a.Shares(info.ID)); made != 1 || n != 1 {
		t.Errorf("%d made, %d stored", made, n)
	}
}

// TestDoubleClickOnShare sends the form of one page twice: both answers show the same link, and there is one.
func TestDoubleClickOnShare(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	info := a.Report()
	form := webtest.FormValues(t, b.Get(templates.ShareURL(info.ID)), "main form[novalidate]")
	first, second := b.Post(templates.ShareURL(info.ID), form), b.Post(templates.ShareURL(info.ID), form)
	link := first.Page.Find("#link").AttrOr("value", "")
	if first.Status != http.StatusCreated || second.Status != http.StatusCreated || link == "" || second.Page.Find("#link").AttrOr("value", "") != link {
		t.Errorf("status %d and %d, links %q and %q", first.Status, second.Status, link, second.Page.Find("#link").AttrOr("value", ""))
	}
	if n := len(a.Shares(info.ID)); n != 1 {
		t.Errorf("%d links are stored", n)
	}
	if got := a.Browser().Get(strings.TrimPrefix(link, a.Server.URL)); got.Status != http.StatusOK {
		t.Errorf("the link answers %d", got.Status)
	}
}

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

func TestWhoMayShare(t *testing.T) {
	a := webtest.NewApp(t)
	info := a.Report()
	other := a.Report()
	lead := a.SignedIn()
	lead.Share(info.ID)
	id := a.Shares(info.ID)[0].ID
	for role, want := range map[access.Role]int{access.Viewer: 403, access.Architect: 200, "": 404} {
		b := a.SignedInWith(role)
		statuses := []int{b.Get(templates.ShareURL(info.ID)).Status}
		if want != http.StatusOK {
			statuses = append(statuses, b.Post(templates.ShareURL(info.ID), webtest.ShareForm("3", 1)).Status,
				b.Post(view.RevokeShareURL(info.ID, id), url.Values{}).Status)
		}
		for i, status := range statuses {
			if status != want {
				t.Errorf("%q, request %d: status %d, want %d", role, i, status, want)
			}
		}
		says := strings.Contains(b.Get(templates.ReportsURL(info.Assessment)).Body, "Only an architect or a lead of this team can share reports")
		if says != (role == access.Viewer) {
			t.Errorf("%q is told that they may not: %v", role, says)
		}
	}
	for name, path := range map[string]string{"another report's link": view.RevokeShareURL(other.ID, id), "unknown link": view.RevokeShareURL(info.ID, "x"),
		"unknown report": view.RevokeShareURL("x", id)} {
		if got := lead.Post(path, url.Values{}); got.Status != http.StatusNotFound {
			t.Errorf("%s: status %d", name, got.Status)
		}
	}
	if list := a.Shares(info.ID); len(list) != 1 || !list[0].RevokedAt.IsZero() {
		t.Errorf("stored %+v", list)
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
