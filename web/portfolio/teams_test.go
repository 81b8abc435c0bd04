package portfolio_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"plumbline/assessment/access"
	"plumbline/web/webtest"
)

// TestPortfolioOfTeams shows, sorts and filters by team for those who see more than one, and for nobody else.
func TestPortfolioOfTeams(t *testing.T) {
	c := webtest.NewCompany(t)
	own := c.Things["team"]
	other := c.OtherTeam("Archive search").Workload
	if err := c.Store.SetMembership(t.Context(), access.Actor{}, c.People[webtest.Viewer].User.ID, other.Team, access.Viewer); err != nil {
		t.Fatal(err)
	}
	c.NewAssessment("Claims intake")
	names := func(path string) []string {
		got := c.Browsers[webtest.Viewer].Get(path)
		if got.Status != http.StatusOK {
			t.Fatalf("%s: status %d", path, got.Status)
		}
		return webtest.TextsOf(got.Page.Find("#portfolio tbody th a"))
	}
	if page := c.Browsers[webtest.Architect].Get("/").Page; page.Find("#team").Length() != 0 || strings.Contains(page.Find("#portfolio thead").Text(), "Team") {
		t.Error("a person of one team is asked for the team")
	}
	page := c.Browsers[webtest.Viewer].Get("/").Page
	if heads := webtest.TextsOf(page.Find("#portfolio thead").First().Find("th")); len(heads) < 2 || heads[1] != "Team" {
		t.Errorf("heads %q", heads)
	}
	if options := webtest.TextsOf(page.Find("#team option")); !slices.Contains(options, "Archive search") || len(options) != 3 {
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
	stranger := c.OtherTeam("Strangers").Workload.Team
	got := c.Browsers[webtest.Viewer].Get("/?" + url.Values{"team": {stranger}}.Encode())
	if text := got.Page.Find("main").Text(); got.Status != http.StatusOK || strings.Contains(text, "Strangers") || got.Page.Find("#portfolio tbody tr").Length() != 0 {
		t.Errorf("another team's: status %d", got.Status)
	}
	if text := webtest.TextOf(c.Browsers[webtest.Viewer].Get("/?team=" + own).Page.Find(".active")); !strings.Contains(text, "Team ") || strings.Contains(text, own) {
		t.Errorf("in force: %q", text)
	}
}
