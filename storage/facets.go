package storage

import (
	"context"
	"fmt"
	"maps"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// SetFacets changes what is said about the workload: f holds everything that is said about the facets of the present
// questionnaire; what was said about facets of other versions stays. A version that is not the stored one is a Conflict
// unless the facets are already as requested, a negative one VersionRequired.
func (s *Store) SetFacets(ctx context.Context, actor access.Actor, assessmentID string, version int, f assessment.Facets) (
	*assessment.Current, error) {
	if err := requireVersion(version); err != nil {
		return nil, err
	}
	return s.change(ctx, actor, assessmentID, func(c *change) error {
		if err := c.model.CheckFacets(f); err != nil {
			return err
		}
		before := c.state.Facets.Of(c.model)
		if before.Equal(f) {
			return nil
		}
		if c.state.FacetsVersion != version {
			return conflict("the scope")
		}
		c.state.Facets, c.state.FacetsVersion = c.model.Restate(c.state.Facets, f), c.state.FacetsVersion+1
		_, err := c.tx.exec(`
			UPDATE assessment
			SET facets = $1, facets_version = $2
			WHERE id = $3
		`, text(c.state.Facets), c.state.FacetsVersion, c.state.ID)
		if err != nil {
			return fmt.Errorf("save facets: %w", err)
		}
		c.rescore = true
		c.detail = c.model.FacetChanges(before, f)
		return c.record(assessment.EventFacets, "", before, maps.Clone(f))
	})
}
