package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestClockSetBack sets the clock back a day between two changes: the person goes on, and what came later stays later.
func TestClockSetBack(t *testing.T) {
	a := newApp(t)
	b, id := a.signedIn(), a.newSmallAssessment().ID
	l := b.listen("/assessments/"+id+"/events?at=rel", nil)
	first := a.snapshot(id, "Before")
	a.now = a.now.Add(-24 * time.Hour)
	if got := b.post("/assessments/"+id+"/answers/r2", oneAnswer(nil)); got.status != http.StatusSeeOther {
		t.Fatalf("a save: status %d", got.status)
	}
	second := a.snapshot(id, "After")
	if second.Sequence <= first.Sequence || second.Previous != first.SHA256 {
		t.Errorf("the second snapshot has sequence %d after %q, the first %d", second.Sequence, second.Previous, first.Sequence)
	}
	page := b.get("/assessments/" + id + "/snapshots").page.Find("main").Text()
	if before, after := strings.Index(page, "Before"), strings.Index(page, "After"); after < 0 || after > before {
		t.Errorf("the newest snapshot is not the first one: %s", page)
	}
	start := a.state(id).State.Sequence - 2
	if got := l.ids(3); strings.Join(got, " ") != strings.Join(numbersFrom(start, start+2), " ") {
		t.Errorf("the stream has %v, want the order in which things happened", got)
	}
}
