package assessment

// State is an assessment as it is now, with everything that people have said in it.
type State struct {
	Assessment
	Answers   map[string]SavedAnswer
	Decisions map[string]Decision
	Plan      map[string]PlanItem
	Earlier   Earlier
}

// Plain returns the answers without who saved them and when.
func (s *State) Plain() Answers {
	answers := make(Answers, len(s.Answers))
	for id, saved := range s.Answers {
		answers[id] = saved.Answer
	}
	return answers
}
