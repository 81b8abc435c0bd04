package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
	libraryview "plumbline/templates/library"
	reportsview "plumbline/templates/reports"
	"plumbline/web/webtest"
)

// TestEveryRouteAsEverybody asks for every address with real things of one team, as every kind of person. What may be
// changed is asked for with an empty form: the table has what the form then lacks, where the person may change it.
func TestEveryRouteAsEverybody(t *testing.T) {
	c := webtest.NewCompany(t)
	table := routeTable()
	for _, route := range c.Patterns() {
		want, listed := table[route]
		if !listed {
			t.Errorf("%s is not in the table of routes: say there who may use it", route)
			continue
		}
		delete(table, route)
		method, pattern, _ := strings.Cut(route, " ")
		for kind := range webtest.Kinds {
			path := c.Path(pattern, kind)
			before := c.Contents()
			if got := c.Ask(kind, method, path, nil); got != want[kind] {
				t.Errorf("%s as %s: status %d, want %d", route, webtest.KindNames[kind], got, want[kind])
			}
			refused := want[kind] == http.StatusForbidden || want[kind] == http.StatusNotFound
			if method == http.MethodGet || refused {
				c.Untouched(before, route+" as "+webtest.KindNames[kind])
			}
			if pattern == templates.SignOutURL && kind != webtest.Anonymous {
				c.Browsers[kind] = c.SignedInAs(c.People[kind].User)
			}
		}
	}
	for route := range table {
		t.Errorf("%s is in the table of routes, and no route", route)
	}
}

// TestForeignSitesChangeNothing sends what a page of another site could send, with the cookie of an administrator.
func TestForeignSitesChangeNothing(t *testing.T) {
	c := webtest.NewCompany(t)
	for _, route := range c.Patterns() {
		method, pattern, _ := strings.Cut(route, " ")
		if method == http.MethodGet || method == http.MethodHead {
			continue
		}
		path := c.Path(pattern, webtest.Admin)
		before := c.Contents()
		for _, header := range []http.Header{
			{"Sec-Fetch-Site": {"cross-site"}},
			{"Sec-Fetch-Site": {"same-site"}},
			{"Origin": {"https://evil.example"}},
			{"Origin": {"null"}},
		} {
			if got := c.Ask(webtest.Admin, method, path, header); got != http.StatusForbidden {
				t.Errorf("%s with %v: status %d, want 403", route, header, got)
			}
		}
		c.Untouched(before, route)
	}
}

// TestForeignThingsInOwnAddresses asks for things of one team by the addresses of another, as the lead of that.
func TestForeignThingsInOwnAddresses(t *testing.T) {
	c := webtest.NewCompany(t)
	b, own := c.Browsers[webtest.Neighbour], c.People[webtest.Neighbour].Memberships[0].Team.ID
	rows, err := c.Store.Portfolio(t.Context(), assessment.PortfolioFilter{Teams: []string{own}})
	if err != nil {
		t.Fatal(err)
	}
	mine := rows[0].Assessment.ID
	snapshot, account := c.Things["snapshot"], c.Things["account"]
	invitation, token, share := c.Path("{invitation}", webtest.Lead), c.Path("{token}", webtest.Lead), c.Path("{share}", webtest.Lead)
	ownSnapshot := c.Snapshot(mine, "Own").ID
	ownReport, err := c.Store.SaveReport(t.Context(), c.People[webtest.Neighbour], assessment.Report{Kind: assessment.ReportSnapshot,
		Snapshot: ownSnapshot, Media: "application/pdf", FileName: "own.pdf", Renderer: "0", Document: []byte("%PDF")})
	if err != nil {
		t.Fatal(err)
	}
	c.Ask(webtest.Neighbour, http.MethodGet, webtest.API+"/workloads", nil) // notes the use of the token, which is done once a minute
	for name, got := range map[string]func() webtest.Answer{
		"a member": func() webtest.Answer {
			return b.Post(templates.MemberURL(own, account), url.Values{"do": {"remove"}, "seen": {"viewer"}})
		},
		"an invitation":          func() webtest.Answer { return b.Post(templates.RevokeInvitationURL(own, invitation), url.Values{}) },
		"a token":                func() webtest.Answer { return b.Post("/account/tokens/"+token+"/revoke", url.Values{}) },
		"a side of a comparison": func() webtest.Answer { return b.Get(templates.CompareTwoURL(mine, snapshot, "now")) },
		"a report of a snapshot": func() webtest.Answer {
			return b.Post(templates.MakeReportURL(snapshot), url.Values{})
		},
		"the earlier snapshot of a report": func() webtest.Answer {
			return b.Post(templates.MakeReportURL(ownSnapshot), url.Values{"before": {snapshot}})
		},
		"the later snapshot of a report": func() webtest.Answer {
			return b.Post(templates.MakeReportURL(snapshot), url.Values{"before": {ownSnapshot}})
		},
		"the earlier snapshot of a program's report": func() webtest.Answer {
			return b.Send(http.MethodPost, webtest.API+"/snapshots/"+ownSnapshot+"/report?before="+snapshot, http.Header{"Authorization": {"Bearer " + c.Secrets[webtest.Neighbour]}}, nil)
		},
		"the snapshot of a gate": func() webtest.Answer {
			return b.Send(http.MethodGet, webtest.API+"/assessments/"+mine+"/gate?no_new_high="+snapshot, http.Header{"Authorization": {"Bearer " + c.Secrets[webtest.Neighbour]}}, nil)
		},
		"the link to a report": func() webtest.Answer { return b.Post(reportsview.RevokeShareURL(ownReport.ID, share), url.Values{}) },
		"a team that is offered something": func() webtest.Answer {
			return b.Post(templates.OfferURL(c.Things["questionnaire"]), url.Values{"team": {c.Things["team"]}, "do": {libraryview.DoRetire}})
		},
	} {
		before := c.Contents()
		if got := got(); got.Status != http.StatusNotFound {
			t.Errorf("%s: status %d, want 404", name, got.Status)
		}
		c.Untouched(before, name)
	}
}
