package people_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment/access"
	"plumbline/templates"
	view "plumbline/templates/people"
	"plumbline/web/page"
	"plumbline/web/webtest"
)

// rowOf returns the row of a token in a list.
func rowOf(page webtest.Answer, token, email string) *goquery.Selection {
	return page.Page.Find("tbody tr").FilterFunction(func(_ int, row *goquery.Selection) bool {
		return strings.Contains(row.Text(), email) && strings.HasPrefix(strings.TrimSpace(row.Find("td").First().Text()), token)
	})
}

// TestTokensOfEverybody: an administrator sees who has which token, and revokes one.
func TestTokensOfEverybody(t *testing.T) {
	c := webtest.NewCompany(t)
	b, owner := c.Browsers[webtest.Admin], c.People[webtest.Neighbour]
	program := c.ProgramOf(owner, access.ScopeWrite)
	program.Get("/workloads").Want(http.StatusOK)
	for _, path := range []string{view.AllTokensURL, templates.PersonURL(owner.User.ID)} {
		row := rowOf(b.Get(path), "Pipeline 2", owner.User.Email)
		if text := webtest.TextOf(row); !strings.Contains(text, "reads and writes") || !strings.Contains(text, "23 Nov") || strings.Contains(text, "Never") {
			t.Errorf("%s: the row says %q", path, text)
		}
	}
	revoke := rowOf(b.Get(view.AllTokensURL), "Pipeline 2", owner.User.Email).Find("form").AttrOr("action", "")
	if got := b.Post(revoke, url.Values{}); got.Status != http.StatusSeeOther {
		t.Fatalf("status %d, want 303", got.Status)
	}
	program.Get("/workloads").Want(http.StatusUnauthorized)
	if rowOf(b.Get(view.AllTokensURL), "Pipeline 2", owner.User.Email).Length() > 0 {
		t.Error("the token is still listed")
	}
	log, err := c.Store.Audit(t.Context(), access.AuditFilter{Teams: access.TeamScope{All: true}, Actions: []string{access.AuditTokenRevoked}})
	if err != nil || len(log) != 1 || log[0].Account != c.People[webtest.Admin].User.ID || log[0].Detail != "Pipeline 2 of "+owner.User.Name {
		t.Errorf("the log says %+v, %v", log, err)
	}
}

// TestTokensThatReachATeam: a lead sees those of members and administrators, and revokes those of members.
func TestTokensThatReachATeam(t *testing.T) {
	c := webtest.NewCompany(t)
	team := c.Things["team"]
	b := c.Browsers[webtest.Lead]
	webtest.Want(t, "the page of the team", b.Get(templates.TeamURL(team)), http.StatusOK, "a[href='"+view.TeamTokensURL(team)+"']", "API tokens")
	shown := b.Get(view.TeamTokensURL(team))
	if text := webtest.TextOf(shown.Page.Find("tbody")); strings.Contains(text, c.People[webtest.Neighbour].User.Email) {
		t.Errorf("tokens of strangers are shown: %q", text)
	}
	if row := rowOf(shown, "Pipeline", webtest.TestEmail); row.Length() != 1 || row.Find("form").Length() > 0 {
		t.Errorf("the administrator's token: %q", webtest.TextOf(row))
	}
	tokens := map[int]string{}
	for _, kind := range []int{webtest.Viewer, webtest.Neighbour, webtest.Admin} {
		tokens[kind] = c.NewToken(c.People[kind], page.NewToken(), access.ScopeRead).ID
	}
	for kind, status := range map[int]int{webtest.Viewer: 303, webtest.Neighbour: 404, webtest.Admin: 403} {
		if got := b.Post(view.RevokeTeamTokenURL(team, tokens[kind]), url.Values{}); got.Status != status {
			t.Errorf("that of the %s: status %d, want %d", webtest.KindNames[kind], got.Status, status)
		}
		of, err := c.Store.Tokens(t.Context(), c.People[kind].User.ID)
		i := slices.IndexFunc(of, func(token access.Token) bool { return token.ID == tokens[kind] })
		if err != nil || i < 0 || of[i].RevokedAt.IsZero() == (status == 303) {
			t.Errorf("that of the %s: %+v, %v", webtest.KindNames[kind], of, err)
		}
	}
	log, err := c.Store.Audit(t.Context(), access.AuditFilter{Teams: access.TeamScope{Teams: []string{team}}, Actions: []string{access.AuditTokenRevoked}})
	if err != nil || len(log) != 1 || log[0].Account != c.People[webtest.Lead].User.ID {
		t.Errorf("the log of the team says %+v, %v", log, err)
	}
}

// TestSessionsOfAPerson: an administrator ends one, or all.
func TestSessionsOfAPerson(t *testing.T) {
	c := webtest.NewCompany(t)
	person := c.People[webtest.Viewer].User
	browsers := []*webtest.Browser{c.Browsers[webtest.Viewer], c.SignedInAs(person), c.SignedInAs(person)}
	on := func() (n int) {
		for _, b := range browsers {
			if b.Get(templates.AccountURL).Status == http.StatusOK {
				n++
			}
		}
		return n
	}
	b, path := c.Browsers[webtest.Admin], templates.PersonURL(person.ID)
	end := b.Get(path).Page.Find("form[action*='/sessions/']").First().AttrOr("action", "")
	if got := b.Post(end, url.Values{}); got.Status != http.StatusSeeOther || on() != 2 {
		t.Errorf("one: status %d, %d go on, want 2", got.Status, on())
	}
	if got := b.Post(end, url.Values{}); got.Status != http.StatusNotFound {
		t.Errorf("the same again: status %d, want 404", got.Status)
	}
	if got := b.Post(path, url.Values{"do": {view.DoEndSessions}}); got.Status != http.StatusSeeOther || on() != 0 {
		t.Errorf("all: status %d, %d go on, want none", got.Status, on())
	}
	webtest.Want(t, "afterwards", b.Get(path), http.StatusOK, "main", "Not signed in anywhere")
}
