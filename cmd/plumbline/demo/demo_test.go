package demo

import (
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/storage"
)

func TestSeed(t *testing.T) {
	folder := t.TempDir()
	today := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	if err := Seed(t.Context(), folder, today); err != nil {
		t.Fatal(err)
	}
	store, err := storage.Open(t.Context(), storage.Options{Folder: folder, Clock: func() time.Time { return today }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	rows, err := store.Portfolio(t.Context(), assessment.PortfolioFilter{})
	if err != nil {
		t.Fatal(err)
	}
	snapshots, decisions, planned := 0, 0, 0
	for _, row := range rows {
		snapshots += row.SnapshotCount
		current, err := store.Current(t.Context(), row.Assessment.ID)
		if err != nil {
			t.Fatal(err)
		}
		decisions += len(current.State.Decisions)
		planned += len(current.State.Plan)
		t.Logf("%s: %.1f–%.1f, %d open decisions, %d stale, trend %.1f", row.Assessment.Workload.Name,
			row.Summary.Overall.Low, row.Summary.Overall.High, row.Summary.OpenDecisions, row.Summary.Stale, row.Trend)
	}
	if len(rows) != 3 || snapshots != 5 || decisions != 5 || planned < 5 {
		t.Errorf("%d workloads, %d snapshots, %d decisions, %d plan items; want 3, 5, 5 and some", len(rows), snapshots, decisions, planned)
	}
	if _, err := store.UserByEmail(t.Context(), Email); err != nil {
		t.Errorf("no account to sign in with: %v", err)
	}
}
