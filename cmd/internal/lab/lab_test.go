package lab

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"plumbline/assessment/access"
	"plumbline/storage"
)

func TestNewExample(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	e, err := NewExample(t.Context(), folder, 3)
	if err != nil {
		t.Fatal(err)
	}
	store, err := storage.Open(t.Context(), storage.Options{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	current, err := store.Current(t.Context(), e.Assessment)
	if err != nil || current.State.Sequence != int64(e.Events) {
		t.Errorf("the assessment: %v, want %d events", err, e.Events)
	}
	for n, p := range e.People {
		user, err := store.UserByEmail(t.Context(), Email(n))
		if err != nil {
			t.Fatal(err)
		}
		memberships, err := store.Memberships(t.Context(), user.ID)
		if err != nil || len(memberships) != 1 || memberships[0].Role != access.Lead || p.Email != user.Email || !strings.HasPrefix(p.Cookie, "sid=") {
			t.Errorf("person %d: %+v with %+v, %v", n, p, memberships, err)
		}
	}
	if key, err := os.ReadFile(filepath.Join(folder, "session.key")); err != nil || len(key) == 0 {
		t.Errorf("the key of sessions: %d bytes, %v", len(key), err)
	}
}

func TestVisitor(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", "/elsewhere")
		if r.URL.Path == "/away" {
			w.WriteHeader(http.StatusSeeOther)
		}
		host, _, _ := strings.Cut(r.RemoteAddr, ":")
		_, _ = w.Write([]byte(strings.Join([]string{host, r.Method, r.Header.Get("Cookie"), r.Header.Get("Hx-Request"), r.FormValue("note")}, "|")))
	}))
	defer server.Close()
	v := Visitor{Address: server.Listener.Addr().String(), Client: ClientFrom("127.0.0.5"), Cookie: "sid=1"}
	form := url.Values{"note": {"typed"}}
	tests := map[string]struct {
		ask  func() (Reply, error)
		want string
	}{
		"get":  {func() (Reply, error) { return v.Get(t.Context(), "/away") }, "127.0.0.5|GET|sid=1||"},
		"post": {func() (Reply, error) { return v.Post(t.Context(), "/", form) }, "127.0.0.5|POST|sid=1||typed"},
		"live": {func() (Reply, error) { return v.Live(t.Context(), "/", form) }, "127.0.0.5|POST|sid=1|true|typed"},
	}
	for name, test := range tests {
		if got, err := test.ask(); err != nil || got.Body != test.want {
			t.Errorf("%s: got %+v, %v, want %s", name, got, err, test.want)
		}
	}
	if got, err := v.Page(t.Context(), "/"); err != nil || got == "" {
		t.Errorf("a page: %q, %v", got, err)
	}
	if _, err := v.Page(t.Context(), "/away"); err == nil {
		t.Error("a redirect counts as a page")
	}
}

// shell is a program that stands for the one that serves.
func shell(ctx context.Context, script string) *exec.Cmd {
	return exec.CommandContext(ctx, "sh", "-c", script)
}

// serving is such a program, which exits with a status when it is asked to end.
func serving(ctx context.Context, status string) *exec.Cmd {
	return shell(ctx, "trap 'exit "+status+"' TERM; echo noted >&2; echo Plumbline is at http://127.0.0.1:1; while :; do sleep 0.01; done")
}

func TestServerThatStops(t *testing.T) {
	s, err := StartCommand(serving(t.Context(), "0"), "data")
	if err != nil {
		t.Fatal(err)
	}
	if own, err := s.Memory("RssAnon"); err != nil || own <= 0 {
		t.Errorf("memory %v, %v", own, err)
	}
	if s.Address != "127.0.0.1:1" || s.Folder != "data" || s.Process() == 0 || !s.Alive() {
		t.Errorf("got %+v", s)
	}
	if took, err := s.Stop(); err != nil || took <= 0 {
		t.Errorf("stopped after %v, %v", took, err)
	}
	if s.Alive() || s.Log() != "noted\n" {
		t.Errorf("alive %v, log %q", s.Alive(), s.Log())
	}
	if err := s.Kill(); err != nil {
		t.Errorf("killed once more: %v", err)
	}
}

func TestServerThatFails(t *testing.T) {
	if _, err := StartCommand(shell(t.Context(), "echo no room >&2; exit 1"), "data"); err == nil || !strings.Contains(err.Error(), "no room") {
		t.Errorf("got %v, want what the program said", err)
	}
	s, err := StartCommand(serving(t.Context(), "3"), "data")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Stop(); err == nil || !strings.Contains(err.Error(), "status 3: noted") {
		t.Errorf("got %v, want the status and the log", err)
	}
}

// TestStart has a program say what it was started with, and measures it at work.
func TestStart(t *testing.T) {
	t.Setenv("PLUMBLINE_DATA", "another folder")
	program := filepath.Join(t.TempDir(), "program")
	script := "#!/bin/sh\ntrap 'exit 0' TERM\necho \"$* $PLUMBLINE_DATA\" >&2\necho Plumbline is at http://127.0.0.1:1\nwhile :; do :; done\n"
	if err := os.WriteFile(program, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	s, err := Start(t.Context(), program, "data", "--trusted-proxy", "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	const want = "serve --addr 127.0.0.1:0 --data data --trusted-proxy 127.0.0.1 \n"
	for start := time.Now(); s.Log() != want && time.Since(start) < Patience; { // it comes by another pipe than the address
		runtime.Gosched()
	}
	if s.Log() != want {
		t.Errorf("started with %q, want %q", s.Log(), want)
	}
	var worked time.Duration
	for start := time.Now(); worked == 0 && err == nil && time.Since(start) < Patience; {
		worked, err = s.Processor()
	}
	if err != nil || worked <= 0 {
		t.Errorf("worked for %v, %v", worked, err)
	}
	if err := s.ForgetPeak(); err != nil {
		t.Error(err)
	}
	if err := s.Kill(); err != nil {
		t.Fatal(err)
	}
	_, noMemory := s.Memory("VmHWM")
	_, noWork := s.Processor()
	if noMemory == nil || noWork == nil || s.ForgetPeak() == nil {
		t.Errorf("of a process that has ended: memory %v, work %v", noMemory, noWork)
	}
	if _, err := Start(t.Context(), filepath.Join(t.TempDir(), "none"), "data"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a program that is not there: %v", err)
	}
}
