package workloads

import "plumbline/templates"

// PrioritiesView is the page of an assessment's priorities.
type PrioritiesView struct {
	templates.Page
	Action  string
	Back    string
	Version string
	Form    PrioritiesForm
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

// FormView is the form of a workload, new or known.
type FormView struct {
	templates.Page
	Action      string
	Errors      templates.FormErrors
	Stored      map[string]string // what is stored now of fields that changed meanwhile, by field
	Version     string            // of the workload that the form saw; empty for a new one
	Request     string            // id that a new one gets, so that sending twice makes one
	Name        string
	Description string
	Owner       string
	Environment string
	Tags        string

	Team           string             // name; where a new one may go to one team only, that
	Teams          []templates.Option // only of a new one that may go to several
	Questionnaires []templates.Option // only of a new one
	Priorities     PrioritiesForm     // only of a new one

	Assessments []templates.Link // of a known one, the newest first
	Another     string           // starts one more; empty where the visitor may not

	Move       string                  // address that puts a known one into another team
	MoveTo     []templates.OptionGroup // the teams that it may go to
	MoveErrors templates.FormErrors
	Unmovable  string // why it can go to none; empty where it can

	Overview   string // addresses; only of a known one
	Priority   string
	Archive    string
	ArchivedOn string // empty while it is in use
	Denied     string // why the visitor may change nothing here; empty where they may
}

// PrioritiesForm is the part of a form that asks for the priority of each pillar.
type PrioritiesForm struct {
	Fields []PriorityField
	Errors templates.FormErrors
	Stored map[string]string
}

// PriorityField asks for the priority of one pillar.
type PriorityField struct {
	Name  string // of the field; also the id of its control
	Title string // of the pillar
	Value string
}

// NewAssessmentView is the form of one more assessment of a workload.
type NewAssessmentView struct {
	FormView
	There []templates.Link // the assessments that there are
}
