package assessment

import "time"

// SetTogether is the wish to set every practice of a part not applicable, for one reason.
type SetTogether struct {
	Kind     PartKind // PartPillar, PartPrinciple or PartQuestion
	ID       string
	Reason   string
	Sequence int64 // of the assessment that the person saw; negative for none, which is refused with VersionRequired
}

// Normal returns the wish as it is stored: the reason trimmed.
func (s SetTogether) Normal() SetTogether {
	s.Reason = trimLines(s.Reason)
	return s
}

// Check returns Errors on the field reason.
func (s SetTogether) Check() error {
	return CheckAnswer(Answer{Status: NotApplicable, Reason: s.Reason})
}

// Together are answers that were set not applicable together, as the event of the kind EventTogether says it.
type Together struct {
	Sequence int64            `json:"-"` // of the event, as the next two
	By       string           `json:"-"`
	At       time.Time        `json:"-"`
	Kind     PartKind         `json:"kind"`
	ID       string           `json:"id"`
	Reason   string           `json:"reason"`
	Replaced []ReplacedAnswer `json:"replaced"`
}

// ReplacedAnswer is the answer to a practice before it was set not applicable together with others. What it said is not
// part of what the event says: it can be megabytes, which only those need who put it back.
type ReplacedAnswer struct {
	Practice string    `json:"practice"`
	Version  int       `json:"version"` // that it got by this
	Before   Answer    `json:"-"`
	By       string    `json:"-"` // who had saved it, empty where nobody had
	At       time.Time `json:"-"`
}

// Stands reports whether nobody has changed the answer to a practice since.
func (r ReplacedAnswer) Stands(s *State) bool { return s.Answer(r.Practice).Version == r.Version }

// Standing returns the practices whose answers nobody has changed since.
func (t *Together) Standing(s *State) []string {
	var practices []string
	for _, replaced := range t.Replaced {
		if replaced.Stands(s) {
			practices = append(practices, replaced.Practice)
		}
	}
	return practices
}

// Replace returns the answers to set for a wish, and what they replace: those of the practices in scope that are not
// "not applicable" already, which keep the reason that they have. Notes and evidence stay.
func (c *Current) Replace(wish SetTogether, by string, at time.Time) ([]*SavedAnswer, Together, bool) {
	all, ok := c.Model.PracticesOf(wish.Kind, wish.ID)
	if !ok {
		return nil, Together{}, false
	}
	together := Together{Kind: wish.Kind, ID: wish.ID, Reason: wish.Reason}
	var answers []*SavedAnswer
	for practice := range all {
		if !c.Counted(practice.ID).Applies() {
			continue
		}
		was := c.State.Answer(practice.ID)
		next := &SavedAnswer{Answer: was.Answer, Practice: practice.ID, Version: was.Version + 1, By: by, At: at}
		next.Status, next.Reason = NotApplicable, wish.Reason
		answers = append(answers, next)
		together.Replaced = append(together.Replaced, ReplacedAnswer{practice.ID, next.Version, was.Answer, was.By, was.At})
	}
	return answers, together, true
}

// Restore returns the answers that were replaced, as they were, where nobody has changed them since and the questionnaire
// has the practice still. Answers that nobody had given get the name of the person who undoes it, and the time.
func (t *Together) Restore(s *State, m *Model, by string, at time.Time) []*SavedAnswer {
	var answers []*SavedAnswer
	for _, replaced := range t.Replaced {
		if _, known := m.Place(replaced.Practice); !known || !replaced.Stands(s) {
			continue
		}
		back := &SavedAnswer{Answer: replaced.Before, Practice: replaced.Practice, Version: replaced.Version + 1, By: replaced.By, At: replaced.At}
		if back.By == "" {
			back.By, back.At = by, at
		}
		answers = append(answers, back)
	}
	return answers
}
