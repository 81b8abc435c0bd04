package library

import (
	"strconv"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// LibraryView is the list of questionnaires.
type LibraryView struct {
	templates.Page
	Search string
	Errors templates.FormErrors
	Many   bool   // there are so many that a search helps
	Count  string // for example "3 of 12 questionnaires"
	Groups []LibraryGroup
	Denied string // why the visitor may add none; empty where they may
}

// LibraryGroup is a questionnaire with its versions.
type LibraryGroup struct {
	ID      string
	Title   string         // of the newest version
	Source  templates.Link // without an address where there is none
	Licence string
	Rows    []LibraryRow // the newest first
}

// LibraryRow is one version of a questionnaire.
type LibraryRow struct {
	Title     string // where it is not the group's
	Version   string
	URL       string
	Practices string
	Used      string // for example "2 workloads"; empty for none
	Offered   OfferedMark
	Added     []string // who added it, and when
}

// OfferedMark says whether teams are offered a questionnaire.
type OfferedMark struct {
	Glyph string
	Tone  string
	Word  string
}

// QuestionnaireView is the page of one version of a questionnaire.
type QuestionnaireView struct {
	templates.Page
	Errors   templates.FormErrors
	Content  *assessment.Questionnaire
	Facts    []templates.SnapshotFact
	Versions []VersionRow // the others of the same questionnaire
	Offer    string       // address of the form
	Teams    []OfferRow
	Admin    bool // the visitor may say it for every team
	Uses     []UseRow
	Unseen   string // what uses it in teams that the visitor does not see; empty for nothing
	Shots    string // how many snapshots there are of it; empty for none
	Files    []FileRow
	Delete   string // address of the form; empty where the visitor may not
	Stays    string // why it cannot be deleted; empty where it can
}

// VersionRow is another version of a questionnaire.
type VersionRow struct {
	Version    string
	URL        string
	Difference string // address of what differs between the two
}

// OfferRow is a team of the visitor's, and whether it is offered the questionnaire.
type OfferRow struct {
	ID      string
	Name    string
	URL     string
	Offered bool
	May     bool // the visitor may change that
}

// UseRow is an assessment that answers the questionnaire.
type UseRow struct {
	Name  string
	URL   string
	About []string
}

// FileRow is a questionnaire as a file, with what the file cannot say.
type FileRow struct {
	Title  string
	URL    string // empty where there can be no such file
	Says   string
	Losses RemarkList
}

// RemarkList is what is said about the places of a file, in groups where it is much.
type RemarkList struct {
	Count  int
	Groups []RemarkGroup // one without a title where it is little
}

// RemarkGroup is a part of a list: what says the same about different places.
type RemarkGroup struct {
	Title string
	Count int
	Rows  []RemarkRow // the first of them
}

func (g RemarkGroup) more() int { return g.Count - len(g.Rows) }

// RemarkRow is one remark.
type RemarkRow struct {
	At      string // line and column; empty where there is none
	Path    string
	Message string
}

// Placed reports whether a row has a line.
func (g RemarkGroup) placed() bool {
	for _, row := range g.Rows {
		if row.At != "" {
			return true
		}
	}
	return false
}

// ImportView is the page where a file is read.
type ImportView struct {
	templates.Page
	Errors  templates.FormErrors
	Formats []templates.Option
	Endings string // of the names of files, for the browser
	Known   []FormatRow
	File    string     // name of the file that was refused
	Refused RemarkList // what is wrong with it
}

// FormatRow is a format that can be read.
type FormatRow struct{ Title, Endings string }

// DraftView is the preview of an import.
type DraftView struct {
	templates.Page
	Action  string
	Drop    string
	Errors  templates.FormErrors
	Lead    string
	Known   string         // what the library has of it already; empty for nothing
	Same    templates.Link // exactly this content, where the library has it
	Kept    []templates.SnapshotFact
	Losses  RemarkList
	Own     bool // a file of our own format: the remarks are warnings
	Imprint assessment.QuestionnaireIdentity
	Team    string             // name, where the visitor leads one
	Teams   []templates.Option // where they may choose
	Content *assessment.Questionnaire
}

// Names of the fields of the library.
const (
	FieldFile      = "file"
	FieldFormat    = "format"
	FieldConfirm   = "confirm"
	EveryTeam      = "every" // in place of a team's id
	EveryTeamTitle = "All teams, including future ones"
	DoRetire       = "retire"
)

// outlineWords is how much a pillar holds.
func outlineWords(p *assessment.Pillar) string {
	o := (&assessment.Questionnaire{Pillars: []assessment.Pillar{*p}}).Outline()
	return words.Plural(o.Principles, "principle", "principles") + ", " + words.Plural(o.Questions, "question", "questions") + ", " +
		words.Plural(o.Practices, "practice", "practices")
}

// ruleRows says the risk rules of a question in words, with its practices by their numbers.
func ruleRows(q *assessment.Question) []RuleRow {
	rows := make([]RuleRow, len(q.RiskRules))
	for i, rule := range q.RiskRules {
		rows[i] = RuleRow{rule.Risk, rule.Words(NumberIn(q))}
	}
	return rows
}

// RuleRow is a risk rule in words.
type RuleRow struct {
	Risk assessment.Level
	When string
}

// NumberIn returns what calls the practices of a question by their numbers.
func NumberIn(q *assessment.Question) func(practice string) string {
	return func(practice string) string {
		for i := range q.Practices {
			if q.Practices[i].ID == practice {
				return strconv.Itoa(i + 1)
			}
		}
		return practice
	}
}

// asks reports whether a question says more than its principle does.
func asks(p *assessment.Principle, q *assessment.Question) bool { return q.Title != p.Title }

// sideWords names a side of a tradeoff with what it rests on.
func sideWords(s assessment.Side) string {
	return s.Label + ", " + words.Plural(len(s.Practices), "practice", "practices")
}
