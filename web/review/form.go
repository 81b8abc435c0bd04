package review

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/suggest"
	"plumbline/templates"
	"plumbline/web/page"
)

// How many rows are matched at a time: as many as give lists of practices of about this many entries.
const (
	reviewEntries  = 3_000
	fewestRows     = 5
	mostRows       = 25
	titleInList    = 90  // characters of a practice's title
	problemsListed = 100 // of a file
)

// reviewForm is the rows of another assessment that are matched on one page.
type reviewForm struct {
	reviewFile
	c      *assessment.Current
	rows   []assessment.ReviewRow // of the file that would write something
	silent []assessment.ReviewRow // the others
	from   int                    // of rows, the first on the page
	to     int                    // and the first after it
	chosen map[int]string         // practice by line; empty to leave the row out
	over   map[int]bool           // lines that may replace an answer
	seen   map[string]int         // versions of answers that the page showed; nil where the form does not say
	faults templates.FormErrors
	inWay  map[int]*assessment.AnswerConflict // by line
}

// newReviewForm takes the rows apart. The page begins at a row, and rows start with what is suggested for them.
func newReviewForm(f reviewFile, c *assessment.Current, from int) *reviewForm {
	form := &reviewForm{reviewFile: f, c: c, chosen: map[int]string{}, over: map[int]bool{}}
	for _, row := range f.review.Rows {
		if row.Status(f.open) == assessment.Unanswered && row.Note == "" {
			form.silent = append(form.silent, row)
		} else {
			form.rows = append(form.rows, row)
		}
	}
	form.from = min(max(from, 0), max(len(form.rows)-1, 0))
	form.to = min(form.from+rowsAtATime(c.Model.PracticeCount()), len(form.rows))
	return form
}

func rowsAtATime(practices int) int {
	return min(max(reviewEntries/max(practices, 1), fewestRows), mostRows)
}

// page returns the rows on the page.
func (f *reviewForm) page() []assessment.ReviewRow { return f.rows[f.from:f.to] }

// suggest chooses for each row what is suggested, unless ctx ends before.
func (f *reviewForm) suggest(ctx context.Context, suggester *suggest.Suggester) error {
	for _, row := range f.page() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if found, ok := suggester.Suggest(row); ok {
			f.chosen[row.Line] = found.Practice
		}
	}
	return nil
}

// readReviewForm reads the form of the rows.
func (h *handlers) readReviewForm(r *http.Request, c *assessment.Current) (*reviewForm, error) {
	if err := page.ReadForm(r); err != nil {
		return nil, err
	}
	data, err := unpack(r.PostForm.Get(templates.FieldReviewPacked))
	if err != nil {
		return nil, err
	}
	file := reviewFile{name: page.UploadedName(r.PostForm.Get(templates.FieldReviewName)), data: data, open: openStatus(r.PostForm.Get(templates.FieldReviewOpen))}
	if err := file.read(h.read); err != nil {
		return nil, err
	}
	from, err := strconv.Atoi(r.PostForm.Get(templates.FieldReviewFrom))
	if err != nil {
		from = 0
	}
	form := newReviewForm(file, c, from)
	form.fill(r.PostForm)
	return form, nil
}

// fill takes over what was chosen on the page.
func (f *reviewForm) fill(values url.Values) {
	for _, row := range f.page() {
		f.chosen[row.Line] = values.Get(templates.ReviewPracticeField(row.Line))
		f.over[row.Line] = values.Get(templates.ReviewReplaceField(row.Line)) != ""
	}
	if values.Has(templates.FieldReviewSeen) {
		f.seen = readSeen(values.Get(templates.FieldReviewSeen))
	}
}

// readSeen reads what writeSeen wrote. What makes no sense counts as version 0, which no stored answer has.
func readSeen(text string) map[string]int {
	seen := map[string]int{}
	for field := range strings.FieldsSeq(text) {
		practice, version, _ := strings.Cut(field, "=")
		if n, err := strconv.Atoi(version); err == nil && n > 0 {
			seen[practice] = n
		}
	}
	return seen
}

// writeSeen writes the versions of all answers for a form.
func writeSeen(answers assessment.SavedAnswers) string {
	var fields []string
	for practice, saved := range answers {
		fields = append(fields, fmt.Sprintf("%s=%d", practice, saved.Version))
	}
	slices.Sort(fields)
	return strings.Join(fields, " ")
}

// leftRow is a row that was not written, and why.
type leftRow struct {
	assessment.ReviewRow
	why string
}

// plan is what a page of rows writes.
type plan struct {
	saves []assessment.SaveAnswer
	lines map[string][]int // by practice
	left  []leftRow
}

// plan says what would be written. What is wrong with a row is in f.faults afterwards.
func (f *reviewForm) plan() plan {
	p := plan{lines: map[string][]int{}}
	rows := map[string][]assessment.ReviewRow{}
	var order []string
	for _, row := range f.page() {
		practice := f.chosen[row.Line]
		if why := f.leaves(row, practice); why != "" {
			p.left = append(p.left, leftRow{row, why})
			continue
		}
		if _, known := f.c.Model.Place(practice); !known {
			f.fault(row.Line, "choose a practice from the list, or skip the row")
			continue
		}
		if len(rows[practice]) == 0 {
			order = append(order, practice)
		}
		rows[practice] = append(rows[practice], row)
	}
	for _, practice := range order {
		f.merge(&p, practice, rows[practice])
	}
	return p
}

func (f *reviewForm) fault(line int, message string) {
	f.faults = append(f.faults, templates.FieldError{Field: templates.ReviewPracticeField(line), Message: fmt.Sprintf("Line %d: %s", line, message)})
}

// leaves says why a row is not to be written, empty where it is.
func (f *reviewForm) leaves(row assessment.ReviewRow, practice string) string {
	stored := f.c.State.Answer(practice)
	switch {
	case practice == "":
		return "skipped"
	case f.over[row.Line] || !stored.Says() || f.seen[practice] == 0 && stored.Version > 0:
		return ""
	default:
		return "already answered and not selected to replace"
	}
}

// merge adds what rows write to one practice.
func (f *reviewForm) merge(p *plan, practice string, rows []assessment.ReviewRow) {
	stored := f.c.State.Answer(practice).Answer
	answer := stored.Merged(rows, f.open, f.title())
	if answer.Equal(stored) {
		for _, row := range rows {
			p.left = append(p.left, leftRow{row, "same answer already saved"})
		}
		return
	}
	if wrong, ok := assessment.CheckAnswer(answer).(assessment.Errors); ok {
		for _, row := range rows {
			f.fault(row.Line, wrong[0].Message+"; skip a row")
		}
		return
	}
	for _, row := range rows {
		p.lines[practice] = append(p.lines[practice], row.Line)
	}
	p.saves = append(p.saves, assessment.SaveAnswer{Practice: practice, Version: f.seen[practice], Answer: answer})
}
