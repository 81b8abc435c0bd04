package account_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"plumbline/web/webtest"
)

// TestClockSetBack sets the clock back a day between two changes: the person goes on, and what came later stays later.
func TestClockSetBack(t *testing.T) {
	a := webtest.NewApp(t)
	b, id := a.SignedIn(), a.NewSmallAssessment().ID
	l := b.Listen("/assessments/"+id+"/events?at=rel", nil)
	first := a.Snapshot(id, "Before")
	a.Advance(-24 * time.Hour)
	if got := b.Post("/assessments/"+id+"/answers/r2", webtest.OneAnswer(nil)); got.Status != http.StatusSeeOther {
		t.Fatalf("a save: status %d", got.Status)
	}
	second := a.Snapshot(id, "After")
	if second.Sequence <= first.Sequence || second.Previous != first.SHA256 {
		t.Errorf("the second snapshot has sequence %d after %q, the first %d", second.Sequence, second.Previous, first.Sequence)
	}
	page := b.Get("/assessments/" + id + "/snapshots").Page.Find("main").Text()
	if before, after := strings.Index(page, "Before"), strings.Index(page, "After"); after < 0 || after > before {
		t.Errorf("the newest snapshot is not the first one: %s", page)
	}
	start := a.State(id).State.Sequence - 2
	if got := l.Ids(3); strings.Join(got, " ") != strings.Join(webtest.NumbersFrom(start, start+2), " ") {
		t.Errorf("the stream has %v, want the order in which things happened", got)
	}
}
