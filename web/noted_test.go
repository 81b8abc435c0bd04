package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"plumbline/assessment/access"
	"plumbline/templates"
	"plumbline/web"
	"plumbline/web/webtest"
)

// refusedAndTaken returns the entries of the log about refusals and downloads, in their order.
func refusedAndTaken(t *testing.T, a *webtest.App) []access.AuditEntry {
	t.Helper()
	all, err := a.Store.Audit(t.Context(), access.AuditFilter{Teams: access.TeamScope{All: true}, Limit: 1000,
		Actions: []string{access.AuditRefused, access.AuditForeign, access.AuditOtherSite, access.AuditLimited, access.AuditDownloaded}})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestRefusalsAreNoted asks for what is refused, and looks for who it was.
func TestRefusalsAreNoted(t *testing.T) {
	c := webtest.NewCompany(t)
	assessed, team := c.Things["assessment"], c.Things["team"]
	tests := map[string]struct {
		kind              int
		ask               func(b *webtest.Browser) int
		action, about, at string
		team              bool // the lead of the team sees it
	}{
		"a viewer's change": {webtest.Viewer, func(b *webtest.Browser) int {
			return b.Post(templates.PrioritiesURL(assessed), url.Values{}).Status
		}, access.AuditRefused, "assessment " + assessed, "POST /assessments/{assessment}/priorities", true},
		"a team's log": {webtest.Viewer, func(b *webtest.Browser) int { return b.Get(templates.TeamAuditURL(team)).Status },
			access.AuditRefused, "team " + team, "GET /teams/{team}/audit", true},
		"another team's assessment": {webtest.Neighbour, func(b *webtest.Browser) int { return b.Get(templates.AssessmentURL(assessed)).Status },
			access.AuditForeign, "assessment " + assessed, "GET /assessments/{assessment}", false},
		"administration": {webtest.Lead, func(b *webtest.Browser) int { return b.Get(templates.AuditURL).Status },
			access.AuditRefused, " ", "GET /audit", false},
		"another site": {webtest.Lead, func(*webtest.Browser) int {
			return c.Ask(webtest.Lead, http.MethodPost, templates.PrioritiesURL(assessed), http.Header{"Sec-Fetch-Site": {"cross-site"}})
		}, access.AuditOtherSite, " ", "", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			before := len(refusedAndTaken(t, c.App))
			status := test.ask(c.Browsers[test.kind])
			got := refusedAndTaken(t, c.App)
			if len(got) != before+1 || status != http.StatusForbidden && status != http.StatusNotFound {
				t.Fatalf("status %d, %d entries more", status, len(got)-before)
			}
			e := got[before]
			if e.Action != test.action || e.SubjectKind+" "+e.Subject != test.about || e.Detail != test.at || (e.Team == team) != test.team {
				t.Errorf("the log says %+v", e)
			}
			if who := c.People[test.kind].User; e.Account != who.ID || e.Person != who.Name || e.Address != "127.0.0.1" {
				t.Errorf("it was %+v, want %s", e, who.Name)
			}
		})
	}
	before := len(refusedAndTaken(t, c.App))
	c.Browsers[webtest.Lead].Get(templates.AssessmentURL("01890000-0000-7000-8000-000000000000"))
	c.Browsers[webtest.Lead].Get("/nowhere")
	if got := refusedAndTaken(t, c.App); len(got) != before {
		t.Errorf("what is not there is noted: %+v", got[before:])
	}
}

func TestRefusalsOfProgramsAreNoted(t *testing.T) {
	a := webtest.NewApp(t)
	one, other := a.NewAssessment("One"), a.OtherTeam("Elsewhere")
	p := a.ProgramOf(a.Member(a.Team(), access.Viewer), access.ScopeRead)
	snapshot := a.Snapshot(other.ID, "Secret")
	p.Get("/assessments/" + other.ID + "/gate").Want(http.StatusNotFound)
	a.Advance(time.Minute) // or it would be one entry
	p.Get("/assessments/" + one.ID + "/gate?no_new_high=" + snapshot.ID).Want(http.StatusNotFound)
	got := refusedAndTaken(t, a)
	if len(got) != 2 {
		t.Fatalf("got %+v", got)
	}
	for _, e := range got {
		if e.Action != access.AuditForeign || e.Token == "" || e.Account == "" || !strings.HasPrefix(e.Detail, "GET /api/") {
			t.Errorf("got %+v", e)
		}
	}
}

// TestTooManyRequestsAreNoted guesses passwords until the limit.
func TestTooManyRequestsAreNoted(t *testing.T) {
	a := webtest.NewApp(t)
	handler, err := web.New(web.Options{Store: a.Store, SessionKey: webtest.SessionKey, Insecure: true, Clock: a.Now})
	if err != nil {
		t.Fatal(err)
	}
	a.Server = httptest.NewServer(handler)
	t.Cleanup(a.Server.Close)
	for range 40 {
		a.Browser().Post(templates.SignInURL, url.Values{"email": {"nobody@example.org"}, "password": {"wrong"}})
	}
	got := refusedAndTaken(t, a)
	if len(got) != 1 || got[0].Action != access.AuditLimited || got[0].Address != "127.0.0.1" || strings.Contains(got[0].Detail, "nobody") {
		t.Errorf("got %+v", got)
	}
}

func TestDownloadsAreNoted(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage").ID
	snapshot := a.Snapshot(id, "Launch")
	for _, path := range []string{templates.SnapshotAnswersURL(snapshot.ID), templates.SnapshotDocumentURL(snapshot.ID), templates.TeamAuditURL(a.Team()) + ".csv"} {
		for range 2 {
			if got := b.Get(path); got.Status != http.StatusOK {
				t.Fatalf("%s: status %d", path, got.Status)
			}
		}
	}
	b.Get(templates.AssessmentURL(id)) // no document
	var routes []string
	for _, e := range refusedAndTaken(t, a) {
		routes = append(routes, e.Detail)
		if e.Action != access.AuditDownloaded || e.Account == "" || e.Team != a.Team() || e.Subject == "" || strings.Contains(e.Detail, "snapshot") != (e.Assessment == id) {
			t.Errorf("got %+v", e)
		}
	}
	if len(routes) != 3 || !slices.Contains(routes, "GET /teams/{team}/audit.csv") {
		t.Errorf("got %q", routes)
	}
}

// TestPagesAreShownWhereNothingCanBeNoted refuses somebody something while the log cannot be written.
func TestPagesAreShownWhereNothingCanBeNoted(t *testing.T) {
	a := webtest.NewApp(t)
	other := a.OtherTeam("Elsewhere")
	b := a.SignedInWith(access.Viewer)
	snapshot := a.Snapshot(a.NewAssessment("Mine").ID, "Launch")
	a.Unwritable()
	if got := b.Get(templates.AssessmentURL(other.ID)); got.Status != http.StatusNotFound {
		t.Errorf("status %d", got.Status)
	}
	if got := b.Get(templates.SnapshotAnswersURL(snapshot.ID)); got.Status != http.StatusOK {
		t.Errorf("status %d", got.Status)
	}
	if got := refusedAndTaken(t, a); len(got) != 0 {
		t.Errorf("got %+v", got)
	}
}
