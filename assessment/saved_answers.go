package assessment

import "maps"

// SavedAnswers holds the answers of an assessment by practice; nil holds none. A value is shared between views and
// never changes: With and without return a copy.
type SavedAnswers map[string]*SavedAnswer

// With returns the answers with this one in place of that to the same practice. Nobody may change it any more.
func (a SavedAnswers) With(saved *SavedAnswer) SavedAnswers {
	copied := make(SavedAnswers, len(a)+1)
	maps.Copy(copied, a)
	copied[saved.Practice] = saved
	return copied
}

// without returns the answers without that to a practice.
func (a SavedAnswers) without(practice string) SavedAnswers {
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
