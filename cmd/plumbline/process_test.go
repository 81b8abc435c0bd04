package main

import (
	"bufio"
	"bytes"
	"errors"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience bounds whatever a test waits for.
const patience = 30 * time.Second

// binaryFolder is where the program is built, once for all tests.
var binaryFolder string

var buildOnce = sync.OnceValues(func() (string, error) {
	binary := filepath.Join(binaryFolder, "plumbline")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		return "", errors.New(string(out))
	}
	return binary, nil
})

func TestMain(m *testing.M) { os.Exit(inFolder(m.Run)) }

// inFolder runs the tests while there is a folder for the program, in which other users may run it, too.
func inFolder(run func() int) int {
	folder, err := os.MkdirTemp("", "plumbline-test-")
	if err != nil || os.Chmod(folder, 0o755) != nil {
		return failed
	}
	defer os.RemoveAll(folder)
	binaryFolder = folder
	return run()
}

// process is a running plumbline.
type process struct {
	t       *testing.T
	command *exec.Cmd
	out     *bufio.Reader
	log     *lockedBuffer
}

// lockedBuffer is written by one goroutine while another reads.
type lockedBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// command returns the program with arguments, not started yet.
func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	binary, err := buildOnce()
	if err != nil {
		t.Fatal(err)
	}
	return exec.CommandContext(t.Context(), binary, args...)
}

// started starts the program and ends it with the test.
func started(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{t: t, command: command(t, args...), log: &lockedBuffer{}}
	out, err := p.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.out = bufio.NewReader(out)
	p.command.Stderr = p.log
	if err := p.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.command.Process.Kill() })
	return p
}

// until returns the first line of standard output that has the text.
func (p *process) until(text string) string {
	p.t.Helper()
	for {
		line, err := p.out.ReadString('\n')
		if strings.Contains(line, text) {
			return strings.TrimSpace(line)
		}
		if err != nil {
			_ = p.command.Wait()
			p.t.Fatalf("it ended without saying %q: %s", text, p.log)
		}
	}
}

// base returns the address under which it is reached, once it is.
func (p *process) base() string {
	p.t.Helper()
	return strings.TrimPrefix(p.until("Plumbline is at "), "Plumbline is at ")
}

// logged returns the first line of the log that has the text, once it is there.
func (p *process) logged(text string) string {
	p.t.Helper()
	for late := time.Now().Add(patience); time.Now().Before(late); runtime.Gosched() {
		for line := range strings.Lines(p.log.String()) {
			if strings.Contains(line, text) {
				return line
			}
		}
	}
	p.t.Fatalf("the log does not say %q: %s", text, p.log)
	return ""
}

// stop sends a signal and returns the exit status, −1 where the signal itself ended the process.
func (p *process) stop(signal syscall.Signal) int {
	p.t.Helper()
	if err := p.command.Process.Signal(signal); err != nil {
		p.t.Fatal(err)
	}
	return p.ended()
}

func (p *process) ended() int {
	p.t.Helper()
	late := time.AfterFunc(patience, func() { _ = p.command.Process.Kill() })
	_ = p.command.Wait()
	if !late.Stop() {
		p.t.Fatalf("it did not end: %s", p.log)
	}
	return p.command.ProcessState.ExitCode()
}

// anybody returns a client with cookies that follows no redirects.
func anybody(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar, Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}
