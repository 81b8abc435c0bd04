package storage

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"
	"testing"

	"plumbline/assessment"
)

// TestDocumentsInPieces reads a document of several pieces, whole and in part.
func TestDocumentsInPieces(t *testing.T) {
	b := newBench(t)
	taken := must(b.TakeSnapshot(t.Context(), b.actor, b.id, "First", ""))(t)
	for _, size := range []int{0, 1, pieceSize - 1, pieceSize, pieceSize + 1, 3*pieceSize + 7} {
		whole := make([]byte, size)
		for i := range whole {
			whole[i] = byte(i * 31 >> 3)
		}
		info := must(b.SaveReport(t.Context(), b.actor, assessment.Report{Kind: assessment.ReportSnapshot, Snapshot: taken.ID, Media: "application/pdf",
			FileName: "r.pdf", Renderer: strconv.Itoa(size), Document: whole}))(t)
		read := b.ReportDocument(t.Context(), info)
		if got := must(io.ReadAll(read))(t); !bytes.Equal(got, whole) {
			t.Errorf("%d bytes: %d came back", size, len(got))
		}
		for _, at := range []int{0, size / 2, max(size-3, 0)} {
			check(t, func() error { _, err := read.Seek(int64(at), io.SeekStart); return err }())
			if got := must(io.ReadAll(io.LimitReader(read, 100)))(t); !bytes.Equal(got, whole[at:min(at+100, size)]) {
				t.Errorf("%d bytes, from %d: %d came back", size, at, len(got))
			}
		}
	}
	_, document, err := b.Snapshot(t.Context(), taken.ID)
	check(t, err)
	info := must(b.SnapshotInfo(t.Context(), taken.ID))(t)
	if got := must(io.ReadAll(b.SnapshotDocument(t.Context(), info)))(t); !bytes.Equal(got, document) || len(got) == 0 {
		t.Errorf("the document of the snapshot came back with %d bytes of %d", len(got), len(document))
	}
}

func TestDocumentThatEnds(t *testing.T) {
	b := newBench(t)
	if _, err := io.ReadAll(b.ReportDocument(t.Context(), assessment.ReportInfo{ID: "none", Size: 4})); err == nil {
		t.Error("a missing document is read")
	}
	_, err := b.SnapshotInfo(t.Context(), "none")
	wantCode(t, err, assessment.NotFound)
	info := assessment.ReportInfo{ID: b.withReport(t), Size: 5} // one more than there is
	if _, err := io.ReadAll(b.ReportDocument(t.Context(), info)); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %v for a document that is too short", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := io.ReadAll(b.ReportDocument(ctx, assessment.ReportInfo{ID: info.ID, Size: 4})); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v after the reader has gone", err)
	}
}
