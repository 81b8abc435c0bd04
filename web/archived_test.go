package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/assessment"
)

func TestArchivedWorkloadIsNotChanged(t *testing.T) {
	a := newApp(t)
	started := a.newAssessment("Claims triage")
	if err := a.store.ArchiveWorkload(t.Context(), a.actor(), started.Workload.ID, started.Workload.Version, true); err != nil {
		t.Fatal(err)
	}
	b := a.signedIn()
	page := b.get("/assessments/" + started.ID + "/principles/rel-01")
	if page.status != http.StatusOK || !strings.Contains(page.body, "This workload is archived.") {
		t.Errorf("status %d; the page does not say that the workload is archived", page.status)
	}
	if page.page.Find("main fieldset.practice:not([disabled])").Length() != 0 {
		t.Error("the page takes answers")
	}
	form := url.Values{"status.rel-01.p1": {"adopted"}, "version.rel-01.p1": {"0"}}
	if got := b.live("/assessments/"+started.ID+"/answers/rel-01.p1", form); got.status != http.StatusConflict {
		t.Errorf("a save: status %d, want 409", got.status)
	}
	current, err := a.store.Current(t.Context(), started.ID)
	if err != nil || current.State.Answer("rel-01.p1").Status != assessment.Unanswered {
		t.Errorf("stored %+v, %v", current.State.Answer("rel-01.p1"), err)
	}
}
