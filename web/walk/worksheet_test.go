package walk_test

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/webtest"
)

// shownRows are the ids of the rows of a worksheet that are not hidden.
func shownRows(p *goquery.Document) []string {
	return p.Find("#rows .practice:not([hidden])").Map(func(_ int, row *goquery.Selection) string { return strings.TrimPrefix(row.AttrOr("id", ""), "p-") })
}

// rowForm is what the script sends from the row of a practice that is not open.
func rowForm(practice string, version int, status assessment.Status, reason string) url.Values {
	return url.Values{"sheet": {"1"}, "version." + practice: {strconv.Itoa(version)}, "status." + practice: {string(status)}, "reason." + practice: {reason}}
}

func TestWorksheet(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	practices := a.Practices(id)
	a.Saves(a.Actor(), id, practices[0].ID, assessment.Answer{Status: assessment.Adopted, Note: "Second zone <since> May", Evidence: []assessment.Link{{URL: "https://example.com"}}})
	a.Answer(id, practices[1].ID, assessment.Absent)
	path := templates.WorksheetURL(id, nil)
	all := b.Get(path)
	if rows := shownRows(all.Page); len(rows) != len(practices) {
		t.Errorf("%d rows of %d practices", len(rows), len(practices))
	}
	if len(all.Body) > 300_000 {
		t.Errorf("the page has %d bytes, at most 300,000 are meant", len(all.Body))
	}
	for selector, want := range map[string]string{
		"#n-status-adopted":      "1",
		"#n-status-absent":       "1",
		"#n-has-note":            "1",
		".views [aria-current]":  "Worksheet",
		"#found":                 strconv.Itoa(len(practices)) + " practices",
		"#principle-rel-01 h3 a": "No single point of failure",
		"#of-rel-01":             "2 of 4",
	} {
		if text := webtest.TextOf(all.Page.Find(selector).First()); text != want {
			t.Errorf("%s says %q, want %q", selector, text, want)
		}
	}
	for query, want := range map[string]string{
		"?status=adopted":           practices[0].ID,
		"?status=absent&risk=high":  practices[1].ID,
		"?q=zone+%3Csince":          practices[0].ID,
		"?has=note&has=no_evidence": "",
		"?q=" + practices[1].ID:     practices[1].ID,
	} {
		p := b.Get(path + query).Page
		if got := strings.Join(shownRows(p), " "); got != want {
			t.Errorf("%s shows %q, want %q", query, got, want)
		}
		if none := p.Find("#none:not([hidden])").Length() == 1; none != (want == "") {
			t.Errorf("%s: says that nothing matches: %t", query, none)
		}
		mask := b.Get(path+"/found"+query).Page.Find("#found").AttrOr("data-shown", "")
		if len(mask) != len(practices) || strings.Count(mask, "1") != len(strings.Fields(want)) {
			t.Errorf("%s: mask %s", query, mask)
		}
	}
	open := b.Get(path + "?open=" + practices[0].ID).Page.Find("#p-" + strings.ReplaceAll(practices[0].ID, ".", "\\."))
	if note := open.Find("textarea[name^=note]").Text(); note != "Second zone <since> May" || open.Find(".past li").Length() != 1 || open.Find("[data-put-back]").Length() != 1 {
		t.Errorf("opened it says %q", webtest.TextOf(open))
	}
	if got := b.Get(path + "/practices/nothing"); got.Status != http.StatusNotFound {
		t.Errorf("a practice that is not there: status %d", got.Status)
	}
	viewer := a.SignedInWith(access.Viewer)
	if p := viewer.Get(path + "?open=" + practices[0].ID).Page; p.Find("#rows fieldset:not([disabled])").Length() != 0 || p.Find("[name=pick], .dock").Length() != 0 || !strings.Contains(p.Find("#rows").Text(), "Second zone") {
		t.Error("a viewer may change something, or sees nothing")
	}
	for _, practice := range viewer.Get(path).Page.Find("#rows .practice").EachIter() {
		if strings.Contains(practice.AttrOr("class", ""), "is-opened") {
			t.Error("something is open")
		}
	}
}

// TestRowKeepsWhatItHasNot: the row of the worksheet has no note, and saving it does not lose one.
func TestRowKeepsWhatItHasNot(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	practice := a.Practices(id)[0].ID
	a.Saves(a.Actor(), id, practice, assessment.Answer{Status: assessment.Adopted, Note: "Kept", Evidence: []assessment.Link{{URL: "https://example.com"}}})
	got := b.Live(templates.AnswerURL(id, practice), rowForm(practice, 1, assessment.Partial, ""))
	now := a.State(id).State.Answer(practice)
	if got.Status != http.StatusOK || now.Status != assessment.Partial || now.Note != "Kept" || len(now.Evidence) != 1 {
		t.Fatalf("status %d, %+v", got.Status, now)
	}
	toast := got.Page.Find("#toast")
	if says := webtest.TextOf(toast.Find("span")); !strings.HasSuffix(says, "Adopted → Partially") {
		t.Errorf("it says %q", says)
	}
	undo := url.Values{"undo": {toast.Find("[name=undo]").AttrOr("value", "")}}
	if got := b.Live(toast.Find("button").AttrOr("formaction", ""), undo); got.Status != http.StatusNoContent || a.State(id).State.Answer(practice).Status != assessment.Adopted {
		t.Errorf("undo: status %d, %+v", got.Status, a.State(id).State.Answer(practice))
	}
	if got := b.Live(templates.AnswerURL(id, practice), rowForm(practice, 1, assessment.Absent, "")); got.Status != http.StatusConflict || got.Page.Find(".conflict .versions").Length() != 1 {
		t.Errorf("an outdated row: status %d", got.Status)
	}
	if got := b.Live(templates.AnswerURL(id, practice), rowForm(practice, 3, assessment.NotApplicable, "")); got.Status != http.StatusUnprocessableEntity || webtest.TextOf(got.Page.Find(".faults .err")) == "" {
		t.Errorf("without a reason: status %d", got.Status)
	}
	cleared := b.Live(templates.AnswerURL(id, practice), rowForm(practice, 3, assessment.Unanswered, ""))
	if now := a.State(id).State.Answer(practice); cleared.Status != http.StatusOK || now.Status != assessment.Unanswered || now.Note != "Kept" {
		t.Errorf("cleared: status %d, %+v", cleared.Status, now)
	}
}

// TestWorksheetWithoutScript answers rows, and several at once, with forms alone.
func TestWorksheetWithoutScript(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	practices := a.Practices(id)
	path := templates.WorksheetURL(id, nil)
	form := webtest.FormValues(t, b.Get(path), "#answers")
	form.Set("status."+practices[0].ID, "adopted")
	form.Set("status."+practices[1].ID, "partial")
	got := b.Post(path, form)
	if got.Status != http.StatusSeeOther || a.State(id).State.Answer(practices[1].ID).Status != assessment.Partial {
		t.Fatalf("status %d", got.Status)
	}
	after := b.Get(got.Header.Get("Location"))
	if says := webtest.TextOf(after.Page.Find("#toast span")); says != "2 changes saved" || after.Page.Find("#toast [name=undo]").Length() != 2 {
		t.Errorf("it says %q", says)
	}
	undo := url.Values{"undo": after.Page.Find("#toast [name=undo]").Map(func(_ int, one *goquery.Selection) string { return one.AttrOr("value", "") })}
	if got := b.Post(after.Page.Find("#button-undo").AttrOr("formaction", ""), undo); got.Status != http.StatusSeeOther || a.State(id).Result.Overall.Answered != 0 {
		t.Errorf("undo: status %d, %d answered", got.Status, a.State(id).Result.Overall.Answered)
	}
	for _, no := range []url.Values{{"undo": {"x"}}, {"undo": {"999"}}, {}} {
		if got := b.Post(templates.UndoneURL(id), no); got.Status != http.StatusNotFound && got.Status != http.StatusUnprocessableEntity {
			t.Errorf("undo %v: status %d", no, got.Status)
		}
	}

	bulk := webtest.FormValues(t, b.Get(path), "#answers")
	bulk.Set("do", "answer")
	refusals := map[string]func(){
		"Select at least one":  func() { bulk.Del("pick") },
		"Choose an answer":     func() { bulk["pick"] = []string{practices[2].ID, practices[3].ID} },
		"Enter a reason why":   func() { bulk.Set("bulk", "not_applicable") },
		"Choose Not yet, Part": func() { bulk.Set("bulk", "nonsense") },
	}
	for _, want := range []string{"Select at least one", "Choose an answer", "Enter a reason why", "Choose Not yet, Part"} {
		refusals[want]()
		if got := b.Post(path, bulk); got.Status != http.StatusUnprocessableEntity || !strings.Contains(webtest.TextOf(got.Page.Find(".errors")), want) {
			t.Errorf("%s: status %d, %q", want, got.Status, webtest.TextOf(got.Page.Find(".errors")))
		}
	}
	bulk.Set("bulk", "not_applicable")
	bulk.Set("bulk_reason", "No training here")
	if got := b.Live(path, bulk); got.Status != http.StatusOK || got.Page.Find("fieldset.practice").Length() != 2 || a.State(id).State.Answer(practices[3].ID).Reason != "No training here" {
		t.Errorf("several at once: status %d", got.Status)
	}
	plan := webtest.FormValues(t, b.Get(path), "#answers")
	plan["pick"], plan["do"] = []string{practices[5].ID}, []string{"plan"}
	if got := b.Post(path, plan); got.Status != http.StatusSeeOther || len(a.State(id).State.Plan) != 1 {
		t.Errorf("to the plan: status %d", got.Status)
	}
}

// TestWorksheetConflict: of a whole page, what somebody else changed since is asked about, and nothing is saved.
func TestWorksheetConflict(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	practices := a.Practices(id)
	path := templates.WorksheetURL(id, nil)
	form := webtest.FormValues(t, b.Get(path), "#answers")
	form.Set("status."+practices[0].ID, "adopted")
	form.Set("status."+practices[1].ID, "adopted")
	colleague := a.Colleague()
	a.Saves(colleague, id, practices[0].ID, assessment.Answer{Status: assessment.Absent})
	a.Saves(colleague, id, practices[4].ID, assessment.Answer{Status: assessment.Absent})
	got := b.Post(path, form)
	if got.Status != http.StatusConflict || got.Page.Find(".conflict .versions").Length() != 1 || a.State(id).State.Answer(practices[1].ID).Version != 0 {
		t.Fatalf("status %d, %d conflicts", got.Status, got.Page.Find(".conflict .versions").Length())
	}
	again := webtest.FormValues(t, got, "#answers")
	again.Set("keep", "mine:"+practices[0].ID)
	if got := b.Post(path, again); got.Status != http.StatusSeeOther {
		t.Fatalf("status %d", got.Status)
	}
	now := a.State(id).State
	if now.Answer(practices[0].ID).Status != assessment.Adopted || now.Answer(practices[1].ID).Status != assessment.Adopted || now.Answer(practices[4].ID).Status != assessment.Absent {
		t.Error("what was chosen is not what is stored, or the answer of somebody else is lost")
	}
}

// TestWorksheetChanges: rows that others have changed are drawn as they are now, open where they were.
func TestWorksheetChanges(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	practices := a.Practices(id)
	a.Saves(a.Colleague(), id, practices[0].ID, assessment.Answer{Status: assessment.Absent})
	got := b.Get(templates.WorksheetURL(id, nil) + "/changes?practice=" + practices[0].ID + "&practice=" + practices[1].ID + "&opened=" + practices[1].ID)
	if got.Page.Find("fieldset.practice").Length() != 2 || got.Page.Find(".is-opened").Length() != 1 || !strings.Contains(got.Page.Find(".save-news").Text(), "Changed by") {
		t.Errorf("%s", webtest.TextOf(got.Page.Selection))
	}
}

// TestLongWorksheet has pages without the script, and all rows in parts for it.
func TestLongWorksheet(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewLongAssessment(700)
	path := templates.WorksheetURL(id, nil)
	seen := 0
	pages := 0
	for address := path; address != ""; pages++ {
		p := b.Get(address).Page
		rows := len(shownRows(p))
		if rows > 330 {
			t.Errorf("%d rows on a page", rows)
		}
		seen += rows
		address = p.Find("#pager [rel=next]").AttrOr("href", "")
	}
	if seen != 700 || pages != 3 {
		t.Errorf("%d rows on %d pages", seen, pages)
	}
	whole := 0
	for part := 1; part <= 3; part++ {
		whole += b.Get(path + "/rows?page=" + strconv.Itoa(part)).Page.Find("fieldset").Length()
	}
	if whole != 700 {
		t.Errorf("the parts have %d rows", whole)
	}
	if p := b.Get(path + "?q=practice+699").Page; len(shownRows(p)) != 1 || p.Find("#rows fieldset").Length() != 1 {
		t.Errorf("looked for one, found %v", shownRows(p))
	}
}

func TestNoteAloneIsKept(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewAssessment("Claims triage").ID
	if _, err := a.Store.SaveAnswer(context.Background(), a.Actor(), id, assessment.SaveAnswer{Practice: a.Practices(id)[0].ID, Answer: assessment.Answer{Note: "Ask Mei"}}); err != nil {
		t.Fatal(err)
	}
	p := a.SignedIn().Get(templates.WorksheetURL(id, nil) + "?has=note").Page
	if rows := shownRows(p); len(rows) != 1 {
		t.Errorf("%v", rows)
	}
}
