package assessment_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
)

func TestPlanItems(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawScene(t).current()
		c.State.Plan = map[string]assessment.PlanItem{"gone": {Practice: "gone"}}
		known := 0
		for id := range c.Model.Questionnaire().Practices() {
			if rapid.Bool().Draw(t, "planned") {
				known++
				c.State.Plan[id.ID] = assessment.PlanItem{Practice: id.ID, Due: rapid.SampledFrom([]assessment.Date{"", "2026-11-23", "2027-01-01"}).Draw(t, "due")}
			}
		}
		items := c.PlanItems()
		if len(items) != known {
			t.Errorf("%d items, want %d", len(items), known)
		}
		// A key for each item, such that a later item never has a smaller one.
		key := func(item assessment.PlanItem) []int {
			status, place := c.State.Answer(item.Practice).Status, placeOf(c, item.Practice)
			done, undated, late := 0, 0, 0
			if c.OutOfScope(item.Practice) {
				done = 2
			} else if status == assessment.Adopted || status == assessment.NotApplicable {
				done = 1
			} else if item.Due == "" {
				undated = 1
			}
			if item.Due != "" {
				late = 1 + slices.Index([]assessment.Date{"2026-11-23", "2027-01-01"}, item.Due)
			}
			return []int{done, undated, late, place.Index}
		}
		if !slices.IsSortedFunc(items, func(a, b assessment.PlanItem) int { return slices.Compare(key(a), key(b)) }) {
			t.Errorf("not in order: %v", items)
		}
	})
}

func placeOf(c *assessment.Current, practice string) assessment.Place {
	place, _ := c.Model.Place(practice)
	return place
}
