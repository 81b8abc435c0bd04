package reports_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"plumbline/assessment/access"
	"plumbline/templates"
	view "plumbline/templates/reports"
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
