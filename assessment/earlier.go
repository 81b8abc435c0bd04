package assessment

import (
	"cmp"
	"slices"
	"time"
)

// Wording is what of a practice matters to an answer: what people read before they gave it, and what it counts.
type Wording struct {
	Title             string  `json:"title"`
	Help              string  `json:"help,omitempty"`
	Risk              Level   `json:"risk"`
	Weight            float64 `json:"weight"`
	Advice            string  `json:"advice,omitempty"`
	NotApplicableWhen string  `json:"not_applicable_when,omitempty"`
}

// Wording returns what of the practice matters to an answer.
func (p *Practice) Wording() Wording {
	return Wording{p.Title, p.Help, p.Risk, p.Weight, p.Advice, p.NotApplicableWhen}
}

// readsAs reports whether people read the same in another wording, which may count for more or less.
func (w Wording) readsAs(other Wording) bool {
	other.Risk, other.Weight = w.Risk, w.Weight
	return w == other
}

// countsAs reports whether another wording has the same risk and weight.
func (w Wording) countsAs(other Wording) bool {
	return w.Risk == other.Risk && w.Weight == other.Weight
}

// Says reports whether the answer says anything at all.
func (a Answer) Says() bool { return a.Status != Unanswered || a.Note != "" || len(a.Evidence) > 0 }

// Earlier is what was said in an assessment to other versions of its questionnaire, or to another questionnaire, and
// does not count now. It comes back when the assessment moves to where it was said.
type Earlier struct {
	Answers    []EarlierAnswer   // by practice, of each the newest first; of a practice and a wording one at most
	Decisions  []EarlierDecision // by tradeoff, of each the newest first
	Plan       []EarlierPlanItem // by practice, one each
	Priorities []EarlierPriority // by pillar, one each
}

// EarlierAnswer is an answer to a practice as it was worded then.
type EarlierAnswer struct {
	Practice  string    `json:"practice"`
	Answer    Answer    `json:"answer"`
	Version   int       `json:"version"`
	By        string    `json:"by"` // name of the person
	At        time.Time `json:"at"`
	Wording   Wording   `json:"wording"`
	Edition   Edition   `json:"questionnaire"`
	Pillar    string    `json:"pillar"` // title, as the two that follow
	Principle string    `json:"principle"`
	Question  string    `json:"question"`
}

// EarlierDecision is what was settled about a tradeoff with the signals that it had then.
type EarlierDecision struct {
	Decision Decision `json:"decision"`
	Version  int      `json:"version"`
	Title    string   `json:"title"`
	Signals  []Signal `json:"signals"`
	Edition  Edition  `json:"questionnaire"`
}

// EarlierPlanItem is an item of the plan whose practice is gone.
type EarlierPlanItem struct {
	Item    PlanItem `json:"item"`
	Version int      `json:"version"`
	Title   string   `json:"title"` // of the practice
	Edition Edition  `json:"questionnaire"`
}

// EarlierPriority is the priority of a pillar that is gone.
type EarlierPriority struct {
	Pillar   string  `json:"pillar"`
	Title    string  `json:"title"`
	Priority float64 `json:"priority"`
}

// Saved returns the answer with who gave it and when.
func (e EarlierAnswer) Saved() SavedAnswer {
	return SavedAnswer{Answer: e.Answer, Practice: e.Practice, Version: e.Version, By: e.By, At: e.At}
}

// Of returns the answers that were given to a practice, the newest first.
func (e Earlier) Of(practice string) []EarlierAnswer {
	first, found := slices.BinarySearchFunc(e.Answers, practice, func(a EarlierAnswer, id string) int { return cmp.Compare(a.Practice, id) })
	if !found {
		return nil
	}
	end := first
	for end < len(e.Answers) && e.Answers[end].Practice == practice {
		end++
	}
	return e.Answers[first:end:end]
}

// Offer returns the newest earlier answer to a practice about which nothing is said now.
func (s *State) Offer(practice string) (EarlierAnswer, bool) {
	if s.Answer(practice).Says() {
		return EarlierAnswer{}, false
	}
	for _, answer := range s.Earlier.Of(practice) {
		if answer.Answer.Says() {
			return answer, true
		}
	}
	return EarlierAnswer{}, false
}

// Orphans returns the answers to practices that the questionnaire does not have, as far as they say something.
func (e Earlier) Orphans(m *Model) []EarlierAnswer {
	var list []EarlierAnswer
	for _, answer := range e.Answers {
		if _, known := m.Place(answer.Practice); !known && answer.Answer.Says() {
			list = append(list, answer)
		}
	}
	return list
}

// Sort puts everything in the order that the fields say; empty lists become nil.
func (e *Earlier) Sort() {
	slices.SortFunc(e.Answers, func(a, b EarlierAnswer) int {
		return cmp.Or(cmp.Compare(a.Practice, b.Practice), b.At.Compare(a.At), cmp.Compare(b.Version, a.Version), cmp.Compare(a.Key(), b.Key()))
	})
	slices.SortFunc(e.Decisions, func(a, b EarlierDecision) int {
		return cmp.Or(cmp.Compare(a.Decision.Tradeoff, b.Decision.Tradeoff), b.Decision.At.Compare(a.Decision.At),
			cmp.Compare(b.Version, a.Version), cmp.Compare(a.Key(), b.Key()))
	})
	slices.SortFunc(e.Plan, func(a, b EarlierPlanItem) int { return cmp.Compare(a.Item.Practice, b.Item.Practice) })
	slices.SortFunc(e.Priorities, func(a, b EarlierPriority) int { return cmp.Compare(a.Pillar, b.Pillar) })
	e.Answers, e.Decisions, e.Plan, e.Priorities = OrNil(e.Answers), OrNil(e.Decisions), OrNil(e.Plan), OrNil(e.Priorities)
}

// Key tells the answers to one practice apart: it is the same for the same wording.
func (e EarlierAnswer) Key() string { return keyOf(e.Wording) }

// Key tells the decisions about one tradeoff apart: it is the same for the same conditions.
func (e EarlierDecision) Key() string { return keyOf(Conditions(e.Signals)) }

// keyOf returns the hash of a value that always has a JSON form.
func keyOf(value any) string {
	document, err := Canonical(value)
	if err != nil {
		return ""
	}
	return Hash(document)
}

// Conditions returns the texts of the conditions of signals.
func Conditions(signals []Signal) []string {
	list := make([]string, len(signals))
	for i, signal := range signals {
		list[i] = signal.When.String()
	}
	return list
}
