package browser_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
)

const (
	list   asked = "rel-01.p1"
	copies asked = "rel-01.p2"
)

func TestConnectionLostWhileAnswering(t *testing.T) {
	t.Parallel()
	app := start(t)
	b, id := app.walking(t, "rel-01")
	b.tolerate(noConnection...)
	b.offline("")
	b.click(list.status(assessment.Adopted))
	b.click(copies.status(assessment.Partial))
	b.marked(list, "Not saved: no connection")
	b.marked(copies, "Not saved: no connection")
	b.counts("2 unsaved changes")
	if got := app.saves(id, string(list)); got != 0 {
		t.Errorf("saved %d times without a connection, want 0", got)
	}
	b.online()
	b.marked(list, "Saved")
	b.marked(copies, "Saved")
	b.counts("")
	for practice, want := range map[asked]assessment.Status{list: assessment.Adopted, copies: assessment.Partial} {
		if got := app.stored(id, string(practice)).Status; got != want {
			t.Errorf("%s: stored %q, want %q", practice, got, want)
		}
		if got := app.saves(id, string(practice)); got != 1 {
			t.Errorf("%s: saved %d times, want once", practice, got)
		}
	}
}

func TestServerRestartedWhileTyping(t *testing.T) {
	t.Parallel()
	app := start(t)
	b, id := app.walking(t, "rel-01")
	b.tolerate(noConnection...)
	b.click(list.status(assessment.Partial))
	b.marked(list, "Saved")
	b.writeNote(list, "The list is in the wiki")
	app.stop()
	b.enter(", without the feature store")
	b.marked(list, "Not saved")
	b.enter(", and nobody dates it.")
	app.start()
	b.marked(list, "Saved")
	const want = "The list is in the wiki, without the feature store, and nobody dates it."
	if got := b.value(list.note()); got != want {
		t.Errorf("on the page: %q, want %q", got, want)
	}
	b.noDrafts()
	if got := app.stored(id, string(list)); got.Note != want || got.Status != assessment.Partial {
		t.Errorf("stored: %q %q, want %q partial", got.Note, got.Status, want)
	}
}

func TestAnswerLostOnItsWayBack(t *testing.T) {
	t.Parallel()
	app := start(t)
	b, id := app.walking(t, "rel-01")
	b.tolerate(noConnection...)
	b.tolerate("409")
	app.mute.Store(true)
	b.click(list.status(assessment.Adopted))
	b.click(copies.status(assessment.Partial))
	b.marked(list, "Not saved: no connection")
	b.marked(copies, "Not saved: no connection")
	b.writeNote(copies, "Typed before anybody knew")
	app.mute.Store(false)
	b.marked(list, "Saved")
	b.marked(copies, "Saved")
	b.counts("")
	b.noDrafts()
	if got := app.saves(id, string(list)); got != 1 {
		t.Errorf("%s: saved %d times, want once", list, got)
	}
	if got := app.stored(id, string(copies)); got.Status != assessment.Partial || got.Note != "Typed before anybody knew" {
		t.Errorf("%s: stored %q %q", copies, got.Status, got.Note)
	}
}

// TestAnswersLostOneAfterTheOther changes an answer twice while nobody hears that the first of them arrived.
func TestAnswersLostOneAfterTheOther(t *testing.T) {
	t.Parallel()
	app := start(t)
	b, id := app.walking(t, "rel-01")
	b.tolerate(noConnection...)
	b.tolerate("409")
	app.mute.Store(true)
	b.click(copies.status(assessment.Partial))
	app.losesAnswer(copies)
	b.click(copies.status(assessment.Adopted))
	b.writeNote(copies, "Typed after two saves")
	app.losesAnswer(copies)
	app.mute.Store(false)
	b.marked(copies, "Saved")
	b.noDrafts()
	if got := app.stored(id, string(copies)); got.Status != assessment.Adopted || got.Note != "Typed after two saves" {
		t.Errorf("stored %q %q", got.Status, got.Note)
	}
}

// TestRightsThatChangeWhileTyping lets somebody else change what the person may do: the save brings a new session, and
// nothing that was typed is lost.
func TestRightsThatChangeWhileTyping(t *testing.T) {
	t.Parallel()
	app := start(t)
	b, id := app.walking(t, "rel-01")
	b.tolerate("401") // of two saves at once, one may still come with the old id, and is sent again
	ines := app.ines()
	before := app.session(ines.User.ID)
	for i, role := range []access.Role{access.Architect, access.Lead} {
		if err := app.store.SetMembership(t.Context(), access.Actor{}, ines.User.ID, ines.Memberships[0].Team.ID, role); err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprintf("Typed at change %d", i+1)
		b.writeNote(list, text)
		b.click(copies.status([]assessment.Status{assessment.Partial, assessment.Adopted}[i]))
		b.marked(list, "Saved")
		b.marked(copies, "Saved")
		b.noDrafts()
		if got := app.stored(id, string(list)).Note; got != text {
			t.Errorf("stored %q, want %q", got, text)
		}
		after := app.session(ines.User.ID)
		if after == before {
			t.Error("the session kept its id")
		}
		before = after
	}
}

// session returns the hash of the only session of a person.
func (a *application) session(user string) string {
	a.t.Helper()
	sessions, err := a.store.SessionsOf(context.Background(), user)
	if err != nil || len(sessions) != 1 {
		a.t.Fatalf("%d sessions, %v", len(sessions), err)
	}
	return sessions[0].Hash
}

func TestLeavingInTheMiddleOfASentence(t *testing.T) {
	t.Parallel()
	app := start(t)
	b, id := app.walking(t, "rel-01")
	b.writeNote(list, "Half a sent")
	b.reload()
	if got := b.value(list.note()); got != "Half a sent" {
		t.Errorf("after the reload: %q", got)
	}
	b.noDrafts()
	if got := app.stored(id, string(list)).Note; got != "Half a sent" {
		t.Errorf("stored %q", got)
	}
}

func TestReloadWithUnsavedDraft(t *testing.T) {
	t.Parallel()
	app := start(t)
	b, id := app.walking(t, "rel-01")
	b.tolerate(noConnection...)
	b.offline(app.url("/assessments/*/answers/*"))
	b.click(copies.status(assessment.Absent))
	b.writeNote(copies, "One search node, no replica")
	b.marked(copies, "Not saved: no connection")
	b.reload()
	b.checked(copies, assessment.Absent)
	if got := b.value(copies.note()); got != "One search node, no replica" {
		t.Errorf("after the reload: %q", got)
	}
	if got := app.stored(id, string(copies)); got.Version != 0 {
		t.Errorf("stored %+v before anything could be sent", got)
	}
	b.online()
	b.marked(copies, "Saved")
	if got := app.stored(id, string(copies)); got.Note != "One search node, no replica" || got.Status != assessment.Absent {
		t.Errorf("stored %q %q", got.Status, got.Note)
	}
}

func TestLeavingWithUnsavedDraft(t *testing.T) {
	t.Parallel()
	app := start(t)
	b, id := app.walking(t, "rel-01")
	b.tolerate(noConnection...)
	b.offline(app.url("/assessments/*/answers/*"))
	b.click(list.status(assessment.Adopted))
	b.marked(list, "Not saved: no connection")
	b.open(templates.PrincipleURL(id, "rel-02"))
	b.counts("1 unsaved change Look")
	b.online()
	b.counts("")
	b.noDrafts()
	if got := app.stored(id, string(list)).Status; got != assessment.Adopted {
		t.Errorf("stored %q, want adopted", got)
	}
}

func TestSessionEndsWhileTyping(t *testing.T) {
	t.Parallel()
	app := start(t)
	b, id := app.walking(t, "rel-01")
	b.tolerate("401")
	b.click(list.status(assessment.Partial))
	b.marked(list, "Saved")
	app.endSessions()
	b.writeNote(list, "Typed after the session had ended")
	b.marked(list, "you are signed out")
	b.follow(list.part(".save a"))
	b.signIn()
	b.at(templates.PrincipleURL(id, "rel-01"))
	if got := b.value(list.note()); got != "Typed after the session had ended" {
		t.Errorf("after signing in again: %q", got)
	}
	b.marked(list, "Saved")
	if got := app.stored(id, string(list)); got.Note != "Typed after the session had ended" || got.Status != assessment.Partial {
		t.Errorf("stored %q %q", got.Status, got.Note)
	}
}

func TestClickWhileAnAnswerIsSaved(t *testing.T) {
	t.Parallel()
	app := start(t)
	b, _ := app.walking(t, "rel-01")
	x, y := b.point(list.part("[data-fold=note] summary"))
	left := chromedp.ButtonType(input.MouseButtonLeft)
	b.do(chromedp.MouseEvent(chromedp.MousePressed, x, y, left, chromedp.ClickCount(1)))
	b.press("3")
	b.marked(list, "Saved")
	b.do(chromedp.MouseEvent(chromedp.MouseReleased, x, y, left, chromedp.ClickCount(1)))
	b.has(list.note())
}

func TestTwoPeopleOnOnePractice(t *testing.T) {
	t.Parallel()
	app := start(t)
	app.colleague("tomas@example.com", "Tomás Ruiz")
	id := app.newAssessment("Claims triage").ID
	ines, tomas := app.signedIn(t), app.signedInAs(t, "tomas@example.com")
	for _, b := range []*tab{ines, tomas} {
		b.hearNothing()
		b.open(templates.PrincipleURL(id, "rel-01"))
	}
	tomas.tolerate("409")

	ines.click(list.status(assessment.Adopted))
	ines.writeNote(list, "Signed off in May")
	ines.marked(list, "Saved")
	tomas.click(list.status(assessment.Absent))
	tomas.has(button("Keep mine"))
	tomas.sees("Ines Okafor saved a different answer")
	tomas.writeNote(list, "Not for training")
	conflict := tomas.text(list.part(".conflict"))
	for _, want := range []string{"Adopted", "Not yet", "Signed off in May"} {
		if !strings.Contains(conflict, want) {
			t.Errorf("the conflict shows %q, without %q", conflict, want)
		}
	}
	if got := app.stored(id, string(list)); got.Status != assessment.Adopted || got.Note != "Signed off in May" {
		t.Errorf("stored before anybody chose: %q %q", got.Status, got.Note)
	}
	tomas.click(button("Keep mine"))
	tomas.marked(list, "Saved")
	if got := app.stored(id, string(list)); got.Status != assessment.Absent || got.Note != "Not for training" {
		t.Errorf("stored after “Keep mine”: %q %q", got.Status, got.Note)
	}

	ines.tolerate("409")
	ines.click(list.status(assessment.Partial))
	ines.has(button("Use theirs"))
	ines.click(button("Use theirs"))
	ines.checked(list, assessment.Absent)
	if got := ines.value(list.note()); got != "Not for training" {
		t.Errorf("note after “Use theirs”: %q", got)
	}
	if got := app.stored(id, string(list)).Status; got != assessment.Absent {
		t.Errorf("stored after “Use theirs”: %q", got)
	}
}
