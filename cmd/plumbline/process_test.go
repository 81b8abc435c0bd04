package main

import (
	"bufio"
	"bytes"
	"context"
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
	console
	command *exec.Cmd
}

// console is what a running plumbline writes.
type console struct {
	t    *testing.T
	out  *bufio.Reader
	log  *lockedBuffer
	wait func() // returns when the log is complete
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
	p := &process{console{t: t, log: &lockedBuffer{}}, command(t, args...)}
	p.wait = func() { _ = p.command.Wait() }
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
func (c *console) until(text string) string {
	c.t.Helper()
	for {
		line, err := c.out.ReadString('\n')
		if strings.Contains(line, text) {
			return strings.TrimSpace(line)
		}
		if err != nil {
			c.wait()
			c.t.Fatalf("it ended without saying %q: %s", text, c.log)
		}
	}
}

// base returns the address under which it is reached, once it is.
func (c *console) base() string {
	c.t.Helper()
	return strings.TrimPrefix(c.until("Plumbline is at "), "Plumbline is at ")
}

// logged returns the first line of the log that has the text, once it is there.
func (c *console) logged(text string) string {
	c.t.Helper()
	for late := time.Now().Add(patience); time.Now().Before(late); runtime.Gosched() {
		for line := range strings.Lines(c.log.String()) {
			if strings.Contains(line, text) {
				return line
			}
		}
	}
	c.t.Fatalf("the log does not say %q: %s", text, c.log)
	return ""
}

// inside is a command line that runs in the process of the test.
type inside struct {
	console
	cancel context.CancelFunc
	ended  chan struct{}
	status int // once it has ended
}

// startedInside runs a command line until the test stops it, or ends.
func startedInside(t *testing.T, args ...string) *inside {
	t.Helper()
	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	i := &inside{console: console{t: t, out: bufio.NewReader(out), log: &lockedBuffer{}}, ended: make(chan struct{})}
	i.wait = func() { <-i.ended }
	var ctx context.Context
	ctx, i.cancel = context.WithCancel(t.Context())
	go func() {
		defer close(i.ended)
		i.status = run(ctx, args, streams{strings.NewReader(""), in, i.log})
		_ = in.Close()
	}()
	t.Cleanup(func() {
		i.stop()
		_ = out.Close()
	})
	return i
}

// stop ends the command in good order and returns its exit status.
func (i *inside) stop() int {
	i.cancel()
	i.wait()
	return i.status
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
