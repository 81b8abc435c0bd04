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
	Facets     map[string]*bool `json:"facets" nullable:"false" doc:"Each facet of the questionnaire: true, false, or null if not answered yet"`
	Version    int              `json:"version" doc:"Increases by one with each save. Include it when you save"`
	OutOfScope []string         `json:"out_of_scope" nullable:"false" doc:"Practices that are out of scope, in the order of the questionnaire"`
}

type facetsOutput struct {
	ETag string `header:"ETag" doc:"The version in quotes, for If-Match"`
	Body apiFacets
}

type putFacetsInput struct {
	Assessment string `path:"assessment"`
	IfMatch    string `header:"If-Match" doc:"The version that the change is based on, for example \"1\""`
	Body       apiNewFacets
}

// apiNewFacets is the wish to replace what is said.
type apiNewFacets struct {
	Facets  map[string]*bool `json:"facets" nullable:"false" doc:"By facet: true or false; null or an omitted facet means not answered"`
	Version *int             `json:"version,omitempty" minimum:"0" doc:"The version that the change is based on, unless If-Match has it"`
}

func (h *handlers) facetOperations(a *jsonAPI) {
	operation(h, a, page.May(access.ActRead), huma.Operation{
		OperationID: "get-facets", Method: http.MethodGet, Path: "/assessments/{assessment}/facets", Tags: []string{"Assessments"},
		Summary: "Get the facets of the workload, and the practices that are out of scope",
	}, h.getFacets)
	operation(h, a, page.May(access.ActScope), huma.Operation{
		OperationID: "put-facets", Method: http.MethodPut, Path: "/assessments/{assessment}/facets", Tags: []string{"Assessments"},
		Summary: "Replace the facets of the workload",
		Description: "Include the version, in If-Match or in version of the body: 428 without it, 409 if someone else changed it " +
			"first. Answers to practices that are out of scope are kept.",
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
