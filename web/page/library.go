package page

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"plumbline/assessment"
)

// GroupsOf puts the versions of a questionnaire together, in the order in which they come. What came with the program is
// first, the others follow by title.
func GroupsOf(entries []assessment.LibraryEntry) [][]assessment.LibraryEntry {
	var groups [][]assessment.LibraryEntry
	for _, e := range entries {
		if last := len(groups) - 1; last >= 0 && groups[last][0].ID == e.ID {
			groups[last] = append(groups[last], e)
			continue
		}
		groups = append(groups, []assessment.LibraryEntry{e})
	}
	slices.SortStableFunc(groups, func(a, b []assessment.LibraryEntry) int { return compareEntries(a[0], b[0]) })
	return groups
}

// compareEntries puts what came with the program first, and then orders by title.
func compareEntries(a, b assessment.LibraryEntry) int {
	if a.Builtin() != b.Builtin() {
		if a.Builtin() {
			return -1
		}
		return 1
	}
	return cmp.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title))
}

// MoveChoices are the questionnaires that an assessment can move to.
type MoveChoices struct {
	Newer  []assessment.LibraryEntry // of the same questionnaire, the newest first
	Others []assessment.LibraryEntry
	Before []assessment.LibraryEntry // that it had before, whether they are offered or not
}

// Find returns the questionnaire with a hash, false where the assessment cannot move to it.
func (m MoveChoices) Find(sha256 string) (assessment.LibraryEntry, bool) {
	for _, list := range [][]assessment.LibraryEntry{m.Newer, m.Before, m.Others} {
		for _, entry := range list {
			if entry.SHA256 == sha256 {
				return entry, true
			}
		}
	}
	return assessment.LibraryEntry{}, false
}

// MoveChoices returns the questionnaires that an assessment can move to.
func (k *Kit) MoveChoices(r *http.Request, c *assessment.Current) (MoveChoices, error) {
	var choices MoveChoices
	library, err := k.Store.Library(r.Context())
	if err != nil {
		return choices, err
	}
	snapshots, err := k.Store.Snapshots(r.Context(), c.State.ID)
	if err != nil {
		return choices, err
	}
	now := c.State.Questionnaire
	for _, entry := range library {
		had := slices.ContainsFunc(snapshots, func(i assessment.SnapshotInfo) bool { return i.Questionnaire == entry.SHA256 })
		offered := entry.EnabledFor(c.State.Workload.Team)
		switch {
		case entry.SHA256 == now.SHA256:
		case offered && isNewer(entry, now):
			choices.Newer = append(choices.Newer, entry)
		case had:
			choices.Before = append(choices.Before, entry)
		case offered:
			choices.Others = append(choices.Others, entry)
		}
	}
	slices.SortStableFunc(choices.Newer, func(a, b assessment.LibraryEntry) int { return assessment.CompareVersions(b.Version, a.Version) })
	return choices, nil
}

func isNewer(entry assessment.LibraryEntry, than assessment.QuestionnaireRef) bool {
	return entry.ID == than.ID && assessment.CompareVersions(entry.Version, than.Version) > 0
}

// OffersOf returns the earlier answers that are offered, in the order of the questionnaire.
func OffersOf(c *assessment.Current) []assessment.EarlierAnswer {
	var list []assessment.EarlierAnswer
	if len(c.State.Earlier.Answers) == 0 {
		return nil
	}
	for practice := range c.Model.Questionnaire().Practices() {
		if offer, ok := c.State.Offer(practice.ID); ok {
			list = append(list, offer)
		}
	}
	return list
}
