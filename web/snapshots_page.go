package web

import (
	"bytes"
	"fmt"
	"net/http"

	"plumbline/assessment"
	"plumbline/assessment/report"
	"plumbline/templates"
)

func (s *Server) showSnapshot(w http.ResponseWriter, r *http.Request) error {
	return s.renderSnapshot(w, r, http.StatusOK, templates.ApprovalView{})
}

// renderSnapshot shows a snapshot, with what was typed to approve it.
func (s *Server) renderSnapshot(w http.ResponseWriter, r *http.Request, status int, typed templates.ApprovalView) error {
	file := snapshotOf(r)
	found, err := file.verified()
	if err != nil {
		return err
	}
	list, err := s.Store.Snapshots(r.Context(), file.Assessment)
	if err != nil {
		return err
	}
	view, err := s.snapshotView(r, file, found)
	if err != nil {
		return err
	}
	if before := sequenceBefore(list, file.Sequence); before != nil {
		view.Previous = templates.Link{Title: before.Title, URL: templates.SnapshotURL(before.ID)}
		view.Compare = templates.CompareTwoURL(file.Assessment, before.ID, file.ID)
	}
	view.Denied = denied(r, assessment.ActReport, file.current.State.Workload)
	if view.Approval, err = s.approvalView(r, file, typed); err != nil {
		return err
	}
	view.Page = s.placed(w, r, file.current, tabSnapshots, file.Title)
	return s.render(w, r, status, templates.Snapshot(view))
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

func (s *Server) snapshotDocument(w http.ResponseWriter, r *http.Request) error {
	file := snapshotOf(r)
	serveDocument(w, r, download{media: report.JSON.Media(), name: documentName(file),
		tag: file.SHA256, content: file.document})
	return nil
}

// documentName is the name of the file that a snapshot's document is kept in.
func documentName(f *snapshotFile) string { return "plumbline-snapshot-" + f.SHA256[:12] + ".json" }

func (s *Server) snapshotAnswers(w http.ResponseWriter, r *http.Request) error {
	return s.snapshotRendering(w, r, report.CSV)
}

func (s *Server) snapshotSummary(w http.ResponseWriter, r *http.Request) error {
	return s.snapshotRendering(w, r, report.Markdown)
}

// snapshotRendering answers with a snapshot in a format that is written so fast that it is not stored.
func (s *Server) snapshotRendering(w http.ResponseWriter, r *http.Request, format report.Format) error {
	file := snapshotOf(r)
	snapshot, err := file.named()
	if err != nil {
		return err
	}
	var content bytes.Buffer
	if err := s.drawer.Snapshot(r.Context(), &content, format, snapshot); err != nil {
		return fmt.Errorf("write the snapshot as %s: %w", format, err)
	}
	serveDocument(w, r, download{media: format.Media(), name: snapshotFileName(snapshot.Snapshot, format),
		tag: assessment.Hash(content.Bytes()), content: content.Bytes()})
	return nil
}
