package move

import (
	"slices"

	"plumbline/assessment"
)

// Choices are the questionnaires that an assessment can move to.
type Choices struct {
	Newer  []assessment.LibraryEntry // of the same questionnaire, the newest first
	Others []assessment.LibraryEntry
	Before []assessment.LibraryEntry // that it had before, whether they are offered or not
}

// ChoicesOf returns where an assessment can move to: what its team is offered of the library, and what its snapshots are
// of.
func ChoicesOf(s *assessment.State, library []assessment.LibraryEntry, snapshots []assessment.SnapshotInfo) Choices {
	var choices Choices
	now := s.Questionnaire
	for _, entry := range library {
		had := slices.ContainsFunc(snapshots, func(i assessment.SnapshotInfo) bool { return i.Questionnaire == entry.SHA256 })
		offered := entry.EnabledFor(s.Workload.Team)
		switch {
		case entry.SHA256 == now.SHA256:
		case offered && entry.ID == now.ID && assessment.CompareVersions(entry.Version, now.Version) > 0:
			choices.Newer = append(choices.Newer, entry)
		case had:
			choices.Before = append(choices.Before, entry)
		case offered:
			choices.Others = append(choices.Others, entry)
		}
	}
	slices.SortStableFunc(choices.Newer, func(a, b assessment.LibraryEntry) int { return assessment.CompareVersions(b.Version, a.Version) })
	return choices
}

// Find returns the choice with a hash, and false where the assessment cannot move there.
func (c Choices) Find(sha256 string) (assessment.LibraryEntry, bool) {
	for _, entry := range slices.Concat(c.Newer, c.Before, c.Others) {
		if entry.SHA256 == sha256 {
			return entry, true
		}
	}
	return assessment.LibraryEntry{}, false
}
