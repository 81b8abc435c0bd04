package review_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/web/webtest"
)

// reviewCSV is an export with four recommendations, of which one is done and has no counterpart, and a selected answer.
const reviewCSV = "\ufeffCellar Review,,,,,,,,,\r\n,,,,,,,,,\r\nYour overall results,Critical,'0/120',,,,,,,\r\n,,,,,,,,,\r\n" +
	"Category,Link-Text,Link,Priority,ReportingCategory,ReportingSubcategory,Weight,Context,CompleteY/N,Note\r\n" +
	"Reliability,RE:02 - Identify all user and system flows.,https://learn.microsoft.com/azure/well-architected/reliability/identify-flows,High,RE:02,,75,,Y,Done in May <b>x</b>\r\n" +
	"Reliability,RE:05 - Use built-in redundancy.,https://learn.microsoft.com/en-us/azure/well-architected/reliability/redundancy,High,RE:05,,75,,N,Not in Oslo\r\n" +
	"Reliability,RE:09 - Conduct disaster recovery drills.,https://learn.microsoft.com/azure/well-architected/reliability/disaster-recovery,Low,RE:09,,20,,N,\r\n" +
	"Elsewhere,Polish the brass,,Low,,,10,,Y,\r\n"

// Practices that the rows of reviewCSV are matched with by suggestion.
const (
	flowsPractice      = "rel-01.p1" // line 6
	redundancyPractice = "rel-01.p2" // line 7
	drillsPractice     = "rel-03.p4" // line 8
)

// rowsForm returns the form of a page of rows as it would be sent unchanged.
func rowsForm(page *goquery.Document) url.Values {
	form := url.Values{}
	page.Find("main form").First().Find("input[type=hidden]").Each(func(_ int, input *goquery.Selection) {
		form.Set(input.AttrOr("name", ""), input.AttrOr("value", ""))
	})
	page.Find("main form").First().Find("select").Each(func(_ int, list *goquery.Selection) {
		form.Set(list.AttrOr("name", ""), list.Find("option[selected]").AttrOr("value", ""))
	})
	page.Find("main form").First().Find("input[type=checkbox][checked]").Each(func(_ int, box *goquery.Selection) {
		form.Set(box.AttrOr("name", ""), "1")
	})
	form.Set("do", "write")
	return form
}

// reviewing is a browser at the rows of reviewCSV.
func reviewing(t *testing.T, open string) (b *webtest.Browser, started assessment.Assessment, rows webtest.Answer) {
	t.Helper()
	a := webtest.NewApp(t)
	started = a.NewAssessment("Claims triage")
	b = a.SignedIn()
	rows = b.SendReview("/assessments/"+started.ID+"/import", `C:\files\export.csv`, []byte(reviewCSV), map[string]string{"open": open})
	if rows.Status != http.StatusOK {
		t.Fatalf("upload: status %d\n%s", rows.Status, rows.Page.Find("main").Text())
	}
	return b, started, rows
}

func TestReviewUploadSuggests(t *testing.T) {
	b, started, rows := reviewing(t, "")
	if n := rows.Page.Find("fieldset.review-row").Length(); n != 3 {
		t.Errorf("%d rows, want 3", n)
	}
	first := rows.Page.Find("#row-6")
	if got := first.Find("option[selected]").AttrOr("value", ""); got != flowsPractice {
		t.Errorf("suggested %q, want %q", got, flowsPractice)
	}
	for _, want := range []string{"RE:02 - Identify all user and system flows.", "marked as done", "“Done in May <b>x</b>”", "Would be imported Adopted", "Reasons: a link to the same page", "the pillar Reliability"} {
		if !strings.Contains(webtest.TextOf(first), want) {
			t.Errorf("%q is not in %q", want, webtest.TextOf(first))
		}
	}
	if got := webtest.TextOf(rows.Page.Find("#row-7")); !strings.Contains(got, "note only") {
		t.Errorf("a row that is not done: %q", got)
	}
	if got := webtest.TextOf(rows.Page.Find("#row-9")); !strings.Contains(got, "No suggestion") || rows.Page.Find("#row-9 option[selected]").AttrOr("value", "x") != "" {
		t.Errorf("a row without suggestion: %q", got)
	}
	main := webtest.TextOf(rows.Page.Find("main"))
	for _, want := range []string{"Cellar Review", "Rows 1 to 3 of 3", "Line 8: RE:09 - Conduct disaster recovery drills.", "3:1: not read: \"Your overall results, Critical, 0/120\""} {
		if !strings.Contains(main, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	if len(b.Stored(started.ID)) != 0 {
		t.Error("an upload stored something")
	}
}

func TestReviewIsWritten(t *testing.T) {
	b, started, rows := reviewing(t, "")
	path := "/assessments/" + started.ID + "/import/rows"
	form := rowsForm(rows.Page)
	done := b.Post(path, form)
	if done.Status != http.StatusOK || webtest.TextOf(done.Page.Find("h1")) != "2 answers imported" {
		t.Fatalf("status %d\n%s", done.Status, webtest.TextOf(done.Page.Find("main")))
	}
	stored := b.Stored(started.ID)
	if got, want := stored[flowsPractice].Answer.Note, "Cellar Review, line 6: RE:02 - Identify all user and system flows.\nDone in May <b>x</b>"; got != want || stored[flowsPractice].Status != assessment.Adopted {
		t.Errorf("stored %+v", stored[flowsPractice])
	}
	if got := stored[redundancyPractice]; got.Status != assessment.Unanswered || !strings.HasSuffix(got.Note, "\nNot in Oslo") {
		t.Errorf("a note alone: %+v", got)
	}
	if len(stored) != 2 {
		t.Errorf("%d answers, want 2", len(stored))
	}
	if got := webtest.TextOf(done.Page.Find("main")); !strings.Contains(got, "Polish the brassskipped") || !strings.Contains(got, "Note only") {
		t.Errorf("what was done: %s", got)
	}
	again := b.Post(path, form)
	if again.Status != http.StatusOK || webtest.TextOf(again.Page.Find("h1")) != "Nothing was imported" || !strings.Contains(webtest.TextOf(again.Page.Find("main")), "same answer already saved") {
		t.Errorf("sent twice: status %d, %s", again.Status, webtest.TextOf(again.Page.Find("main")))
	}
	if b.Stored(started.ID)[flowsPractice].Version != 1 {
		t.Error("sent twice, saved twice")
	}
}

func TestReviewOfWhatIsNotDone(t *testing.T) {
	b, started, rows := reviewing(t, "absent")
	form := rowsForm(rows.Page)
	form.Set("practice-6", redundancyPractice) // with line 7, which is not done
	done := b.Post("/assessments/"+started.ID+"/import/rows", form)
	stored := b.Stored(started.ID)
	if done.Status != http.StatusOK || stored[drillsPractice].Status != assessment.Absent {
		t.Errorf("status %d, stored %+v", done.Status, stored[drillsPractice])
	}
	both := stored[redundancyPractice]
	if both.Status != assessment.Partial || strings.Count(both.Note, "Cellar Review, line ") != 2 || !strings.Contains(webtest.TextOf(done.Page.Find("main")), "lines 6, 7") {
		t.Errorf("two rows of one practice: %+v", both)
	}
}

func TestReviewKeepsAnswers(t *testing.T) {
	a := webtest.NewApp(t)
	started := a.NewAssessment("Claims triage")
	theirs := assessment.Answer{Status: assessment.Partial, Note: "Ours", Evidence: []assessment.Link{{Title: "E", URL: "https://example.org/"}}}
	if _, err := a.Store.SaveAnswer(t.Context(), a.Actor(), started.ID, assessment.SaveAnswer{Practice: flowsPractice, Answer: theirs}); err != nil {
		t.Fatal(err)
	}
	b := a.SignedIn()
	rows := b.SendReview("/assessments/"+started.ID+"/import", "x.csv", []byte(reviewCSV), nil)
	if got := webtest.TextOf(rows.Page.Find("#row-6 .review-stored")); !strings.Contains(got, "Already answered by Ines Okafor, 23 Nov 2026") || !strings.Contains(got, "Partially“Ours”") {
		t.Errorf("beside it: %q", got)
	}
	form := rowsForm(rows.Page)
	done := b.Post("/assessments/"+started.ID+"/import/rows", form)
	if got := b.Stored(started.ID)[flowsPractice].Answer; !got.Equal(theirs) || !strings.Contains(webtest.TextOf(done.Page.Find("main")), "already answered and not selected to replace") {
		t.Errorf("not ticked: %+v", got)
	}
	form.Set("replace-6", "1")
	b.Post("/assessments/"+started.ID+"/import/rows", form)
	got := b.Stored(started.ID)[flowsPractice].Answer
	if got.Status != assessment.Adopted || !strings.HasPrefix(got.Note, "Ours\n\nCellar Review, line 6") || len(got.Evidence) != 1 {
		t.Errorf("ticked: %+v", got)
	}
}

func TestReviewConflict(t *testing.T) {
	for _, ticked := range []bool{false, true} {
		b, started, rows := reviewing(t, "")
		form := rowsForm(rows.Page)
		form.Set("practice-9", drillsPractice)
		if ticked {
			form.Set("replace-6", "1")
		}
		meanwhile := assessment.Answer{Status: assessment.Absent, Note: "Meanwhile"}
		if _, err := b.Store.SaveAnswer(t.Context(), b.Actor(), started.ID, assessment.SaveAnswer{Practice: flowsPractice, Answer: meanwhile}); err != nil {
			t.Fatal(err)
		}
		path := "/assessments/" + started.ID + "/import/rows"
		conflict := b.Post(path, form)
		if conflict.Status != http.StatusConflict || len(b.Stored(started.ID)) != 1 {
			t.Fatalf("status %d, %d answers", conflict.Status, len(b.Stored(started.ID)))
		}
		if got := webtest.TextOf(conflict.Page.Find("#row-6")); !strings.Contains(got, "Answered first by Ines Okafor") || !strings.Contains(got, "“Meanwhile”") || !strings.Contains(got, "Line 6: Ines Okafor answered this practice first") {
			t.Errorf("beside it: %q", got)
		}
		again := rowsForm(conflict.Page)
		if again.Get("practice-9") != drillsPractice || again.Has("replace-6") {
			t.Errorf("what was chosen is lost, or still ticked: %v", again["practice-9"])
		}
		done := b.Post(path, again)
		stored := b.Stored(started.ID)
		if done.Status != http.StatusOK || !stored[flowsPractice].Equal(meanwhile) || stored[drillsPractice].Status != assessment.Adopted {
			t.Errorf("afterwards: status %d, %+v", done.Status, stored)
		}
	}
}

func TestReviewUploadRefuses(t *testing.T) {
	rows := "Category,Link-Text,Note\n" + strings.Repeat("C,T,N\n", 998)
	tests := []struct {
		name   string
		data   string
		status int
		want   string
	}{
		{"empty", "", 422, "Choose a file that is not empty"},
		{"no export", "a,b\n", 422, "x.csv:1:1: no row with the headers Category and Link-Text"},
		{"bad row 999 of 1,000", rows + "C,T\"T,N\nC,T,N\n", 422, "x.csv:1000:4: a quotation mark inside a cell"},
		{"binary", "PK\x03\x04\xff", 422, "x.csv:1:5: this is not UTF-8 text"},
		{"too large", strings.Repeat("a", 5<<20+1), 413, "Choose a file of at most 5 MiB"},
		{"far too large", strings.Repeat("a", 6<<20), 413, "Choose a file of at most 5 MiB"},
	}
	a := webtest.NewApp(t)
	started := a.NewAssessment("Claims triage")
	b := a.SignedIn()
	path := "/assessments/" + started.ID + "/import"
	for _, tt := range tests {
		got := b.SendReview(path, "x.csv", []byte(tt.data), map[string]string{"open": "absent"})
		if got.Status != tt.status || !strings.Contains(webtest.TextOf(got.Page.Find("#file-error")), tt.want) {
			t.Errorf("%s: status %d, %q", tt.name, got.Status, webtest.TextOf(got.Page.Find("#file-error")))
		}
	}
	for name, got := range map[string]webtest.Answer{
		"no file":             b.Post(path, url.Values{"open": {"absent"}}),
		"no multipart":        b.Send(http.MethodPost, path, http.Header{"Content-Type": {"text/csv"}}, strings.NewReader(reviewCSV)),
		"broken multipart":    b.Send(http.MethodPost, path, http.Header{"Content-Type": {"multipart/form-data; boundary=x"}}, strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc")),
		"chunked, cut off":    b.Send(http.MethodPost, path, http.Header{"Content-Type": {"multipart/form-data; boundary=x"}}, io.MultiReader(strings.NewReader("--x\r\n"))),
		"rows without a file": b.Post(path+"/rows", url.Values{"do": {"write"}, "versions": {""}}),
		"rows with no zip":    b.Post(path+"/rows", url.Values{"review": {"AAAA"}, "do": {"write"}, "versions": {""}}),
		"rows with rubbish":   b.Post(path+"/rows", url.Values{"review": {"\x00\xff"}, "do": {"write"}, "versions": {""}}),
	} {
		if got.Status != http.StatusUnprocessableEntity || got.Page.Find("#file-error").Length() != 1 {
			t.Errorf("%s: status %d", name, got.Status)
		}
	}
	chunked := b.Send(http.MethodPost, path, http.Header{"Content-Type": {"multipart/form-data; boundary=x"}}, io.MultiReader(strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n"),
		io.LimitReader(endless{}, 7<<20)))
	if chunked.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("chunked without length: status %d", chunked.Status)
	}
	if len(b.Stored(started.ID)) != 0 {
		t.Error("a bad file stored something")
	}
}

// endless is a body that never ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

func TestReviewRowsRefuse(t *testing.T) {
	b, started, rows := reviewing(t, "")
	path := "/assessments/" + started.ID + "/import/rows"
	tests := []struct {
		name   string
		change func(form url.Values)
		status int
		want   string
	}{
		{"unknown practice", func(f url.Values) { f.Set("practice-6", "none") }, 422, "Line 6: choose a practice from the list, or skip the row"},
		{"broken UTF-8", func(f url.Values) { f.Set("practice-6", "\xff\x00") }, 422, "Line 6: choose a practice from the list"},
		{"HTML", func(f url.Values) { f.Set("practice-6", "<script>") }, 422, "Line 6: choose a practice from the list"},
		{"10,000 characters", func(f url.Values) { f.Set("practice-6", strings.Repeat("é", 10_000)) }, 422, "Line 6: choose a practice from the list"},
		{"no versions", func(f url.Values) { f.Del("versions") }, 428, ""},
		{"all left out", func(f url.Values) {
			for _, line := range []string{"6", "7", "9"} {
				f.Set("practice-"+line, "")
			}
		}, 200, "Nothing was imported"},
		{"versions that make no sense", func(f url.Values) {
			f.Set("versions", "a=b =1 rel-01.p1=-5 x=99999999999999999999")
			f.Set("practice-6", "")
			f.Set("practice-7", "")
		}, 200, "Nothing was imported"},
		{"rows that are not there", func(f url.Values) { f.Set("from", "-99999999999999999999"); f.Set("do", "show") }, 200, "Rows 1 to 3 of 3"},
		{"far rows", func(f url.Values) { f.Set("from", "4000"); f.Set("do", "show") }, 200, "Rows 3 of 3"},
	}
	for _, tt := range tests {
		form := rowsForm(rows.Page)
		tt.change(form)
		got := b.Post(path, form)
		if got.Status != tt.status || !strings.Contains(webtest.TextOf(got.Page.Find("main")), tt.want) {
			t.Errorf("%s: status %d\n%s", tt.name, got.Status, webtest.TextOf(got.Page.Find("main")))
		}
		if len(b.Stored(started.ID)) != 0 {
			t.Fatalf("%s: something was stored", tt.name)
		}
		if tt.status == 422 && got.Page.Find("#practice-7 option[selected]").AttrOr("value", "") != redundancyPractice {
			t.Errorf("%s: what was chosen for another row is lost", tt.name)
		}
	}
}

func TestReviewNoteThatIsTooLong(t *testing.T) {
	a := webtest.NewApp(t)
	started := a.NewAssessment("Claims triage")
	full := assessment.Answer{Note: strings.Repeat("n", assessment.MaxText)}
	if _, err := a.Store.SaveAnswer(t.Context(), a.Actor(), started.ID, assessment.SaveAnswer{Practice: flowsPractice, Answer: full}); err != nil {
		t.Fatal(err)
	}
	b := a.SignedIn()
	form := rowsForm(b.SendReview("/assessments/"+started.ID+"/import", "x.csv", []byte(reviewCSV), nil).Page)
	form.Set("replace-6", "1")
	got := b.Post("/assessments/"+started.ID+"/import/rows", form)
	if got.Status != 422 || !strings.Contains(webtest.TextOf(got.Page.Find("#practice-6-error")), "Line 6: The note has ") || len(b.Stored(started.ID)) != 1 {
		t.Errorf("status %d, %q", got.Status, webtest.TextOf(got.Page.Find("#practice-6-error")))
	}
}

func TestReviewOfManyRows(t *testing.T) {
	a := webtest.NewApp(t)
	started := a.NewAssessment("Claims triage")
	b := a.SignedIn()
	data := "Category,Link-Text,CompleteY/N\n"
	for i := range 1_000 {
		data += fmt.Sprintf("Reliability,Row number %d of many,Y\n", i)
	}
	rows := b.SendReview("/assessments/"+started.ID+"/import", "many.csv", []byte(data), nil)
	if got := webtest.TextOf(rows.Page.Find("main")); rows.Status != http.StatusOK || !strings.Contains(got, "Rows 1 to 20 of 1000") || len(rows.Body) > 1<<20 {
		t.Fatalf("status %d, %d bytes", rows.Status, len(rows.Body))
	}
	form := rowsForm(rows.Page)
	if len(form.Encode()) > 256<<10 {
		t.Errorf("the form has %d bytes", len(form.Encode()))
	}
	form.Set("practice-2", flowsPractice)
	done := b.Post("/assessments/"+started.ID+"/import/rows", form)
	if !strings.Contains(webtest.TextOf(done.Page.Find("main")), "Continue with rows 21 to 40") {
		t.Errorf("afterwards: %s", webtest.TextOf(done.Page.Find("main .title")))
	}
	next := rowsForm(done.Page)
	next.Set("from", "20")
	next.Set("do", "show")
	if got := b.Post("/assessments/"+started.ID+"/import/rows", next); !strings.Contains(webtest.TextOf(got.Page.Find("main")), "Rows 21 to 40 of 1000") {
		t.Errorf("the next rows: status %d", got.Status)
	}
	if got := b.Stored(started.ID)[flowsPractice].Note; !strings.HasPrefix(got, "many.csv, line 2") {
		t.Errorf("stored %q", got)
	}
}

func TestReviewIsFound(t *testing.T) {
	a := webtest.NewApp(t)
	started := a.NewAssessment("Claims triage")
	link := `main a[href="/assessments/` + started.ID + `/import"]`
	if a.SignedIn().Get("/assessments/"+started.ID).Page.Find(link).Length() != 2 {
		t.Error("the overview does not lead to the import")
	}
}
