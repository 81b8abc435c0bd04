package compare

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"

	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/report"
	"plumbline/assessment/story"
	"plumbline/assessment/wording"
	"plumbline/templates"
	view "plumbline/templates/compare"
	"plumbline/web/page"
)

// Comparison is a request to compare, with both sides read.
type Comparison struct {
	Current   *assessment.Current
	Snapshots []assessment.SnapshotInfo      // of the assessment, newest first
	approvals map[string]assessment.Approval // of the assessment, by snapshot
	others    []assessment.TeamSnapshot      // of the team's other workloads, newest first; none where that is not allowed
	before    *side                          // nil where there is nothing to compare yet
	after     *side
	texts     wording.Comparer
	*story.Change
}

// side is a stored snapshot, or the assessment as it is now.
type side struct {
	id         string
	snapshot   *assessment.Snapshot
	file       *page.SnapshotFile // nil for the assessment as it is now
	found      assessment.Verification
	approvedBy string // name; empty while nobody has
}

func (c *side) stored() bool { return c.file != nil }

func (c *side) named() report.Named {
	return report.Named{Hash: c.found.Hash, Snapshot: c.snapshot}
}

func (h *handlers) showCompare(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	if query.Has("swap") {
		id := chi.URLParam(r, "assessment")
		return page.Redirect(w, r, templates.CompareTwoURL(id, query.Get("after"), query.Get("before")))
	}
	c, err := h.requested(r, query)
	if err != nil {
		return err
	}
	if err := h.otherWorkloads(r, c); err != nil {
		return err
	}
	v := h.compareView(r, c)
	v.Page = h.Placed(w, r, c.Current, page.TabCompare, "Compare")
	return h.Render(w, r, http.StatusOK, view.Compare(v))
}

func (h *handlers) compareCSV(w http.ResponseWriter, r *http.Request) error {
	return h.compareFile(w, r, report.CSV)
}

func (h *handlers) compareJSON(w http.ResponseWriter, r *http.Request) error {
	return h.compareFile(w, r, report.JSON)
}

func (h *handlers) compareFile(w http.ResponseWriter, r *http.Request, format report.Format) error {
	c, err := h.requested(r, r.URL.Query())
	if err != nil {
		return err
	}
	if c.before == nil || !c.before.stored() || !c.after.stored() {
		return assessment.Errorf(assessment.Invalid, "A comparison report needs snapshots on both sides. Create one first")
	}
	name := page.ComparisonFileName(c.before.snapshot, c.after.snapshot, string(format))
	return page.ServeWritten(w, r, page.Download{Media: format.Media(), Name: name}, func(w io.Writer) error {
		if err := h.drawer.Comparison(r.Context(), w, format, c.Comparison, c.before.named(), c.after.named()); err != nil {
			return fmt.Errorf("write the comparison as %s: %w", format, err)
		}
		return nil
	})
}

func (h *handlers) requested(r *http.Request, query url.Values) (*Comparison, error) {
	current := page.CurrentOf(r)
	list, err := h.store.Snapshots(r.Context(), current.State.ID)
	if err != nil {
		return nil, err
	}
	approvals, err := h.store.Approvals(r.Context(), current.State.ID)
	if err != nil {
		return nil, err
	}
	c := &Comparison{Current: current, Snapshots: list, approvals: approvals}
	before, after := requestedSides(query, list)
	if before == "" {
		return c, nil
	}
	return c, h.CompareBoth(r.Context(), page.ActorOf(r), c, before, after)
}

// CompareBoth reads both sides of a comparison and compares them.
func (h *handlers) CompareBoth(ctx context.Context, actor access.Actor, c *Comparison, before, after string) (err error) {
	if c.before, err = h.readSide(ctx, actor, c, before); err != nil {
		return err
	}
	if c.after, err = h.readSide(ctx, actor, c, after); err != nil {
		return err
	}
	if err := assessment.CheckComparable(c.before.snapshot, c.after.snapshot); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	comparison, err := assessment.Compare(c.before.snapshot, c.after.snapshot)
	if err == nil {
		c.Change = story.Between(comparison, c.before.snapshot, c.after.snapshot)
	}
	return err
}

// requestedSides returns what to compare: what the address names, else the last two snapshots. The list has the newest
// first. Both are empty where there is nothing to compare.
func requestedSides(query url.Values, list []assessment.SnapshotInfo) (before, after string) {
	before, after = query.Get("before"), query.Get("after")
	if before == "" && after == "" && len(list) < 2 {
		return "", ""
	}
	if after == "" {
		after = page.SideNow
		if len(list) > 0 && before != list[0].ID {
			after = list[0].ID
		}
	}
	if before == "" {
		before = sideBefore(after, list)
	}
	if before == "" {
		return "", ""
	}
	return before, after
}

// sideBefore returns the snapshot before a side: the newest for now, the first for itself. Empty for none at all.
func sideBefore(after string, list []assessment.SnapshotInfo) string {
	if len(list) == 0 {
		return ""
	}
	if after == page.SideNow {
		return list[0].ID
	}
	for i := range list {
		if list[i].ID == after && i+1 < len(list) {
			return list[i+1].ID
		}
	}
	return after
}

func (h *handlers) readSide(ctx context.Context, actor access.Actor, c *Comparison, id string) (*side, error) {
	if id == page.SideNow {
		return h.sideNow(c)
	}
	file, err := h.OtherSnapshot(ctx, actor, id, c.Current)
	if err == nil {
		err = ctx.Err() // what follows takes long, and nobody may wait for it any more
	}
	if err != nil {
		return nil, err
	}
	found, err := file.Verified(ctx)
	if err != nil {
		return nil, err
	}
	approval, _, err := h.store.Approval(ctx, id)
	return &side{id: id, snapshot: found.Snapshot, file: file, found: found, approvedBy: approval.Person}, err
}

// sideNow returns the assessment as a snapshot would be read back that was taken now, so that both sides are equally
// exact.
func (h *handlers) sideNow(c *Comparison) (*side, error) {
	sequence, previous := page.NewestSequence(c.Snapshots), ""
	if sequence > 0 {
		previous = c.Snapshots[0].SHA256
	}
	now := assessment.NewSnapshot(&c.Current.State, c.Current.Model, "Now", "", "", h.Clock(), previous, sequence+1)
	document, err := now.Canonical()
	if err != nil {
		return nil, err
	}
	read, err := assessment.ReadSnapshot(document)
	if err != nil {
		return nil, assessment.Wrap(assessment.Internal, err, "The assessment cannot be read")
	}
	return &side{id: page.SideNow, snapshot: read}, nil
}
