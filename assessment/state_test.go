package assessment

import "testing"

func TestSizeOfAState(t *testing.T) {
	answer := Answer{Status: Partial, Reason: "12", Note: "123", Evidence: []Link{{Title: "1", URL: "1234"}}} // 10 bytes
	decision := Decision{Rationale: "12345", Owner: "1", Mitigations: []string{"1", "123"}}                   // 10 bytes
	item := PlanItem{Owner: "123", URL: "1234567"}                                                            // 10 bytes
	s := State{
		Answers:   SavedAnswers{"p1": {Answer: answer}, "p2": {Answer: Answer{Note: "é"}}},
		Decisions: map[string]Decision{"t1": decision},
		Plan:      map[string]PlanItem{"p1": item},
		Earlier: Earlier{Answers: []EarlierAnswer{{Answer: answer, Wording: Wording{Title: "1", Help: "12", Advice: "123", NotApplicableWhen: "1234"}}},
			Decisions: []EarlierDecision{{Decision: decision}}, Plan: []EarlierPlanItem{{Item: item}}},
	}
	if got := s.Size(); got != 72 {
		t.Errorf("%d bytes, want 72", got)
	}
	if got := new(State).Size(); got != 0 {
		t.Errorf("an empty one has %d bytes", got)
	}
}
