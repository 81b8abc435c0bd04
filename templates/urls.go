package templates

import (
	"net/url"
	"strconv"
)

// The addresses of the application. Handlers and pages take them from here only.
const (
	PortfolioURL   = "/"
	SetupURL       = "/setup"
	SignInURL      = "/login"
	SessionURL     = "/session"
	SignOutURL     = "/logout"
	ThemeURL       = "/theme"
	AccountURL     = "/account"
	TokensURL      = AccountURL + "/tokens"
	ResetURL       = "/reset"
	NewWorkloadURL = "/workloads/new"

	// PortfolioStateURL answers with a word that changes whenever what the portfolio shows has changed.
	PortfolioStateURL = "/portfolio/state"
)

// LoginURL is the sign-in page, which leads back to an own path afterwards.
func LoginURL(back string) string {
	if back == "" || back == "/" {
		return SignInURL
	}
	return SignInURL + "?" + url.Values{"back": {back}}.Encode()
}

// EditWorkloadURL is the form of a workload.
func EditWorkloadURL(workload string) string {
	return "/workloads/" + url.PathEscape(workload) + "/edit"
}

// ArchiveWorkloadURL puts a workload away, or takes it back.
func ArchiveWorkloadURL(workload string) string {
	return "/workloads/" + url.PathEscape(workload) + "/archive"
}

// MoveWorkloadURL puts a workload into another team.
func MoveWorkloadURL(workload string) string {
	return "/workloads/" + url.PathEscape(workload) + "/team"
}

// AssessmentURL is the overview of an assessment.
func AssessmentURL(assessment string) string { return "/assessments/" + url.PathEscape(assessment) }

// PrincipleURL is the page of the walk that asks about one principle.
func PrincipleURL(assessment, principle string) string {
	return AssessmentURL(assessment) + "/principles/" + url.PathEscape(principle)
}

// PracticeURL is the place of one practice on its principle's page.
func PracticeURL(assessment, principle, practice string) string {
	return PrincipleURL(assessment, principle) + "#p-" + url.PathEscape(practice)
}

// WalkURL is the page of the walk where the visitor stopped.
func WalkURL(assessment string) string { return AssessmentURL(assessment) + "/answers" }

// WorksheetURL is the page of all practices, with the filters of a query.
func WorksheetURL(assessment string, query url.Values) string {
	address := AssessmentURL(assessment) + "/worksheet"
	if len(query) == 0 {
		return address
	}
	return address + "?" + query.Encode()
}

// AnswerURL saves the answer to one practice.
func AnswerURL(assessment, practice string) string {
	return AssessmentURL(assessment) + "/answers/" + url.PathEscape(practice)
}

// ChangesURL is what others have changed on a principle's page.
func ChangesURL(assessment, principle string) string {
	return PrincipleURL(assessment, principle) + "/changes"
}

// EventsURL is the stream of an assessment's changes, for a page of a principle; an empty one for any other page.
func EventsURL(assessment, principle string) string {
	address := AssessmentURL(assessment) + "/events"
	if principle == "" {
		return address
	}
	return address + "?" + url.Values{"at": {principle}}.Encode()
}

// RestURL answers what is still open on a principle's page alike.
func RestURL(assessment, principle string) string {
	return PrincipleURL(assessment, principle) + "/rest"
}

// TogetherURL sets a principle, one of its questions or its pillar not applicable.
func TogetherURL(assessment, principle string) string {
	return PrincipleURL(assessment, principle) + "/not-applicable"
}

// UndoTogetherURL undoes that.
func UndoTogetherURL(assessment, principle string) string {
	return TogetherURL(assessment, principle) + "/undo"
}

// TradeoffsURL lists the tradeoffs.
func TradeoffsURL(assessment string) string { return AssessmentURL(assessment) + "/tradeoffs" }

// TradeoffURL is one tradeoff with its decision.
func TradeoffURL(assessment, tradeoff string) string {
	return TradeoffsURL(assessment) + "/" + url.PathEscape(tradeoff)
}

// DecisionURL records the decision about a tradeoff.
func DecisionURL(assessment, tradeoff string) string {
	return TradeoffURL(assessment, tradeoff) + "/decision"
}

// ConfirmDecisionURL records again what was decided about a tradeoff.
func ConfirmDecisionURL(assessment, tradeoff string) string {
	return DecisionURL(assessment, tradeoff) + "/confirm"
}

// WithdrawDecisionURL removes the decision about a tradeoff.
func WithdrawDecisionURL(assessment, tradeoff string) string {
	return DecisionURL(assessment, tradeoff) + "/withdraw"
}

// FindingsURL lists every finding.
func FindingsURL(assessment string) string { return AssessmentURL(assessment) + "/findings" }

// PlanURL is the improvement plan.
func PlanURL(assessment string) string { return AssessmentURL(assessment) + "/plan" }

// PlanItemURL is one item of the plan.
func PlanItemURL(assessment, practice string) string {
	return PlanURL(assessment) + "/" + url.PathEscape(practice)
}

// PlanItemRemovalURL takes an item out of the plan.
func PlanItemRemovalURL(assessment, practice string) string {
	return PlanItemURL(assessment, practice) + "/remove"
}

// PlanViewURL is the improvement plan with filters and ticked practices.
func PlanViewURL(assessment string, query url.Values) string {
	if len(query) == 0 {
		return PlanURL(assessment)
	}
	return PlanURL(assessment) + "?" + query.Encode()
}

// PrioritiesURL is the form of the pillars' priorities.
func PrioritiesURL(assessment string) string { return AssessmentURL(assessment) + "/priorities" }

// FindURL finds workloads and pages, FindInURL also what one assessment holds.
const FindURL = "/find"

// FindInURL finds what an assessment holds, and what FindURL finds.
func FindInURL(assessment string) string { return AssessmentURL(assessment) + "/find" }

// ParamSubject is the parameter of a history for the practice or tradeoff whose changes are shown.
const ParamSubject = "subject"

// HistoryURL is what was changed in an assessment; subject is the practice or tradeoff that is asked about, empty for all.
func HistoryURL(assessment, subject string) string {
	address := AssessmentURL(assessment) + "/history"
	if subject == "" {
		return address
	}
	return address + "?" + url.Values{ParamSubject: {subject}}.Encode()
}

// UndoURL takes back a change that still holds.
func UndoURL(assessment string, sequence int64) string {
	return changeURL(assessment, sequence, "undo")
}

// RestoreURL sets again what a change had set.
func RestoreURL(assessment string, sequence int64) string {
	return changeURL(assessment, sequence, "restore")
}

func changeURL(assessment string, sequence int64, what string) string {
	return HistoryURL(assessment, "") + "/" + strconv.FormatInt(sequence, 10) + "/" + what
}

// UndoneURL takes back the changes that a form names.
func UndoneURL(assessment string) string { return HistoryURL(assessment, "") + "/undo" }

// ScopeURL asks what the workload does, which decides what is asked.
func ScopeURL(assessment string) string { return AssessmentURL(assessment) + "/scope" }

// SnapshotsURL is the timeline of snapshots.
func SnapshotsURL(assessment string) string { return AssessmentURL(assessment) + "/snapshots" }

// SnapshotURL is the read-only view of a snapshot.
func SnapshotURL(snapshot string) string { return "/snapshots/" + url.PathEscape(snapshot) }

// SnapshotDocumentURL is the canonical document of a snapshot.
func SnapshotDocumentURL(snapshot string) string { return SnapshotURL(snapshot) + "/document.json" }

// SnapshotAnswersURL is the table of answers of a snapshot as CSV.
func SnapshotAnswersURL(snapshot string) string { return SnapshotURL(snapshot) + "/answers.csv" }

// SnapshotSummaryURL is the report of a snapshot as Markdown.
func SnapshotSummaryURL(snapshot string) string { return SnapshotURL(snapshot) + "/summary.md" }

// CompareURL is the comparison page of an assessment.
func CompareURL(assessment string) string { return AssessmentURL(assessment) + "/compare" }

// CompareTwoURL compares two snapshots.
func CompareTwoURL(assessment, before, after string) string {
	return CompareURL(assessment) + "?" + url.Values{"before": {before}, "after": {after}}.Encode()
}

// CompareFileURL is the comparison of two snapshots as a file; ending is csv or json.
func CompareFileURL(assessment, ending, before, after string) string {
	return CompareURL(assessment) + "." + ending + "?" + url.Values{"before": {before}, "after": {after}}.Encode()
}

// MakeReportURL draws and stores the report of a snapshot, or of the change up to it.
func MakeReportURL(snapshot string) string { return SnapshotURL(snapshot) + "/report" }

// ReportsURL lists the stored reports.
func ReportsURL(assessment string) string { return AssessmentURL(assessment) + "/reports" }

// ReportURL is a stored report.
func ReportURL(report string) string { return "/reports/" + url.PathEscape(report) }

// ShowReportURL shows a stored report in the browser.
func ShowReportURL(report string) string { return ReportURL(report) + "?inline=1" }

// ShareURL is the page of the links to a report.
func ShareURL(report string) string { return ReportURL(report) + "/share" }
