package story_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/story"
)

func TestEventShifts(t *testing.T) {
	model, err := assessment.Compile(&assessment.Questionnaire{
		Pillars: []assessment.Pillar{{ID: "security", Title: "Security"}, {ID: "cost", Title: "Cost"}},
		Facets:  []assessment.Facet{{ID: "trains", Title: "Do you train models?"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	partly := assessment.Answer{Status: assessment.Partial, Note: "Two of three",
		Evidence: []assessment.Link{{URL: "https://example.com/a", Title: "Plan"}, {URL: "https://example.com/b"}}}
	for name, test := range map[string]struct {
		kind          string
		before, after any
		want          []story.ValueShift
	}{
		"a first answer": {assessment.EventAnswer, nil, partly, []story.ValueShift{{"Answer", "Not answered", "Partially"}, {"Note", "", "Two of three"},
			{"Evidence", "", "https://example.com/a (Plan)\nhttps://example.com/b"}}},
		"a cleared answer": {assessment.EventAnswer, assessment.Answer{Status: assessment.NotApplicable, Reason: "No users"}, assessment.Answer{},
			[]story.ValueShift{{"Answer", "Not applicable", "Not answered"}, {"Reason", "No users", ""}}},
		"a removed decision": {assessment.EventDecisionRemoved, assessment.Decision{Choice: assessment.Accept, Rationale: "Cheap", Date: "2026-11-02"}, nil,
			[]story.ValueShift{{"Choice", "Accept", "None"}, {"Rationale", "Cheap", ""}, {"Decided on", "2 Nov 2026", ""}}},
		"another mitigation": {assessment.EventDecision, assessment.Decision{Mitigations: []string{"Ask first."}}, assessment.Decision{Mitigations: []string{"Ask first.", "Delete early."}},
			[]story.ValueShift{{"Mitigations", "Ask first.", "Ask first; Delete early."}}},
		"a plan item": {assessment.EventPlan, assessment.PlanItem{Owner: "Ada"}, assessment.PlanItem{Owner: "Grace", Due: "2026-12-01"},
			[]story.ValueShift{{"Owner", "Ada", "Grace"}, {"Due", "", "1 Dec 2026"}}},
		"priorities": {assessment.EventPriorities, nil, assessment.Priorities{"security": 2.5, "cost": 1}, []story.ValueShift{{"Security", "1", "2.5"}}},
		"scope":      {assessment.EventFacets, assessment.Facets{}, assessment.Facets{"trains": false}, []story.ValueShift{{"Do you train models?", "Not sure", "No"}}},
		"a snapshot": {assessment.EventSnapshot, nil, map[string]string{"title": "Launch"}, nil},
	} {
		got, err := story.EventShifts(model, &assessment.Event{Kind: test.kind, Before: held(t, test.before), After: held(t, test.after)}, "")
		if err != nil || !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
	if _, err := story.EventShifts(model, &assessment.Event{Kind: assessment.EventPlan, After: []byte(`[`)}, ""); err == nil {
		t.Error("what cannot be read is taken for nothing")
	}
}

// TestTogetherShifts: the history of a practice says what became of its answer, any other how many there were.
func TestTogetherShifts(t *testing.T) {
	set := assessment.Together{Reason: "Hosted.", Replaced: []assessment.ReplacedAnswer{{Practice: "p1"},
		{Practice: "p2", Before: assessment.GivenAnswer{Answer: assessment.Answer{Status: assessment.Partial, Note: "Since May"}, By: "Ada"}}}}
	undone := assessment.Together{Replaced: []assessment.ReplacedAnswer{
		{Practice: "p1", Before: assessment.GivenAnswer{Answer: assessment.Answer{Status: assessment.NotApplicable, Reason: "Hosted."}, By: "Ada"}, After: &assessment.Answer{}}}}
	for name, test := range map[string]struct {
		kind, subject string
		after         assessment.Together
		want          []story.ValueShift
	}{
		"of a practice":  {assessment.EventTogether, "p2", set, []story.ValueShift{{"Answer", "Partially", "Not applicable"}, {"Reason", "", "Hosted."}}},
		"of all":         {assessment.EventTogether, "", set, []story.ValueShift{{"Practices", "", "2"}, {"Reason", "", "Hosted."}}},
		"an undone one":  {assessment.EventUndone, "p1", undone, []story.ValueShift{{"Answer", "Not applicable", "Not answered"}, {"Reason", "Hosted.", ""}}},
		"all of it back": {assessment.EventUndone, "", undone, []story.ValueShift{{"Practices", "", "1"}}},
	} {
		got, err := story.EventShifts(nil, &assessment.Event{Kind: test.kind, After: held(t, test.after)}, test.subject)
		if err != nil || !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

func held(t *testing.T, value any) json.RawMessage {
	t.Helper()
	if value == nil {
		return nil
	}
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
