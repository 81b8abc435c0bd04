package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/templates"
	"plumbline/web"
)

// report draws and stores the report of a new snapshot.
func (a *app) report() assessment.ReportInfo {
	a.t.Helper()
	info := a.snapshot(a.newAssessment("Claims <triage>").ID, "Launch")
	made := assessment.Report{Kind: assessment.ReportSnapshot, Snapshot: info.ID, Media: "application/pdf", FileName: "Prüfung.pdf",
		Renderer: "1", Document: []byte("%PDF-1.4 of " + info.ID)}
	stored, err := a.store.SaveReport(context.Background(), a.actor(), made)
	if err != nil {
		a.t.Fatal(err)
	}
	return stored
}

func (a *app) shares(report string) []assessment.Share {
	a.t.Helper()
	list, err := a.store.Shares(context.Background(), report)
	if err != nil {
		a.t.Fatal(err)
	}
	return list
}

func shareForm(days string, seen int) url.Values {
	return url.Values{"days": {days}, "version": {strconv.Itoa(seen)}}
}

// share makes a link to a report and returns its path.
func (b *browser) share(report string) string {
	b.t.Helper()
	got := b.post(templates.ShareURL(report), shareForm("30", len(b.shares(report))))
	link, ok := strings.CutPrefix(got.page.Find("#link").AttrOr("value", ""), b.server.URL)
	if got.status != http.StatusCreated || !ok {
		b.t.Fatalf("share: status %d, link %q", got.status, link)
	}
	return link
}

func TestShareReport(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	info := a.report()
	path := templates.ShareURL(info.ID)
	if href := b.get(templates.ReportsURL(info.Assessment)).page.Find("a[href='" + path + "']"); href.Length() != 1 {
		t.Error("the list of reports does not lead to its links")
	}
	if text := b.get(path).page.Find("main").Text(); !strings.Contains(text, "Nobody has shared this report yet") {
		t.Errorf("before: %q", text)
	}
	link := b.share(info.ID)
	if page := b.get(path); strings.Contains(page.body, link) || !strings.Contains(page.page.Find(".share").Text(), "Never used") {
		t.Errorf("the link is shown again: %q", page.page.Find("main").Text())
	}
	made := a.shares(info.ID)[0]
	if want := a.now.Add(30 * 24 * time.Hour); !made.ExpiresAt.Equal(want) || made.CreatedBy != "Ines Okafor" {
		t.Errorf("stored %+v, want the end %s", made, want)
	}

	stranger := a.browser()
	page := stranger.get(link)
	for _, want := range []string{info.Title, "Claims <triage>", "23 Nov 2026", info.SHA256, "Ines Okafor", "23 Dec 2026, 14:31 UTC"} {
		if !strings.Contains(page.page.Find("main").Text(), want) {
			t.Errorf("the shared page does not say %q: %q", want, page.page.Find("main").Text())
		}
	}
	wantSecret(t, "page", page)
	if uses := a.shares(info.ID)[0].Uses; uses != 0 {
		t.Errorf("looking at the page counts as %d uses", uses)
	}
	action := page.page.Find("form").AttrOr("action", "")
	for i := range 3 {
		a.now = a.now.Add(time.Minute)
		got := stranger.do(http.MethodPost, action, url.Values{}, http.Header{"User-Agent": {"Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0 <b>"}})
		if got.status != http.StatusOK || got.body != "%PDF-1.4 of "+info.Snapshot || got.header.Get("Content-Type") != "application/pdf" {
			t.Fatalf("download %d: status %d, %q", i, got.status, got.body)
		}
		if name := got.header.Get("Content-Disposition"); !strings.HasPrefix(name, "attachment; ") || !strings.Contains(name, "Pr%C3%BCfung.pdf") {
			t.Errorf("download %d: %s", i, name)
		}
		wantSecret(t, "download", got)
	}
	uses, err := a.store.ShareUses(context.Background(), info.ID, made.ID, 10)
	if err != nil || len(uses) != 3 || uses[0].Address != "127.0.0.1" || !strings.Contains(uses[0].Agent, "Firefox") || !uses[0].At.Equal(a.now) {
		t.Errorf("noted %+v, %v", uses, err)
	}
	row := b.get(path).page.Find(".share")
	for _, want := range []string{"3 downloads, last 23 Nov 2026, 14:34 UTC", "127.0.0.1", "Firefox on Linux"} {
		if !strings.Contains(row.Text(), want) {
			t.Errorf("the link does not say %q: %q", want, row.Text())
		}
	}
}

// wantSecret fails unless an answer keeps its address from others.
func wantSecret(t *testing.T, what string, got answer) {
	t.Helper()
	for header, want := range map[string]string{"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive"} {
		if got.header.Get(header) != want {
			t.Errorf("%s: %s is %q, want %q", what, header, got.header.Get(header), want)
		}
	}
	if tag := got.header.Get("Etag"); tag != "" {
		t.Errorf("%s: tag %s", what, tag)
	}
}

func TestShareRefuses(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	info := a.report()
	const says = "Enter a whole number of days from 1 to 366"
	for _, days := range []string{"", " ", "0", "-1", "367", "1.5", "ten", "1e2", "9999999999999999999", "١", "a\x00", "\xff", "<b>", strings.Repeat("1", 10_000)} {
		got := b.post(templates.ShareURL(info.ID), shareForm(days, 0))
		if at := got.page.Find("#days-error").Text(); got.status != http.StatusUnprocessableEntity || at != says {
			t.Errorf("%.20q: status %d, %q", days, got.status, at)
		}
		if link := got.page.Find(".errors a[href='#days']").Text(); link != says {
			t.Errorf("%.20q: in the summary %q", days, link)
		}
	}
	for _, version := range []string{"", "first", "-1"} {
		if got := b.post(templates.ShareURL(info.ID), url.Values{"days": {"3"}, "version": {version}}); got.status != http.StatusPreconditionRequired {
			t.Errorf("version %q: status %d", version, got.status)
		}
	}
	if n := len(a.shares(info.ID)); n != 0 {
		t.Errorf("%d links are stored", n)
	}
	for i, days := range []string{"1", " 366 "} {
		if got := b.post(templates.ShareURL(info.ID), shareForm(days, i)); got.status != http.StatusCreated {
			t.Errorf("%q: status %d", days, got.status)
		}
	}
}

// TestRepeatedShare sends one form many times at once: it makes one link.
func TestRepeatedShare(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	info := a.report()
	var wait sync.WaitGroup
	answers := make([]answer, 6)
	for i := range answers {
		wait.Go(func() { answers[i] = b.post(templates.ShareURL(info.ID), shareForm("30", 0)) })
	}
	wait.Wait()
	made := 0
	for _, got := range answers {
		switch {
		case got.status == http.StatusCreated:
			made++
		case got.status != http.StatusConflict || !strings.Contains(got.page.Find("[role=alert]").Text(), "Ines Okafor made a link after this page was opened"):
			t.Errorf("status %d, %q", got.status, got.page.Find("[role=alert]").Text())
		}
	}
	if n := len(a.shares(info.ID)); made != 1 || n != 1 {
		t.Errorf("%d made, %d stored", made, n)
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
	a := newApp(t)
	slow, info := a.signedIn(), a.report()
	request := httptest.NewRequest(http.MethodPost, templates.ShareURL(info.ID), strings.NewReader(shareForm("30", 0).Encode()))
	request.Header = http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Cookie": {slow.cookie()}}
	w := &stuck{begun: make(chan struct{}), free: make(chan struct{})}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		a.server.Config.Handler.ServeHTTP(w, request)
	}()
	defer func() {
		close(w.free)
		<-ended
	}()
	<-w.begun
	b := a.signedIn()
	b.client.Timeout = 10 * time.Second
	b.share(a.report().ID)
}

// TestSharedUnderTheNameOfTheInstallation holds that a link does not depend on the name by which its maker came.
func TestSharedUnderTheNameOfTheInstallation(t *testing.T) {
	a := newApp(t)
	info, cookie := a.report(), a.signedIn().cookie()
	handler, err := web.New(web.Options{Store: a.store, SessionKey: sessionKey, Insecure: true, Clock: func() time.Time { return a.now },
		Host: "reviews.example.com"})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequest(http.MethodPost, templates.ShareURL(info.ID), strings.NewReader(shareForm("30", 0).Encode()))
	request.Host = "10.0.0.7:8080"
	request.Header = http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Cookie": {cookie}}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, request)
	if page := w.Body.String(); w.Code != http.StatusCreated || !strings.Contains(page, "http://reviews.example.com/shared/") || strings.Contains(page, request.Host) {
		t.Errorf("status %d, or the link is not one of reviews.example.com", w.Code)
	}
}

// TestDeadShares opens links that do not work: all answers are the same, and nothing is noted.
func TestDeadShares(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	info := a.report()
	revoked := b.share(info.ID)
	a.now = a.now.Add(time.Minute)
	expired, working := b.share(info.ID), b.share(info.ID)
	id := b.get(templates.ShareURL(info.ID)).page.Find(".share").Last().Find("form").AttrOr("action", "")
	for _, what := range []string{"revoke", "a repeated submit"} {
		if got := b.post(id, url.Values{}); got.status != http.StatusSeeOther {
			t.Errorf("%s: status %d", what, got.status)
		}
	}
	if got := a.browser().get(working); got.status != http.StatusOK {
		t.Errorf("another link: status %d", got.status)
	}
	var dead string
	for i, state := range []string{"until it ends", "afterwards"} {
		if i == 1 {
			a.now = a.now.Add(30 * 24 * time.Hour) // the last ones end at this moment
		}
		paths := []string{"/shared/" + web.NewToken(), "/shared/x", "/shared/%00%ff", revoked}
		if i == 1 {
			paths = append(paths, expired, working)
		}
		for _, path := range paths {
			got, download := a.browser().get(path), a.browser().post(path+"/report", url.Values{})
			if dead == "" {
				dead = got.body
			}
			if got.status != http.StatusNotFound || got.body != dead || download.status != http.StatusNotFound || download.body != dead {
				t.Errorf("%s, %s: status %d and %d, or another page", state, path, got.status, download.status)
			}
			wantSecret(t, path, got)
			wantSecret(t, path, download)
		}
	}
	text := a.signedIn().get(templates.ShareURL(info.ID)).page.Find("main").Text()
	for _, want := range []string{"0 of 3 working", "Expired", "Revoked"} {
		if !strings.Contains(text, want) {
			t.Errorf("the links do not say %q: %q", want, text)
		}
	}
	for _, share := range a.shares(info.ID) {
		if share.Uses > 0 {
			t.Errorf("uses were noted: %+v", share)
		}
	}
}

func TestWhoMayShare(t *testing.T) {
	a := newApp(t)
	info := a.report()
	other := a.report()
	lead := a.signedIn()
	lead.share(info.ID)
	id := a.shares(info.ID)[0].ID
	for role, want := range map[assessment.Role]int{assessment.Viewer: 403, assessment.Architect: 200, "": 404} {
		b := a.signedInWith(role)
		statuses := []int{b.get(templates.ShareURL(info.ID)).status}
		if want != http.StatusOK {
			statuses = append(statuses, b.post(templates.ShareURL(info.ID), shareForm("3", 1)).status,
				b.post(templates.RevokeShareURL(info.ID, id), url.Values{}).status)
		}
		for i, status := range statuses {
			if status != want {
				t.Errorf("%q, request %d: status %d, want %d", role, i, status, want)
			}
		}
		says := strings.Contains(b.get(templates.ReportsURL(info.Assessment)).body, "Only an architect or a lead of this team may share reports")
		if says != (role == assessment.Viewer) {
			t.Errorf("%q is told that they may not: %v", role, says)
		}
	}
	for name, path := range map[string]string{"another report's link": templates.RevokeShareURL(other.ID, id), "unknown link": templates.RevokeShareURL(info.ID, "x"),
		"unknown report": templates.RevokeShareURL("x", id)} {
		if got := lead.post(path, url.Values{}); got.status != http.StatusNotFound {
			t.Errorf("%s: status %d", name, got.status)
		}
	}
	if list := a.shares(info.ID); len(list) != 1 || !list[0].RevokedAt.IsZero() {
		t.Errorf("stored %+v", list)
	}
}

// TestSharedRate opens more shared pages within a minute than one address may, right and wrong ones.
func TestSharedRate(t *testing.T) {
	a := newApp(t)
	link := a.signedIn().share(a.report().ID)
	handler, err := web.New(web.Options{Store: a.store, SessionKey: sessionKey, Insecure: true, Clock: func() time.Time { return a.now }})
	if err != nil {
		t.Fatal(err)
	}
	a.server = httptest.NewServer(handler)
	t.Cleanup(a.server.Close)
	refused := 0
	for i := range 70 {
		path := link
		if i%2 == 0 {
			path = "/shared/" + web.NewToken()
		}
		if got := a.browser().get(path); got.status == http.StatusTooManyRequests {
			refused++
			if got.header.Get("Retry-After") == "" {
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
	a := newApp(t)
	info := a.report()
	link := a.signedIn().share(info.ID)
	for _, header := range []http.Header{{"Sec-Fetch-Site": {"cross-site"}}, {"Origin": {"https://evil.example"}}} {
		if got := a.browser().do(http.MethodPost, link+"/report", url.Values{}, header); got.status != http.StatusForbidden {
			t.Errorf("%v: status %d", header, got.status)
		}
	}
	if uses := a.shares(info.ID)[0].Uses; uses != 0 {
		t.Errorf("%d uses were noted", uses)
	}
	// A browser that sends no referrer names no origin either, but says that the request comes from the same site.
	own := http.Header{"Sec-Fetch-Site": {"same-origin"}, "Origin": {"null"}}
	if got := a.browser().do(http.MethodPost, link+"/report", url.Values{}, own); got.status != http.StatusOK {
		t.Errorf("from the page itself: status %d", got.status)
	}
}
