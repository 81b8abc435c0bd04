// Package report renders one snapshot of an assessment, or the change between two, as PDF, CSV, Markdown or JSON, and a
// questionnaire as a workbook to fill in by hand.
//
// It knows the domain, its words and its story: no database, no web. What it writes depends on its arguments alone, so
// that the same snapshot gives the same bytes. Only canvas.go calls the PDF library.
package report
