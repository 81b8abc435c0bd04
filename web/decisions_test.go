package web_test

import (
	"context"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
)

func decisionForm(change func(url.Values)) url.Values {
	form := url.Values{"version": {"0"}, "choice": {"mitigate"}, "rationale": {"Spares are cheap."}, "owner": {"Mei Tanaka"},
		"date": {"2026-11-23"}, "revisit_on": {"2027-03-01"}, "mitigation": {"1"}, "own": {"Sell some.\r\n\r\nAsk again."}}
	change(form)
	return form
}

func unchanged(url.Values) {}

func set(field string, values ...string) func(url.Values) {
	return func(form url.Values) { form[field] = values }
}

func (a *app) version(id, tradeoff string) string {
	return strconv.Itoa(a.state(id).State.Decisions[tradeoff].Version)
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
	if notice := shown.page.Find(".notice-page").Text(); notice != "The decision is recorded." {
		t.Errorf("notice %q", notice)
	}
	for _, text := range []string{"Decided: Mitigate", "Spares are cheap.", "Rent them.", "Sell some.", "1 March 2027"} {
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

func TestDecisionThatIsNotRight(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	b := a.signedIn()
	path := "/assessments/" + id + "/tradeoffs/t-live/decision"
	long := strings.Repeat("ä", assessment.MaxText+1)
	tests := []struct {
		name, field, input, value string
		says                      string
	}{
		{"no choice", "choice", "choice", "", "Choose to accept"},
		{"unknown choice", "choice", "choice", "maybe", "Choose to accept"},
		{"empty rationale", "rationale", "rationale", "", "rationale is needed"},
		{"only spaces", "rationale", "rationale", " \n\t ", "rationale is needed"},
		{"long rationale", "rationale", "rationale", long, "at most 10000"},
		{"NUL", "rationale", "rationale", "a\x00b", "control character"},
		{"broken UTF-8", "rationale", "rationale", "a\xffb", "not UTF-8"},
		{"empty owner", "owner", "owner", "", "owner is needed"},
		{"spaces for an owner", "owner", "owner", "   ", "owner is needed"},
		{"long owner", "owner", "owner", strings.Repeat("o", assessment.MaxShort+1), "at most 200"},
		{"owner of two lines", "owner", "owner", "a\nb", "control character"},
		{"broken owner", "owner", "owner", "\xc3\x28", "not UTF-8"},
		{"no date", "date", "date", "", "date is needed"},
		{"a day that does not exist", "date", "date", "2026-02-30", "must be a date"},
		{"a date in words", "date", "date", "tomorrow", "must be a date"},
		{"a date out of range", "date", "date", "0001-01-01", "must be a date"},
		{"broken date", "date", "date", "2026-\xff", "must be a date"},
		{"looked at again on the same day", "revisit_on", "revisit_on", "2026-11-23", "must be after"},
		{"looked at again before", "revisit_on", "revisit_on", "2026-11-01", "must be after"},
		{"a month that does not exist", "revisit_on", "revisit_on", "2027-13-01", "must be a date"},
		{"unknown mitigation", "mitigations", "mitigation", "7", "not in this questionnaire"},
		{"negative mitigation", "mitigations", "mitigation", "-1", "not in this questionnaire"},
		{"mitigation in words", "mitigations", "mitigation", "Rent them.", "not in this questionnaire"},
		{"long mitigation", "mitigations", "own", strings.Repeat("m", assessment.MaxReason+1), "at most 1000"},
		{"too many mitigations", "mitigations", "own", strings.Repeat("x\ny\nz\nm1\n", 1) + manyLines(assessment.MaxMitigations), "at most 20"},
		{"NUL in a mitigation", "mitigations", "own", "a\x00", "control character"},
		{"broken mitigation", "mitigations", "own", "\xff", "not UTF-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			form := decisionForm(set(tt.input, tt.value))
			got := b.post(path, form)
			if got.status != http.StatusUnprocessableEntity {
				t.Fatalf("status %d, want 422", got.status)
			}
			if message := got.page.Find("#" + tt.field + "-error").Text(); !strings.Contains(message, tt.says) {
				t.Errorf("at the field: %q, want %q", message, tt.says)
			}
			if link := got.page.Find(`.errors a[href="#` + tt.field + `"]`); link.Length() != 1 || got.page.Find("#"+tt.field).Length() != 1 {
				t.Errorf("%d links in the summary to %d controls, want one to one", link.Length(), got.page.Find("#"+tt.field).Length())
			}
			keepsDecision(t, got, form)
		})
	}
	if decisions := a.state(id).State.Decisions; len(decisions) != 0 {
		t.Errorf("stored %v, want nothing", decisions)
	}

	t.Run("mitigate without a mitigation", func(t *testing.T) {
		got := b.post(path, decisionForm(func(v url.Values) { v.Del("mitigation"); v.Set("own", " \n ") }))
		if got.status != http.StatusUnprocessableEntity || got.page.Find("#mitigations-error").Length() != 1 {
			t.Errorf("status %d, want 422 at the mitigations", got.status)
		}
	})
	t.Run("revisit without a date", func(t *testing.T) {
		got := b.post(path, decisionForm(func(v url.Values) { v.Set("choice", "revisit"); v.Del("revisit_on") }))
		if got.status != http.StatusUnprocessableEntity || got.page.Find("#revisit_on-error").Length() != 1 {
			t.Errorf("status %d, want 422 at the date to look again", got.status)
		}
	})
	t.Run("errors stand in the order of the form", func(t *testing.T) {
		got := b.post(path, url.Values{"version": {"0"}, "choice": {"mitigate"}, "revisit_on": {"x"}})
		var fields []string
		for _, link := range got.page.Find(".errors a").EachIter() {
			fields = append(fields, link.AttrOr("href", ""))
		}
		if want := "#mitigations #rationale #owner #date #revisit_on"; strings.Join(fields, " ") != want {
			t.Errorf("order %v, want %s", fields, want)
		}
	})
}

func manyLines(n int) string {
	var lines strings.Builder
	for i := range n {
		lines.WriteString("line " + strconv.Itoa(i) + "\n")
	}
	return lines.String()
}

// keepsDecision fails where the page of a refused form does not hold all that was typed.
func keepsDecision(t *testing.T, got answer, form url.Values) {
	t.Helper()
	for _, field := range []string{"owner", "date", "revisit_on"} {
		want := strings.ToValidUTF8(form.Get(field), "\uFFFD")
		if value := got.page.Find("#"+field).AttrOr("value", ""); value != inAttribute(want) {
			t.Errorf("%s is %q now, want %q", field, value, want)
		}
	}
	for id, field := range map[string]string{"rationale": "rationale", "mitigations": "own"} {
		want := strings.ReplaceAll(strings.ToValidUTF8(form.Get(field), "\uFFFD"), "\r\n", "\n")
		if value := got.page.Find("textarea#" + id).Text(); strings.TrimSpace(value) != strings.TrimSpace(inAttribute(want)) {
			t.Errorf("%s is %.60q now, want %.60q", field, value, want)
		}
	}
	if choice := form.Get("choice"); choice == "mitigate" && got.page.Find("[name=choice][checked]").AttrOr("value", "") != choice {
		t.Error("the choice is gone")
	}
	if got.page.Find(`[name=mitigation][value="1"]`).Is("[checked]") != (form.Get("mitigation") == "1") {
		t.Error("the ticks are gone")
	}
}

// inAttribute is what a page gives back for a text: a NUL cannot stand in HTML.
func inAttribute(s string) string { return strings.ReplaceAll(s, "\x00", "\uFFFD") }

func TestDecisionKeepsTexts(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	b := a.signedIn()
	path := "/assessments/" + id + "/tradeoffs/t-live"
	for _, text := range []string{
		"🧱 שלום مرحبا, e\u0301", `<script>alert(1)</script> & "quoted"`, "' OR 1=1; --", strings.Repeat("😀", assessment.MaxText), "=HYPERLINK(1)",
	} {
		form := decisionForm(func(v url.Values) { v.Set("rationale", text); v.Set("version", a.version(id, "t-live")) })
		if got := b.post(path+"/decision", form); got.status != http.StatusSeeOther {
			t.Fatalf("%.30q: status %d, want 303", text, got.status)
		}
		if stored := a.state(id).State.Decisions["t-live"].Rationale; stored != text {
			t.Errorf("stored %.30q, want %.30q", stored, text)
		}
		if shown := b.get(path).page.Find("#decision .kept").First().Text(); shown != text {
			t.Errorf("shown %.30q, want %.30q", shown, text)
		}
	}
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
	}
	page := b.get(path).page
	if note := page.Find(".pick [aria-current] small").Text(); note != "due since 24 November" {
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
	if text := b.get(path).page.Find("#decision").Text(); !strings.Contains(text, "This tradeoff is not live") {
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
