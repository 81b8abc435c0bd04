package web_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/templates"
	peopleview "plumbline/templates/people"
	view "plumbline/templates/snapshots"
	"plumbline/web/page"
	"plumbline/web/webtest"
)

// lateBody is what a client sends once the server asks for it, which it does when it has let the request in.
type lateBody struct {
	before func()
	io.Reader
}

// Read reads, and the first time does before that what happens between the door and the form.
func (b *lateBody) Read(p []byte) (int, error) {
	if b.before != nil {
		b.before()
		b.before = nil
	}
	return b.Reader.Read(p)
}

// late sends a form to a path, as a person or by a token, and does something when the request has been let in.
func late(c *webtest.Company, who access.Actor, method, path, body string, between func()) (status int) {
	c.T.Helper()
	request, err := http.NewRequestWithContext(context.Background(), method, c.Server.URL+path, &lateBody{between, strings.NewReader(body)})
	if err != nil {
		c.T.Fatal(err)
	}
	request.ContentLength = int64(len(body))
	request.Header.Set("Expect", "100-continue")
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{ExpectContinueTimeout: time.Minute}}
	defer client.CloseIdleConnections()
	if strings.HasPrefix(path, webtest.API) {
		secret := "plb_" + page.NewToken()
		c.NewToken(who, secret, access.ScopeWrite)
		request.Header.Set("Authorization", "Bearer "+secret)
		request.Header.Set("Content-Type", "application/json")
	} else {
		client.Jar = c.SignedInAs(who.User).Client.Jar
	}
	response, err := client.Do(request)
	if err != nil {
		c.T.Fatal(err)
	}
	_ = response.Body.Close()
	return response.StatusCode
}

// TestLateBodies holds the body of a request back until its person has lost what they were let in for: nothing is
// stored. The same request of somebody who has lost nothing is.
func TestLateBodies(t *testing.T) {
	c := webtest.NewCompany(t)
	id, team, member := c.Things["assessment"], c.Things["team"], c.People[webtest.Viewer].User
	invited := 0
	tests := map[string]struct {
		kind         int
		method, path string
		body         func() string
	}{
		"answer":   {webtest.Architect, "POST", templates.AnswerURL(id, c.Things["practice"]), func() string { return c.AnswerForm().Encode() }},
		"decision": {webtest.Architect, "POST", templates.DecisionURL(id, c.Things["tradeoff"]), typed("version", "0", "choice", "accept", "rationale", "Cheap.", "owner", "Ana", "date", "2026-11-23")},
		"snapshot": {webtest.Architect, "POST", templates.SnapshotsURL(id), func() string {
			return typed("version", strconv.Itoa(c.Snapshots(id)[0].Sequence), "title", "Late")()
		}},
		"approval": {webtest.Lead, "POST", view.ApproveURL(c.Things["snapshot"]), typed("note", "Seen")},
		"settings": {webtest.Architect, "POST", templates.EditWorkloadURL(c.Things["workload"]), typed("version", "1", "name", "Late", "environment", "production")},
		"a member": {webtest.Lead, "POST", templates.MemberURL(team, member.ID), typed("do", peopleview.DoChange, "role", "architect", "seen", "viewer")},
		"a team":   {webtest.Lead, "POST", templates.TeamURL(team), func() string { return typed("seen", teamName(c, team), "name", "Late")() }},
		"invitation": {webtest.Lead, "POST", templates.InvitationsURL(team), func() string {
			invited++
			return typed("email", strconv.Itoa(invited)+"@example.com", "role", "viewer")()
		}},
		"new team": {webtest.Admin, "POST", templates.TeamsURL, typed("name", "Later")},
		"an account": {webtest.Admin, "POST", templates.PersonURL(member.ID), func() string {
			return typed("do", "admin", "version", strconv.Itoa(c.Stored(member.ID).Version))()
		}},
		"profile": {webtest.Viewer, "POST", templates.AccountURL, typed("do", "profile", "name", "Late Name", "time_zone", "UTC")},
		"answer by a program": {webtest.Architect, "PUT", webtest.API + "/assessments/" + id + "/answers/" + c.Things["practice"], func() string {
			return `{` + another(c) + `}`
		}},
		"answers by a program": {webtest.Architect, "PATCH", webtest.API + "/assessments/" + id + "/answers", func() string {
			return `{"answers":[{"practice":"` + c.Things["practice"] + `",` + another(c) + `}]}`
		}},
		"a program's snapshot": {webtest.Architect, "POST", webtest.API + "/assessments/" + id + "/snapshots", func() string { return `{"title":"Build"}` }},
	}
	for name, tt := range tests {
		who := c.People[tt.kind]
		var before map[string]string
		refused := late(c, who, tt.method, tt.path, tt.body(), func() {
			must(t, c.Store.SetUserDisabled(t.Context(), access.Actor{}, who.User.ID, true))
			before = c.Contents()
		})
		if before == nil {
			t.Fatalf("%s: the server asked for no body, and answered %d", name, refused)
		}
		if refused != http.StatusSeeOther && refused != http.StatusUnauthorized {
			t.Errorf("%s: status %d", name, refused)
		}
		c.Untouched(before, name)
		must(t, c.Store.SetUserDisabled(t.Context(), access.Actor{}, who.User.ID, false))
		if got := late(c, who, tt.method, tt.path, tt.body(), func() { before = c.Contents() }); got >= 400 {
			t.Errorf("%s of somebody who has lost nothing: status %d", name, got)
		}
		if after := c.Contents(); after["audit"] == before["audit"] {
			t.Errorf("%s changes nothing anyway", name)
		}
	}
}

// TestLateBodiesOfTheDemoted takes less than the account from somebody: the role, the team, the token.
func TestLateBodiesOfTheDemoted(t *testing.T) {
	c := webtest.NewCompany(t)
	id, team := c.Things["assessment"], c.Things["team"]
	answer, member := templates.AnswerURL(id, c.Things["practice"]), templates.MemberURL(team, c.People[webtest.Viewer].User.ID)
	remove := typed("do", peopleview.DoRemove, "seen", "viewer")
	set := func(kind int, role access.Role) func() {
		return func() {
			must(t, c.Store.SetMembership(t.Context(), access.Actor{}, c.People[kind].User.ID, team, role))
		}
	}
	api := webtest.API + "/assessments/" + id + "/answers/" + c.Things["practice"]
	for _, tt := range []struct {
		name         string
		kind         int
		method, path string
		body         func() string
		between      func()
		want         int
	}{
		{"a viewer answers", webtest.Architect, "POST", answer, func() string { return c.AnswerForm().Encode() }, set(webtest.Architect, access.Viewer), 403},
		{"a stranger answers", webtest.Architect, "POST", answer, func() string { return c.AnswerForm().Encode() }, set(webtest.Architect, ""), 404},
		{"an architect removes", webtest.Lead, "POST", member, remove, set(webtest.Lead, access.Architect), 403},
		{"no administrator makes a team", webtest.Admin, "POST", templates.TeamsURL, typed("name", "Late"), func() {
			must(t, c.Store.SetAdmin(t.Context(), access.Actor{}, c.People[webtest.Admin].User.ID, false))
		}, 403},
		{"a revoked token answers", webtest.Architect, "PUT", api, func() string { return `{"status":"adopted","version":0}` },
			func() { c.RevokeTokensOf(c.People[webtest.Architect]) }, 401},
	} {
		set(webtest.Architect, access.Architect)()
		var before map[string]string
		got := late(c, c.People[tt.kind], tt.method, tt.path, tt.body(), func() {
			tt.between()
			before = c.Contents()
		})
		if got != tt.want {
			t.Errorf("%s: status %d, want %d", tt.name, got, tt.want)
		}
		c.Untouched(before, tt.name)
	}
}

func typed(fields ...string) func() string {
	values := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		values.Set(fields[i], fields[i+1])
	}
	return values.Encode
}

// another is an answer to the practice among the things that is not the stored one, in JSON.
func another(c *webtest.Company) string {
	stored, status := c.State(c.Things["assessment"]).State.Answer(c.Things["practice"]), assessment.Adopted
	if stored.Status == status {
		status = assessment.Absent
	}
	return fmt.Sprintf(`"status": %q, "version": %d`, status, stored.Version)
}

func teamName(c *webtest.Company, id string) string {
	team, err := c.Store.Team(context.Background(), id)
	must(c.T, err)
	return team.Name
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err, assessment.CodeOf(err))
	}
}
