package page

import (
	"cmp"
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
