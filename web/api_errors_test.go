package web_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/storage"
	"plumbline/web"
)

// member returns a new person, with a role in a team where one is named.
func (a *app) member(team string, role assessment.Role) assessment.Actor {
	a.t.Helper()
	ctx := context.Background()
	user, err := a.store.CreateUser(ctx, assessment.User{Email: strings.ToLower(rand.Text()) + "@example.com", Name: "Mei Tanaka"})
	if err != nil {
		a.t.Fatal(err)
	}
	if team != "" {
		if err := a.store.SetMembership(ctx, user.ID, team, role); err != nil {
			a.t.Fatal(err)
		}
	}
	memberships, err := a.store.Memberships(ctx, user.ID)
	if err != nil {
		a.t.Fatal(err)
	}
	return assessment.Actor{User: user, Memberships: memberships}
}

// otherTeam creates a team of that name with one workload of the same name.
func (a *app) otherTeam(name string) assessment.Assessment {
	a.t.Helper()
	ctx := context.Background()
	team, err := a.store.CreateTeam(ctx, name)
	if err != nil {
		a.t.Fatal(err)
	}
	questionnaires, err := a.store.Questionnaires(ctx)
	if err != nil {
		a.t.Fatal(err)
	}
	started, err := a.store.CreateWorkload(ctx, a.actor(), assessment.Workload{Team: team.ID, Name: name}, questionnaires[0].SHA256, nil)
	if err != nil {
		a.t.Fatal(err)
	}
	return started
}

func (a *app) revokeAll() {
	a.t.Helper()
	ctx, actor := context.Background(), a.actor()
	tokens, err := a.store.Tokens(ctx, actor.User.ID)
	if err != nil {
		a.t.Fatal(err)
	}
	for _, token := range tokens {
		if err := a.store.RevokeToken(ctx, actor, actor.User.ID, token.ID); err != nil {
			a.t.Fatal(err)
		}
	}
}

// operations is every operation on an assessment with a snapshot and a report, and whether it writes.
func operations(id, workload, snapshot, report string) []struct {
	method, path, body string
	writes             bool
} {
	return []struct {
		method, path, body string
		writes             bool
	}{
		{"GET", "/workloads/" + workload, "", false},
		{"GET", "/assessments/" + id + "/result", "", false},
		{"GET", "/assessments/" + id + "/answers", "", false},
		{"GET", "/assessments/" + id + "/answers/r1", "", false},
		{"PUT", "/assessments/" + id + "/answers/r1", `{"status": "absent", "version": 1}`, true},
		{"PATCH", "/assessments/" + id + "/answers", `{"answers": [{"practice": "r1", "status": "absent", "version": 1}]}`, true},
		{"GET", "/assessments/" + id + "/snapshots", "", false},
		{"POST", "/assessments/" + id + "/snapshots", `{"title": "Release"}`, true},
		{"GET", "/snapshots/" + snapshot, "", false},
		{"GET", "/assessments/" + id + "/compare?before=" + snapshot, "", false},
		{"GET", "/assessments/" + id + "/gate?overall=10", "", false},
		{"GET", "/assessments/" + id + "/reports", "", false},
		{"POST", "/snapshots/" + snapshot + "/report", "", true},
		{"GET", "/reports/" + report, "", false},
	}
}

func (p *program) do(method, path, body string) reply {
	p.t.Helper()
	if body == "" {
		return p.ask(method, path, nil)
	}
	return p.ask(method, path, body)
}

func TestWhoMayUseTheAPI(t *testing.T) {
	a := newApp(t)
	started := a.newSmallAssessment()
	snapshot := a.snapshot(started.ID, "First")
	var report struct{ ID string }
	a.program(assessment.ScopeWrite).ask("POST", "/snapshots/"+snapshot.ID+"/report", nil).want(http.StatusCreated).into(&report)
	before := a.state(started.ID).State.Sequence
	team := started.Workload.Team
	viewer, stranger := a.member(team, assessment.Viewer), a.member("", "")
	neighbour := a.member(a.otherTeam("Payments").Workload.Team, assessment.Lead)
	disabled := a.programOf(a.member(team, assessment.Lead), assessment.ScopeWrite)
	if err := a.store.SetUserDisabled(t.Context(), a.userOf(disabled).ID, true); err != nil {
		t.Fatal(err)
	}
	revoked := a.programOf(viewer, assessment.ScopeWrite)
	a.revokeTokensOf(viewer)
	nobody := &program{app: a, routes: a.described()}
	unknown := &program{app: a, routes: nobody.routes, secret: "plb_" + web.NewToken()}
	session := &program{app: a, routes: nobody.routes, secret: "not a token"}
	people := []struct {
		name          string
		as            *program
		reads, writes int
	}{
		{"nobody", nobody, http.StatusUnauthorized, http.StatusUnauthorized},
		{"an unknown token", unknown, http.StatusUnauthorized, http.StatusUnauthorized},
		{"something else", session, http.StatusUnauthorized, http.StatusUnauthorized},
		{"a revoked token", revoked, http.StatusUnauthorized, http.StatusUnauthorized},
		{"a disabled account", disabled, http.StatusUnauthorized, http.StatusUnauthorized},
		{"somebody in no team", a.programOf(stranger, assessment.ScopeWrite), http.StatusNotFound, http.StatusNotFound},
		{"another team's lead", a.programOf(neighbour, assessment.ScopeWrite), http.StatusNotFound, http.StatusNotFound},
		{"a viewer", a.programOf(viewer, assessment.ScopeWrite), http.StatusOK, http.StatusForbidden},
		{"a lead whose token reads", a.programOf(a.member(team, assessment.Lead), assessment.ScopeRead), http.StatusOK, http.StatusForbidden},
	}
	for _, tt := range people {
		t.Run(tt.name, func(t *testing.T) {
			for _, op := range operations(started.ID, started.Workload.ID, snapshot.ID, report.ID) {
				want := tt.reads
				if op.writes {
					want = tt.writes
				}
				got := tt.as.do(op.method, op.path, op.body)
				if got.status != want {
					t.Errorf("%s %s: %d, want %d", op.method, op.path, got.status, want)
				}
				if challenge := got.header.Get("WWW-Authenticate"); (got.status == http.StatusUnauthorized) != strings.HasPrefix(challenge, "Bearer") {
					t.Errorf("%s %s: %d with the challenge %q", op.method, op.path, got.status, challenge)
				}
			}
		})
	}
	if now := a.state(started.ID).State.Sequence; now != before {
		t.Errorf("%d changes were made by those who may not", now-before)
	}
	if got := a.signedIn().get(api + "/workloads"); got.status != http.StatusUnauthorized {
		t.Errorf("a session is answered with %d", got.status)
	}
	expired := a.program(assessment.ScopeRead)
	expired.get("/workloads").want(http.StatusOK)
	a.now = a.now.Add(24 * time.Hour)
	expired.get("/workloads").want(http.StatusUnauthorized)
}

func (a *app) userOf(p *program) assessment.User {
	a.t.Helper()
	actor, err := a.store.ActorByToken(context.Background(), web.HashToken(p.secret))
	if err != nil {
		a.t.Fatal(err)
	}
	return actor.User
}

func (a *app) revokeTokensOf(actor assessment.Actor) {
	a.t.Helper()
	tokens, err := a.store.Tokens(context.Background(), actor.User.ID)
	if err != nil {
		a.t.Fatal(err)
	}
	for _, token := range tokens {
		if err := a.store.RevokeToken(context.Background(), actor, actor.User.ID, token.ID); err != nil {
			a.t.Fatal(err)
		}
	}
}

func TestUnknownToTheAPI(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	p := a.program(assessment.ScopeWrite)
	for _, op := range operations("nothing", "nothing", "nothing", "nothing") {
		p.do(op.method, op.path, op.body).want(http.StatusNotFound).problem()
	}
	p.get("/assessments/" + id + "/answers/nobody").want(http.StatusNotFound)
	p.ask("PUT", "/assessments/"+id+"/answers/nobody", `{"status": "absent", "version": 0}`).want(http.StatusNotFound)
	p.get("/nothing").want(http.StatusNotFound)
	p.ask("DELETE", "/workloads", nil).want(http.StatusMethodNotAllowed)
	p.get("/workloads?sort=name").want(http.StatusUnprocessableEntity)
	p.get("/workloads?limit=0").want(http.StatusUnprocessableEntity)
	p.get("/workloads?limit=many").want(http.StatusUnprocessableEntity)
	p.get("/workloads?team='%20OR%201=1").want(http.StatusOK)
	a.programOf(a.member("", ""), assessment.ScopeRead).get("/workloads?team='%20OR%201=1").want(http.StatusNotFound)
}

func TestBadBodies(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	p := a.program(assessment.ScopeWrite)
	answer, snapshots := "/assessments/"+id+"/answers/r2", "/assessments/"+id+"/snapshots"
	long := strings.Repeat("a", 10_001)
	tests := []struct {
		name, path, body string
		status           int
		place, says      string
	}{
		{"nothing", answer, "", 400, "", "required"},
		{"no JSON", answer, `{"status": `, 400, "body", "unexpected end"},
		{"two documents", answer, `{"status": "absent"} {}`, 400, "body", "after top-level value"},
		{"deep", answer, strings.Repeat("[", 10_001), 400, "body", "max depth"},
		{"not UTF-8", answer, "{\"status\": \"absent\", \"note\": \"a\xff\"}", 400, "body", "UTF-8"},
		{"a list", answer, `[]`, 422, "body", "object"},
		{"null", answer, `null`, 422, "body", "object"},
		{"no status", answer, `{"version": 0}`, 422, "body", "status"},
		{"a wrong status", answer, `{"status": "done", "version": 0}`, 422, "body.status", "one of"},
		{"a number for a status", answer, `{"status": 1, "version": 0}`, 422, "body.status", "string"},
		{"an unknown field", answer, `{"status": "absent", "version": 0, "by": "Mei"}`, 422, "body.by", "unexpected"},
		{"NUL", answer, `{"status": "absent", "version": 0, "note": "a\u0000b"}`, 422, "body.note", "U+0000"},
		{"a long note", answer, `{"status": "absent", "version": 0, "note": "` + long + `"}`, 422, "body.note", "10000"},
		{"a reason of spaces", answer, `{"status": "not_applicable", "reason": "  ", "version": 0}`, 422, "body.reason", "needed"},
		{"a script for a link", answer, `{"status": "absent", "version": 0, "evidence": [{"url": "javascript:x"}]}`, 422, "body.evidence", "https://"},
		{"half a version", answer, `{"status": "absent", "version": 0.5}`, 422, "body.version", "integer"},
		{"a negative version", answer, `{"status": "absent", "version": -1}`, 422, "body.version", ">= 0"},
		{"a huge version", answer, `{"status": "absent", "version": 1e30}`, 422, "body", ""},
		{"no version", answer, `{"status": "absent"}`, 428, "", ""},
		{"too large", answer, `{"status": "absent", "note": "` + strings.Repeat("a", 256<<10) + `"}`, 413, "", "too large"},
		{"no title", snapshots, `{"note": "x"}`, 422, "body", "title"},
		{"a blank title", snapshots, `{"title": " "}`, 422, "body.title", "title"},
		{"a long title", snapshots, `{"title": "` + strings.Repeat("a", 201) + `"}`, 422, "body.title", "200"},
		{"a title with NUL", snapshots, `{"title": "a\u0000"}`, 422, "body.title", "U+0000"},
		{"a long note of a snapshot", snapshots, `{"title": "a", "note": "` + long + `"}`, 422, "body.note", "10000"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			method := http.MethodPut
			if tt.path == snapshots {
				method = http.MethodPost
			}
			got := p.ask(method, tt.path, tt.body).want(tt.status).problem()
			said := got.Detail
			if tt.place != "" {
				if len(got.Errors) == 0 || got.Errors[0].Location != tt.place {
					t.Fatalf("errors %+v, want one at %s", got.Errors, tt.place)
				}
				said = got.Errors[0].Message
			}
			if !strings.Contains(said, tt.says) {
				t.Errorf("says %q, want %q in it", said, tt.says)
			}
		})
	}
	if c := a.state(id); c.State.Answer("r2").Version != 0 || len(a.snapshots(id)) != 0 {
		t.Error("something was stored")
	}
	p.ask(http.MethodPut, answer, "status=absent", "Content-Type", "application/x-www-form-urlencoded").want(http.StatusUnsupportedMediaType)
	full := `{"status": "absent", "version": 0, "note": "` + strings.Repeat("ü", 10_000) + `"}`
	p.ask(http.MethodPut, answer, full).want(http.StatusOK)
}

func TestVersionsByProgram(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	p := a.program(assessment.ScopeWrite)
	a.saves(a.colleague(), id, "r1", assessment.Answer{Status: assessment.Partial, Note: "Theirs"})
	path := "/assessments/" + id + "/answers/r1"
	got := p.ask(http.MethodPut, path, `{"status": "absent", "note": "Mine"}`, "If-Match", `"1"`).want(http.StatusConflict).problem()
	if got.Code != "conflict" || len(got.Conflicts) != 1 {
		t.Fatalf("got %+v", got)
	}
	if c := got.Conflicts[0]; c.Practice != "r1" || c.Stored.Note != "Theirs" || c.Stored.Version != 2 || c.Yours.Note != "Mine" {
		t.Errorf("conflict %+v", c)
	}
	for _, tag := range []string{"*", `W/"2"`, `"two"`, `"-1"`} {
		p.ask(http.MethodPut, path, `{"status": "absent"}`, "If-Match", tag).want(http.StatusUnprocessableEntity)
	}
	p.ask(http.MethodPut, path, `{"status": "absent", "version": 1}`, "If-Match", `"2"`).want(http.StatusUnprocessableEntity)
	p.ask(http.MethodPut, path, `{"status": "absent"}`).want(http.StatusPreconditionRequired)
	if saved := a.state(id).State.Answer("r1"); saved.Version != 2 {
		t.Errorf("stored %+v", saved)
	}
}

// leaving is a store whose asker goes away while it looks.
type leaving struct {
	*storage.Store
	leave context.CancelFunc
}

func (s leaving) Portfolio(ctx context.Context, filter assessment.PortfolioFilter) ([]assessment.PortfolioRow, error) {
	s.leave()
	return s.Store.Portfolio(ctx, filter)
}

func TestProgramThatHasGone(t *testing.T) {
	a := newApp(t)
	a.newToken(a.actor(), "plb_gone", assessment.ScopeRead)
	ctx, leave := context.WithCancel(t.Context())
	var log bytes.Buffer
	handler, err := web.New(web.Options{Store: leaving{a.store, leave}, SessionKey: sessionKey, Clock: func() time.Time { return a.now },
		Logger: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequestWithContext(ctx, http.MethodGet, api+"/workloads", nil)
	request.Header.Set("Authorization", "Bearer plb_gone")
	handler.ServeHTTP(httptest.NewRecorder(), request)
	if !strings.Contains(log.String(), "request abandoned") || strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("logged %s, want that it was abandoned, without an error of the server", log.String())
	}
}

func TestProgramsAreLimited(t *testing.T) {
	a := newApp(t)
	handler, err := web.New(web.Options{Store: a.store, SessionKey: sessionKey, Insecure: true, Clock: func() time.Time { return a.now }})
	if err != nil {
		t.Fatal(err)
	}
	a.server.Close()
	a.server = httptest.NewServer(handler)
	t.Cleanup(a.server.Close)
	p, other := a.program(assessment.ScopeRead), a.programOf(a.member("", ""), assessment.ScopeRead)
	for range 120 {
		p.get("/assessments/nothing/result").want(http.StatusNotFound)
	}
	got := p.get("/workloads").want(http.StatusTooManyRequests)
	if got.header.Get("Retry-After") != "60" || got.problem().Code != "too_many" {
		t.Errorf("wait %q", got.header.Get("Retry-After"))
	}
	other.get("/workloads").want(http.StatusOK)
}

func TestOriginOfPrograms(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	p := a.program(assessment.ScopeWrite)
	path, body := "/assessments/"+id+"/snapshots", `{"title": "Release"}`
	p.ask(http.MethodPost, path, body, "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site").want(http.StatusForbidden).problem()
	p.ask(http.MethodPost, path, body).want(http.StatusCreated)
}
