package snapshots

import (
	"errors"
	"fmt"
	"net/http"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/snapshots"
	"plumbline/web/page"
)

func (h *handlers) showSnapshots(w http.ResponseWriter, r *http.Request) error {
	c := page.CurrentOf(r)
	list, err := h.store.Snapshots(r.Context(), c.State.ID)
	if err != nil {
		return err
	}
	return h.renderSnapshots(w, r, http.StatusOK, c, list, view.SnapshotForm{})
}

func (h *handlers) renderSnapshots(w http.ResponseWriter, r *http.Request, status int, c *assessment.Current,
	list []assessment.SnapshotInfo, form view.SnapshotForm) error {
	form.Version = page.NewestSequence(list)
	approvals, err := h.store.Approvals(r.Context(), c.State.ID)
	if err != nil {
		return err
	}
	v := h.snapshotsView(r, c, list, approvals, form)
	v.Page = h.Placed(w, r, c, page.TabSnapshots, "Snapshots")
	return h.Render(w, r, status, view.Snapshots(v))
}

// takeSnapshot stores a snapshot. The form carries the number of the newest snapshot that its page showed: where there
// is a newer one since, the same again is a repeated submit and leads to what it took, and any other asks once more.
func (h *handlers) takeSnapshot(w http.ResponseWriter, r *http.Request) error {
	c := page.CurrentOf(r)
	if err := page.ReadForm(r); err != nil {
		return err
	}
	form := view.SnapshotForm{Title: r.PostFormValue("title"), Note: r.PostFormValue("note"), Version: page.VersionIn(r.PostForm, "version")}
	if form.Version < 0 {
		return assessment.Errorf(assessment.VersionRequired, page.FormOutdated)
	}
	title, note, err := assessment.CheckSnapshotTexts(form.Title, form.Note)
	form.Title, form.Note = page.Printable(form.Title), page.Printable(form.Note)
	if problems, is := page.Complaints(err); is {
		form.Errors = problems
		return h.redisplay(w, r, http.StatusUnprocessableEntity, c, form)
	}
	info, taken, err := h.store.TakeSnapshotOnce(r.Context(), page.ActorOf(r), c.State.ID, form.Version, title, note)
	if since, is := errors.AsType[*assessment.SnapshotConflict](err); is {
		form.Newer = h.newerSnapshot(r, since.Newest)
		return h.redisplay(w, r, http.StatusConflict, c, form)
	}
	if form.Newer = notNow(w, err); form.Newer != "" {
		return h.redisplay(w, r, page.StatusOf(err), c, form)
	}
	if err != nil {
		return err
	}
	says := "Snapshot created: "
	if !taken {
		says = "This snapshot already exists: "
	}
	h.Notify(w, says+words.Cut(info.Title, 80)+".")
	return page.Redirect(w, r, templates.SnapshotsURL(c.State.ID))
}

// notNow says why a snapshot that is right is not taken now: too many or too much, or others change what it would hold.
func notNow(w http.ResponseWriter, err error) string {
	switch assessment.CodeOf(err) {
	case assessment.TooMany, assessment.Unavailable:
		w.Header().Set("Retry-After", "60")
	case assessment.Conflict, assessment.NoSpace:
	default:
		return ""
	}
	known, _ := errors.AsType[*assessment.Error](err)
	return known.Message + "."
}

// redisplay shows the page again with what was typed.
func (h *handlers) redisplay(w http.ResponseWriter, r *http.Request, status int, c *assessment.Current, form view.SnapshotForm) error {
	list, err := h.store.Snapshots(r.Context(), c.State.ID)
	if err != nil {
		return err
	}
	return h.renderSnapshots(w, r, status, c, list, form)
}

// newerSnapshot says what was taken after the page was opened, nothing where that never was.
func (h *handlers) newerSnapshot(r *http.Request, newest assessment.SnapshotInfo) string {
	if newest.Sequence == 0 {
		return ""
	}
	return fmt.Sprintf("%s created “%s” at %s, after you opened this page. To create your own as well, submit again.",
		newest.TakenBy, newest.Title, words.Clock(newest.TakenAt.In(h.Zone(r))))
}
