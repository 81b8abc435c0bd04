package report

import "plumbline/assessment"

// inWords says a condition as people would: "a or b is there, and c is missing". Practices and facets are called by their
// ids, which a workbook prints beside them.
func inWords(e assessment.Expression) string {
	byID := func(id string) string { return id }
	return e.Clause().Words(byID, byID)
}
