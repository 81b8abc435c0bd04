package browser_test

import (
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
)

// TestSetTogether sets a principle not applicable and undoes it, while a colleague has its page open.
func TestSetTogether(t *testing.T) {
	t.Parallel()
	app := start(t)
	b, id := app.walking(t, "rel-02")
	app.colleague("mei@example.com", "Mei Tanaka")
	colleague := app.tab(t)
	colleague.open("/login")
	colleague.signInAs("mei@example.com")
	colleague.open(templates.PrincipleURL(id, "rel-02"))
	b.click(hosted.status(assessment.Partial))
	b.marked(hosted, "Saved")
	colleague.checked(hosted, assessment.Partial)

	b.follow(link("Set to not applicable"))
	b.at(templates.TogetherURL(id, "rel-02"))
	b.follow(button(hostedReason))
	b.at(templates.PrincipleURL(id, "rel-02"))
	b.sees("practices set to not applicable.")
	b.checked(hosted, assessment.NotApplicable)
	colleague.checked(hosted, assessment.NotApplicable)
	colleague.marked(hosted, "Changed by Ines Okafor")

	b.follow(button("Undo"))
	b.sees("answers restored.")
	b.checked(hosted, assessment.Partial)
	colleague.checked(hosted, assessment.Partial)
	if got := app.stored(id, string(hosted)); got.Status != assessment.Partial || got.Reason != "" {
		t.Errorf("stored %+v", got)
	}
}

// TestSetTogetherWithoutScripts does the same with plain forms.
func TestSetTogetherWithoutScripts(t *testing.T) {
	t.Parallel()
	app := start(t)
	id := app.newAssessment("Claims triage").ID
	b := app.tab(t)
	b.scripts(false)
	b.open("/login")
	b.signIn()
	b.open(templates.TogetherURL(id, "rel-02"))
	b.fill(css("#reason"), "Nothing of it runs here.")
	b.follow(css("#together .btn-main"))
	b.at(templates.PrincipleURL(id, "rel-02"))
	b.checked(hosted, assessment.NotApplicable)
	b.follow(button("Undo"))
	b.sees("answers restored.")
	if got := app.stored(id, string(hosted)); got.Says() {
		t.Errorf("stored %+v", got)
	}
}
