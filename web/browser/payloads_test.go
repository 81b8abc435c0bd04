package browser_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
)

// payloads are texts that run a script, or load something, wherever a page takes them for more than text.
var payloads = []string{
	`<script>alert(1)</script>`,
	`"><script>alert(1)</script>`,
	`'><img src=x onerror=alert(1)>`,
	`<svg/onload=alert(1)>`,
	`</textarea><svg onload=alert(1)>`,
	`</title><script>alert(1)</script>`,
	`" autofocus onfocus=alert(1) x="`,
	`<style>@import'//evil.example'</style>`,
	`<base href=//evil.example/>`,
	`{{constructor.constructor('alert(1)')()}}`,
	`<b hx-get=/ hx-trigger=load hx-on::load=alert(1)>`,
	`--></svg><details open ontoggle=alert(1)>`,
	`<iframe srcdoc="<script>alert(1)</script>">`,
}

// TestTabSeesFaults holds the tests themselves: a dialog, an exception and a violation of the content policy are seen.
func TestTabSeesFaults(t *testing.T) {
	t.Parallel()
	b := startEmpty(t).tab(t)
	b.open("/login")
	eval[bool](b, `(document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=alert(1)>"), true)`)
	eval[bool](b, `(setTimeout(() => alert("seen")), setTimeout(() => { throw new Error("thrown"); }), true)`)
	for _, want := range []string{"Content Security Policy", "dialog: seen", "thrown"} {
		b.seesFault(want)
	}
	b.tolerate("Content Security Policy", "content policy", "dialog: seen", "thrown", "404")
}

func (b *tab) seesFault(part string) {
	b.t.Helper()
	deadline := time.After(patience)
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for {
		if strings.Contains(strings.Join(b.wrong(), "\n"), part) {
			return
		}
		select {
		case <-again.C:
		case <-deadline:
			b.t.Fatalf("the tab did not see %q, only %q", part, b.wrong())
		}
	}
}

func TestScriptsInEveryField(t *testing.T) {
	t.Parallel()
	app := start(t)
	if err := app.store.SetProfile(context.Background(), access.Actor{}, app.ines().User.ID, payloads[1]+payloads[2], ""); err != nil {
		t.Fatal(err)
	}
	b := app.signedIn(t)
	b.tolerate("422", "404")
	all := strings.Join(payloads, "\n")
	for i := 0; i < len(payloads); i += 4 {
		some := payloads[i:min(i+4, len(payloads))]
		id := app.hostile(some, all)
		before, after := app.snapshot(id, some[0]), app.snapshot(id, some[len(some)-1])
		for _, path := range []string{
			templates.PortfolioURL, templates.AssessmentURL(id), templates.FindingsURL(id), templates.PrincipleURL(id, "rel-01"),
			templates.TradeoffURL(id, "t05"), templates.PlanURL(id), templates.SnapshotsURL(id), templates.SnapshotURL(before),
			templates.CompareTwoURL(id, before, after), templates.ReportsURL(id), templates.PrioritiesURL(id), templates.AccountURL,
		} {
			b.open(path)
			b.harmless(path)
			if status := b.lastStatus(); status != 200 {
				t.Errorf("%s: status %d", path, status)
			}
		}
	}
	for _, payload := range payloads[:4] {
		b.typedBack(payload)
	}
}

// harmless fails where text of a payload has become a part of the page.
func (b *tab) harmless(path string) {
	b.t.Helper()
	grown := eval[[]string](b, `[...document.querySelectorAll("[onerror], [onload], [onfocus], [ontoggle], iframe, base, style, script:not([src]), img[src=x], [hx-get='/'][hx-trigger=load], a[href^='javascript:' i]")].map((e) => e.outerHTML)`)
	if len(grown) > 0 {
		b.t.Errorf("%s: text has become %s", path, strings.Join(grown, ", "))
	}
}

// typedBack sends a payload in forms that are refused, and looks at it where it comes back.
func (b *tab) typedBack(payload string) {
	b.t.Helper()
	b.open(templates.NewWorkloadURL)
	b.fill(field("Workload name"), payload)
	b.fill(field("Description"), payload)
	b.fill(css("#priorities input"), payload)
	b.follow(button("Start assessment"))
	b.sees("problem")
	b.harmless("a refused workload")
	if got := b.value(field("Description")); got != payload {
		b.t.Errorf("typed %q, came back as %q", payload, got)
	}
	b.open("/?q=" + strings.NewReplacer("<", "%3C", ">", "%3E", `"`, "%22", "'", "%27", " ", "+", "/", "%2F").Replace(payload))
	b.harmless("a search")
}

// hostile creates an assessment with hostile text in every field that people fill in.
func (a *application) hostile(some []string, all string) string {
	a.t.Helper()
	actor, ctx := a.ines(), context.Background()
	questionnaires, err := a.store.Library(ctx)
	if err != nil {
		a.t.Fatal(err)
	}
	one := func(i int) string { return some[i%len(some)] }
	workload := assessment.Workload{Team: actor.Memberships[0].Team.ID, Name: one(0), Description: all, Owner: one(1), Environment: one(2), Tags: []string{"<svg/onload=alert(1)>"}}
	started, err := a.store.CreateWorkload(ctx, actor, workload, questionnaires[0].SHA256, nil)
	if err != nil {
		a.t.Fatal(err)
	}
	id := started.ID
	a.answer(id, map[string]assessment.Answer{
		"rel-01.p1":  {Status: assessment.Absent, Note: all, Evidence: []assessment.Link{{Title: one(0), URL: "https://example.com/"}, {Title: one(1), URL: "https://example.com/"}}},
		"rel-01.p2":  {Status: assessment.NotApplicable, Reason: strings.Join(some, " ")},
		"perf-02.p4": {Status: assessment.Adopted, Note: all},
		"cost-03.p1": {Status: assessment.Absent, Note: all},
	})
	decision := assessment.Decision{Tradeoff: "t05", Choice: assessment.Mitigate, Rationale: all, Owner: one(1), Date: assessment.DateOf(time.Now().UTC()), Mitigations: some}
	if _, err := a.store.SaveDecision(ctx, actor, id, decision); err != nil {
		a.t.Fatal(err)
	}
	if _, err := a.store.SavePlanItem(ctx, actor, id, assessment.PlanItem{Practice: "rel-01.p1", Owner: one(2), URL: "https://example.com/?q=<script>alert(1)</script>"}); err != nil {
		a.t.Fatal(err)
	}
	if _, err := a.store.TakeSnapshot(ctx, actor, id, one(3), all); err != nil {
		a.t.Fatal(err)
	}
	return id
}

func TestScriptLinksAreRefused(t *testing.T) {
	t.Parallel()
	app := start(t)
	b, id := app.walking(t, "rel-01")
	b.tolerate("422")
	for _, address := range []string{"javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "//evil.example", "java\tscript:alert(1)"} {
		b.unfold(list, "evidence")
		b.fill(list.part("input[name^=evidence_url]"), address)
		b.press("\t\t\t\t")
		b.marked(list, "Not saved")
		b.harmless("the walk")
		if got := app.stored(id, string(list)).Evidence; len(got) != 0 {
			t.Errorf("%q is stored as a link: %v", address, got)
		}
		b.fill(list.part("input[name^=evidence_url]"), "")
		b.press("\t\t\t\t")
	}
	if _, err := app.store.KeepPlanItems(context.Background(), app.ines(), id, []string{"rel-01.p1"}); err != nil {
		t.Fatal(err)
	}
	b.open(templates.PlanURL(id))
	b.follow(button("Change"))
	b.fill(field("Tracker link"), "javascript:alert(1)")
	b.follow(button("Save"))
	b.sees("problem")
	b.harmless("the plan")
	if got := b.value(field("Tracker link")); got != "javascript:alert(1)" {
		t.Errorf("the refused link came back as %q", got)
	}
	for _, back := range []string{"//evil.example", `/\evil.example`, "https://evil.example/"} {
		other := app.tab(t)
		other.open(fmt.Sprintf("/login?back=%s", strings.NewReplacer("/", "%2F", `\`, "%5C", ":", "%3A").Replace(back)))
		other.signIn()
		if host := eval[string](other, "location.host"); host != app.address {
			t.Errorf("back=%s leads to %s", back, host)
		}
	}
}
