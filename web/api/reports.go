package api

import (
	"context"
	"net/http"
	"time"

	huma "github.com/danielgtaylor/huma/v2"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/report"
	"plumbline/web/page"
)

// apiReport describes a stored report without its document.
type apiReport struct {
	ID         string    `json:"id"`
	Assessment string    `json:"assessment"`
	Kind       string    `json:"kind" enum:"snapshot,comparison"`
	Snapshot   string    `json:"snapshot" doc:"ID of the snapshot; for a comparison, the later one"`
	Before     string    `json:"before" doc:"ID of the earlier snapshot of a comparison"`
	Title      string    `json:"title"`
	Media      string    `json:"media"`
	FileName   string    `json:"file_name"`
	SHA256     string    `json:"sha256" doc:"SHA-256 of the document"`
	Size       int64     `json:"size" doc:"Size in bytes"`
	CreatedAt  time.Time `json:"created_at"`
	CreatedBy  string    `json:"created_by"`
}

type reportsOutput struct {
	Body struct {
		Reports []apiReport `json:"reports" nullable:"false" doc:"Newest first"`
	} `nameHint:"Reports"`
}

type makeReportInput struct {
	Snapshot string `path:"snapshot"`
	Before   string `query:"before" doc:"ID of an earlier snapshot, for a comparison report"`
}

type makeReportOutput struct {
	Status   int
	Location string `header:"Location" doc:"Address of the document"`
	Body     apiReport
}

type reportInput struct {
	Report string `path:"report"`
}

func (h *handlers) reportOperations(a *jsonAPI) {
	operation(h, a, page.May(access.ActRead), huma.Operation{
		OperationID: "list-reports", Method: http.MethodGet, Path: "/assessments/{assessment}/reports", Tags: []string{"Reports"},
		Summary: "List the stored reports of an assessment",
	}, h.listReports)
	operation(h, a, page.May(access.ActReport), huma.Operation{
		OperationID: "make-report", Method: http.MethodPost, Path: "/snapshots/{snapshot}/report", Tags: []string{"Reports"},
		Summary:       "Create and store the PDF of a snapshot",
		Description:   "Each report is created once. Repeated requests return 200 with the existing report.",
		DefaultStatus: http.StatusCreated,
		Responses:     map[string]*huma.Response{"200": alternative[apiReport](a, "The report already exists")},
	}, h.postReport)
	operation(h, a, page.May(access.ActRead), huma.Operation{
		OperationID: "get-report", Method: http.MethodGet, Path: "/reports/{report}", Tags: []string{"Reports"},
		Summary:   "Download a stored report",
		Responses: fileResponse(report.PDF.Media(), "The document", &huma.Schema{Type: huma.TypeString, Format: "binary"}),
	}, h.getReport)
}

func (h *handlers) listReports(ctx context.Context, v *page.Visitor, _ *assessmentInput) (*reportsOutput, error) {
	list, err := h.store.Reports(ctx, v.Named.Current.State.ID)
	if err != nil {
		return nil, err
	}
	list = access.Readable(v.Actor, list)
	out := &reportsOutput{}
	out.Body.Reports = make([]apiReport, len(list))
	for i, info := range list {
		out.Body.Reports[i] = reportOfInfo(info)
	}
	return out, nil
}

func reportOfInfo(r assessment.ReportInfo) apiReport {
	return apiReport{ID: r.ID, Assessment: r.Assessment, Kind: r.Kind, Snapshot: r.Snapshot, Before: r.Before, Title: r.Title, Media: r.Media,
		FileName: r.FileName, SHA256: r.SHA256, Size: r.Size, CreatedAt: r.CreatedAt, CreatedBy: r.CreatedBy}
}

func (h *handlers) postReport(ctx context.Context, v *page.Visitor, in *makeReportInput) (*makeReportOutput, error) {
	request, err := h.reports.ReportRequested(ctx, v, in.Before)
	if err != nil {
		return nil, err
	}
	info, drawn, err := h.reports.ReportOn(ctx, v.Actor, request)
	if err != nil {
		return nil, err
	}
	status := http.StatusOK
	if drawn {
		status = http.StatusCreated
	}
	return &makeReportOutput{status, page.APIPrefix + "/reports/" + info.ID, reportOfInfo(info)}, nil
}

func (h *handlers) getReport(ctx context.Context, v *page.Visitor, _ *reportInput) (*file, error) {
	r := v.Named.Report
	return fileAnswer(page.Download{Media: r.Media, Name: r.FileName, Tag: r.SHA256, Content: h.Store.ReportDocument(ctx, r)}), nil
}
