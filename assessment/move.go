package assessment

import (
	"fmt"
	"slices"
)

// MoveClass says what happens to a practice when an assessment moves to another questionnaire.
type MoveClass string

// The classes.
const (
	Carried   MoveClass = "carried"   // answered, and nothing that matters to the answer changes
	Reworded  MoveClass = "reworded"  // answered to another text that means the same: the answer counts on
	Returning MoveClass = "returning" // an earlier answer to exactly this wording comes back
	AskAgain  MoveClass = "again"     // answered, to another text, risk or weight
	Orphaned  MoveClass = "orphaned"  // answered, and the practice is gone
	NewToAsk  MoveClass = "new"       // without an answer until now
)

// MoveClasses returns every class, those first that a person has to look at.
func MoveClasses() []MoveClass {
	return []MoveClass{AskAgain, Orphaned, NewToAsk, Returning, Reworded, Carried}
}

// Move says what happens to everything in an assessment when it moves to another questionnaire.
type Move struct {
	Before     Edition
	After      Edition
	Practices  []MovedPractice // of the other questionnaire in its order, then the orphaned ones in that of the one that is left
	Decisions  []MovedDecision // recorded or kept, by tradeoff
	Plan       []MovedPlanItem // by practice
	Priorities []MovedPriority // those that were set, by pillar
	Facets     []MovedFacet    // of the other questionnaire in its order, then those that only the one that is left has

	state         *State
	before, after *Model
}

// MovedPractice is what happens to one practice.
type MovedPractice struct {
	ID        string
	Class     MoveClass
	Title     string // the later one, of an orphaned practice the one that it had
	Pillar    string // title, as the two that follow
	Principle string
	Question  string
	Answer    SavedAnswer // what counts or is offered from then on; the zero one where nothing was said
	Edition   Edition     // that it was given to
	Old       Wording     // that it was given to
	New       Wording     // zero for an orphaned practice
	Out       bool        // the facets leave it out of scope afterwards
}

// MovedFacet is what the move does to one facet.
type MovedFacet struct {
	Facet
	Class MoveClass // Carried, Orphaned or NewToAsk
	Said  *bool     // nil for NewToAsk
}

// MovedDecision is what happens to the decision about one tradeoff.
type MovedDecision struct {
	Tradeoff string
	Title    string
	Class    MoveClass // never NewToAsk; AskAgain where the tradeoff has other signals than it was made on
	Decision Decision  // as it was made
	Signals  []Signal  // that the tradeoff had then
}

// MovedPlanItem is what happens to one item of the plan.
type MovedPlanItem struct {
	Practice string
	Title    string
	Class    MoveClass // Carried, Returning or Orphaned
	Item     PlanItem
}

// MovedPriority is what happens to the priority of one pillar.
type MovedPriority struct {
	EarlierPriority
	Class MoveClass // Carried, Returning or Orphaned
}

// NewMove returns what happens to everything in a state of the one questionnaire when it moves to the other.
func NewMove(state *State, before, after *Model) *Move {
	t := &Move{Before: before.edition(), After: after.edition(), state: state, before: before, after: after}
	out := map[string]bool{}
	for _, id := range after.OutOfScope(state.Facets) {
		out[id] = true
	}
	for practice := range after.questionnaire.Practices() {
		moved := t.practice(practice)
		moved.Out = out[practice.ID]
		t.Practices = append(t.Practices, moved)
	}
	t.orphans()
	t.decisions()
	t.plan()
	t.priorities()
	t.facets()
	return t
}

// Of returns the practices of a class.
func (t *Move) Of(class MoveClass) []MovedPractice {
	return slices.DeleteFunc(slices.Clone(t.Practices), func(p MovedPractice) bool { return p.Class != class })
}

// CheckChosen returns Errors on the fields keep and again unless each practice to keep is one that is asked again, and
// each to ask again is one that is reworded.
func (t *Move) CheckChosen(chosen Chosen) error {
	classes := map[string]MoveClass{}
	for i := range t.Practices {
		classes[t.Practices[i].ID] = t.Practices[i].Class
	}
	var all Errors
	for _, id := range chosen.Kept {
		if classes[id] != AskAgain {
			all = append(all, InvalidField("keep", fmt.Sprintf("The answer to %q cannot be kept", clip(id))))
		}
	}
	for _, id := range chosen.Again {
		if classes[id] != Reworded {
			all = append(all, InvalidField("again", fmt.Sprintf("The answer to %q cannot be asked for again", clip(id))))
		}
	}
	return all.Err()
}

// practice returns what happens to a practice of the other questionnaire.
func (t *Move) practice(practice *Practice) MovedPractice {
	place, _ := t.after.Place(practice.ID)
	p := MovedPractice{ID: practice.ID, Class: NewToAsk, Title: practice.Title, Pillar: place.Pillar.Title,
		Principle: place.Principle.Title, Question: place.Question.Title, New: practice.Wording()}
	answer, said := t.current(practice.ID)
	switch {
	case said && t.before.questionnaire.SharesIDs(t.after.questionnaire):
		return p.with(AskAgain, answer) // proposed, never carried
	case said && answer.Wording == p.New:
		return p.with(Carried, answer)
	}
	if back, ok := t.match(practice.ID, p.New); ok {
		return p.with(Returning, back)
	}
	if said && t.meansTheSame(practice) {
		return p.with(Reworded, answer)
	}
	if _, stood := t.before.Place(practice.ID); !stood {
		answer, said = t.state.Offer(practice.ID)
	}
	if said {
		return p.with(AskAgain, answer)
	}
	return p
}

func (p MovedPractice) with(class MoveClass, a EarlierAnswer) MovedPractice {
	p.Class, p.Answer, p.Edition, p.Old = class, a.saved(), a.Edition, a.Wording
	return p
}

// current returns the answer that counts now with the wording that it was given to, and false where it says nothing.
func (t *Move) current(practice string) (EarlierAnswer, bool) {
	answer := t.state.Answer(practice)
	place, ok := t.before.Place(practice)
	if !ok {
		return EarlierAnswer{}, false
	}
	return EarlierAnswer{Practice: practice, Answer: answer.Answer, Version: answer.Version, By: answer.By, At: answer.At,
		Wording: place.Practice.Wording(), Edition: t.Before, Pillar: place.Pillar.Title, Principle: place.Principle.Title,
		Question: place.Question.Title}, answer.Says()
}

// meansTheSame reports whether a practice of the other questionnaire means the same as the one that is left, by what
// the later version of the two says.
func (t *Move) meansTheSame(practice *Practice) bool {
	place, stood := t.before.Place(practice.ID)
	if !stood || t.Before.ID != t.After.ID {
		return false
	}
	order := CompareVersions(t.After.Version, t.Before.Version)
	return order >= 0 && practice.sameAs(t.Before.Version) || order <= 0 && place.Practice.sameAs(t.After.Version)
}

// sameAs reports whether the practice says that it means the same as in a version.
func (p *Practice) sameAs(version string) bool {
	return p.SameSince != "" && CompareVersions(p.SameSince, version) <= 0
}

// match returns the earlier answer that was given to exactly this wording.
func (t *Move) match(practice string, w Wording) (EarlierAnswer, bool) {
	for _, answer := range t.state.Earlier.Of(practice) {
		if answer.Wording == w && answer.Answer.Says() {
			return answer, true
		}
	}
	return EarlierAnswer{}, false
}

// inOrder returns practices as they stand in the questionnaire that is left, and after them those of earlier ones by id.
func (t *Move) inOrder(practices map[string]bool) []string {
	list := make([]string, 0, len(practices))
	for practice := range t.before.questionnaire.Practices() {
		if practices[practice.ID] {
			list = append(list, practice.ID)
		}
	}
	left := len(list)
	for id := range practices {
		if _, stands := t.before.Place(id); !stands {
			list = append(list, id)
		}
	}
	slices.Sort(list[left:])
	return list
}

// orphans adds the practices that the other questionnaire does not have and about which something was said.
func (t *Move) orphans() {
	gone := map[string]bool{}
	for id := range t.state.Answers {
		gone[id] = true
	}
	for i := range t.state.Earlier.Answers {
		gone[t.state.Earlier.Answers[i].Practice] = true
	}
	for _, id := range t.inOrder(gone) {
		if _, known := t.after.Place(id); known {
			continue
		}
		answer, said := t.current(id)
		if !said {
			answer, said = t.state.Offer(id)
		}
		if said {
			p := MovedPractice{ID: id, Title: answer.Wording.Title, Pillar: answer.Pillar, Principle: answer.Principle, Question: answer.Question}
			t.Practices = append(t.Practices, p.with(Orphaned, answer))
		}
	}
}
