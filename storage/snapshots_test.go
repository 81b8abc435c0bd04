package storage

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"sync"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

func TestTakeSnapshot(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	b.save(t, "p1", 0, assessment.Adopted)
	changed := b.current(t).State.UpdatedAt
	b.clock.move(1e9)
	first := must(b.TakeSnapshot(ctx, b.actor, b.id, " First ", "A note."))(t)
	b.save(t, "p2", 0, assessment.Absent)
	second := must(b.TakeSnapshot(ctx, b.actor, b.id, "Second", ""))(t)

	if first.Sequence != 1 || first.Previous != "" || first.Title != "First" || first.TakenBy != "Ada" {
		t.Errorf("got %+v", first)
	}
	if second.Sequence != 2 || second.Previous != first.SHA256 {
		t.Errorf("got %+v, want previous %s", second, first.SHA256)
	}
	info, document, err := b.Snapshot(ctx, second.ID)
	check(t, err)
	if !reflect.DeepEqual(info, second) || int64(len(document)) != second.Size {
		t.Errorf("got %+v, want %+v", info, second)
	}
	verified := must(assessment.VerifySnapshot(document))(t)
	if verified.Hash != second.SHA256 || !verified.Canonical || len(verified.Differences) > 0 {
		t.Errorf("got %+v", verified)
	}
	all := must(b.Snapshots(ctx, b.id))(t)
	if len(all) != 2 || !reflect.DeepEqual(all[0], second) || !reflect.DeepEqual(all[1], first) {
		t.Errorf("got %+v", all)
	}
	if all[0].Overall.Low != 6.25 || len(all[0].Pillars) != 2 {
		t.Errorf("got %+v", all[0].Overall)
	}
	current := b.current(t)
	if current.State.Sequence != 5 || current.State.UpdatedAt.Before(changed) {
		t.Errorf("got sequence %d", current.State.Sequence)
	}
}

func TestTakeSnapshotRefuses(t *testing.T) {
	b := newBench(t)
	tests := []struct {
		name, assessment, title, note string
		code                          assessment.Code
		field                         string
	}{
		{"no assessment", "none", "T", "", assessment.NotFound, ""},
		{"no title", b.id, " ", "", assessment.Invalid, "title"},
		{"long title", b.id, strings.Repeat("x", assessment.MaxShort+1), "", assessment.Invalid, "title"},
		{"control character", b.id, "T", "\x00", assessment.Invalid, "note"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := b.TakeSnapshot(t.Context(), b.actor, tt.assessment, tt.title, tt.note)
			wantField(t, err, tt.code, tt.field)
		})
	}
	_, _, err := b.Snapshot(t.Context(), "none")
	wantCode(t, err, assessment.NotFound)
}

// TestTakeSnapshotOnce sends what a form sends, twice, late and at once.
func TestTakeSnapshotOnce(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	grace := b.join(t, "grace@example.org", access.Architect)
	take := func(by access.Actor, seen int, title, note string) (assessment.SnapshotInfo, bool, error) {
		return b.TakeSnapshotOnce(ctx, by, b.id, seen, title, note)
	}
	first, taken, err := take(b.actor, 0, "First", "n")
	check(t, err)
	if !taken || first.Sequence != 1 {
		t.Errorf("taken %t, %+v", taken, first)
	}
	for name, tt := range map[string]struct {
		by          access.Actor
		seen        int
		title, note string
		want        assessment.Code
	}{
		"the same again":       {b.actor, 0, " First", "n\r\n", ""},
		"another note":         {b.actor, 0, "First", "", assessment.Conflict},
		"another person":       {grace, 0, "First", "n", assessment.Conflict},
		"a number of tomorrow": {b.actor, 7, "First", "n", assessment.Conflict},
		"no number":            {b.actor, -1, "First", "n", assessment.VersionRequired},
	} {
		got, taken, err := take(tt.by, tt.seen, tt.title, tt.note)
		if code := assessment.CodeOf(err); err == nil && tt.want != "" || err != nil && code != tt.want {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
		if taken || err == nil && !reflect.DeepEqual(got, first) {
			t.Errorf("%s: taken %t, %+v", name, taken, got)
		}
		if since, is := errors.AsType[*assessment.SnapshotConflict](err); is && !reflect.DeepEqual(since.Newest, first) {
			t.Errorf("%s: the newest is %+v", name, since.Newest)
		}
	}
	second := must(b.TakeSnapshot(ctx, grace, b.id, "Second", ""))(t)
	if got, taken, err := take(b.actor, 0, "First", "n"); err != nil || taken || got.ID != first.ID {
		t.Errorf("again, after another one: %v, taken %t, %+v", err, taken, got)
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if _, _, err := take(b.actor, second.Sequence, "Third", ""); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if all := must(b.Snapshots(ctx, b.id))(t); len(all) != 3 {
		t.Errorf("%d snapshots, want 3", len(all))
	}
}

// TestTakeNewSnapshot takes one where something has changed, and no other.
func TestTakeNewSnapshot(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	for i, tt := range []struct {
		before func()
		title  string
		want   bool
	}{
		{func() {}, "Build", true},
		{func() {}, "Build ", false},
		{func() { b.clock.move(1e9) }, "Build", false},
		{func() {}, "Release", true},
		{func() { b.save(t, "p1", 0, assessment.Adopted) }, "Release", true},
		{func() {}, "Release", false},
	} {
		tt.before()
		_, taken, err := b.TakeNewSnapshot(ctx, b.actor, b.id, tt.title, "")
		check(t, err)
		if taken != tt.want {
			t.Errorf("%d: taken %t, want %t", i, taken, tt.want)
		}
	}
}

func TestSnapshotsCannotBeChanged(t *testing.T) {
	b := newBench(t)
	must(b.TakeSnapshot(t.Context(), b.actor, b.id, "T", ""))(t)
	for _, statement := range []string{"UPDATE snapshot SET title = 'U'", "DELETE FROM snapshot"} {
		if _, err := b.writers.ExecContext(t.Context(), statement); err == nil {
			t.Errorf("%s was accepted", statement)
		}
	}
}

func TestReports(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	first := must(b.TakeSnapshot(ctx, b.actor, b.id, "First", ""))(t)
	second := must(b.TakeSnapshot(ctx, b.actor, b.id, "Second", ""))(t)
	report := assessment.Report{Kind: assessment.ReportSnapshot, Snapshot: second.ID, Media: "application/pdf",
		FileName: "second.pdf", Renderer: "1", Document: []byte("%PDF")}
	saved := must(b.SaveReport(ctx, b.actor, report))(t)

	if saved.Assessment != b.id || saved.Title != "Second" || saved.Size != 4 || saved.CreatedBy != "Ada" ||
		saved.SHA256 != assessment.Hash([]byte("%PDF")) {
		t.Errorf("got %+v", saved)
	}
	again := report
	again.Document = []byte("%PDF of another time")
	if got := must(b.SaveReport(ctx, b.actor, again))(t); got != saved {
		t.Errorf("got %+v, want the stored %+v", got, saved)
	}
	info, err := b.Report(ctx, saved.ID)
	check(t, err)
	document, err := io.ReadAll(b.ReportDocument(ctx, info))
	check(t, err)
	if info != saved || string(document) != "%PDF" {
		t.Errorf("got %+v, %q", info, document)
	}

	report.Kind, report.Before = assessment.ReportComparison, first.ID
	comparison := must(b.SaveReport(ctx, b.actor, report))(t)
	if comparison.ID == saved.ID || comparison.Title != "First → Second" || comparison.Before != first.ID {
		t.Errorf("got %+v", comparison)
	}
	if all := must(b.Reports(ctx, b.id))(t); len(all) != 2 {
		t.Errorf("got %d reports, want 2", len(all))
	}
	got, ok, err := b.FindReport(ctx, assessment.ReportComparison, second.ID, first.ID, "application/pdf", "1")
	check(t, err)
	if !ok || got != comparison {
		t.Errorf("got %+v, %v", got, ok)
	}
	if _, ok, err := b.FindReport(ctx, assessment.ReportSnapshot, second.ID, "", "application/pdf", "2"); ok || err != nil {
		t.Errorf("got %v, %v for another renderer", ok, err)
	}
	if last := b.events(t)[4]; last.Kind != assessment.EventReport || last.Subject != comparison.ID {
		t.Errorf("got %+v", last)
	}
}

func TestReportRefuses(t *testing.T) {
	b := newBench(t)
	taken := must(b.TakeSnapshot(t.Context(), b.actor, b.id, "T", ""))(t)
	tests := []struct {
		name   string
		report assessment.Report
		want   assessment.Code
	}{
		{"no snapshot", assessment.Report{Kind: assessment.ReportSnapshot, Snapshot: "none"}, assessment.NotFound},
		{"no earlier snapshot", assessment.Report{Kind: assessment.ReportComparison, Snapshot: taken.ID, Before: "none"}, assessment.NotFound},
		{"comparison with nothing", assessment.Report{Kind: assessment.ReportComparison, Snapshot: taken.ID}, assessment.Invalid},
		{"snapshot with another", assessment.Report{Kind: assessment.ReportSnapshot, Snapshot: taken.ID, Before: taken.ID}, assessment.Invalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := b.SaveReport(t.Context(), b.actor, tt.report)
			wantCode(t, err, tt.want)
		})
	}
	_, err := b.Report(t.Context(), "none")
	wantCode(t, err, assessment.NotFound)
}
