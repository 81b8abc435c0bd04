package reports

import (
	"net/url"

	"plumbline/templates"
)

// SharesView is the page of the links to one report.
type SharesView struct {
	templates.Page
	Report  string // id
	Title   string
	Lead    string
	Back    string // address of the list of reports
	Made    *MadeShare
	Rows    []ShareRow // newest first
	Form    ShareForm
	Errors  templates.FormErrors
	Working int // how many links open the report now
}

// MadeShare is a new link. This is the only time that anybody sees it.
type MadeShare struct {
	URL   string
	Until string
}

// ShareForm is what a person wants of a new link.
type ShareForm struct {
	Days    string // how long it works
	Request string // of this form, so that a double click makes one link
	Version int    // how many links there were when the form was drawn
	Newer   string // says who made another one since; empty where nobody did
}

// ShareRow is one link without its secret.
type ShareRow struct {
	Works  bool
	State  string // Works, Expired or Revoked
	When   string // until or since when
	Made   string
	By     string
	Used   string // how often, and when last
	Uses   []ShareUse
	More   int    // uses that are not in the list
	Revoke string // address that ends it; empty where it has ended
}

// ShareUse is one download.
type ShareUse struct {
	When    string
	Address string
	Browser string
}

// SharedView is what a link to a report shows to anybody who has it.
type SharedView struct {
	templates.Page
	Title    string
	Workload string
	Kind     string
	Made     string
	File     string // its kind and size
	Hash     string // SHA-256, hex
	By       string
	Until    string
	Action   string // address of the download
}

// RevokeShareURL ends a link to a report.
func RevokeShareURL(report, share string) string {
	return templates.ShareURL(report) + "/" + url.PathEscape(share) + "/revoke"
}

// SharedURL is where a link to a report leads.
func SharedURL(token string) string { return "/shared/" + url.PathEscape(token) }

// SharedReportURL is the report itself, for those who have a link to it.
func SharedReportURL(token string) string { return SharedURL(token) + "/report" }
