package api_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/storage"
	"plumbline/web"
	"plumbline/web/page"
	"plumbline/web/webtest"
)

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

func TestWhoMayUseTheAPI(t *testing.T) {
	a := webtest.NewApp(t)
	started := a.NewSmallAssessment()
	snapshot := a.Snapshot(started.ID, "First")
	var report struct{ ID string }
	a.Program(access.ScopeWrite).Ask("POST", "/snapshots/"+snapshot.ID+"/report", nil).Want(http.StatusCreated).Into(&report)
	before := a.State(started.ID).State.Sequence
	team := started.Workload.Team
	viewer, stranger := a.Member(team, access.Viewer), a.Member("", "")
	neighbour := a.Member(a.OtherTeam("Payments").Workload.Team, access.Lead)
	disabled := a.ProgramOf(a.Member(team, access.Lead), access.ScopeWrite)
	if err := a.Store.SetUserDisabled(t.Context(), access.Actor{}, a.UserOf(disabled).ID, true); err != nil {
		t.Fatal(err)
	}
	revoked := a.ProgramOf(viewer, access.ScopeWrite)
	a.RevokeTokensOf(viewer)
	nobody := &webtest.Program{App: a, Routes: a.Described()}
	unknown := &webtest.Program{App: a, Routes: nobody.Routes, Secret: "plb_" + page.NewToken()}
	session := &webtest.Program{App: a, Routes: nobody.Routes, Secret: "not a token"}
	people := []struct {
		name          string
		as            *webtest.Program
		reads, writes int
	}{
		{"nobody", nobody, http.StatusUnauthorized, http.StatusUnauthorized},
		{"an unknown token", unknown, http.StatusUnauthorized, http.StatusUnauthorized},
		{"something else", session, http.StatusUnauthorized, http.StatusUnauthorized},
		{"a revoked token", revoked, http.StatusUnauthorized, http.StatusUnauthorized},
		{"a disabled account", disabled, http.StatusUnauthorized, http.StatusUnauthorized},
		{"somebody in no team", a.ProgramOf(stranger, access.ScopeWrite), http.StatusNotFound, http.StatusNotFound},
		{"another team's lead", a.ProgramOf(neighbour, access.ScopeWrite), http.StatusNotFound, http.StatusNotFound},
		{"a viewer", a.ProgramOf(viewer, access.ScopeWrite), http.StatusOK, http.StatusForbidden},
		{"a lead whose token reads", a.ProgramOf(a.Member(team, access.Lead), access.ScopeRead), http.StatusOK, http.StatusForbidden},
	}
	for _, tt := range people {
		t.Run(tt.name, func(t *testing.T) {
			for _, op := range operations(started.ID, started.Workload.ID, snapshot.ID, report.ID) {
				want := tt.reads
				if op.writes {
					want = tt.writes
				}
				got := tt.as.Do(op.method, op.path, op.body)
				if got.Status != want {
					t.Errorf("%s %s: %d, want %d", op.method, op.path, got.Status, want)
				}
				if challenge := got.Header.Get("WWW-Authenticate"); (got.Status == http.StatusUnauthorized) != strings.HasPrefix(challenge, "Bearer") {
					t.Errorf("%s %s: %d with the challenge %q", op.method, op.path, got.Status, challenge)
				}
			}
		})
	}
	if now := a.State(started.ID).State.Sequence; now != before {
		t.Errorf("%d changes were made by those who may not", now-before)
	}
	if got := a.SignedIn().Get(webtest.API + "/workloads"); got.Status != http.StatusUnauthorized {
		t.Errorf("a session is answered with %d", got.Status)
	}
	expired := a.Program(access.ScopeRead)
	expired.Get("/workloads").Want(http.StatusOK)
	a.Advance(24 * time.Hour)
	expired.Get("/workloads").Want(http.StatusUnauthorized)
}

func TestUnknownToTheAPI(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	p := a.Program(access.ScopeWrite)
	for _, op := range operations("nothing", "nothing", "nothing", "nothing") {
		p.Do(op.method, op.path, op.body).Want(http.StatusNotFound).Problem()
	}
	p.Get("/assessments/" + id + "/answers/nobody").Want(http.StatusNotFound)
	p.Ask("PUT", "/assessments/"+id+"/answers/nobody", `{"status": "absent", "version": 0}`).Want(http.StatusNotFound)
	p.Get("/nothing").Want(http.StatusNotFound)
	p.Ask("DELETE", "/workloads", nil).Want(http.StatusMethodNotAllowed)
	p.Get("/workloads?sort=name").Want(http.StatusUnprocessableEntity)
	p.Get("/workloads?limit=0").Want(http.StatusUnprocessableEntity)
	p.Get("/workloads?limit=many").Want(http.StatusUnprocessableEntity)
	p.Get("/workloads?team='%20OR%201=1").Want(http.StatusOK)
	a.ProgramOf(a.Member("", ""), access.ScopeRead).Get("/workloads?team='%20OR%201=1").Want(http.StatusNotFound)
}

func TestBadBodies(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	p := a.Program(access.ScopeWrite)
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
		{"a reason of spaces", answer, `{"status": "not_applicable", "reason": "  ", "version": 0}`, 422, "body.reason", "Enter a reason"},
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
			got := p.Ask(method, tt.path, tt.body).Want(tt.status).Problem()
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
	if c := a.State(id); c.State.Answer("r2").Version != 0 || len(a.Snapshots(id)) != 0 {
		t.Error("something was stored")
	}
	p.Ask(http.MethodPut, answer, "status=absent", "Content-Type", "application/x-www-form-urlencoded").Want(http.StatusUnsupportedMediaType)
	full := `{"status": "absent", "version": 0, "note": "` + strings.Repeat("ü", 10_000) + `"}`
	p.Ask(http.MethodPut, answer, full).Want(http.StatusOK)
}

func TestVersionsByProgram(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	p := a.Program(access.ScopeWrite)
	a.Saves(a.Colleague(), id, "r1", assessment.Answer{Status: assessment.Partial, Note: "Theirs"})
	path := "/assessments/" + id + "/answers/r1"
	got := p.Ask(http.MethodPut, path, `{"status": "absent", "note": "Mine"}`, "If-Match", `"1"`).Want(http.StatusConflict).Problem()
	if got.Code != "conflict" || len(got.Conflicts) != 1 {
		t.Fatalf("got %+v", got)
	}
	if c := got.Conflicts[0]; c.Practice != "r1" || c.Stored.Note != "Theirs" || c.Stored.Version != 2 || c.Yours.Note != "Mine" {
		t.Errorf("conflict %+v", c)
	}
	for _, tag := range []string{"*", `W/"2"`, `"two"`, `"-1"`} {
		p.Ask(http.MethodPut, path, `{"status": "absent"}`, "If-Match", tag).Want(http.StatusUnprocessableEntity)
	}
	p.Ask(http.MethodPut, path, `{"status": "absent", "version": 1}`, "If-Match", `"2"`).Want(http.StatusUnprocessableEntity)
	p.Ask(http.MethodPut, path, `{"status": "absent"}`).Want(http.StatusPreconditionRequired)
	if saved := a.State(id).State.Answer("r1"); saved.Version != 2 {
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
	a := webtest.NewApp(t)
	a.NewToken(a.Actor(), "plb_gone", access.ScopeRead)
	ctx, leave := context.WithCancel(t.Context())
	var log bytes.Buffer
	handler, err := web.New(web.Options{Store: leaving{a.Store, leave}, SessionKey: webtest.SessionKey, Clock: a.Now,
		Logger: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequestWithContext(ctx, http.MethodGet, webtest.API+"/workloads", nil)
	request.Header.Set("Authorization", "Bearer plb_gone")
	handler.ServeHTTP(httptest.NewRecorder(), request)
	if !strings.Contains(log.String(), "request abandoned") || strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("logged %s, want that it was abandoned, without an error of the server", log.String())
	}
}

func TestProgramsAreLimited(t *testing.T) {
	a := webtest.NewApp(t)
	handler, err := web.New(web.Options{Store: a.Store, SessionKey: webtest.SessionKey, Insecure: true, Clock: a.Now})
	if err != nil {
		t.Fatal(err)
	}
	a.Server.Close()
	a.Server = httptest.NewServer(handler)
	t.Cleanup(a.Server.Close)
	p, other := a.Program(access.ScopeRead), a.ProgramOf(a.Member("", ""), access.ScopeRead)
	for range 120 {
		p.Get("/assessments/nothing/result").Want(http.StatusNotFound)
	}
	got := p.Get("/workloads")
	got.Want(http.StatusTooManyRequests)
	if got.Header.Get("Retry-After") != "60" || got.Problem().Code != "too_many" {
		t.Errorf("wait %q", got.Header.Get("Retry-After"))
	}
	a.Program(access.ScopeRead).Get("/workloads").Want(http.StatusTooManyRequests) // another token asks no more
	other.Get("/workloads").Want(http.StatusOK)
}

func TestOriginOfPrograms(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	p := a.Program(access.ScopeWrite)
	path, body := "/assessments/"+id+"/snapshots", `{"title": "Release"}`
	p.Ask(http.MethodPost, path, body, "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site").Want(http.StatusForbidden).Problem()
	p.Ask(http.MethodPost, path, body).Want(http.StatusCreated)
}
