package assessment

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"time"
)

// BuiltinKind is the kind of the questionnaires that came with the program.
const BuiltinKind = "builtin"

// LibraryEntry is one version of a questionnaire as the library lists it, without its content.
type LibraryEntry struct {
	QuestionnaireRef
	Kind       string // format of the file that it was read from, BuiltinKind where it came with the program
	Addition          // for every team, or of the visitor's team, see SeenBy; AddedAt is never zero
	Source     Source
	Counts     Outline
	Everywhere bool                // offered in teams that say nothing else
	Teams      map[string]bool     // whether it is offered, of the teams that say so themselves, by id
	Additions  map[string]Addition // of the teams that added it themselves, by id
	UsedBy     map[string]Uses     // by teams with an assessment or a snapshot of it
	Uses                           // by all teams, or by those of the visitor, see SeenBy
}

// Addition says how a questionnaire came into the library.
type Addition struct {
	FileName string // empty where there was no file
	AddedBy  string // name; empty where nobody did
	AddedAt  time.Time
}

// Uses is how much needs a questionnaire.
type Uses struct {
	Assessments int // that answer it, archived ones included
	Snapshots   int // that were taken of it
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
	return e.Builtin() || e.Everywhere || anyTeam(maps.Keys(e.UsedBy), has) || anyTeam(maps.Keys(e.Teams), has)
}

func anyTeam(teams iter.Seq[string], has func(team string) bool) bool {
	for team := range teams {
		if has(team) {
			return true
		}
	}
	return false
}

// SeenBy returns the entry as people of these teams may know it: how their own teams added it, the first where several
// did, and, of what not everybody has, how much of theirs needs it.
func (e LibraryEntry) SeenBy(has func(team string) bool) LibraryEntry {
	var own []Addition
	for team, added := range e.Additions {
		if has(team) {
			own = append(own, added)
		}
	}
	if len(own) > 0 {
		e.Addition = slices.MinFunc(own, func(a, b Addition) int {
			return cmp.Or(a.AddedAt.Compare(b.AddedAt), cmp.Compare(a.AddedBy, b.AddedBy))
		})
	}
	if e.Builtin() || e.Everywhere {
		return e
	}
	e.Uses = Uses{}
	for team, uses := range e.UsedBy {
		if has(team) {
			e.Assessments += uses.Assessments
			e.Snapshots += uses.Snapshots
		}
	}
	return e
}

// EnabledFor reports whether a team is offered the questionnaire for new assessments.
func (e LibraryEntry) EnabledFor(team string) bool {
	if enabled, said := e.Teams[team]; said {
		return enabled
	}
	return e.Everywhere
}
