package web_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

func planForm(change func(url.Values)) url.Values {
	form := url.Values{"version": {"0"}, "owner": {"Mei Tanaka"}, "due": {"2027-01-15"}, "url": {"https://tracker.example.org/browse/X-1?a=b&c=d"}}
	change(form)
	return form
}

func TestPlanItem(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	b := a.signedIn()
	plan := "/assessments/" + id + "/plan"
	path := plan + "/c1"
	b.post(plan, url.Values{"practice": {"c1", "r2", "c2"}})
	version := func(practice string) string { return strconv.Itoa(a.state(id).State.Plan[practice].Version) }

	open := b.get(plan + "?edit=c1")
	if action := open.page.Find("#item").AttrOr("action", ""); action != path {
		t.Errorf("the form of the item goes to %q", action)
	}
	got := b.post(path, planForm(set("version", version("c1"))))
	if got.status != http.StatusSeeOther || got.header.Get("Location") != plan {
		t.Fatalf("status %d to %q, want 303 to the plan", got.status, got.header.Get("Location"))
	}
	want := assessment.PlanItem{Practice: "c1", Owner: "Mei Tanaka", Due: "2027-01-15", URL: "https://tracker.example.org/browse/X-1?a=b&c=d"}
	stored := a.state(id).State.Plan["c1"]
	want.Version = stored.Version
	if stored != want {
		t.Errorf("stored %+v, want %+v", stored, want)
	}
	b.post(plan+"/r2", planForm(func(v url.Values) { v.Set("version", version("r2")); v.Set("due", "2026-11-22"); v.Set("url", "") }))
	a.answer(id, "c2", assessment.Adopted)

	shown := b.get(plan)
	rows := cells(shown, "#plan > .split > .scroll tbody tr")
	current := a.state(id)
	gains := map[string]string{}
	for _, row := range current.Full().Recommendations {
		gains[row.Practice] = words.Signed(row.Gain, 2)
	}
	wantRows := []string{
		"The switch is rehearsed.|Mei Tanaka|22 Nov 2026 Overdue|–|Not answered|" + gains["r2"] + "|Change The switch is rehearsed.",
		"Somebody watches the bill.|Mei Tanaka|15 Jan 2027|tracker.example.org, tracks Somebody watches the bill.|Not yet|" + gains["c1"] + "|Change Somebody watches the bill.",
		"Idle machines are switched off.|–|–|–|Adopted|–|Remove Idle machines are switched off.",
	}
	if !slices.Equal(rows, wantRows) {
		t.Errorf("rows\n%s\nwant\n%s", strings.Join(rows, "\n"), strings.Join(wantRows, "\n"))
	}
	if href := shown.page.Find("#plan a[rel=noreferrer]").AttrOr("href", ""); href != want.URL {
		t.Errorf("the tracker's address is %q", href)
	}

	t.Run("a repeated submit counts once", func(t *testing.T) {
		if got := b.post(path, planForm(set("version", "1"))); got.status != http.StatusSeeOther {
			t.Errorf("status %d, want 303", got.status)
		}
		if again := a.state(id).State.Plan["c1"]; again != stored {
			t.Errorf("stored %+v, want %+v", again, stored)
		}
	})
	t.Run("no version", func(t *testing.T) {
		form := planForm(func(v url.Values) { v.Del("version"); v.Set("owner", "Late") })
		got := b.post(path, form)
		if got.status != http.StatusPreconditionRequired {
			t.Errorf("status %d, want 428", got.status)
		}
		keepsPlanItem(t, got, form)
	})
	t.Run("stale", func(t *testing.T) {
		form := planForm(func(v url.Values) { v.Set("version", "1"); v.Set("owner", "Late") })
		got := b.post(path, form)
		if got.status != http.StatusConflict || !strings.Contains(got.page.Find("#item [role=alert]").Text(), "Mei Tanaka") {
			t.Errorf("status %d, want 409 that shows what is stored", got.status)
		}
		keepsPlanItem(t, got, form)
		if v := got.page.Find("#item [name=version]").AttrOr("value", ""); v != version("c1") {
			t.Errorf("the form goes on from version %s, want %s", v, version("c1"))
		}
	})
	t.Run("stale and not right", func(t *testing.T) {
		got := b.post(path, planForm(func(v url.Values) { v.Set("version", "1"); v.Set("due", "soon") }))
		if v := got.page.Find("#item [name=version]").AttrOr("value", ""); got.status != http.StatusUnprocessableEntity || v != "1" {
			t.Errorf("status %d, the form goes on from version %s; want 422 and 1", got.status, v)
		}
	})
	t.Run("remove", func(t *testing.T) {
		if got := b.post(path+"/remove", url.Values{}); got.status != http.StatusPreconditionRequired {
			t.Errorf("no version: status %d, want 428", got.status)
		}
		if got := b.post(path+"/remove", url.Values{"version": {"1"}}); got.status != http.StatusConflict {
			t.Errorf("stale: status %d, want 409", got.status)
		}
		form := url.Values{"version": {version("c1")}}
		for range 2 {
			if got := b.post(path+"/remove", form); got.status != http.StatusSeeOther {
				t.Errorf("status %d, want 303", got.status)
			}
		}
		if _, kept := a.state(id).State.Plan["c1"]; kept {
			t.Error("still in the plan")
		}
		typed := planForm(set("version", form.Get("version")))
		got := b.post(path, typed)
		if got.status != http.StatusConflict || !strings.Contains(got.page.Find("#item [role=alert]").Text(), "out of the plan") {
			t.Errorf("save after removal: status %d, want 409", got.status)
		}
		keepsPlanItem(t, got, typed)
	})
	t.Run("unknown", func(t *testing.T) {
		for _, path := range []string{plan + "/r9", "/assessments/none/plan/c1"} {
			for _, rest := range []string{"", "/remove"} {
				if got := b.post(path+rest, planForm(unchanged)); got.status != http.StatusNotFound {
					t.Errorf("POST %s: status %d, want 404", path+rest, got.status)
				}
			}
		}
		if got := b.get(plan + "?edit=r9"); got.status != http.StatusOK || got.page.Find("#item").Length() != 0 {
			t.Errorf("edit an unknown practice: status %d", got.status)
		}
	})
}

func keepsPlanItem(t *testing.T, got answer, form url.Values) {
	t.Helper()
	for _, field := range []string{"owner", "due", "url"} {
		want := inAttribute(strings.ToValidUTF8(form.Get(field), "\uFFFD"))
		if value := got.page.Find("#item #"+field).AttrOr("value", ""); value != want {
			t.Errorf("%s is %.60q now, want %.60q", field, value, want)
		}
	}
}

func TestPlanItemThatIsNotRight(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	b := a.signedIn()
	path := "/assessments/" + id + "/plan/c1"
	tests := []struct{ name, field, value, says string }{
		{"long owner", "owner", strings.Repeat("o", assessment.MaxShort+1), "at most 200"},
		{"10,000 characters", "owner", strings.Repeat("é", assessment.MaxText), "at most 200"},
		{"NUL", "owner", "a\x00", "control character"},
		{"broken owner", "owner", "\xff", "not UTF-8"},
		{"owner of two lines", "owner", "a\nb", "control character"},
		{"no date", "due", "soon", "must be a date"},
		{"a day that does not exist", "due", "2027-02-29", "must be a date"},
		{"out of range", "due", "12027-01-01", "must be a date"},
		{"broken date", "due", "\xff", "must be a date"},
		{"no address", "url", "CLAIM-1207", "must be an address"},
		{"script", "url", "javascript:alert(1)", "must be an address"},
		{"another scheme", "url", "ftp://example.org/", "must be an address"},
		{"without a host", "url", "https:///x", "must be an address"},
		{"scheme-relative", "url", "//evil.example", "must be an address"},
		{"long address", "url", "https://example.org/" + strings.Repeat("x", assessment.MaxURL), "at most 2000"},
		{"broken address", "url", "https://example.org/\xff", "not UTF-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			form := planForm(set(tt.field, tt.value))
			got := b.post(path, form)
			if got.status != http.StatusUnprocessableEntity {
				t.Fatalf("status %d, want 422", got.status)
			}
			if message := got.page.Find("#" + tt.field + "-error").Text(); !strings.Contains(message, tt.says) {
				t.Errorf("at the field: %q, want %q", message, tt.says)
			}
			if got.page.Find(`.errors a[href="#`+tt.field+`"]`).Length() != 1 {
				t.Error("the summary does not lead to the field")
			}
			keepsPlanItem(t, got, form)
		})
	}
	if plan := a.state(id).State.Plan; len(plan) != 0 {
		t.Errorf("stored %v, want nothing", plan)
	}
	for _, text := range []string{"", "   ", "שלום 🧱", "<b>Mei</b>"} {
		current, err := a.store.Current(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		form := planForm(func(v url.Values) {
			v.Set("owner", text)
			v.Set("version", strconv.Itoa(current.State.Plan["c1"].Version))
		})
		if got := b.post(path, form); got.status != http.StatusSeeOther {
			t.Errorf("%q: status %d, want 303", text, got.status)
		}
		if owner := a.state(id).State.Plan["c1"].Owner; owner != strings.TrimSpace(text) {
			t.Errorf("stored %q, want %q", owner, text)
		}
	}
}
