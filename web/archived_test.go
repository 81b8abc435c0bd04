package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/web/webtest"
)

func TestArchivedWorkloadIsNotChanged(t *testing.T) {
	a := webtest.NewApp(t)
	started := a.NewAssessment("Claims triage")
	if err := a.Store.ArchiveWorkload(t.Context(), a.Actor(), started.Workload.ID, started.Workload.Version, true); err != nil {
		t.Fatal(err)
	}
	b := a.SignedIn()
	page := b.Get("/assessments/" + started.ID + "/principles/rel-01")
	if page.Status != http.StatusOK || !strings.Contains(page.Body, "This workload is archived.") {
		t.Errorf("status %d; the page does not say that the workload is archived", page.Status)
	}
	if page.Page.Find("main fieldset.practice:not([disabled])").Length() != 0 {
		t.Error("the page takes answers")
	}
	form := url.Values{"status.rel-01.p1": {"adopted"}, "version.rel-01.p1": {"0"}}
	if got := b.Live("/assessments/"+started.ID+"/answers/rel-01.p1", form); got.Status != http.StatusConflict {
		t.Errorf("a save: status %d, want 409", got.Status)
	}
	current, err := a.Store.Current(t.Context(), started.ID)
	if err != nil || current.State.Answer("rel-01.p1").Status != assessment.Unanswered {
		t.Errorf("stored %+v, %v", current.State.Answer("rel-01.p1"), err)
	}
}
