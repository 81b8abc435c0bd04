package api

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"reflect"
	"slices"

	huma "github.com/danielgtaylor/huma/v2"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/web/page"
)

// apiGate says whether an assessment is as good as a build needs it to be.
type apiGate struct {
	Pass       bool     `json:"pass"`
	Reasons    []string `json:"reasons" nullable:"false" doc:"Why the gate fails; empty if it passes"`
	Assessment string   `json:"assessment"`
	Sequence   int64    `json:"sequence" doc:"The latest change that was checked"`
	NewHigh    []string `json:"new_high" nullable:"false" doc:"Practices with a high-severity finding that the snapshot does not have"`
}

type gateInput struct {
	Assessment string     `path:"assessment"`
	Pillar     []string   `query:"pillar,explode" nullable:"false" maxItems:"20" doc:"IDs of pillars that need at least min"`
	Min        gatePoints `query:"min" doc:"The confirmed score that each pillar needs, 0 to 100"`
	Overall    gatePoints `query:"overall" doc:"The confirmed overall score that is needed, 0 to 100"`
	NoNewHigh  string     `query:"no_new_high" doc:"ID of a snapshot of this assessment, or latest: fails if a practice has a high-severity finding that the snapshot does not have"`
}

type gateOutput struct {
	Status int
	Body   apiGate
}

// gatePoints is a number of points that may be left out.
type gatePoints struct {
	Points float64
	asked  bool
}

// Receiver returns where the number goes.
func (p *gatePoints) Receiver() reflect.Value { return reflect.ValueOf(p).Elem().Field(0) }

// OnParamSet notes whether there is a number.
func (p *gatePoints) OnParamSet(isSet bool, _ any) { p.asked = isSet }

// Schema says that it is a number.
func (gatePoints) Schema(huma.Registry) *huma.Schema {
	least, most := 0.0, 100.0
	return &huma.Schema{Type: huma.TypeNumber, Minimum: &least, Maximum: &most}
}

func (h *handlers) gateOperation(a *jsonAPI) {
	operation(h, a, page.May(access.ActRead), huma.Operation{
		OperationID: "gate", Method: http.MethodGet, Path: "/assessments/{assessment}/gate", Tags: []string{"Assessments"}, Metadata: heavy,
		Summary: "Fail a build if a score is too low or there is a new high-severity finding",
		Description: "200 if all conditions are met, 412 with the reasons if not, 422 if the conditions are " +
			"not valid. Use curl --fail or --fail-with-body as a one-line gate.",
		Responses: map[string]*huma.Response{"412": alternative[apiGate](a, "A condition is not met")},
	}, h.getGate)
}

func (h *handlers) getGate(ctx context.Context, v *page.Visitor, in *gateInput) (*gateOutput, error) {
	c := v.Named.Current
	if err := in.check(c); err != nil {
		return nil, err
	}
	out := &gateOutput{Body: apiGate{Assessment: c.State.ID, Sequence: c.State.Sequence, Reasons: []string{}, NewHigh: []string{}}}
	if in.Overall.asked {
		out.Body.need("The overall score", c.Result.Overall, in.Overall.Points)
	}
	for i, pillar := range c.Model.Questionnaire().Pillars {
		if slices.Contains(in.Pillar, pillar.ID) {
			out.Body.need(pillar.Title, c.Result.Pillars[i].Score, in.Min.Points)
		}
	}
	if in.NoNewHigh != "" {
		if err := h.findNewHigh(ctx, &out.Body, c, in.NoNewHigh); err != nil {
			return nil, err
		}
	}
	out.Status, out.Body.Pass = http.StatusOK, len(out.Body.Reasons) == 0
	if !out.Body.Pass {
		out.Status = http.StatusPreconditionFailed
	}
	return out, nil
}

// Resolve refuses an empty and a repeated parameter: a build whose variable is not set must not pass for it.
func (in *gateInput) Resolve(ctx huma.Context) []error {
	var errs []error
	address := ctx.URL()
	for name, values := range address.Query() {
		if slices.Contains(values, "") {
			errs = append(errs, &huma.ErrorDetail{Location: "query." + name, Message: "Enter a value"})
		}
		if len(values) > 1 && name != "pillar" {
			errs = append(errs, &huma.ErrorDetail{Location: "query." + name, Message: "The parameter is repeated"})
		}
	}
	return errs
}

// check returns what makes no sense about the gate: one that asks for nothing would always be open.
func (in *gateInput) check(c *assessment.Current) error {
	var errs assessment.Errors
	for name, points := range map[string]float64{"min": in.Min.Points, "overall": in.Overall.Points} {
		if math.IsNaN(points) {
			errs = append(errs, assessment.InvalidField("query."+name, "Expected a number from 0 to 100"))
		}
	}
	if len(in.Pillar) > 0 && !in.Min.asked {
		errs = append(errs, assessment.InvalidField("query.min", "Include min with the score that the pillar needs"))
	}
	if in.Min.asked && len(in.Pillar) == 0 {
		errs = append(errs, assessment.InvalidField("query.pillar", "Include pillar with the pillar that needs the score"))
	}
	for _, id := range in.Pillar {
		if _, ok := c.Model.Pillar(id); !ok {
			errs = append(errs, assessment.InvalidField("query.pillar", fmt.Sprintf("Pillar %.128q does not exist", id)))
		}
	}
	if len(errs) == 0 && len(in.Pillar) == 0 && !in.Overall.asked && in.NoNewHigh == "" {
		errs = append(errs, assessment.InvalidField("", "Include at least one condition: pillar with min, overall, or no_new_high"))
	}
	return errs.Err()
}

// need adds a reason unless the score reaches so many points.
func (g *apiGate) need(what string, s assessment.Score, points float64) {
	switch {
	case s.Reaches(points):
	case !s.Range.Applicable:
		g.Reasons = append(g.Reasons, what+" has no score: no practice counts toward it")
	default:
		g.Reasons = append(g.Reasons, fmt.Sprintf("%s is at %s, below %s", what, words.Exact(assessment.RoundTo(s.Low, 4)), words.Exact(points)))
	}
}

// findNewHigh adds a reason for each practice with a high finding that the snapshot does not have.
func (h *handlers) findNewHigh(ctx context.Context, g *apiGate, c *assessment.Current, id string) error {
	before, err := h.snapshotOfGate(ctx, c, id)
	if err != nil {
		return err
	}
	if before == nil {
		g.Reasons = append(g.Reasons, "No snapshot to compare high-severity findings with")
		return nil
	}
	for _, practice := range assessment.NewHigh(before.Result, c.Full()) {
		place, _ := c.Model.Place(practice)
		g.NewHigh = append(g.NewHigh, practice)
		g.Reasons = append(g.Reasons, fmt.Sprintf("New high-severity finding since “%s”: %s (%s)", before.Title, place.Practice.Title, practice))
	}
	return nil
}

// snapshotOfGate returns a snapshot of the assessment, nil for the newest where there is none.
func (h *handlers) snapshotOfGate(ctx context.Context, c *assessment.Current, id string) (*assessment.Snapshot, error) {
	if id == page.NewestSnapshot {
		list, err := h.store.Snapshots(ctx, c.State.ID)
		if err != nil || len(list) == 0 {
			return nil, err
		}
		id = list[0].ID
	}
	file, err := h.StoredSnapshot(ctx, id)
	if err != nil {
		return nil, err
	}
	if team := file.Current.State.Workload.Team; team != c.State.Workload.Team {
		if err := access.Allow(page.VisitorIn(ctx).Actor, access.ActRead, team); err != nil {
			return nil, err
		}
	}
	if file.Assessment != c.State.ID {
		return nil, assessment.Errorf(assessment.NotFound, "This snapshot does not exist in this assessment")
	}
	return file.Read(ctx)
}
