package webtest

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
)

// Report draws and stores the report of a new snapshot.
func (a *App) Report() assessment.ReportInfo {
	a.T.Helper()
	info := a.Snapshot(a.NewAssessment("Claims <triage>").ID, "Launch")
	made := assessment.Report{Kind: assessment.ReportSnapshot, Snapshot: info.ID, Media: "application/pdf", FileName: "Prüfung.pdf",
		Renderer: "1", Document: []byte("%PDF-1.4 of " + info.ID)}
	stored, err := a.Store.SaveReport(context.Background(), a.Actor(), made)
	if err != nil {
		a.T.Fatal(err)
	}
	return stored
}

func (a *App) Shares(report string) []access.Share {
	a.T.Helper()
	list, err := a.Store.Shares(context.Background(), report)
	if err != nil {
		a.T.Fatal(err)
	}
	return list
}

func ShareForm(days string, seen int) url.Values {
	return url.Values{"days": {days}, "version": {strconv.Itoa(seen)}}
}

// Share makes a link to a report and returns its path.
func (b *Browser) Share(report string) string {
	b.T.Helper()
	got := b.Post(templates.ShareURL(report), ShareForm("30", len(b.Shares(report))))
	link, ok := strings.CutPrefix(got.Page.Find("#link").AttrOr("value", ""), b.Server.URL)
	if got.Status != http.StatusCreated || !ok {
		b.T.Fatalf("share: status %d, link %q", got.Status, link)
	}
	return link
}
