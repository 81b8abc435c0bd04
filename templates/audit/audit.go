package audit

import (
	"net/url"
	"strconv"

	"plumbline/templates"
)

// AuditView is a page of the audit log, the newest entries first.
type AuditView struct {
	templates.Page
	Title   string
	Lead    string
	Query   AuditQuery
	Choices []templates.FilterChoice
	Rows    []AuditRow
	Newer   string // addresses; empty where there is nothing
	Older   string
	Errors  templates.FormErrors
}

// AuditRow is one entry.
type AuditRow struct {
	Day     string
	Time    string
	Exact   string         // RFC 3339
	Who     templates.Link // the address shows what else they did; empty where nobody was signed in
	Token   string         // name of the API token by which they did it; empty for none
	What    string
	Subject templates.Link // the address is empty where the thing has no page, or is gone
	Only    templates.Link // the id of the subject, and the entries about it
	About   []string
	Address string
}

// AuditQuery is what the address of an audit log asks for. Its zero value, but for Path, asks for the newest entries.
type AuditQuery struct {
	Path     string // of the log
	Kind     string
	Person   string // ids
	Team     string
	Workload string // id of the assessment
	Subject  string
	From     string // days, 2006-01-02
	To       string
	Before   int64 // sequences between which the page lies; 0 for no bound
	After    int64
}

// Names of the parameters of an audit log's address.
const (
	ParamKind     = "kind"
	ParamPerson   = "person"
	ParamWorkload = "workload"
	ParamSubject  = "subject"
	ParamFrom     = "from"
	ParamTo       = "to"
	ParamBefore   = "before"
	ParamAfter    = "after"
)

// URL is the address of the log that asks for q.
func (q AuditQuery) URL() string { return q.address("") }

// FileURL is the address of everything that q asks for, on whatever page, as a file; ending is csv or jsonl.
func (q AuditQuery) FileURL(ending string) string {
	q.Before, q.After = 0, 0
	return q.address("." + ending)
}

func (q AuditQuery) address(ending string) string {
	values := url.Values{}
	for name, value := range map[string]string{ParamKind: q.Kind, ParamPerson: q.Person, templates.ParamTeam: q.Team, ParamWorkload: q.Workload,
		ParamSubject: q.Subject, ParamFrom: q.From, ParamTo: q.To} {
		if value != "" {
			values.Set(name, value)
		}
	}
	for name, sequence := range map[string]int64{ParamBefore: q.Before, ParamAfter: q.After} {
		if sequence > 0 {
			values.Set(name, strconv.FormatInt(sequence, 10))
		}
	}
	if len(values) == 0 {
		return q.Path + ending
	}
	return q.Path + ending + "?" + values.Encode()
}

// Filtered reports whether q leaves entries out, besides by the page.
func (q AuditQuery) Filtered() bool {
	q.Before, q.After = 0, 0
	return q != AuditQuery{Path: q.Path}
}

// Newest is q from the newest entry on.
func (q AuditQuery) Newest() AuditQuery {
	q.Before, q.After = 0, 0
	return q
}
