package api_test

import (
	"net/http"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web/webtest"
)

func TestReportsByProgram(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	p := a.Program(access.ScopeWrite)
	before, after := a.Snapshot(id, "Before"), a.Snapshot(id, "After")
	var made, again, change struct{ ID, Kind, Media, SHA256, Before string }
	first := p.Ask(http.MethodPost, "/snapshots/"+after.ID+"/report", nil).Want(http.StatusCreated)
	first.Into(&made)
	if made.Kind != "snapshot" || made.Media != "application/pdf" || first.Header.Get("Location") != webtest.API+"/reports/"+made.ID {
		t.Errorf("made %+v at %s", made, first.Header.Get("Location"))
	}
	p.Ask(http.MethodPost, "/snapshots/"+after.ID+"/report", nil).Want(http.StatusOK).Into(&again)
	if again.ID != made.ID {
		t.Error("the same again is another one")
	}
	p.Ask(http.MethodPost, "/snapshots/"+after.ID+"/report?before="+before.ID, nil).Want(http.StatusCreated).Into(&change)
	if change.Kind != "comparison" || change.Before != before.ID {
		t.Errorf("the report of the change is %+v", change)
	}
	p.Ask(http.MethodPost, "/snapshots/"+after.ID+"/report?before=nothing", nil).Want(http.StatusNotFound)
	document := p.Get("/reports/" + made.ID).Want(http.StatusOK)
	if !strings.HasPrefix(string(document.Body), "%PDF-") || assessment.Hash(document.Body) != made.SHA256 {
		t.Errorf("the document begins with %.10q", document.Body)
	}
	var list struct{ Reports []struct{ ID string } }
	p.Get("/assessments/" + id + "/reports").Want(http.StatusOK).Into(&list)
	if len(list.Reports) != 2 {
		t.Errorf("listed %+v", list.Reports)
	}
}
