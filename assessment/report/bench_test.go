package report

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"plumbline/assessment"
)

// The report of the fixture has about 40 pages.
func BenchmarkSnapshotPDF(b *testing.B) {
	r := renderer(b)
	s := snap(b, fixture(), "Design review", taken, mixed)
	var w bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		w.Reset()
		if err := r.Snapshot(b.Context(), &w, PDF, s); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(w.Len()), "bytes")
	b.ReportMetric(float64(bytes.Count(w.Bytes(), []byte("/Type /Page\n"))), "pages")
}

func BenchmarkComparisonPDF(b *testing.B) {
	r := renderer(b)
	q := fixture()
	before, after := snap(b, q, "Design review", taken, mixed), snap(b, q, "Before launch", taken, better)
	c, err := assessment.Compare(before.Snapshot, after.Snapshot)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := r.Comparison(b.Context(), io.Discard, PDF, c, before, after); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLongNotePDF(b *testing.B) {
	r := renderer(b)
	s := snap(b, fixture(), "Design review", taken, func(n int) assessment.Answer {
		if n == 0 {
			return assessment.Answer{Status: assessment.Partial, Note: strings.Repeat("a word 漢字 ", 100_000/14)}
		}
		return mixed(n)
	})
	b.ReportAllocs()
	for b.Loop() {
		if err := r.Snapshot(b.Context(), io.Discard, PDF, s); err != nil {
			b.Fatal(err)
		}
	}
}
