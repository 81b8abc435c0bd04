package main

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// refusedStart runs serve, which must fail, and returns what it says.
func refusedStart(t *testing.T, args ...string) string {
	t.Helper()
	got := plumbline(t, "", append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
	if got.status != failed {
		t.Errorf("exit status %d, want %d", got.status, failed)
	}
	return got.err
}

func TestStartIsRefusedInPlainWords(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	damaged := t.TempDir()
	if err := os.WriteFile(filepath.Join(damaged, "plumbline.db"), bytes.Repeat([]byte("no database "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	short := written(t, "key", "c2hvcnQ=\n")
	tests := map[string]struct {
		args []string
		want string
	}{
		"port in use":          {[]string{"--addr", taken.Addr().String()}, "another program already listens on " + taken.Addr().String()},
		"foreign address":      {[]string{"--addr", "192.0.2.1:8080"}, "this machine does not have the address 192.0.2.1:8080"},
		"figures' port in use": {[]string{"--metrics-addr", taken.Addr().String()}, "set another address with --metrics-addr"},
		"folder is a file":     {[]string{"--data", short}, "data folder"},
		"damaged database":     {[]string{"--data", damaged}, "is not a database"},
		"short session key":    {[]string{"--session-key-file", short}, "has 5 bytes, but needs at least 32"},
		"damaged session key":  {[]string{"--session-key-file", written(t, "key", "?\n")}, "must be base64"},
		"missing session key":  {[]string{"--session-key-file", "missing"}, "missing: no such file"},
		"missing font":         {[]string{"--font", "missing.ttf"}, "missing.ttf: no such file"},
		"no font":              {[]string{"--font", short}, "font"},
		"missing certificate":  {[]string{"--tls-cert", "cert.pem", "--tls-key", "key.pem"}, "the certificate cannot be read"},
		"damaged certificate":  {[]string{"--tls-cert", short, "--tls-key", short}, "do not match or are damaged"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := refusedStart(t, append([]string{"--data", t.TempDir()}, test.args...)...); !strings.Contains(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	t.Setenv("PLUMBLINE_SESSION_KEY", "short")
	if got := refusedStart(t, "--data", t.TempDir()); !strings.Contains(got, "PLUMBLINE_SESSION_KEY has 5 bytes") {
		t.Errorf("short key in the environment: %q", got)
	}
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o500); err != nil {
		t.Fatal(err)
	}
	serve := command(t, "serve", "--addr", "127.0.0.1:0", "--data", filepath.Join(folder, "data"))
	if os.Getuid() == 0 {
		serve.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	out, err := serve.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "is not writable for this user") {
		t.Errorf("got %v, %s", err, out)
	}
}

func TestSecondServerNamesTheFirst(t *testing.T) {
	folder := t.TempDir()
	p := started(t, "serve", "--addr", "127.0.0.1:0", "--data", folder)
	p.base()
	want := fmt.Sprintf("in use by process %d", p.command.Process.Pid)
	if got := refusedStart(t, "--data", folder); !strings.Contains(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, name := range []string{"plumbline.db", "session.key", "plumbline.lock"} {
		if info, err := os.Stat(filepath.Join(folder, name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v; want it readable by its owner alone", name, info, err)
		}
	}
}

func TestPlainAddressWarns(t *testing.T) {
	tests := map[string]struct {
		args []string
		want bool
	}{
		"loopback":    {[]string{"--addr", "127.0.0.1:0"}, false},
		"everywhere":  {[]string{"--addr", ":0"}, true},
		"with a name": {[]string{"--addr", ":0", "--url", "http://reviews.example.com"}, true},
		"with https":  {[]string{"--addr", ":0", "--url", "https://reviews.example.com"}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := started(t, append([]string{"serve", "--data", t.TempDir()}, test.args...)...)
			base := p.base()
			if got := p.stop(syscall.SIGTERM); got != done {
				t.Errorf("exit status %d", got)
			}
			if got := strings.Contains(p.log.String(), "nobody can sign in from another machine over HTTP"); got != test.want {
				t.Errorf("warned %v, want %v: %s", got, test.want, p.log)
			}
			if name == "everywhere" && !strings.HasPrefix(base, "http://localhost:") {
				t.Errorf("at %s, which cannot be opened", base)
			}
		})
	}
}

func TestSignalsEndIt(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		p := started(t, "serve", "--addr", "127.0.0.1:0", "--data", t.TempDir())
		p.base()
		if got := p.stop(signal); got != done || !strings.Contains(p.log.String(), "msg=stopped") {
			t.Errorf("%v: exit status %d, %s", signal, got, p.log)
		}
	}
}

// TestSecondSignalEndsItAtOnce sends one while a request is still waited for.
func TestSecondSignalEndsItAtOnce(t *testing.T) {
	p := started(t, "serve", "--addr", "127.0.0.1:0", "--data", t.TempDir())
	address := strings.TrimPrefix(p.base(), "http://")
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	// The server asks for the body when the handler reads it: then the request is one to wait for.
	fmt.Fprintf(conn, "POST /login HTTP/1.1\r\nHost: %s\r\nContent-Length: 9\r\nExpect: 100-continue\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\n\r\n", address)
	if _, err := conn.Read(make([]byte, 64)); err != nil {
		t.Fatal(err)
	}
	if err := p.command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	p.logged("msg=stopping")
	if got := p.stop(syscall.SIGTERM); got != -1 || strings.Contains(p.log.String(), "msg=stopped") {
		t.Errorf("exit status %d, %s; want an end by the signal", got, p.log)
	}
}
