package templates

// WorkloadFormView is the form of a workload, new or known.
type WorkloadFormView struct {
	Page
	Action      string
	Errors      FormErrors
	Stored      map[string]string // what is stored now of fields that changed meanwhile, by field
	Version     string            // of the workload that the form saw; empty for a new one
	Request     string            // id that a new one gets, so that sending twice makes one
	Name        string
	Description string
	Owner       string
	Environment string
	Tags        string

	Team           string         // name; where a new one may go to one team only, that
	Teams          []FilterOption // only of a new one that may go to several
	Questionnaires []FilterOption // only of a new one
	Priorities     PrioritiesForm // only of a new one

	Assessments []Link // of a known one, the newest first
	Another     string // starts one more; empty where the visitor may not

	Move       string        // address that puts a known one into another team
	MoveTo     []OptionGroup // the teams that it may go to
	MoveErrors FormErrors
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
	Errors FormErrors
	Stored map[string]string
}

// PriorityField asks for the priority of one pillar.
type PriorityField struct {
	Name  string // of the field; also the id of its control
	Title string // of the pillar
	Value string
}

const (
	FieldTeam = "team"
	FieldDo   = "do"
)
