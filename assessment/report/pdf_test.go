package report

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/image/font/gofont/gomono"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

func snapshotPDF(t testing.TB, r *Renderer, s Named) []byte {
	t.Helper()
	var w bytes.Buffer
	if err := r.Snapshot(t.Context(), &w, PDF, s); err != nil {
		t.Fatal(err)
	}
	return w.Bytes()
}

func comparisonOf(t testing.TB, before, after Named) *assessment.Comparison {
	t.Helper()
	c, err := assessment.Compare(before.Snapshot, after.Snapshot)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func comparisonPDF(t testing.TB, r *Renderer, before, after Named) []byte {
	t.Helper()
	var w bytes.Buffer
	if err := r.Comparison(t.Context(), &w, PDF, comparisonOf(t, before, after), before, after); err != nil {
		t.Fatal(err)
	}
	return w.Bytes()
}

// The same snapshot gives the same bytes, from another renderer and from several at once.
func TestPDFIsDeterministic(t *testing.T) {
	q := fixture()
	a, b := snap(t, q, "Design review", taken, mixed), snap(t, q, "Before launch", taken, better)
	want, wantChange := snapshotPDF(t, renderer(t), a), comparisonPDF(t, renderer(t), a, b)
	shared := renderer(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if got := snapshotPDF(t, shared, a); !bytes.Equal(got, want) {
				t.Error("the snapshot's report differs")
			}
			if got := comparisonPDF(t, shared, a, b); !bytes.Equal(got, wantChange) {
				t.Error("the comparison's report differs")
			}
		})
	}
	wg.Wait()
}

func TestSnapshotPDF(t *testing.T) {
	s := snap(t, fixture(), "Design review", taken, mixed)
	file := readPDF(t, snapshotPDF(t, renderer(t), s))
	if n := len(file.pages); n < 30 || n > 60 {
		t.Errorf("%d pages, want 30 to 60", n)
	}
	chapters := []string{"Summary", "Pillars", "Findings", "Tradeoffs and decisions", "Improvement plan", "Method", "Appendix: all answers"}
	marks := file.bookmarks()
	for _, chapter := range chapters {
		if !slices.Contains(marks, chapter) {
			t.Errorf("no bookmark %q", chapter)
		}
		page := 2 + slices.IndexFunc(file.pages[2:], func(p string) bool { return strings.HasPrefix(p, chapter+"\n") })
		if !strings.Contains(file.pages[1], chapter+"\n"+strconv.Itoa(page+1)+"\n") {
			t.Errorf("the contents do not say that %q is on page %d", chapter, page+1)
		}
	}
	text := strings.ReplaceAll(file.text(), "\n", " ")
	for _, want := range []string{
		words.Range(s.Result.Overall.Range), "Open decisions", "If the whole plan is done, the overall score is", "Outdated", "Due", "Claims triage assistant", "14 Sep 2026, 15:04 UTC",
		hashText(questionnaireHash(s.Questionnaire)), hashText(s.Hash), "version 1.0.0", "Not applicable because: The endpoint",
		"Tried in the drill of 12 May", "https://wiki.example.com/claims/runbook?page=4&view=print",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
	for _, want := range []string{"/URI (https://wiki.example.com/claims/runbook?page=4&view=print)", "/Lang (en)", "/PageMode /UseOutlines", "/CreationDate (D:20260914150400)"} {
		if !bytes.Contains(file.raw, []byte(want)) {
			t.Errorf("the file lacks %q", want)
		}
	}
	if strings.Contains(file.text(), "[U+") && !strings.Contains(text, "for example [U+1F600]") {
		t.Error("the report's own words hold a character that the font lacks")
	}
}

// An imported questionnaire with seven pillars of long names, and without tradeoffs, has its summary on one page too.
func TestSummaryOfSevenPillars(t *testing.T) {
	q := fixture()
	q.Tradeoffs = nil
	for i := range 2 {
		question := assessment.Question{ID: fmt.Sprintf("more%d.q", i), Title: "How?", Weight: 1, Practices: []assessment.Practice{fixturePractice(200 + i)}}
		principle := assessment.Principle{ID: fmt.Sprintf("more%d", i), Title: "More", Weight: 1, Questions: []assessment.Question{question}}
		q.Pillars = append(q.Pillars, assessment.Pillar{ID: fmt.Sprintf("p%d", 5+i), Title: "More", Principles: []assessment.Principle{principle}})
	}
	for _, i := range []int{0, 2, 4} {
		q.Pillars[i].Title = "Auto scaling and capacity management"
	}
	pages := readPDF(t, snapshotPDF(t, renderer(t), snap(t, q, "Design review", taken, mixed))).pages
	if !strings.HasPrefix(pages[2], "Summary\n") || !strings.Contains(pages[2], "Top findings") {
		t.Errorf("the short lists are not on the page of the summary: %q", pages[2])
	}
	if !strings.HasPrefix(pages[3], "Pillars\n") {
		t.Errorf("after the summary comes %q", pages[3])
	}
	if strings.Contains(pages[2], "tradeoff") {
		t.Error("the verdict speaks of tradeoffs that the questionnaire does not have")
	}
}

// Every page but the cover has its running head, its number and something between.
func TestPagesAreNumbered(t *testing.T) {
	file := readPDF(t, snapshotPDF(t, renderer(t), snap(t, fixture(), "Design review", taken, mixed)))
	for i, page := range file.pages[1:] {
		lines := strings.Split(strings.TrimSpace(page), "\n")
		if len(lines) < 8 || lines[len(lines)-1] != strconv.Itoa(i+2) {
			t.Errorf("page %d ends with %q", i+2, lines[len(lines)-1])
		}
	}
}

// No link leads to a place that is nowhere in the document.
func TestLinksArrive(t *testing.T) {
	for _, answer := range []func(int) assessment.Answer{mixed, func(int) assessment.Answer { return assessment.Answer{} }} {
		file := snapshotPDF(t, renderer(t), snap(t, fixture(), "Design review", taken, answer))
		if bytes.Contains(file, []byte("/Dest [1 0 R")) {
			t.Error("a link has no target")
		}
	}
}

func TestExtremes(t *testing.T) {
	always := func(a assessment.Answer) func(int) assessment.Answer { return func(int) assessment.Answer { return a } }
	tests := []struct {
		name   string
		answer func(int) assessment.Answer
		want   string
	}{
		{"nothing answered", always(assessment.Answer{}), "0–100"},
		{"all adopted", always(assessment.Answer{Status: assessment.Adopted}), "There is nothing left to plan"},
		{"all missing", always(assessment.Answer{Status: assessment.Absent}), "45 findings"},
		{"nothing applicable", always(assessment.Answer{Status: assessment.NotApplicable, Reason: "none"}), "no practice of the questionnaire is applicable"},
	}
	r := renderer(t)
	base := snap(t, fixture(), "Design review", taken, mixed)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := snap(t, fixture(), tt.name, taken, tt.answer)
			if text := strings.ReplaceAll(readPDF(t, snapshotPDF(t, r, s)).text(), "\n", " "); !strings.Contains(text, tt.want) {
				t.Errorf("the report does not say %q", tt.want)
			}
			readPDF(t, comparisonPDF(t, r, base, s))
			readPDF(t, comparisonPDF(t, r, s, base))
		})
	}
}

func nastyTexts() map[string]string {
	return map[string]string{
		"emoji":            "launch 🚀 with 👩‍💻",
		"right to left":    "שלום مرحبا \u202Eevil\u202C",
		"controls":         "a\x00b\x1b[0m\a\r\nb\u0085c",
		"bad UTF-8":        "\xff\xfe\xc3(",
		"combining":        strings.Repeat("e\u0301\u0301\u0301", 200),
		"PDF syntax":       `) Tj ET (\) endstream endobj << /JS (x) >> %%EOF`,
		"no space":         strings.Repeat("x", 10_000),
		"many lines":       strings.Repeat("line\n", 2_000),
		"long, far planes": strings.Repeat("𝕏", 10_000),
		"surrogate halves": "\xed\xa0\x80 \xed\xb0\x80",
		"only spaces":      strings.Repeat(" ", 5_000),
	}
}

func TestNastyTexts(t *testing.T) {
	r := renderer(t)
	for name, text := range nastyTexts() {
		t.Run(name, func(t *testing.T) {
			s := snap(t, fixture(), "Design review", taken, mixed)
			s.Title, s.Note, s.TakenBy = text, text, text
			s.Workload.Name, s.Workload.Description, s.Workload.Owner, s.Workload.Tags = text, text, text, []string{text}
			s.Answers["x000"] = assessment.Answer{Status: assessment.Partial, Note: text, Evidence: []assessment.Link{{Title: text, URL: text}, {Title: text, URL: "https://example.com/" + text}}}
			s.Answers["x001"] = assessment.Answer{Status: assessment.NotApplicable, Reason: text}
			for i := range s.Decisions {
				s.Decisions[i].Rationale, s.Decisions[i].Owner, s.Decisions[i].Mitigations = text, text, []string{text}
			}
			s.Plan[0].Owner, s.Plan[0].URL = text, text
			s.Questionnaire.Pillars[0].Title = text
			s.Questionnaire.Pillars[0].Principles[0].Questions[0].Practices[0].Title = text
			s.Questionnaire.Tradeoffs[0].Title = text
			for kind, document := range map[string][]byte{"snapshot": snapshotPDF(t, r, s), "comparison": comparisonPDF(t, r, snap(t, fixture(), "Before", taken, mixed), s)} {
				if outside := readPDF(t, document).outside(); len(outside) > 0 {
					t.Errorf("%s: %d pieces of text are off the page: %.200q", kind, len(outside), outside)
				}
			}
		})
	}
}

func TestLongNoteIsCompleteAndFast(t *testing.T) {
	s := snap(t, fixture(), "Design review", taken, mixed)
	note := strings.Repeat("every zinnia blooms ", 100_000/20)
	s.Answers["x003"] = assessment.Answer{Status: assessment.Partial, Note: note}
	start := time.Now()
	file := readPDF(t, snapshotPDF(t, renderer(t), s))
	if d := time.Since(start); d > time.Second {
		t.Errorf("a note of 100 kB took %v, want under 1 s", d)
	}
	if got, want := strings.Count(file.text(), "zinnia"), strings.Count(note, "zinnia"); got != want {
		t.Errorf("%d of %d words are in the report", got, want)
	}
}

func TestLimits(t *testing.T) {
	s := snap(t, fixture(), "Design review", taken, mixed)
	r, err := New(Options{Limit: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	var w bytes.Buffer
	if err := r.Snapshot(t.Context(), &w, PDF, s); !errors.Is(err, ErrTooLong) || w.Len() > 0 {
		t.Errorf("past the limit: %v, %d bytes", err, w.Len())
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := renderer(t).Snapshot(ended, &w, PDF, s); !errors.Is(err, context.Canceled) || w.Len() > 0 {
		t.Errorf("a request that ended: %v, %d bytes", err, w.Len())
	}
}

func TestGuarded(t *testing.T) {
	if err := guarded(func() error { panic("index out of range") }); err == nil {
		t.Error("a panic is no error")
	}
}

func TestOwnFont(t *testing.T) {
	r, err := New(Options{Font: gomono.TTF})
	if err != nil {
		t.Fatal(err)
	}
	readPDF(t, snapshotPDF(t, r, snap(t, fixture(), "Design review", taken, mixed)))
	for name, font := range map[string][]byte{"no font": []byte("hello"), "cut off": gomono.TTF[:len(gomono.TTF)/3], "header only": gomono.TTF[:300]} {
		if _, err := New(Options{Font: font}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
