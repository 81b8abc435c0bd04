package assessment

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// SavedAnswers holds the answers of an assessment by practice; nil holds none. A value is shared between views and
// never changes: With and Without return a copy.
type SavedAnswers map[string]*SavedAnswer

// longestReason is how long a reason may be to be offered for another practice, in bytes.
const longestReason = 160

// reasons returns the reasons for which practices are not applicable, each once, the most frequent first, at most so
// many. Long ones are left out: they are about their own practice.
func (a SavedAnswers) reasons(limit int) []string {
	times := map[string]int{}
	for _, answer := range a {
		if answer.Status == NotApplicable && len(answer.Reason) <= longestReason {
			times[answer.Reason]++
		}
	}
	reasons := slices.SortedFunc(maps.Keys(times), func(a, b string) int {
		return cmp.Or(times[b]-times[a], strings.Compare(a, b))
	})
	return reasons[:min(limit, len(reasons))]
}

// With returns the answers with this one in place of that to the same practice. Nobody may change it any more.
func (a SavedAnswers) With(saved *SavedAnswer) SavedAnswers {
	copied := make(SavedAnswers, len(a)+1)
	maps.Copy(copied, a)
	copied[saved.Practice] = saved
	return copied
}

// Without returns the answers without that to a practice.
func (a SavedAnswers) Without(practice string) SavedAnswers {
	copied := maps.Clone(a)
	delete(copied, practice)
	return copied
}

// SaveAnswer is the wish to change the answer to one practice. Version is the one that the person saw; a negative
// version is none at all, which is refused with VersionRequired.
type SaveAnswer struct {
	Practice string
	Version  int
	Answer   Answer
}

// AnswerConflict says that somebody else changed the practice since the person saw it.
type AnswerConflict struct {
	Practice string
	Saved    SavedAnswer // what is stored
	Yours    Answer      // what was to be saved
}

// Error says which practice is in conflict.
func (c *AnswerConflict) Error() string {
	return "someone else changed practice " + c.Practice
}

// Unwrap returns an Error with code Conflict.
func (c *AnswerConflict) Unwrap() error {
	return &Error{Code: Conflict, Message: c.Error()}
}
