package browser_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"plumbline/assessment"
	"plumbline/templates"
)

const shownRows = `[...document.querySelectorAll("#rows .practice:not([hidden])")]`

// TestWorksheet looks for practices, answers them by keys, undoes, and does something with several at once.
func TestWorksheet(t *testing.T) {
	t.Parallel()
	app := start(t)
	id := app.reviewed("Claims triage")
	b := app.signedIn(t)
	path := templates.WorksheetURL(id, nil)
	b.open(path)
	all := eval[int](b, shownRows+".length")
	b.accessible("worksheet")

	b.press("/")
	b.until("the search has the focus", `document.activeElement.id === "sheet-search"`)
	b.enter("canary")
	b.until("fewer rows", fmt.Sprintf("%s.length > 0 && %s.length < 10", shownRows, shownRows))
	b.until("the address says so", `location.search === "?q=canary"`)
	b.until("only headings with rows", `[...document.querySelectorAll(".pillar-h:not([hidden])")].length < 5`)
	b.reload()
	if n := eval[int](b, shownRows+".length"); n == 0 || n > 10 {
		t.Errorf("after loading again %d rows", n)
	}
	b.accessible("worksheet, filtered")
	b.open(path + "?q=nothing+like+this")
	b.sees("No practices match")
	b.accessible("worksheet, nothing found")

	b.open(path + "?status=unanswered")
	open := eval[[]string](b, shownRows+`.slice(0, 3).map((row) => row.dataset.practice)`)
	b.press("2")
	b.until("the answer", checkedIn(open[0], assessment.Partial))
	b.marked(asked(open[0]), "Saved")
	b.until("the next row has the focus", fmt.Sprintf(`document.activeElement.closest(".practice")?.dataset.practice === %q`, open[1]))
	b.press("3")
	b.marked(asked(open[1]), "Saved")
	b.press("z")
	b.until("no answer", fmt.Sprintf("![...document.getElementsByName(%q)].some((radio) => radio.checked)", "status."+open[1]))
	if got := app.stored(id, open[0]); got.Status != assessment.Partial {
		t.Errorf("the first is %q", got.Status)
	}

	// Open in place: help, note, evidence and history; a note saves itself.
	b.open(path)
	first := eval[string](b, `document.querySelector("#rows .practice").dataset.practice`)
	b.focus(css(`#rows .practice .seg input`))
	b.press("m")
	b.until("the note has the focus", fmt.Sprintf(`document.activeElement.name === %q`, "note."+first))
	b.fill(css("textarea:focus"), "From the worksheet")
	b.press(kb.Escape)
	b.marked(asked(first), "Saved")
	b.unstuck()
	b.accessible("worksheet, a row open")
	if got := app.stored(id, first); got.Note != "From the worksheet" {
		t.Errorf("the note is %q", got.Note)
	}
	b.press("h")
	b.until("closed again", `!document.querySelector(".is-opened")`)

	// Several at once.
	b.open(path + "?status=unanswered")
	b.press("j")
	b.press("x")
	b.press("J")
	b.press("J")
	b.until("three are selected", `document.getElementById("picked").textContent === "3 selected"`)
	b.unstuck()
	b.accessible("worksheet, rows selected")
	b.pick("#bulk-answer", "Not applicable")
	b.fill(css("#bulk-reason"), "No training here")
	b.click(button("Apply"))
	b.until("three changes", `document.querySelector("#toast:not([hidden])")?.textContent.includes("3 changes saved")`)
	b.press("z")
	b.until("undone", fmt.Sprintf("!%s.slice(0, 3).some((row) => row.querySelector(\":checked[type=radio]\"))", shownRows))
	if got := eval[int](b, `Number(document.getElementById("n-status-not_applicable").textContent)`); got > all {
		t.Errorf("%d are not applicable", got)
	}
}

// unstuck lets no bar lie over rows: what is below one can be scrolled out from there.
func (b *tab) unstuck() {
	b.t.Helper()
	eval[bool](b, `[...document.querySelectorAll(".dock, .pillar-h, .principle-h")].every((bar) => (bar.style.position = "static"))`)
}

func checkedIn(practice string, status assessment.Status) string {
	return fmt.Sprintf(`[...document.getElementsByName(%q)].find((radio) => radio.checked)?.value === %q`, "status."+practice, string(status))
}

// TestKeysOfAWholeReview answers every practice of the built-in questionnaire in the guided way, by digits and J alone.
func TestKeysOfAWholeReview(t *testing.T) {
	t.Parallel()
	app := start(t)
	id := app.newAssessment("Claims triage").ID
	b := app.signedIn(t)
	b.open(templates.WalkURL(id))
	keys, practices := 0, 0
	for {
		here := eval[int](b, `document.querySelectorAll(".practice").length`)
		practices += here
		for range here {
			b.press("2")
			keys++
		}
		b.until("all saved", `document.getElementById("rest").textContent.trim() === "" && !document.querySelector(".save[data-mark]")`)
		if eval[string](b, `document.getElementById("answers").dataset.next`) == "" || practices > 400 {
			break
		}
		keys++
		before := b.path()
		b.press("j")
		b.until("the next page", fmt.Sprintf(`document.readyState === "complete" && location.pathname !== %q && document.querySelector("#button-keys")`, strings.Split(before, "#")[0]))
	}
	if open := eval[string](b, `document.querySelector("#picture .meta").textContent`); practices < 130 {
		t.Errorf("%d practices, %s", practices, open)
	}
	if ratio := float64(keys) / float64(practices); ratio > 1.2 {
		t.Errorf("%d keys for %d practices: %.2f each, at most 1.2 are meant", keys, practices, ratio)
	}
}
