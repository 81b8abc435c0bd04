package assessment

import "time"

// Kinds of reports.
const (
	ReportSnapshot   = "snapshot"
	ReportComparison = "comparison"
)

// Report is a rendering of one snapshot, or of the change between two, to be stored.
type Report struct {
	Kind     string
	Snapshot string // id; of a comparison the later one
	Before   string // id of the earlier one; empty for a snapshot's report
	Media    string // for example application/pdf
	FileName string
	Renderer string // version of the code that drew it
	Document []byte
}

// ReportInfo describes a stored report without its document.
type ReportInfo struct {
	ID         string
	Assessment string
	Kind       string
	Snapshot   string
	Before     string
	Team       string // of the workload, as it is now
	BeforeTeam string // of the workload that the earlier snapshot is of, as it is now; empty without one
	Title      string // of the snapshot, or of both
	Media      string
	FileName   string
	Renderer   string
	SHA256     string // of the document, hex
	Size       int64  // bytes
	CreatedAt  time.Time
	CreatedBy  string // name
}

// Apart reports whether the report is about workloads of two teams: they were of one when it was drawn.
func (r ReportInfo) Apart() bool { return r.BeforeTeam != "" && r.BeforeTeam != r.Team }
