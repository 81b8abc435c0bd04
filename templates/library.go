package templates

// NewAssessmentView is the form of one more assessment of a workload.
type NewAssessmentView struct {
	WorkloadFormView
	There []Link // the assessments that there are
}
