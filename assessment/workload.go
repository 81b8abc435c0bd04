package assessment

import "time"

// Workload is a system under review; it belongs to a team.
type Workload struct {
	ID          string
	Team        string // id of the team
	Name        string
	Description string
	Owner       string // a name or an address; not necessarily an account
	Environment string // free text, for example production
	Tags        []string
	Version     int // grows by one with each change
	CreatedAt   time.Time
	UpdatedAt   time.Time
	ArchivedAt  time.Time // zero while it is in use
}

// Archived reports whether the workload was put away.
func (w Workload) Archived() bool { return !w.ArchivedAt.IsZero() }

// CheckInUse returns a Conflict where the workload was put away: what was said about it stays as it is.
func (w Workload) CheckInUse() error {
	if w.Archived() {
		return Errorf(Conflict, "This workload is archived. Restore it to change it")
	}
	return nil
}

// Assessment is one workload answering one questionnaire version; it changes while people work.
type Assessment struct {
	ID            string
	Workload      Workload
	Questionnaire QuestionnaireRef
	Priorities    Priorities
	Facets        Facets // also of versions of the questionnaire that it had before: they count again when it moves back
	Sequence      int64  // number of its last event; grows with every change of answers, decisions, plan, priorities or facets
	Version       int    // of the priorities; grows by one with each change of them
	FacetsVersion int    // of the facets, likewise
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// QuestionnaireRef names a stored version of a questionnaire by the SHA-256 (hex) of its canonical JSON.
type QuestionnaireRef struct {
	ID      string
	Version string
	Title   string
	SHA256  string
}

// Limits of what a person may type, in characters unless said otherwise.
const (
	MaxName        = 120
	MaxText        = 10_000
	MaxShort       = 200
	MaxReason      = 1_000
	MaxURL         = 2_000
	maxTags        = 20
	maxTag         = 40
	MaxEvidence    = 20
	MaxPriority    = 1_000 // of a pillar, in the form and in files of answers
	MinPassword    = 12
	MaxPassword    = 128
	MaxEmail       = 254
	MaxMitigations = 20
)
