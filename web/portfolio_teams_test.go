package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"plumbline/assessment"
)

// TestPortfolioOfTeams shows, sorts and filters by team for those who see more than one, and for nobody else.
func TestPortfolioOfTeams(t *testing.T) {
	c := newCompany(t)
	own := c.things["team"]
	other := c.otherTeam("Archive search").Workload
	if err := c.store.SetMembership(t.Context(), c.people[viewer].User.ID, other.Team, assessment.Viewer); err != nil {
		t.Fatal(err)
	}
	c.newAssessment("Claims intake")
	names := func(path string) []string {
		got := c.browsers[viewer].get(path)
		if got.status != http.StatusOK {
			t.Fatalf("%s: status %d", path, got.status)
		}
		return textsOf(got.page.Find("#portfolio tbody th a"))
	}
	if page := c.browsers[architect].get("/").page; page.Find("#team").Length() != 0 || strings.Contains(page.Find("#portfolio thead").Text(), "Team") {
		t.Error("a person of one team is asked for the team")
	}
	page := c.browsers[viewer].get("/").page
	if heads := textsOf(page.Find("#portfolio thead").First().Find("th")); len(heads) < 2 || heads[1] != "Team" {
		t.Errorf("heads %q", heads)
	}
	if options := textsOf(page.Find("#team option")); !slices.Contains(options, "Archive search") || len(options) != 3 {
		t.Errorf("options %q", options)
	}
	if rows := page.Find("#portfolio tbody tr td.snap-break"); rows.Length() != 3 {
		t.Errorf("%d rows name a team", rows.Length())
	}
	if got := names("/?" + url.Values{"team": {other.Team}}.Encode()); !slices.Equal(got, []string{"Archive search"}) {
		t.Errorf("filtered: %q", got)
	}
	for order, want := range map[string]bool{"": true, "&order=desc": false} {
		got := names("/?sort=team" + order)
		if first := slices.Index(got, "Archive search") < slices.Index(got, "Claims intake"); first != want {
			t.Errorf("sorted%s: %q", order, got)
		}
	}
	stranger := c.otherTeam("Strangers").Workload.Team
	got := c.browsers[viewer].get("/?" + url.Values{"team": {stranger}}.Encode())
	if text := got.page.Find("main").Text(); got.status != http.StatusOK || strings.Contains(text, "Strangers") || got.page.Find("#portfolio tbody tr").Length() != 0 {
		t.Errorf("another team's: status %d", got.status)
	}
	if text := textOf(c.browsers[viewer].get("/?team=" + own).page.Find(".active")); !strings.Contains(text, "Team ") || strings.Contains(text, own) {
		t.Errorf("in force: %q", text)
	}
}
