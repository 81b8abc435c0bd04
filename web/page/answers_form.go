package page

import (
	"errors"
	"maps"

	"plumbline/assessment"
)

// ConflictsIn returns every conflict that an error of a save holds, by practice.
func ConflictsIn(err error) map[string]*assessment.AnswerConflict {
	conflicts := map[string]*assessment.AnswerConflict{}
	joined, is := err.(interface{ Unwrap() []error })
	if !is {
		if one, is := errors.AsType[*assessment.AnswerConflict](err); is {
			conflicts[one.Practice] = one
		}
		return conflicts
	}
	for _, one := range joined.Unwrap() {
		maps.Copy(conflicts, ConflictsIn(one))
	}
	return conflicts
}
