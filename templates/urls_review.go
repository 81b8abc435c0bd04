package templates

import "strconv"

// ReviewImportURL brings answers of another assessment into an assessment.
func ReviewImportURL(assessment string) string { return AssessmentURL(assessment) + "/import" }

// ReviewRowsURL matches the rows of another assessment with practices, and writes them.
func ReviewRowsURL(assessment string) string { return ReviewImportURL(assessment) + "/rows" }

// Fields of the forms that bring answers of another assessment.
const (
	FieldReviewFile   = "file"
	FieldReviewOpen   = "open"
	FieldReviewPacked = "review" // the file, packed
	FieldReviewName   = "name"
	FieldReviewFrom   = "from"
	FieldReviewSeen   = "versions"

	DoShowRows  = "show"
	DoWriteRows = "write"
)

// ReviewPracticeField names the list of practices of a row.
func ReviewPracticeField(line int) string { return "practice-" + strconv.Itoa(line) }

// ReviewReplaceField names the box of a row that lets it replace an answer.
func ReviewReplaceField(line int) string { return "replace-" + strconv.Itoa(line) }
