package workloads_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web/webtest"
)

// TestMoveWorkload moves a workload between teams as those who lead both, one or none of them.
func TestMoveWorkload(t *testing.T) {
	c := webtest.NewCompany(t)
	id, from := c.Things["workload"], c.Things["team"]
	target := c.OtherTeam("Search").Workload.Team
	path := templates.MoveWorkloadURL(id)
	move := func(to string) url.Values {
		w, err := c.Store.Workload(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return url.Values{"team": {to}, "version": {strconv.Itoa(w.Version)}}
	}
	page := c.Browsers[webtest.Lead].Get(templates.EditWorkloadURL(id)).Page
	if text := webtest.TextOf(page.Find("[aria-labelledby=move-h]")); !strings.Contains(text, "Only an administrator or a lead of both teams") {
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
		"an architect":         {webtest.Architect, move(target), 403, "Only a lead of this team"},
		"a lead of one":        {webtest.Lead, move(target), 422, ""},
		"an unknown team":      {webtest.Admin, move("nowhere"), 422, "Choose a team that you lead"},
		"no team":              {webtest.Admin, move(""), 422, "Choose a team that you lead"},
		"SQL":                  {webtest.Admin, move("'; DROP TABLE team"), 422, "Choose a team that you lead"},
		"stale":                {webtest.Admin, stale, 409, "Someone else changed this workload"},
		"no version":           {webtest.Admin, url.Values{"team": {target}}, 428, "Reload the page"},
		"somebody else's lead": {webtest.Neighbour, move(target), 404, ""},
		"where it is already":  {webtest.Lead, move(from), 303, ""},
	} {
		before := c.Contents()
		webtest.Want(t, name, c.Browsers[tt.kind].Post(path, tt.form), tt.status, "body", tt.says)
		c.Untouched(before, name)
	}
	if err := c.Store.SetMembership(t.Context(), access.Actor{}, c.People[webtest.Lead].User.ID, target, access.Lead); err != nil {
		t.Fatal(err)
	}
	b := c.Browsers[webtest.Lead]
	if options := webtest.TextsOf(b.Get(templates.EditWorkloadURL(id)).Page.Find("#team option")); len(options) != 2 || options[1] != "Search" {
		t.Errorf("a lead of both is offered %q", options)
	}
	if got := b.Post(path, move(target)); got.Status != http.StatusSeeOther {
		t.Fatalf("status %d", got.Status)
	}
	if w, err := c.Store.Workload(t.Context(), id); err != nil || w.Team != target {
		t.Errorf("stored %+v, %v", w, err)
	}
	if c.State(c.Things["assessment"]).State.Workload.Team != target {
		t.Error("the assessment is still in the old team")
	}
	overview := templates.AssessmentURL(c.Things["assessment"])
	if got := c.Browsers[webtest.Viewer].Get(overview); got.Status != http.StatusNotFound {
		t.Errorf("a member of the old team: status %d, want 404", got.Status)
	}
	if got := b.Get(overview); got.Status != http.StatusOK {
		t.Errorf("a member of the new team: status %d", got.Status)
	}
	for _, team := range []string{from, target} {
		log, err := c.Store.Audit(t.Context(), access.AuditFilter{Teams: access.TeamScope{Teams: []string{team}}, Actions: []string{assessment.EventWorkloadMoved}})
		if err != nil || len(log) != 1 || log[0].Account != c.People[webtest.Lead].User.ID {
			t.Errorf("the log of a team has %+v, %v", log, err)
		}
	}
}

// TestDeleteTeam removes a team that has neither members nor workloads, and no other.
func TestDeleteTeam(t *testing.T) {
	c := webtest.NewCompany(t)
	b := c.Browsers[webtest.Admin]
	team, err := c.Store.CreateTeam(t.Context(), access.Actor{}, "Empty")
	if err != nil {
		t.Fatal(err)
	}
	c.Path("{invitation}", webtest.Lead)
	link := access.OneTimeLink{TokenHash: "x", Team: team, Role: access.Lead, Email: "new@example.com", ExpiresAt: c.Now().Add(access.AbsoluteLimit)}
	if _, err := c.Store.Invite(t.Context(), c.People[webtest.Admin], link); err != nil {
		t.Fatal(err)
	}
	withMember, err := c.Store.CreateTeam(t.Context(), access.Actor{}, "With a member")
	if err != nil {
		t.Fatal(err)
	}
	c.Member(withMember.ID, access.Viewer)
	archived := c.OtherTeam("Archived only").Workload
	if err := c.Store.ArchiveWorkload(t.Context(), c.People[webtest.Admin], archived.ID, archived.Version, true); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		team, seen string
		status     int
		says       string
	}{
		"members":   {withMember.ID, "With a member", 409, "The team has members"},
		"workloads": {c.Things["team"], "Everyone", 409, "The team has workloads"},
		"archived":  {archived.Team, "Archived only", 409, "possibly archived ones"},
		"renamed":   {team.ID, "Old name", 409, "Someone else renamed this team"},
		"unknown":   {"nowhere", "x", 404, ""},
	} {
		before := c.Contents()
		webtest.Want(t, name, b.Post(templates.DeleteTeamURL(tt.team), url.Values{"seen": {tt.seen}}), tt.status, "body", tt.says)
		c.Untouched(before, name)
	}
	for id, says := range map[string]string{withMember.ID: "remove its members", archived.Team: "archived workloads", team.ID: "The team has no members and no workloads"} {
		if text := webtest.TextOf(b.Get(templates.TeamURL(id)).Page.Find("[aria-labelledby=delete-h]")); !strings.Contains(text, says) {
			t.Errorf("the page says %q, want %q", text, says)
		}
	}
	if n := c.Browsers[webtest.Lead].Get(templates.TeamURL(c.Things["team"])).Page.Find("#delete-h").Length(); n != 0 {
		t.Error("a lead is offered to delete the team")
	}
	if got := b.Post(templates.DeleteTeamURL(team.ID), url.Values{"seen": {"Empty"}}); got.Status != http.StatusSeeOther {
		t.Fatalf("status %d", got.Status)
	}
	if _, err := c.Store.Team(t.Context(), team.ID); assessment.CodeOf(err) != assessment.NotFound {
		t.Errorf("the team: %v", err)
	}
	if text := webtest.TextOf(b.Get(templates.AuditURL).Page.Find(".audit")); !strings.Contains(text, "Deleted the team") {
		t.Error("the log does not say that a team was deleted")
	}
}
