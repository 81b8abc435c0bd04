package main

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"plumbline/cmd/plumbline/demo"
	"plumbline/templates"
)

// TestDemo signs in as the demo says, and looks for what it leaves.
func TestDemo(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	p := startedInside(t, "demo", "--addr", "127.0.0.1:0")
	if line := p.until("Sign in as"); !strings.HasSuffix(line, demo.Email+" with the password: "+demo.Password) {
		t.Errorf("it says %q", line)
	}
	s := &visit{t: t, base: p.base(), client: anybody(t)}
	s.post(templates.SignInURL, http.StatusSeeOther, "email", demo.Email, "password", demo.Password)
	if page := s.get(templates.PortfolioURL, http.StatusOK); !strings.Contains(page, "Claims") {
		t.Errorf("the portfolio lacks the example's workloads:\n%s", page)
	}
	if status := p.stop(); status != done {
		t.Errorf("exit status %d: %s", status, p.log)
	}
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestDemoRefusesAnAddress(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	if got := plumbline(t, "", "demo", "--addr", "192.0.2.1:8080"); got.status != failed || !strings.Contains(got.err, "the address 192.0.2.1:8080") {
		t.Errorf("got %+v", got)
	}
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
