package words

import (
	"strings"

	"plumbline/assessment"
)

// Status returns what people call a status: "Not yet", "Partially", "Adopted", "Not applicable", "Out of scope", or "Not
// answered".
func Status(s assessment.Status) string {
	switch s {
	case assessment.Adopted:
		return "Adopted"
	case assessment.Partial:
		return "Partially"
	case assessment.Absent:
		return "Not yet"
	case assessment.NotApplicable:
		return "Not applicable"
	case assessment.OutOfScope:
		return "Out of scope"
	}
	return "Not answered"
}

// StatusShort is Status for a control that has no room for it.
func StatusShort(s assessment.Status) string {
	if s == assessment.NotApplicable {
		return "N/A"
	}
	return Status(s)
}

// Level returns what people call a risk or a severity: "High", "Medium", "Low", "None", "Unknown", or "Not rated" where
// nobody said.
func Level(l assessment.Level) string {
	switch l {
	case assessment.High:
		return "High"
	case assessment.Medium:
		return "Medium"
	case assessment.Low:
		return "Low"
	case assessment.None:
		return "None"
	case "":
		return "Not rated"
	}
	return "Unknown"
}

// Effort returns what people call the work to adopt a practice, with how long it takes: "Large (months)". It is
// "Not rated" where nobody said.
func Effort(e assessment.Effort) string {
	switch e {
	case assessment.EffortS:
		return "Small (days)"
	case assessment.EffortM:
		return "Medium (weeks)"
	case assessment.EffortL:
		return "Large (months)"
	}
	return "Not rated"
}

// Reason returns why a practice is not applicable where the questionnaire says when it is: "No model is trained" for "no
// model is trained (note how you know)".
func Reason(when string) string {
	clause, remark, _ := strings.Cut(when, " (")
	if !strings.HasSuffix(remark, ")") {
		clause = when
	}
	return Capital(clause)
}
