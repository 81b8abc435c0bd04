package templates

import "net/url"

// DifferencePath is the page that sets two questionnaires side by side.
const DifferencePath = LibraryURL + "/difference"

// Names of the fields of moving to another questionnaire.
const (
	ParamMove  = "to"
	FieldKeep  = "keep"
	FieldAgain = "again"
)

// DifferenceURL says what differs between two questionnaires, by their hashes.
func DifferenceURL(before, after string) string {
	return DifferencePath + "?" + url.Values{"before": {before}, "after": {after}}.Encode()
}

// AssessmentQuestionnaireURL says which questionnaire an assessment uses, and to which others it can move.
func AssessmentQuestionnaireURL(assessment string) string {
	return AssessmentURL(assessment) + "/questionnaire"
}

// MoveURL says what would become of the answers of an assessment with another questionnaire, by its hash.
func MoveURL(assessment, sha256 string) string {
	return AssessmentQuestionnaireURL(assessment) + "?" + url.Values{ParamMove: {sha256}}.Encode()
}
