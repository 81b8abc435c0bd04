package web_test

import (
	"net/http"
	"slices"
	"testing"

	"plumbline/assessment"
)

type gate struct {
	Pass    bool
	Reasons []string
	NewHigh []string `json:"new_high"`
}

// The small assessment has r1 adopted (5 of 8 points of reliability, 62.5) and c1 absent (0 of 6 points of cost).
func TestGate(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	p := a.program(assessment.ScopeRead)
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
		{"no_new_high=latest", []string{"There is no snapshot yet to compare high findings with"}},
	}
	for _, tt := range tests {
		t.Run(tt.query, func(t *testing.T) {
			status := http.StatusOK
			if len(tt.want) > 0 {
				status = http.StatusPreconditionFailed
			}
			var got gate
			p.get("/assessments/" + id + "/gate?" + tt.query).want(status).into(&got)
			if got.Pass != (len(tt.want) == 0) || !slices.Equal(got.Reasons, tt.want) {
				t.Errorf("got %+v, want %q", got, tt.want)
			}
		})
	}
}

func TestGateOnNewFindings(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	p := a.program(assessment.ScopeRead)
	path := "/assessments/" + id + "/gate?no_new_high="
	first := a.snapshot(id, "Release 12")
	var got gate
	p.get(path + first.ID).want(http.StatusOK).into(&got)
	if !got.Pass || len(got.NewHigh) != 0 {
		t.Errorf("an old finding counts: %+v", got)
	}
	a.answer(id, "r2", assessment.Absent)
	p.get(path + "latest").want(http.StatusOK)
	a.answer(id, "r1", assessment.Absent)
	p.get(path + first.ID).want(http.StatusPreconditionFailed).into(&got)
	if want := "A high finding is new since “Release 12”: Spare machines stand by. (r1)"; !slices.Equal(got.Reasons, []string{want}) || !slices.Equal(got.NewHigh, []string{"r1"}) {
		t.Errorf("got %+v", got)
	}
	a.snapshot(id, "Release 13")
	p.get(path + "latest").want(http.StatusOK)
}

func TestGateOnNothing(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	for _, practice := range []string{"r1", "r2"} {
		version := a.state(id).State.Answer(practice).Version
		save := assessment.SaveAnswer{Practice: practice, Version: version, Answer: assessment.Answer{Status: assessment.NotApplicable, Reason: "Hosted"}}
		if _, err := a.store.SaveAnswer(t.Context(), a.actor(), id, save); err != nil {
			t.Fatal(err)
		}
	}
	var got gate
	a.program(assessment.ScopeRead).get("/assessments/" + id + "/gate?pillar=reliability&min=0").want(http.StatusPreconditionFailed).into(&got)
	if !slices.Equal(got.Reasons, []string{"Reliability has no score: nothing of it applies"}) {
		t.Errorf("got %+v", got)
	}
}

func TestGateThatMakesNoSense(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	p := a.program(assessment.ScopeRead)
	theirs := a.snapshot(a.newAssessment("Another").ID, "Theirs")
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
			got := p.get("/assessments/" + id + "/gate" + tt.query).want(tt.status).problem()
			if tt.place != "" && (len(got.Errors) == 0 || got.Errors[0].Location != tt.place) {
				t.Errorf("errors %+v, want one at %s", got.Errors, tt.place)
			}
		})
	}
}
