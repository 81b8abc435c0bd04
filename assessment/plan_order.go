package assessment

import (
	"cmp"
	"slices"
)

// Done reports whether nothing is left to do about a practice, as far as its answer says.
func (s *State) Done(practice string) bool {
	status := s.Answer(practice).Status
	return status == Adopted || status == NotApplicable
}

// PlanItems returns the items of the plan whose practice is in the questionnaire: by due date, those without one after
// them, then the done ones, and those out of scope last; equal ones in the order of the questionnaire.
func (c *Current) PlanItems() []PlanItem {
	var items []PlanItem
	position := map[string]int{}
	for practice, item := range c.State.Plan {
		if place, ok := c.Model.Place(practice); ok {
			items = append(items, item)
			position[practice] = place.Index
		}
	}
	slices.SortFunc(items, func(a, b PlanItem) int {
		return cmp.Or(
			cmp.Compare(c.planGroup(a), c.planGroup(b)),
			cmp.Compare(a.Due, b.Due),
			cmp.Compare(position[a.Practice], position[b.Practice]),
		)
	})
	return items
}

// planGroup orders items with a date before those without, then done ones, then those out of scope.
func (c *Current) planGroup(item PlanItem) int {
	switch {
	case c.OutOfScope(item.Practice):
		return 3
	case c.State.Done(item.Practice):
		return 2
	case item.Due == "":
		return 1
	default:
		return 0
	}
}
