package api

import (
	"context"
	"net/http"
	"slices"

	huma "github.com/danielgtaylor/huma/v2"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web/page"
)

// apiFacets is what a team says about its workload.
type apiFacets struct {
	Assessment string           `json:"assessment"`
	Sequence   int64            `json:"sequence"`
	Facets     map[string]*bool `json:"facets" nullable:"false" doc:"Every facet of the questionnaire: true, false, or null where nothing is said yet"`
	Version    int              `json:"version" doc:"Grows by one with each save. A save says which one it saw"`
	OutOfScope []string         `json:"out_of_scope" nullable:"false" doc:"Practices that the facets leave out, in the questionnaire's order"`
}

type facetsOutput struct {
	ETag string `header:"ETag" doc:"The version in quotes, for If-Match"`
	Body apiFacets
}

type putFacetsInput struct {
	Assessment string `path:"assessment"`
	IfMatch    string `header:"If-Match" doc:"The version that the save saw, for example \"1\""`
	Body       apiNewFacets
}

// apiNewFacets is the wish to replace what is said.
type apiNewFacets struct {
	Facets  map[string]*bool `json:"facets" nullable:"false" doc:"By facet: true or false; null and a facet left out say nothing"`
	Version *int             `json:"version,omitempty" minimum:"0" doc:"The version that the save saw, where If-Match does not say it"`
}

func (h *handlers) facetOperations(a *jsonAPI) {
	operation(h, a, page.May(access.ActRead), huma.Operation{
		OperationID: "get-facets", Method: http.MethodGet, Path: "/assessments/{assessment}/facets", Tags: []string{"Assessments"},
		Summary: "Read what is said about the workload, and which practices that leaves out",
	}, h.getFacets)
	operation(h, a, page.May(access.ActScope), huma.Operation{
		OperationID: "put-facets", Method: http.MethodPut, Path: "/assessments/{assessment}/facets", Tags: []string{"Assessments"},
		Summary: "Replace what is said about the workload",
		Description: "Says which version it saw, in If-Match or in version of the body: 428 without, 409 where somebody else was " +
			"faster. Answers to practices that leave the scope stay stored.",
		Errors: []int{http.StatusConflict, http.StatusPreconditionRequired},
	}, h.putFacets)
}

func (h *handlers) getFacets(_ context.Context, v *page.Visitor, _ *assessmentInput) (*facetsOutput, error) {
	return facetsOf(v.Named.Current), nil
}

func (h *handlers) putFacets(ctx context.Context, v *page.Visitor, in *putFacetsInput) (*facetsOutput, error) {
	c := v.Named.Current
	version, err := versionMatched(in.IfMatch, in.Body.Version)
	if err != nil {
		return nil, err
	}
	facets, err := facetsNamed(c.Model, in.Body.Facets)
	if err != nil {
		return nil, err
	}
	after, err := h.store.SetFacets(ctx, v.Actor, c.State.ID, version, facets)
	if err != nil {
		return nil, err
	}
	return facetsOf(after), nil
}

// facetsNamed returns what a request says, or every facet of it that the questionnaire does not have.
func facetsNamed(m *assessment.Model, said map[string]*bool) (assessment.Facets, error) {
	facets, named := assessment.Facets{}, assessment.Facets{}
	for id, yes := range said {
		named[id] = true
		if yes != nil {
			facets[id] = *yes
		}
	}
	var errs assessment.Errors
	unknown, _ := m.CheckFacets(named).(assessment.Errors)
	for _, one := range unknown {
		errs = append(errs, assessment.InvalidField("body."+one.Field, one.Message))
	}
	return facets, errs.Err()
}

func facetsOf(c *assessment.Current) *facetsOutput {
	said := map[string]*bool{}
	for _, facet := range c.Model.Questionnaire().Facets {
		said[facet.ID] = c.State.Facets.Said(facet.ID)
	}
	return &facetsOutput{ETag: versionTag(c.State.FacetsVersion), Body: apiFacets{Assessment: c.State.ID, Sequence: c.State.Sequence,
		Facets: said, Version: c.State.FacetsVersion, OutOfScope: slices.Clone(c.Result.OutOfScope)}}
}
