package api

import (
	"context"
	"net/http"
	"time"

	huma "github.com/danielgtaylor/huma/v2"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/report"
	"plumbline/web/compare"
	"plumbline/web/page"
)

// apiSnapshot describes a snapshot without its document.
type apiSnapshot struct {
	ID         string                       `json:"id"`
	Assessment string                       `json:"assessment"`
	Sequence   int                          `json:"sequence" doc:"1 for the first snapshot of the assessment"`
	Title      string                       `json:"title"`
	Note       string                       `json:"note"`
	TakenAt    time.Time                    `json:"taken_at"`
	TakenBy    string                       `json:"taken_by"`
	SHA256     string                       `json:"sha256" doc:"SHA-256 of the document"`
	Previous   string                       `json:"previous" doc:"SHA-256 of the previous snapshot; empty for the first"`
	Size       int64                        `json:"size" doc:"Size of the document in bytes"`
	Overall    assessment.ScoreJSON         `json:"overall"`
	Pillars    []assessment.PillarScoreJSON `json:"pillars" nullable:"false"`
}

type snapshotsOutput struct {
	Body struct {
		Snapshots []apiSnapshot `json:"snapshots" nullable:"false" doc:"Newest first"`
	} `nameHint:"Snapshots"`
}

type takeSnapshotInput struct {
	Assessment string `path:"assessment"`
	Body       struct {
		Title string `json:"title" minLength:"1" maxLength:"200"`
		Note  string `json:"note,omitempty" maxLength:"10000"`
	} `nameHint:"NewSnapshot"`
}

type takeSnapshotOutput struct {
	Status   int
	Location string `header:"Location"`
	Body     apiSnapshot
}

type snapshotInput struct {
	Snapshot string `path:"snapshot"`
}

type compareInput struct {
	Assessment string `path:"assessment"`
	Before     string `query:"before" required:"true" doc:"ID of the earlier snapshot"`
	After      string `query:"after" default:"now" doc:"ID of the later snapshot, or now"`
}

type compareOutput struct {
	Body assessment.ComparisonJSON
}

func (h *handlers) snapshotOperations(a *jsonAPI) {
	operation(h, a, page.May(access.ActRead), huma.Operation{
		OperationID: "list-snapshots", Method: http.MethodGet, Path: "/assessments/{assessment}/snapshots", Tags: []string{"Snapshots"},
		Summary: "List the snapshots of an assessment",
	}, h.listSnapshots)
	operation(h, a, page.May(access.ActSnapshot), huma.Operation{
		OperationID: "take-snapshot", Method: http.MethodPost, Path: "/assessments/{assessment}/snapshots", Tags: []string{"Snapshots"}, Metadata: heavy,
		Summary:       "Create a snapshot",
		Description:   "If nothing changed since the latest snapshot, a repeated request returns 200 with that snapshot.",
		DefaultStatus: http.StatusCreated,
		Responses:     map[string]*huma.Response{"200": alternative[apiSnapshot](a, "The snapshot already exists")},
	}, h.postSnapshot)
	operation(h, a, page.May(access.ActRead), huma.Operation{
		OperationID: "get-snapshot", Method: http.MethodGet, Path: "/snapshots/{snapshot}", Tags: []string{"Snapshots"},
		Summary:     "Download the canonical document of a snapshot",
		Description: "The SHA-256 of these bytes identifies the snapshot. Check them with plumbline snapshot verify.",
		Responses: fileResponse(mediaJSON, "The document", &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true,
			Required: []string{"format", "result"}}),
	}, h.getSnapshot)
	operation(h, a, page.May(access.ActRead), huma.Operation{
		OperationID: "compare", Method: http.MethodGet, Path: "/assessments/{assessment}/compare", Tags: []string{"Snapshots"}, Metadata: heavy,
		Summary: "Explain what changed between two snapshots, or since one",
	}, h.getComparison)
}

func (h *handlers) listSnapshots(ctx context.Context, v *page.Visitor, _ *assessmentInput) (*snapshotsOutput, error) {
	list, err := h.store.Snapshots(ctx, v.Named.Current.State.ID)
	if err != nil {
		return nil, err
	}
	out := &snapshotsOutput{}
	out.Body.Snapshots = make([]apiSnapshot, len(list))
	for i, info := range list {
		out.Body.Snapshots[i] = snapshotInfo(info)
	}
	return out, nil
}

func snapshotInfo(s assessment.SnapshotInfo) apiSnapshot {
	return apiSnapshot{ID: s.ID, Assessment: s.Assessment, Sequence: s.Sequence, Title: s.Title, Note: s.Note, TakenAt: s.TakenAt,
		TakenBy: s.TakenBy, SHA256: s.SHA256, Previous: s.Previous, Size: s.Size, Overall: s.Overall.JSON(), Pillars: pillarScores(s.Pillars)}
}

func (h *handlers) postSnapshot(ctx context.Context, v *page.Visitor, in *takeSnapshotInput) (*takeSnapshotOutput, error) {
	info, taken, err := h.store.TakeNewSnapshot(ctx, v.Actor, v.Named.Current.State.ID, in.Body.Title, in.Body.Note)
	if err != nil {
		return nil, err
	}
	if !taken {
		return snapshotAnswer(http.StatusOK, info), nil
	}
	return snapshotAnswer(http.StatusCreated, info), nil
}

func snapshotAnswer(status int, info assessment.SnapshotInfo) *takeSnapshotOutput {
	return &takeSnapshotOutput{status, page.APIPrefix + "/snapshots/" + info.ID, snapshotInfo(info)}
}

func (h *handlers) getSnapshot(ctx context.Context, v *page.Visitor, _ *snapshotInput) (*file, error) {
	f := v.Named.Snapshot
	return fileAnswer(page.Download{Media: report.JSON.Media(), Name: page.DocumentName(f), Tag: f.SHA256, Content: f.Document(ctx)}), nil
}

func (h *handlers) getComparison(ctx context.Context, v *page.Visitor, in *compareInput) (*compareOutput, error) {
	list, err := h.store.Snapshots(ctx, v.Named.Current.State.ID)
	if err != nil {
		return nil, err
	}
	c := &compare.Comparison{Current: v.Named.Current, Snapshots: list}
	if err := h.compare.CompareBoth(ctx, v.Actor, c, in.Before, in.After); err != nil {
		return nil, err
	}
	return &compareOutput{c.JSON()}, nil
}
