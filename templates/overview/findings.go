package overview

import (
	"cmp"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
)

// NothingMissing is said where every practice that was answered is adopted.
const NothingMissing = words.NothingMissing

// FindingsView lists every finding of an assessment.
type FindingsView struct {
	templates.Page
	Errors  templates.FormErrors
	Action  string
	Count   string // for example "12 of 46 findings"
	Choices []templates.FilterChoice
	Clear   string         // address without filters; empty where none is in force
	Groups  []FindingGroup // of the pillars that count, by severity
	LeftOut FindingGroup   // of all severities, in pillars of priority 0
	Unknown []UnknownLine
	Apart   string // what priority 0 leaves out of them; may be empty
	Nothing string // what to say where there is no group
	Scope   templates.Scope
}

// FindingGroup holds the findings of one severity.
type FindingGroup struct {
	Severity assessment.Level // empty for several
	Title    string           // for example "High, 12"
	Lines    []FindingLine
}

// UnknownLine counts the practices of one risk that are not answered yet.
type UnknownLine struct {
	Risk assessment.Level
	Text string         // for example "11 practices"
	Link templates.Link // to the first of them
}

// anchor is the id of the group's heading.
func (g FindingGroup) anchor() string { return "severity-" + cmp.Or(string(g.Severity), "left-out") }
