package tradeoffs_test

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
	"plumbline/web/webtest"
)

// TestDecisionLeadsToTheNextOpenOne records one decision after the other, from the middle of the list on: each leads to
// the next that is open, the last one stays where it is.
func TestDecisionLeadsToTheNextOpenOne(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	a.AnswerAll(id, func(i int) assessment.Status { return []assessment.Status{assessment.Adopted, assessment.Absent}[i%2] })
	c := a.State(id)
	open := assessment.OpenDecisions(c.Result, c.State.Decisions)
	if len(open) < 3 {
		t.Fatalf("%d decisions are open", len(open))
	}
	order := append(slices.Clone(open[1:]), open[0])
	for i, tradeoff := range order {
		form := url.Values{"choice": {"accept"}, "rationale": {"It is cheap."}, "owner": {"Mei"}, "date": {"2026-11-23"}, "version": {"0"}}
		got := b.Post(templates.DecisionURL(id, tradeoff), form)
		want, says := templates.TradeoffURL(id, order[min(i+1, len(order)-1)]), "No other decisions are open"
		if left := len(order) - 1 - i; left > 1 {
			says = "This is the next of " + strconv.Itoa(left) + " open decisions"
		} else if left == 1 {
			says = "This is the last open decision"
		}
		if to := got.Header.Get("Location"); got.Status != http.StatusSeeOther || to != want {
			t.Fatalf("after %s: status %d to %q, want %q", tradeoff, got.Status, to, want)
		}
		if notice := b.Get(want).Page.Find(".notice-page").Text(); !strings.Contains(notice, says) {
			t.Errorf("after %s: %q, want %q", tradeoff, notice, says)
		}
	}
}

func TestRecordDecision(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	b := a.SignedIn()
	path := "/assessments/" + id + "/tradeoffs/t-live"

	page := b.Get(path).Page
	if date := page.Find("#date").AttrOr("value", ""); date != "2026-11-23" {
		t.Errorf("the form begins with date %q, want today", date)
	}
	got := b.Post(path+"/decision", decisionForm(webtest.Unchanged))
	if got.Status != http.StatusSeeOther || got.Header.Get("Location") != path {
		t.Fatalf("status %d to %q, want 303 to the tradeoff", got.Status, got.Header.Get("Location"))
	}
	stored := a.State(id).State.Decisions["t-live"]
	want := assessment.Decision{Tradeoff: "t-live", Choice: assessment.Mitigate, Rationale: "Spares are cheap.", Owner: "Mei Tanaka", Date: "2026-11-23",
		RevisitOn: "2027-03-01", Mitigations: []string{"Rent them.", "Sell some.", "Ask again."}, State: assessment.Live, Signals: []int{0},
		Pulls: a.State(id).Result.Tradeoffs[0].Pulls, By: "Ines Okafor", At: stored.At, Version: stored.Version}
	if !reflect.DeepEqual(stored, want) {
		t.Errorf("stored %+v, want %+v", stored, want)
	}
	shown := b.Get(path)
	if notice := shown.Page.Find(".notice-page").Text(); notice != "Decision recorded. No other decisions are open." {
		t.Errorf("notice %q", notice)
	}
	for _, text := range []string{"Decided: Mitigate", "Spares are cheap.", "Rent them.", "Sell some.", "1 Mar 2027"} {
		if !strings.Contains(shown.Page.Find("#decision").Text(), text) {
			t.Errorf("the page does not say %q", text)
		}
	}
	if open := shown.Page.Find(".tabs [aria-current] .count").Text(); open != "" {
		t.Errorf("the tab still counts %q", open)
	}

	t.Run("a repeated submit counts once", func(t *testing.T) {
		got := b.Post(path+"/decision", decisionForm(webtest.Unchanged))
		if got.Status != http.StatusSeeOther {
			t.Errorf("status %d, want 303", got.Status)
		}
		if again := a.State(id).State.Decisions["t-live"]; again.Version != stored.Version {
			t.Errorf("version %d, want %d", again.Version, stored.Version)
		}
	})
	t.Run("fields that a form does not have are ignored", func(t *testing.T) {
		form := decisionForm(func(v url.Values) {
			v.Set("version", a.Version(id, "t-live"))
			v.Set("owner", "Someone")
			v["state"], v["by"], v["tradeoff"], v["signals"] = []string{"quiet"}, []string{"Eve"}, []string{"t-open"}, []string{"7"}
		})
		b.Post(path+"/decision", form)
		d := a.State(id).State.Decisions["t-live"]
		if d.State != assessment.Live || d.By != "Ines Okafor" || d.Owner != "Someone" || len(a.State(id).State.Decisions) != 1 {
			t.Errorf("stored %+v", d)
		}
	})
}

func TestDecisionVersions(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	b := a.SignedIn()
	path := "/assessments/" + id + "/tradeoffs/t-live"

	t.Run("none", func(t *testing.T) {
		for _, version := range []string{"", "x", "-1", "99999999999999999999"} {
			form := decisionForm(webtest.Set("version", version))
			got := b.Post(path+"/decision", form)
			if got.Status != http.StatusPreconditionRequired {
				t.Errorf("version %q: status %d, want 428", version, got.Status)
			}
			keepsDecision(t, got, form)
		}
	})
	b.Post(path+"/decision", decisionForm(webtest.Set("rationale", "First.")))
	stored := a.State(id).State.Decisions["t-live"]
	t.Run("stale", func(t *testing.T) {
		form := decisionForm(webtest.Set("rationale", "Second."))
		got := b.Post(path+"/decision", form)
		if got.Status != http.StatusConflict {
			t.Fatalf("status %d, want 409", got.Status)
		}
		if theirs := got.Page.Find("[role=alert] .kept").Text(); theirs != "First." {
			t.Errorf("theirs is %q, want First.", theirs)
		}
		keepsDecision(t, got, form)
		if version := got.Page.Find("#decision-form [name=version]").AttrOr("value", ""); version != strconv.Itoa(stored.Version) {
			t.Errorf("the form goes on from version %s, want %d", version, stored.Version)
		}
		if a.State(id).State.Decisions["t-live"].Rationale != "First." {
			t.Error("the decision was overwritten")
		}
	})
	t.Run("withdraw needs the version", func(t *testing.T) {
		if got := b.Post(path+"/decision/withdraw", url.Values{}); got.Status != http.StatusPreconditionRequired {
			t.Errorf("none: status %d, want 428", got.Status)
		}
		if got := b.Post(path+"/decision/withdraw", url.Values{"version": {"1"}}); got.Status != http.StatusConflict {
			t.Errorf("stale: status %d, want 409", got.Status)
		}
		if len(a.State(id).State.Decisions) != 1 {
			t.Error("the decision is gone")
		}
	})
	t.Run("withdraw, twice", func(t *testing.T) {
		for range 2 {
			got := b.Post(path+"/decision/withdraw", url.Values{"version": {strconv.Itoa(stored.Version)}})
			if got.Status != http.StatusSeeOther || got.Header.Get("Location") != path {
				t.Errorf("status %d, want 303", got.Status)
			}
		}
		if len(a.State(id).State.Decisions) != 0 {
			t.Error("the decision is still there")
		}
	})
	t.Run("stale after withdrawal", func(t *testing.T) {
		form := decisionForm(webtest.Set("version", strconv.Itoa(stored.Version)))
		got := b.Post(path+"/decision", form)
		if got.Status != http.StatusConflict || !strings.Contains(got.Page.Find("[role=alert]").Text(), "withdrew") {
			t.Errorf("status %d, want 409 that says it was withdrawn", got.Status)
		}
		keepsDecision(t, got, form)
	})
	t.Run("unknown", func(t *testing.T) {
		for _, path := range []string{"/assessments/" + id + "/tradeoffs/none/decision", "/assessments/none/tradeoffs/t-live/decision"} {
			for _, rest := range []string{"", "/confirm", "/withdraw"} {
				if got := b.Post(path+rest, decisionForm(webtest.Unchanged)); got.Status != http.StatusNotFound {
					t.Errorf("POST %s: status %d, want 404", path+rest, got.Status)
				}
			}
		}
	})
	t.Run("confirm what is not decided", func(t *testing.T) {
		if got := b.Post(path+"/decision/confirm", url.Values{"version": {"1"}}); got.Status != http.StatusConflict {
			t.Errorf("status %d, want 409", got.Status)
		}
	})
}

func TestStaleDecision(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	b := a.SignedIn()
	path := "/assessments/" + id + "/tradeoffs/t-live"
	b.Post(path+"/decision", decisionForm(webtest.Unchanged))
	if got := b.Get(path); got.Page.Find("#stale").Length() != 0 {
		t.Error("stale at once")
	}
	a.Answer(id, "c2", assessment.Adopted)

	got := b.Get(path)
	if group := got.Page.Find(".pick h2 .mark").First().Text(); strings.TrimSpace(group) != "Outdated and due" {
		t.Errorf("listed under %q, want Outdated and due", group)
	}
	if then := got.Page.Find("#stale .split > div").Eq(0).Find(".signal").Length(); then != 1 {
		t.Errorf("then: %d signals, want 1", then)
	}
	if now := got.Page.Find("#stale .split > div").Eq(1).Find(".signal").Length(); now != 2 {
		t.Errorf("now: %d signals, want 2", now)
	}
	if !got.Page.Find("#decision details").First().Is("[open]") {
		t.Error("the form to decide again is folded")
	}

	confirm := url.Values{"version": {a.Version(id, "t-live")}}
	if got := b.Post(path+"/decision/confirm", url.Values{"version": {"1"}}); got.Status != http.StatusConflict {
		t.Errorf("confirm with a stale version: status %d, want 409", got.Status)
	}
	if got := b.Post(path+"/decision/confirm", url.Values{}); got.Status != http.StatusPreconditionRequired {
		t.Errorf("confirm without a version: status %d, want 428", got.Status)
	}
	for range 2 {
		if got := b.Post(path+"/decision/confirm", confirm); got.Status != http.StatusSeeOther {
			t.Errorf("confirm: status %d, want 303", got.Status)
		}
	}
	d := a.State(id).State.Decisions["t-live"]
	if !reflect.DeepEqual(d.Signals, []int{0, 1}) || d.Rationale != "Spares are cheap." {
		t.Errorf("stored %+v, want both signals and the same rationale", d)
	}
	if b.Get(path).Page.Find("#stale").Length() != 0 {
		t.Error("still stale")
	}
}

func TestDueDecision(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	b := a.SignedIn()
	path := "/assessments/" + id + "/tradeoffs/t-live"
	b.Post(path+"/decision", decisionForm(webtest.Set("revisit_on", "2026-11-24")))
	due := func() bool { return strings.Contains(b.Get(path).Page.Find("article > .where").Text(), "decision due") }
	for _, day := range []struct {
		day  int
		want bool
	}{{23, false}, {24, false}, {25, true}} {
		a.SetClock(time.Date(2026, 11, day.day, 14, 30, 0, 0, time.UTC))
		b = a.SignedIn()
		if due() != day.want {
			t.Errorf("on %d November due is %v, want %v", day.day, !day.want, day.want)
		}
		note := b.Get(path).Page.Find(".pick [aria-current] small:not(.kind)").Text()
		if day.day == 24 && !strings.HasSuffix(note, ", until today") {
			t.Errorf("on the day itself the list says %q", note)
		}
	}
	page := b.Get(path).Page
	if note := page.Find(".pick [aria-current] small:not(.kind)").Text(); note != "due since 24 Nov 2026" {
		t.Errorf("the list says %q", note)
	}
	if date, again := page.Find("#date").AttrOr("value", ""), page.Find("#revisit_on").AttrOr("value", "-"); date != "2026-11-25" || again != "" {
		t.Errorf("the form begins with %s and %q, want today and nothing", date, again)
	}
}

func TestDecisionOnQuietTradeoff(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	b := a.SignedIn()
	path := "/assessments/" + id + "/tradeoffs/t-quiet"
	if text := b.Get(path).Page.Find("#decision").Text(); !strings.Contains(text, "This tradeoff is not active") {
		t.Error("the page does not say that it is not live")
	}
	form := decisionForm(func(v url.Values) { v.Set("choice", "accept"); v.Del("mitigation"); v.Del("own"); v.Del("revisit_on") })
	if got := b.Post(path+"/decision", form); got.Status != http.StatusSeeOther {
		t.Fatalf("status %d, want 303", got.Status)
	}
	if d := a.State(id).State.Decisions["t-quiet"]; d.State != assessment.Quiet || len(d.Signals) != 0 {
		t.Errorf("stored %+v", d)
	}
}

// Reading pages changes nothing, whatever their address says.
func TestReadingChangesNothing(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	b := a.SignedIn()
	before := a.State(id).State.Sequence
	for _, path := range []string{"/tradeoffs", "/tradeoffs/t-live", "/plan", "/plan?practice=r2&edit=r2", "/plan?all=1"} {
		b.Get("/assessments/" + id + path)
	}
	current, err := a.Store.Current(context.Background(), id)
	if err != nil || current.State.Sequence != before || len(current.State.Plan) != 0 {
		t.Errorf("sequence %d, want %d (%v)", current.State.Sequence, before, err)
	}
}
