package browser_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"plumbline/assessment"
	"plumbline/templates"
)

// hosted is a practice for which the questionnaire says when it is not applicable.
const hosted asked = "rel-02.p6"

const hostedReason = "No hosted model is used"

// TestReasonInOneClick gives the questionnaire's reason with one click, and offers it elsewhere afterwards.
func TestReasonInOneClick(t *testing.T) {
	t.Parallel()
	app := start(t)
	b, id := app.walking(t, "rel-02")
	b.click(hosted.status(assessment.NotApplicable))
	b.click(hosted.part(".reasons button"))
	b.marked(hosted, "Saved")
	b.focused(hosted.status(assessment.NotApplicable))
	if got := b.value(hosted.reason()); got != hostedReason {
		t.Errorf("the reason is %q", got)
	}
	if got := app.stored(id, string(hosted)); got.Status != assessment.NotApplicable || got.Reason != hostedReason {
		t.Errorf("stored %+v", got)
	}
	b.until("no reasons beside one that is given", `document.querySelector("#p-rel-02\\.p6 .reasons").offsetParent === null`)

	b.open(templates.PrincipleURL(id, "rel-01"))
	b.focus(list.status(assessment.Absent))
	b.press("4")
	b.focused(list.reason())
	b.press(kb.Tab)
	b.press(kb.Enter)
	b.marked(list, "Saved")
	if got := app.stored(id, string(list)); got.Status != assessment.NotApplicable || got.Reason != hostedReason {
		t.Errorf("by keys, stored %+v", got)
	}
	b.noDrafts()
}

// TestReasonWithoutScripts does the same with a page that is a plain form.
func TestReasonWithoutScripts(t *testing.T) {
	t.Parallel()
	app := start(t)
	id := app.newAssessment("Claims triage").ID
	b := app.tab(t)
	b.scripts(false)
	b.open("/login")
	b.signIn()
	b.open(templates.PrincipleURL(id, "rel-02"))
	b.click(hosted.status(assessment.NotApplicable))
	b.follow(hosted.part(".reasons button"))
	b.sees("1 answer saved.")
	b.checked(hosted, assessment.NotApplicable)
	if got := app.stored(id, string(hosted)); got.Status != assessment.NotApplicable || got.Reason != hostedReason {
		t.Errorf("stored %+v", got)
	}
}
