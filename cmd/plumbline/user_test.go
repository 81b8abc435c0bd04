package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"plumbline/assessment/access"
	"plumbline/storage"
	"plumbline/templates"
)

// TestUserLinksLeadToTheServer looks at the address in front of the link that user create and user reset print.
func TestUserLinksLeadToTheServer(t *testing.T) {
	for name, tt := range map[string]struct {
		arguments []string
		want      string
	}{
		"default":        {nil, "http://127.0.0.1:8080"},
		"another port":   {[]string{"--addr", "127.0.0.1:9000"}, "http://127.0.0.1:9000"},
		"every address":  {[]string{"--addr", ":9000"}, "http://localhost:9000"},
		"every IPv6 one": {[]string{"--addr", "[::]:9000"}, "http://localhost:9000"},
		"https":          {[]string{"--addr", "192.0.2.1:443", "--tls-cert", "cert.pem"}, "https://192.0.2.1:443"},
		"named":          {[]string{"--addr", ":9000", "--url", "https://reviews.example.com/"}, "https://reviews.example.com"},
		"of a file":      {[]string{"--config", written(t, "plumbline.yaml", "addr: 127.0.0.1:9001\n")}, "http://127.0.0.1:9001"},
	} {
		root, err := parsed(t, append(append([]string{"user"}, tt.arguments...), "list")...)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := root.User.base(); got != tt.want {
			t.Errorf("%s: got %s, want %s", name, got, tt.want)
		}
	}
}

// newFolder returns a data folder with a database that nobody has an account in.
func newFolder(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	store, err := storage.Open(t.Context(), storage.Options{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	return folder
}

// onUsers runs a command on the accounts of a data folder.
func onUsers(t *testing.T, folder string, args ...string) outcome {
	t.Helper()
	return plumbline(t, "", append([]string{"user", "--data", folder}, args...)...)
}

// roleOf returns the role that a person has in their only team, and the team.
func roleOf(t *testing.T, folder, email string) (access.Role, access.Team) {
	t.Helper()
	store, err := storage.OpenBeside(t.Context(), storage.Options{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	user, err := store.UserByEmail(t.Context(), email)
	if err != nil {
		t.Fatal(err)
	}
	memberships, err := store.Memberships(t.Context(), user.ID)
	if err != nil || len(memberships) != 1 {
		t.Fatalf("%s is in %d teams, %v; want 1", email, len(memberships), err)
	}
	return memberships[0].Role, memberships[0].Team
}

func TestUserCreateJoinsTheFirstTeam(t *testing.T) {
	folder := newFolder(t)
	lead := onUsers(t, folder, "create", "ada@example.com", "--name", "Ada", "--admin")
	architect := onUsers(t, folder, "create", "ben@example.com", "--name", "Ben")
	if lead.status != done || architect.status != done {
		t.Fatalf("got %+v and %+v", lead, architect)
	}
	role, team := roleOf(t, folder, "ada@example.com")
	if role != access.Lead || team.Name != storage.FirstTeam {
		t.Errorf("the administrator is %s of %s", role, team.Name)
	}
	if role, joined := roleOf(t, folder, "ben@example.com"); role != access.Architect || joined.ID != team.ID {
		t.Errorf("the other person is %s of %s", role, joined.Name)
	}
}

func TestUserList(t *testing.T) {
	folder := newFolder(t)
	if got := onUsers(t, folder, "list"); got != (outcome{}) {
		t.Errorf("no accounts: %+v", got)
	}
	for _, args := range [][]string{
		{"create", "cyd@example.com", "--name", "Cyd"}, {"create", "ben@example.com", "--name", "Ben"},
		{"create", "ada@example.com", "--name", "Ada", "--admin"},
		{"disable", "ben@example.com"}, {"disable", "cyd@example.com"}, {"enable", "CYD@example.com"},
	} {
		if got := onUsers(t, folder, args...); got.status != done {
			t.Fatalf("%v: %+v", args, got)
		}
	}
	if got, want := onUsers(t, folder, "list"), "ada@example.com  Ada  admin\nben@example.com  Ben  address not confirmed, disabled\ncyd@example.com  Cyd  address not confirmed\n"; got != (outcome{out: want}) {
		t.Errorf("got %+v, want %q", got, want)
	}
	var listed []map[string]any
	if err := json.Unmarshal([]byte(onUsers(t, folder, "list", "--format", "json").out), &listed); err != nil {
		t.Fatal(err)
	}
	for n, want := range []string{"ada@example.com Ada true false", "ben@example.com Ben false true", "cyd@example.com Cyd false false"} {
		one := listed[n]
		if got := fmt.Sprint(one["email"], " ", one["name"], " ", one["admin"], " ", one["disabled"]); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if _, err := time.Parse(time.RFC3339, one["created_at"].(string)); err != nil {
			t.Error(err)
		}
	}
}

func TestUserRefusals(t *testing.T) {
	folder := newFolder(t)
	onUsers(t, folder, "create", "ada@example.com", "--name", "Ada", "--admin")
	tests := map[string]struct {
		folder string
		args   []string
		want   string
	}{
		"no address":           {folder, []string{"create", "ada", "--name", "Ada"}, "address"},
		"no name":              {folder, []string{"create", "eve@example.com", "--name", " "}, "name"},
		"an address in use":    {folder, []string{"create", "Ada@Example.com", "--name", "Another Ada"}, "address"},
		"reset of nobody":      {folder, []string{"reset", "eve@example.com"}, "account"},
		"disable nobody":       {folder, []string{"disable", "eve@example.com"}, "account"},
		"enable nobody":        {folder, []string{"enable", "eve@example.com"}, "account"},
		"the last one to rule": {folder, []string{"disable", "ada@example.com"}, "admin"},
		"no database":          {t.TempDir(), []string{"list"}, "start the server once"},
		"no folder":            {filepath.Join(folder, "missing"), []string{"list"}, " does not exist. "},
		"a file":               {written(t, "file", "text"), []string{"list"}, "is a file, not a folder"},
	}
	before := onUsers(t, folder, "list").out
	for name, test := range tests {
		got := onUsers(t, test.folder, test.args...)
		if got.status != failed || got.out != "" || !strings.Contains(strings.ToLower(got.err), test.want) {
			t.Errorf("%s: got %+v, want a message with %q", name, got, test.want)
		}
	}
	if after := onUsers(t, folder, "list").out; after != before {
		t.Errorf("the accounts were %s, and are %s", before, after)
	}
}

// passwordLink returns the path of the link that a command has printed for a server, which starts with base.
func passwordLink(t *testing.T, base string, printed outcome) string {
	t.Helper()
	_, after, found := strings.Cut(printed.out, "\n\n  "+base)
	if printed.status != done || !found {
		t.Fatalf("got %+v, want a link to %s", printed, base)
	}
	return strings.TrimSpace(after)
}

// TestUserBesideAServer changes accounts while the server runs, as operators do.
func TestUserBesideAServer(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	server := startedInside(t, "serve", "--addr", "127.0.0.1:0", "--data", folder)
	s := &visit{t: t, base: server.base(), client: anybody(t)}
	onUsers(t, folder, "create", "ada@example.com", "--name", "Ada", "--admin")
	const email, password, another = "ben@example.com", "a wire with a weight", "a weight on a wire"
	link := passwordLink(t, s.base, onUsers(t, folder, "--url", s.base, "create", email, "--name", "Ben"))
	s.get(link, http.StatusOK)
	s.post(templates.ResetURL, http.StatusSeeOther, "token", tokenOf(link), "password", password)
	s.get(link, http.StatusNotFound)
	s.post(templates.SignInURL, http.StatusSeeOther, "email", email, "password", password)
	s.get(templates.PortfolioURL, http.StatusOK)

	if got, want := onUsers(t, folder, "disable", email), email+" can no longer sign in\n"; got != (outcome{out: want}) {
		t.Errorf("got %+v, want %q", got, want)
	}
	s.get(templates.PortfolioURL, http.StatusSeeOther)
	s.post(templates.SignInURL, http.StatusUnauthorized, "email", email, "password", password)

	if got, want := onUsers(t, folder, "enable", email), email+" can sign in again\n"; got != (outcome{out: want}) {
		t.Errorf("got %+v, want %q", got, want)
	}
	link = passwordLink(t, s.base, onUsers(t, folder, "--url", s.base, "reset", email))
	s.post(templates.ResetURL, http.StatusSeeOther, "token", tokenOf(link), "password", another)
	s.post(templates.SignInURL, http.StatusSeeOther, "email", email, "password", another)
	if status := server.stop(); status != done {
		t.Errorf("exit status %d: %s", status, server.log)
	}
}

func TestUserAnonymize(t *testing.T) {
	folder := newFolder(t)
	const email = "mei@example.com"
	for _, args := range [][]string{{"create", email, "--name", "Mei Tanaka"}, {"disable", email}} {
		if got := onUsers(t, folder, args...); got.status != done {
			t.Fatalf("%+v", got)
		}
	}
	for _, args := range [][]string{{"anonymize", email}, {"anonymize", email, "--confirm", "other@example.com"}} {
		got := onUsers(t, folder, args...)
		if got.status != failed || !strings.Contains(got.err, "cannot be undone") || !strings.Contains(got.err, "snapshots") {
			t.Errorf("%v: %+v", args, got)
		}
	}
	if got := onUsers(t, folder, "list"); !strings.Contains(got.out, email) {
		t.Errorf("it was done without being confirmed: %+v", got)
	}
	if got := onUsers(t, folder, "anonymize", email, "--confirm", email); got.status != done || !strings.Contains(got.out, "Removed person 1") {
		t.Errorf("%+v", got)
	}
	if got := onUsers(t, folder, "list"); strings.Contains(got.out, "mei") || strings.Contains(got.out, "Mei") || !strings.Contains(got.out, "removed-person-1") {
		t.Errorf("%+v", got)
	}
	if got := onUsers(t, folder, "enable", "removed-person-1"); got.status != failed || !strings.Contains(got.err, "cannot be undone") {
		t.Errorf("%+v", got)
	}
	if got := plumbline(t, "", "audit", "verify", "--data", folder); got.status != done {
		t.Errorf("%+v", got)
	}
}
