package assessment

import (
	"slices"
	"time"
)

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

// Together are answers that were changed together: set not applicable for one reason, as an event of the kind
// EventTogether says it, or put back as they were, as one of the kind EventUndone does.
type Together struct {
	Sequence int64            `json:"-"` // of the event, as the next two
	By       string           `json:"-"`
	At       time.Time        `json:"-"`
	Kind     PartKind         `json:"kind"`
	ID       string           `json:"id"`
	Reason   string           `json:"reason,omitempty"` // of EventTogether
	Replaced []ReplacedAnswer `json:"replaced"`
}

// ReplacedAnswer is what the answer to a practice was before it was changed together with others, and what it became.
type ReplacedAnswer struct {
	Practice string      `json:"practice"`
	Version  int         `json:"version"`         // that it got by this
	Before   GivenAnswer `json:"before"`          // by nobody where nobody had given one
	After    *Answer     `json:"after,omitempty"` // nil in EventTogether: Before, but not applicable for the reason of all
}

// GivenAnswer is an answer with the name of who gave it and when, as an event holds what it replaced.
type GivenAnswer struct {
	Answer
	By string    `json:"by,omitempty"`
	At time.Time `json:"at,omitzero"`
}

// Given returns the answer without its practice and version.
func (a SavedAnswer) Given() GivenAnswer { return GivenAnswer{a.Answer, a.By, a.At} }

// stands reports whether nobody has changed the answer to a practice since.
func (r *ReplacedAnswer) stands(s *State) bool { return s.Answer(r.Practice).Version == r.Version }

// Standing returns the practices whose answers nobody has changed since.
func (t *Together) Standing(s *State) []string {
	var practices []string
	for i := range t.Replaced {
		if t.Replaced[i].stands(s) {
			practices = append(practices, t.Replaced[i].Practice)
		}
	}
	return practices
}

// Of returns what a practice was answered before and after, false where it is none of those that were changed.
func (t *Together) Of(practice string) (before, after Answer, ok bool) {
	i := slices.IndexFunc(t.Replaced, func(r ReplacedAnswer) bool { return r.Practice == practice })
	if i < 0 {
		return before, after, false
	}
	return t.Replaced[i].Before.Answer, t.after(&t.Replaced[i]), true
}

func (t *Together) after(r *ReplacedAnswer) Answer {
	if r.After != nil {
		return *r.After
	}
	return notApplicable(r.Before.Answer, t.Reason)
}

// notApplicable returns an answer as not applicable; its note and evidence stay.
func notApplicable(a Answer, reason string) Answer {
	a.Status, a.Reason = NotApplicable, reason
	return a
}

// maxBriefReason is how much of a reason an event says, in characters.
const maxBriefReason = 200

// Brief returns the change with no more of the answers than a history says: their status, and how their reasons begin. All of
// them together can be megabytes, which only those need who put them back.
func (t Together) Brief() Together {
	t.Replaced = slices.Clone(t.Replaced)
	for i := range t.Replaced {
		r := &t.Replaced[i]
		r.Before.Answer = r.Before.Answer.brief()
		if r.After != nil {
			after := r.After.brief()
			r.After = &after
		}
	}
	return t
}

func (a Answer) brief() Answer {
	reason := []rune(a.Reason)
	return Answer{Status: a.Status, Reason: string(reason[:min(len(reason), maxBriefReason)])}
}

// Replace returns the answers to set for a wish, and what they replace: those of the practices in scope that are not
// "not applicable" already, which keep the reason that they have.
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
		next := &SavedAnswer{Answer: notApplicable(was.Answer, wish.Reason), Practice: practice.ID, Version: was.Version + 1, By: by, At: at}
		answers = append(answers, next)
		together.Replaced = append(together.Replaced, ReplacedAnswer{Practice: practice.ID, Version: next.Version, Before: was.Given()})
	}
	return answers, together, true
}

// Undone returns the answers that were replaced, as they were, where nobody has changed them since and the questionnaire
// has the practice still, and what they replace in turn. Answers that nobody had given get the name of the person who
// undoes it, and the time.
func (t *Together) Undone(c *Current, by string, at time.Time) ([]*SavedAnswer, Together) {
	return t.changed(c, func(r *ReplacedAnswer) (GivenAnswer, bool) {
		back := r.Before
		if back.By == "" {
			back.By, back.At = by, at
		}
		return back, r.stands(&c.State)
	})
}

// Again returns the answers to set what was set, whatever came after it, and what they replace.
func (t *Together) Again(c *Current, by string, at time.Time) ([]*SavedAnswer, Together) {
	return t.changed(c, func(r *ReplacedAnswer) (GivenAnswer, bool) {
		after := t.after(r)
		return GivenAnswer{after, by, at}, !c.State.Answer(r.Practice).Answer.Equal(after)
	})
}

// changed gives practices that the questionnaire has other answers, where there is one for them.
func (t *Together) changed(c *Current, other func(*ReplacedAnswer) (GivenAnswer, bool)) ([]*SavedAnswer, Together) {
	change := Together{Kind: t.Kind, ID: t.ID}
	var answers []*SavedAnswer
	for i := range t.Replaced {
		practice := t.Replaced[i].Practice
		next, ok := other(&t.Replaced[i])
		if _, known := c.Model.Place(practice); !known || !ok {
			continue
		}
		was := c.State.Answer(practice)
		answers = append(answers, &SavedAnswer{Answer: next.Answer, Practice: practice, Version: was.Version + 1, By: next.By, At: next.At})
		change.Replaced = append(change.Replaced, ReplacedAnswer{practice, was.Version + 1, was.Given(), &next.Answer})
	}
	return answers, change
}

// Undoing says how much of a change was taken back.
type Undoing struct {
	Restored int // things that are as they were
	Left     int // answers that were changed since, and stay
}
