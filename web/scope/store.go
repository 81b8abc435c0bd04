package scope

import (
	"context"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// Store is what this room asks of storage.
type Store interface {
	SetFacets(ctx context.Context, actor access.Actor, id string, version int, f assessment.Facets) (*assessment.Current, error)
}
