package browser_test

import (
	"context"
	"database/sql"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
)

// typing is a form with something to type.
type typing struct {
	name, path string
	control    element
	text       string
	button     string
}

// forms returns forms of an assessment, on pages of each kind.
func (a *application) forms(t *testing.T) []typing {
	t.Helper()
	id := a.reviewed("Claims triage")
	if _, err := a.store.SavePlanItem(t.Context(), a.ines(), id, assessment.PlanItem{Practice: "rel-01.p4", Owner: "Mei"}); err != nil {
		t.Fatal(err)
	}
	team := a.ines().Memberships[0].Team.ID
	current, err := a.store.Current(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return []typing{
		{"decision", templates.TradeoffURL(id, "t05"), css("#rationale"), "Idle nodes cost less.\nWe measured <b>twice</b>.", "Record decision"},
		{"snapshot", templates.SnapshotsURL(id), field("Note (optional)"), "Who attended", "Create snapshot"},
		{"workload", templates.EditWorkloadURL(current.State.Workload.ID), field("Owner"), "Claims platform", "Save"},
		{"plan item", templates.PlanURL(id) + "?edit=rel-01.p4", css("#item #owner"), "Tomás", "Save"},
		{"approval", templates.SnapshotURL(a.snapshot(id, "Review")), field("Note (optional)"), "Rests on the test of May", "Approve"},
		{"priorities", templates.PrioritiesURL(id), field("Security"), "2.5", "Save priorities"},
		{"team", templates.TeamURL(team), field("Team name"), "Payments and claims", "Rename team"},
	}
}

func TestTypedTextSurvivesTheEndOfTheSession(t *testing.T) {
	t.Parallel()
	for name, scripts := range map[string]bool{"with scripts": true, "without scripts": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			app := start(t)
			b := app.tab(t)
			b.tolerate("401", "422", "ERR_INCOMPLETE_CHUNKED_ENCODING")
			b.scripts(scripts)
			b.open("/login")
			b.signIn()
			refused := 0
			for i, form := range app.forms(t) {
				b.open(form.path)
				b.fill(form.control, form.text)
				app.endSessions()
				b.follow(button(form.button))
				b.sees("You are signed out, so nothing was saved.")
				if i == 0 && scripts {
					b.accessible("sign in, with a form that comes back")
				}
				b.signIn()
				b.sees("You were signed out before this was saved.")
				if got := b.value(form.control); got != form.text {
					t.Errorf("%s: the form holds %q, want %q", form.name, got, form.text)
				}
				if i == 0 && scripts {
					b.accessible("a form that has come back")
				}
				b.follow(button(form.button))
				b.lacks(css("#typed"))
				if b.lastStatus() == http.StatusUnprocessableEntity && scripts {
					refused++ // something else is missing, so the text is still not saved
				}
			}
			b.open("/")
			if got := b.dialogs(); got != refused {
				t.Errorf("the browser asked %d times before it left a page, want %d", got, refused)
			}
		})
	}
}

// TestAScriptThatFindsTheSessionEnded changes the questionnaire of a new workload, which a script tells the server.
func TestAScriptThatFindsTheSessionEnded(t *testing.T) {
	t.Parallel()
	app := start(t)
	b := app.signedIn(t)
	b.tolerate("401")
	b.open(templates.NewWorkloadURL)
	b.fill(field("Workload name"), "Claims triage")
	app.endSessions()
	eval[bool](b, `document.querySelector("[hx-post]").dispatchEvent(new Event("change", {bubbles: true}))`)
	b.sees("You are signed out, so nothing was saved.")
	b.signIn()
	if got := b.value(field("Workload name")); got != "Claims triage" {
		t.Errorf("the form holds %q", got)
	}
}

// unused moves the last use of every session back.
func (a *application) unused(t *testing.T, minutes float64) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(a.folder, "plumbline.db")+"?_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(t.Context(), "UPDATE session SET seen_at = seen_at - $1", int64(minutes*60e6)); err != nil {
		t.Fatal(err)
	}
}

// comesBack tells a page that it is shown again, as when a person goes back to it.
func (b *tab) comesBack() {
	b.t.Helper()
	eval[bool](b, `window.dispatchEvent(new PageTransitionEvent("pageshow", {persisted: true}))`)
}

func TestThePageWarnsBeforeTheSessionEnds(t *testing.T) {
	t.Parallel()
	app := start(t)
	b := app.signedIn(t)
	b.tolerate("401")
	b.open("/account")
	b.comesBack()
	app.unused(t, 28.5)
	b.comesBack()
	b.sees("You will be signed out in two minutes")
	b.accessible("a session that ends soon")
	b.click(button("Stay signed in"))
	b.sees("You stay signed in.")
	b.comesBack()
	b.lacks(css("#session p"))
	b.fill(field("Your name"), "Ines O.")
	app.unused(t, 40)
	b.comesBack()
	b.sees("You are signed out.")
	b.accessible("a session that has ended")
	if got := b.value(field("Your name")); got != "Ines O." {
		t.Errorf("the form holds %q", got)
	}
	b.follow(button("Save profile"))
	b.signIn()
	if got := b.value(field("Your name")); got != "Ines O." {
		t.Errorf("after signing in the form holds %q", got)
	}
}

// dialogs counts how often the browser asked before it left a page.
func (b *tab) dialogs() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.asked
}

func TestLeavingTypedTextAsks(t *testing.T) {
	t.Parallel()
	app := start(t)
	b := app.signedIn(t)
	forms := app.forms(t)
	asks := func(what string, want int, leave func()) {
		t.Helper()
		before := b.dialogs()
		b.leave(leave)
		if got := b.dialogs() - before; got != want {
			t.Errorf("%s: asked %d times, want %d", what, got, want)
		}
	}
	for _, form := range forms {
		b.open(form.path)
		asks(form.name+", nothing typed", 0, func() { b.click(link("Portfolio")) })
		b.open(form.path)
		b.fill(form.control, form.text)
		asks(form.name, 1, func() { b.click(link("Portfolio")) })
	}
	b.open(forms[0].path)
	b.fill(forms[0].control, forms[0].text)
	b.fill(forms[0].control, "")
	asks("text taken back", 0, func() { b.click(link("Portfolio")) })
	b.fill(css("#q"), "claims")
	asks("a search", 0, func() { b.click(link("Library")) })
	id := strings.Split(forms[0].path, "/")[2]
	b.open(templates.PrincipleURL(id, "rel-02"))
	b.press("j3")
	asks("the walk", 0, func() { b.click(link("Portfolio")) })
}
