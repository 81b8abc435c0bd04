package web

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/assessment/report"
	"plumbline/assessment/story"
	"plumbline/templates"
)

// sideNow stands in an address for the assessment as it is now, which is not stored.
const sideNow = "now"

// comparing is a request to compare, with both sides read.
type comparing struct {
	current   *assessment.Current
	snapshots []assessment.SnapshotInfo      // of the assessment, newest first
	approvals map[string]assessment.Approval // of the assessment, by snapshot
	others    []assessment.TeamSnapshot      // of the team's other workloads, newest first; none where that is not allowed
	before    *compareSide                   // nil where there is nothing to compare yet
	after     *compareSide
	*story.Change
}

// compareSide is a stored snapshot, or the assessment as it is now.
type compareSide struct {
	id         string
	snapshot   *assessment.Snapshot
	file       *snapshotFile // nil for the assessment as it is now
	found      assessment.Verification
	approvedBy string // name; empty while nobody has
}

func (c *compareSide) stored() bool { return c.file != nil }

func (c *compareSide) named() report.Named {
	return report.Named{Hash: c.found.Hash, Snapshot: c.snapshot}
}

func (s *Server) showCompare(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	if query.Has("swap") {
		id := chi.URLParam(r, "assessment")
		return redirect(w, r, templates.CompareTwoURL(id, query.Get("after"), query.Get("before")))
	}
	c, err := s.comparing(r, query)
	if err != nil {
		return err
	}
	if err := s.otherWorkloads(r, c); err != nil {
		return err
	}
	view := s.compareView(r, c)
	view.Page = s.placed(w, r, c.current, tabCompare, "Compare")
	return s.render(w, r, http.StatusOK, templates.Compare(view))
}

func (s *Server) compareCSV(w http.ResponseWriter, r *http.Request) error {
	return s.compareFile(w, r, report.CSV)
}

func (s *Server) compareJSON(w http.ResponseWriter, r *http.Request) error {
	return s.compareFile(w, r, report.JSON)
}

func (s *Server) compareFile(w http.ResponseWriter, r *http.Request, format report.Format) error {
	c, err := s.comparing(r, r.URL.Query())
	if err != nil {
		return err
	}
	if c.before == nil || !c.before.stored() || !c.after.stored() {
		return assessment.Errorf(assessment.Invalid, "A comparison can be kept where both sides are snapshots. Take one first")
	}
	var content bytes.Buffer
	if err := s.drawer.Comparison(r.Context(), &content, format, c.Comparison, c.before.named(), c.after.named()); err != nil {
		return fmt.Errorf("write the comparison as %s: %w", format, err)
	}
	serveDocument(w, r, download{media: format.Media(), name: comparisonFileName(c.before.snapshot, c.after.snapshot, format),
		tag: assessment.Hash(content.Bytes()), content: content.Bytes()})
	return nil
}

func (s *Server) comparing(r *http.Request, query url.Values) (*comparing, error) {
	current := currentOf(r)
	list, err := s.Store.Snapshots(r.Context(), current.State.ID)
	if err != nil {
		return nil, err
	}
	approvals, err := s.Store.Approvals(r.Context(), current.State.ID)
	if err != nil {
		return nil, err
	}
	c := &comparing{current: current, snapshots: list, approvals: approvals}
	before, after := sidesAsked(query, list)
	if before == "" {
		return c, nil
	}
	return c, s.compareBoth(r.Context(), actorOf(r), c, before, after)
}

// compareBoth reads both sides of a comparison and compares them.
func (s *Server) compareBoth(ctx context.Context, actor assessment.Actor, c *comparing, before, after string) (err error) {
	if c.before, err = s.compareSide(ctx, actor, c, before); err != nil {
		return err
	}
	if c.after, err = s.compareSide(ctx, actor, c, after); err != nil {
		return err
	}
	if err := assessment.CheckComparable(c.before.snapshot, c.after.snapshot); err != nil {
		return err
	}
	comparison, err := assessment.Compare(c.before.snapshot, c.after.snapshot)
	if err == nil {
		c.Change = story.Between(comparison, c.before.snapshot, c.after.snapshot)
	}
	return err
}

// sidesAsked returns what to compare: what the address names, else the last two snapshots. The list has the newest
// first. Both are empty where there is nothing to compare.
func sidesAsked(query url.Values, list []assessment.SnapshotInfo) (before, after string) {
	before, after = query.Get("before"), query.Get("after")
	if before == "" && after == "" && len(list) < 2 {
		return "", ""
	}
	if after == "" {
		after = sideNow
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
	if after == sideNow {
		return list[0].ID
	}
	for i := range list {
		if list[i].ID == after && i+1 < len(list) {
			return list[i+1].ID
		}
	}
	return after
}

func (s *Server) compareSide(ctx context.Context, actor assessment.Actor, c *comparing, id string) (*compareSide, error) {
	if id == sideNow {
		return s.sideNow(c)
	}
	file, err := s.otherSnapshot(ctx, actor, id, c.current)
	if err != nil {
		return nil, err
	}
	found, err := file.verified()
	if err != nil {
		return nil, err
	}
	approval, _, err := s.Store.Approval(ctx, id)
	return &compareSide{id: id, snapshot: found.Snapshot, file: file, found: found, approvedBy: approval.Person}, err
}

// sideNow returns the assessment as a snapshot would be read back that was taken now, so that both sides are equally
// exact.
func (s *Server) sideNow(c *comparing) (*compareSide, error) {
	sequence, previous := newestSequence(c.snapshots), ""
	if sequence > 0 {
		previous = c.snapshots[0].SHA256
	}
	now := assessment.NewSnapshot(&c.current.State, c.current.Model, "Now", "", "", s.Clock(), previous, sequence+1)
	document, err := now.Canonical()
	if err != nil {
		return nil, err
	}
	read, err := assessment.ReadSnapshot(document)
	if err != nil {
		return nil, assessment.Wrap(assessment.Internal, err, "The assessment cannot be read back")
	}
	return &compareSide{id: sideNow, snapshot: read}, nil
}
