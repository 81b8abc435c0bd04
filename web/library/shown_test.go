package library_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/webtest"
)

// TestLibraryShowsTeamsWhatIsTheirs asks for each address of a questionnaire that one team was offered as people of
// another, and again once they are offered it, have it taken away, or everybody has it.
func TestLibraryShowsTeamsWhatIsTheirs(t *testing.T) {
	a := webtest.NewApp(t)
	theirs := a.Imported(a.Team())
	ctx, none := t.Context(), access.Actor{}
	beta, err := a.Store.CreateTeam(ctx, none, "Beta")
	if err != nil {
		t.Fatal(err)
	}
	viewer, lead := a.Member(beta.ID, access.Viewer), a.Member(beta.ID, access.Lead)
	admin := a.Member(beta.ID, access.Viewer)
	if err := a.Store.SetAdmin(ctx, none, admin.User.ID, true); err != nil {
		t.Fatal(err)
	}
	builtin := a.NewAssessment("Ours").Questionnaire
	address := templates.QuestionnaireURL(theirs.SHA256)
	files := []string{address, address + "/questionnaire.yaml", address + "/lens.json", address + "/workbook.pdf"}
	check := func(when string, visitor access.Actor, shown bool) {
		t.Helper()
		b := a.SignedInAs(visitor.User)
		want := map[bool]int{true: http.StatusOK, false: http.StatusNotFound}[shown]
		for _, file := range files {
			if got := b.Get(file); got.Status != want || !shown && strings.Contains(got.Body, theirs.Title) {
				t.Errorf("%s: %s answers %d, want %d, without the title", when, file, got.Status, want)
			}
		}
		for _, list := range []string{templates.LibraryURL, templates.LibraryURL + "?q=garden", templates.DifferencePath} {
			if got := strings.Contains(b.Get(list).Body, theirs.SHA256); got != shown {
				t.Errorf("%s: %s names it: %t, want %t", when, list, got, shown)
			}
		}
		want = map[bool]int{true: http.StatusOK, false: http.StatusUnprocessableEntity}[shown]
		if got := b.Get(templates.DifferenceURL(builtin.SHA256, theirs.SHA256)); got.Status != want || !shown && strings.Contains(got.Body, theirs.Title) {
			t.Errorf("%s: the difference answers %d, want %d, without the title", when, got.Status, want)
		}
	}
	all := func(when string, shown bool) {
		t.Helper()
		check(when+", viewer", viewer, shown)
		check(when+", lead", lead, shown)
		check(when+", administrator", admin, true)
		check(when+", its own team", a.Actor(), true)
	}
	all("offered to another team", false)
	for _, do := range []string{templates.DoEnable, "retire", "x"} {
		got := a.SignedInAs(lead.User).Post(address+"/offer", map[string][]string{"do": {do}, "team": {beta.ID}})
		if got.Status != http.StatusNotFound {
			t.Errorf("a lead who does not see it: %q answers %d, want 404", do, got.Status)
		}
	}
	draft := a.NewDraft(lead)
	if body := a.SignedInAs(lead.User).Get(templates.DraftURL(draft.ID)).Body; strings.Contains(body, theirs.SHA256) {
		t.Error("the preview of an import links to a questionnaire of another team")
	}
	for _, enabled := range []bool{true, false} { // who has retired it can enable it again
		if err := a.Store.EnableQuestionnaire(ctx, none, theirs.SHA256, beta.ID, enabled); err != nil {
			t.Fatal(err)
		}
		all("offered", true)
	}
	for _, enabled := range []bool{true, false} {
		if err := a.Store.EnableQuestionnaire(ctx, none, theirs.SHA256, "", enabled); err != nil {
			t.Fatal(err)
		}
		check("for everybody", viewer, enabled)
		check("for everybody", lead, enabled)
	}
}

// TestNobodyIsToldWhatAnotherTeamAdded adds, as leads of two other teams, the same content, and other content under the same
// version: no page tells of the first team's file, person or version.
func TestNobodyIsToldWhatAnotherTeamAdded(t *testing.T) {
	a := webtest.NewApp(t)
	a.Imported(a.Team())
	changed := a.Garden()
	changed.Pillars[0].Title = "Another bed"
	for team, q := range map[string]*assessment.Questionnaire{"Beta": a.Garden(), "Gamma": changed} {
		made, err := a.Store.CreateTeam(t.Context(), access.Actor{}, team)
		if err != nil {
			t.Fatal(err)
		}
		lead := a.Member(made.ID, access.Lead)
		d, err := a.Store.SaveDraft(t.Context(), lead, assessment.ImportDraft{Kind: "aws-lens", FileName: "mine.json", Questionnaire: q})
		if err != nil {
			t.Fatal(err)
		}
		b, id := a.SignedInAs(lead.User), assessment.QuestionnaireIdentityOf(q)
		preview := b.Get(templates.DraftURL(d.ID)).Page.Find("main")
		got := b.Post(templates.DraftURL(d.ID), url.Values{"id": {id.ID}, "version": {id.Version}, "title": {id.Title}, "licence": {id.Licence}, "team": {made.ID}})
		if preview.Find("#version-error, .notice").Length() > 0 || got.Status != http.StatusSeeOther {
			t.Fatalf("%s: status %d, and the preview says %s", team, got.Status, webtest.TextOf(preview))
		}
		one, list := b.Get(got.Header.Get("Location")), b.Get(templates.LibraryURL)
		text := webtest.TextOf(one.Page.Find("main")) + webtest.TextOf(list.Page.Find("main"))
		if !strings.Contains(text, "mine.json") || strings.Contains(text, "Ines Okafor") || strings.Contains(text, "garden.json") {
			t.Errorf("%s reads %s", team, text)
		}
	}
}
