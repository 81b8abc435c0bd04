package api

import (
	"reflect"
	"time"

	huma "github.com/danielgtaylor/huma/v2"

	"plumbline/assessment"
)

// apiResult is the result of an assessment, with the number of the last change that is in it.
type apiResult struct {
	Assessment string `json:"assessment"`
	Sequence   int64  `json:"sequence" doc:"Increases with each change to the assessment"`
	assessment.ResultJSON
}

// apiPulls describes the pulls of a tradeoff.
type apiPulls struct{}

// Schema says that a side with nothing applicable has null.
func (apiPulls) Schema(r huma.Registry) *huma.Schema {
	side := &huma.Schema{AnyOf: []*huma.Schema{r.Schema(reflect.TypeFor[assessment.RangeJSON](), true, ""), {Type: "null"}}}
	return &huma.Schema{Type: huma.TypeArray, Items: side, Description: "Adopted share of each side; null if none of its practices are applicable"}
}

// apiTeam names a team.
type apiTeam struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// momentOrNil returns a moment in UTC, nil for none.
func momentOrNil(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	at = at.UTC()
	return &at
}
