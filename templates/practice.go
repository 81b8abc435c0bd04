package templates

import (
	"plumbline/assessment"
	"plumbline/assessment/words"
)

// What several pages say where there is nothing to show.
const (
	NoFindingsYet = "No findings yet. Practices answered “Not yet” or “Partially” appear here."
	NoTradeoffs   = words.NoTradeoffs
)

// PracticeView is one practice with its answer.
type PracticeView struct {
	ID        string
	Number    string // on the page
	SaveURL   string
	Content   *assessment.Practice
	Reasons   []string               // that are offered for "not applicable"
	Form      assessment.Answer      // what the controls show
	Stored    assessment.SavedAnswer // what is saved
	Version   int                    // that the form saw
	Seen      string                 // mark of what the form showed when it was loaded
	Mark      SaveMark
	Fault     AnswerFaults
	Conflict  *ConflictView
	Unsaved   bool // Form is not what is stored
	Locked    bool // the visitor may not answer
	Quote     string
	QuoteCite string
	Earlier   *EarlierView // the answer to an earlier wording, where there is none to this one
}

// AnswerFaults are messages at the fields of a practice; empty where a field is right.
type AnswerFaults struct {
	Status, Reason, Note, Evidence string
}

// SaveMark says how the saving of a practice stands. Word is followed by the time, if there is one.
type SaveMark struct {
	Glyph string
	Word  string
	At    Instant
	Bad   bool
	News  bool // somebody else has just done it
}

// Instant is a time for people and for machines; the zero one shows nothing.
type Instant struct {
	Text string
	ISO  string
	Ago  string // in seconds, where the text says how long ago it was and the page counts on
}

// ConflictView is the answer that somebody else saved, beside what was to be saved.
type ConflictView struct {
	By      string
	At      Instant
	Version int
	Theirs  assessment.Answer
	Yours   assessment.Answer
}

func (p PracticeView) NoteLabel() string {
	if p.Stored.Note == "" {
		return "Add note"
	}
	return "Note"
}

func (p PracticeView) EvidenceLabel() string {
	if len(p.Stored.Evidence) == 0 {
		return "Add evidence"
	}
	return "Evidence"
}

func (p PracticeView) NoteOpen() bool { return p.Fault.Note != "" || p.Form.Note != p.Stored.Note }

func (p PracticeView) EvidenceOpen() bool { return p.Fault.Evidence != "" }

// Rows are the links of the form and a blank one.
func (p PracticeView) Rows() []assessment.Link {
	return append(p.Form.Evidence[:len(p.Form.Evidence):len(p.Form.Evidence)], assessment.Link{})
}

// LinkTitle is what a link is called.
func LinkTitle(l assessment.Link) string {
	if l.Title == "" {
		return l.URL
	}
	return l.Title
}

// First returns the first message, empty where there is none.
func (f AnswerFaults) First() string {
	for _, message := range []string{f.Status, f.Reason, f.Note, f.Evidence} {
		if message != "" {
			return message
		}
	}
	return ""
}
