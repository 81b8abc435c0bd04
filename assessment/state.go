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

// Size returns how many bytes the texts take that people have written into an assessment, those of earlier questionnaires
// included. It is about what the state takes in memory and in a snapshot.
func (s *State) Size() int64 {
	n := 0
	for _, saved := range s.Answers {
		n += saved.size()
	}
	for _, d := range s.Decisions {
		n += d.size()
	}
	for _, item := range s.Plan {
		n += item.size()
	}
	for i := range s.Earlier.Answers {
		e := &s.Earlier.Answers[i]
		n += e.Answer.size() + e.Wording.size()
	}
	for i := range s.Earlier.Decisions {
		n += s.Earlier.Decisions[i].Decision.size()
	}
	for i := range s.Earlier.Plan {
		n += s.Earlier.Plan[i].Item.size()
	}
	return int64(n)
}

func (a *Answer) size() int {
	n := len(a.Reason) + len(a.Note)
	for i := range a.Evidence {
		n += len(a.Evidence[i].Title) + len(a.Evidence[i].URL)
	}
	return n
}

func (d *Decision) size() int {
	n := len(d.Rationale) + len(d.Owner)
	for _, text := range d.Mitigations {
		n += len(text)
	}
	return n
}

func (i *PlanItem) size() int { return len(i.Owner) + len(i.URL) }

func (w *Wording) size() int {
	return len(w.Title) + len(w.Help) + len(w.Advice) + len(w.NotApplicableWhen)
}
