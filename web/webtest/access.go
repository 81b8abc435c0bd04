package webtest

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web"
	"plumbline/web/page"
)

// Kinds of people, in the order of the columns of the table of routes.
const (
	Anonymous = iota
	Viewer
	Architect
	Lead
	Neighbour // the lead of another team
	Admin
	Kinds
)

var KindNames = [Kinds]string{"anonymous", "viewer", "architect", "lead", "lead of another team", "admin"}

// Company is an installation in which there is one of each thing, and of each kind of person.
type Company struct {
	*App
	People   [Kinds]access.Actor
	Browsers [Kinds]*Browser
	Secrets  [Kinds]string // of API tokens
	Things   map[string]string
}

func NewCompany(t testing.TB) *Company {
	a := NewApp(t)
	c := &Company{App: a}
	started := a.NewSmallAssessment()
	workload := started.Workload
	snapshot := a.Snapshot(started.ID, "First")
	report := a.SignedIn().Post(templates.MakeReportURL(snapshot.ID), url.Values{})
	c.People = [Kinds]access.Actor{
		Viewer: a.Member(workload.Team, access.Viewer), Architect: a.Member(workload.Team, access.Architect),
		Lead: a.Member(workload.Team, access.Lead), Neighbour: a.Member(a.OtherTeam("Payments").Workload.Team, access.Lead), Admin: a.Actor(),
	}
	c.Browsers[Anonymous] = a.Browser()
	for kind := Viewer; kind < Kinds; kind++ {
		c.Browsers[kind] = a.SignedInAs(c.People[kind].User)
		c.Secrets[kind] = "plb_" + page.NewToken()
		a.NewToken(c.People[kind], c.Secrets[kind], access.ScopeWrite)
	}
	q := a.State(started.ID).Model.Questionnaire()
	principle := q.Pillars[0].Principles[0]
	c.Things = map[string]string{
		"assessment": started.ID, "workload": workload.ID, "team": workload.Team, "snapshot": snapshot.ID,
		"report":    strings.TrimPrefix(strings.TrimSuffix(report.Header.Get("Location"), "?inline=1"), "/reports/"),
		"principle": principle.ID, "practice": principle.Questions[0].Practices[0].ID, "tradeoff": q.Tradeoffs[0].ID,
		"account": c.People[Viewer].User.ID, "questionnaire": a.State(started.ID).State.Questionnaire.SHA256,
	}
	for kind := Viewer; kind < Kinds; kind++ { // what reading writes once a minute is written now
		c.Ask(kind, http.MethodGet, API+"/workloads", nil)
	}
	return c
}

// Path fills a pattern with real things. What a request uses up is made anew for each.
func (c *Company) Path(pattern string, kind int) string {
	c.T.Helper()
	ctx := context.Background()
	for name, id := range c.Things {
		pattern = strings.ReplaceAll(pattern, "{"+name+"}", id)
	}
	if strings.Contains(pattern, "{invitation}") {
		link := access.OneTimeLink{TokenHash: page.HashToken(page.NewToken()), Team: access.Team{ID: c.Things["team"]}, Role: access.Viewer,
			Email: "new@example.com", ExpiresAt: c.Now().Add(access.AbsoluteLimit)}
		made, err := c.Store.Invite(ctx, c.People[Admin], link)
		if err != nil {
			c.T.Fatal(err)
		}
		pattern = strings.ReplaceAll(pattern, "{invitation}", made.ID)
	}
	if strings.Contains(pattern, "{share}") {
		report := c.Things["report"]
		seen, err := c.Store.Shares(ctx, report)
		if err != nil {
			c.T.Fatal(err)
		}
		shares, _, err := c.Store.CreateShareOnce(ctx, c.People[Admin], access.Share{Report: report, Hash: page.HashToken(page.NewToken()),
			ExpiresAt: c.Now().Add(access.AbsoluteLimit)}, len(seen))
		if err != nil {
			c.T.Fatal(err)
		}
		pattern = strings.ReplaceAll(pattern, "{share}", shares[0].ID)
	}
	if strings.Contains(pattern, "{draft}") {
		pattern = strings.ReplaceAll(pattern, "{draft}", c.NewDraft(c.People[max(kind, Viewer)]).ID)
	}
	if strings.Contains(pattern, "{token}") {
		pattern = strings.ReplaceAll(pattern, "{token}", c.NewToken(c.People[max(kind, Viewer)], page.NewToken(), access.ScopeRead).ID)
	}
	if strings.Contains(pattern, "{session}") {
		of := c.People[max(kind, Viewer)].User.ID
		if strings.HasPrefix(pattern, templates.PeopleURL) {
			of = c.Things["account"]
		}
		pattern = strings.ReplaceAll(pattern, "{session}", c.newSession(of))
	}
	if pattern == "/static/*" {
		return Stylesheet(c.Browser())
	}
	return pattern
}

// newSession begins a session of somebody and returns its id.
func (c *Company) newSession(user string) string {
	c.T.Helper()
	ctx, hash := context.Background(), page.HashToken(page.NewToken())
	session := access.Session{Hash: hash, User: user, CreatedAt: c.Now(), SeenAt: c.Now(), ExpiresAt: c.Now().Add(access.AbsoluteLimit)}
	if err := c.Store.CreateSession(ctx, access.Actor{}, session); err != nil {
		c.T.Fatal(err)
	}
	session, _, err := c.Store.Session(ctx, hash)
	if err != nil {
		c.T.Fatal(err)
	}
	return session.ID
}

// Ask sends an empty request as a kind of person and returns the status, without waiting for the end of the answer.
func (c *Company) Ask(kind int, method, path string, header http.Header) int {
	c.T.Helper()
	request, err := http.NewRequestWithContext(context.Background(), method, c.Server.URL+path, http.NoBody)
	if err != nil {
		c.T.Fatal(err)
	}
	request.Header = header.Clone()
	if request.Header == nil {
		request.Header = http.Header{}
	}
	if method == http.MethodPost && !strings.HasPrefix(path, API) {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	client := c.Browsers[kind].Client
	if strings.HasPrefix(path, API) && c.Secrets[kind] != "" {
		client = c.Browser().Client
		request.Header.Set("Authorization", "Bearer "+c.Secrets[kind])
	}
	response, err := client.Do(request)
	if err != nil {
		c.T.Fatal(err)
	}
	_ = response.Body.Close()
	return response.StatusCode
}

// Patterns returns the method and the pattern of every route.
func (c *Company) Patterns() []string {
	c.T.Helper()
	var patterns []string
	for _, route := range c.Server.Config.Handler.(*web.Server).Routes() {
		patterns = append(patterns, route.Method+" "+route.Pattern)
	}
	slices.Sort(patterns)
	return patterns
}
