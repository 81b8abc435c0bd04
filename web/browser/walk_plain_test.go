package browser_test

import (
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
)

func TestWalkWithoutScripts(t *testing.T) {
	t.Parallel()
	app := start(t)
	id := app.newAssessment("Claims triage").ID
	b := app.tab(t)
	b.tolerate("422")
	b.scripts(false)
	b.open("/login")
	b.signIn()
	b.open(templates.PrincipleURL(id, "rel-01"))
	if eval[bool](b, "!!window.htmx") {
		t.Fatal("scripts run")
	}
	b.click(list.status(assessment.Adopted))
	b.writeNote(list, "In the wiki")
	b.click(copies.status(assessment.NotApplicable))
	b.follow(css("#button-save"))
	b.sees("problem")
	b.checked(list, assessment.Adopted)
	b.checked(copies, assessment.NotApplicable)
	if got := b.value(list.note()); got != "In the wiki" {
		t.Errorf("note after the error: %q", got)
	}
	if got := app.stored(id, string(list)).Version; got != 0 {
		t.Errorf("half a page was stored")
	}
	b.fill(copies.reason(), "Hosted elsewhere")
	b.follow(css("#button-save"))
	b.sees("2 answers saved.")
	b.follow(button("Next"))
	b.at(templates.PrincipleURL(id, "rel-02"))
	b.follow(button("Not yet"))
	b.sees("6 answers saved.")
	b.follow(button("Back"))
	b.at(templates.PrincipleURL(id, "rel-01"))
	b.checked(list, assessment.Adopted)
	want := map[string]assessment.Answer{
		"rel-01.p1": {Status: assessment.Adopted, Note: "In the wiki"},
		"rel-01.p2": {Status: assessment.NotApplicable, Reason: "Hosted elsewhere"},
		"rel-02.p5": {Status: assessment.Absent},
	}
	for practice, answer := range want {
		if got := app.stored(id, practice); got.Status != answer.Status || got.Note != answer.Note || got.Reason != answer.Reason {
			t.Errorf("%s: stored %q, note %q, reason %q; want %+v", practice, got.Status, got.Note, got.Reason, answer)
		}
	}
}
