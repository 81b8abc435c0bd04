package page

import (
	"net/http"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/move"
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
	assessment.SortByName(groups, func(group []assessment.LibraryEntry) string { return group[0].Title })
	slices.SortStableFunc(groups, func(a, b []assessment.LibraryEntry) int {
		switch {
		case a[0].Builtin() == b[0].Builtin():
			return 0
		case a[0].Builtin():
			return -1
		default:
			return 1
		}
	})
	return groups
}

// LibraryOf returns the questionnaires that the visitor finds in the library, in the order of their ids, of each the newest
// first.
func (s reader) LibraryOf(r *http.Request) ([]assessment.LibraryEntry, error) {
	all, err := s.store.Library(r.Context())
	all = slices.DeleteFunc(all, func(e assessment.LibraryEntry) bool { return !Finds(r, e) })
	for i := range all {
		all[i] = all[i].SeenBy(ActorOf(r).Teams(access.ActRead).Has)
	}
	return all, err
}

// Finds reports whether the visitor finds a questionnaire in the library.
func Finds(r *http.Request, e assessment.LibraryEntry) bool {
	return e.ShownTo(ActorOf(r).Teams(access.ActRead).Has)
}

// MoveChoices returns the questionnaires that an assessment can move to.
func (s reader) MoveChoices(r *http.Request, c *assessment.Current) (move.Choices, error) {
	library, err := s.LibraryOf(r)
	if err != nil {
		return move.Choices{}, err
	}
	snapshots, err := s.store.Snapshots(r.Context(), c.State.ID)
	if err != nil {
		return move.Choices{}, err
	}
	return move.ChoicesOf(&c.State, library, snapshots), nil
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
