package move_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
)

// TestAskReworded moves to a version that words two practices anew and says that they mean the same: their answers count on,
// unless the team chooses to be asked again.
func TestAskReworded(t *testing.T) {
	m := newMoveApp(t)
	m.new = m.SaveVersion("99.2.0", func(q *assessment.Questionnaire) {
		practices := q.Pillars[0].Principles[0].Questions[0].Practices
		for i := range 2 {
			practices[i].Title, practices[i].SameSince = "A clearer title.", "1.0.0"
		}
	})
	shown := m.Get(templates.MoveURL(m.id, m.new))
	reworded := shown.Page.Find("#reworded")
	for _, want := range []string{"Reworded, 2", "A clearer title.", "In the wiki.", "Ask again"} {
		if !strings.Contains(reworded.Text(), want) {
			t.Errorf("the page does not say %q: %q", want, reworded.Text())
		}
	}
	if n := reworded.Find("input[name=again]:not([checked])").Length(); n != 2 {
		t.Errorf("%d practices can be asked again, want 2", n)
	}
	if text := shown.Page.Find("#carried").Text(); strings.Contains(text, "A clearer title.") {
		t.Error("what is reworded is listed as unchanged")
	}
	form := m.form()
	form["again"] = []string{"rel-01.p4"}
	if got := m.Post(m.path(), form); got.Status != http.StatusUnprocessableEntity || !strings.Contains(got.Page.Find("main").Text(), "cannot be asked for again") {
		t.Errorf("one that is not reworded: status %d", got.Status)
	}
	form = m.form()
	form["again"], form["title"] = []string{"rel-01.p1"}, []string{""}
	refused := m.Post(m.path(), form)
	if refused.Status != http.StatusUnprocessableEntity || refused.Page.Find(`input[name=again][value="rel-01.p1"][checked]`).Length() != 1 || refused.Page.Find("#reworded[open]").Length() != 1 {
		t.Errorf("without a title: status %d, the choice is gone", refused.Status)
	}
	form.Set("title", "Before")
	if got := m.Post(m.path(), form); got.Status != http.StatusSeeOther {
		t.Fatalf("status %d", got.Status)
	}
	state := m.current().State
	if offer, ok := state.Offer("rel-01.p1"); !ok || offer.Answer.Note != "In the wiki." || state.Answer("rel-01.p1").Says() {
		t.Errorf("it is not asked again: %+v", state.Answer("rel-01.p1"))
	}
	if state.Answer("rel-01.p2").Status != assessment.Partial {
		t.Errorf("the other one counts no more: %+v", state.Answer("rel-01.p2"))
	}
}

// TestAskRewordedAfterAConflict keeps the choice where somebody else was faster.
func TestAskRewordedAfterAConflict(t *testing.T) {
	m := newMoveApp(t)
	m.new = m.SaveVersion("99.2.0", func(q *assessment.Questionnaire) {
		practice := &q.Pillars[0].Principles[0].Questions[0].Practices[0]
		practice.Title, practice.SameSince = "A clearer title.", "1.0.0"
	})
	form := m.form()
	form["again"] = []string{"rel-01.p1"}
	save := assessment.SaveAnswer{Practice: "rel-02.p1", Answer: assessment.Answer{Status: assessment.Adopted}}
	if _, err := m.Store.SaveAnswer(context.Background(), m.Actor(), m.id, save); err != nil {
		t.Fatal(err)
	}
	got := m.Post(m.path(), form)
	if got.Status != http.StatusConflict || got.Page.Find(`input[name=again][value="rel-01.p1"][checked]`).Length() != 1 {
		t.Errorf("status %d, the choice is gone", got.Status)
	}
	if again := m.Post(m.path(), url.Values(form)); again.Status != http.StatusConflict {
		t.Errorf("sent again as it was: status %d", again.Status)
	}
}
