package report

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// What one report may cost, whatever is legal to type.
const (
	mostMemory = 200 << 20 // bytes that are added to the heap while it is drawn
	mostTime   = 5 * time.Second
)

// large returns a questionnaire of about so many practices.
func large(practices int) *assessment.Questionnaire {
	q := fixture()
	n := 135
	for i := range q.Pillars {
		for j := range q.Pillars[i].Principles {
			question := &q.Pillars[i].Principles[j].Questions[0]
			for range (practices - 135) / 25 {
				question.Practices = append(question.Practices, fixturePractice(n))
				n++
			}
		}
	}
	return q
}

func longAddress(n, k int) string {
	address := fmt.Sprintf("https://wiki.example.com/%d/%d/", n, k)
	return address + strings.Repeat("a1b2-c3d4/", assessment.MaxURL)[:assessment.MaxURL-len(address)]
}

func links(n, count int) []assessment.Link {
	all := make([]assessment.Link, count)
	for k := range all {
		all[k] = assessment.Link{Title: strings.Repeat("Runbook ", 25), URL: longAddress(n, k)}
	}
	return all
}

// TestLegalInputIsBounded draws what people and programs may type at most: the document has at most 20 MB or is refused
// with words, in bounded time and memory.
func TestLegalInputIsBounded(t *testing.T) {
	note := strings.Repeat("Nine words that say something about this one practice. ", assessment.MaxText/55)
	lines := strings.Repeat("x\n", assessment.MaxText/2)
	same := links(0, assessment.MaxEvidence)
	foreign := strings.Repeat("漢é", assessment.MaxText/2)
	tests := map[string]struct {
		practices int
		answer    func(n int) assessment.Answer
		refused   bool
	}{
		"links": {135, func(n int) assessment.Answer {
			return assessment.Answer{Status: assessment.Absent, Evidence: links(n, assessment.MaxEvidence)}
		}, false},
		"links beyond ASCII": {135, func(n int) assessment.Answer {
			return assessment.Answer{Status: assessment.Absent, Evidence: foreignLinks(n)}
		}, true},
		"notes":                   {135, func(int) assessment.Answer { return assessment.Answer{Status: assessment.Absent, Note: note} }, false},
		"notes of many lines":     {135, func(int) assessment.Answer { return assessment.Answer{Status: assessment.Absent, Note: lines} }, true},
		"notes beyond the font":   {135, func(int) assessment.Answer { return assessment.Answer{Status: assessment.Absent, Note: foreign} }, false},
		"many practices":          {2000, mixed, false},
		"notes on many practices": {2000, func(int) assessment.Answer { return assessment.Answer{Status: assessment.Absent, Note: note} }, true},
		"links on many practices": {2000, func(int) assessment.Answer { return assessment.Answer{Status: assessment.Absent, Evidence: same} }, true},
		"notes and links together": {135, func(n int) assessment.Answer {
			return assessment.Answer{Status: assessment.Partial, Note: note, Evidence: links(n, assessment.MaxEvidence)}
		}, false},
	}
	r := renderer(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := snap(t, large(test.practices), "Worst", taken, test.answer)
			var w bytes.Buffer
			used := watched(t, func() error { return r.Snapshot(t.Context(), &w, PDF, s) })
			t.Logf("%.1f MB in %v; at most %.0f MB added, %.0f MB allocated in all; %v", float64(w.Len())/1e6, used.took.Round(time.Millisecond),
				float64(used.peak)/1e6, float64(used.allocated)/1e6, used.err)
			if used.peak > mostMemory || used.took > mostTime || w.Len() > MaxDocument {
				t.Errorf("%d bytes, %d bytes of memory, %v", w.Len(), used.peak, used.took)
			}
			if got := assessment.CodeOf(used.err) == assessment.Invalid; got != test.refused || used.err != nil && !got {
				t.Errorf("refused with %v, want refused %t", used.err, test.refused)
			}
			if test.refused && (w.Len() > 0 || !strings.Contains(used.err.Error(), "larger than 20 MB")) {
				t.Errorf("%d bytes, refused with %v", w.Len(), used.err)
			}
		})
	}
}

// TestLongAddresses draws evidence with long addresses: each is shown on a few lines, and is one area that leads to the
// whole of it.
func TestLongAddresses(t *testing.T) {
	s := snap(t, fixture(), "Design review", taken, func(n int) assessment.Answer {
		return assessment.Answer{Status: assessment.Absent, Evidence: links(n, 2)}
	})
	document := snapshotPDF(t, renderer(t), s)
	for n := range 135 {
		for k := range 2 {
			if got := bytes.Count(document, []byte("/URI ("+longAddress(n, k)+")")); got != 1 {
				t.Errorf("%d areas lead to address %d of practice %d, want 1", got, k, n)
			}
		}
	}
	text := strings.ReplaceAll(readPDF(t, document).text(), "\n", "")
	if shown := words.Address(longAddress(7, 1)); !strings.Contains(text, shown) || strings.Contains(text, longAddress(7, 1)) {
		t.Errorf("the report does not show %s", shown)
	}
}

func foreignLinks(n int) []assessment.Link {
	all := links(n, assessment.MaxEvidence)
	for k := range all {
		all[k].URL = fmt.Sprintf("https://wiki.example.com/%d/%d/", n, k) + strings.Repeat("漢", assessment.MaxURL-40)
	}
	return all
}

// TestDrawingEndsWithItsClient cancels the largest report that is drawn while it is: it ends at once.
func TestDrawingEndsWithItsClient(t *testing.T) {
	note := strings.Repeat("Nine words that say something about this one practice. ", assessment.MaxText/55)
	s := snap(t, large(600), "Large", taken, func(int) assessment.Answer { return assessment.Answer{Status: assessment.Absent, Note: note} })
	r := renderer(t)
	for _, after := range []time.Duration{0, 10 * time.Millisecond, 100 * time.Millisecond, 200 * time.Millisecond} {
		ctx, cancel := context.WithCancel(t.Context())
		var gone time.Time
		time.AfterFunc(after, func() { gone = time.Now(); cancel() })
		var w bytes.Buffer
		err := r.Snapshot(ctx, &w, PDF, s)
		<-ctx.Done()
		if late := time.Since(gone); late > 500*time.Millisecond || !errors.Is(err, context.Canceled) || w.Len() > 0 {
			t.Errorf("gone after %v: %v later, %d bytes, %v", after, late, w.Len(), err)
		}
	}
}

// usage is what a run cost.
type usage struct {
	peak, allocated uint64        // bytes: added to the heap at most, and allocated in all
	took            time.Duration // of the processors
	err             error
}

// cpu returns the time that the processors have worked for this program.
func cpu(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// watched runs something and looks at the heap every millisecond.
func watched(t *testing.T, run func() error) (u usage) {
	t.Helper()
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var most atomic.Uint64
	done, watching := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(watching)
		var now runtime.MemStats
		for {
			select {
			case <-done:
				return
			case <-time.After(5 * time.Millisecond):
				runtime.ReadMemStats(&now)
				most.Store(max(most.Load(), now.HeapAlloc))
			}
		}
	}()
	start := cpu(t)
	u.err = run()
	u.took = cpu(t) - start
	close(done)
	<-watching
	runtime.ReadMemStats(&after)
	u.allocated = after.TotalAlloc - before.TotalAlloc
	if most := max(most.Load(), after.HeapAlloc); most > before.HeapAlloc {
		u.peak = most - before.HeapAlloc
	}
	return u
}
