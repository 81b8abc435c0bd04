package report

import (
	"plumbline/assessment"
	"plumbline/assessment/story"
)

// change is the story of a comparison with both of its views.
type change struct {
	*story.Change
	before, after *view
}

func newChange(c *assessment.Comparison, before, after Named) *change {
	told := story.Between(c, before.Snapshot, after.Snapshot)
	return &change{Change: told, before: &view{Hash: before.Hash, Snapshot: told.Earlier, bands: before.Questionnaire.Bands},
		after: &view{Hash: after.Hash, Snapshot: told.Later, bands: after.Questionnaire.Bands}}
}

// span says from where to where the comparison goes.
func (c *change) span() string {
	return c.Say("What changed from “"+clean(c.Before.Title)+"” to “"+clean(c.After.Title)+"”.",
		"First workload (before): “"+clean(c.Before.Title)+"” of "+clean(c.Before.Workload.Name)+". Second workload (after): “"+clean(c.After.Title)+"” of "+clean(c.After.Workload.Name)+".")
}

// radarNote says what the lines of the radar mean.
func (c *change) radarNote() string {
	before, after := c.Names()
	return c.Say("Filled: confirmed after. Dashed: confirmed before.", "Filled: "+clean(after)+". Dashed: "+clean(before)+". Both confirmed.")
}
