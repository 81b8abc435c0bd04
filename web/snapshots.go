package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"plumbline/assessment"
	"plumbline/templates"
)

func (s *Server) showSnapshots(w http.ResponseWriter, r *http.Request) error {
	c := currentOf(r)
	list, err := s.Store.Snapshots(r.Context(), c.State.ID)
	if err != nil {
		return err
	}
	return s.renderSnapshots(w, r, http.StatusOK, c, list, templates.SnapshotForm{})
}

func (s *Server) renderSnapshots(w http.ResponseWriter, r *http.Request, status int, c *assessment.Current,
	list []assessment.SnapshotInfo, form templates.SnapshotForm) error {
	form.Version = newestSequence(list)
	approvals, err := s.Store.Approvals(r.Context(), c.State.ID)
	if err != nil {
		return err
	}
	view := s.snapshotsView(r, c, list, approvals, form)
	view.Page = s.placed(w, r, c, tabSnapshots, "Snapshots")
	return s.render(w, r, status, templates.Snapshots(view))
}

// takeSnapshot stores a snapshot. The form carries the number of the newest snapshot that its page showed: where there
// is a newer one since, the same again is a repeated submit and leads to what it took, and any other asks once more.
func (s *Server) takeSnapshot(w http.ResponseWriter, r *http.Request) error {
	c := currentOf(r)
	if err := readForm(r); err != nil {
		return err
	}
	form := templates.SnapshotForm{Title: r.PostFormValue("title"), Note: r.PostFormValue("note"), Version: versionIn(r.PostForm, "version")}
	if form.Version < 0 {
		return assessment.Errorf(assessment.VersionRequired, "The form does not say which snapshot it saw last. Open the page again")
	}
	wish := checkSnapshot(&form)
	if len(form.Errors) > 0 {
		return s.snapshotsAgain(w, r, http.StatusUnprocessableEntity, c, form)
	}
	info, taken, err := s.Store.TakeSnapshotOnce(r.Context(), actorOf(r), c.State.ID, form.Version, wish.title, wish.note)
	if since, is := errors.AsType[*assessment.SnapshotConflict](err); is {
		form.Newer = s.newerSnapshot(r, since.Newest)
		return s.snapshotsAgain(w, r, http.StatusConflict, c, form)
	}
	if err != nil {
		return err
	}
	says := "The snapshot is taken: "
	if !taken {
		says = "The snapshot was taken already: "
	}
	s.notify(w, says+ellipsized(info.Title, 80)+".")
	return redirect(w, r, templates.SnapshotsURL(c.State.ID))
}

// snapshotsAgain shows the page with what was typed.
func (s *Server) snapshotsAgain(w http.ResponseWriter, r *http.Request, status int, c *assessment.Current, form templates.SnapshotForm) error {
	list, err := s.Store.Snapshots(r.Context(), c.State.ID)
	if err != nil {
		return err
	}
	return s.renderSnapshots(w, r, status, c, list, form)
}

// newerSnapshot says what was taken after the page was opened, nothing where that never was.
func (s *Server) newerSnapshot(r *http.Request, newest assessment.SnapshotInfo) string {
	if newest.Sequence == 0 {
		return ""
	}
	return fmt.Sprintf("%s took “%s” at %s, after this page was opened. If you want yours as well, take it now.",
		newest.TakenBy, newest.Title, newest.TakenAt.In(s.zone(r)).Format("15:04"))
}

// snapshotWish is what a snapshot is to be called, as it will be stored.
type snapshotWish struct{ title, note string }

// checkSnapshot returns the cleaned texts, and puts what is wrong with them into the form.
func checkSnapshot(form *templates.SnapshotForm) snapshotWish {
	title, failure := assessment.CheckText("title", "Title", form.Title, assessment.MaxShort, false)
	if failure == nil && title == "" {
		failure = assessment.InvalidField("title", "Enter a title")
	}
	if failure != nil {
		form.Errors = append(form.Errors, templates.FieldError{Field: "title", Message: failure.Message})
	}
	note, failure := assessment.CheckText("note", "Note", form.Note, assessment.MaxText, true)
	if failure != nil {
		form.Errors = append(form.Errors, templates.FieldError{Field: "note", Message: failure.Message})
	}
	form.Title, form.Note = printable(form.Title), printable(form.Note)
	return snapshotWish{title, note}
}

// newestSequence returns the number of the first of the list, which is sorted with the newest first; 0 for none.
func newestSequence(list []assessment.SnapshotInfo) int {
	if len(list) == 0 {
		return 0
	}
	return list[0].Sequence
}

// snapshotFile is a stored snapshot as it was read.
type snapshotFile struct {
	assessment.SnapshotInfo
	document []byte
	current  *assessment.Current // the assessment that it belongs to, as it is now
}

// storedSnapshot returns a snapshot by its id, NotFound where there is none for this person.
func (s *Server) storedSnapshot(ctx context.Context, id string) (*snapshotFile, error) {
	info, document, err := s.Store.Snapshot(ctx, id)
	if err != nil {
		return nil, err
	}
	c, err := s.Store.Current(ctx, info.Assessment)
	if err != nil {
		return nil, err
	}
	return &snapshotFile{info, document, c}, nil
}

// verified returns the snapshot with what recomputing it found. A document that cannot be read is a fault of ours.
func (f *snapshotFile) verified() (assessment.Verification, error) {
	v, err := assessment.VerifySnapshot(f.document)
	if err != nil {
		return v, assessment.Wrap(assessment.Internal, err, "The stored snapshot cannot be read")
	}
	if v.Hash != f.SHA256 {
		v.Differences = append(v.Differences, "the document has the SHA-256 "+v.Hash+", stored is "+f.SHA256)
	}
	return v, nil
}
