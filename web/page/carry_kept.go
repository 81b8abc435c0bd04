package page

import (
	"plumbline/assessment"
	"plumbline/templates"
)

// WordingChanges sets side by side in what two wordings differ.
func WordingChanges(old, now assessment.Wording) ([]templates.ValueChange, []templates.WordingChange) {
	change := NewPartNames().part(assessment.PartChange{Kind: assessment.PartPractice, Class: assessment.ClassChanged, Fields: old.Differences(now)})
	return change.Values, change.Texts
}
