package web_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
	"plumbline/web"
)

// Kinds of people, in the order of the columns of the table of routes.
const (
	anonymous = iota
	viewer
	architect
	lead
	neighbour // the lead of another team
	admin
	kinds
)

var kindNames = [kinds]string{"anonymous", "viewer", "architect", "lead", "lead of another team", "admin"}

// company is an installation in which there is one of each thing, and of each kind of person.
type company struct {
	*app
	people   [kinds]assessment.Actor
	browsers [kinds]*browser
	secrets  [kinds]string // of API tokens
	things   map[string]string
}

func newCompany(t testing.TB) *company {
	a := newApp(t)
	c := &company{app: a}
	started := a.newSmallAssessment()
	workload := started.Workload
	snapshot := a.snapshot(started.ID, "First")
	report := a.signedIn().post(templates.MakeReportURL(snapshot.ID), url.Values{})
	c.people = [kinds]assessment.Actor{
		viewer: a.member(workload.Team, assessment.Viewer), architect: a.member(workload.Team, assessment.Architect),
		lead: a.member(workload.Team, assessment.Lead), neighbour: a.member(a.otherTeam("Payments").Workload.Team, assessment.Lead), admin: a.actor(),
	}
	c.browsers[anonymous] = a.browser()
	for kind := viewer; kind < kinds; kind++ {
		c.browsers[kind] = a.signedInAs(c.people[kind].User)
		c.secrets[kind] = "plb_" + web.NewToken()
		a.newToken(c.people[kind], c.secrets[kind], assessment.ScopeWrite)
	}
	q := a.state(started.ID).Model.Questionnaire()
	principle := q.Pillars[0].Principles[0]
	c.things = map[string]string{
		"assessment": started.ID, "workload": workload.ID, "team": workload.Team, "snapshot": snapshot.ID,
		"report":    strings.TrimPrefix(strings.TrimSuffix(report.header.Get("Location"), "?inline=1"), "/reports/"),
		"principle": principle.ID, "practice": principle.Questions[0].Practices[0].ID, "tradeoff": q.Tradeoffs[0].ID,
		"account": c.people[viewer].User.ID, "questionnaire": a.state(started.ID).State.Questionnaire.SHA256,
	}
	for kind := viewer; kind < kinds; kind++ { // what reading writes once a minute is written now
		c.ask(kind, http.MethodGet, api+"/workloads", nil)
	}
	return c
}

// path fills a pattern with real things. What a request uses up is made anew for each.
func (c *company) path(pattern string, kind int) string {
	c.t.Helper()
	ctx := context.Background()
	for name, id := range c.things {
		pattern = strings.ReplaceAll(pattern, "{"+name+"}", id)
	}
	if strings.Contains(pattern, "{invitation}") {
		link := assessment.OneTimeLink{TokenHash: web.HashToken(web.NewToken()), Team: assessment.Team{ID: c.things["team"]}, Role: assessment.Viewer,
			Email: "new@example.com", ExpiresAt: c.now.Add(assessment.AbsoluteLimit)}
		made, err := c.store.Invite(ctx, c.people[admin], link)
		if err != nil {
			c.t.Fatal(err)
		}
		pattern = strings.ReplaceAll(pattern, "{invitation}", made.ID)
	}
	if strings.Contains(pattern, "{share}") {
		report := c.things["report"]
		seen, err := c.store.Shares(ctx, report)
		if err != nil {
			c.t.Fatal(err)
		}
		shares, _, err := c.store.CreateShareOnce(ctx, c.people[admin], assessment.Share{Report: report, Hash: web.HashToken(web.NewToken()),
			ExpiresAt: c.now.Add(assessment.AbsoluteLimit)}, len(seen))
		if err != nil {
			c.t.Fatal(err)
		}
		pattern = strings.ReplaceAll(pattern, "{share}", shares[0].ID)
	}
	if strings.Contains(pattern, "{draft}") {
		pattern = strings.ReplaceAll(pattern, "{draft}", c.newDraft(c.people[max(kind, viewer)]).ID)
	}
	if strings.Contains(pattern, "{token}") {
		pattern = strings.ReplaceAll(pattern, "{token}", c.newToken(c.people[max(kind, viewer)], web.NewToken(), assessment.ScopeRead).ID)
	}
	if pattern == "/static/*" {
		return stylesheet(c.browser())
	}
	return pattern
}

// ask sends an empty request as a kind of person and returns the status, without waiting for the end of the answer.
func (c *company) ask(kind int, method, path string, header http.Header) int {
	c.t.Helper()
	request, err := http.NewRequestWithContext(context.Background(), method, c.server.URL+path, http.NoBody)
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header = header.Clone()
	if request.Header == nil {
		request.Header = http.Header{}
	}
	if method == http.MethodPost && !strings.HasPrefix(path, api) {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	client := c.browsers[kind].client
	if strings.HasPrefix(path, api) && c.secrets[kind] != "" {
		client = c.browser().client
		request.Header.Set("Authorization", "Bearer "+c.secrets[kind])
	}
	response, err := client.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	_ = response.Body.Close()
	return response.StatusCode
}

// patterns returns the method and the pattern of every route.
func (c *company) patterns() []string {
	c.t.Helper()
	patterns, err := c.server.Config.Handler.(*web.Server).Patterns()
	if err != nil {
		c.t.Fatal(err)
	}
	slices.Sort(patterns)
	return patterns
}

// TestEveryRouteAsEverybody asks for every address with real things of one team, as every kind of person. What may be
// changed is asked for with an empty form: the table has what the form then lacks, where the person may change it.
func TestEveryRouteAsEverybody(t *testing.T) {
	c := newCompany(t)
	table := routeTable()
	for _, route := range c.patterns() {
		want, listed := table[route]
		if !listed {
			t.Errorf("%s is not in the table of routes: say there who may use it", route)
			continue
		}
		delete(table, route)
		method, pattern, _ := strings.Cut(route, " ")
		for kind := range kinds {
			path := c.path(pattern, kind)
			before := c.contents()
			if got := c.ask(kind, method, path, nil); got != want[kind] {
				t.Errorf("%s as %s: status %d, want %d", route, kindNames[kind], got, want[kind])
			}
			refused := want[kind] == http.StatusForbidden || want[kind] == http.StatusNotFound
			if method == http.MethodGet || refused {
				c.untouched(before, route+" as "+kindNames[kind])
			}
			if pattern == templates.SignOutURL && kind != anonymous {
				c.browsers[kind] = c.signedInAs(c.people[kind].User)
			}
		}
	}
	for route := range table {
		t.Errorf("%s is in the table of routes, and no route", route)
	}
}

// TestForeignSitesChangeNothing sends what a page of another site could send, with the cookie of an administrator.
func TestForeignSitesChangeNothing(t *testing.T) {
	c := newCompany(t)
	for _, route := range c.patterns() {
		method, pattern, _ := strings.Cut(route, " ")
		if method == http.MethodGet || method == http.MethodHead {
			continue
		}
		path := c.path(pattern, admin)
		before := c.contents()
		for _, header := range []http.Header{
			{"Sec-Fetch-Site": {"cross-site"}},
			{"Sec-Fetch-Site": {"same-site"}},
			{"Origin": {"https://evil.example"}},
			{"Origin": {"null"}},
		} {
			if got := c.ask(admin, method, path, header); got != http.StatusForbidden {
				t.Errorf("%s with %v: status %d, want 403", route, header, got)
			}
		}
		c.untouched(before, route)
	}
}

// TestForeignThingsInOwnAddresses asks for things of one team by the addresses of another, as the lead of that.
func TestForeignThingsInOwnAddresses(t *testing.T) {
	c := newCompany(t)
	b, own := c.browsers[neighbour], c.people[neighbour].Memberships[0].Team.ID
	rows, err := c.store.Portfolio(t.Context(), assessment.PortfolioFilter{Teams: []string{own}})
	if err != nil {
		t.Fatal(err)
	}
	mine := rows[0].Assessment.ID
	snapshot, account := c.things["snapshot"], c.things["account"]
	invitation, token, share := c.path("{invitation}", lead), c.path("{token}", lead), c.path("{share}", lead)
	ownSnapshot := c.snapshot(mine, "Own").ID
	ownReport, err := c.store.SaveReport(t.Context(), c.people[neighbour], assessment.Report{Kind: assessment.ReportSnapshot,
		Snapshot: ownSnapshot, Media: "application/pdf", FileName: "own.pdf", Renderer: "0", Document: []byte("%PDF")})
	if err != nil {
		t.Fatal(err)
	}
	c.ask(neighbour, http.MethodGet, api+"/workloads", nil) // notes the use of the token, which is done once a minute
	for name, got := range map[string]func() answer{
		"a member": func() answer {
			return b.post(templates.MemberURL(own, account), url.Values{"do": {"remove"}, "seen": {"viewer"}})
		},
		"an invitation":          func() answer { return b.post(templates.RevokeInvitationURL(own, invitation), url.Values{}) },
		"a token":                func() answer { return b.post("/account/tokens/"+token+"/revoke", url.Values{}) },
		"a side of a comparison": func() answer { return b.get(templates.CompareTwoURL(mine, snapshot, "now")) },
		"a report of a snapshot": func() answer {
			return b.post(templates.MakeReportURL(snapshot), url.Values{})
		},
		"the earlier snapshot of a report": func() answer {
			return b.post(templates.MakeReportURL(ownSnapshot), url.Values{"before": {snapshot}})
		},
		"the later snapshot of a report": func() answer {
			return b.post(templates.MakeReportURL(snapshot), url.Values{"before": {ownSnapshot}})
		},
		"the earlier snapshot of a program's report": func() answer {
			return b.send(http.MethodPost, api+"/snapshots/"+ownSnapshot+"/report?before="+snapshot, http.Header{"Authorization": {"Bearer " + c.secrets[neighbour]}}, nil)
		},
		"the snapshot of a gate": func() answer {
			return b.send(http.MethodGet, api+"/assessments/"+mine+"/gate?no_new_high="+snapshot, http.Header{"Authorization": {"Bearer " + c.secrets[neighbour]}}, nil)
		},
		"the link to a report": func() answer { return b.post(templates.RevokeShareURL(ownReport.ID, share), url.Values{}) },
		"a team that is offered something": func() answer {
			return b.post(templates.OfferURL(c.things["questionnaire"]), url.Values{"team": {c.things["team"]}, "do": {templates.DoRetire}})
		},
	} {
		before := c.contents()
		if got := got(); got.status != http.StatusNotFound {
			t.Errorf("%s: status %d, want 404", name, got.status)
		}
		c.untouched(before, name)
	}
}
