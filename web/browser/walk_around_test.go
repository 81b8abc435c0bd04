package browser_test

import (
	"fmt"
	"testing"

	"plumbline/assessment"
)

// around is what stands around the practices of a page, where it depends on nothing but the stored answers.
var around = []element{css("#rail"), css("#rest"), css("#foot-now"), css("#count-tradeoffs"), css(".found"), css("#picture .big")}

// upToDate fails the test unless the page shows the same around its practices as the one that is loaded again, which is
// left open.
func (b *tab) upToDate() {
	b.t.Helper()
	// What the ranges were when the page was loaded, the fresh page does not know.
	said := func(e element) string {
		return fmt.Sprintf(`words((() => { const copy = (%s).cloneNode(true); copy.querySelectorAll("small").forEach((was) => was.remove()); return copy; })())`, e)
	}
	shown := make([]string, len(around))
	for i, part := range around {
		shown[i] = eval[string](b, said(part))
	}
	b.reload()
	for i, part := range around {
		if want := eval[string](b, said(part)); shown[i] != want {
			b.t.Errorf("%s says %q, want %q", part, shown[i], want)
		}
	}
}

// says answers a practice without moving the pointer, so that selected text stays selected.
func (b *tab) says(p asked, s assessment.Status) {
	b.t.Helper()
	eval[bool](b, fmt.Sprintf("((radio) => { radio.click(); return true; })(%s)", p.status(s)))
}

func TestAnswersThatOvertakeEachOther(t *testing.T) {
	t.Parallel()
	app := start(t)
	b, id := app.walking(t, "rel-01")
	b.hearNothing()
	b.reload()
	first := app.holds(id, list)
	b.says(list, assessment.Adopted)
	first.carriedOut(t)
	b.says(copies, assessment.Partial)
	b.marked(copies, "Saved")
	b.marked(list, "Saving")
	first.release()
	b.marked(list, "Saved")
	b.upToDate()
}

func TestAnswersThatAreOnTheirWayTogether(t *testing.T) {
	t.Parallel()
	app := start(t)
	b, id := app.walking(t, "rel-01")
	b.hearNothing()
	b.reload()
	first, second := app.holds(id, list), app.holds(id, copies)
	b.says(list, assessment.Absent)
	first.carriedOut(t)
	b.says(copies, assessment.Absent)
	second.carriedOut(t)
	first.release()
	b.marked(list, "Saved")
	b.says(list, assessment.Partial)
	b.marked(list, "Saved")
	second.release()
	b.marked(copies, "Saved")
	b.says(copies, assessment.Adopted)
	b.until("the last of the saves", fmt.Sprintf(`%s.value === "2"`, copies.part(`[name^="version."]`)))
	b.upToDate()
}

// TestSelectedTextIsCaughtUpWith selects text in the rail, so that a save leaves the rail as it is, and then saves what
// does not change the rail.
func TestSelectedTextIsCaughtUpWith(t *testing.T) {
	t.Parallel()
	b, _ := start(t).walking(t, "rel-01")
	b.hearNothing()
	b.reload()
	rail := css("#rail")
	before := b.text(rail)
	eval[bool](b, fmt.Sprintf("(getSelection().selectAllChildren(%s), true)", rail))
	b.says(list, assessment.Absent)
	b.marked(list, "Saved")
	if now := b.text(rail); now != before {
		t.Errorf("what was selected became %q", now)
	}
	eval[bool](b, "(getSelection().removeAllRanges(), true)")
	b.says(list, assessment.Partial)
	b.until("the other save", fmt.Sprintf(`%s.value === "2"`, list.part(`[name^="version."]`)))
	b.upToDate()
}
