package browser_test

import (
	"fmt"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
)

const tomasEmail = "tomas@example.com"

// hearNothing cuts a tab off from what others change, before it opens a page.
func (b *tab) hearNothing() {
	b.t.Helper()
	b.tolerate(noConnection...)
	b.offline(b.app.url("/assessments/*/events*"))
}

// both opens the same page of the walk of a new assessment for Ines and for Tomás, who see each other there.
func both(t *testing.T, principle string) (app *application, ines, tomas *tab, id string) {
	t.Helper()
	app = start(t)
	app.colleague(tomasEmail, "Tomás Ruiz")
	ines, id = app.walking(t, principle)
	tomas = app.signedInAs(t, tomasEmail)
	tomas.open(templates.PrincipleURL(id, principle))
	ines.present("Tomás Ruiz on this page")
	tomas.present("Ines Okafor on this page")
	return app, ines, tomas, id
}

// present waits until the rail says who else is answering; the empty text is nobody.
func (b *tab) present(who string) {
	b.t.Helper()
	b.until(fmt.Sprintf("the presence of %q", who), fmt.Sprintf(`words(document.querySelector("#here ul")) === %s`, quoted(who)))
}

func TestChangeOfAColleagueAppears(t *testing.T) {
	t.Parallel()
	_, ines, tomas, _ := both(t, "rel-01")
	loaded := eval[float64](ines, "performance.timeOrigin")
	tomas.click(list.status(assessment.Adopted))
	ines.checked(list, assessment.Adopted)
	ines.marked(list, "Changed by Tomás Ruiz just now")
	ines.marked(list, " s ago")
	for _, place := range []string{"#picture", "#rail", "#rest", "#foot-now"} {
		ines.until(place+" of both alike", fmt.Sprintf("words(%s) === %s", css(place), quoted(tomas.text(css(place)))))
	}
	ines.until("word of it for those who listen", `words(document.getElementById("say")).includes("Tomás Ruiz, Adopted")`)
	tomas.writeNote(list, "Signed off in May")
	ines.until("the note", fmt.Sprintf(`%s.value === "Signed off in May"`, list.note()))
	ines.click(list.status(assessment.Partial))
	ines.marked(list, "Saved")
	tomas.marked(list, "Ines Okafor changed this")
	tomas.click(copies.status(assessment.Absent))
	tomas.checked(list, assessment.Partial)
	ines.checked(copies, assessment.Absent)
	if now := eval[float64](ines, "performance.timeOrigin"); now != loaded {
		t.Error("the page was loaded again")
	}
}

func TestColleagueDoesNotDisturbTyping(t *testing.T) {
	t.Parallel()
	app, ines, tomas, id := both(t, "rel-01")
	ines.tolerate("409")
	ines.unfold(list, "note")
	ines.focus(list.note())
	tomas.click(list.status(assessment.Adopted))
	ines.marked(list, "Tomás Ruiz changed this")
	ines.enter("Half a sentence")
	ines.sees("Tomás Ruiz saved a different answer")
	ines.enter(", and the rest of it")
	if got, want := ines.value(list.note()), "Half a sentence, and the rest of it"; got != want {
		t.Errorf("in the note: %q, want %q", got, want)
	}
	if conflict := ines.text(list.part(".conflict")); !strings.Contains(conflict, "Adopted") || !strings.Contains(conflict, "Half a sentence") {
		t.Errorf("the conflict shows %q", conflict)
	}
	tomas.click(copies.status(assessment.Partial))
	ines.checked(copies, assessment.Partial)
	if got := ines.value(list.note()); got != "Half a sentence, and the rest of it" {
		t.Errorf("in the note, after a change elsewhere: %q", got)
	}
	if got := app.stored(id, string(list)); got.Status != assessment.Adopted || got.Note != "" {
		t.Errorf("stored %q %q before anybody chose", got.Status, got.Note)
	}
}

func TestPresenceEnds(t *testing.T) {
	t.Parallel()
	app, ines, tomas, id := both(t, "rel-01")
	tomas.open(templates.PrincipleURL(id, "rel-02"))
	place, _ := app.model.Principle("rel-02")
	ines.present("Tomás Ruiz " + place.Principle.Title)
	tomas.open("/account")
	ines.present("")
	ines.lacks(css("#here"))
}

func TestNothingIsMissedAcrossARestart(t *testing.T) {
	t.Parallel()
	app, ines, tomas, id := both(t, "rel-01")
	for _, b := range []*tab{ines, tomas} {
		b.tolerate(noConnection...)
	}
	app.stop()
	app.start()
	app.answer(id, map[string]assessment.Answer{string(list): {Status: assessment.Absent}, string(copies): {Status: assessment.Adopted}})
	for _, b := range []*tab{ines, tomas} {
		b.checked(list, assessment.Absent)
		b.checked(copies, assessment.Adopted)
	}
}

func TestOtherPagesOfferWhatIsNewer(t *testing.T) {
	t.Parallel()
	app := start(t)
	app.colleague(tomasEmail, "Tomás Ruiz")
	id := app.reviewed("Claims triage")
	for _, path := range []string{templates.AssessmentURL(id), templates.TradeoffsURL(id), templates.PlanURL(id)} {
		tomas := app.signedInAs(t, tomasEmail)
		tomas.open(path)
		note := "Seen on " + path
		app.answer(id, map[string]assessment.Answer{string(list): {Status: assessment.Partial, Note: note}})
		tomas.sees("This page is out of date.")
		tomas.follow(link("Refresh"))
		tomas.at(path)
		tomas.lacks(link("Refresh"))
	}
	portfolio := app.signedInAs(t, tomasEmail)
	app.answer(id, map[string]assessment.Answer{string(list): {Status: assessment.Absent}})
	eval[bool](portfolio, `document.dispatchEvent(new Event("visibilitychange"))`)
	portfolio.follow(link("Refresh"))
	portfolio.lacks(link("Refresh"))
}
