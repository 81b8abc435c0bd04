package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web/webtest"
)

func TestListWorkloads(t *testing.T) {
	a := webtest.NewApp(t)
	team := a.Actor().Memberships[0].Team
	started := a.NewSmallAssessment()
	for _, w := range []assessment.Workload{{Name: "Forecast", Tags: []string{"Nightly"}}, {Name: "Search"}} {
		a.Reviewed(w, 0, assessment.Adopted)
	}
	other := a.OtherTeam("Payments")
	a.Snapshot(started.ID, "Kick-off")
	p := a.Program(access.ScopeRead)
	type list struct {
		Total     int
		Workloads []struct {
			ID, Name    string
			Team        struct{ ID, Name string }
			Tags        []string
			Assessments []struct {
				ID      string
				Summary struct {
					Overall       struct{ Low, High *float64 }
					Pillars       []struct{ ID string }
					Findings      assessment.Counts
					Snapshots     int
					OpenDecisions int `json:"open_decisions"`
				}
			}
		}
	}
	names := func(got webtest.Reply) (names []string) {
		t.Helper()
		var l list
		got.Want(http.StatusOK).Into(&l)
		for _, w := range l.Workloads {
			names = append(names, w.Name)
		}
		return names
	}

	var all list
	p.Get("/workloads").Want(http.StatusOK).Into(&all)
	if all.Total != 4 {
		t.Fatalf("%d workloads, want the 4 that an administrator sees", all.Total)
	}
	claims := all.Workloads[0]
	if claims.Name != "Claims triage" || claims.Team.Name != team.Name || len(claims.Assessments) != 1 || claims.Assessments[0].ID != started.ID {
		t.Errorf("got %+v", claims)
	}
	sum := claims.Assessments[0].Summary
	if sum.Overall.Low == nil || len(sum.Pillars) != 2 || sum.Findings.High != 1 || sum.Snapshots != 1 || sum.OpenDecisions != 1 {
		t.Errorf("summary %+v", sum)
	}
	tests := []struct {
		query string
		want  []string
	}{
		{"?team=" + team.ID, []string{"Claims triage", "Forecast", "Search"}},
		{"?team=" + other.Workload.Team, []string{"Payments"}},
		{"?tag=nightly", []string{"Forecast"}},
		{"?tag=none", nil},
		{"?archived=true", nil},
		{"?limit=2", []string{"Claims triage", "Forecast"}},
		{"?limit=2&offset=3", []string{"Search"}},
		{"?offset=100", nil},
	}
	for _, tt := range tests {
		if got := names(p.Get("/workloads" + tt.query)); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.query, got, tt.want)
		}
	}
	if got := p.Get("/workloads?limit=3&team=" + team.ID).Header.Get("Link"); got != "" {
		t.Errorf("the last page leads to %q", got)
	}
	next := p.Get("/workloads?limit=2&team=" + team.ID).Header.Get("Link")
	next = strings.TrimSuffix(strings.TrimPrefix(next, "<"+webtest.API), `>; rel="next"`)
	if got := names(p.Get(next)); !slices.Equal(got, []string{"Search"}) {
		t.Errorf("the next page, %s, has %q", next, got)
	}

	viewer := a.ProgramOf(a.Member(team.ID, access.Viewer), access.ScopeRead)
	if got := names(viewer.Get("/workloads")); !slices.Equal(got, []string{"Claims triage", "Forecast", "Search"}) {
		t.Errorf("a viewer sees %q", got)
	}
	stranger := a.ProgramOf(a.Member("", ""), access.ScopeRead)
	if got := names(stranger.Get("/workloads")); len(got) != 0 {
		t.Errorf("somebody in no team sees %q", got)
	}
	stranger.Get("/workloads?team=" + team.ID).Want(http.StatusNotFound)
}

// TestWorkloadsSayTheirScope: as the portfolio does.
func TestWorkloadsSayTheirScope(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewAssessment("Claims triage").ID
	m := a.State(id).Model
	p := a.Program(access.ScopeRead)
	scope := func() (practices, inScope int) {
		t.Helper()
		var list struct {
			Workloads []struct {
				Assessments []struct {
					Summary struct {
						Practices int
						InScope   int `json:"in_scope"`
					}
				}
			}
		}
		p.Get("/workloads").Want(http.StatusOK).Into(&list)
		sum := list.Workloads[0].Assessments[0].Summary
		return sum.Practices, sum.InScope
	}
	if practices, inScope := scope(); practices != m.PracticeCount() || inScope != practices {
		t.Errorf("before anything is said: %d of %d", inScope, practices)
	}
	facets := assessment.Facets{}
	for _, facet := range m.Questionnaire().Facets {
		facets[facet.ID] = false
	}
	if _, err := a.Store.SetFacets(t.Context(), a.Actor(), id, 1, facets); err != nil {
		t.Fatal(err)
	}
	out := len(a.State(id).Result.OutOfScope)
	if practices, inScope := scope(); out == 0 || inScope != practices-out {
		t.Errorf("%d of %d, with %d out of scope", inScope, practices, out)
	}
}

func TestGetWorkload(t *testing.T) {
	a := webtest.NewApp(t)
	started := a.NewSmallAssessment()
	p := a.Program(access.ScopeRead)
	var got struct {
		ID          string
		Archived    bool
		Assessments []struct{ ID string }
	}
	p.Get("/workloads/" + started.Workload.ID).Want(http.StatusOK).Into(&got)
	if got.ID != started.Workload.ID || got.Archived || len(got.Assessments) != 1 {
		t.Errorf("got %+v", got)
	}
	if err := a.Store.ArchiveWorkload(t.Context(), a.Actor(), started.Workload.ID, started.Workload.Version, true); err != nil {
		t.Fatal(err)
	}
	p.Get("/workloads/" + started.Workload.ID).Want(http.StatusOK).Into(&got)
	if !got.Archived {
		t.Error("not archived")
	}
}
