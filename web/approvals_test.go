package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/templates"
)

// signedInWith returns a browser of somebody else with a role in the team of the test's account.
func (a *app) signedInWith(role assessment.Role) *browser {
	a.t.Helper()
	if role == "" {
		return a.signedInAs(a.member("", "").User)
	}
	return a.signedInAs(a.member(a.actor().Memberships[0].Team.ID, role).User)
}

func (a *app) approval(snapshot string) (assessment.Approval, bool) {
	a.t.Helper()
	approval, ok, err := a.store.Approval(context.Background(), snapshot)
	if err != nil {
		a.t.Fatal(err)
	}
	return approval, ok
}

// given is the approval that the page of a snapshot shows, as its form names it.
func (b *browser) given(snapshot string) string {
	return b.get(templates.SnapshotURL(snapshot)).page.Find("#approval input[name=given]").AttrOr("value", "")
}

func TestApprove(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newAssessment("Claims triage").ID
	before := a.snapshot(id, "Design review")
	info := a.snapshot(id, "Launch")
	path := templates.SnapshotURL(info.ID)
	if text := b.get(path).page.Find("#approval").Text(); !strings.Contains(text, "Nobody has approved") {
		t.Errorf("before: %q", text)
	}
	got := b.post(templates.ApproveURL(info.ID), url.Values{"note": {" Seen with the board.\r\nAll of it. "}})
	if got.status != http.StatusSeeOther || got.header.Get("Location") != path {
		t.Fatalf("approve: status %d to %q", got.status, got.header.Get("Location"))
	}
	stored, ok := a.approval(info.ID)
	if !ok || stored.Note != "Seen with the board.\nAll of it." || stored.Person != "Ines Okafor" {
		t.Errorf("stored %+v", stored)
	}
	for name, place := range map[string][2]string{
		"snapshot":         {path, "#approval"},
		"top of it":        {path, ".title ~ .meta"},
		"timeline":         {templates.SnapshotsURL(id), ".timeline > li:first-child"},
		"list to compare":  {templates.CompareTwoURL(id, before.ID, info.ID), "#after option[selected]"},
		"side to compare":  {templates.CompareTwoURL(id, before.ID, info.ID), "#after + .meta"},
		"list for reports": {templates.ReportsURL(id), ".lines > li:first-child"},
	} {
		if text := b.get(place[0]).page.Find(place[1]).Text(); !strings.Contains(strings.ToLower(text), "approved") {
			t.Errorf("%s does not say it: %q", name, text)
		}
	}
	if text := b.get(templates.SnapshotsURL(id)).page.Find(".timeline > li:nth-child(2)").Text(); strings.Contains(text, "Approved") {
		t.Errorf("the other snapshot is called approved: %q", text)
	}
	if again := b.post(templates.ApproveURL(info.ID), url.Values{"note": {"Other words"}}); again.status != http.StatusSeeOther {
		t.Errorf("a repeated submit: status %d", again.status)
	}
	if now, _ := a.approval(info.ID); now != stored {
		t.Errorf("a repeated submit changed it: %+v", now)
	}

	form := url.Values{"given": {b.given(info.ID)}}
	for _, what := range []string{"withdraw", "a repeated submit"} {
		if got := b.post(templates.WithdrawApprovalURL(info.ID), form); got.status != http.StatusSeeOther {
			t.Errorf("%s: status %d", what, got.status)
		}
		if _, ok := a.approval(info.ID); ok {
			t.Errorf("%s: still approved", what)
		}
	}
}

func TestApprovedReports(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newAssessment("Claims triage").ID
	before, after := a.snapshot(id, "One"), a.snapshot(id, "Two")
	b.post(templates.MakeReportURL(before.ID), url.Values{})
	b.post(templates.MakeReportURL(after.ID), url.Values{"before": {before.ID}})
	kinds := func() string {
		return b.get(templates.ReportsURL(id)).page.Find("tbody th .meta").Text()
	}
	if says := kinds(); strings.Contains(says, "approved") {
		t.Errorf("before: %q", says)
	}
	b.post(templates.ApproveURL(before.ID), url.Values{})
	if says := kinds(); !strings.Contains(says, "Snapshot, approved") || strings.Contains(says, "of approved snapshots") {
		t.Errorf("one approved: %q", says)
	}
	b.post(templates.ApproveURL(after.ID), url.Values{})
	if says := kinds(); !strings.Contains(says, "Comparison of approved snapshots") {
		t.Errorf("both approved: %q", says)
	}
}

func TestApproveRefuses(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	info := a.snapshot(a.newAssessment("Claims triage").ID, "Launch")
	tests := map[string]struct{ note, says string }{
		"too long":     {strings.Repeat("y", assessment.MaxReason+1), "A note has 1001 characters; at most 1000 fit"},
		"NUL":          {"a\x00b", "A note has a control character, U+0000"},
		"broken UTF-8": {"a\xff", "A note has bytes that are not UTF-8"},
	}
	for name, test := range tests {
		got := b.post(templates.ApproveURL(info.ID), url.Values{"note": {test.note}})
		if says := got.page.Find("#note-error").Text(); got.status != http.StatusUnprocessableEntity || says != test.says {
			t.Errorf("%s: status %d, %q", name, got.status, says)
		}
		if typed := got.page.Find("#note").Text(); len(typed) < len(test.note) {
			t.Errorf("%s: %d characters kept of %d", name, len(typed), len(test.note))
		}
	}
	for name, given := range map[string]url.Values{"none": {}, "empty": {"given": {""}}, "no time": {"given": {"yesterday"}}} {
		if got := b.post(templates.WithdrawApprovalURL(info.ID), given); got.status != http.StatusPreconditionRequired {
			t.Errorf("withdraw %s: status %d", name, got.status)
		}
	}
	if _, ok := a.approval(info.ID); ok {
		t.Error("it is approved")
	}
}

func TestApproveTakesAnyText(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newAssessment("Claims triage").ID
	for _, note := range []string{"🪢 ready 👩‍🚀", "مراجعة التصميم", `<script>alert(1)</script> "&'`, strings.Repeat("W", assessment.MaxReason)} {
		info := a.snapshot(id, "Review")
		b.post(templates.ApproveURL(info.ID), url.Values{"note": {note}})
		page := b.get(templates.SnapshotURL(info.ID))
		if shown := page.page.Find("#approval .snap-note").Text(); shown != note || strings.Contains(page.body, "<script>alert") {
			t.Errorf("%q is shown as %q", note, shown)
		}
	}
}

// TestApproveConflict lets two leads approve and withdraw what the other has not seen.
func TestApproveConflict(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	other := a.signedInWith(assessment.Lead)
	info := a.snapshot(a.newAssessment("Claims triage").ID, "Launch")
	b.post(templates.ApproveURL(info.ID), url.Values{})
	got := other.post(templates.ApproveURL(info.ID), url.Values{"note": {"mine"}})
	if says := got.page.Find("#approval [role=alert]").Text(); got.status != http.StatusConflict || !strings.Contains(says, "Ines Okafor has approved") {
		t.Errorf("approve: status %d, %q", got.status, says)
	}
	seen := url.Values{"given": {other.given(info.ID)}}
	b.post(templates.WithdrawApprovalURL(info.ID), url.Values{"given": {b.given(info.ID)}})
	a.now = a.now.Add(time.Minute)
	b.post(templates.ApproveURL(info.ID), url.Values{"note": {"anew"}})
	got = other.post(templates.WithdrawApprovalURL(info.ID), seen)
	if says := got.page.Find("#approval [role=alert]").Text(); got.status != http.StatusConflict || !strings.Contains(says, "anew") {
		t.Errorf("withdraw: status %d, %q", got.status, says)
	}
	if stored, ok := a.approval(info.ID); !ok || stored.Note != "anew" {
		t.Errorf("stored %+v", stored)
	}
}

func TestWhoMayApprove(t *testing.T) {
	a := newApp(t)
	info := a.snapshot(a.newAssessment("Claims triage").ID, "Launch")
	for role, want := range map[assessment.Role]int{assessment.Viewer: 403, assessment.Architect: 403, "": 404} {
		b := a.signedInWith(role)
		page := b.get(templates.SnapshotURL(info.ID)).page.Find("#approval")
		if role != "" && (!strings.Contains(page.Text(), "Only a lead of this team may approve snapshots") || page.Find("form").Length() > 0) {
			t.Errorf("%s sees %q", role, page.Text())
		}
		for _, path := range []string{templates.ApproveURL(info.ID), templates.WithdrawApprovalURL(info.ID)} {
			if got := b.post(path, url.Values{"given": {"2026-01-01T00:00:00Z"}}); got.status != want {
				t.Errorf("%q: status %d, want %d", role, got.status, want)
			}
		}
	}
	if _, ok := a.approval(info.ID); ok {
		t.Error("it is approved")
	}
}
