package browser_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// TestFindAnything opens the search by its keys on a page of the walk, types, and follows a result.
func TestFindAnything(t *testing.T) {
	t.Parallel()
	app := start(t)
	id := app.reviewed("Claims triage")
	b := app.signedIn(t)
	b.open("/assessments/" + id + "/principles/sec-02")
	b.control('k')
	b.until("the dialog has the field", `document.activeElement?.id === "find-search"`)
	b.enter("canary")
	b.until("a practice is found by another name", `document.querySelector("#found")?.dataset.for === "canary" && document.querySelectorAll("#found a").length > 0`)
	b.accessible("find, in a dialog")
	b.press(kb.ArrowDown)
	b.until("the first result has the focus", `document.activeElement === document.querySelector("#found a")`)
	b.press(kb.ArrowUp)
	b.leave(func() { b.press(kb.Enter) })
	b.until("the practice is shown", `location.hash.startsWith("#p-")`)

	b.control('k')
	b.until("the dialog is open again", `document.activeElement?.id === "find-search"`)
	b.press(kb.Escape)
	b.until("the dialog is closed", `!document.getElementById("find-dialog").open`)

	b.open("/find?q=nothing+like+this")
	b.sees("Nothing found")
	b.accessible("find, nothing found")
}
