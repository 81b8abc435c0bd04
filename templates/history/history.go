// Package history is the page of what was changed in an assessment.
package history

import (
	"net/url"
	"strconv"

	"plumbline/assessment/story"
	"plumbline/templates"
)

// ParamBefore is the parameter for the sequence that all shown changes are before.
const ParamBefore = "before"

// OlderURL is the part of a history before a change.
func OlderURL(assessment, subject string, before int64) string {
	query := url.Values{ParamBefore: {strconv.FormatInt(before, 10)}}
	if subject != "" {
		query.Set(templates.ParamSubject, subject)
	}
	return templates.HistoryURL(assessment, "") + "?" + query.Encode()
}

// HistoryView is one page of a history, the newest change first.
type HistoryView struct {
	templates.Page
	Errors    templates.FormErrors
	Subject   templates.Link // whose changes are shown
	SubjectID string         // empty where the changes of everything are shown
	Later     bool           // there are newer changes
	Changes   []Change
	URL       string // of the newest changes
	AllURL    string // of the changes of everything
	Older     string // where there are more; else empty
}

// Change is what one person changed at one moment.
type Change struct {
	At         templates.Instant
	By         string
	What       string
	Subject    templates.Link
	Named      bool   // the subject is shown: it is not the one that the page is about
	OnlyURL    string // of the history of the same practice or tradeoff; empty for others
	Shifts     []story.ValueShift
	UndoURL    string // where it still holds and the visitor may take it back; else empty
	RestoreURL string // where it was replaced since; else empty
}
