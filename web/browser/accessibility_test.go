package browser_test

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"plumbline/assessment"
	"plumbline/templates"
)

// endless is a name that no line can break at a space.
var endless = strings.Repeat("Schadensfallbearbeitung", 5)

// TestAxeSeesFaults holds the tests themselves: what is wrong is found.
func TestAxeSeesFaults(t *testing.T) {
	t.Parallel()
	b := startEmpty(t).tab(t)
	b.open("/login")
	const paper = "getComputedStyle(document.body).color"
	b.scheme("dark")
	dark := eval[string](b, paper)
	b.scheme("light")
	if light := eval[string](b, paper); light == dark {
		t.Errorf("the page is %s in light and in dark", light)
	}
	eval[bool](b, `(() => {
		document.querySelector("label[for=email]").removeAttribute("for");
		document.querySelector("h1").style.color = "#ccc";
		const small = () => Object.assign(document.createElement("button"), {textContent: "x", style: "all: unset; inline-size: 10px; block-size: 10px; display: inline-block"});
		document.querySelector("form").append(small(), small());
		return true;
	})()`)
	found := strings.Join(b.violations(allRules), "\n")
	for _, want := range []string{"label:", "color-contrast:", "target-size:"} {
		if !strings.Contains(found, want) {
			t.Errorf("axe does not find %s, only\n%s", want, found)
		}
	}
}

func TestAccessibleAccounts(t *testing.T) {
	t.Parallel()
	app := startEmpty(t)
	b := app.tab(t)
	b.tolerate("422", "404", "401")
	b.open("/setup?token=" + app.setupToken())
	b.accessible("setup")
	b.follow(button("Create account"))
	b.sees("problem")
	b.accessible("setup with errors")
	b.fill(field("Your name"), inesName)
	b.fill(field("Email address"), inesEmail)
	b.fill(field("Password"), inesPassword)
	b.follow(button("Create account"))
	b.open("/account")
	b.accessible("account")
	b.follow(button("Change password"))
	b.accessible("account with errors")
	b.open("/account/tokens")
	b.accessible("tokens, none")
	b.follow(button("Create token"))
	b.accessible("tokens with errors")
	b.fill(field("Name"), "Nightly")
	b.fill(field("Your password"), inesPassword)
	b.follow(button("Create token"))
	b.sees("It is shown only once")
	b.accessible("a new token")
	b.open("/nothing")
	b.accessible("not found")
	b.signOut()
	b.accessible("sign in")
	b.fill(field("Email address"), inesEmail)
	b.fill(field("Password"), "not the password")
	b.follow(button("Sign in"))
	b.accessible("sign in, refused")
	b.open("/reset?token=" + app.resetToken())
	b.follow(button("Set password"))
	b.accessible("reset with errors")
	b.open("/reset?token=none")
	b.accessible("reset with a link that does not hold")
}

func TestAccessibleFault(t *testing.T) {
	t.Parallel()
	app := start(t)
	b := app.signedIn(t)
	b.tolerate("500", "503")
	b.open(templates.NewWorkloadURL)
	if err := app.store.Close(); err != nil {
		t.Fatal(err)
	}
	b.follow(button("Start assessment"))
	b.sees("Your input is kept on this page")
	b.accessible("a fault that keeps what was typed")
	b.open("/")
	if b.lastStatus() < 500 {
		t.Fatalf("without a database: status %d", b.lastStatus())
	}
	b.accessible("a fault of the server")
}

func TestAccessiblePortfolio(t *testing.T) {
	t.Parallel()
	app := start(t)
	b := app.signedIn(t)
	b.tolerate("422", "409")
	b.accessible("portfolio, empty")
	b.follow(button("Create a workload"))
	b.accessible("new workload")
	b.follow(button("Start assessment"))
	b.sees("problem")
	b.accessible("new workload with errors")

	app.newAssessment(endless)
	id := app.reviewed("Claims triage")
	archived := app.newAssessment("Old pilot")
	if err := app.store.ArchiveWorkload(context.Background(), app.ines(), archived.Workload.ID, archived.Workload.Version, true); err != nil {
		t.Fatal(err)
	}
	if _, err := app.store.SetFacets(context.Background(), app.ines(), id, 1, assessment.Facets{"trains": false, "gpus": false}); err != nil {
		t.Fatal(err)
	}
	b.open("/")
	b.click(css("th summary"))
	b.accessible("portfolio")
	b.open("/?q=nothing+like+it")
	b.accessible("portfolio, nothing fits")
	b.follow(link("Archived workloads").in("main"))
	b.accessible("archive")
	b.follow(link("Old pilot"))
	b.accessible("overview of an archived workload, nothing answered")
	b.open(templates.AssessmentURL(id))
	b.accessible("overview")
	b.follow(link("Settings").in("main"))
	b.accessible("settings of a workload")
	b.fill(field("Workload name"), "")
	b.follow(button("Save"))
	b.accessible("settings of a workload with errors")
	app.rename(id, "Claims triage, renamed")
	b.fill(field("Workload name"), endless)
	b.follow(button("Save"))
	b.sees("Saved value")
	b.accessible("settings of a workload with a conflict")
	b.open(templates.FindingsURL(id))
	b.click(css("#out-of-scope summary"))
	b.accessible("findings")
	b.open(templates.PrioritiesURL(id))
	b.accessible("priorities")
	b.fill(css("#priorities input"), "eleven")
	b.follow(button("Save priorities"))
	b.accessible("priorities with errors")
}

func TestAccessibleWalk(t *testing.T) {
	t.Parallel()
	app := start(t)
	b, id := app.walking(t, "rel-01")
	b.tolerate("422", "409")
	b.accessible("walk, nothing answered")
	b.click(list.status(assessment.Adopted))
	b.writeNote(list, "In the wiki")
	b.unfold(list, "help")
	b.unfold(list, "evidence")
	b.marked(list, "Saved")
	b.click(copies.status(assessment.Absent))
	b.marked(copies, "Saved")
	b.accessible("walk, answered and unfolded")
	b.click(copies.status(assessment.NotApplicable))
	b.marked(copies, "enter a reason")
	b.accessible("walk, a reason is missing")
	b.fill(list.part("input[name^=evidence_url]"), "no address")
	b.press(kb.Tab + kb.Tab + kb.Tab + kb.Tab)
	b.marked(list, "Not saved")
	b.accessible("walk with an error")

	b.open(templates.TogetherURL(id, "rel-02"))
	b.accessible("set to not applicable")
	b.follow(css("#together .btn-main"))
	b.accessible("set to not applicable, without a reason")
	b.fill(css("#reason"), "Nothing of it runs here.")
	b.follow(css("#together .btn-main"))
	b.accessible("the walk with something to undo")
	b.follow(button("Undo"))

	b.hearNothing() // or the page shows the other answer before the click
	b.open(templates.PrincipleURL(id, "rel-02"))
	const failure asked = "rel-02.p1"
	app.answer(id, map[string]assessment.Answer{string(failure): {Status: assessment.Adopted, Note: "Each quarter"}})
	b.click(failure.status(assessment.Absent))
	b.has(button("Keep mine"))
	b.accessible("walk with a conflict")
	b.online()
	b.click(css("h1"))
	b.press("?")
	b.has(css("dialog[open]"))
	b.accessible("walk, list of keys")
}

func TestAccessibleTradeoffs(t *testing.T) {
	t.Parallel()
	app := start(t)
	id := app.reviewed("Claims triage")
	b := app.signedIn(t)
	b.tolerate("422", "409")
	b.open(templates.TradeoffsURL(id))
	b.accessible("tradeoffs")
	b.open(templates.TradeoffURL(id, "t05"))
	b.accessible("live tradeoff")
	b.follow(button("Record decision"))
	b.sees("problem")
	b.accessible("decision with errors")
	b.open(templates.TradeoffURL(id, "t06"))
	b.accessible("possible tradeoff")

	b.open(templates.TradeoffURL(id, "t05"))
	app.decide(id, "t05")
	b.click(css("input[name=choice][value=accept]"))
	b.fill(field("Rationale"), "Both for now.")
	b.fill(field("Owner"), inesName)
	b.follow(button("Record decision"))
	b.sees("Someone else recorded a decision first.")
	b.accessible("decision with a conflict")
	b.open(templates.TradeoffURL(id, "t05"))
	b.accessible("decided tradeoff")
	app.answer(id, map[string]assessment.Answer{string(utilisation): {Status: assessment.Adopted}})
	b.open(templates.TradeoffURL(id, "t05"))
	b.has(css("#stale"))
	b.click(summary("Change decision"))
	b.accessible("stale decision")
}

func TestAccessiblePlan(t *testing.T) {
	t.Parallel()
	app := start(t)
	id := app.reviewed("Claims triage")
	b := app.signedIn(t)
	b.tolerate("422", "409")
	b.open(templates.PlanURL(id))
	b.accessible("plan, empty")
	b.click(css(".plan-table tbody input[type=checkbox]"))
	b.has(css("#projection table"))
	b.accessible("plan with a projection")
	b.follow(button("Add to plan"))
	b.accessible("plan with an item")
	b.follow(button("Change"))
	b.accessible("plan, changing an item")
	b.fill(field("Tracker link"), "no address")
	b.follow(button("Save"))
	b.sees("problem")
	b.accessible("plan with errors")
	app.plan(id, eval[string](b, `document.querySelector("#item").action.split("/").pop()`), "Tomás Ruiz")
	b.fill(field("Tracker link"), "https://tracker.example.com/42")
	b.follow(button("Save"))
	b.sees("Someone else changed this item first.")
	b.accessible("plan with a conflict")
}

func TestAccessibleSnapshots(t *testing.T) {
	t.Parallel()
	app := start(t)
	id := app.reviewed("Claims triage")
	app.decide(id, "t05")
	b := app.signedIn(t)
	b.tolerate("422", "409", "404")
	b.open(templates.SnapshotsURL(id))
	b.accessible("snapshots, none")
	b.follow(button("Create snapshot"))
	b.sees("problem")
	b.accessible("snapshots with errors")
	b.open(templates.CompareURL(id))
	b.accessible("nothing to compare")
	b.open(templates.ReportsURL(id))
	b.accessible("reports, none")

	before := app.snapshot(id, "Design review")
	app.answer(id, map[string]assessment.Answer{string(utilisation): {Status: assessment.Adopted}, string(list): {Status: assessment.Absent}})
	b.open(templates.SnapshotsURL(id))
	after := app.snapshot(id, endless)
	b.fill(field("Title"), "Mine")
	b.follow(button("Create snapshot"))
	b.sees("after you opened this page")
	b.accessible("snapshots, another one was taken")
	b.open(templates.SnapshotsURL(id))
	b.accessible("snapshots")
	b.open(templates.SnapshotURL(before))
	b.accessible("a snapshot")
	b.open(templates.CompareTwoURL(id, before, after))
	b.accessible("comparison")
	b.download(func() { b.click(button("Export PDF")) })
	b.open(templates.ReportsURL(id))
	b.accessible("reports")
}

// TestReflow holds the walk at 320 px, which is a page of 1,280 px at 400 percent, and with letters twice as large.
func TestReflow(t *testing.T) {
	t.Parallel()
	app := start(t)
	b, id := app.walking(t, "rel-01")
	app.answer(id, map[string]assessment.Answer{string(list): {Status: assessment.Absent, Note: endless}, string(copies): {Status: assessment.NotApplicable, Reason: endless}})
	b.screen(320, 640)
	b.reload()
	b.fits("the walk at 320 px")
	b.within("the walk at 320 px")
	b.screen(1280, 900)
	eval[bool](b, `(document.documentElement.style.fontSize = "200%", true)`)
	b.fits("the walk with text at 200 percent")
	b.within("the walk with text at 200 percent")
}

// within fails where text is cut off by its own box, without a mark that says so.
func (b *tab) within(state string) {
	b.t.Helper()
	cut := eval[[]string](b, `[...document.querySelectorAll("main *")].filter((e) => seen(e) && !e.closest(".vh") && e.clientWidth > 4 && e.scrollWidth > e.clientWidth + 1
		&& ["hidden", "clip"].includes(getComputedStyle(e).overflowX) && getComputedStyle(e).textOverflow !== "ellipsis").map((e) => e.outerHTML.slice(0, 100))`)
	if len(cut) > 0 {
		b.t.Errorf("%s: cut off\n  %s", state, strings.Join(cut, "\n  "))
	}
}
