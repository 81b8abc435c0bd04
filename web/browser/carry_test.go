package browser_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/move"
	"plumbline/templates"
)

// nextVersion stores a version of the questionnaire in which rel-01.p1 says something else, rel-01.p2 has another risk,
// rel-01.p3 is gone and rel-01.p9 is new, and returns its hash.
func (a *application) nextVersion() string {
	a.t.Helper()
	document, err := json.Marshal(a.model.Questionnaire())
	if err != nil {
		a.t.Fatal(err)
	}
	var q assessment.Questionnaire
	if err := json.Unmarshal(document, &q); err != nil {
		a.t.Fatal(err)
	}
	q.Version = "99.1.0"
	for practice := range q.Practices() {
		practice.SameSince = "" // an edited copy makes no promise
	}
	question := &q.Pillars[0].Principles[0].Questions[0]
	first := &question.Practices[0]
	first.Title = strings.Replace(first.Title, "A written list", "A signed list", 1)
	first.Title = strings.TrimSuffix(first.Title, ".") + ", and somebody looks at it each quarter."
	first.Advice += " Begin with the one that everything else waits for."
	question.Practices[1].Risk, question.Practices[1].Weight = assessment.Low, 2
	question.Practices[2].ID, question.Practices[2].Title = "rel-01.p9", "Somebody owns the list and is named in it."
	q.Pillars[1].Principles[0].Questions[0].Practices[0].Help = "Said anew, in " + endless + " and in other words."
	for i := range q.Tradeoffs {
		for j := range q.Tradeoffs[i].Sides {
			side := &q.Tradeoffs[i].Sides[j]
			for k, practice := range side.Practices {
				if practice == "rel-01.p3" {
					side.Practices[k] = "rel-01.p9"
				}
			}
		}
	}
	ref, err := a.store.SaveQuestionnaire(context.Background(), access.Actor{}, &q)
	if err != nil {
		a.t.Fatal(err)
	}
	return ref.SHA256
}

func TestAccessibleMove(t *testing.T) {
	t.Parallel()
	app := start(t)
	id := app.reviewed("Claims triage")
	b := app.signedIn(t)
	b.tolerate("422", "409")
	b.open(templates.AssessmentQuestionnaireURL(id))
	b.accessible("questionnaire of an assessment, nothing to move to")
	next := app.nextVersion()
	b.open(templates.AssessmentURL(id))
	b.accessible("overview with a newer version")
	b.open(templates.AssessmentQuestionnaireURL(id))
	b.accessible("questionnaire of an assessment")
	b.follow(link("99.1.0").in("main"))
	b.accessible("triage")
	b.fill(field("Snapshot title"), "")
	b.follow(button("Create snapshot and move"))
	b.sees("problem")
	b.accessible("triage with errors")
	app.answer(id, map[string]assessment.Answer{"rel-05.p1": {Status: assessment.Adopted}})
	b.fill(field("Snapshot title"), "Before the new version")
	b.follow(button("Create snapshot and move"))
	b.sees("Nothing was moved")
	b.accessible("triage with a conflict")
	b.follow(button("Create snapshot and move"))
	b.sees("now uses")
	b.accessible("overview after a move")
	b.open(templates.PrincipleURL(id, "rel-01"))
	b.accessible("walk with earlier answers")
	b.open(templates.AssessmentQuestionnaireURL(id))
	b.accessible("what is kept from before")
	b.open(templates.DifferencePath)
	b.accessible("difference, nothing chosen")
	now, err := app.store.Current(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	b.open(templates.DifferenceURL(app.snapshots(id)[0].Questionnaire, now.State.Questionnaire.SHA256))
	b.accessible("difference")
	before := app.snapshots(id)[0].ID
	b.open(templates.CompareTwoURL(id, before, app.snapshot(id, "After the move")))
	b.sees("text, risk or weight changed in the questionnaire")
	b.accessible("comparison after a move")
	b.open(templates.QuestionnaireURL(next))
	b.accessible("one of two versions in the library")
	if next != now.State.Questionnaire.SHA256 {
		t.Errorf("the assessment has the questionnaire %s, want %s", now.State.Questionnaire.SHA256, next)
	}
}

func (a *application) snapshots(id string) []assessment.SnapshotInfo {
	a.t.Helper()
	list, err := a.store.Snapshots(context.Background(), id)
	if err != nil {
		a.t.Fatal(err)
	}
	return list
}

// moved moves a reviewed assessment to the next version.
func (a *application) moved() string {
	a.t.Helper()
	id := a.reviewed("Claims triage")
	current, err := a.store.Current(context.Background(), id)
	if err != nil {
		a.t.Fatal(err)
	}
	m := move.Request{Questionnaire: a.nextVersion(), Sequence: current.State.Sequence, Title: "Before"}
	if _, err := a.store.MoveAssessment(context.Background(), a.ines(), id, m); err != nil {
		a.t.Fatal(err)
	}
	return id
}

func TestKeepingAnEarlierAnswer(t *testing.T) {
	for name, scripts := range map[string]bool{"with scripts": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			app := start(t)
			id := app.moved()
			b := app.tab(t)
			b.scripts(scripts)
			b.open("/login")
			b.signIn()
			b.open(templates.PrincipleURL(id, "rel-01"))
			b.sees("You answered")
			b.click(copies.status(assessment.Absent))
			b.follow(button("Keep this answer").in("#p-" + cssID(list)))
			b.checked(list, assessment.Adopted)
			b.checked(copies, assessment.Absent)
			if got := app.stored(id, string(list)); got.Status != assessment.Adopted || got.Note != "In the wiki,\nsince May." {
				t.Errorf("stored %+v", got)
			}
			b.lacks(css("#earlier-" + cssID(list) + " *"))
		})
	}
}

// TestMoveIsNewsToOthers moves an assessment while somebody else has a page of it open.
func TestMoveIsNewsToOthers(t *testing.T) {
	t.Parallel()
	app, _, tomas, id := both(t, "rel-01")
	current, err := app.store.Current(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	next := app.nextVersion()
	ines := app.signedIn(t)
	ines.open(templates.MoveURL(id, next))
	ines.follow(button("Create snapshot and move"))
	ines.sees("now uses")
	tomas.until("the news", `words(document.getElementById("news")) !== ""`)
	if after, err := app.store.Current(context.Background(), id); err != nil || after.State.Sequence <= current.State.Sequence {
		t.Errorf("sequence %d, %v", after.State.Sequence, err)
	}
}

// cssID is an id of a practice in a selector.
func cssID(p asked) string { return strings.ReplaceAll(string(p), ".", `\\.`) }
