package browser_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"plumbline/assessment"
	"plumbline/templates"
)

// focused waits until the keyboard is on an element.
func (b *tab) focused(e element) {
	b.t.Helper()
	b.until("the focus on "+string(e), fmt.Sprintf("document.activeElement === %s", e))
}

func TestWalkWithKeysOnly(t *testing.T) {
	t.Parallel()
	app := start(t)
	b, id := app.walking(t, "rel-01")
	const platforms, general asked = "rel-01.p3", "rel-01.p4"

	b.press(kb.Tab)
	b.focused(css("a.skip"))
	b.press(kb.Enter)
	b.until("the content in reach", `location.hash === "#main"`)
	b.press("j")
	b.focused(list.status(assessment.Absent))
	b.press("3")
	b.checked(list, assessment.Adopted)
	b.focused(copies.status(assessment.Absent)) // a digit answers and moves on
	b.marked(list, "Saved")
	b.press("k")
	b.focused(list.status(assessment.Adopted))
	b.press("m")
	b.focused(list.note())
	b.press("3 jn?")
	if got := b.value(list.note()); got != "3 jn?" {
		t.Errorf("keys typed into a note: %q", got)
	}
	b.press(kb.Escape)
	b.focused(list.status(assessment.Adopted))

	b.press("j")
	b.focused(copies.status(assessment.Absent))
	b.press(kb.ArrowRight)
	b.checked(copies, assessment.Partial)
	b.press("h")
	b.has(copies.part("[data-fold=help] .unfold"))
	b.press("j")
	b.press("4")
	b.focused(platforms.reason())
	b.marked(platforms, "enter a reason")
	b.press("No platform under it")
	b.press(kb.Tab)
	b.marked(platforms, "Saved")
	b.focused(general.status(assessment.Absent))
	b.press("kk")
	b.focused(copies.status(assessment.Partial))
	b.press("jj1")
	b.checked(general, assessment.Absent)
	b.marked(general, "Saved")
	b.press("0")
	b.until("no answer", fmt.Sprintf("![...document.getElementsByName(%q)].some((radio) => radio.checked)", "status."+string(general)))
	b.marked(general, "Saved")
	b.until("the offer to undo", `document.querySelector("#toast:not([hidden]) #button-undo") && document.querySelector("#toast").textContent.includes("Not answered")`)
	b.press("z")
	b.checked(general, assessment.Absent)

	b.press("?")
	b.has(css("dialog#keys[open]"))
	b.press(kb.Escape)
	b.lacks(css("dialog#keys[open]"))
	b.leave(func() { b.press("]") })
	b.at(templates.PrincipleURL(id, "rel-02"))
	b.leave(func() { b.press("[") })
	b.at(templates.PrincipleURL(id, "rel-01"))

	want := map[asked]assessment.Answer{
		list: {Status: assessment.Adopted, Note: "3 jn?"}, copies: {Status: assessment.Partial},
		platforms: {Status: assessment.NotApplicable, Reason: "No platform under it"}, general: {Status: assessment.Absent},
	}
	for practice, answer := range want {
		if got := app.stored(id, string(practice)); got.Status != answer.Status || got.Note != answer.Note || got.Reason != answer.Reason {
			t.Errorf("%s: stored %q, note %q, reason %q; want %+v", practice, got.Status, got.Note, got.Reason, answer)
		}
	}
}

// A key that answers or unfolds means the first open practice where none has the focus yet.
func TestKeysBeforeAnyFocus(t *testing.T) {
	t.Parallel()
	app := start(t)
	b, id := app.walking(t, "rel-01")

	b.press("h")
	b.has(list.part("[data-fold=help] .unfold"))
	b.focused(list.status(assessment.Absent))
	b.press("2")
	b.checked(list, assessment.Partial)
	b.marked(list, "Saved")
	b.focused(copies.status(assessment.Absent))
	b.leave(func() { b.press("]") })
	b.leave(func() { b.press("[") })
	b.press("3")
	b.checked(copies, assessment.Adopted)
	b.marked(copies, "Saved")
	if got := app.stored(id, string(list)).Status; got != assessment.Partial {
		t.Errorf("the answered practice became %q", got)
	}
}

// TestTabOrder holds that Tab reaches what can be used, in the order in which it stands on the page.
func TestTabOrder(t *testing.T) {
	t.Parallel()
	app := start(t)
	b, _ := app.walking(t, "rel-01")
	const here = "document.activeElement.outerHTML.slice(0, 120)"
	last := -1
	for {
		b.press(kb.Tab)
		if eval[bool](b, "document.activeElement === document.body") {
			break
		}
		if at := eval[int](b, `[...document.querySelectorAll("*")].indexOf(document.activeElement)`); at <= last {
			t.Fatalf("Tab goes back to %s", eval[string](b, here))
		} else {
			last = at
		}
		if !eval[bool](b, "seen(document.activeElement)") {
			t.Errorf("Tab stops where nothing is seen: %s", eval[string](b, here))
		}
		eval[bool](b, "document.activeElement.reached = true")
	}
	missed := eval[[]string](b, `[...document.querySelectorAll("a[href], button, summary, textarea, input:not([type=radio])")]
		.filter((e) => seen(e) && !e.disabled && e.tabIndex >= 0 && !e.reached).map((e) => e.outerHTML.slice(0, 120))`)
	if len(missed) > 0 {
		t.Errorf("Tab does not reach\n%s", strings.Join(missed, "\n"))
	}
	groups := eval[bool](b, `[...document.querySelectorAll(".practice")].every((p) => [...p.querySelectorAll("input[type=radio]")].some((r) => r.reached))`)
	if !groups {
		t.Error("Tab does not reach every practice")
	}
}
