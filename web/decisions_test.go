package web_test

import (
	"context"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/templates"
)

func (a *app) version(id, tradeoff string) string {
	return strconv.Itoa(a.state(id).State.Decisions[tradeoff].Version)
}

// TestDecisionLeadsToTheNextOpenOne records one decision after the other, from the middle of the list on: each leads to
// the next that is open, the last one stays where it is.
func TestDecisionLeadsToTheNextOpenOne(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newAssessment("Claims triage").ID
	a.answerAll(id, func(i int) assessment.Status { return []assessment.Status{assessment.Adopted, assessment.Absent}[i%2] })
	c := a.state(id)
	open := assessment.OpenDecisions(c.Result, c.State.Decisions)
	if len(open) < 3 {
		t.Fatalf("%d decisions are open", len(open))
	}
	order := append(slices.Clone(open[1:]), open[0])
	for i, tradeoff := range order {
		form := url.Values{"choice": {"accept"}, "rationale": {"It is cheap."}, "owner": {"Mei"}, "date": {"2026-11-23"}, "version": {"0"}}
		got := b.post(templates.DecisionURL(id, tradeoff), form)
		want, says := templates.TradeoffURL(id, order[min(i+1, len(order)-1)]), "No other one is open"
		if left := len(order) - 1 - i; left > 1 {
			says = "This is the next of " + strconv.Itoa(left) + " open ones"
		} else if left == 1 {
			says = "This is the last open one"
		}
		if to := got.header.Get("Location"); got.status != http.StatusSeeOther || to != want {
			t.Fatalf("after %s: status %d to %q, want %q", tradeoff, got.status, to, want)
		}
		if notice := b.get(want).page.Find(".notice-page").Text(); !strings.Contains(notice, says) {
			t.Errorf("after %s: %q, want %q", tradeoff, notice, says)
		}
	}
}

func TestRecordDecision(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	b := a.signedIn()
	path := "/assessments/" + id + "/tradeoffs/t-live"

	page := b.get(path).page
	if date := page.Find("#date").AttrOr("value", ""); date != "2026-11-23" {
		t.Errorf("the form begins with date %q, want today", date)
	}
	got := b.post(path+"/decision", decisionForm(unchanged))
	if got.status != http.StatusSeeOther || got.header.Get("Location") != path {
		t.Fatalf("status %d to %q, want 303 to the tradeoff", got.status, got.header.Get("Location"))
	}
	stored := a.state(id).State.Decisions["t-live"]
	want := assessment.Decision{Tradeoff: "t-live", Choice: assessment.Mitigate, Rationale: "Spares are cheap.", Owner: "Mei Tanaka", Date: "2026-11-23",
		RevisitOn: "2027-03-01", Mitigations: []string{"Rent them.", "Sell some.", "Ask again."}, State: assessment.Live, Signals: []int{0},
		Pulls: a.state(id).Result.Tradeoffs[0].Pulls, By: "Ines Okafor", At: stored.At, Version: stored.Version}
	if !reflect.DeepEqual(stored, want) {
		t.Errorf("stored %+v, want %+v", stored, want)
	}
	shown := b.get(path)
	if notice := shown.page.Find(".notice-page").Text(); notice != "The decision is recorded. No other one is open." {
		t.Errorf("notice %q", notice)
	}
	for _, text := range []string{"Decided: Mitigate", "Spares are cheap.", "Rent them.", "Sell some.", "1 Mar 2027"} {
		if !strings.Contains(shown.page.Find("#decision").Text(), text) {
			t.Errorf("the page does not say %q", text)
		}
	}
	if open := shown.page.Find(".tabs [aria-current] .count").Text(); open != "" {
		t.Errorf("the tab still counts %q", open)
	}

	t.Run("a repeated submit counts once", func(t *testing.T) {
		got := b.post(path+"/decision", decisionForm(unchanged))
		if got.status != http.StatusSeeOther {
			t.Errorf("status %d, want 303", got.status)
		}
		if again := a.state(id).State.Decisions["t-live"]; again.Version != stored.Version {
			t.Errorf("version %d, want %d", again.Version, stored.Version)
		}
	})
	t.Run("fields that a form does not have are ignored", func(t *testing.T) {
		form := decisionForm(func(v url.Values) {
			v.Set("version", a.version(id, "t-live"))
			v.Set("owner", "Someone")
			v["state"], v["by"], v["tradeoff"], v["signals"] = []string{"quiet"}, []string{"Eve"}, []string{"t-open"}, []string{"7"}
		})
		b.post(path+"/decision", form)
		d := a.state(id).State.Decisions["t-live"]
		if d.State != assessment.Live || d.By != "Ines Okafor" || d.Owner != "Someone" || len(a.state(id).State.Decisions) != 1 {
			t.Errorf("stored %+v", d)
		}
	})
}

func TestDecisionVersions(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	b := a.signedIn()
	path := "/assessments/" + id + "/tradeoffs/t-live"

	t.Run("none", func(t *testing.T) {
		for _, version := range []string{"", "x", "-1", "99999999999999999999"} {
			form := decisionForm(set("version", version))
			got := b.post(path+"/decision", form)
			if got.status != http.StatusPreconditionRequired {
				t.Errorf("version %q: status %d, want 428", version, got.status)
			}
			keepsDecision(t, got, form)
		}
	})
	b.post(path+"/decision", decisionForm(set("rationale", "First.")))
	stored := a.state(id).State.Decisions["t-live"]
	t.Run("stale", func(t *testing.T) {
		form := decisionForm(set("rationale", "Second."))
		got := b.post(path+"/decision", form)
		if got.status != http.StatusConflict {
			t.Fatalf("status %d, want 409", got.status)
		}
		if theirs := got.page.Find("[role=alert] .kept").Text(); theirs != "First." {
			t.Errorf("theirs is %q, want First.", theirs)
		}
		keepsDecision(t, got, form)
		if version := got.page.Find("#decision-form [name=version]").AttrOr("value", ""); version != strconv.Itoa(stored.Version) {
			t.Errorf("the form goes on from version %s, want %d", version, stored.Version)
		}
		if a.state(id).State.Decisions["t-live"].Rationale != "First." {
			t.Error("the decision was overwritten")
		}
	})
	t.Run("withdraw needs the version", func(t *testing.T) {
		if got := b.post(path+"/decision/withdraw", url.Values{}); got.status != http.StatusPreconditionRequired {
			t.Errorf("none: status %d, want 428", got.status)
		}
		if got := b.post(path+"/decision/withdraw", url.Values{"version": {"1"}}); got.status != http.StatusConflict {
			t.Errorf("stale: status %d, want 409", got.status)
		}
		if len(a.state(id).State.Decisions) != 1 {
			t.Error("the decision is gone")
		}
	})
	t.Run("withdraw, twice", func(t *testing.T) {
		for range 2 {
			got := b.post(path+"/decision/withdraw", url.Values{"version": {strconv.Itoa(stored.Version)}})
			if got.status != http.StatusSeeOther || got.header.Get("Location") != path {
				t.Errorf("status %d, want 303", got.status)
			}
		}
		if len(a.state(id).State.Decisions) != 0 {
			t.Error("the decision is still there")
		}
	})
	t.Run("stale after withdrawal", func(t *testing.T) {
		form := decisionForm(set("version", strconv.Itoa(stored.Version)))
		got := b.post(path+"/decision", form)
		if got.status != http.StatusConflict || !strings.Contains(got.page.Find("[role=alert]").Text(), "withdrawn") {
			t.Errorf("status %d, want 409 that says it was withdrawn", got.status)
		}
		keepsDecision(t, got, form)
	})
	t.Run("unknown", func(t *testing.T) {
		for _, path := range []string{"/assessments/" + id + "/tradeoffs/none/decision", "/assessments/none/tradeoffs/t-live/decision"} {
			for _, rest := range []string{"", "/confirm", "/withdraw"} {
				if got := b.post(path+rest, decisionForm(unchanged)); got.status != http.StatusNotFound {
					t.Errorf("POST %s: status %d, want 404", path+rest, got.status)
				}
			}
		}
	})
	t.Run("confirm what is not decided", func(t *testing.T) {
		if got := b.post(path+"/decision/confirm", url.Values{"version": {"1"}}); got.status != http.StatusConflict {
			t.Errorf("status %d, want 409", got.status)
		}
	})
}

func TestStaleDecision(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	b := a.signedIn()
	path := "/assessments/" + id + "/tradeoffs/t-live"
	b.post(path+"/decision", decisionForm(unchanged))
	if got := b.get(path); got.page.Find("#stale").Length() != 0 {
		t.Error("stale at once")
	}
	a.answer(id, "c2", assessment.Adopted)

	got := b.get(path)
	if group := got.page.Find(".pick h2 .mark").First().Text(); strings.TrimSpace(group) != "Stale and due" {
		t.Errorf("listed under %q, want Stale and due", group)
	}
	if then := got.page.Find("#stale .split > div").Eq(0).Find(".signal").Length(); then != 1 {
		t.Errorf("then: %d signals, want 1", then)
	}
	if now := got.page.Find("#stale .split > div").Eq(1).Find(".signal").Length(); now != 2 {
		t.Errorf("now: %d signals, want 2", now)
	}
	if !got.page.Find("#decision details").First().Is("[open]") {
		t.Error("the form to decide again is folded")
	}

	confirm := url.Values{"version": {a.version(id, "t-live")}}
	if got := b.post(path+"/decision/confirm", url.Values{"version": {"1"}}); got.status != http.StatusConflict {
		t.Errorf("confirm with a stale version: status %d, want 409", got.status)
	}
	if got := b.post(path+"/decision/confirm", url.Values{}); got.status != http.StatusPreconditionRequired {
		t.Errorf("confirm without a version: status %d, want 428", got.status)
	}
	for range 2 {
		if got := b.post(path+"/decision/confirm", confirm); got.status != http.StatusSeeOther {
			t.Errorf("confirm: status %d, want 303", got.status)
		}
	}
	d := a.state(id).State.Decisions["t-live"]
	if !reflect.DeepEqual(d.Signals, []int{0, 1}) || d.Rationale != "Spares are cheap." {
		t.Errorf("stored %+v, want both signals and the same rationale", d)
	}
	if b.get(path).page.Find("#stale").Length() != 0 {
		t.Error("still stale")
	}
}

func TestDueDecision(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	b := a.signedIn()
	path := "/assessments/" + id + "/tradeoffs/t-live"
	b.post(path+"/decision", decisionForm(set("revisit_on", "2026-11-24")))
	due := func() bool { return strings.Contains(b.get(path).page.Find("article > .where").Text(), "decision due") }
	for _, day := range []struct {
		day  int
		want bool
	}{{23, false}, {24, false}, {25, true}} {
		a.now = time.Date(2026, 11, day.day, 14, 30, 0, 0, time.UTC)
		b = a.signedIn()
		if due() != day.want {
			t.Errorf("on %d November due is %v, want %v", day.day, !day.want, day.want)
		}
		note := b.get(path).page.Find(".pick [aria-current] small").Text()
		if day.day == 24 && !strings.HasSuffix(note, ", until today") {
			t.Errorf("on the day itself the list says %q", note)
		}
	}
	page := b.get(path).page
	if note := page.Find(".pick [aria-current] small").Text(); note != "due since 24 Nov 2026" {
		t.Errorf("the list says %q", note)
	}
	if date, again := page.Find("#date").AttrOr("value", ""), page.Find("#revisit_on").AttrOr("value", "-"); date != "2026-11-25" || again != "" {
		t.Errorf("the form begins with %s and %q, want today and nothing", date, again)
	}
}

func TestDecisionOnQuietTradeoff(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	b := a.signedIn()
	path := "/assessments/" + id + "/tradeoffs/t-quiet"
	if text := b.get(path).page.Find("#decision").Text(); !strings.Contains(text, "This tradeoff is not active") {
		t.Error("the page does not say that it is not live")
	}
	form := decisionForm(func(v url.Values) { v.Set("choice", "accept"); v.Del("mitigation"); v.Del("own"); v.Del("revisit_on") })
	if got := b.post(path+"/decision", form); got.status != http.StatusSeeOther {
		t.Fatalf("status %d, want 303", got.status)
	}
	if d := a.state(id).State.Decisions["t-quiet"]; d.State != assessment.Quiet || len(d.Signals) != 0 {
		t.Errorf("stored %+v", d)
	}
}

// Reading pages changes nothing, whatever their address says.
func TestReadingChangesNothing(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	b := a.signedIn()
	before := a.state(id).State.Sequence
	for _, path := range []string{"/tradeoffs", "/tradeoffs/t-live", "/plan", "/plan?practice=r2&edit=r2", "/plan?all=1"} {
		b.get("/assessments/" + id + path)
	}
	current, err := a.store.Current(context.Background(), id)
	if err != nil || current.State.Sequence != before || len(current.State.Plan) != 0 {
		t.Errorf("sequence %d, want %d (%v)", current.State.Sequence, before, err)
	}
}
