package assessment

import (
	"slices"
	"time"
)

// BuiltinKind is the kind of the questionnaires that came with the program.
const BuiltinKind = "builtin"

// LibraryEntry is one version of a questionnaire as the library lists it, without its content.
type LibraryEntry struct {
	QuestionnaireRef
	Kind        string // format of the file that it was read from, BuiltinKind where it came with the program
	FileName    string // empty where there was no file
	AddedBy     string // name; empty where nobody did
	AddedAt     time.Time
	Source      Source
	Counts      Outline
	Everywhere  bool            // offered in teams that say nothing else
	Teams       map[string]bool // whether it is offered, of the teams that say so themselves, by id
	UsedBy      []string        // teams with an assessment or a snapshot of it
	Assessments int             // that answer it, archived ones included
	Snapshots   int             // that were taken of it
}

// Outline is how much a questionnaire holds.
type Outline struct {
	Pillars    int `json:"pillars"`
	Principles int `json:"principles"`
	Questions  int `json:"questions"`
	Practices  int `json:"practices"`
	Tradeoffs  int `json:"tradeoffs"`
}

// Outline returns how much the questionnaire holds.
func (q *Questionnaire) Outline() Outline {
	o := Outline{Pillars: len(q.Pillars), Tradeoffs: len(q.Tradeoffs)}
	for i := range q.Pillars {
		o.Principles += len(q.Pillars[i].Principles)
		for j := range q.Pillars[i].Principles {
			o.Questions += len(q.Pillars[i].Principles[j].Questions)
		}
	}
	for range q.Practices() {
		o.Practices++
	}
	return o
}

// Builtin reports whether the questionnaire came with the program: it cannot be deleted.
func (e LibraryEntry) Builtin() bool { return e.Kind == BuiltinKind }

// Used reports whether an assessment or a snapshot needs it: then it cannot be deleted either.
func (e LibraryEntry) Used() bool { return e.Assessments > 0 || e.Snapshots > 0 }

// ShownTo reports whether people of these teams find the questionnaire in the library: it came with the program, is
// offered to everybody, or one of the teams is or was offered it, or uses it.
func (e LibraryEntry) ShownTo(has func(team string) bool) bool {
	if e.Builtin() || e.Everywhere || slices.ContainsFunc(e.UsedBy, has) {
		return true
	}
	for team := range e.Teams {
		if has(team) {
			return true
		}
	}
	return false
}

// EnabledFor reports whether a team is offered the questionnaire for new assessments.
func (e LibraryEntry) EnabledFor(team string) bool {
	if enabled, said := e.Teams[team]; said {
		return enabled
	}
	return e.Everywhere
}
