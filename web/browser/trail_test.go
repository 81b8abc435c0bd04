package browser_test

import (
	"context"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
)

// report stores a report of a snapshot and returns its id.
func (a *application) report(snapshot string) string {
	a.t.Helper()
	stored, err := a.store.SaveReport(context.Background(), a.ines(), assessment.Report{Kind: assessment.ReportSnapshot, Snapshot: snapshot,
		Media: "application/pdf", FileName: "Launch.pdf", Renderer: "1", Document: []byte("%PDF-1.4")})
	if err != nil {
		a.t.Fatal(err)
	}
	return stored.ID
}

func TestAccessibleApproval(t *testing.T) {
	t.Parallel()
	app := start(t)
	id := app.reviewed("Claims triage")
	before, snapshot := app.snapshot(id, "Design review"), app.snapshot(id, endless)
	b := app.signedIn(t)
	b.tolerate("422")
	b.open(templates.SnapshotURL(snapshot))
	b.fill(field("Note (optional)"), strings.Repeat("x", assessment.MaxReason+1))
	b.follow(button("Approve"))
	b.sees("problem")
	b.accessible("approval with errors")
	b.fill(field("Note (optional)"), "Seen with the board. "+endless)
	b.follow(button("Approve"))
	b.sees("Snapshot approved")
	b.accessible("an approved snapshot")
	b.open(templates.SnapshotsURL(id))
	b.accessible("snapshots, one approved")
	b.open(templates.CompareTwoURL(id, before, snapshot))
	b.accessible("comparison with an approved snapshot")
	b.open(templates.SnapshotURL(snapshot))
	b.follow(button("Withdraw approval"))
	b.sees("Not approved yet.")
}

func TestAccessibleShares(t *testing.T) {
	t.Parallel()
	app := start(t)
	id := app.reviewed("Claims triage")
	report := app.report(app.snapshot(id, "Launch"))
	b := app.signedIn(t)
	b.tolerate("422", "404")
	b.open(templates.ReportsURL(id))
	b.accessible("reports to share")
	b.follow(css("a[href$='/share']"))
	b.accessible("a report that nobody has shared")
	b.fill(field("Valid for (days)"), "0")
	b.follow(button("Create link"))
	b.sees("problem")
	b.accessible("a link with errors")
	b.fill(field("Valid for (days)"), "14")
	b.follow(button("Create link"))
	b.sees("Copy it now")
	b.accessible("a new link")
	_, shared, _ := strings.Cut(eval[string](b, `document.querySelector("#link").value`), app.address)

	b.open(shared)
	b.accessible("a shared report")
	b.download(func() { b.click(button("Download report")) })
	b.open(templates.ShareURL(report))
	b.click(summary("1 download"))
	b.accessible("a link that was used")
	b.follow(button("Revoke"))
	b.sees("Link revoked")
	b.accessible("a revoked link")
	b.open(shared)
	b.accessible("a shared report, revoked")
}

func TestAccessibleAudit(t *testing.T) {
	t.Parallel()
	app := start(t)
	app.snapshot(app.reviewed(endless), endless)
	b := app.signedIn(t)
	b.tolerate("422")
	b.open(templates.TeamURL(app.ines().Memberships[0].Team.ID))
	b.follow(link("Audit log").in("main"))
	b.accessible("audit log of a team")
	b.open(templates.AuditURL)
	b.accessible("audit log")
	b.open(templates.AuditURL + "?subject=rel-01.p1")
	b.accessible("audit log of one subject")
	b.open(templates.AuditURL + "?kind=tokens")
	b.accessible("audit log, nothing fits")
	b.open(templates.AuditURL + "?to=2026-11-22&from=2026-11-23")
	b.accessible("audit log with errors")
}
