package assessment

import "slices"

// MoveChoices are the questionnaires that an assessment can move to.
type MoveChoices struct {
	Newer  []LibraryEntry // of the same questionnaire, the newest first
	Others []LibraryEntry
	Before []LibraryEntry // that it had before, whether they are offered or not
}

// MoveChoices returns where the assessment can move to: what its team is offered of the library, and what its snapshots
// are of.
func (s *State) MoveChoices(library []LibraryEntry, snapshots []SnapshotInfo) MoveChoices {
	var choices MoveChoices
	now := s.Questionnaire
	for _, entry := range library {
		had := slices.ContainsFunc(snapshots, func(i SnapshotInfo) bool { return i.Questionnaire == entry.SHA256 })
		offered := entry.EnabledFor(s.Workload.Team)
		switch {
		case entry.SHA256 == now.SHA256:
		case offered && entry.ID == now.ID && CompareVersions(entry.Version, now.Version) > 0:
			choices.Newer = append(choices.Newer, entry)
		case had:
			choices.Before = append(choices.Before, entry)
		case offered:
			choices.Others = append(choices.Others, entry)
		}
	}
	slices.SortStableFunc(choices.Newer, func(a, b LibraryEntry) int { return CompareVersions(b.Version, a.Version) })
	return choices
}

// Find returns the choice with a hash, and false where the assessment cannot move there.
func (m MoveChoices) Find(sha256 string) (LibraryEntry, bool) {
	for _, entry := range slices.Concat(m.Newer, m.Before, m.Others) {
		if entry.SHA256 == sha256 {
			return entry, true
		}
	}
	return LibraryEntry{}, false
}
