package walk

import (
	"time"

	"github.com/a-h/templ"

	"plumbline/assessment/words"
	"plumbline/templates"
)

// WalkView is the page of the walk that asks about one principle.
type WalkView struct {
	templates.Page
	Action    string          // where the form goes
	Changes   string          // where the script asks for what others have changed
	NextOpen  string          // the next practice without an answer on another page; empty for none
	Views     []templates.Tab // the ways to look at the answers
	Rest      RestView
	SignIn    string // the sign-in page, which leads back here
	User      string // ids that keep drafts of different people and assessments apart
	Of        string
	Place     string // for example "Security, principle 2 of 6"
	Principle string
	Question  string // empty where the principle has several
	Summary   string
	About     AboutView
	Rail      templ.Component // a RailList
	Sections  []SectionView
	Out       OutView
	Sets      []SetView // what was just set not applicable together
	Together  string    // where more is set so
	Errors    templates.FormErrors
	Since     Since
	Picture   templ.Component // a PictureNow
	Foot      Foot
	Denied    string // why the visitor may not answer; empty where they may
}

// OutView is what the scope leaves out of a principle.
type OutView struct {
	Practices []string // titles
	URL       string   // of the scope
}

// AboutView is what unfolds below the question.
type AboutView struct {
	Help    string
	Pillar  string
	Summary string // of the pillar
	Source  string
}

// SectionView is one question with its practices. Title is empty where the question is the heading of the page.
type SectionView struct {
	Title     string
	Help      string
	Practices []templ.Component // a Row each
}

// RestView offers to answer what is open alike.
type RestView struct {
	URL      string
	Together string // asks for one reason why it is not applicable
	Open     int
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
	Previous templates.Link // without a title on the first page
	Next     templates.Link
	Now      FootNow
}

// FootNow is the score of the pillar in a word, for small screens.
type FootNow struct {
	Title string
	Span  string
}

// InstantAgo returns t as how long ago it was at now.
func InstantAgo(t, now time.Time) templates.Instant {
	ago := max(now.Sub(t), 0)
	return templates.Instant{Text: words.Ago(ago), ISO: t.Format(time.RFC3339), Ago: templates.Number(int(ago.Seconds()))}
}

// InstantAt returns t as people in its zone see it at now.
func InstantAt(t, now time.Time) templates.Instant {
	if t.IsZero() {
		return templates.Instant{}
	}
	return templates.Instant{Text: words.Moment(t, now), ISO: t.Format(time.RFC3339)}
}

func (r RestView) sentence() string {
	return words.Plural(r.Open, "practice is unanswered.", "practices are unanswered.")
}
