package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
)

// TestMoveWorkload moves a workload between teams as those who lead both, one or none of them.
func TestMoveWorkload(t *testing.T) {
	c := newCompany(t)
	id, from := c.things["workload"], c.things["team"]
	target := c.otherTeam("Search").Workload.Team
	path := templates.MoveWorkloadURL(id)
	move := func(to string) url.Values {
		w, err := c.store.Workload(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return url.Values{"team": {to}, "version": {strconv.Itoa(w.Version)}}
	}
	page := c.browsers[lead].get(templates.EditWorkloadURL(id)).page
	if text := textOf(page.Find("[aria-labelledby=move-h]")); !strings.Contains(text, "Only somebody who leads both teams") {
		t.Errorf("a lead of one team reads %q", text)
	}
	stale := move(target)
	stale.Set("version", "99")
	for name, tt := range map[string]struct {
		kind   int
		form   url.Values
		status int
		says   string
	}{
		"an architect":         {architect, move(target), 403, "Only a lead of this team"},
		"a lead of one":        {lead, move(target), 422, ""},
		"an unknown team":      {admin, move("nowhere"), 422, "Choose one of the teams"},
		"no team":              {admin, move(""), 422, "Choose one of the teams"},
		"SQL":                  {admin, move("'; DROP TABLE team"), 422, "Choose one of the teams"},
		"stale":                {admin, stale, 409, "Somebody changed this workload"},
		"no version":           {admin, url.Values{"team": {target}}, 428, "Load the page again"},
		"somebody else's lead": {neighbour, move(target), 404, ""},
		"where it is already":  {lead, move(from), 303, ""},
	} {
		before := c.contents()
		want(t, name, c.browsers[tt.kind].post(path, tt.form), tt.status, "body", tt.says)
		c.untouched(before, name)
	}
	if err := c.store.SetMembership(t.Context(), c.people[lead].User.ID, target, assessment.Lead); err != nil {
		t.Fatal(err)
	}
	b := c.browsers[lead]
	if options := textsOf(b.get(templates.EditWorkloadURL(id)).page.Find("#team option")); len(options) != 2 || options[1] != "Search" {
		t.Errorf("a lead of both is offered %q", options)
	}
	if got := b.post(path, move(target)); got.status != http.StatusSeeOther {
		t.Fatalf("status %d", got.status)
	}
	if w, err := c.store.Workload(t.Context(), id); err != nil || w.Team != target {
		t.Errorf("stored %+v, %v", w, err)
	}
	if c.state(c.things["assessment"]).State.Workload.Team != target {
		t.Error("the assessment is still in the old team")
	}
	overview := templates.AssessmentURL(c.things["assessment"])
	if got := c.browsers[viewer].get(overview); got.status != http.StatusNotFound {
		t.Errorf("a member of the old team: status %d, want 404", got.status)
	}
	if got := b.get(overview); got.status != http.StatusOK {
		t.Errorf("a member of the new team: status %d", got.status)
	}
	for _, team := range []string{from, target} {
		log, err := c.store.Audit(t.Context(), assessment.AuditFilter{Teams: assessment.TeamScope{Teams: []string{team}}, Actions: []string{assessment.EventWorkloadMoved}})
		if err != nil || len(log) != 1 || log[0].Account != c.people[lead].User.ID {
			t.Errorf("the log of a team has %+v, %v", log, err)
		}
	}
}

// TestDeleteTeam removes a team that has neither members nor workloads, and no other.
func TestDeleteTeam(t *testing.T) {
	c := newCompany(t)
	b := c.browsers[admin]
	team, err := c.store.CreateTeam(t.Context(), "Empty")
	if err != nil {
		t.Fatal(err)
	}
	c.path("{invitation}", lead)
	link := assessment.OneTimeLink{TokenHash: "x", Team: team, Role: assessment.Lead, Email: "new@example.com", ExpiresAt: c.now.Add(assessment.AbsoluteLimit)}
	if _, err := c.store.Invite(t.Context(), c.people[admin], link); err != nil {
		t.Fatal(err)
	}
	withMember, err := c.store.CreateTeam(t.Context(), "With a member")
	if err != nil {
		t.Fatal(err)
	}
	c.member(withMember.ID, assessment.Viewer)
	archived := c.otherTeam("Archived only").Workload
	if err := c.store.ArchiveWorkload(t.Context(), c.people[admin], archived.ID, archived.Version, true); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		team, seen string
		status     int
		says       string
	}{
		"members":   {withMember.ID, "With a member", 409, "The team has members"},
		"workloads": {c.things["team"], "Everyone", 409, "The team has workloads"},
		"archived":  {archived.Team, "Archived only", 409, "maybe archived ones"},
		"renamed":   {team.ID, "Old name", 409, "Somebody renamed this team"},
		"unknown":   {"nowhere", "x", 404, ""},
	} {
		before := c.contents()
		want(t, name, b.post(templates.DeleteTeamURL(tt.team), url.Values{"seen": {tt.seen}}), tt.status, "body", tt.says)
		c.untouched(before, name)
	}
	for id, says := range map[string]string{withMember.ID: "when nobody is in it", archived.Team: "archived workloads", team.ID: "Nobody is in it and no workload"} {
		if text := textOf(b.get(templates.TeamURL(id)).page.Find("[aria-labelledby=delete-h]")); !strings.Contains(text, says) {
			t.Errorf("the page says %q, want %q", text, says)
		}
	}
	if n := c.browsers[lead].get(templates.TeamURL(c.things["team"])).page.Find("#delete-h").Length(); n != 0 {
		t.Error("a lead is offered to delete the team")
	}
	if got := b.post(templates.DeleteTeamURL(team.ID), url.Values{"seen": {"Empty"}}); got.status != http.StatusSeeOther {
		t.Fatalf("status %d", got.status)
	}
	if _, err := c.store.Team(t.Context(), team.ID); assessment.CodeOf(err) != assessment.NotFound {
		t.Errorf("the team: %v", err)
	}
	if text := textOf(b.get(templates.AuditURL).page.Find(".audit")); !strings.Contains(text, "Deleted the team") {
		t.Error("the log does not say that a team was deleted")
	}
}
