// Package move says what happens to everything in an assessment when its team goes on with another questionnaire, and
// carries it over: what counts on, what is asked again and what is kept beside.
package move

import (
	"fmt"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// Class says what happens to a practice when an assessment moves to another questionnaire.
type Class string

// The classes.
const (
	Carried   Class = "carried"   // answered, and nothing that matters to the answer changes
	Reworded  Class = "reworded"  // answered to another text that means the same: the answer counts on
	Returning Class = "returning" // an earlier answer to exactly this wording comes back
	AskAgain  Class = "again"     // answered, to another text, risk or weight
	Orphaned  Class = "orphaned"  // answered, and the practice is gone
	NewToAsk  Class = "new"       // without an answer until now
)

// Classes returns every class, those first that a person has to look at.
func Classes() []Class {
	return []Class{AskAgain, Orphaned, NewToAsk, Returning, Reworded, Carried}
}

// Outcome says what happens to everything in an assessment when it moves to another questionnaire.
type Outcome struct {
	Before     assessment.Edition
	After      assessment.Edition
	Practices  []Practice // of the other questionnaire in its order, then the orphaned ones in that of the one that is left
	Decisions  []Decision // recorded or kept, by tradeoff
	Plan       []PlanItem // by practice
	Priorities []Priority // those that were set, by pillar

	state         *assessment.State
	before, after *assessment.Model
}

// Practice is what happens to one practice.
type Practice struct {
	ID        string
	Class     Class
	Title     string // the later one, of an orphaned practice the one that it had
	Pillar    string // title, as the two that follow
	Principle string
	Question  string
	Answer    assessment.SavedAnswer // what counts or is offered from then on; the zero one where nothing was said
	Edition   assessment.Edition     // that it was given to
	Old       assessment.Wording     // that it was given to
	New       assessment.Wording     // zero for an orphaned practice
}

// Decision is what happens to the decision about one tradeoff.
type Decision struct {
	Tradeoff string
	Title    string
	Class    Class               // never NewToAsk; AskAgain where the tradeoff has other signals than it was made on
	Decision assessment.Decision // as it was made
	Signals  []assessment.Signal // that the tradeoff had then
}

// PlanItem is what happens to one item of the plan.
type PlanItem struct {
	Practice string
	Title    string
	Class    Class // Carried, Returning or Orphaned
	Item     assessment.PlanItem
}

// Priority is what happens to the priority of one pillar.
type Priority struct {
	assessment.EarlierPriority
	Class Class // Carried, Returning or Orphaned
}

// NewOutcome returns what happens to everything in a state of the one questionnaire when it moves to the other.
func NewOutcome(state *assessment.State, before, after *assessment.Model) *Outcome {
	o := &Outcome{Before: before.Questionnaire().Edition(), After: after.Questionnaire().Edition(), state: state, before: before, after: after}
	for practice := range after.Questionnaire().Practices() {
		o.Practices = append(o.Practices, o.practice(practice))
	}
	o.orphans()
	o.decisions()
	o.plan()
	o.priorities()
	return o
}

// Of returns the practices of a class.
func (o *Outcome) Of(class Class) []Practice {
	return slices.DeleteFunc(slices.Clone(o.Practices), func(p Practice) bool { return p.Class != class })
}

// CheckChosen returns Errors on the fields keep and again unless each practice to keep is one that is asked again, and
// each to ask again is one that is reworded.
func (o *Outcome) CheckChosen(chosen Chosen) error {
	classes := map[string]Class{}
	for i := range o.Practices {
		classes[o.Practices[i].ID] = o.Practices[i].Class
	}
	var all assessment.Errors
	for _, id := range chosen.Kept {
		if classes[id] != AskAgain {
			all = append(all, assessment.InvalidField("keep", fmt.Sprintf("The answer to %q cannot be kept", words.Cut(id, 80))))
		}
	}
	for _, id := range chosen.Again {
		if classes[id] != Reworded {
			all = append(all, assessment.InvalidField("again", fmt.Sprintf("The answer to %q cannot be asked for again", words.Cut(id, 80))))
		}
	}
	return all.Err()
}

// practice returns what happens to a practice of the other questionnaire.
func (o *Outcome) practice(practice *assessment.Practice) Practice {
	place, _ := o.after.Place(practice.ID)
	p := Practice{ID: practice.ID, Class: NewToAsk, Title: practice.Title, Pillar: place.Pillar.Title,
		Principle: place.Principle.Title, Question: place.Question.Title, New: practice.Wording()}
	answer, said := o.current(practice.ID)
	switch {
	case said && o.before.Questionnaire().SharesIDs(o.after.Questionnaire()):
		return p.with(AskAgain, answer) // proposed, never carried
	case said && answer.Wording == p.New:
		return p.with(Carried, answer)
	}
	if back, ok := o.match(practice.ID, p.New); ok {
		return p.with(Returning, back)
	}
	if said && o.meansTheSame(practice) {
		return p.with(Reworded, answer)
	}
	if _, stood := o.before.Place(practice.ID); !stood {
		answer, said = o.state.Offer(practice.ID)
	}
	if said {
		return p.with(AskAgain, answer)
	}
	return p
}

func (p Practice) with(class Class, a assessment.EarlierAnswer) Practice {
	p.Class, p.Answer, p.Edition, p.Old = class, a.Saved(), a.Edition, a.Wording
	return p
}

// current returns the answer that counts now with the wording that it was given to, and false where it says nothing.
func (o *Outcome) current(practice string) (assessment.EarlierAnswer, bool) {
	answer := o.state.Answer(practice)
	place, ok := o.before.Place(practice)
	if !ok {
		return assessment.EarlierAnswer{}, false
	}
	return assessment.EarlierAnswer{Practice: practice, Answer: answer.Answer, Version: answer.Version, By: answer.By, At: answer.At,
		Wording: place.Practice.Wording(), Edition: o.Before, Pillar: place.Pillar.Title, Principle: place.Principle.Title,
		Question: place.Question.Title}, answer.Says()
}

// meansTheSame reports whether a practice of the other questionnaire means the same as the one that is left, by what
// the later version of the two says.
func (o *Outcome) meansTheSame(practice *assessment.Practice) bool {
	place, stood := o.before.Place(practice.ID)
	if !stood || o.Before.ID != o.After.ID {
		return false
	}
	order := assessment.CompareVersions(o.After.Version, o.Before.Version)
	return order >= 0 && sameAs(practice, o.Before.Version) || order <= 0 && sameAs(place.Practice, o.After.Version)
}

// sameAs reports whether a practice says that it means the same as in a version.
func sameAs(p *assessment.Practice, version string) bool {
	return p.SameSince != "" && assessment.CompareVersions(p.SameSince, version) <= 0
}

// match returns the earlier answer that was given to exactly this wording.
func (o *Outcome) match(practice string, w assessment.Wording) (assessment.EarlierAnswer, bool) {
	for _, answer := range o.state.Earlier.Of(practice) {
		if answer.Wording == w && answer.Answer.Says() {
			return answer, true
		}
	}
	return assessment.EarlierAnswer{}, false
}

// inOrder returns practices as they stand in the questionnaire that is left, and after them those of earlier ones by id.
func (o *Outcome) inOrder(practices map[string]bool) []string {
	list := make([]string, 0, len(practices))
	for practice := range o.before.Questionnaire().Practices() {
		if practices[practice.ID] {
			list = append(list, practice.ID)
		}
	}
	left := len(list)
	for id := range practices {
		if _, stands := o.before.Place(id); !stands {
			list = append(list, id)
		}
	}
	slices.Sort(list[left:])
	return list
}

// orphans adds the practices that the other questionnaire does not have and about which something was said.
func (o *Outcome) orphans() {
	gone := map[string]bool{}
	for id := range o.state.Answers {
		gone[id] = true
	}
	for i := range o.state.Earlier.Answers {
		gone[o.state.Earlier.Answers[i].Practice] = true
	}
	for _, id := range o.inOrder(gone) {
		if _, known := o.after.Place(id); known {
			continue
		}
		answer, said := o.current(id)
		if !said {
			answer, said = o.state.Offer(id)
		}
		if said {
			p := Practice{ID: id, Title: answer.Wording.Title, Pillar: answer.Pillar, Principle: answer.Principle, Question: answer.Question}
			o.Practices = append(o.Practices, p.with(Orphaned, answer))
		}
	}
}
