package assessment

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
	return "practice " + c.Practice + " was changed in the meantime"
}

// Unwrap returns an Error with code Conflict.
func (c *AnswerConflict) Unwrap() error {
	return &Error{Code: Conflict, Message: c.Error()}
}
