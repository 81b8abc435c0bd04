package browser_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
)

// lensWith is a custom lens whose texts are those given, over and over, with links and risk rules.
func lensWith(title string, texts ...string) string {
	one := func(i int) string {
		quoted, err := json.Marshal(texts[i%len(texts)])
		if err != nil {
			panic(err)
		}
		return string(quoted)
	}
	var choices []string
	for i := range 3 {
		choices = append(choices, fmt.Sprintf(`{"id": "Q1_%d", "title": %s, "helpfulResource": {"displayText": %s, "url": "https://example.org/%d"}, "improvementPlan": {"displayText": %s}}`,
			i, one(i), one(i+1), i, one(i+2)))
	}
	name, err := json.Marshal(title)
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf(`{"schemaVersion": "2021-11-01", "name": %s, "description": %s, "pillars": [{"id": "p", "name": %s, "questions": [{"id": "Q1", "title": %s, "description": %s,
		"choices": [%s], "riskRules": [{"condition": "Q1_0 && Q1_1", "risk": "NO_RISK"}, {"condition": "!Q1_2", "risk": "MEDIUM_RISK"}, {"condition": "default", "risk": "HIGH_RISK"}]}]}]}`,
		name, one(0), one(1), one(2), one(0), strings.Join(choices, ", "))
}

// choose puts a file into the form of the import, and reads it.
func (b *tab) choose(name, text string) {
	b.t.Helper()
	b.open(templates.ImportURL)
	b.attach(name, text)
	b.follow(button("Preview"))
}

// attach puts a file into the form of the page.
func (b *tab) attach(name, text string) {
	b.t.Helper()
	eval[bool](b, fmt.Sprintf(`(() => {
		const files = new DataTransfer();
		files.items.add(new File([%s], %s));
		document.querySelector("#file").files = files.files;
		return true;
	})()`, quoted(text), quoted(name)))
}

func TestAccessibleLibrary(t *testing.T) {
	t.Parallel()
	app := start(t)
	b := app.signedIn(t)
	b.tolerate("422", "409")
	b.open(templates.LibraryURL)
	b.accessible("library")
	b.follow(button("Add a questionnaire"))
	b.accessible("import")
	b.choose("q.yaml", "format: plumbline.questionnaire/1\nid: '!'\nversion: one\n")
	b.sees("Problems in q.yaml")
	b.accessible("import, refused")

	b.choose("garden.json", lensWith("Garden Lens", "Rows are straight", endless, "Water is there"))
	b.sees("Skipped or changed")
	preview := b.path()
	eval[bool](b, `(document.querySelectorAll("details").forEach((d) => d.open = true), true)`)
	b.accessible("preview of an import")
	b.fill(field("Version"), "one")
	b.follow(button("Add to the library"))
	b.sees("problem")
	b.accessible("preview of an import with errors")
	b.fill(field("Version"), "1.0.0")
	b.pick("#team", "Everyone")
	b.follow(button("Add to the library"))
	b.sees("was added to the library")
	one := b.path()
	if one == preview {
		t.Fatal("the import was not accepted")
	}
	eval[bool](b, `(document.querySelectorAll("details").forEach((d) => d.open = true), true)`)
	b.accessible("a questionnaire")
	b.follow(button("Delete questionnaire"))
	b.sees("Select the checkbox")
	b.accessible("a questionnaire that is not deleted")

	shop := app.newAssessment("Shop")
	b.open(templates.NewAssessmentURL(shop.Workload.ID))
	b.accessible("one more assessment")
	b.pick("#questionnaire", "Garden Lens 1.0.0: 1 principle, 3 practices, 0 tradeoffs")
	b.has(css("[name='priority.p']"))
	b.follow(button("Start assessment"))
	b.sees("Risk from the questionnaire rules")
	b.accessible("walk of a lens")
	b.open("/assessments/" + strings.Split(b.path(), "/")[2])
	b.accessible("overview of a lens, and of another assessment")
	b.follow(link("Tradeoffs").in(".tabs"))
	b.sees("has no tradeoffs")
	b.accessible("no tradeoffs")
	b.open(templates.EditWorkloadURL(shop.Workload.ID))
	b.accessible("settings of a workload with two assessments")
	b.open(templates.LibraryURL)
	b.accessible("library with several")
}

// pick chooses an option of a list by its words, as a person does.
func (b *tab) pick(list, option string) {
	b.t.Helper()
	if !eval[bool](b, fmt.Sprintf(`(() => {
		const list = document.querySelector(%s);
		const option = [...list.options].find((o) => o.text === %s);
		if (!option) return false;
		list.value = option.value;
		list.dispatchEvent(new Event("change", {bubbles: true}));
		return true;
	})()`, quoted(list), quoted(option))) {
		b.t.Fatalf("%s has no option %q", list, option)
	}
}

// TestScriptsInAQuestionnaire brings a file whose texts are hostile, and looks at them wherever they show.
func TestScriptsInAQuestionnaire(t *testing.T) {
	t.Parallel()
	app := start(t)
	b := app.signedIn(t)
	b.tolerate("422")
	ctx := context.Background()
	b.choose(payloads[0]+".json", lensWith(payloads[1], payloads...))
	b.sees("Skipped or changed")
	b.harmless("the preview")
	draft, err := app.store.Draft(ctx, app.ines(), strings.TrimPrefix(b.path(), templates.ImportURL+"/"))
	if err != nil {
		t.Fatal(err)
	}
	imprint := assessment.QuestionnaireIdentityOf(draft.Questionnaire)
	imprint.Licence = payloads[2]
	ref, err := app.store.AcceptDraft(ctx, app.ines(), draft.ID, imprint, "")
	if err != nil {
		t.Fatal(err)
	}
	started, err := app.store.CreateWorkload(ctx, app.ines(), assessment.Workload{Team: app.ines().Memberships[0].Team.ID, Name: "Hostile"}, ref.SHA256, nil)
	if err != nil {
		t.Fatal(err)
	}
	walk := draft.Questionnaire.Pillars[0].Principles[0].ID
	for _, path := range []string{templates.LibraryURL, templates.QuestionnaireURL(ref.SHA256), templates.NewWorkloadURL, templates.PrincipleURL(started.ID, walk),
		templates.AssessmentURL(started.ID), templates.PlanURL(started.ID), templates.PortfolioURL} {
		b.open(path)
		b.harmless(path)
	}
	b.choose(payloads[1], payloads[2])
	b.sees("problem")
	b.harmless("a file that is refused")
}
