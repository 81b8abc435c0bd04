package walk_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/web/webtest"
)

func TestSaveOneAnswer(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewSmallAssessment().ID
	page := b.Get("/assessments/" + id + "/principles/rel")
	form := walkForm(page, map[string]string{"status.r2": "partial", "note.r2": " Once\r\na year. ", "evidence_url.r2": "https://example.com/x", "evidence_title.r2": "Log"})
	got := b.Live("/assessments/"+id+"/answers/r2", form)
	if got.Status != http.StatusOK {
		t.Fatalf("status %d, want 200: %s", got.Status, got.Body)
	}
	stored := a.State(id).State.Answer("r2")
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
		"#picture .meta":   "2 of 2 practices answered. 1 answer narrowed the range by 38 points.",
		"#conflict-r2":     "",
	}
	for selector, want := range wants {
		part := got.Page.Find(selector)
		if text := webtest.TextOf(part); text != want {
			t.Errorf("%s says %q, want %q", selector, text, want)
		}
	}
	for _, part := range got.Page.Find("body > *").EachIter() {
		if _, swapped := part.Attr("hx-swap-oob"); !swapped || part.AttrOr("id", "") == "" {
			t.Errorf("a part takes no place on the page: <%s id=%q>", goquery.NodeName(part), part.AttrOr("id", ""))
		}
		if id := part.AttrOr("id", ""); page.Page.Find("[id='"+id+"']").Length() != 1 {
			t.Errorf("the page has no place %q", id)
		}
	}
	if version := got.Page.Find("#seal-r2 [name='version.r2']").AttrOr("value", ""); version != "1" {
		t.Errorf("the new version is %q, want 1", version)
	}
}

func TestRepeatedAnswerCountsOnce(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewSmallAssessment().ID
	before := a.State(id).State.Sequence
	for range 3 {
		got := b.Live("/assessments/"+id+"/answers/r2", webtest.OneAnswer(nil))
		if got.Status != http.StatusOK {
			t.Fatalf("status %d, want 200", got.Status)
		}
		for _, part := range []string{"rail", "rest", "picture", "foot-now", "count-tradeoffs", "fault-note-r2", "conflict-r2", "earlier-r2"} {
			if got.Page.Find("body > #"+part).Length() != 1 {
				t.Errorf("the answer to a save has no %s", part)
			}
		}
	}
	if now := a.State(id).State; now.Answer("r2").Version != 1 || now.Sequence != before+1 {
		t.Errorf("version %d and %d events, want 1 and 1", now.Answer("r2").Version, now.Sequence-before)
	}
}

func TestAnswerWithoutVersion(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewSmallAssessment().ID
	for _, version := range []string{"", "x", "-1", "1.5", "99999999999999999999"} {
		if got := b.Live("/assessments/"+id+"/answers/r2", webtest.OneAnswer(map[string]string{"version.r2": version})); got.Status != http.StatusPreconditionRequired {
			t.Errorf("version %q: status %d, want 428", version, got.Status)
		}
	}
	if got := b.Live("/assessments/"+id+"/answers/r2", url.Values{}); got.Status != http.StatusPreconditionRequired {
		t.Errorf("an empty form: status %d, want 428", got.Status)
	}
	if _, saved := a.State(id).State.Answers["r2"]; saved {
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
	{"an unknown status", map[string]string{"status.r2": "often"}, "status", "Choose Not yet, Partially, Adopted or Not applicable"},
	{"no reason", map[string]string{"status.r2": "not_applicable"}, "reason", "Enter a reason"},
	{"a reason of spaces", map[string]string{"status.r2": "not_applicable", "reason.r2": " \n\t"}, "reason", "Enter a reason"},
	{"a long reason", map[string]string{"status.r2": "not_applicable", "reason.r2": strings.Repeat("x", assessment.MaxReason+1)}, "reason", "The reason has 1001 characters"},
	{"a long note", map[string]string{"note.r2": strings.Repeat("ü", assessment.MaxText+1)}, "note", "The note has 10001 characters"},
	{"NUL in the note", map[string]string{"note.r2": "a\x00b"}, "note", "The note contains a control character"},
	{"broken UTF-8 in the note", map[string]string{"note.r2": "a\xff"}, "note", "The note contains bytes that are not UTF-8"},
	{"broken UTF-8 in the reason", map[string]string{"status.r2": "not_applicable", "reason.r2": "\xc3("}, "reason", "The reason contains bytes that are not UTF-8"},
	{"a link without address", map[string]string{"evidence_title.r2": "Log"}, "evidence", "an address of link 1"},
	{"a script as address", map[string]string{"evidence_url.r2": "javascript:alert(1)"}, "evidence", "an address of link 1"},
	{"half an address", map[string]string{"evidence_url.r2": "https://"}, "evidence", "an address of link 1"},
	{"a long address", map[string]string{"evidence_url.r2": "https://example.com/" + strings.Repeat("x", assessment.MaxURL)}, "evidence", "The address of link 1"},
	{"a long title", map[string]string{"evidence_url.r2": "https://example.com", "evidence_title.r2": strings.Repeat("x", assessment.MaxShort+1)}, "evidence", "The title of link 1"},
	{"broken UTF-8 in a title", map[string]string{"evidence_url.r2": "https://example.com", "evidence_title.r2": "\xff"}, "evidence", "The title of link 1"},
}

func TestBadAnswer(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewSmallAssessment().ID
	for _, tt := range badAnswers {
		t.Run(tt.name, func(t *testing.T) {
			got := b.Live("/assessments/"+id+"/answers/r2", webtest.OneAnswer(tt.change))
			if got.Status != http.StatusUnprocessableEntity {
				t.Fatalf("status %d, want 422", got.Status)
			}
			if text := webtest.TextOf(got.Page.Find("#fault-" + tt.field + "-r2")); !strings.Contains(text, tt.says) {
				t.Errorf("at the field: %q, want %q", text, tt.says)
			}
			if mark := got.Page.Find("#save-r2.save-bad[role=alert]"); !strings.Contains(webtest.TextOf(mark), "Answer 2: Not saved") {
				t.Errorf("the mark says %q", webtest.TextOf(mark))
			}
			if got.Page.Find("#seal-r2").Length() != 0 {
				t.Error("the version is said to be a new one")
			}
			if _, saved := a.State(id).State.Answers["r2"]; saved {
				t.Error("something was saved")
			}
		})
	}
	t.Run("too many links", func(t *testing.T) {
		form := webtest.OneAnswer(nil)
		for range assessment.MaxEvidence + 1 {
			form.Add("evidence_url.r2", "https://example.com")
		}
		got := b.Live("/assessments/"+id+"/answers/r2", form)
		if text := webtest.TextOf(got.Page.Find("#fault-evidence-r2")); got.Status != http.StatusUnprocessableEntity || !strings.Contains(text, "21 links") {
			t.Errorf("status %d, %q", got.Status, text)
		}
	})
	t.Run("a form that is too large", func(t *testing.T) {
		if got := b.Live("/assessments/"+id+"/answers/r2", webtest.OneAnswer(map[string]string{"note.r2": strings.Repeat("x", 300<<10)})); got.Status != http.StatusRequestEntityTooLarge {
			t.Errorf("status %d, want 413", got.Status)
		}
	})
}

func TestOddTextsAreKept(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewSmallAssessment().ID
	texts := []string{"🏗️ سقالة עברית", `<script>alert(1)</script> & "quotes" 'single'`, strings.Repeat("Ж", assessment.MaxText), "tab\there\nsecond line"}
	for i, text := range texts {
		b.Live("/assessments/"+id+"/answers/r2", webtest.OneAnswer(map[string]string{"note.r2": text, "version.r2": string(rune('0' + i))}))
		if stored := a.State(id).State.Answer("r2").Note; stored != text {
			t.Errorf("stored %.40q, want %.40q", stored, text)
		}
		page := b.Get("/assessments/" + id + "/principles/rel").Page
		if shown := page.Find("#note-r2").Text(); shown != text {
			t.Errorf("shown %.40q, want %.40q", shown, text)
		}
		if page.Find("main script").Length() != 0 {
			t.Error("the text became a script")
		}
	}
}

func TestTwoPeopleOneAnswer(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewSmallAssessment().ID
	a.Saves(a.Colleague(), id, "r2", assessment.Answer{Status: assessment.Absent, Note: "Never tried"})
	mine := webtest.OneAnswer(map[string]string{"note.r2": "Tried in June"})
	got := b.Live("/assessments/"+id+"/answers/r2", mine)
	if got.Status != http.StatusConflict {
		t.Fatalf("status %d, want 409", got.Status)
	}
	both := got.Page.Find("#conflict-r2 .versions section").Map(func(_ int, s *goquery.Selection) string { return webtest.TextOf(s) })
	if want := []string{"Tomás Lindqvist Not yet“Never tried”", "You (not saved) Partially“Tried in June”"}; !slices.Equal(both, want) {
		t.Errorf("shown %q, want %q", both, want)
	}
	if got.Page.Find("#seal-r2").Length() != 0 {
		t.Error("the form is said to have seen the new version")
	}
	if stored := a.State(id).State.Answer("r2"); stored.Note != "Never tried" {
		t.Errorf("stored %+v", stored)
	}
	mine.Set("version.r2", got.Page.Find("#conflict-r2 [name='stored.r2']").AttrOr("value", ""))
	if got := b.Live("/assessments/"+id+"/answers/r2", mine); got.Status != http.StatusOK {
		t.Fatalf("keep mine: status %d, want 200", got.Status)
	}
	if stored := a.State(id).State.Answer("r2"); stored.Note != "Tried in June" || stored.Version != 2 {
		t.Errorf("stored %+v", stored)
	}
}

func TestTwoPeopleTwoAnswers(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewSmallAssessment().ID
	form := walkForm(b.Get("/assessments/"+id+"/principles/rel"), map[string]string{"status.r2": "adopted"})
	a.Saves(a.Colleague(), id, "r1", assessment.Answer{Status: assessment.Absent})
	if got := b.Live("/assessments/"+id+"/answers/r2", form); got.Status != http.StatusOK {
		t.Fatalf("status %d, want 200", got.Status)
	}
	answers := a.State(id).State.Answer
	if answers("r1").Status != assessment.Absent || answers("r2").Status != assessment.Adopted {
		t.Errorf("stored %+v", a.State(id).State.Plain())
	}
}

func TestTradeoffGoesLive(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewSmallAssessment().ID
	a.Answer(id, "c1", assessment.Adopted)
	form := walkForm(b.Get("/assessments/"+id+"/principles/cos"), nil)
	form.Set("status.c1", "absent")
	got := b.Live("/assessments/"+id+"/answers/c1", form)
	live := got.Page.Find("#picture .live")
	want := "Blind spot became active 14:30Spares against the billSpares are bought and nobody watches the bill.–SpareReliability–CheapCost Decide made active by answer 1"
	if text := webtest.TextOf(live); text != want {
		t.Errorf("the news is %q, want %q", text, want)
	}
	if href := live.Find("a.btn").AttrOr("href", ""); href != "/assessments/"+id+"/tradeoffs/t-live" {
		t.Errorf("Decide leads to %q", href)
	}
	if say := webtest.TextOf(got.Page.Find("#say")); say != "Answer 1 saved. Blind spot became active: Spares against the bill." {
		t.Errorf("said %q", say)
	}
	if count := webtest.TextOf(got.Page.Find("#count-tradeoffs")); count != "1 open" {
		t.Errorf("the tab counts %q", count)
	}

	// It is no news for a page that was loaded while it was live, nor where the form says nothing that makes sense.
	a.Answer(id, "c2", assessment.Absent)
	reload := walkForm(b.Get("/assessments/"+id+"/principles/cos"), map[string]string{"status.c2": "adopted"})
	if got := b.Live("/assessments/"+id+"/answers/c2", reload); got.Page.Find("#picture .live").Length() != 0 {
		t.Error("what was live before is news")
	}
	for _, bad := range []string{"", "x", "5", "9 2", "-1 4", "3 101", "NaN 4", "1e400 2"} {
		form.Set("was_pillar", bad)
		form.Set("was_open", "-3")
		if got := b.Live("/assessments/"+id+"/answers/c1", form); got.Status != http.StatusOK || strings.Contains(webtest.TextOf(got.Page.Find("#picture .big")), "was") {
			t.Errorf("was_pillar=%q: status %d, %q", bad, got.Status, webtest.TextOf(got.Page.Find("#picture .big")))
		}
	}
}

// Without the script the address of one answer works as well.
func TestOneAnswerWithoutScript(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewSmallAssessment().ID
	got := b.Post("/assessments/"+id+"/answers/r2", webtest.OneAnswer(nil))
	if want := "/assessments/" + id + "/principles/rel#p-r2"; got.Status != http.StatusSeeOther || got.Header.Get("Location") != want {
		t.Errorf("status %d to %q, want 303 to %q", got.Status, got.Header.Get("Location"), want)
	}
	got = b.Post("/assessments/"+id+"/answers/r2", webtest.OneAnswer(map[string]string{"status.r2": "not_applicable", "version.r2": "1"}))
	if got.Status != http.StatusUnprocessableEntity || got.Page.Find("h1").Length() != 1 || got.Page.Find("#fault-reason-r2").Text() == "" {
		t.Errorf("status %d, or no whole page", got.Status)
	}
}

func TestAnswersSurviveARestart(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewSmallAssessment().ID
	b.Live("/assessments/"+id+"/answers/r2", webtest.OneAnswer(nil))
	events, err := a.Store.Events(context.Background(), id, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	last := events[len(events)-1]
	if last.Kind != assessment.EventAnswer || last.Subject != "r2" || last.User != "Ines Okafor" {
		t.Errorf("the last event is %+v", last)
	}
}
