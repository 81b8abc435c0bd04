package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// patience is how long a process may take to start or to end.
const patience = 30 * time.Second

// server is the program while it serves.
type server struct {
	address string
	command *exec.Cmd
	log     *record
	http    *http.Client
	ended   chan struct{} // closed when the process has ended
}

// start serves a data folder on a free port of the loopback address.
func (l *lab) start(ctx context.Context, folder string, args ...string) (*server, error) {
	return l.startAt(ctx, "127.0.0.1:0", folder, args...)
}

func (l *lab) startAt(ctx context.Context, address, folder string, args ...string) (*server, error) {
	return startCommand(l.serveCommand(ctx, address, folder, args...))
}

// serveCommand is the program as it is started; nothing of this process's settings reaches it.
func (l *lab) serveCommand(ctx context.Context, address, folder string, args ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, l.Binary, append([]string{"serve", "--addr", address, "--data", folder}, args...)...)
	command.Env = []string{"PATH=" + os.Getenv("PATH")}
	return command
}

// startCommand starts a command that serves, and returns when it does.
func startCommand(command *exec.Cmd) (*server, error) {
	s := &server{command: command, log: &record{}, ended: make(chan struct{})}
	output, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	command.Stderr = s.log
	if err := command.Start(); err != nil {
		return nil, err
	}
	s.address, err = where(output)
	go func() {
		_, _ = io.Copy(io.Discard, output)
		_ = command.Wait()
		close(s.ended)
	}()
	if err != nil {
		_ = command.Process.Kill()
		<-s.ended
		return nil, fmt.Errorf("it did not start: %w: %s", err, s.log)
	}
	s.http = clientFrom("127.0.0.1")
	return s, nil
}

// where reads from its output where the program listens.
func where(output io.Reader) (string, error) {
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		if _, address, found := strings.Cut(lines.Text(), "Plumbline is at http://"); found {
			return address, nil
		}
	}
	return "", errors.Join(errors.New("it did not say where it is"), lines.Err())
}

// clientFrom returns a client whose connections come from a loopback address. It follows no redirects.
func clientFrom(address string) *http.Client {
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}, Timeout: patience}
	return &http.Client{
		Timeout:       2 * time.Minute,
		Transport:     &http.Transport{DialContext: dialer.DialContext, MaxIdleConnsPerHost: crowd},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// stop ends the server in good order and returns how long that took.
func (s *server) stop() (time.Duration, error) {
	start := time.Now()
	if err := s.command.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return 0, err
	}
	if !s.waits(patience) {
		return 0, errors.Join(fmt.Errorf("it did not end within %v", patience), s.kill())
	}
	if status := s.command.ProcessState.ExitCode(); status != 0 {
		return 0, fmt.Errorf("it ended with status %d: %s", status, s.log)
	}
	return time.Since(start), nil
}

// waits reports whether the process ends within a time.
func (s *server) waits(limit time.Duration) bool {
	s.http.CloseIdleConnections()
	select {
	case <-s.ended:
		return true
	case <-time.After(limit):
		return false
	}
}

// kill ends the server at once, as a loss of power does.
func (s *server) kill() error {
	if err := s.command.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-s.ended
	s.http.CloseIdleConnections()
	return nil
}

// alive reports whether the process still runs.
func (s *server) alive() bool {
	select {
	case <-s.ended:
		return false
	default:
		return true
	}
}

// peak returns the most memory that the process has had, in MB.
func (s *server) peak() (float64, error) {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(s.command.Process.Pid), "status"))
	if err != nil {
		return 0, fmt.Errorf("read the memory of the server: %w", err)
	}
	_, rest, _ := strings.Cut(string(text), "VmHWM:")
	line, _, _ := strings.Cut(rest, "\n")
	kilobytes, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(line, "kB")), 64)
	return kilobytes * 1024 / 1e6, err
}

// record keeps what a process logs; its end is shown.
type record struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write keeps a piece.
func (r *record) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(p)
}

func (r *record) all() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.String()
}

func (r *record) String() string {
	text := r.all()
	return text[max(0, len(text)-600):]
}
