package snapshots

import (
	"fmt"
	"io"
	"net/http"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/report"
	"plumbline/templates"
	view "plumbline/templates/snapshots"
	"plumbline/web/page"
)

func (h *handlers) showSnapshot(w http.ResponseWriter, r *http.Request) error {
	return h.renderSnapshot(w, r, http.StatusOK, view.ApprovalView{})
}

// renderSnapshot shows a snapshot, with what was typed to approve it.
func (h *handlers) renderSnapshot(w http.ResponseWriter, r *http.Request, status int, typed view.ApprovalView) error {
	file := page.SnapshotOf(r)
	found, err := file.Verified(r.Context())
	if err != nil {
		return err
	}
	list, err := h.store.Snapshots(r.Context(), file.Assessment)
	if err != nil {
		return err
	}
	v := h.snapshotView(r, file, found)
	if before := sequenceBefore(list, file.Sequence); before != nil {
		v.Previous = templates.Link{Title: before.Title, URL: templates.SnapshotURL(before.ID)}
		v.Compare = templates.CompareTwoURL(file.Assessment, before.ID, file.ID)
	}
	v.Denied = page.Denied(r, access.ActReport, file.Current.State.Workload)
	if v.Approval, err = h.approvalView(r, file, typed); err != nil {
		return err
	}
	v.Page = h.Placed(w, r, file.Current, page.TabSnapshots, file.Title)
	return h.Render(w, r, status, view.Snapshot(v))
}

// sequenceBefore returns the snapshot before a number, nil where it is the first.
func sequenceBefore(list []assessment.SnapshotInfo, sequence int) *assessment.SnapshotInfo {
	for i := range list {
		if list[i].Sequence < sequence {
			return &list[i]
		}
	}
	return nil
}

func (h *handlers) snapshotDocument(w http.ResponseWriter, r *http.Request) error {
	file := page.SnapshotOf(r)
	page.ServeDocument(w, r, page.Download{Media: report.JSON.Media(), Name: page.DocumentName(file),
		Tag: file.SHA256, Content: file.Document(r.Context())})
	return nil
}

func (h *handlers) snapshotAnswers(w http.ResponseWriter, r *http.Request) error {
	return h.snapshotRendering(w, r, report.CSV)
}

func (h *handlers) snapshotSummary(w http.ResponseWriter, r *http.Request) error {
	return h.snapshotRendering(w, r, report.Markdown)
}

// snapshotRendering answers with a snapshot in a format that is written so fast that it is not stored.
func (h *handlers) snapshotRendering(w http.ResponseWriter, r *http.Request, format report.Format) error {
	file := page.SnapshotOf(r)
	snapshot, err := file.Read(r.Context())
	if err != nil {
		return err
	}
	named := report.Named{Hash: file.SHA256, Snapshot: snapshot}
	return page.ServeWritten(w, r, page.Download{Media: format.Media(), Name: page.SnapshotFileName(snapshot, string(format))}, func(w io.Writer) error {
		if err := h.drawer.Snapshot(r.Context(), w, format, named); err != nil {
			return fmt.Errorf("write the snapshot as %s: %w", format, err)
		}
		return nil
	})
}
