package workloads

import "plumbline/templates"

// PrioritiesView is the page of an assessment's priorities.
type PrioritiesView struct {
	templates.Page
	Action  string
	Back    string
	Version string
	Form    templates.PrioritiesForm
	Denied  string // why the visitor may not change them; empty where they may
}

// PriorityName is the name of the field that asks for the priority of a pillar.
func PriorityName(pillar string) string { return "priority." + pillar }

// Names of the fields of a workload's form.
const (
	FieldRequest       = "request"
	FieldQuestionnaire = "questionnaire"
	DoShowPillars      = "pillars" // shows the form for another questionnaire, and stores nothing
	DoArchive          = "archive"
	DoRestore          = "restore"
)
