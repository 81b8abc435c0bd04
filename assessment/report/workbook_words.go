package report

import "plumbline/assessment"

// inWords says a condition as people would: "a or b is there, and c is missing". Practices are called by their ids, which
// a workbook prints beside them.
func inWords(e assessment.Expression) string {
	return e.Clause().Words(func(id string) string { return id })
}
