package assessment

// State is an assessment as it is now, with everything that people have said in it.
type State struct {
	Assessment
	Answers   SavedAnswers
	Decisions map[string]Decision
	Plan      map[string]PlanItem
	Earlier   Earlier
}

// Answer returns the answer to a practice, the zero one where nobody has touched it.
func (s *State) Answer(practice string) SavedAnswer {
	if saved := s.Answers[practice]; saved != nil {
		return *saved
	}
	return SavedAnswer{}
}

// Plain returns the answers without who saved them and when.
func (s *State) Plain() Answers {
	answers := make(Answers, len(s.Answers))
	for id, saved := range s.Answers {
		answers[id] = saved.Answer
	}
	return answers
}
