package walk_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/templates"
	"plumbline/web/webtest"
)

func TestSaveAPage(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewSmallAssessment().ID
	a.Answer(id, "c1", assessment.Adopted)
	path := "/assessments/" + id + "/principles/cos"
	change := map[string]string{"status.c1": "absent", "status.c2": "not_applicable", "reason.c2": "None idle", "note.c2": "Since May"}
	got := b.Post(path, walkForm(b.Get(path), change))
	if got.Status != http.StatusSeeOther || got.Header.Get("Location") != path {
		t.Fatalf("status %d to %q, want 303 to %q", got.Status, got.Header.Get("Location"), path)
	}
	answers := a.State(id).State.Answer
	if answers("c1").Status != assessment.Absent || answers("c2").Reason != "None idle" || answers("c2").Note != "Since May" {
		t.Errorf("stored %+v", a.State(id).State.Plain())
	}
	page := b.Get(path).Page
	if notice := webtest.TextOf(page.Find(".notice")); notice != "2 answers saved. Blind spot became active: Spares against the bill." {
		t.Errorf("the notice says %q", notice)
	}

	sequence := a.State(id).State.Sequence
	if got := b.Post(path, walkForm(b.Get(path), map[string]string{"go": "previous"})); got.Header.Get("Location") != "/assessments/"+id+"/principles/rel" {
		t.Errorf("Back leads to %q", got.Header.Get("Location"))
	}
	if now := a.State(id).State.Sequence; now != sequence {
		t.Errorf("a page without changes made %d events", now-sequence)
	}
}

func TestBadPage(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewSmallAssessment().ID
	path := "/assessments/" + id + "/principles/rel"
	fresh := b.Get(path)
	for _, tt := range badAnswers {
		t.Run(tt.name, func(t *testing.T) {
			form := walkForm(fresh, tt.change)
			form.Set("note.r1", "Typed as well")
			form.Set("go", "next")
			got := b.Post(path, form)
			if got.Status != http.StatusUnprocessableEntity {
				t.Fatalf("status %d, want 422", got.Status)
			}
			if text := webtest.TextOf(got.Page.Find("#fault-" + tt.field + "-r2")); !strings.Contains(text, tt.says) {
				t.Errorf("at the field: %q, want %q", text, tt.says)
			}
			if text := webtest.TextOf(got.Page.Find(".errors")); !strings.Contains(text, "Answer 2: ") || !strings.Contains(text, tt.says) {
				t.Errorf("on top: %q", text)
			}
			target := strings.TrimPrefix(got.Page.Find(".errors a").AttrOr("href", ""), "#")
			if got.Page.Find("[id='"+target+"']").Length() != 1 {
				t.Errorf("the message leads to %q, which is not there", target)
			}
			again := walkForm(got, nil)
			for name, value := range tt.change {
				if want := strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(value, "\uFFFD"), "\x00", "\uFFFD")); name != "status.r2" && again.Get(name) != want {
					t.Errorf("%s is %.40q now, want %.40q", name, again.Get(name), want)
				}
			}
			if again.Get("note.r1") != "Typed as well" || got.Page.Find("#p-r1[data-unsaved]").Length() != 1 {
				t.Error("what was typed elsewhere on the page is gone")
			}
			if stored := a.State(id).State; stored.Answer("r1").Note != "" || stored.Answer("r2").Version != 0 {
				t.Errorf("half of it was saved: %+v", stored.Plain())
			}
		})
	}
}

func TestConflictsOfAPage(t *testing.T) {
	setUp := func(t *testing.T) (a *webtest.App, b *webtest.Browser, id, path string, shown webtest.Answer) {
		a = webtest.NewApp(t)
		b = a.SignedIn()
		id = a.NewSmallAssessment().ID
		path = "/assessments/" + id + "/principles/rel"
		fresh := b.Get(path)
		tomas := a.Colleague()
		a.Saves(tomas, id, "r1", assessment.Answer{Status: assessment.Absent})
		a.Saves(tomas, id, "r2", assessment.Answer{Status: assessment.Absent, Note: "Never"})
		shown = b.Post(path, walkForm(fresh, map[string]string{"note.r1": "Mine one", "status.r2": "partial", "go": "next"}))
		return a, b, id, path, shown
	}
	t.Run("both values", func(t *testing.T) {
		a, _, id, _, shown := setUp(t)
		if shown.Status != http.StatusConflict {
			t.Fatalf("status %d, want 409", shown.Status)
		}
		both := shown.Page.Find(".conflict .versions section").Map(func(_ int, s *goquery.Selection) string { return webtest.TextOf(s) })
		want := []string{"Tomás Lindqvist Not yet", "You (not saved) Adopted“Mine one”", "Tomás Lindqvist Not yet“Never”", "You (not saved) Partially"}
		if !slices.Equal(both, want) {
			t.Errorf("shown %q, want %q", both, want)
		}
		if n := shown.Page.Find(".errors li").Length(); n != 2 {
			t.Errorf("%d messages on top, want 2", n)
		}
		if note := shown.Page.Find("#note-r1").Text(); note != "Mine one" {
			t.Errorf("typed was %q", note)
		}
		if stored := a.State(id).State.Answer("r1"); stored.Note != "" {
			t.Errorf("stored %+v", stored)
		}
	})
	t.Run("saving again without a choice", func(t *testing.T) {
		_, b, _, path, shown := setUp(t)
		if got := b.Post(path, walkForm(shown, nil)); got.Status != http.StatusConflict || got.Page.Find(".versions").Length() != 2 {
			t.Errorf("status %d, want 409 again", got.Status)
		}
	})
	t.Run("one mine, one theirs", func(t *testing.T) {
		a, b, id, path, shown := setUp(t)
		second := b.Post(path, walkForm(shown, map[string]string{"keep": "mine:r1"}))
		if second.Status != http.StatusConflict || second.Page.Find(".versions").Length() != 1 {
			t.Fatalf("status %d with %d conflicts, want 409 with the other one", second.Status, second.Page.Find(".versions").Length())
		}
		last := b.Post(path, walkForm(second, map[string]string{"keep": "theirs:r2"}))
		if last.Status != http.StatusSeeOther {
			t.Fatalf("status %d, want 303", last.Status)
		}
		answers := a.State(id).State.Answer
		if answers("r1").Note != "Mine one" || answers("r1").By != "Ines Okafor" || answers("r2").Note != "Never" {
			t.Errorf("stored %+v", a.State(id).State.Plain())
		}
	})
	t.Run("what was not touched is no conflict", func(t *testing.T) {
		a := webtest.NewApp(t)
		b := a.SignedIn()
		id := a.NewSmallAssessment().ID
		path := "/assessments/" + id + "/principles/rel"
		fresh := b.Get(path)
		a.Saves(a.Colleague(), id, "r1", assessment.Answer{Status: assessment.Partial})
		if got := b.Post(path, walkForm(fresh, map[string]string{"status.r2": "absent"})); got.Status != http.StatusSeeOther {
			t.Fatalf("status %d, want 303", got.Status)
		}
		answers := a.State(id).State.Answer
		if answers("r1").Status != assessment.Partial || answers("r2").Status != assessment.Absent {
			t.Errorf("stored %+v", a.State(id).State.Plain())
		}
	})
}

func TestPageWithoutVersion(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewSmallAssessment().ID
	path := "/assessments/" + id + "/principles/rel"
	form := walkForm(b.Get(path), map[string]string{"status.r2": "absent", "version.r2": ""})
	if got := b.Post(path, form); got.Status != http.StatusPreconditionRequired {
		t.Errorf("status %d, want 428", got.Status)
	}
	if got := b.Post(path, url.Values{"go": {"stay"}}); got.Status != http.StatusSeeOther || a.State(id).State.Answer("r1").Status != assessment.Adopted {
		t.Error("a form without answers changes some")
	}
}

func TestMarkTheRest(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewOddAssessment()
	path := "/assessments/" + id + "/principles/answers"
	a.Answer(id, "a", assessment.Adopted)
	form := walkForm(b.Get(path), map[string]string{"status.a.b": "partial", "note.note-a": "Planned"})
	a.Saves(a.Colleague(), id, "status.a", assessment.Answer{Status: assessment.Adopted})
	if got := b.Post(path+"/rest", form); got.Status != http.StatusSeeOther || got.Header.Get("Location") != path {
		t.Fatalf("status %d to %q, want 303 to %q", got.Status, got.Header.Get("Location"), path)
	}
	want := map[string]assessment.Status{"a": assessment.Adopted, "a.b": assessment.Partial, "note-a": assessment.Absent, "status.a": assessment.Adopted}
	answers := a.State(id).State.Answer
	for practice, status := range want {
		if answers(practice).Status != status {
			t.Errorf("%s is %q, want %q", practice, answers(practice).Status, status)
		}
	}
	if answers("note-a").Note != "Planned" {
		t.Errorf("the note is %q", answers("note-a").Note)
	}
}

func TestEvidenceOfAPage(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewSmallAssessment().ID
	path := "/assessments/" + id + "/principles/rel"
	a.Saves(a.Actor(), id, "r1", assessment.Answer{Status: assessment.Adopted, Evidence: []assessment.Link{
		{Title: "One", URL: "https://example.com/1"}, {Title: "Two", URL: "https://example.com/2"}}})
	form := walkForm(b.Get(path), map[string]string{"evidence_remove.r1": "0"})
	form["evidence_url.r1"][2] = "https://example.com/3"
	b.Post(path, form)
	want := []assessment.Link{{Title: "Two", URL: "https://example.com/2"}, {URL: "https://example.com/3"}}
	if got := a.State(id).State.Answer("r1").Evidence; !slices.Equal(got, want) {
		t.Errorf("stored %v, want %v", got, want)
	}
}

func TestLargePage(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Large").ID
	path := "/assessments/" + id + "/principles/sec-02"
	form := walkForm(b.Get(path), nil)
	for i := range 7 {
		form.Set("note.sec-02.p"+string(rune('1'+i)), strings.Repeat("😀", assessment.MaxText))
	}
	if got := b.Post(path, form); got.Status != http.StatusSeeOther {
		t.Errorf("seven long notes: status %d, want 303", got.Status)
	}
	form.Set("note.sec-02.p1", strings.Repeat("x", 9<<20))
	if got := b.Post(path, form); got.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("9 MiB: status %d, want 413", got.Status)
	}
}

// TestRestAtOnce: what is open on a page is answered alike by the script, which can take it back.
func TestRestAtOnce(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	a.Answer(id, "rel-01.p1", assessment.Partial)
	form := url.Values{"rest": {"adopted"}}
	for _, practice := range []string{"rel-01.p2", "rel-01.p3"} {
		form.Set("version."+practice, "0")
		form.Set("status."+practice, "")
	}
	got := b.Live(templates.RestURL(id, "rel-01"), form)
	if says := webtest.TextOf(got.Page.Find("#toast span")); got.Status != http.StatusOK || says != "2 changes saved" || got.Page.Find("fieldset.practice").Length() != 2 {
		t.Fatalf("status %d, %q", got.Status, says)
	}
	state := a.State(id).State
	if state.Answer("rel-01.p3").Status != assessment.Adopted || state.Answer("rel-01.p1").Status != assessment.Partial {
		t.Error("the open ones are not adopted, or another changed")
	}
	undo := url.Values{"undo": got.Page.Find("#toast [name=undo]").Map(func(_ int, one *goquery.Selection) string { return one.AttrOr("value", "") })}
	if got := b.Live(templates.UndoneURL(id), undo); got.Status != http.StatusNoContent || a.State(id).Result.Overall.Answered != 1 {
		t.Errorf("undo: status %d, %d answered", got.Status, a.State(id).Result.Overall.Answered)
	}
}
