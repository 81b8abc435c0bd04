package web_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
)

// oneAnswer is what the script sends about the practice r2 of the small questionnaire.
func oneAnswer(change map[string]string) url.Values {
	form := url.Values{"version.r2": {"0"}, "status.r2": {"partial"}, "reason.r2": {""}, "note.r2": {""}}
	for name, value := range change {
		form.Set(name, value)
	}
	return form
}

func TestSaveOneAnswer(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newSmallAssessment().ID
	page := b.get("/assessments/" + id + "/principles/rel")
	form := walkForm(page, map[string]string{"status.r2": "partial", "note.r2": " Once\r\na year. ", "evidence_url.r2": "https://example.com/x", "evidence_title.r2": "Log"})
	got := b.live("/assessments/"+id+"/answers/r2", form)
	if got.status != http.StatusOK {
		t.Fatalf("status %d, want 200: %s", got.status, got.body)
	}
	stored := a.state(id).State.Answer("r2")
	want := assessment.Answer{Status: assessment.Partial, Note: "Once\na year.", Evidence: []assessment.Link{{Title: "Log", URL: "https://example.com/x"}}}
	if stored.Status != want.Status || stored.Note != want.Note || !slices.Equal(stored.Evidence, want.Evidence) || stored.Version != 1 {
		t.Errorf("stored %+v, want %+v in version 1", stored, want)
	}
	wants := map[string]string{
		"#save-r2":         "Saved 14:30",
		"#quote-r2":        "“Once a year.” Ines Okafor, 14:30",
		"#links-r2":        "Log",
		"#notelabel-r2":    "Note",
		"#rail .now .name": "ReliabilitySpare parts",
		"#rest":            "",
		"#count-tradeoffs": "1 open",
		"#foot-now":        "Reliability 81",
		"#say":             "Answer 2 saved.",
		"#picture .big":    "81 was 63–100",
		"#picture .meta":   "2 of 2 practices answered. 1 answer here took 38 points off the range.",
		"#conflict-r2":     "",
	}
	for selector, want := range wants {
		part := got.page.Find(selector)
		if text := textOf(part); text != want {
			t.Errorf("%s says %q, want %q", selector, text, want)
		}
	}
	for _, part := range got.page.Find("body > *").EachIter() {
		if _, swapped := part.Attr("hx-swap-oob"); !swapped || part.AttrOr("id", "") == "" {
			t.Errorf("a part takes no place on the page: <%s id=%q>", goquery.NodeName(part), part.AttrOr("id", ""))
		}
		if id := part.AttrOr("id", ""); page.page.Find("[id='"+id+"']").Length() != 1 {
			t.Errorf("the page has no place %q", id)
		}
	}
	if version := got.page.Find("#seal-r2 [name='version.r2']").AttrOr("value", ""); version != "1" {
		t.Errorf("the new version is %q, want 1", version)
	}
}

func TestRepeatedAnswerCountsOnce(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newSmallAssessment().ID
	before := a.state(id).State.Sequence
	for range 3 {
		got := b.live("/assessments/"+id+"/answers/r2", oneAnswer(nil))
		if got.status != http.StatusOK {
			t.Fatalf("status %d, want 200", got.status)
		}
		for _, part := range []string{"rail", "rest", "picture", "foot-now", "count-tradeoffs", "fault-note-r2", "conflict-r2", "earlier-r2"} {
			if got.page.Find("body > #"+part).Length() != 1 {
				t.Errorf("the answer to a save has no %s", part)
			}
		}
	}
	if now := a.state(id).State; now.Answer("r2").Version != 1 || now.Sequence != before+1 {
		t.Errorf("version %d and %d events, want 1 and 1", now.Answer("r2").Version, now.Sequence-before)
	}
}

func TestAnswerWithoutVersion(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newSmallAssessment().ID
	for _, version := range []string{"", "x", "-1", "1.5", "99999999999999999999"} {
		if got := b.live("/assessments/"+id+"/answers/r2", oneAnswer(map[string]string{"version.r2": version})); got.status != http.StatusPreconditionRequired {
			t.Errorf("version %q: status %d, want 428", version, got.status)
		}
	}
	if got := b.live("/assessments/"+id+"/answers/r2", url.Values{}); got.status != http.StatusPreconditionRequired {
		t.Errorf("an empty form: status %d, want 428", got.status)
	}
	if _, saved := a.state(id).State.Answers["r2"]; saved {
		t.Error("something was saved")
	}
}

// badAnswers are answers that are refused, with the field that is to blame and what the message names.
var badAnswers = []struct {
	name   string
	change map[string]string
	field  string
	says   string
}{
	{"an unknown status", map[string]string{"status.r2": "often"}, "status", "Choose Not yet, Partly, Adopted or N/A"},
	{"no reason", map[string]string{"status.r2": "not_applicable"}, "reason", "why it does not apply"},
	{"a reason of spaces", map[string]string{"status.r2": "not_applicable", "reason.r2": " \n\t"}, "reason", "why it does not apply"},
	{"a long reason", map[string]string{"status.r2": "not_applicable", "reason.r2": strings.Repeat("x", assessment.MaxReason+1)}, "reason", "The reason has 1001 characters"},
	{"a long note", map[string]string{"note.r2": strings.Repeat("ü", assessment.MaxText+1)}, "note", "The note has 10001 characters"},
	{"NUL in the note", map[string]string{"note.r2": "a\x00b"}, "note", "The note has a control character"},
	{"broken UTF-8 in the note", map[string]string{"note.r2": "a\xff"}, "note", "The note has bytes that are not UTF-8"},
	{"broken UTF-8 in the reason", map[string]string{"status.r2": "not_applicable", "reason.r2": "\xc3("}, "reason", "The reason has bytes that are not UTF-8"},
	{"a link without address", map[string]string{"evidence_title.r2": "Log"}, "evidence", "The address of link 1"},
	{"a script as address", map[string]string{"evidence_url.r2": "javascript:alert(1)"}, "evidence", "The address of link 1"},
	{"half an address", map[string]string{"evidence_url.r2": "https://"}, "evidence", "The address of link 1"},
	{"a long address", map[string]string{"evidence_url.r2": "https://example.com/" + strings.Repeat("x", assessment.MaxURL)}, "evidence", "The address of link 1"},
	{"a long title", map[string]string{"evidence_url.r2": "https://example.com", "evidence_title.r2": strings.Repeat("x", assessment.MaxShort+1)}, "evidence", "The title of link 1"},
	{"broken UTF-8 in a title", map[string]string{"evidence_url.r2": "https://example.com", "evidence_title.r2": "\xff"}, "evidence", "The title of link 1"},
}

func TestBadAnswer(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newSmallAssessment().ID
	for _, tt := range badAnswers {
		t.Run(tt.name, func(t *testing.T) {
			got := b.live("/assessments/"+id+"/answers/r2", oneAnswer(tt.change))
			if got.status != http.StatusUnprocessableEntity {
				t.Fatalf("status %d, want 422", got.status)
			}
			if text := textOf(got.page.Find("#fault-" + tt.field + "-r2")); !strings.Contains(text, tt.says) {
				t.Errorf("at the field: %q, want %q", text, tt.says)
			}
			if mark := got.page.Find("#save-r2.save-bad[role=alert]"); !strings.Contains(textOf(mark), "Answer 2: Not saved") {
				t.Errorf("the mark says %q", textOf(mark))
			}
			if got.page.Find("#seal-r2").Length() != 0 {
				t.Error("the version is said to be a new one")
			}
			if _, saved := a.state(id).State.Answers["r2"]; saved {
				t.Error("something was saved")
			}
		})
	}
	t.Run("too many links", func(t *testing.T) {
		form := oneAnswer(nil)
		for range assessment.MaxEvidence + 1 {
			form.Add("evidence_url.r2", "https://example.com")
		}
		got := b.live("/assessments/"+id+"/answers/r2", form)
		if text := textOf(got.page.Find("#fault-evidence-r2")); got.status != http.StatusUnprocessableEntity || !strings.Contains(text, "21 links") {
			t.Errorf("status %d, %q", got.status, text)
		}
	})
	t.Run("a form that is too large", func(t *testing.T) {
		if got := b.live("/assessments/"+id+"/answers/r2", oneAnswer(map[string]string{"note.r2": strings.Repeat("x", 300<<10)})); got.status != http.StatusRequestEntityTooLarge {
			t.Errorf("status %d, want 413", got.status)
		}
	})
}

func TestOddTextsAreKept(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newSmallAssessment().ID
	texts := []string{"🏗️ سقالة עברית", `<script>alert(1)</script> & "quotes" 'single'`, strings.Repeat("Ж", assessment.MaxText), "tab\there\nsecond line"}
	for i, text := range texts {
		b.live("/assessments/"+id+"/answers/r2", oneAnswer(map[string]string{"note.r2": text, "version.r2": string(rune('0' + i))}))
		if stored := a.state(id).State.Answer("r2").Note; stored != text {
			t.Errorf("stored %.40q, want %.40q", stored, text)
		}
		page := b.get("/assessments/" + id + "/principles/rel").page
		if shown := page.Find("#note-r2").Text(); shown != text {
			t.Errorf("shown %.40q, want %.40q", shown, text)
		}
		if page.Find("main script").Length() != 0 {
			t.Error("the text became a script")
		}
	}
}

func TestTwoPeopleOneAnswer(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newSmallAssessment().ID
	a.saves(a.colleague(), id, "r2", assessment.Answer{Status: assessment.Absent, Note: "Never tried"})
	mine := oneAnswer(map[string]string{"note.r2": "Tried in June"})
	got := b.live("/assessments/"+id+"/answers/r2", mine)
	if got.status != http.StatusConflict {
		t.Fatalf("status %d, want 409", got.status)
	}
	both := got.page.Find("#conflict-r2 .versions section").Map(func(_ int, s *goquery.Selection) string { return textOf(s) })
	if want := []string{"Tomás LindqvistNot yet“Never tried”", "You, not savedPartly“Tried in June”"}; !slices.Equal(both, want) {
		t.Errorf("shown %q, want %q", both, want)
	}
	if got.page.Find("#seal-r2").Length() != 0 {
		t.Error("the form is said to have seen the new version")
	}
	if stored := a.state(id).State.Answer("r2"); stored.Note != "Never tried" {
		t.Errorf("stored %+v", stored)
	}
	mine.Set("version.r2", got.page.Find("#conflict-r2 [name='stored.r2']").AttrOr("value", ""))
	if got := b.live("/assessments/"+id+"/answers/r2", mine); got.status != http.StatusOK {
		t.Fatalf("keep mine: status %d, want 200", got.status)
	}
	if stored := a.state(id).State.Answer("r2"); stored.Note != "Tried in June" || stored.Version != 2 {
		t.Errorf("stored %+v", stored)
	}
}

func TestTwoPeopleTwoAnswers(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newSmallAssessment().ID
	form := walkForm(b.get("/assessments/"+id+"/principles/rel"), map[string]string{"status.r2": "adopted"})
	a.saves(a.colleague(), id, "r1", assessment.Answer{Status: assessment.Absent})
	if got := b.live("/assessments/"+id+"/answers/r2", form); got.status != http.StatusOK {
		t.Fatalf("status %d, want 200", got.status)
	}
	answers := a.state(id).State.Answer
	if answers("r1").Status != assessment.Absent || answers("r2").Status != assessment.Adopted {
		t.Errorf("stored %+v", a.state(id).State.Plain())
	}
}

func TestTradeoffGoesLive(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newSmallAssessment().ID
	a.answer(id, "c1", assessment.Adopted)
	form := walkForm(b.get("/assessments/"+id+"/principles/cos"), nil)
	form.Set("status.c1", "absent")
	got := b.live("/assessments/"+id+"/answers/c1", form)
	live := got.page.Find("#picture .live")
	want := "Tradeoff went live 14:30Spares against the billSpares are bought and nobody watches the bill.63–100SpareReliability0–17CheapCost Decide made live by answer 1"
	if text := textOf(live); text != want {
		t.Errorf("the news is %q, want %q", text, want)
	}
	if href := live.Find("a.btn").AttrOr("href", ""); href != "/assessments/"+id+"/tradeoffs/t-live" {
		t.Errorf("Decide leads to %q", href)
	}
	if say := textOf(got.page.Find("#say")); say != "Answer 1 saved. Tradeoff live: Spares against the bill." {
		t.Errorf("said %q", say)
	}
	if count := textOf(got.page.Find("#count-tradeoffs")); count != "1 open" {
		t.Errorf("the tab counts %q", count)
	}

	// It is no news for a page that was loaded while it was live, nor where the form says nothing that makes sense.
	a.answer(id, "c2", assessment.Absent)
	reload := walkForm(b.get("/assessments/"+id+"/principles/cos"), map[string]string{"status.c2": "adopted"})
	if got := b.live("/assessments/"+id+"/answers/c2", reload); got.page.Find("#picture .live").Length() != 0 {
		t.Error("what was live before is news")
	}
	for _, bad := range []string{"", "x", "5", "9 2", "-1 4", "3 101", "NaN 4", "1e400 2"} {
		form.Set("was_pillar", bad)
		form.Set("was_open", "-3")
		if got := b.live("/assessments/"+id+"/answers/c1", form); got.status != http.StatusOK || strings.Contains(textOf(got.page.Find("#picture .big")), "was") {
			t.Errorf("was_pillar=%q: status %d, %q", bad, got.status, textOf(got.page.Find("#picture .big")))
		}
	}
}

// Without the script the address of one answer works as well.
func TestOneAnswerWithoutScript(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newSmallAssessment().ID
	got := b.post("/assessments/"+id+"/answers/r2", oneAnswer(nil))
	if want := "/assessments/" + id + "/principles/rel#p-r2"; got.status != http.StatusSeeOther || got.header.Get("Location") != want {
		t.Errorf("status %d to %q, want 303 to %q", got.status, got.header.Get("Location"), want)
	}
	got = b.post("/assessments/"+id+"/answers/r2", oneAnswer(map[string]string{"status.r2": "not_applicable", "version.r2": "1"}))
	if got.status != http.StatusUnprocessableEntity || got.page.Find("h1").Length() != 1 || got.page.Find("#fault-reason-r2").Text() == "" {
		t.Errorf("status %d, or no whole page", got.status)
	}
}

func TestAnswersSurviveARestart(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newSmallAssessment().ID
	b.live("/assessments/"+id+"/answers/r2", oneAnswer(nil))
	events, err := a.store.Events(context.Background(), id, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	last := events[len(events)-1]
	if last.Kind != assessment.EventAnswer || last.Subject != "r2" || last.User != "Ines Okafor" {
		t.Errorf("the last event is %+v", last)
	}
}
