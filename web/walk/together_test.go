package walk_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/webtest"
)

func notice(page webtest.Answer) string { return webtest.TextOf(page.Page.Find(".notice-page")) }

// TestSetTogether sets a question, then its whole pillar not applicable, and undoes both.
func TestSetTogether(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewOddAssessment()
	walk, path := templates.PrincipleURL(id, "answers"), templates.TogetherURL(id, "answers")
	a.Saves(a.Actor(), id, "a", assessment.Answer{Status: assessment.Adopted, Note: "In the wiki."})
	if href := b.Get(walk).Page.Find("main a[href$=not-applicable]").AttrOr("href", ""); href != path {
		t.Errorf("the walk leads to %q", href)
	}
	shown := b.Get(path)
	for _, want := range []string{"Question: What else?", "Principle: Two questions", "4 practices, 1 answered.", "Pillar: Main"} {
		if text := webtest.TextOf(shown.Page.Find("#part")); !strings.Contains(text, want) {
			t.Errorf("%q does not say %q", text, want)
		}
	}
	form := webtest.FormValues(t, shown, "#together")
	if form.Get("part") != "principle:answers" {
		t.Errorf("chosen is %q", form.Get("part"))
	}
	form.Set("part", "question:answers.q1")
	form.Set("reason", "It answers by itself.")
	got := b.Post(path, form)
	if got.Status != http.StatusSeeOther || got.Header.Get("Location") != walk {
		t.Fatalf("status %d, to %q", got.Status, got.Header.Get("Location"))
	}
	after := b.Get(walk)
	if said := notice(after); said != "2 practices set to not applicable." {
		t.Errorf("said %q", said)
	}
	if set := webtest.TextOf(after.Page.Find(".set")); !strings.Contains(set, "2 practices set to not applicable by Ines Okafor, 14:30It answers by itself. Undo") {
		t.Errorf("to undo is %q", set)
	}

	form = webtest.FormValues(t, b.Get(path), "#together")
	form.Set("part", "pillar:main")
	form.Set("why", "It answers by itself.")
	if got := b.Post(path, form); got.Status != http.StatusSeeOther || a.State(id).Result.Pillars[0].Applicable != 0 {
		t.Errorf("the pillar: status %d, %d practices apply", got.Status, a.State(id).Result.Pillars[0].Applicable)
	}
	if again := b.Post(path, form); again.Status != http.StatusSeeOther || !strings.HasPrefix(notice(b.Get(walk)), "Nothing changed") {
		t.Errorf("sent twice: status %d", again.Status)
	}
	a.Saves(a.Colleague(), id, "note-a", assessment.Answer{Status: assessment.Absent})
	sets := b.Get(walk).Page.Find("form.set")
	if sets.Length() != 2 || !strings.HasPrefix(webtest.TextOf(sets.First()), "Pillar: Main1 practice set") {
		t.Errorf("to undo are %q", webtest.TextsOf(sets))
	}
	for i, want := range []string{"1 answer restored. 1 answer was changed since then and is kept.", "2 answers restored."} {
		undo := webtest.FormValues(t, b.Get(walk), "form.set")
		if got := b.Post(templates.UndoTogetherURL(id, "answers"), undo); got.Status != http.StatusSeeOther {
			t.Fatalf("undo %d: status %d", i, got.Status)
		}
		if said := notice(b.Get(walk)); said != want {
			t.Errorf("undo %d says %q, want %q", i, said, want)
		}
	}
	state := a.State(id).State
	if got := state.Answer("a"); got.Status != assessment.Adopted || got.Note != "In the wiki." {
		t.Errorf("a is %+v", got)
	}
	if state.Answer("a.b").Says() || state.Answer("status.a").Says() || state.Answer("note-a").Status != assessment.Absent {
		t.Errorf("after the undo: %+v", state.Plain())
	}
	if got := b.Get(walk).Page.Find(".set").Length(); got != 0 {
		t.Errorf("%d are left to undo", got)
	}
}

// TestUndoTogetherIsRefused where others have changed every answer since: with words, on the page of the form.
func TestUndoTogetherIsRefused(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewOddAssessment()
	path := templates.TogetherURL(id, "picture")
	form := webtest.FormValues(t, b.Get(path), "#together")
	form.Set("why", "Never")
	if got := b.Post(path, form); got.Status != http.StatusSeeOther {
		t.Fatalf("status %d", got.Status)
	}
	undo, colleague := webtest.FormValues(t, b.Get(path), "form.set"), a.Colleague()
	for _, practice := range a.Practices(id) {
		if a.State(id).State.Answer(practice.ID).Status == assessment.NotApplicable {
			a.Saves(colleague, id, practice.ID, assessment.Answer{Status: assessment.Absent})
		}
	}
	before := a.State(id).State.Sequence
	got := b.Post(templates.UndoTogetherURL(id, "picture"), undo)
	if said := webtest.TextOf(got.Page.Find(".errors")); got.Status != http.StatusConflict || !strings.Contains(said, "changed again later") {
		t.Errorf("status %d, %q", got.Status, said)
	}
	if got.Page.Find("#together").Length() != 1 || a.State(id).State.Sequence != before {
		t.Error("the form is gone, or something was changed")
	}
}

func TestSetTogetherRefuses(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewOddAssessment()
	path := templates.TogetherURL(id, "answers")
	form := webtest.FormValues(t, b.Get(path), "#together")
	for _, tt := range []struct {
		field, value string
		status       int
		says         string
	}{
		{"reason", "", 422, "Enter a reason"},
		{"reason", "a\x00b", 422, "reason"},
		{"reason", strings.Repeat("x", 10_001), 422, "reason"},
		{"part", "", 422, "Choose what does not apply"},
		{"part", "pillar:rail", 422, "Choose what does not apply"}, // another page's
		{"part", "practice:a", 422, "Choose what does not apply"},
		{"version", "", 428, "Reload the page"},
	} {
		changed := webtest.FormValues(t, b.Get(path), "#together")
		changed.Set("reason", "Hosted.")
		changed.Set(tt.field, tt.value)
		got := b.Post(path, changed)
		if got.Status != tt.status || !strings.Contains(got.Page.Find("main").Text(), tt.says) {
			t.Errorf("%s=%.10q: status %d, %q", tt.field, tt.value, got.Status, webtest.TextOf(got.Page.Find("main .errors")))
		}
	}
	if a.State(id).Result.Overall.Applicable != 5 {
		t.Error("something was set")
	}
	a.Saves(a.Colleague(), id, "a", assessment.Answer{Status: assessment.Absent})
	form.Set("reason", "Hosted.")
	got := b.Post(path, form)
	if got.Status != http.StatusConflict || got.Page.Find("#reason").Text() != "Hosted." || !strings.Contains(got.Page.Find(".errors").Text(), "Nothing was set") {
		t.Errorf("after somebody else: status %d", got.Status)
	}
	if again := b.Post(path, webtest.FormValues(t, got, "#together")); again.Status != http.StatusSeeOther {
		t.Errorf("after a look: status %d", again.Status)
	}
	if got := b.Post(templates.UndoTogetherURL(id, "answers"), map[string][]string{"version": {"1"}}); got.Status != http.StatusUnprocessableEntity {
		t.Errorf("undo of what cannot be undone: status %d", got.Status)
	}
	if got := b.Post(templates.UndoTogetherURL(id, "answers"), map[string][]string{"version": {"99"}}); got.Status != http.StatusNotFound {
		t.Errorf("undo of nothing: status %d", got.Status)
	}
}

// TestSetTogetherIsOfferedToUndo on the walk for a day, and on its own page for as long as it stands.
func TestSetTogetherIsOfferedToUndo(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewOddAssessment()
	path := templates.TogetherURL(id, "picture")
	form := webtest.FormValues(t, a.SignedIn().Get(path), "#together")
	form.Set("why", "Never")
	if got := a.SignedIn().Post(path, form); got.Status != http.StatusSeeOther {
		t.Fatalf("status %d", got.Status)
	}
	viewer := a.SignedInWith(access.Viewer).Get(templates.PrincipleURL(id, "picture"))
	if viewer.Page.Find(".set").Length() != 1 || viewer.Page.Find(".set button").Length() != 0 {
		t.Error("a viewer may undo it, or is not told of it")
	}
	a.Clock.Advance(25 * time.Hour)
	b := a.SignedIn()
	if n := b.Get(templates.PrincipleURL(id, "picture")).Page.Find(".set").Length(); n != 0 {
		t.Error("it is news the day after")
	}
	if n := b.Get(path).Page.Find("form.set button").Length(); n != 1 {
		t.Errorf("%d can be undone the day after", n)
	}
}
