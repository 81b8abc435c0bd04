package report

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"plumbline/assessment"
)

func workbookPDF(t testing.TB, q *assessment.Questionnaire) []byte {
	t.Helper()
	var w bytes.Buffer
	if err := renderer(t).Workbook(t.Context(), &w, q); err != nil {
		t.Fatal(err)
	}
	return w.Bytes()
}

func when(t testing.TB, text string) assessment.Expression {
	t.Helper()
	e, err := assessment.ParseExpression(text)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// kitchen is a small questionnaire with everything that a workbook shows.
func kitchen(t testing.TB) *assessment.Questionnaire {
	t.Helper()
	return &assessment.Questionnaire{
		ID: "kitchen", Version: "2.1.0", Title: "Kitchen", Summary: "How a kitchen is run.",
		Source: assessment.Source{Title: "The cook book", URL: "https://example.org/cook", Licence: "CC BY 4.0"},
		Bands:  []assessment.Band{{ID: "poor", Title: "Poor"}, {ID: "fine", Title: "Fine", From: 50}},
		Pillars: []assessment.Pillar{{ID: "hygiene", Title: "Hygiene", Summary: "Nobody falls ill.", Principles: []assessment.Principle{
			{ID: "h1", Title: "Keep hands clean", Summary: "Hands touch everything.", Weight: 2, Questions: []assessment.Question{
				{ID: "h1.q1", Title: "How do hands stay clean?", Help: "The cook knows.", Weight: 1, Practices: []assessment.Practice{
					{ID: "h1.p1", Title: "There is soap at every basin.", Help: "Any soap will do. Partly: only at some basins.", Risk: assessment.High, Weight: 5,
						Effort: assessment.EffortS, Advice: "Buy soap.", NotApplicableWhen: "there is no basin"},
					{ID: "h1.p2", Title: "Towels are changed daily.", Help: "A wet towel undoes it all.", Risk: assessment.Medium, Weight: 3, Effort: assessment.EffortM},
				}, RiskRules: []assessment.RiskRule{
					{When: when(t, "h1.p1 && h1.p2"), Risk: assessment.None}, {When: when(t, "!h1.p1"), Risk: assessment.High}, {When: when(t, "default"), Risk: assessment.Medium},
				}},
				{ID: "h1.q2", Title: "Who looks?", Weight: 3, Practices: []assessment.Practice{
					{ID: "h1.p3", Title: "Somebody looks once a week.", Risk: assessment.Low, Weight: 1, Effort: assessment.EffortL},
				}},
			}},
			{ID: "h2", Title: "Wash up", Weight: 1, Questions: []assessment.Question{{ID: "h2.q1", Title: "Wash up", Weight: 1, Practices: []assessment.Practice{
				{ID: "h2.p1", Title: "Dishes are washed at once.", Risk: assessment.Medium, Weight: 3, Effort: assessment.EffortS},
			}}}},
		}}},
		Tradeoffs: []assessment.Tradeoff{{ID: "t1", Title: "Clean against quick", Stated: true, Summary: "Washing takes time.",
			Sides:   [2]assessment.Side{{Label: "Clean", Pillars: []string{"hygiene"}, Practices: []string{"h1.p1", "h1.p2"}}, {Label: "Quick", Pillars: []string{"hygiene"}, Practices: []string{"h2.p1"}}},
			Signals: []assessment.Signal{{When: when(t, "(h1.p1 || h1.p2) && !h2.p1"), Says: "Hands are washed, and dishes pile up."}},
			Decide:  "How much time is there?", Mitigations: []string{"Buy a dishwasher."}}},
	}
}

// The words of a small workbook, page by page: whoever changes them should see it.
func TestWorkbookWords(t *testing.T) {
	file := readPDF(t, workbookPDF(t, kitchen(t)))
	got := strings.Join(file.pages, "\f\n")
	golden := filepath.Join("testdata", "workbook.txt")
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the words differ from %s (UPDATE=1 writes it anew):\n%s", golden, got)
	}
}

func TestWorkbookInformation(t *testing.T) {
	q := kitchen(t)
	file := readPDF(t, workbookPDF(t, q))
	if want := []string{"Cover", "Contents", "How to use this workbook", "Hygiene", "Keep hands clean", "Wash up", "Tradeoffs", "Clean against quick",
		"Adding up", "All pillars", "Hygiene"}; !slices.Equal(file.bookmarks(), want) {
		t.Errorf("bookmarks %q, want %q", file.bookmarks(), want)
	}
	if bytes.Contains(file.raw, []byte("Date (")) {
		t.Error("the workbook has a date, and would differ from day to day")
	}
	if !strings.Contains(file.pages[0], hashText(questionnaireHash(q))) {
		t.Error("the cover does not name the hash")
	}
	if bytes.Contains(file.raw, []byte("/Dest [1 0 R")) {
		t.Error("a link has no target")
	}
}

// The same questionnaire gives the same bytes, at another time, from another renderer and from several at once.
func TestWorkbookIsDeterministic(t *testing.T) {
	want := workbookPDF(t, fixture())
	shared := renderer(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			var got bytes.Buffer
			if err := shared.Workbook(t.Context(), &got, fixture()); err != nil || !bytes.Equal(got.Bytes(), want) {
				t.Errorf("the workbook differs (%v)", err)
			}
		})
	}
	wg.Wait()
}

// numbered is a questionnaire with n practices whose statements can be told apart.
func numbered(n int, statement func(i int) string) *assessment.Questionnaire {
	q := fixture()
	q.Tradeoffs = nil
	q.Pillars = q.Pillars[:1]
	q.Pillars[0].Principles = q.Pillars[0].Principles[:1]
	question := q.Pillars[0].Principles[0].Questions[0]
	question.Practices = nil
	for i := range n {
		p := fixturePractice(i)
		p.Title = statement(i)
		question.Practices = append(question.Practices, p)
	}
	q.Pillars[0].Principles[0].Questions = []assessment.Question{question}
	return q
}

// Between the statement of a practice and its boxes there is no new page; nothing is left out.
func TestStatementsStayWithTheirBoxes(t *testing.T) {
	texts := map[string]func(i int) string{
		"short": func(i int) string { return fmt.Sprintf("Statement-%d. It is so.", i) },
		"long": func(i int) string {
			return fmt.Sprintf("Statement-%d. %s", i, strings.Repeat("It goes on and on. ", i%40))
		},
	}
	for name, statement := range texts {
		t.Run(name, func(t *testing.T) {
			const n = 200
			file := readPDF(t, workbookPDF(t, numbered(n, statement)))
			asked := 0
			for i, page := range file.pages {
				boxes, begun := strings.Count(page, "Not yet\nPartially\nAdopted\nNot applicable\n"), strings.Count(page, "\nStatement-")
				if strings.Contains(page, "÷ weights") {
					continue
				}
				asked += boxes
				if begun != boxes {
					t.Errorf("page %d: %d statements begin, %d have boxes", i+1, begun, boxes)
				}
			}
			if asked != n {
				t.Errorf("%d statements have boxes, want %d", asked, n)
			}
		})
	}
}

func TestWorkbookOfOnePractice(t *testing.T) {
	file := readPDF(t, workbookPDF(t, numbered(1, func(int) string { return "The only one." })))
	if n := len(file.pages); n != 6 {
		t.Errorf("%d pages, want 6: cover, contents, guide, question, two to add up", n)
	}
	if text := file.text(); strings.Contains(text, "mean of its") || strings.Contains(text, "Tradeoffs") {
		t.Error("the workbook speaks of means or tradeoffs that there are none of")
	}
}

func TestWorkbookWithNastyTexts(t *testing.T) {
	for name, text := range nastyTexts() {
		t.Run(name, func(t *testing.T) {
			q := kitchen(t)
			pillar, tradeoff := &q.Pillars[0], &q.Tradeoffs[0]
			principle := &pillar.Principles[0]
			question := &principle.Questions[0]
			practice := &question.Practices[0]
			for _, field := range []*string{&q.Title, &q.Summary, &q.Version, &q.Source.Title, &q.Source.URL, &q.Source.Licence, &q.Bands[0].Title,
				&pillar.Title, &pillar.Summary, &principle.Title, &principle.Summary, &question.Title, &question.Help,
				&practice.Title, &practice.Help, &practice.Advice, &practice.NotApplicableWhen,
				&tradeoff.Title, &tradeoff.Summary, &tradeoff.Sides[0].Label, &tradeoff.Signals[0].Says, &tradeoff.Decide, &tradeoff.Mitigations[0]} {
				*field = text
			}
			longest := strings.Repeat("x", assessment.MaxID)
			q.ID, principle.ID, practice.ID, tradeoff.ID = longest, longest, longest, longest
			if outside := readPDF(t, workbookPDF(t, q)).outside(); len(outside) > 0 {
				t.Errorf("%d pieces of text are off the page: %.200q", len(outside), outside)
			}
		})
	}
}

func TestWorkbookKeepsLongTexts(t *testing.T) {
	q := kitchen(t)
	long := strings.TrimSpace(strings.Repeat("zinnia ", 5_000))
	p := &q.Pillars[0].Principles[0].Questions[0].Practices[0]
	p.Help, p.Advice, q.Tradeoffs[0].Summary = long, long, long
	file := readPDF(t, workbookPDF(t, q))
	if got := strings.Count(file.text(), "zinnia"); got != 15_000 {
		t.Errorf("%d of 15,000 words are in the workbook", got)
	}
	if outside := file.outside(); len(outside) > 0 {
		t.Errorf("%d pieces of text are off the page: %.200q", len(outside), outside)
	}
}

func TestWorkbookLimit(t *testing.T) {
	r, err := New(Options{Limit: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	var w bytes.Buffer
	if err := r.Workbook(t.Context(), &w, fixture()); !errors.Is(err, ErrTooLong) || w.Len() > 0 {
		t.Errorf("past the limit: %v, %d bytes", err, w.Len())
	}
}

func TestInWords(t *testing.T) {
	tests := []struct{ in, want string }{
		{"a", "a is present"},
		{"!a", "a is missing"},
		{"a && b", "a and b are both present"},
		{"a && b && c", "a, b and c are all present"},
		{"!a || !b || !c", "a, b or c is missing"},
		{"a && !b", "a is present, and b is missing"},
		{"(a || b) && (c || !d)", "a or b is present, and (c is present, or d is missing)"},
		{"(a || b) && c && !d", "c is present, and d is missing, and a or b is present"},
		{"a && b || !c", "c is missing, or a and b are both present"},
	}
	for _, tt := range tests {
		if got := inWords(when(t, tt.in)); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestPartly(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"Any soap will do.", "Any soap will do."},
		{"Any soap\nwill do. Partly: only at\nsome basins.", "Partly: only at some basins."},
	}
	for _, tt := range tests {
		if got := partly(tt.in); got != tt.want {
			t.Errorf("partly(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
