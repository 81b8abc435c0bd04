package audit_test

import (
	"strings"
	"testing"

	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/webtest"
)

// TestMovedAway: the log of the team that had a workload says nothing that its new team calls it, and the links to its reports
// have ended.
func TestMovedAway(t *testing.T) {
	const secret = "Osprey"
	c := webtest.NewCompany(t)
	link := c.Browsers[webtest.Lead].Share(c.Things["report"])
	if got := c.Browser().Get(link); got.Status != 200 {
		t.Fatalf("the link: status %d", got.Status)
	}
	to := c.People[webtest.Neighbour].Memberships[0].Team.ID
	moved, err := c.Store.MoveWorkload(t.Context(), c.People[webtest.Admin], c.Things["workload"], c.Workload(c.Things["workload"]).Version, to)
	if err != nil {
		t.Fatal(err)
	}
	moved.Name = secret
	if _, err := c.Store.UpdateWorkload(t.Context(), c.People[webtest.Neighbour], moved); err != nil {
		t.Fatal(err)
	}
	got := c.Browsers[webtest.Lead].Get(templates.TeamAuditURL(c.Things["team"]))
	if got.Status != 200 || strings.Contains(got.Body, secret) {
		t.Errorf("status %d, or the former team reads %s", got.Status, secret)
	}
	if got := c.Browser().Get(link); got.Status != 404 || strings.Contains(got.Body, secret) {
		t.Errorf("the link: status %d", got.Status)
	}
	log, err := c.Store.Audit(t.Context(), access.AuditFilter{Teams: access.TeamScope{Teams: []string{c.Things["team"]}}, Actions: []string{access.AuditShareRevoked}})
	if err != nil || len(log) != 1 || log[0].Detail != "report "+c.Things["report"] {
		t.Errorf("the former team's log: %+v, %v", log, err)
	}
}
