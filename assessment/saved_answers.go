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
