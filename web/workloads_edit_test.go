package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/assessment"
)

func (a *app) workload(id string) assessment.Workload {
	a.t.Helper()
	w, err := a.store.Workload(a.t.Context(), id)
	if err != nil {
		a.t.Fatal(err)
	}
	return w
}

func TestEditWorkload(t *testing.T) {
	a := newApp(t)
	id := a.newAssessment("Claims").Workload.ID
	b := a.signedIn()
	address := "/workloads/" + id + "/edit"
	form := formValues(t, b.get(address), "main form")
	if form.Get("name") != "Claims" || form.Get("version") != "1" {
		t.Errorf("the form shows %v", form)
	}
	form.Set("name", "Claims triage")
	form.Set("tags", "rag, public")
	got := b.post(address, form)
	if got.status != http.StatusSeeOther || got.header.Get("Location") != address {
		t.Errorf("status %d to %q", got.status, got.header.Get("Location"))
	}
	if w := a.workload(id); w.Name != "Claims triage" || len(w.Tags) != 2 || w.Version != 2 {
		t.Errorf("stored %+v", w)
	}
	if notice := textOf(b.get(address).page.Find(".notice")); notice != "The settings are saved." {
		t.Errorf("the next page says %q", notice)
	}
	if again := b.post(address, form); again.status != http.StatusSeeOther || a.workload(id).Version != 2 {
		t.Errorf("sent twice: status %d, version %d", again.status, a.workload(id).Version)
	}
}

func TestEditWorkloadRefuses(t *testing.T) {
	a := newApp(t)
	id := a.newAssessment("Claims").Workload.ID
	b := a.signedIn()
	tests := []struct{ name, field, typed, want string }{
		{"no name", "name", "", "The name is needed"},
		{"long name", "name", strings.Repeat("x", 10_000), "The name has 10000 characters"},
		{"broken owner", "owner", "\xff", "The owner has bytes that are not UTF-8"},
		{"NUL in the environment", "environment", "a\x00", "The environment has a control character"},
		{"long tag", "tags", strings.Repeat("x", 41), "A tag has 41 characters"},
		{"long description", "description", strings.Repeat("x", 10_001), "The description has 10001 characters"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			form := url.Values{"version": {"1"}, "name": {"Kept"}, "owner": {"Kept"}, "environment": {""}, "tags": {""}, "description": {""}}
			form.Set(tt.field, tt.typed)
			got := b.post("/workloads/"+id+"/edit", form)
			wantComplaint(t, got, http.StatusUnprocessableEntity, tt.field, tt.want)
			wantKept(t, got, form, tt.field)
			if w := a.workload(id); w.Name != "Claims" || w.Version != 1 {
				t.Errorf("stored %+v", w)
			}
		})
	}
}

func TestEditWorkloadOverAnOlderVersion(t *testing.T) {
	a := newApp(t)
	id := a.newAssessment("Claims").Workload.ID
	theirs := a.workload(id)
	theirs.Owner, theirs.Description = "Mei", "Stored text"
	if _, err := a.store.UpdateWorkload(t.Context(), a.actor(), theirs); err != nil {
		t.Fatal(err)
	}
	b := a.signedIn()
	form := url.Values{"version": {"1"}, "name": {"Claims"}, "owner": {"Tomás"}, "description": {"Typed text"}, "environment": {""}, "tags": {"rag"}}
	got := b.post("/workloads/"+id+"/edit", form)
	if got.status != http.StatusConflict || a.workload(id).Owner != "Mei" {
		t.Errorf("status %d, want 409; stored %+v", got.status, a.workload(id))
	}
	if stored := textOf(got.page.Find(".stored")); !strings.Contains(stored, "Mei") || !strings.Contains(stored, "Stored text") || !strings.Contains(stored, "nothing") {
		t.Errorf("what is stored: %q", stored)
	}
	again := formValues(t, got, "main form")
	if again.Get("owner") != "Tomás" || again.Get("description") != "Typed text" || again.Get("version") != "2" {
		t.Errorf("the form shows %v", again)
	}
	if got := b.post("/workloads/"+id+"/edit", again); got.status != http.StatusSeeOther || a.workload(id).Owner != "Tomás" {
		t.Errorf("saving again: status %d, stored %+v", got.status, a.workload(id))
	}
}

func TestWorkloadChangesNeedAVersion(t *testing.T) {
	a := newApp(t)
	started := a.newAssessment("Claims")
	id := started.Workload.ID
	b := a.signedIn()
	for _, version := range []string{"", "x", "-1", "99999999999999999999"} {
		for address, form := range map[string]url.Values{
			"/workloads/" + id + "/edit":                 {"name": {"Other"}},
			"/workloads/" + id + "/archive":              {"do": {"archive"}},
			"/assessments/" + started.ID + "/priorities": {"priority.cost": {"2"}},
		} {
			form.Set("version", version)
			if got := b.post(address, form); got.status != http.StatusPreconditionRequired {
				t.Errorf("%s with version %q: status %d, want 428", address, version, got.status)
			}
		}
	}
	if w := a.workload(id); w.Version != 1 || w.Archived() {
		t.Errorf("stored %+v", w)
	}
}

func TestWorkloadUnknown(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	for _, id := range []string{"none", "%00", strings.Repeat("x", 1000), "..%2f"} {
		if got := b.get("/workloads/" + id + "/edit"); got.status != http.StatusNotFound {
			t.Errorf("get %.20s: status %d, want 404", id, got.status)
		}
		for _, action := range []string{"edit", "archive"} {
			if got := b.post("/workloads/"+id+"/"+action, url.Values{"version": {"1"}, "name": {"x"}, "do": {"archive"}}); got.status != http.StatusNotFound {
				t.Errorf("post %.20s %s: status %d, want 404", id, action, got.status)
			}
		}
	}
}

func TestArchiveWorkload(t *testing.T) {
	a := newApp(t)
	id := a.newAssessment("Claims").Workload.ID
	b := a.signedIn()
	edit, archive := "/workloads/"+id+"/edit", "/workloads/"+id+"/archive"

	got := b.post(archive, url.Values{"version": {"1"}, "do": {"archive"}})
	if got.status != http.StatusSeeOther || got.header.Get("Location") != "/" || !a.workload(id).Archived() {
		t.Fatalf("status %d to %q, stored %+v", got.status, got.header.Get("Location"), a.workload(id))
	}
	if notice := textOf(b.get("/").page.Find(".notice")); notice != "Claims is archived." {
		t.Errorf("the next page says %q", notice)
	}
	if again := b.post(archive, url.Values{"version": {"1"}, "do": {"archive"}}); again.status != http.StatusSeeOther {
		t.Errorf("sent twice: status %d", again.status)
	}
	page := b.get(edit)
	if !strings.Contains(textOf(page.page.Find(".notice")), "Archived on 23 Nov 2026") || page.page.Find("#name").Length() != 0 {
		t.Errorf("the settings of an archived workload: %s", textOf(page.page.Find("main")))
	}
	if refused := b.post(edit, url.Values{"version": {"2"}, "name": {"Other"}}); refused.status != http.StatusConflict || a.workload(id).Name != "Claims" {
		t.Errorf("changing an archived workload: status %d, stored %+v", refused.status, a.workload(id))
	}
	if stale := b.post(archive, url.Values{"version": {"1"}, "do": {"restore"}}); stale.status != http.StatusConflict || !a.workload(id).Archived() {
		t.Errorf("a stale version: status %d, stored %+v", stale.status, a.workload(id))
	}
	if wrong := b.post(archive, url.Values{"version": {"2"}, "do": {"burn"}}); wrong.status != http.StatusUnprocessableEntity {
		t.Errorf("an unknown step: status %d, want 422", wrong.status)
	}
	if back := b.post(archive, url.Values{"version": {"2"}, "do": {"restore"}}); back.status != http.StatusSeeOther || a.workload(id).Archived() {
		t.Errorf("restore: status %d, stored %+v", back.status, a.workload(id))
	}
}
