package webtest

import "net/url"

// Extras are fields that no form has, and that nobody may decide by adding them.
func (c *Company) Extras(form url.Values) url.Values {
	payments := c.People[Neighbour].Memberships[0].Team.ID
	for name, value := range map[string]string{
		"team": payments, "team_id": payments, "role": "lead", "admin": "1", "by": "Mallory", "at": "2020-01-01T00:00:00Z", "id": "mallory",
		"account": c.People[Admin].User.ID, "assessment": "none", "workload": "none", "state": "quiet", "taken_by": "Mallory", "sequence": "99",
	} {
		if !form.Has(name) {
			form.Set(name, value)
		}
	}
	return form
}
