package templates

import "net/url"

// The addresses of the library.
const (
	LibraryURL = "/library"
	ImportURL  = "/library/import"
)

// DraftURL is the preview of an import.
func DraftURL(draft string) string { return ImportURL + "/" + url.PathEscape(draft) }

// DropDraftURL drops an import.
func DropDraftURL(draft string) string { return DraftURL(draft) + "/drop" }

// QuestionnaireURL is the page of a questionnaire, by its hash.
func QuestionnaireURL(sha256 string) string { return LibraryURL + "/" + url.PathEscape(sha256) }

// OfferURL says which teams are offered a questionnaire.
func OfferURL(sha256 string) string { return QuestionnaireURL(sha256) + "/offer" }

// DeleteQuestionnaireURL removes a questionnaire.
func DeleteQuestionnaireURL(sha256 string) string { return QuestionnaireURL(sha256) + "/delete" }

// QuestionnaireFileURL is a questionnaire as a file: questionnaire.yaml, lens.json or workbook.pdf.
func QuestionnaireFileURL(sha256, file string) string {
	return QuestionnaireURL(sha256) + "/" + file
}

// NewAssessmentURL starts one more assessment of a workload.
func NewAssessmentURL(workload string) string {
	return "/workloads/" + url.PathEscape(workload) + "/assessments"
}
