package templates

import (
	"strconv"
	"time"

	"github.com/a-h/templ"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// WalkView is the page of the walk that asks about one principle.
type WalkView struct {
	Page
	Action    string // where the form goes
	Changes   string // where the script asks for what others have changed
	Rest      RestView
	SignIn    string // the sign-in page, which leads back here
	User      string // ids that keep drafts of different people and assessments apart
	Of        string
	Place     string // for example "Security, principle 2 of 6"
	Principle string
	Heading   string // the question; the principle where it has several
	Summary   string
	About     AboutView
	Rail      templ.Component // a RailList
	Sections  []SectionView
	Errors    FormErrors
	Since     Since
	Picture   templ.Component // a PictureNow
	Foot      Foot
	Denied    string // why the visitor may not answer; empty where they may
}

// AboutView is what unfolds below the question.
type AboutView struct {
	Help    string
	Pillar  string
	Summary string // of the pillar
	Source  string
}

// Empty reports whether there is nothing to unfold.
func (a AboutView) Empty() bool { return a.Help == "" && a.Summary == "" && a.Source == "" }

// SectionView is one question with its practices. Title is empty where the question is the heading of the page.
type SectionView struct {
	Title     string
	Help      string
	Practices []templ.Component // a Row each
}

// RestView offers to answer what is open with "not yet".
type RestView struct {
	URL  string
	Open int
}

// Since is what the page showed when it was loaded. It travels with each save, so that the answer can tell what changed.
type Since struct {
	Pillar  string // "low high"
	Overall string
	Open    int    // unanswered practices of the page
	Live    string // ids of the live tradeoffs that rest on practices of the page, with spaces between
}

// Foot is the row of buttons below the practices.
type Foot struct {
	Previous Link // without a title on the first page
	Next     Link
	Now      FootNow
}

// FootNow is the score of the pillar in a word, for small screens.
type FootNow struct {
	Title string
	Span  string
}

// PracticeView is one practice with its answer.
type PracticeView struct {
	ID        string
	Number    string // on the page
	SaveURL   string
	Content   *assessment.Practice
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

// InstantAgo returns t as how long ago it was at now.
func InstantAgo(t, now time.Time) Instant {
	ago := max(now.Sub(t), 0)
	return Instant{Text: words.Ago(ago), ISO: t.Format(time.RFC3339), Ago: number(int(ago.Seconds()))}
}

// InstantAt returns t as people in its zone see it at now.
func InstantAt(t, now time.Time) Instant {
	if t.IsZero() {
		return Instant{}
	}
	return Instant{Text: words.Moment(t, now), ISO: t.Format(time.RFC3339)}
}

// ConflictView is the answer that somebody else saved, beside what was to be saved.
type ConflictView struct {
	By      string
	At      Instant
	Version int
	Theirs  assessment.Answer
	Yours   assessment.Answer
}

func (p PracticeView) noteLabel() string {
	if p.Stored.Note == "" {
		return "Add note"
	}
	return "Note"
}

func (p PracticeView) evidenceLabel() string {
	if len(p.Stored.Evidence) == 0 {
		return "Add evidence"
	}
	return "Evidence"
}

func (p PracticeView) noteOpen() bool { return p.Fault.Note != "" || p.Form.Note != p.Stored.Note }

func (p PracticeView) evidenceOpen() bool { return p.Fault.Evidence != "" }

// rows are the links of the form and a blank one.
func (p PracticeView) rows() []assessment.Link {
	return append(p.Form.Evidence[:len(p.Form.Evidence):len(p.Form.Evidence)], assessment.Link{})
}

// linkTitle is what a link is called.
func linkTitle(l assessment.Link) string {
	if l.Title == "" {
		return l.URL
	}
	return l.Title
}

func riskWord(level assessment.Level) string { return words.Level(level) + " risk" }

func riskClass(level assessment.Level) string { return "g " + levelTone(level) }

func (r RestView) sentence() string {
	return words.Plural(r.Open, "practice is open.", "practices are open.")
}

func number(n int) string { return strconv.Itoa(n) }

// TradeoffsCount is the id of the count beside the tab of tradeoffs.
const TradeoffsCount = "count-tradeoffs"

// First returns the first message, empty where there is none.
func (f AnswerFaults) First() string {
	for _, message := range []string{f.Status, f.Reason, f.Note, f.Evidence} {
		if message != "" {
			return message
		}
	}
	return ""
}
