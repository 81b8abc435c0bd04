package move

import (
	"slices"

	"plumbline/assessment"
	"plumbline/templates"
)

// ChoicesView says which questionnaire an assessment uses, and to which others it can move.
type ChoicesView struct {
	templates.Page
	Errors  templates.FormErrors
	Name    string // of the questionnaire, with its version
	URL     string // its page in the library
	Since   string
	Choices []Group
	Denied  string // why the visitor may not move it; empty where they may
	Kept    Kept
}

// Group is some questionnaires that an assessment can move to, for one reason.
type Group struct {
	ID    string
	Title string
	Says  string
	Rows  []Choice
}

// Choice is a questionnaire that an assessment can move to.
type Choice struct {
	Name       string // with its version
	About      []string
	URL        string // what would become of the answers
	Difference string
}

// Kept is what was said to other versions of the questionnaire and does not count now.
type Kept struct {
	Offered    []KeptAnswer // practices that are to be answered again
	Orphans    []KeptAnswer // practices that are gone
	Replaced   []KeptAnswer // practices that have another answer now
	Decisions  []KeptPart
	Plan       []KeptPart
	Priorities []KeptPart
}

// Empty reports whether nothing is kept.
func (k Kept) Empty() bool {
	return len(k.Offered)+len(k.Orphans)+len(k.Replaced)+len(k.Decisions)+len(k.Plan)+len(k.Priorities) == 0
}

// KeptAnswer is an answer beside the practice as it was worded then.
type KeptAnswer struct {
	Title  string
	URL    string // of the practice, where it is there
	Where  string // the pillar and the question
	Answer assessment.Answer
	Cite   []string // who gave it, when, and to which version
}

// KeptPart is something else that is kept, or what happens to it.
type KeptPart struct {
	Title string
	URL   string
	Word  string   // what happens to it; empty where it is just kept
	Texts []string // what it says
}

// OutcomeView says what would become of everything in an assessment with another questionnaire.
type OutcomeView struct {
	templates.Page
	Errors     templates.FormErrors
	Stale      string // why it has to be looked at again; empty where it has not
	From       string // name and version, as To
	To         string
	Back       string // address of the choice
	Difference string
	Score      string // before and after, in a sentence
	Counts     []OutcomeCount
	Again      []ChangedPractice
	Reworded   []ChangedPractice // whose answers count on
	Orphans    []KeptAnswer
	Returning  []KeptAnswer
	New        []PillarList
	Carried    []PillarList
	Others     []KeptPart // decisions, plan items and priorities that do not just stay
	Form       Form
	Denied     string
}

// OutcomeCount is how many practices are in a class.
type OutcomeCount struct {
	Title  string
	Says   string
	Number int
	URL    string // of the section; empty where there is none
}

// ChangedPractice is a practice that was answered and is worded anew.
type ChangedPractice struct {
	ID     string
	Title  string // as it is worded now
	Where  string
	Values []templates.ValueChange
	Texts  []templates.WordingChange
	Answer assessment.Answer
	Cite   []string
	Chosen bool // to be kept, or to be asked again
}

// choice is what a person can choose for a changed practice; the zero one is for those who may not.
type choice struct{ field, title, says string }

// choice returns what is offered to those who may move the assessment.
func (v OutcomeView) choice(field, title, says string) choice {
	if v.Denied != "" {
		return choice{}
	}
	return choice{field, title, says}
}

// rewordedOpen reports whether the reworded practices are unfolded: something is chosen there, or wrong.
func (v OutcomeView) rewordedOpen() bool {
	return v.Errors.On(templates.FieldAgain) != "" || slices.ContainsFunc(v.Reworded, func(p ChangedPractice) bool { return p.Chosen })
}

// PillarList is some practices of a pillar.
type PillarList struct {
	Title string
	Names []string
}

// Form is what a move is made with.
type Form struct {
	Action  string
	To      string // hash
	Version string // of the assessment that the page shows
	Title   string // of the snapshot
	Note    string
}

// namesIn counts the practices of several pillars.
func namesIn(lists []PillarList) int {
	n := 0
	for _, list := range lists {
		n += len(list.Names)
	}
	return n
}
