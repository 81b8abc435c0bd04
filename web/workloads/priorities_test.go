package workloads_test

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/web/webtest"
)

func TestPriorities(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewAssessment("Claims").ID
	b := a.SignedIn()
	address := "/assessments/" + id + "/priorities"
	form := webtest.FormValues(t, b.Get(address), "main form")
	if form.Get("priority.security") != "1" || form.Get("version") != "1" {
		t.Errorf("the form shows %v", form)
	}
	form.Set("priority.security", "2.5")
	form.Set("priority.cost", "0")
	form.Set("priority.unknown", "9")
	got := b.Post(address, form)
	if got.Status != http.StatusSeeOther || got.Header.Get("Location") != "/assessments/"+id {
		t.Errorf("status %d to %q", got.Status, got.Header.Get("Location"))
	}
	want := assessment.Priorities{"security": 2.5, "cost": 0}
	if stored, version := a.Priorities(id); !maps.Equal(stored, want) || version != 2 {
		t.Errorf("stored %v at version %d, want %v", stored, version, want)
	}
	if again := b.Post(address, form); again.Status != http.StatusSeeOther {
		t.Errorf("sent twice: status %d", again.Status)
	}
	if _, version := a.Priorities(id); version != 2 {
		t.Errorf("sent twice: version %d, want 2", version)
	}
	marks := webtest.TextOf(b.Get("/assessments/" + id).Page.Find("table tbody"))
	if !strings.Contains(marks, "Security ×2.5") || !strings.Contains(marks, "Cost Optimization excluded") {
		t.Errorf("the overview shows %q", marks)
	}
}

func TestPrioritiesRefuses(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewAssessment("Claims").ID
	b := a.SignedIn()
	address := "/assessments/" + id + "/priorities"
	for _, typed := range []string{"", " ", "double", "-0.5", "1000.1", "1e3", "NaN", "0x1", "🩺", "<b>2</b>", "\xff", "1\x00", strings.Repeat("9", 10_000)} {
		form := webtest.FormValues(t, b.Get(address), "main form")
		form.Set("priority.cost", "3")
		form.Set("priority.security", typed)
		got := b.Post(address, form)
		if hint := webtest.TextOf(got.Page.Find("#priorities .hint")); !strings.HasSuffix(hint, "Maximum: 1,000.") {
			t.Fatalf("the hint says %q", hint)
		}
		wantComplaint(t, got, http.StatusUnprocessableEntity, "priority.security", "Priority of Security: enter a number from 0 to 1000")
		wantKept(t, got, form, "priority.security")
	}
	none := webtest.FormValues(t, b.Get(address), "main form")
	for name := range none {
		if strings.HasPrefix(name, "priority.") {
			none.Set(name, "0")
		}
	}
	wantComplaint(t, b.Post(address, none), http.StatusUnprocessableEntity, "priority.reliability", "Enter a priority above 0")
	if stored, version := a.Priorities(id); len(stored) != 0 || version != 1 {
		t.Errorf("stored %v at version %d", stored, version)
	}
}

func TestPrioritiesOverAnOlderVersion(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewAssessment("Claims").ID
	b := a.SignedIn()
	address := "/assessments/" + id + "/priorities"
	form := webtest.FormValues(t, b.Get(address), "main form")
	if err := a.Store.SetPriorities(t.Context(), a.Actor(), id, 1, assessment.Priorities{"security": 4}); err != nil {
		t.Fatal(err)
	}
	form.Set("priority.security", "2")
	got := b.Post(address, form)
	if got.Status != http.StatusConflict || webtest.TextOf(got.Page.Find(".stored")) != "Saved value: 4" {
		t.Errorf("status %d, stored beside it: %q", got.Status, webtest.TextOf(got.Page.Find(".stored")))
	}
	again := webtest.FormValues(t, got, "main form")
	if again.Get("priority.security") != "2" || again.Get("version") != "2" {
		t.Errorf("the form shows %v", again)
	}
	if got := b.Post(address, again); got.Status != http.StatusSeeOther {
		t.Errorf("saving again: status %d", got.Status)
	}
	if stored, _ := a.Priorities(id); stored["security"] != 2 {
		t.Errorf("stored %v", stored)
	}
}

func TestPrioritiesOfAnUnknownAssessment(t *testing.T) {
	b := webtest.NewApp(t).SignedIn()
	if got := b.Get("/assessments/none/priorities"); got.Status != http.StatusNotFound {
		t.Errorf("get: status %d, want 404", got.Status)
	}
	if got := b.Post("/assessments/none/priorities", url.Values{"version": {"1"}}); got.Status != http.StatusNotFound {
		t.Errorf("post: status %d, want 404", got.Status)
	}
}
