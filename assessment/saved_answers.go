package assessment

import (
	"iter"
	"maps"
)

// SavedAnswers holds the answers of an assessment by practice; the zero value holds none. A value never changes: With
// and Without return another one that shares all but one of its parts, so that a save copies few answers.
type SavedAnswers struct {
	parts [32]map[string]*SavedAnswer // none is empty without being nil
}

// NewSavedAnswers returns the answers, of which nobody may change anything any more.
func NewSavedAnswers(all []*SavedAnswer) SavedAnswers {
	var a SavedAnswers
	for _, saved := range all {
		part := a.part(saved.Practice)
		if *part == nil {
			*part = map[string]*SavedAnswer{}
		}
		(*part)[saved.Practice] = saved
	}
	return a
}

// part returns where the answer to a practice is, if there is one.
func (a *SavedAnswers) part(practice string) *map[string]*SavedAnswer {
	sum := uint32(0)
	for i := range len(practice) {
		sum = 31*sum + uint32(practice[i])
	}
	return &a.parts[sum%uint32(len(a.parts))]
}

// Of returns the answer to a practice, and false where nobody has touched it.
func (a *SavedAnswers) Of(practice string) (SavedAnswer, bool) {
	if saved := (*a.part(practice))[practice]; saved != nil {
		return *saved, true
	}
	return SavedAnswer{}, false
}

// With returns the answers with this one in place of that to the same practice. Nobody may change it any more.
func (a SavedAnswers) With(saved *SavedAnswer) SavedAnswers {
	part := a.part(saved.Practice)
	copied := make(map[string]*SavedAnswer, len(*part)+1)
	maps.Copy(copied, *part)
	copied[saved.Practice] = saved
	*part = copied
	return a
}

// Without returns the answers without that to a practice.
func (a SavedAnswers) Without(practice string) SavedAnswers {
	part := a.part(practice)
	copied := maps.Clone(*part)
	delete(copied, practice)
	if *part = copied; len(copied) == 0 {
		*part = nil
	}
	return a
}

// All returns the answers by practice, in no order.
func (a *SavedAnswers) All() iter.Seq2[string, *SavedAnswer] {
	return func(yield func(string, *SavedAnswer) bool) {
		for _, part := range a.parts {
			for practice, saved := range part {
				if !yield(practice, saved) {
					return
				}
			}
		}
	}
}

// Len returns how many answers there are.
func (a *SavedAnswers) Len() int {
	n := 0
	for _, part := range a.parts {
		n += len(part)
	}
	return n
}
