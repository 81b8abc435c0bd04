package assessment

import (
	"slices"
	"time"
)

// Status is the answer to one practice.
type Status string

// The statuses; the empty one is a practice not answered yet.
const (
	Unanswered    Status = ""
	Absent        Status = "absent"
	Partial       Status = "partial"
	Adopted       Status = "adopted"
	NotApplicable Status = "not_applicable"
)

// OutOfScope takes the place of a status where one is shown that does not count: the facets leave the practice out.
// Nobody answers with it.
const OutOfScope Status = "out_of_scope"

// Applies reports whether the status is one of a practice that applies.
func (s Status) Applies() bool { return s != NotApplicable && s != OutOfScope }

// Word returns the status as one word, "unanswered" for the empty one.
func (s Status) Word() string {
	if s == Unanswered {
		return "unanswered"
	}
	return string(s)
}

// parseStatus returns the status that s names, and false where s names none. The empty string is Unanswered.
func parseStatus(s string) (Status, bool) {
	switch status := Status(s); status {
	case Unanswered, Absent, Partial, Adopted, NotApplicable:
		return status, true
	}
	return Unanswered, false
}

// Answer is what a team says about one practice.
type Answer struct {
	Status   Status `json:"status,omitempty"`
	Reason   string `json:"reason,omitempty"` // why it is not applicable; empty for any other status
	Note     string `json:"note,omitempty"`
	Evidence []Link `json:"evidence,omitempty"`
}

// Equal reports whether both say the same.
func (a Answer) Equal(other Answer) bool {
	return a.Status == other.Status && a.Reason == other.Reason && a.Note == other.Note && slices.Equal(a.Evidence, other.Evidence)
}

// Answers holds the answers of an assessment by practice id. A practice without an entry is unanswered.
type Answers map[string]Answer

// Priorities holds the priority of pillars by id, each ≥ 0. A pillar without an entry has priority 1; 0 leaves the
// pillar out of the overall score.
type Priorities map[string]float64

// Of returns the priority of a pillar: 1 unless set.
func (p Priorities) Of(pillar string) float64 {
	if v, ok := p[pillar]; ok {
		return v
	}
	return 1
}

// Equal reports whether both give every pillar the same priority.
func (p Priorities) Equal(other Priorities) bool {
	same := func(a, b Priorities) bool {
		for pillar := range a {
			if a[pillar] != b.Of(pillar) {
				return false
			}
		}
		return true
	}
	return same(p, other) && same(other, p)
}

// SavedAnswer is an answer as it is stored: who saved it last, when, and its version, which grows by one with each
// save. Version 0 is a practice that nobody has touched.
type SavedAnswer struct {
	Answer
	Practice string
	Version  int
	By       string // name of the person
	At       time.Time
}
