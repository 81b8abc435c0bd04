package walk_test

import (
	"net/http"
	"slices"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
	"plumbline/web/webtest"
)

// TestReasonsAreOffered offers the reason of the questionnaire first, then those that were given before, and saves one with
// what else is typed on the page.
func TestReasonsAreOffered(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewOddAssessment()
	path := templates.PrincipleURL(id, "picture")
	if got := webtest.TextsOf(b.Get(path).Page.Find("#p-save-a .reasons button")); !slices.Equal(got, []string{"Never"}) {
		t.Errorf("at first %q are offered", got)
	}
	for _, practice := range []string{"a", "note-a"} {
		a.Saves(a.Actor(), id, practice, assessment.Answer{Status: assessment.NotApplicable, Reason: "No GPUs.\nNone at all."})
	}
	a.Saves(a.Actor(), id, "status.a", assessment.Answer{Status: assessment.NotApplicable, Reason: "never"})
	shown := b.Get(path)
	buttons := shown.Page.Find("#p-save-a .reasons button")
	if got := webtest.TextsOf(buttons); !slices.Equal(got, []string{"Never", "No GPUs. None at all."}) {
		t.Errorf("then %q are offered", got)
	}
	name, value := buttons.Last().AttrOr("name", ""), buttons.Last().AttrOr("value", "")
	form := walkForm(shown, map[string]string{"note.save-a": "Looked up.", name: value})
	got := b.Post(path, form)
	if got.Status != http.StatusSeeOther || got.Header.Get("Location") != templates.PracticeURL(id, "picture", "save-a") {
		t.Errorf("status %d, to %q", got.Status, got.Header.Get("Location"))
	}
	want := assessment.Answer{Status: assessment.NotApplicable, Reason: "No GPUs.\nNone at all.", Note: "Looked up."}
	if stored := a.State(id).State.Answer("save-a").Answer; !stored.Equal(want) {
		t.Errorf("stored %+v", stored)
	}
}

// TestOfferedReasonBesideAFault keeps the reason where something else on the page is wrong.
func TestOfferedReasonBesideAFault(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewOddAssessment()
	path := templates.PrincipleURL(id, "answers")
	a.Saves(a.Actor(), id, "note-a", assessment.Answer{Status: assessment.NotApplicable, Reason: "No GPUs."})
	form := walkForm(b.Get(path), map[string]string{"status.a": "not_applicable", "why.a.b": "No GPUs."})
	got := b.Post(path, form)
	if got.Status != http.StatusUnprocessableEntity || got.Page.Find("#reason-a\\.b").Text() != "No GPUs." {
		t.Errorf("status %d, the reason is %q", got.Status, got.Page.Find("#reason-a\\.b").Text())
	}
	if a.State(id).State.Answer("a.b").Says() {
		t.Error("half a page is stored")
	}
}
