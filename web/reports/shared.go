package reports

import (
	"context"
	"net/http"

	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/assessment/words"
	view "plumbline/templates/reports"
	"plumbline/web/page"
)

const sharedEnded = "The link may have expired, been revoked or been copied incompletely. Ask the sender for a new one."

// showShared tells anybody who has a link what it leads to. Nothing is noted: a program that looks ahead of its person,
// as mail and chat do, uses nothing up.
func (h *handlers) showShared(w http.ResponseWriter, r *http.Request) error {
	if err := h.mayOpenShared(w, r); err != nil {
		return err
	}
	token := chi.URLParam(r, "token")
	share, info, err := h.store.SharedReport(r.Context(), page.HashToken(token))
	if err != nil {
		return h.DeadLink(w, r, err, sharedEnded)
	}
	workload, err := h.workloadIn(r.Context(), info)
	if err != nil {
		return err
	}
	zone := h.Zone(r)
	v := view.SharedView{Page: h.Page(r, info.Title), Title: info.Title, Workload: workload, Kind: "Report",
		Made: words.Day(info.CreatedAt.In(zone)), File: formatOf(info) + ", " + view.FileSize(info.Size), Hash: info.SHA256,
		By: share.CreatedBy, Until: h.Minute(r, share.ExpiresAt), Action: view.SharedReportURL(token)}
	if info.Kind == assessment.ReportComparison {
		v.Kind = "Comparison report"
	}
	return h.Render(w, r, http.StatusOK, view.Shared(v))
}

// workloadIn returns what the workload of a report was called when its snapshot was taken, as the report says; of a comparison
// of two workloads, what both were.
func (h *handlers) workloadIn(ctx context.Context, info assessment.ReportInfo) (string, error) {
	after, err := h.workloadAt(ctx, info.Snapshot)
	if err != nil || info.Before == "" {
		return after.Name, err
	}
	before, err := h.workloadAt(ctx, info.Before)
	if before.ID != after.ID {
		return before.Name + " → " + after.Name, err
	}
	return after.Name, err
}

func (h *handlers) workloadAt(ctx context.Context, snapshot string) (assessment.SnapshotWorkload, error) {
	if known, ok := h.named.Get(snapshot); ok {
		return known, nil
	}
	file, err := h.StoredSnapshot(ctx, snapshot)
	if err != nil {
		return assessment.SnapshotWorkload{}, err
	}
	read, err := file.Read(ctx)
	if err != nil {
		return assessment.SnapshotWorkload{}, err
	}
	h.named.Add(snapshot, read.Workload)
	return read.Workload, nil
}

// downloadShared notes that a link is used, and answers with its report.
func (h *handlers) downloadShared(w http.ResponseWriter, r *http.Request) error {
	if err := h.mayOpenShared(w, r); err != nil {
		return err
	}
	info, err := h.store.UseShare(r.Context(), page.HashToken(chi.URLParam(r, "token")), page.ClientAddress(r),
		page.Shortened(r.UserAgent(), assessment.MaxShort))
	if err != nil {
		return h.DeadLink(w, r, err, sharedEnded)
	}
	page.ServeDocument(w, r, page.Download{Media: info.Media, Name: info.FileName, Content: h.Store.ReportDocument(r.Context(), info)})
	return nil
}

// mayOpenShared refuses an address that opens too many links, and keeps the secret in theirs from search engines and from
// the sites that a page leads to.
func (h *handlers) mayOpenShared(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("X-Robots-Tag", "noindex, nofollow, noarchive")
	w.Header().Set("Referrer-Policy", "no-referrer")
	if !h.opening.Take(page.ClientAddress(r)) {
		return assessment.Errorf(assessment.TooMany, "You can open %d shared pages a minute. Wait a minute, then try again", sharedPerAddress)
	}
	return nil
}
