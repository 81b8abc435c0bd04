package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/assessment"
)

func (a *app) priorities(id string) (assessment.Priorities, int) {
	a.t.Helper()
	current, err := a.store.Current(a.t.Context(), id)
	if err != nil {
		a.t.Fatal(err)
	}
	return current.State.Priorities, current.State.Version
}

func TestPriorities(t *testing.T) {
	a := newApp(t)
	id := a.newAssessment("Claims").ID
	b := a.signedIn()
	address := "/assessments/" + id + "/priorities"
	form := formValues(t, b.get(address), "main form")
	if form.Get("priority.security") != "1" || form.Get("version") != "1" {
		t.Errorf("the form shows %v", form)
	}
	form.Set("priority.security", "2.5")
	form.Set("priority.cost", "0")
	form.Set("priority.unknown", "9")
	got := b.post(address, form)
	if got.status != http.StatusSeeOther || got.header.Get("Location") != "/assessments/"+id {
		t.Errorf("status %d to %q", got.status, got.header.Get("Location"))
	}
	want := assessment.Priorities{"security": 2.5, "cost": 0}
	if stored, version := a.priorities(id); !maps.Equal(stored, want) || version != 2 {
		t.Errorf("stored %v at version %d, want %v", stored, version, want)
	}
	if again := b.post(address, form); again.status != http.StatusSeeOther {
		t.Errorf("sent twice: status %d", again.status)
	}
	if _, version := a.priorities(id); version != 2 {
		t.Errorf("sent twice: version %d, want 2", version)
	}
	marks := textOf(b.get("/assessments/" + id).page.Find("table tbody"))
	if !strings.Contains(marks, "Security ×2.5") || !strings.Contains(marks, "Cost Optimization left out") {
		t.Errorf("the overview shows %q", marks)
	}
}

func TestPrioritiesRefuses(t *testing.T) {
	a := newApp(t)
	id := a.newAssessment("Claims").ID
	b := a.signedIn()
	address := "/assessments/" + id + "/priorities"
	for _, typed := range []string{"", " ", "double", "-0.5", "1000.1", "1e3", "NaN", "0x1", "🩺", "<b>2</b>", "\xff", "1\x00", strings.Repeat("9", 10_000)} {
		form := formValues(t, b.get(address), "main form")
		form.Set("priority.cost", "3")
		form.Set("priority.security", typed)
		got := b.post(address, form)
		wantComplaint(t, got, http.StatusUnprocessableEntity, "priority.security", "Priority of Security: enter a number from 0 to 1000")
		wantKept(t, got, form, "priority.security")
	}
	none := formValues(t, b.get(address), "main form")
	for name := range none {
		if strings.HasPrefix(name, "priority.") {
			none.Set(name, "0")
		}
	}
	wantComplaint(t, b.post(address, none), http.StatusUnprocessableEntity, "priority.reliability", "at least one must be above 0")
	if stored, version := a.priorities(id); len(stored) != 0 || version != 1 {
		t.Errorf("stored %v at version %d", stored, version)
	}
}

func TestPrioritiesOverAnOlderVersion(t *testing.T) {
	a := newApp(t)
	id := a.newAssessment("Claims").ID
	b := a.signedIn()
	address := "/assessments/" + id + "/priorities"
	form := formValues(t, b.get(address), "main form")
	if err := a.store.SetPriorities(t.Context(), a.actor(), id, 1, assessment.Priorities{"security": 4}); err != nil {
		t.Fatal(err)
	}
	form.Set("priority.security", "2")
	got := b.post(address, form)
	if got.status != http.StatusConflict || textOf(got.page.Find(".stored")) != "Stored meanwhile: 4" {
		t.Errorf("status %d, stored beside it: %q", got.status, textOf(got.page.Find(".stored")))
	}
	again := formValues(t, got, "main form")
	if again.Get("priority.security") != "2" || again.Get("version") != "2" {
		t.Errorf("the form shows %v", again)
	}
	if got := b.post(address, again); got.status != http.StatusSeeOther {
		t.Errorf("saving again: status %d", got.status)
	}
	if stored, _ := a.priorities(id); stored["security"] != 2 {
		t.Errorf("stored %v", stored)
	}
}

func TestPrioritiesOfAnUnknownAssessment(t *testing.T) {
	b := newApp(t).signedIn()
	if got := b.get("/assessments/none/priorities"); got.status != http.StatusNotFound {
		t.Errorf("get: status %d, want 404", got.status)
	}
	if got := b.post("/assessments/none/priorities", url.Values{"version": {"1"}}); got.status != http.StatusNotFound {
		t.Errorf("post: status %d, want 404", got.status)
	}
}
