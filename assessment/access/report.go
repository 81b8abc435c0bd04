package access

import (
	"slices"

	"plumbline/assessment"
)

// Reads reports whether the actor may read a report: whatever is about two workloads, where they may read both.
func (a Actor) Reads(r assessment.ReportInfo) bool {
	return a.May(ActRead, r.Team) && (!r.Apart() || a.May(ActRead, r.BeforeTeam))
}

// Readable returns the reports of a list that the actor may read.
func Readable(a Actor, list []assessment.ReportInfo) []assessment.ReportInfo {
	return slices.DeleteFunc(list, func(r assessment.ReportInfo) bool { return !a.Reads(r) })
}
