package api_test

import (
	"net/http"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web/webtest"
)

func TestSnapshotsByProgram(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	p := a.Program(access.ScopeWrite)
	path := "/assessments/" + id + "/snapshots"
	var taken, again, later struct {
		ID, Title, Note, SHA256 string
		Sequence                int
	}
	body := map[string]any{"title": " Release 12 ", "note": "By the pipeline"}
	first := p.Ask(http.MethodPost, path, body).Want(http.StatusCreated)
	first.Into(&taken)
	if taken.Title != "Release 12" || taken.Sequence != 1 || first.Header.Get("Location") != webtest.API+"/snapshots/"+taken.ID {
		t.Errorf("taken %+v at %s", taken, first.Header.Get("Location"))
	}
	p.Ask(http.MethodPost, path, body).Want(http.StatusOK).Into(&again)
	if again.ID != taken.ID {
		t.Error("the same again is another one")
	}
	p.Ask(http.MethodPost, path, map[string]any{"title": "Release 13"}).Want(http.StatusCreated)
	a.Answer(id, "r2", assessment.Adopted)
	p.Ask(http.MethodPost, path, map[string]any{"title": "Release 13"}).Want(http.StatusCreated).Into(&later)
	var list struct{ Snapshots []struct{ ID string } }
	p.Get(path).Want(http.StatusOK).Into(&list)
	if len(list.Snapshots) != 3 || list.Snapshots[0].ID != later.ID || list.Snapshots[2].ID != taken.ID {
		t.Errorf("listed %+v", list.Snapshots)
	}

	document := p.Get("/snapshots/" + taken.ID).Want(http.StatusOK)
	if got := assessment.Hash(document.Body); got != taken.SHA256 || document.Header.Get("ETag") != `"`+got+`"` {
		t.Errorf("the document has the hash %s, its tag is %s, want %s", got, document.Header.Get("ETag"), taken.SHA256)
	}
	p.Ask(http.MethodGet, "/snapshots/"+taken.ID, nil, "If-None-Match", document.Header.Get("ETag")).Want(http.StatusNotModified)
}

func TestCompareByProgram(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	p := a.Program(access.ScopeRead)
	before := a.Snapshot(id, "Before")
	a.Answer(id, "r2", assessment.Adopted)
	after := a.Snapshot(id, "After")
	read := func(id string) *assessment.Snapshot {
		_, document, err := a.Store.Snapshot(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		snapshot, err := assessment.ReadSnapshot(document)
		if err != nil {
			t.Fatal(err)
		}
		return snapshot
	}
	want, err := assessment.Compare(read(before.ID), read(after.ID))
	if err != nil {
		t.Fatal(err)
	}
	path := "/assessments/" + id + "/compare"
	sameJSON(t, p.Get(path+"?before="+before.ID+"&after="+after.ID).Want(http.StatusOK).Body, want)
	sameJSON(t, p.Get(path+"?before="+before.ID).Want(http.StatusOK).Body, want)
	p.Get(path).Want(http.StatusUnprocessableEntity)
	p.Get(path + "?before=nothing").Want(http.StatusNotFound)
	elsewhere := a.OtherTeam("Payments")
	p.Get(path + "?before=" + a.Snapshot(elsewhere.ID, "Theirs").ID).Want(http.StatusNotFound)
}
