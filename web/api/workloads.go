package api

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	huma "github.com/danielgtaylor/huma/v2"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web/page"
)

// apiWorkload is a workload with its assessments.
type apiWorkload struct {
	ID          string          `json:"id"`
	Name        string          `json:"name"`
	Description string          `json:"description"`
	Owner       string          `json:"owner"`
	Environment string          `json:"environment"`
	Tags        []string        `json:"tags" nullable:"false"`
	Team        apiTeam         `json:"team"`
	Archived    bool            `json:"archived"`
	CreatedAt   time.Time       `json:"created_at"`
	UpdatedAt   time.Time       `json:"updated_at"`
	Assessments []apiAssessment `json:"assessments" nullable:"false" doc:"Newest first"`
}

// apiAssessment is an assessment with what the portfolio shows of it.
type apiAssessment struct {
	ID            string           `json:"id"`
	Questionnaire apiQuestionnaire `json:"questionnaire"`
	Sequence      int64            `json:"sequence" doc:"Increases with each change"`
	CreatedAt     time.Time        `json:"created_at"`
	UpdatedAt     time.Time        `json:"updated_at"`
	Summary       apiSummary       `json:"summary"`
}

// apiQuestionnaire names a questionnaire.
type apiQuestionnaire struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Title   string `json:"title"`
	SHA256  string `json:"sha256"`
}

// apiSummary is the state of an assessment at a glance.
type apiSummary struct {
	Overall        assessment.ScoreJSON         `json:"overall"`
	Pillars        []assessment.PillarScoreJSON `json:"pillars" nullable:"false"`
	Findings       assessment.Counts            `json:"findings" doc:"By severity"`
	Unknown        assessment.Counts            `json:"unknown" doc:"Unanswered practices by their risk"`
	OpenDecisions  int                          `json:"open_decisions" doc:"Active tradeoffs without a decision"`
	StaleDecisions int                          `json:"stale_decisions" doc:"Decisions whose signals have changed since they were recorded"`
	Practices      int                          `json:"practices" doc:"Practices of the questionnaire"`
	InScope        int                          `json:"in_scope" doc:"Practices that the facets of the workload leave in scope"`
	Snapshots      int                          `json:"snapshots"`
	LastSnapshot   *time.Time                   `json:"last_snapshot"`
}

type workloadsInput struct {
	Team     string `query:"team" doc:"ID of a team, to list only its workloads"`
	Tag      string `query:"tag" doc:"Only workloads with this tag"`
	Archived bool   `query:"archived" doc:"Archived workloads instead of active ones"`
	Limit    int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Offset   int    `query:"offset" minimum:"0" default:"0" doc:"Number of workloads to skip"`
}

type workloadsOutput struct {
	Link string `header:"Link" doc:"The next page, rel=next; omitted on the last page"`
	Body apiWorkloads
}

// apiWorkloads is a page of workloads.
type apiWorkloads struct {
	Total     int           `json:"total" doc:"Number of workloads on all pages"`
	Workloads []apiWorkload `json:"workloads" nullable:"false" doc:"By name"`
}

type workloadInput struct {
	Workload string `path:"workload"`
}

type workloadOutput struct {
	Body apiWorkload
}

func (h *handlers) workloadOperations(a *jsonAPI) {
	operation(h, a, page.SignedIn, huma.Operation{
		OperationID: "list-workloads", Method: http.MethodGet, Path: "/workloads", Tags: []string{"Workloads"},
		Summary: "List the workloads of your teams with the state of their assessments",
	}, h.listWorkloads)
	operation(h, a, page.May(access.ActRead), huma.Operation{
		OperationID: "get-workload", Method: http.MethodGet, Path: "/workloads/{workload}", Tags: []string{"Workloads"},
		Summary: "Get a workload",
	}, h.getWorkload)
}

func (h *handlers) listWorkloads(ctx context.Context, v *page.Visitor, in *workloadsInput) (*workloadsOutput, error) {
	filter := assessment.PortfolioFilter{Teams: v.Actor.Teams(access.ActRead).Teams, Archived: in.Archived}
	if in.Team != "" {
		if err := access.Allow(v.Actor, access.ActRead, in.Team); err != nil {
			return nil, err
		}
		filter.Teams = []string{in.Team}
	}
	all, err := h.workloadsWith(ctx, v.Actor, filter)
	if err != nil {
		return nil, err
	}
	if wanted := assessment.Folded(in.Tag); wanted != "" {
		all = slices.DeleteFunc(all, func(w apiWorkload) bool {
			return !slices.ContainsFunc(w.Tags, func(tag string) bool { return assessment.Folded(tag) == wanted })
		})
	}
	from := min(in.Offset, len(all))
	to := min(from+in.Limit, len(all))
	out := &workloadsOutput{Body: apiWorkloads{Total: len(all), Workloads: all[from:to]}}
	if to < len(all) {
		out.Link = in.next(to)
	}
	return out, nil
}

// next returns the header that leads to the page after this one.
func (in *workloadsInput) next(offset int) string {
	query := url.Values{"limit": {strconv.Itoa(in.Limit)}, "offset": {strconv.Itoa(offset)}}
	if in.Team != "" {
		query.Set("team", in.Team)
	}
	if in.Tag != "" {
		query.Set("tag", in.Tag)
	}
	if in.Archived {
		query.Set("archived", "true")
	}
	return "<" + page.APIPrefix + "/workloads?" + query.Encode() + `>; rel="next"`
}

func (h *handlers) getWorkload(ctx context.Context, v *page.Visitor, _ *workloadInput) (*workloadOutput, error) {
	w := v.Named.Workload
	filter := assessment.PortfolioFilter{Teams: []string{w.Team}, Archived: w.Archived()}
	all, err := h.workloadsWith(ctx, v.Actor, filter)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(one apiWorkload) bool { return one.ID == w.ID })
	if i < 0 {
		return nil, assessment.Errorf(assessment.NotFound, "This workload does not exist")
	}
	return &workloadOutput{all[i]}, nil
}

// workloadsWith returns the workloads that a filter chooses, each with its assessments, by name.
func (h *handlers) workloadsWith(ctx context.Context, actor access.Actor, filter assessment.PortfolioFilter) ([]apiWorkload, error) {
	rows, err := h.store.Portfolio(ctx, filter)
	if err != nil {
		return nil, err
	}
	names, err := h.TeamNames(ctx, actor)
	if err != nil {
		return nil, err
	}
	list, at := []apiWorkload{}, map[string]int{}
	for i := range rows {
		w := rows[i].Assessment.Workload
		place, known := at[w.ID]
		if !known {
			place = len(list)
			at[w.ID] = place
			list = append(list, apiWorkloadOf(w, names[w.Team]))
		}
		list[place].Assessments = append(list[place].Assessments, assessmentOf(&rows[i]))
	}
	assessment.SortByName(list, func(w apiWorkload) string { return w.Name })
	return list, nil
}

func apiWorkloadOf(w assessment.Workload, team string) apiWorkload {
	return apiWorkload{ID: w.ID, Name: w.Name, Description: w.Description, Owner: w.Owner, Environment: w.Environment,
		Tags: assessment.Listed(w.Tags), Team: apiTeam{w.Team, team}, Archived: w.Archived(), CreatedAt: w.CreatedAt, UpdatedAt: w.UpdatedAt,
		Assessments: []apiAssessment{}}
}

func assessmentOf(row *assessment.PortfolioRow) apiAssessment {
	a, sum := row.Assessment, row.Summary
	return apiAssessment{
		ID:            a.ID,
		Questionnaire: apiQuestionnaire(a.Questionnaire),
		Sequence:      a.Sequence,
		CreatedAt:     a.CreatedAt,
		UpdatedAt:     a.UpdatedAt,
		Summary: apiSummary{
			Overall: sum.Overall.JSON(), Pillars: pillarScores(sum.Pillars), Findings: sum.Findings, Unknown: sum.Unknown,
			OpenDecisions: sum.OpenDecisions, StaleDecisions: sum.Stale, Practices: row.Practices, InScope: row.InScope,
			Snapshots: row.SnapshotCount, LastSnapshot: momentOrNil(row.LastSnapshot),
		},
	}
}

func pillarScores(pillars []assessment.PillarSummary) []assessment.PillarScoreJSON {
	list := make([]assessment.PillarScoreJSON, len(pillars))
	for i, p := range pillars {
		list[i] = p.JSON()
	}
	return list
}
