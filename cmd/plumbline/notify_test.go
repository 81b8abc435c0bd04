package main

import (
	"net"
	"path/filepath"
	"testing"
	"time"
)

func TestServiceTellsSystemd(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "notify")
	systemd, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer systemd.Close()
	if err := systemd.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	told := func() string {
		message := make([]byte, 64)
		n, err := systemd.Read(message)
		if err != nil {
			t.Fatal(err)
		}
		return string(message[:n])
	}
	t.Setenv("NOTIFY_SOCKET", socket)
	p := startedInside(t, "serve", "--addr", "127.0.0.1:0", "--data", t.TempDir())
	if got := told(); got != serviceReady {
		t.Errorf("told %q, want %q", got, serviceReady)
	}
	if got := p.stop(); got != done {
		t.Errorf("exit status %d", got)
	}
	if got := told(); got != serviceStopping {
		t.Errorf("told %q, want %q", got, serviceStopping)
	}
}

// TestServiceGoesOnWithoutSystemd serves although nobody listens where systemd should.
func TestServiceGoesOnWithoutSystemd(t *testing.T) {
	t.Setenv("NOTIFY_SOCKET", filepath.Join(t.TempDir(), "nobody"))
	p := startedInside(t, "serve", "--addr", "127.0.0.1:0", "--data", t.TempDir())
	p.base()
	p.logged("notify systemd")
	if got := p.stop(); got != done {
		t.Errorf("exit status %d", got)
	}
}
