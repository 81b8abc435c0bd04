package foreign

import (
	"bytes"

	"plumbline/assessment"
	"plumbline/content"
)

// Limits of a questionnaire, as its files have them.
const (
	MaxPillars   = content.MaxPillars
	MaxPractices = content.MaxPractices
	MaxItems     = content.MaxItems // links, sources, rules
)

// FirstVersion is the version of a questionnaire whose source has none.
const FirstVersion = "1.0.0"

var semantic = LazyRegexp(`^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$`)

// IsSemantic reports whether version is one of three numbers.
func IsSemantic(version string) bool { return semantic().MatchString(version) }

// Bands returns the bands of the built-in questionnaire.
func Bands() []assessment.Band {
	return []assessment.Band{{ID: "critical", Title: "Critical"}, {ID: "moderate", Title: "Moderate", From: 33},
		{ID: "excellent", Title: "Excellent", From: 67}}
}

// Checked returns q as it reads once it is written to a questionnaire file; the error is what is wrong with that.
func Checked(name string, q *assessment.Questionnaire) (*assessment.Questionnaire, error) {
	var written bytes.Buffer
	if err := content.WriteQuestionnaire(&written, q); err != nil {
		return nil, err
	}
	return content.ReadQuestionnaire(name+" as a questionnaire", &written)
}
