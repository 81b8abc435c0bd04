package history_test

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/move"
	"plumbline/templates"
	"plumbline/web/webtest"
)

// rows returns what each change of a page says.
func rows(p *goquery.Document) []string {
	return p.Find(".history > li .audit-what").Map(func(_ int, one *goquery.Selection) string { return webtest.TextOf(one) })
}

// button returns the address of the button with these words in a row of the page.
func button(p *goquery.Document, row int, word string) string {
	return p.Find(".history > li").Eq(row).Find("form").FilterFunction(func(_ int, form *goquery.Selection) bool {
		return strings.HasPrefix(webtest.TextOf(form), word)
	}).AttrOr("action", "")
}

func TestHistory(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewAssessment("Claims triage").ID
	practice := a.Practices(id)[0]
	mei := a.Member(a.Team(), access.Architect)
	a.Answer(id, practice.ID, assessment.Absent)
	a.Saves(mei, id, practice.ID, assessment.Answer{Status: assessment.NotApplicable, Reason: "<b>No users</b>"})
	b := a.SignedIn()
	shown := b.Get(templates.HistoryURL(id, practice.ID)).Page
	got := rows(shown)
	want := []string{"Answered " + practice.Title + " AnswerNot yet → became Not applicableReason<b>No users</b>", "Answered " + practice.Title + " AnswerNot answered → became Not yet"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q, want %q", got, want)
	}
	if who := webtest.TextOf(shown.Find(".history .audit-who").First()); who != mei.User.Name {
		t.Errorf("the newest is by %q", who)
	}

	// The newest change is undone, the one before it restored.
	if after := b.Post(button(shown, 0, "Undo"), url.Values{templates.ParamSubject: {practice.ID}}); after.Status != http.StatusSeeOther ||
		after.Header.Get("Location") != templates.HistoryURL(id, practice.ID) {
		t.Fatalf("status %d, to %s", after.Status, after.Header.Get("Location"))
	}
	if now := a.State(id).State.Answer(practice.ID); now.Status != assessment.Absent || now.By != a.Actor().User.Name {
		t.Errorf("the answer is %+v", now)
	}
	shown = b.Get(templates.HistoryURL(id, "")).Page
	if only := shown.Find(".history a.under").First().AttrOr("href", ""); only != templates.HistoryURL(id, practice.ID) {
		t.Errorf("all changes of the practice are at %q", only)
	}
	if restore := button(shown, 1, "Restore"); restore == "" {
		t.Error("what was undone cannot be restored")
	} else if after := b.Post(restore, url.Values{}); after.Status != http.StatusSeeOther || a.State(id).State.Answer(practice.ID).Reason != "<b>No users</b>" {
		t.Errorf("status %d, %+v", after.Status, a.State(id).State.Answer(practice.ID))
	}
}

func TestHistoryRefuses(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewAssessment("Claims triage").ID
	practice := a.Practices(id)[0]
	a.Answer(id, practice.ID, assessment.Absent)
	b := a.SignedIn()
	undo := button(b.Get(templates.HistoryURL(id, "")).Page, 0, "Undo")
	a.Answer(id, practice.ID, assessment.Adopted)
	after := b.Post(undo, url.Values{templates.ParamSubject: {practice.ID}})
	if text := webtest.TextOf(after.Page.Find(".errors")); after.Status != http.StatusConflict || !strings.Contains(text, "changed again later") || len(rows(after.Page)) != 2 {
		t.Errorf("status %d, %q", after.Status, text)
	}
	started := templates.HistoryURL(id, "") + "/1/undo"
	if got := b.Post(started, url.Values{}); got.Status != http.StatusUnprocessableEntity {
		t.Errorf("undoing a start: status %d", got.Status)
	}
	for _, sequence := range []string{"99", "x", "-1"} {
		if got := b.Post(templates.HistoryURL(id, "")+"/"+sequence+"/restore", url.Values{}); got.Status != http.StatusNotFound {
			t.Errorf("%s: status %d", sequence, got.Status)
		}
	}
	if got := b.Post(undo+"?%zz", url.Values{}); got.Status != http.StatusUnprocessableEntity {
		t.Errorf("no form: status %d", got.Status)
	}
	viewer := a.SignedInWith(access.Viewer)
	if p := viewer.Get(templates.HistoryURL(id, "")).Page; p.Find(".history form").Length() != 0 || p.Find(".history > li").Length() == 0 {
		t.Error("a viewer is offered to change something, or sees nothing")
	}
}

func TestHistoryPages(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewAssessment("Claims triage").ID
	practices := a.Practices(id)
	for i := range 60 {
		a.Answer(id, practices[i].ID, assessment.Partial)
	}
	b := a.SignedIn()
	first := b.Get(templates.HistoryURL(id, "")).Page
	older := first.Find("a[rel=next]").AttrOr("href", "")
	rest := b.Get(older).Page
	if n, m := first.Find(".history > li").Length(), rest.Find(".history > li").Length(); n != 50 || m != 11 {
		t.Errorf("%d and %d changes", n, m)
	}
	if last := rows(rest)[10]; last != "Started the assessment of Claims triage" {
		t.Errorf("the oldest is %q", last)
	}
	for _, query := range []string{"?subject=nothing", "?before=1", "?before=x&subject=%00"} {
		if got := b.Get(templates.HistoryURL(id, "") + query); got.Status != http.StatusOK {
			t.Errorf("%s: status %d", query, got.Status)
		}
	}
}

// TestHistoryOfEverything changes one thing of each kind, and undoes it on the page.
func TestHistoryOfEverything(t *testing.T) {
	a := webtest.NewApp(t)
	ctx, actor := context.Background(), a.Actor()
	id := a.NewAssessment("Claims triage").ID
	current := a.State(id)
	tradeoff := current.Model.Questionnaire().Tradeoffs[0]
	steps := map[string]func() error{
		"decision": func() error {
			_, err := a.Store.SaveDecision(ctx, actor, id, assessment.Decision{Tradeoff: tradeoff.ID, Choice: assessment.Accept, Rationale: "Cheap", Owner: "Ada", Date: "2026-11-20"})
			return err
		},
		"plan": func() error {
			_, err := a.Store.KeepPlanItems(ctx, actor, id, []string{a.Practices(id)[0].ID})
			return err
		},
		"priorities": func() error {
			return a.Store.SetPriorities(ctx, actor, id, a.State(id).State.Version, assessment.Priorities{"security": 2})
		},
		"scope": func() error {
			_, err := a.Store.SetFacets(ctx, actor, id, a.State(id).State.FacetsVersion, assessment.Facets{current.Model.Questionnaire().Facets[0].ID: true})
			return err
		},
	}
	b := a.SignedIn()
	for name, step := range steps {
		if err := step(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		before := a.State(id).State.Sequence
		undo := button(b.Get(templates.HistoryURL(id, "")).Page, 0, "Undo")
		if got := b.Post(undo, url.Values{}); got.Status != http.StatusSeeOther || a.State(id).State.Sequence != before+1 {
			t.Errorf("%s: status %d, sequence %s", name, got.Status, strconv.FormatInt(a.State(id).State.Sequence, 10))
		}
	}
	if now := a.State(id).State; len(now.Decisions)+len(now.Plan)+len(now.Facets) != 0 || now.Priorities.Of("security") != 1 {
		t.Errorf("something is left: %+v", now)
	}
}

// TestHistoryOfTogether: what was set together is in the history of each practice, and can be undone from there.
func TestHistoryOfTogether(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewOddAssessment()
	a.Saves(a.Actor(), id, "a", assessment.Answer{Status: assessment.Adopted})
	_, _, err := a.Store.SetTogether(context.Background(), a.Actor(), id, assessment.SetTogether{Kind: assessment.PartPrinciple, ID: "answers", Reason: "Hosted.", Sequence: a.State(id).State.Sequence})
	if err != nil {
		t.Fatal(err)
	}
	b := a.SignedIn()
	if all := rows(b.Get(templates.HistoryURL(id, "")).Page)[0]; all != "Set practices to not applicable in Two questions Practices4ReasonHosted." {
		t.Errorf("of all: %q", all)
	}
	for kind, want := range map[assessment.PartKind]string{assessment.PartQuestion: "What else?", assessment.PartPillar: "Main"} {
		part := map[assessment.PartKind]string{assessment.PartQuestion: "answers.q2", assessment.PartPillar: "main"}[kind]
		a.Saves(a.Actor(), id, "status.a", assessment.Answer{Status: assessment.Partial})
		if _, _, err := a.Store.SetTogether(context.Background(), a.Actor(), id, assessment.SetTogether{Kind: kind, ID: part, Reason: "Hosted.", Sequence: a.State(id).State.Sequence}); err != nil {
			t.Fatal(err)
		}
		if title := webtest.TextOf(b.Get(templates.HistoryURL(id, "")).Page.Find(".history > li").First().Find("a")); !strings.HasPrefix(title, want) {
			t.Errorf("a %s is called %q", kind, title)
		}
	}
	shown := b.Get(templates.HistoryURL(id, "a")).Page
	if got := rows(shown); len(got) != 2 || got[0] != "Set practices to not applicable in Two questions AnswerAdopted → became Not applicableReasonHosted." {
		t.Fatalf("of a practice: %q", got)
	}
	after := b.Post(button(shown, 0, "Undo"), url.Values{templates.ParamSubject: {"a"}})
	if after.Status != http.StatusSeeOther || a.State(id).State.Answer("a").Status != assessment.Adopted {
		t.Fatalf("status %d, %+v", after.Status, a.State(id).State.Answer("a"))
	}
	shown = b.Get(templates.HistoryURL(id, "a")).Page
	if said := webtest.TextOf(shown.Find(".notice-page")); !strings.HasPrefix(said, "3 answers restored. 1 answer was changed since then") {
		t.Errorf("said %q", said)
	}
	if got := rows(shown)[0]; got != "Restored answers in Two questions AnswerNot applicable → became AdoptedReasonHosted. (removed)" {
		t.Errorf("the undoing is %q", got)
	}
	if got := b.Post(button(shown, 1, "Restore"), url.Values{}); got.Status != http.StatusSeeOther || a.State(id).State.Answer("a").Status != assessment.NotApplicable {
		t.Errorf("restored: status %d, %+v", got.Status, a.State(id).State.Answer("a"))
	}
}

// TestHistoryAfterAMove names parts that the present questionnaire does not have by their ids.
func TestHistoryAfterAMove(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewOddAssessment()
	set := assessment.SetTogether{Kind: assessment.PartPrinciple, ID: "answers", Reason: "Hosted.", Sequence: a.State(id).State.Sequence}
	if _, _, err := a.Store.SetTogether(t.Context(), a.Actor(), id, set); err != nil {
		t.Fatal(err)
	}
	before := a.State(id)
	wish := move.Request{Questionnaire: a.OtherQuestionnaire().SHA256, Sequence: before.State.Sequence, Title: "Before"}
	if _, err := a.Store.MoveAssessment(t.Context(), a.Actor(), id, wish); err != nil {
		t.Fatal(err)
	}
	b := a.SignedIn()
	shown := b.Get(templates.HistoryURL(id, "")).Page
	if got := rows(shown)[2]; got != "Set practices to not applicable in answers Practices4ReasonHosted." {
		t.Errorf("it is called %q", got)
	}
	if offered := button(shown, 2, ""); offered != "" {
		t.Errorf("offered is %s", offered)
	}
	restore := templates.HistoryURL(id, "") + "/" + strconv.FormatInt(before.State.Sequence, 10) + "/restore"
	if got := b.Post(restore, url.Values{}); got.Status != http.StatusNotFound || a.State(id).State.Sequence != before.State.Sequence+2 {
		t.Errorf("restored where nothing of it is left: status %d", got.Status)
	}
}
