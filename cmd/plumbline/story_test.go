package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"plumbline/templates"
)

// visit is what one person does with a server.
type visit struct {
	t      *testing.T
	base   string
	client *http.Client

	secrets []string // that the server has shown
}

// get returns the page.
func (s *visit) get(path string, want int) string {
	s.t.Helper()
	response, err := s.client.Get(s.base + path)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.read(response, path, want)
}

// post sends a form and returns where the answer leads.
func (s *visit) post(path string, want int, pairs ...string) string {
	s.t.Helper()
	to, _ := s.send(path, want, pairs...)
	return to
}

// send sends a form and returns where the answer leads, and its page.
func (s *visit) send(path string, want int, pairs ...string) (to, page string) {
	s.t.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	response, err := s.client.PostForm(s.base+path, form)
	if err != nil {
		s.t.Fatal(err)
	}
	page = s.read(response, path, want)
	return response.Header.Get("Location"), page
}

func (s *visit) read(response *http.Response, path string, want int) string {
	s.t.Helper()
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if response.StatusCode != want {
		s.t.Fatalf("%s: status %d, want %d", path, response.StatusCode, want)
	}
	return string(body)
}

// selected returns the value that a list of a form has chosen.
func selected(t *testing.T, page, name string) string {
	t.Helper()
	found := regexp.MustCompile(`(?s)<select[^>]* name="` + name + `".*?<option value="([^"]*)"`).FindStringSubmatch(page)
	if found == nil {
		found = regexp.MustCompile(`<input[^>]* name="` + name + `"[^>]* value="([^"]*)"`).FindStringSubmatch(page)
	}
	if found == nil {
		t.Fatalf("the form has no %s", name)
	}
	return found[1]
}

// review signs up, reviews a workload, and does some things that fail. Whatever is typed has the word private in it.
// It returns the id of the assessment.
func (s *visit) review(setup string) string {
	s.post(setup, http.StatusSeeOther, "token", tokenOf(setup), "name", "Private Person", "email", "private@example.com",
		"password", "private horse battery")
	s.post(templates.SignOutURL, http.StatusSeeOther)
	s.post(templates.SignInURL, http.StatusUnauthorized, "email", "private@example.com", "password", "private mistake")
	s.post(templates.SignInURL, http.StatusSeeOther, "email", "private@example.com", "password", "private horse battery")
	page := s.get(templates.NewWorkloadURL, http.StatusOK)
	s.post(templates.NewWorkloadURL, http.StatusSeeOther, "name", "Private workload", "description", "Private words",
		"questionnaire", selected(s.t, page, "questionnaire"))
	id := regexp.MustCompile(`/assessments/([0-9a-f-]{36})`).FindStringSubmatch(s.get(templates.PortfolioURL, http.StatusOK))[1]
	page = s.get(s.follow(templates.WalkURL(id)), http.StatusOK)
	practice := regexp.MustCompile(`name="status\.([^"]+)"`).FindStringSubmatch(page)[1]
	answer := []string{"version." + practice, "0", "status." + practice, "partial", "note." + practice, "A private note"}
	s.post(templates.AnswerURL(id, practice), http.StatusSeeOther, answer...)
	answer[5] = "Another private note"
	s.post(templates.AnswerURL(id, practice), http.StatusConflict, answer...)
	s.post(templates.SnapshotsURL(id), http.StatusSeeOther, "title", "Private review", "note", "private", "version", "0")
	snapshot := regexp.MustCompile(`/snapshots/([0-9a-f-]{36})`).FindStringSubmatch(s.get(templates.SnapshotsURL(id), http.StatusOK))[1]
	s.post(templates.MakeReportURL(snapshot), http.StatusSeeOther)
	s.get("/?q=private", http.StatusOK)
	s.get("/assessments/private", http.StatusNotFound)
	s.get("/private/private?private", http.StatusNotFound)
	s.get(templates.ResetURL+"?token=private", http.StatusNotFound)
	s.automate(id, practice)
	return id
}

// automate invites somebody, makes a token, and uses it as a pipeline does.
func (s *visit) automate(id, practice string) {
	s.t.Helper()
	team := regexp.MustCompile(`/teams/([0-9a-f-]{36})`).FindStringSubmatch(s.get(templates.TeamsURL, http.StatusOK))[1]
	_, page := s.send(templates.InvitationsURL(team), http.StatusCreated, "email", "private.guest@example.com", "role", "viewer")
	invitation := regexp.MustCompile(`/invite\?token=([A-Za-z0-9_-]+)`).FindStringSubmatch(page)[1]
	s.get(templates.InviteURL+"?token="+invitation, http.StatusForbidden) // it is for somebody else
	_, page = s.send(templates.TokensURL, http.StatusCreated, "name", "Private pipeline", "scope", "write",
		"password", "private horse battery", "expires_at", time.Now().AddDate(0, 1, 0).Format(time.DateOnly))
	token := regexp.MustCompile(`data-secret><code>([^<]+)<`).FindStringSubmatch(page)[1]
	s.secrets = append(s.secrets, invitation, token)
	answers := "/api/v1/assessments/" + id + "/answers/" + practice
	s.call(token, http.MethodGet, answers, "", http.StatusOK)
	s.call(token, http.MethodPut, answers, `{"version": 1, "status": "adopted", "note": "Said by a private program"}`, http.StatusOK)
	s.call(token, http.MethodPut, answers, `{"version": 1, "status": "absent", "note": "private"}`, http.StatusConflict)
	s.call(token, http.MethodGet, "/api/v1/private?private=1", "", http.StatusNotFound)
	s.call("private", http.MethodGet, answers, "", http.StatusUnauthorized)
}

// call sends a request of a program.
func (s *visit) call(token, method, path, body string, want int) {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), method, s.base+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	response, err := s.client.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	s.read(response, path, want)
}

// follow returns where a page leads.
func (s *visit) follow(path string) string {
	response, err := s.client.Get(s.base + path)
	if err != nil {
		s.t.Fatal(err)
	}
	s.read(response, path, http.StatusSeeOther)
	return response.Header.Get("Location")
}

func tokenOf(link string) string {
	_, token, _ := strings.Cut(link, "token=")
	return token
}

// TestStory runs the program as an operator does, reviews a workload, and looks at what that leaves in the log and in
// the figures.
func TestStory(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	p := started(t, "serve", "--addr", "127.0.0.1:0", "--data", folder, "--log-format", "json", "--metrics-addr", "127.0.0.1:0")
	s := &visit{t: t, base: p.base(), client: anybody(t)}
	setup := strings.TrimPrefix(p.until("/setup?token="), s.base)
	id := s.review(setup)
	figures := regexp.MustCompile(`127\.0\.0\.1:[0-9]+`).FindString(p.logged("serving metrics"))
	sheet := (&visit{t: t, base: "http://" + figures, client: anybody(t)}).get("/metrics", http.StatusOK)
	if status := p.stop(syscall.SIGTERM); status != done {
		t.Errorf("exit status %d, want %d", status, done)
	}
	checkLog(t, p.log.String(), append(s.secrets, tokenOf(setup)))
	checkFigures(t, sheet, id)
}

func checkLog(t *testing.T, log string, secrets []string) {
	t.Helper()
	for _, secret := range append(secrets, "private") {
		if strings.Contains(strings.ToLower(log), strings.ToLower(secret)) {
			t.Errorf("the log holds %q, which somebody typed or was shown:\n%s", secret, log)
		}
	}
	messages := map[string]int{}
	for line := range strings.Lines(log) {
		var entry struct{ Msg, Request, Route string }
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatalf("not JSON: %s", line)
		}
		messages[entry.Msg]++
		if entry.Msg == "request" && (entry.Request == "" || entry.Route == "") {
			t.Errorf("a request without a number or a route: %s", line)
		}
	}
	if messages["request"] < 15 || messages["serving"] != 1 || messages["stopped"] != 1 {
		t.Errorf("the log has %v", messages)
	}
}

func checkFigures(t *testing.T, sheet, id string) {
	t.Helper()
	for _, want := range []string{
		`plumbline_http_requests_total{method="POST",route="/assessments/{assessment}/answers/{practice}",status="409"} 1`,
		`plumbline_http_requests_total{method="GET",route="none",status="404"} 2`,
		`plumbline_http_request_duration_seconds_count{method="GET",route="/assessments/{assessment}"} 1`,
		`plumbline_http_requests_total{method="PUT",route="/api/v1/assessments/{assessment}/answers/{practice}",status="200"} 1`,
		`plumbline_saves_total{result="saved"} 3`,
		`plumbline_saves_total{result="conflict"} 2`,
		`plumbline_report_draw_seconds_count{result="drawn"} 1`,
		`plumbline_reports_waiting 0`,
		`plumbline_reports_drawing 0`,
		`plumbline_event_streams 0`,
		`plumbline_sessions 1`,
		`plumbline_database_writes_waiting 0`,
		"plumbline_database_write_wait_seconds_count ",
		"plumbline_database_commit_writes_sum ",
		`plumbline_database_commit_seconds_count{result="done"} `,
		"plumbline_database_bytes ",
		"plumbline_disk_free_bytes ",
		"plumbline_build_info{",
		"go_goroutines ",
	} {
		if !strings.Contains(sheet, "\n"+want) {
			t.Errorf("the figures have no line %s in:\n%s", want, regexp.MustCompile(`(?m)^plumbline_http_requests_total.*$`).FindAllString(sheet, -1))
		}
	}
	for _, secret := range []string{"private", "Private", id} {
		if strings.Contains(sheet, secret) {
			t.Errorf("the figures hold %q", secret)
		}
	}
}
