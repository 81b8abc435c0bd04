package tradeoffs_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/web/webtest"
)

func decisionForm(change func(url.Values)) url.Values {
	form := url.Values{"version": {"0"}, "choice": {"mitigate"}, "rationale": {"Spares are cheap."}, "owner": {"Mei Tanaka"},
		"date": {"2026-11-23"}, "revisit_on": {"2027-03-01"}, "mitigation": {"1"}, "own": {"Sell some.\r\n\r\nAsk again."}}
	change(form)
	return form
}

func TestDecisionThatIsNotRight(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	b := a.SignedIn()
	path := "/assessments/" + id + "/tradeoffs/t-live/decision"
	long := strings.Repeat("ä", assessment.MaxText+1)
	tests := []struct {
		name, field, input, value string
		says                      string
	}{
		{"no choice", "choice", "choice", "", "Choose Accept"},
		{"unknown choice", "choice", "choice", "maybe", "Choose Accept"},
		{"empty rationale", "rationale", "rationale", "", "Enter a rationale"},
		{"only spaces", "rationale", "rationale", " \n\t ", "Enter a rationale"},
		{"long rationale", "rationale", "rationale", long, "at most 10000"},
		{"NUL", "rationale", "rationale", "a\x00b", "control character"},
		{"broken UTF-8", "rationale", "rationale", "a\xffb", "not UTF-8"},
		{"empty owner", "owner", "owner", "", "Enter an owner"},
		{"spaces for an owner", "owner", "owner", "   ", "Enter an owner"},
		{"long owner", "owner", "owner", strings.Repeat("o", assessment.MaxShort+1), "at most 200"},
		{"owner of two lines", "owner", "owner", "a\nb", "control character"},
		{"broken owner", "owner", "owner", "\xc3\x28", "not UTF-8"},
		{"no date", "date", "date", "", "Enter a date"},
		{"a day that does not exist", "date", "date", "2026-02-30", "such as 2027-03-31"},
		{"a date in words", "date", "date", "tomorrow", "such as 2027-03-31"},
		{"a date out of range", "date", "date", "0001-01-01", "such as 2027-03-31"},
		{"broken date", "date", "date", "2026-\xff", "such as 2027-03-31"},
		{"looked at again on the same day", "revisit_on", "revisit_on", "2026-11-23", "after the decision date"},
		{"looked at again before", "revisit_on", "revisit_on", "2026-11-01", "after the decision date"},
		{"a month that does not exist", "revisit_on", "revisit_on", "2027-13-01", "such as 2027-03-31"},
		{"unknown mitigation", "mitigations", "mitigation", "7", "from this questionnaire"},
		{"negative mitigation", "mitigations", "mitigation", "-1", "from this questionnaire"},
		{"mitigation in words", "mitigations", "mitigation", "Rent them.", "from this questionnaire"},
		{"long mitigation", "mitigations", "own", strings.Repeat("m", assessment.MaxReason+1), "at most 1000"},
		{"too many mitigations", "mitigations", "own", manyLines(assessment.MaxMitigations), "at most 20"},
		{"NUL in a mitigation", "mitigations", "own", "a\x00", "control character"},
		{"broken mitigation", "mitigations", "own", "\xff", "not UTF-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			form := decisionForm(webtest.Set(tt.input, tt.value))
			got := b.Post(path, form)
			if got.Status != http.StatusUnprocessableEntity {
				t.Fatalf("status %d, want 422", got.Status)
			}
			if message := got.Page.Find("#" + tt.field + "-error").Text(); !strings.Contains(message, tt.says) {
				t.Errorf("at the field: %q, want %q", message, tt.says)
			}
			if link := got.Page.Find(`.errors a[href="#` + tt.field + `"]`); link.Length() != 1 || got.Page.Find("#"+tt.field).Length() != 1 {
				t.Errorf("%d links in the summary to %d controls, want one to one", link.Length(), got.Page.Find("#"+tt.field).Length())
			}
			keepsDecision(t, got, form)
		})
	}
	if decisions := a.State(id).State.Decisions; len(decisions) != 0 {
		t.Errorf("stored %v, want nothing", decisions)
	}

	t.Run("mitigate without a mitigation", func(t *testing.T) {
		got := b.Post(path, decisionForm(func(v url.Values) { v.Del("mitigation"); v.Set("own", " \n ") }))
		if got.Status != http.StatusUnprocessableEntity || got.Page.Find("#mitigations-error").Length() != 1 {
			t.Errorf("status %d, want 422 at the mitigations", got.Status)
		}
	})
	t.Run("revisit without a date", func(t *testing.T) {
		got := b.Post(path, decisionForm(func(v url.Values) { v.Set("choice", "revisit"); v.Del("revisit_on") }))
		if got.Status != http.StatusUnprocessableEntity || got.Page.Find("#revisit_on-error").Length() != 1 {
			t.Errorf("status %d, want 422 at the date to look again", got.Status)
		}
	})
	t.Run("errors stand in the order of the form", func(t *testing.T) {
		got := b.Post(path, url.Values{"version": {"0"}, "choice": {"mitigate"}, "revisit_on": {"x"}})
		var fields []string
		for _, link := range got.Page.Find(".errors a").EachIter() {
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
func keepsDecision(t *testing.T, got webtest.Answer, form url.Values) {
	t.Helper()
	for _, field := range []string{"owner", "date", "revisit_on"} {
		want := strings.ToValidUTF8(form.Get(field), "\uFFFD")
		if value := got.Page.Find("#"+field).AttrOr("value", ""); value != webtest.InAttribute(want) {
			t.Errorf("%s is %q now, want %q", field, value, want)
		}
	}
	for id, field := range map[string]string{"rationale": "rationale", "mitigations": "own"} {
		want := strings.ReplaceAll(strings.ToValidUTF8(form.Get(field), "\uFFFD"), "\r\n", "\n")
		if value := got.Page.Find("textarea#" + id).Text(); strings.TrimSpace(value) != strings.TrimSpace(webtest.InAttribute(want)) {
			t.Errorf("%s is %.60q now, want %.60q", field, value, want)
		}
	}
	if choice := form.Get("choice"); choice == "mitigate" && got.Page.Find("[name=choice][checked]").AttrOr("value", "") != choice {
		t.Error("the choice is gone")
	}
	if got.Page.Find(`[name=mitigation][value="1"]`).Is("[checked]") != (form.Get("mitigation") == "1") {
		t.Error("the ticks are gone")
	}
}

func TestDecisionKeepsTexts(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	b := a.SignedIn()
	path := "/assessments/" + id + "/tradeoffs/t-live"
	for _, text := range []string{
		"🧱 שלום مرحبا, e\u0301", `<script>alert(1)</script> & "quoted"`, "' OR 1=1; --", strings.Repeat("😀", assessment.MaxText), "=HYPERLINK(1)",
	} {
		form := decisionForm(func(v url.Values) { v.Set("rationale", text); v.Set("version", a.Version(id, "t-live")) })
		if got := b.Post(path+"/decision", form); got.Status != http.StatusSeeOther {
			t.Fatalf("%.30q: status %d, want 303", text, got.Status)
		}
		if stored := a.State(id).State.Decisions["t-live"].Rationale; stored != text {
			t.Errorf("stored %.30q, want %.30q", stored, text)
		}
		if shown := b.Get(path).Page.Find("#decision .kept").First().Text(); shown != text {
			t.Errorf("shown %.30q, want %.30q", shown, text)
		}
	}
}

// A form that is not right goes on from the version that it saw, so that what somebody else recorded in the meantime
// is not overwritten unseen once the form is right.
func TestDecisionThatIsNotRightAndStale(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	b := a.SignedIn()
	path := "/assessments/" + id + "/tradeoffs/t-live/decision"
	if got := b.Post(path, decisionForm(webtest.Unchanged)); got.Status != http.StatusSeeOther {
		t.Fatalf("status %d, want 303", got.Status)
	}
	got := b.Post(path, decisionForm(webtest.Set("owner", "")))
	if version := got.Page.Find("#decision-form [name=version]").AttrOr("value", ""); got.Status != http.StatusUnprocessableEntity || version != "0" {
		t.Errorf("status %d, the form goes on from version %s; want 422 and 0", got.Status, version)
	}
}
