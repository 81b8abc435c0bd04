package story_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/content"
)

// reviewed is a snapshot of the built-in questionnaire in which every practice has a status.
func reviewed(t *testing.T, workload string, f assessment.Facets, status func(i int) assessment.Status) *assessment.Snapshot {
	t.Helper()
	q, err := content.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	m, err := assessment.Compile(q)
	if err != nil {
		t.Fatal(err)
	}
	state := assessment.State{Assessment: assessment.Assessment{ID: workload, Workload: assessment.Workload{ID: workload, Name: workload}, Facets: f}, Answers: assessment.SavedAnswers{}}
	i := 0
	for practice := range q.Practices() {
		answer := assessment.Answer{Status: status(i)}
		if answer.Status == assessment.NotApplicable {
			answer.Reason = "None."
		}
		state.Answers[practice.ID] = &assessment.SavedAnswer{Answer: answer, Practice: practice.ID, Version: 1}
		i++
	}
	state.Plan = map[string]assessment.PlanItem{"perf-04.p4": {Practice: "perf-04.p4", Due: "2026-01-01"}, "sec-01.p1": {Practice: "sec-01.p1"}}
	document, err := assessment.NewSnapshot(&state, m, "Review", "", "Ines", time.Unix(0, 0), "", 1).Canonical()
	if err != nil {
		t.Fatal(err)
	}
	read, err := assessment.ReadSnapshot(document)
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func mixed(i int) assessment.Status {
	return []assessment.Status{assessment.Adopted, assessment.Partial, assessment.Absent, assessment.Unanswered}[i%4]
}

func between(t *testing.T, before, after *assessment.Snapshot) *story.Change {
	t.Helper()
	c, err := assessment.Compare(before, after)
	if err != nil {
		t.Fatal(err)
	}
	return story.Between(c, before, after)
}

// TestScopeShiftsAddUp holds that the reasons why other practices apply are the whole part of the applicability.
func TestScopeShiftsAddUp(t *testing.T) {
	byHand := func(i int) assessment.Status {
		if i == 0 {
			return assessment.NotApplicable
		}
		return mixed(i)
	}
	before := reviewed(t, "Claims", assessment.Facets{"trains": true, "gpus": true, "generates": true}, mixed)
	after := reviewed(t, "Claims", assessment.Facets{"trains": false, "gpus": false, "search_index": true}, byHand)
	c := between(t, before, after)
	sum, practices := 0.0, 0
	said := map[string]string{}
	for _, one := range c.ScopeShifts() {
		sum += one.Part
		practices += one.Practices
		said[one.Title] = one.Before + " " + one.After
	}
	if math.Abs(sum-c.Scope.Applicability) > 1e-9 || practices != len(c.Applicability) {
		t.Errorf("%d practices with %v, want %d with %v", practices, sum, len(c.Applicability), c.Scope.Applicability)
	}
	for title, want := range map[string]string{
		"Do you train or fine-tune models?":                          "Yes No",
		"Does a model generate text, code, images, speech or video?": "Yes Not sure",
		"Does the workload search an index for grounding data?":      "Not sure Yes",
		"Answered as “Not applicable” on one side":                   " ",
		"Does the workload pay for GPU machines?":                    "Yes No",
	} {
		if got, listed := said[title]; !listed || got != want {
			t.Errorf("%s: %q, want %q", title, got, want)
		}
	}
	list := c.Lists[slices.IndexFunc(c.Lists, func(l story.List) bool { return l.ID == "scope" })]
	sum = 0
	for _, row := range list.Rows {
		sum += row.Part
		if row.After == assessment.OutOfScope && !strings.HasPrefix(strings.Join(row.Notes, ""), "Out of scope: D") {
			t.Errorf("%s is out of scope because %q", row.ID, row.Notes)
		}
	}
	if math.Abs(sum-c.Scope.Applicability) > 1e-9 {
		t.Errorf("the list adds up to %v, want %v", sum, c.Scope.Applicability)
	}
	if same := between(t, after, after); same.ScopeShifts() != nil || same.Verdict() != "Both sides are the same." {
		t.Errorf("of one snapshot: %v, %q", same.ScopeShifts(), same.Verdict())
	}
}

// TestFacetsAloneAreADifference: what is said about the workload may differ where no practice depends on it.
func TestFacetsAloneAreADifference(t *testing.T) {
	before, after := reviewed(t, "Claims", nil, mixed), reviewed(t, "Claims", assessment.Facets{"gpus": true}, mixed)
	if c := between(t, before, after); c.Verdict() == "Both sides are the same." || len(c.ScopeShifts()) != 1 {
		t.Errorf("%q, %v", c.Verdict(), c.ScopeShifts())
	}
}

func TestScopeOfTwoWorkloads(t *testing.T) {
	before := reviewed(t, "Claims", assessment.Facets{"trains": false, "online_training": false, "voice_or_video": false}, mixed)
	after := reviewed(t, "Fraud", assessment.Facets{"generates": false, "hosted_model": false, "voice_or_video": false}, mixed)
	c := between(t, before, after)
	want := "Claims: 138 of 147 practices in scope. Fraud: 142 of 147 practices in scope. 1 practice is out of scope on both sides."
	if got := c.ScopeNote(); !c.Tailored() || got != want {
		t.Errorf("%q, want %q", got, want)
	}
	list := c.Lists[slices.IndexFunc(c.Lists, func(l story.List) bool { return l.ID == "scope" })]
	notes := map[string]string{}
	for _, row := range list.Rows {
		notes[row.ID] = strings.Join(row.Notes, "; ")
	}
	for id, want := range map[string]string{
		"rel-04.p3": "Out of scope in Claims: Do you train or fine-tune models? No",
		"ops-04.p6": "Out of scope in Fraud: Do you call a hosted model that is billed by token or provisioned unit? No",
	} {
		if notes[id] != want {
			t.Errorf("%s: %q, want %q", id, notes[id], want)
		}
	}
}

// TestPlanOutOfScope holds that a planned practice out of scope stays, last and apart, and counts in nothing.
func TestPlanOutOfScope(t *testing.T) {
	v := story.Of(reviewed(t, "Claims", assessment.Facets{"trains": false}, func(int) assessment.Status { return assessment.Absent }))
	if got := v.PlannedText(); got != "2 practices, 1 out of scope" {
		t.Errorf("%q", got)
	}
	last := v.Planned[1]
	if last.Plan.Practice != "perf-04.p4" || last.Status != assessment.OutOfScope || last.Open() || last.GainText() != "" {
		t.Errorf("the last one is %+v", last)
	}
	if got := v.OutBecause(last); got != "Do you train or fine-tune models? No" {
		t.Errorf("because %q", got)
	}
	if got := v.OutBecause(v.Planned[0]); got != "" {
		t.Errorf("a practice in scope is out because %q", got)
	}
}
