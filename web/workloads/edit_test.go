package workloads_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/web/webtest"
)

func TestEditWorkload(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewAssessment("Claims").Workload.ID
	b := a.SignedIn()
	address := "/workloads/" + id + "/edit"
	form := webtest.FormValues(t, b.Get(address), "main form")
	if form.Get("name") != "Claims" || form.Get("version") != "1" {
		t.Errorf("the form shows %v", form)
	}
	form.Set("name", "Claims triage")
	form.Set("tags", "rag, public")
	got := b.Post(address, form)
	if got.Status != http.StatusSeeOther || got.Header.Get("Location") != address {
		t.Errorf("status %d to %q", got.Status, got.Header.Get("Location"))
	}
	if w := a.Workload(id); w.Name != "Claims triage" || len(w.Tags) != 2 || w.Version != 2 {
		t.Errorf("stored %+v", w)
	}
	if notice := webtest.TextOf(b.Get(address).Page.Find(".notice")); notice != "Settings saved." {
		t.Errorf("the next page says %q", notice)
	}
	if again := b.Post(address, form); again.Status != http.StatusSeeOther || a.Workload(id).Version != 2 {
		t.Errorf("sent twice: status %d, version %d", again.Status, a.Workload(id).Version)
	}
}

func TestEditWorkloadRefuses(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewAssessment("Claims").Workload.ID
	b := a.SignedIn()
	tests := []struct{ name, field, typed, want string }{
		{"no name", "name", "", "Enter a name"},
		{"long name", "name", strings.Repeat("x", 10_000), "The name has 10000 characters"},
		{"broken owner", "owner", "\xff", "The owner contains bytes that are not UTF-8"},
		{"NUL in the environment", "environment", "a\x00", "The environment contains a control character"},
		{"long tag", "tags", strings.Repeat("x", 41), "A tag has 41 characters"},
		{"long description", "description", strings.Repeat("x", 10_001), "The description has 10001 characters"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			form := url.Values{"version": {"1"}, "name": {"Kept"}, "owner": {"Kept"}, "environment": {""}, "tags": {""}, "description": {""}}
			form.Set(tt.field, tt.typed)
			got := b.Post("/workloads/"+id+"/edit", form)
			wantComplaint(t, got, http.StatusUnprocessableEntity, tt.field, tt.want)
			wantKept(t, got, form, tt.field)
			if w := a.Workload(id); w.Name != "Claims" || w.Version != 1 {
				t.Errorf("stored %+v", w)
			}
		})
	}
}

func TestEditWorkloadOverAnOlderVersion(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewAssessment("Claims").Workload.ID
	theirs := a.Workload(id)
	theirs.Owner, theirs.Description = "Mei", "Stored text"
	if _, err := a.Store.UpdateWorkload(t.Context(), a.Actor(), theirs); err != nil {
		t.Fatal(err)
	}
	b := a.SignedIn()
	form := url.Values{"version": {"1"}, "name": {"Claims"}, "owner": {"Tomás"}, "description": {"Typed text"}, "environment": {""}, "tags": {"rag"}}
	got := b.Post("/workloads/"+id+"/edit", form)
	if got.Status != http.StatusConflict || a.Workload(id).Owner != "Mei" {
		t.Errorf("status %d, want 409; stored %+v", got.Status, a.Workload(id))
	}
	if stored := webtest.TextOf(got.Page.Find(".stored")); !strings.Contains(stored, "Mei") || !strings.Contains(stored, "Stored text") || !strings.Contains(stored, "nothing") {
		t.Errorf("what is stored: %q", stored)
	}
	again := webtest.FormValues(t, got, "main form")
	if again.Get("owner") != "Tomás" || again.Get("description") != "Typed text" || again.Get("version") != "2" {
		t.Errorf("the form shows %v", again)
	}
	if got := b.Post("/workloads/"+id+"/edit", again); got.Status != http.StatusSeeOther || a.Workload(id).Owner != "Tomás" {
		t.Errorf("saving again: status %d, stored %+v", got.Status, a.Workload(id))
	}
}

func TestWorkloadChangesNeedAVersion(t *testing.T) {
	a := webtest.NewApp(t)
	started := a.NewAssessment("Claims")
	id := started.Workload.ID
	b := a.SignedIn()
	for _, version := range []string{"", "x", "-1", "99999999999999999999"} {
		for address, form := range map[string]url.Values{
			"/workloads/" + id + "/edit":                 {"name": {"Other"}},
			"/workloads/" + id + "/archive":              {"do": {"archive"}},
			"/assessments/" + started.ID + "/priorities": {"priority.cost": {"2"}},
		} {
			form.Set("version", version)
			if got := b.Post(address, form); got.Status != http.StatusPreconditionRequired {
				t.Errorf("%s with version %q: status %d, want 428", address, version, got.Status)
			}
		}
	}
	if w := a.Workload(id); w.Version != 1 || w.Archived() {
		t.Errorf("stored %+v", w)
	}
}

func TestWorkloadUnknown(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	for _, id := range []string{"none", "%00", strings.Repeat("x", 1000), "..%2f"} {
		if got := b.Get("/workloads/" + id + "/edit"); got.Status != http.StatusNotFound {
			t.Errorf("get %.20s: status %d, want 404", id, got.Status)
		}
		for _, action := range []string{"edit", "archive"} {
			if got := b.Post("/workloads/"+id+"/"+action, url.Values{"version": {"1"}, "name": {"x"}, "do": {"archive"}}); got.Status != http.StatusNotFound {
				t.Errorf("post %.20s %s: status %d, want 404", id, action, got.Status)
			}
		}
	}
}

func TestArchiveWorkload(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewAssessment("Claims").Workload.ID
	b := a.SignedIn()
	edit, archive := "/workloads/"+id+"/edit", "/workloads/"+id+"/archive"

	got := b.Post(archive, url.Values{"version": {"1"}, "do": {"archive"}})
	if got.Status != http.StatusSeeOther || got.Header.Get("Location") != "/" || !a.Workload(id).Archived() {
		t.Fatalf("status %d to %q, stored %+v", got.Status, got.Header.Get("Location"), a.Workload(id))
	}
	if notice := webtest.TextOf(b.Get("/").Page.Find(".notice")); notice != "Claims is archived." {
		t.Errorf("the next page says %q", notice)
	}
	if again := b.Post(archive, url.Values{"version": {"1"}, "do": {"archive"}}); again.Status != http.StatusSeeOther {
		t.Errorf("sent twice: status %d", again.Status)
	}
	page := b.Get(edit)
	if !strings.Contains(webtest.TextOf(page.Page.Find(".notice")), "Archived on 23 Nov 2026") || page.Page.Find("#name").Length() != 0 {
		t.Errorf("the settings of an archived workload: %s", webtest.TextOf(page.Page.Find("main")))
	}
	if refused := b.Post(edit, url.Values{"version": {"2"}, "name": {"Other"}}); refused.Status != http.StatusConflict || a.Workload(id).Name != "Claims" {
		t.Errorf("changing an archived workload: status %d, stored %+v", refused.Status, a.Workload(id))
	}
	if stale := b.Post(archive, url.Values{"version": {"1"}, "do": {"restore"}}); stale.Status != http.StatusConflict || !a.Workload(id).Archived() {
		t.Errorf("a stale version: status %d, stored %+v", stale.Status, a.Workload(id))
	}
	if wrong := b.Post(archive, url.Values{"version": {"2"}, "do": {"burn"}}); wrong.Status != http.StatusUnprocessableEntity {
		t.Errorf("an unknown step: status %d, want 422", wrong.Status)
	}
	if back := b.Post(archive, url.Values{"version": {"2"}, "do": {"restore"}}); back.Status != http.StatusSeeOther || a.Workload(id).Archived() {
		t.Errorf("restore: status %d, stored %+v", back.Status, a.Workload(id))
	}
}
