package drawing

import (
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"testing/synctest"

	"plumbline/assessment/report"
	"plumbline/web/page"
)

// TestDrawerIsBounded fills both turns and the whole queue: one more is refused at once, and those who wait give up
// when their patience ends.
func TestDrawerIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, err := New(nil, page.Silent{})
		if err != nil {
			t.Fatal(err)
		}
		release, done := make(chan struct{}), make(chan error, MaxDrawing+MaxWaiting)
		draw := func(context.Context, io.Writer) error {
			<-release
			return nil
		}
		for range MaxDrawing {
			go func() {
				_, err := d.Draw(context.Background(), draw)
				done <- err
			}()
		}
		synctest.Wait()
		for range MaxWaiting {
			go func() { done <- d.queue(t.Context()) }()
		}
		synctest.Wait()
		if err := d.queue(t.Context()); !errors.Is(err, ErrBusy) {
			t.Errorf("one more: %v, want %v", err, ErrBusy)
		}
		for range MaxWaiting {
			if err := <-done; !errors.Is(err, ErrBusy) {
				t.Errorf("one that waited: %v, want %v", err, ErrBusy)
			}
		}
		close(release)
		for range MaxDrawing {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if err := d.queue(t.Context()); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

func TestDrawerStopsInTime(t *testing.T) {
	d, err := New(nil, page.Silent{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Draw(t.Context(), func(context.Context, io.Writer) error { return report.ErrTooLong })
	if status := page.StatusOf(err); status != http.StatusServiceUnavailable {
		t.Errorf("a report that takes too long: status %d, want 503", status)
	}
}

func TestFileName(t *testing.T) {
	tests := []struct {
		parts []string
		want  string
		plain string
	}{
		{[]string{"Claims triage", "Design review", "2026-11-23"}, "Claims triage, Design review, 2026-11-23.pdf", "Claims triage, Design review, 2026-11-23.pdf"},
		{[]string{"../../etc/passwd", "a\r\nb"}, "etc passwd, a b.pdf", "etc passwd, a b.pdf"},
		{[]string{"Prüfung \u202Egpj.exe"}, "Prüfung gpj.exe.pdf", "Pr_fung gpj.exe.pdf"},
		{[]string{`say "hi" 100%`}, "say hi 100%.pdf", "say hi 100_.pdf"},
		{[]string{"審査"}, "審査.pdf", "__.pdf"},
	}
	for _, test := range tests {
		name := page.FileName(string(report.PDF), test.parts...)
		if plain := page.ASCIIName(name); name != test.want || plain != test.plain {
			t.Errorf("%q: %q and %q, want %q and %q", test.parts, name, plain, test.want, test.plain)
		}
	}
}
