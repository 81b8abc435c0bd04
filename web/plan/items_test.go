package plan_test

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
	"plumbline/web/webtest"
)

func planForm(change func(url.Values)) url.Values {
	form := url.Values{"version": {"0"}, "owner": {"Mei Tanaka"}, "due": {"2027-01-15"}, "url": {"https://tracker.example.org/browse/X-1?a=b&c=d"}}
	change(form)
	return form
}

func TestPlanItem(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	b := a.SignedIn()
	plan := "/assessments/" + id + "/plan"
	path := plan + "/c1"
	b.Post(plan, url.Values{"practice": {"c1", "r2", "c2"}})
	version := func(practice string) string { return strconv.Itoa(a.State(id).State.Plan[practice].Version) }

	open := b.Get(plan + "?edit=c1")
	if action := open.Page.Find("#item").AttrOr("action", ""); action != path {
		t.Errorf("the form of the item goes to %q", action)
	}
	got := b.Post(path, planForm(webtest.Set("version", version("c1"))))
	if got.Status != http.StatusSeeOther || got.Header.Get("Location") != plan {
		t.Fatalf("status %d to %q, want 303 to the plan", got.Status, got.Header.Get("Location"))
	}
	want := assessment.PlanItem{Practice: "c1", Owner: "Mei Tanaka", Due: "2027-01-15", URL: "https://tracker.example.org/browse/X-1?a=b&c=d"}
	stored := a.State(id).State.Plan["c1"]
	want.Version = stored.Version
	if stored != want {
		t.Errorf("stored %+v, want %+v", stored, want)
	}
	b.Post(plan+"/r2", planForm(func(v url.Values) { v.Set("version", version("r2")); v.Set("due", "2026-11-22"); v.Set("url", "") }))
	a.Answer(id, "c2", assessment.Adopted)

	shown := b.Get(plan)
	rows := cells(shown, "#plan > .split > .scroll tbody tr")
	current := a.State(id)
	gains := map[string]string{}
	for _, row := range current.Full().Recommendations {
		gains[row.Practice] = words.Signed(row.Gain, 2)
	}
	wantRows := []string{
		"The switch is rehearsed.|Mei Tanaka|22 Nov 2026 Overdue|–|Not answered|" + gains["r2"] + "|Change The switch is rehearsed.",
		"Somebody watches the bill.|Mei Tanaka|15 Jan 2027|X-1, tracks Somebody watches the bill.|Not yet|" + gains["c1"] + "|Change Somebody watches the bill.",
		"Idle machines are switched off.|–|–|–|Adopted|–|Remove Idle machines are switched off.",
	}
	if !slices.Equal(rows, wantRows) {
		t.Errorf("rows\n%s\nwant\n%s", strings.Join(rows, "\n"), strings.Join(wantRows, "\n"))
	}
	if href := shown.Page.Find("#plan a[rel=noreferrer]").AttrOr("href", ""); href != want.URL {
		t.Errorf("the tracker's address is %q", href)
	}

	t.Run("a repeated submit counts once", func(t *testing.T) {
		if got := b.Post(path, planForm(webtest.Set("version", "1"))); got.Status != http.StatusSeeOther {
			t.Errorf("status %d, want 303", got.Status)
		}
		if again := a.State(id).State.Plan["c1"]; again != stored {
			t.Errorf("stored %+v, want %+v", again, stored)
		}
	})
	t.Run("no version", func(t *testing.T) {
		form := planForm(func(v url.Values) { v.Del("version"); v.Set("owner", "Late") })
		got := b.Post(path, form)
		if got.Status != http.StatusPreconditionRequired {
			t.Errorf("status %d, want 428", got.Status)
		}
		keepsPlanItem(t, got, form)
	})
	t.Run("stale", func(t *testing.T) {
		form := planForm(func(v url.Values) { v.Set("version", "1"); v.Set("owner", "Late") })
		got := b.Post(path, form)
		if got.Status != http.StatusConflict || !strings.Contains(got.Page.Find("#item [role=alert]").Text(), "Mei Tanaka") {
			t.Errorf("status %d, want 409 that shows what is stored", got.Status)
		}
		keepsPlanItem(t, got, form)
		if v := got.Page.Find("#item [name=version]").AttrOr("value", ""); v != version("c1") {
			t.Errorf("the form goes on from version %s, want %s", v, version("c1"))
		}
	})
	t.Run("stale and not right", func(t *testing.T) {
		got := b.Post(path, planForm(func(v url.Values) { v.Set("version", "1"); v.Set("due", "soon") }))
		if v := got.Page.Find("#item [name=version]").AttrOr("value", ""); got.Status != http.StatusUnprocessableEntity || v != "1" {
			t.Errorf("status %d, the form goes on from version %s; want 422 and 1", got.Status, v)
		}
	})
	t.Run("remove", func(t *testing.T) {
		if got := b.Post(path+"/remove", url.Values{}); got.Status != http.StatusPreconditionRequired {
			t.Errorf("no version: status %d, want 428", got.Status)
		}
		if got := b.Post(path+"/remove", url.Values{"version": {"1"}}); got.Status != http.StatusConflict {
			t.Errorf("stale: status %d, want 409", got.Status)
		}
		form := url.Values{"version": {version("c1")}}
		for range 2 {
			if got := b.Post(path+"/remove", form); got.Status != http.StatusSeeOther {
				t.Errorf("status %d, want 303", got.Status)
			}
		}
		if _, kept := a.State(id).State.Plan["c1"]; kept {
			t.Error("still in the plan")
		}
		typed := planForm(webtest.Set("version", form.Get("version")))
		got := b.Post(path, typed)
		if got.Status != http.StatusConflict || !strings.Contains(got.Page.Find("#item [role=alert]").Text(), "from the plan") {
			t.Errorf("save after removal: status %d, want 409", got.Status)
		}
		keepsPlanItem(t, got, typed)
	})
	t.Run("unknown", func(t *testing.T) {
		for _, path := range []string{plan + "/r9", "/assessments/none/plan/c1"} {
			for _, rest := range []string{"", "/remove"} {
				if got := b.Post(path+rest, planForm(webtest.Unchanged)); got.Status != http.StatusNotFound {
					t.Errorf("POST %s: status %d, want 404", path+rest, got.Status)
				}
			}
		}
		if got := b.Get(plan + "?edit=r9"); got.Status != http.StatusOK || got.Page.Find("#item").Length() != 0 {
			t.Errorf("edit an unknown practice: status %d", got.Status)
		}
	})
}

func keepsPlanItem(t *testing.T, got webtest.Answer, form url.Values) {
	t.Helper()
	for _, field := range []string{"owner", "due", "url"} {
		want := webtest.InAttribute(strings.ToValidUTF8(form.Get(field), "\uFFFD"))
		if value := got.Page.Find("#item #"+field).AttrOr("value", ""); value != want {
			t.Errorf("%s is %.60q now, want %.60q", field, value, want)
		}
	}
}

func TestPlanItemThatIsNotRight(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	b := a.SignedIn()
	path := "/assessments/" + id + "/plan/c1"
	tests := []struct{ name, field, value, says string }{
		{"long owner", "owner", strings.Repeat("o", assessment.MaxShort+1), "at most 200"},
		{"10,000 characters", "owner", strings.Repeat("é", assessment.MaxText), "at most 200"},
		{"NUL", "owner", "a\x00", "control character"},
		{"broken owner", "owner", "\xff", "not UTF-8"},
		{"owner of two lines", "owner", "a\nb", "control character"},
		{"no date", "due", "soon", "Enter a due date"},
		{"a day that does not exist", "due", "2027-02-29", "Enter a due date"},
		{"out of range", "due", "12027-01-01", "Enter a due date"},
		{"broken date", "due", "\xff", "Enter a due date"},
		{"no address", "url", "CLAIM-1207", "Enter a link"},
		{"script", "url", "javascript:alert(1)", "Enter a link"},
		{"another scheme", "url", "ftp://example.org/", "Enter a link"},
		{"without a host", "url", "https:///x", "Enter a link"},
		{"scheme-relative", "url", "//evil.example", "Enter a link"},
		{"long address", "url", "https://example.org/" + strings.Repeat("x", assessment.MaxURL), "at most 2000"},
		{"broken address", "url", "https://example.org/\xff", "not UTF-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			form := planForm(webtest.Set(tt.field, tt.value))
			got := b.Post(path, form)
			if got.Status != http.StatusUnprocessableEntity {
				t.Fatalf("status %d, want 422", got.Status)
			}
			if message := got.Page.Find("#" + tt.field + "-error").Text(); !strings.Contains(message, tt.says) {
				t.Errorf("at the field: %q, want %q", message, tt.says)
			}
			if got.Page.Find(`.errors a[href="#`+tt.field+`"]`).Length() != 1 {
				t.Error("the summary does not lead to the field")
			}
			keepsPlanItem(t, got, form)
		})
	}
	if plan := a.State(id).State.Plan; len(plan) != 0 {
		t.Errorf("stored %v, want nothing", plan)
	}
	for _, text := range []string{"", "   ", "שלום 🧱", "<b>Mei</b>"} {
		current, err := a.Store.Current(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		form := planForm(func(v url.Values) {
			v.Set("owner", text)
			v.Set("version", strconv.Itoa(current.State.Plan["c1"].Version))
		})
		if got := b.Post(path, form); got.Status != http.StatusSeeOther {
			t.Errorf("%q: status %d, want 303", text, got.Status)
		}
		if owner := a.State(id).State.Plan["c1"].Owner; owner != strings.TrimSpace(text) {
			t.Errorf("stored %q, want %q", owner, text)
		}
	}
}
