package snapshots_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
	view "plumbline/templates/snapshots"
	"plumbline/web/webtest"
)

func TestApprove(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	before := a.Snapshot(id, "Design review")
	info := a.Snapshot(id, "Launch")
	path := templates.SnapshotURL(info.ID)
	if text := b.Get(path).Page.Find("#approval").Text(); !strings.Contains(text, "Not approved yet") {
		t.Errorf("before: %q", text)
	}
	got := b.Post(view.ApproveURL(info.ID), url.Values{"note": {" Seen with the board.\r\nAll of it. "}})
	if got.Status != http.StatusSeeOther || got.Header.Get("Location") != path {
		t.Fatalf("approve: status %d to %q", got.Status, got.Header.Get("Location"))
	}
	stored, ok := a.Approval(info.ID)
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
		if text := b.Get(place[0]).Page.Find(place[1]).Text(); !strings.Contains(strings.ToLower(text), "approved") {
			t.Errorf("%s does not say it: %q", name, text)
		}
	}
	if text := b.Get(templates.SnapshotsURL(id)).Page.Find(".timeline > li:nth-child(2)").Text(); strings.Contains(text, "Approved") {
		t.Errorf("the other snapshot is called approved: %q", text)
	}
	if again := b.Post(view.ApproveURL(info.ID), url.Values{"note": {"Other words"}}); again.Status != http.StatusSeeOther {
		t.Errorf("a repeated submit: status %d", again.Status)
	}
	if now, _ := a.Approval(info.ID); now != stored {
		t.Errorf("a repeated submit changed it: %+v", now)
	}

	form := url.Values{"given": {b.Given(info.ID)}}
	for _, what := range []string{"withdraw", "a repeated submit"} {
		if got := b.Post(view.WithdrawApprovalURL(info.ID), form); got.Status != http.StatusSeeOther {
			t.Errorf("%s: status %d", what, got.Status)
		}
		if _, ok := a.Approval(info.ID); ok {
			t.Errorf("%s: still approved", what)
		}
	}
}

func TestApprovedReports(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	before, after := a.Snapshot(id, "One"), a.Snapshot(id, "Two")
	b.Post(templates.MakeReportURL(before.ID), url.Values{})
	b.Post(templates.MakeReportURL(after.ID), url.Values{"before": {before.ID}})
	kinds := func() string {
		return b.Get(templates.ReportsURL(id)).Page.Find("tbody th .meta").Text()
	}
	if says := kinds(); strings.Contains(says, "approved") {
		t.Errorf("before: %q", says)
	}
	b.Post(view.ApproveURL(before.ID), url.Values{})
	if says := kinds(); !strings.Contains(says, "Snapshot, approved") || strings.Contains(says, "of approved snapshots") {
		t.Errorf("one approved: %q", says)
	}
	b.Post(view.ApproveURL(after.ID), url.Values{})
	if says := kinds(); !strings.Contains(says, "Comparison of approved snapshots") {
		t.Errorf("both approved: %q", says)
	}
}

func TestApproveRefuses(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	info := a.Snapshot(a.NewAssessment("Claims triage").ID, "Launch")
	tests := map[string]struct{ note, says string }{
		"too long":     {strings.Repeat("y", assessment.MaxReason+1), "A note has 1001 characters; at most 1000 are allowed"},
		"NUL":          {"a\x00b", "A note contains a control character, U+0000"},
		"broken UTF-8": {"a\xff", "A note contains bytes that are not UTF-8"},
	}
	for name, test := range tests {
		got := b.Post(view.ApproveURL(info.ID), url.Values{"note": {test.note}})
		if says := got.Page.Find("#note-error").Text(); got.Status != http.StatusUnprocessableEntity || says != test.says {
			t.Errorf("%s: status %d, %q", name, got.Status, says)
		}
		if typed := got.Page.Find("#note").Text(); len(typed) < len(test.note) {
			t.Errorf("%s: %d characters kept of %d", name, len(typed), len(test.note))
		}
	}
	for name, given := range map[string]url.Values{"none": {}, "empty": {"given": {""}}, "no time": {"given": {"yesterday"}}} {
		if got := b.Post(view.WithdrawApprovalURL(info.ID), given); got.Status != http.StatusPreconditionRequired {
			t.Errorf("withdraw %s: status %d", name, got.Status)
		}
	}
	if _, ok := a.Approval(info.ID); ok {
		t.Error("it is approved")
	}
}

func TestApproveTakesAnyText(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	for _, note := range []string{"🪢 ready 👩‍🚀", "مراجعة التصميم", `<script>alert(1)</script> "&'`, strings.Repeat("W", assessment.MaxReason)} {
		info := a.Snapshot(id, "Review")
		b.Post(view.ApproveURL(info.ID), url.Values{"note": {note}})
		page := b.Get(templates.SnapshotURL(info.ID))
		if shown := page.Page.Find("#approval .snap-note").Text(); shown != note || strings.Contains(page.Body, "<script>alert") {
			t.Errorf("%q is shown as %q", note, shown)
		}
	}
}

// TestApproveConflict lets two leads approve and withdraw what the other has not seen.
func TestApproveConflict(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	other := a.SignedInWith(access.Lead)
	info := a.Snapshot(a.NewAssessment("Claims triage").ID, "Launch")
	b.Post(view.ApproveURL(info.ID), url.Values{})
	got := other.Post(view.ApproveURL(info.ID), url.Values{"note": {"mine"}})
	if says := got.Page.Find("#approval [role=alert]").Text(); got.Status != http.StatusConflict || !strings.Contains(says, "Ines Okafor already approved") {
		t.Errorf("approve: status %d, %q", got.Status, says)
	}
	seen := url.Values{"given": {other.Given(info.ID)}}
	b.Post(view.WithdrawApprovalURL(info.ID), url.Values{"given": {b.Given(info.ID)}})
	a.Advance(time.Minute)
	b.Post(view.ApproveURL(info.ID), url.Values{"note": {"anew"}})
	got = other.Post(view.WithdrawApprovalURL(info.ID), seen)
	if says := got.Page.Find("#approval [role=alert]").Text(); got.Status != http.StatusConflict || !strings.Contains(says, "approved this snapshot again") {
		t.Errorf("withdraw: status %d, %q", got.Status, says)
	}
	if stored, ok := a.Approval(info.ID); !ok || stored.Note != "anew" {
		t.Errorf("stored %+v", stored)
	}
}

func TestWhoMayApprove(t *testing.T) {
	a := webtest.NewApp(t)
	info := a.Snapshot(a.NewAssessment("Claims triage").ID, "Launch")
	for role, want := range map[access.Role]int{access.Viewer: 403, access.Architect: 403, "": 404} {
		b := a.SignedInWith(role)
		page := b.Get(templates.SnapshotURL(info.ID)).Page.Find("#approval")
		if role != "" && (!strings.Contains(page.Text(), "Only a lead of this team can approve snapshots") || page.Find("form").Length() > 0) {
			t.Errorf("%s sees %q", role, page.Text())
		}
		for _, path := range []string{view.ApproveURL(info.ID), view.WithdrawApprovalURL(info.ID)} {
			if got := b.Post(path, url.Values{"given": {"2026-01-01T00:00:00Z"}}); got.Status != want {
				t.Errorf("%q: status %d, want %d", role, got.Status, want)
			}
		}
	}
	if _, ok := a.Approval(info.ID); ok {
		t.Error("it is approved")
	}
}
