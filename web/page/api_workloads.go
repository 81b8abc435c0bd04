package page

import (
	"context"

	"plumbline/assessment/access"
)

// TeamNames returns the names of the teams that a person can see, by id.
func (k *Kit) TeamNames(ctx context.Context, actor access.Actor) (map[string]string, error) {
	names := map[string]string{}
	for _, m := range actor.Memberships {
		names[m.Team.ID] = m.Team.Name
	}
	if !actor.Teams(access.ActRead).All {
		return names, nil
	}
	teams, err := k.Store.Teams(ctx)
	for _, team := range teams {
		names[team.ID] = team.Name
	}
	return names, err
}
