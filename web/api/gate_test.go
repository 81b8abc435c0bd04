package api_test

import (
	"net/http"
	"slices"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web/webtest"
)

type gate struct {
	Pass    bool
	Reasons []string
	NewHigh []string `json:"new_high"`
}

// The small assessment has r1 adopted (5 of 8 points of reliability, 62.5) and c1 absent (0 of 6 points of cost).
func TestGate(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	p := a.Program(access.ScopeRead)
	tests := []struct {
		query string
		want  []string
	}{
		{"pillar=reliability&min=62.5", []string{}},
		{"pillar=reliability&min=62.6", []string{"Reliability is at 62.5, below 62.6"}},
		{"pillar=reliability&pillar=cost&min=60", []string{"Cost is at 0, below 60"}},
		{"overall=31.25", []string{}},
		{"overall=50", []string{"The overall score is at 31.25, below 50"}},
		{"overall=50&pillar=cost&min=1", []string{"The overall score is at 31.25, below 50", "Cost is at 0, below 1"}},
		{"overall=0", []string{}},
		{"no_new_high=latest", []string{"No snapshot to compare high-severity findings with"}},
	}
	for _, tt := range tests {
		t.Run(tt.query, func(t *testing.T) {
			status := http.StatusOK
			if len(tt.want) > 0 {
				status = http.StatusPreconditionFailed
			}
			var got gate
			p.Get("/assessments/" + id + "/gate?" + tt.query).Want(status).Into(&got)
			if got.Pass != (len(tt.want) == 0) || !slices.Equal(got.Reasons, tt.want) {
				t.Errorf("got %+v, want %q", got, tt.want)
			}
		})
	}
}

func TestGateOnNewFindings(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	p := a.Program(access.ScopeRead)
	path := "/assessments/" + id + "/gate?no_new_high="
	first := a.Snapshot(id, "Release 12")
	var got gate
	p.Get(path + first.ID).Want(http.StatusOK).Into(&got)
	if !got.Pass || len(got.NewHigh) != 0 {
		t.Errorf("an old finding counts: %+v", got)
	}
	a.Answer(id, "r2", assessment.Absent)
	p.Get(path + "latest").Want(http.StatusOK)
	a.Answer(id, "r1", assessment.Absent)
	p.Get(path + first.ID).Want(http.StatusPreconditionFailed).Into(&got)
	if want := "New high-severity finding since “Release 12”: Spare machines stand by. (r1)"; !slices.Equal(got.Reasons, []string{want}) || !slices.Equal(got.NewHigh, []string{"r1"}) {
		t.Errorf("got %+v", got)
	}
	a.Snapshot(id, "Release 13")
	p.Get(path + "latest").Want(http.StatusOK)
}

func TestGateOnNothing(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	for _, practice := range []string{"r1", "r2"} {
		version := a.State(id).State.Answer(practice).Version
		save := assessment.SaveAnswer{Practice: practice, Version: version, Answer: assessment.Answer{Status: assessment.NotApplicable, Reason: "Hosted"}}
		if _, err := a.Store.SaveAnswer(t.Context(), a.Actor(), id, save); err != nil {
			t.Fatal(err)
		}
	}
	var got gate
	a.Program(access.ScopeRead).Get("/assessments/" + id + "/gate?pillar=reliability&min=0").Want(http.StatusPreconditionFailed).Into(&got)
	if !slices.Equal(got.Reasons, []string{"Reliability has no score: no practice counts toward it"}) {
		t.Errorf("got %+v", got)
	}
}

func TestGateThatMakesNoSense(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	p := a.Program(access.ScopeRead)
	theirs := a.Snapshot(a.NewAssessment("Another").ID, "Theirs")
	tests := []struct {
		query, place string
		status       int
	}{
		{"", "", http.StatusUnprocessableEntity},
		{"?pillar=cost", "query.min", http.StatusUnprocessableEntity},
		{"?min=50", "query.pillar", http.StatusUnprocessableEntity},
		{"?pillar=safety&min=50", "query.pillar", http.StatusUnprocessableEntity},
		{"?pillar=cost&min=", "query.min", http.StatusUnprocessableEntity},
		{"?pillar=cost&min=50&overall=", "query.overall", http.StatusUnprocessableEntity},
		{"?overall=50&no_new_high=", "query.no_new_high", http.StatusUnprocessableEntity},
		{"?overall=0&overall=90", "query.overall", http.StatusUnprocessableEntity},
		{"?overall=NaN", "query.overall", http.StatusUnprocessableEntity},
		{"?overall=-Inf", "query.overall", http.StatusUnprocessableEntity},
		{"?overall=101", "query.overall", http.StatusUnprocessableEntity},
		{"?overall=-1", "query.overall", http.StatusUnprocessableEntity},
		{"?overall=half", "query.overall", http.StatusUnprocessableEntity},
		{"?overal=50", "query.overal", http.StatusUnprocessableEntity},
		{"?no_new_high=nothing", "", http.StatusNotFound},
		{"?no_new_high=" + theirs.ID, "", http.StatusNotFound},
	}
	for _, tt := range tests {
		t.Run(tt.query, func(t *testing.T) {
			got := p.Get("/assessments/" + id + "/gate" + tt.query).Want(tt.status).Problem()
			if tt.place != "" && (len(got.Errors) == 0 || got.Errors[0].Location != tt.place) {
				t.Errorf("errors %+v, want one at %s", got.Errors, tt.place)
			}
		})
	}
}
