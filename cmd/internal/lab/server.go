package lab

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
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

// Patience is how long a process may take to start or to end.
const Patience = 30 * time.Second

// Server is the built program while it serves.
type Server struct {
	Address string // host and port
	Folder  string // of its data, as the program calls it
	command *exec.Cmd
	log     *record
	client  *http.Client
	ended   chan struct{} // closed when the process has ended
}

// ServeCommand is the program as it is started; nothing of this process's settings reaches it.
func ServeCommand(ctx context.Context, binary, address, folder string, args ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, binary, append([]string{"serve", "--addr", address, "--data", folder}, args...)...)
	command.Env = []string{"PATH=" + os.Getenv("PATH")}
	return command
}

// Start serves a data folder on a free port of the loopback address, and returns when it does.
func Start(ctx context.Context, binary, folder string, args ...string) (*Server, error) {
	return StartCommand(ServeCommand(ctx, binary, "127.0.0.1:0", folder, args...), folder)
}

// StartCommand starts a command that serves a data folder, and returns when it does.
func StartCommand(command *exec.Cmd, folder string) (*Server, error) {
	s := &Server{Folder: folder, command: command, log: &record{}, client: ClientFrom("127.0.0.1"), ended: make(chan struct{})}
	output, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	command.Stderr = s.log
	if err := command.Start(); err != nil {
		return nil, err
	}
	s.Address, err = where(output)
	go func() {
		_, _ = io.Copy(io.Discard, output)
		_ = command.Wait()
		close(s.ended)
	}()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("it did not start: %w", err), s.Kill(), errors.New(s.log.end()))
	}
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

// Visit returns one of the example's people at the server.
func (s *Server) Visit(p Person) Visitor {
	return Visitor{Address: s.Address, Client: s.client, Cookie: p.Cookie}
}

// Stranger returns somebody without a session who comes from a loopback address of their own.
func (s *Server) Stranger(address string) Visitor {
	return Visitor{Address: s.Address, Client: ClientFrom(address)}
}

// Stop ends the server in good order and returns how long that took.
func (s *Server) Stop() (time.Duration, error) {
	start := time.Now()
	if err := s.command.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return 0, err
	}
	s.client.CloseIdleConnections()
	select {
	case <-s.ended:
	case <-time.After(Patience):
		return 0, errors.Join(fmt.Errorf("it did not end within %v", Patience), s.Kill())
	}
	if status := s.command.ProcessState.ExitCode(); status != 0 {
		return 0, fmt.Errorf("it ended with status %d: %s", status, s.log.end())
	}
	return time.Since(start), nil
}

// Kill ends the server at once, as a loss of power does. It does nothing where the server has ended.
func (s *Server) Kill() error {
	if err := s.command.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-s.ended
	s.client.CloseIdleConnections()
	return nil
}

// Alive reports whether the process still runs.
func (s *Server) Alive() bool {
	select {
	case <-s.ended:
		return false
	default:
		return true
	}
}

// Process returns the number of the process.
func (s *Server) Process() int { return s.command.Process.Pid }

// Log returns everything that the server has logged so far.
func (s *Server) Log() string { return s.log.all() }

// Memory returns a figure of /proc/PID/status, for example VmHWM or RssAnon, in MB.
func (s *Server) Memory(figure string) (float64, error) {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(s.Process()), "status"))
	if err != nil {
		return 0, fmt.Errorf("read the memory of the server: %w", err)
	}
	_, rest, _ := strings.Cut(string(text), figure+":")
	line, _, _ := strings.Cut(rest, "\n")
	kilobytes, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(line, "kB")), 64)
	return kilobytes * 1024 / 1e6, err
}

// ForgetPeak makes VmHWM the peak from now on.
func (s *Server) ForgetPeak() error {
	if err := os.WriteFile(filepath.Join("/proc", strconv.Itoa(s.Process()), "clear_refs"), []byte("5"), 0); err != nil {
		return fmt.Errorf("forget the peak of the server: %w", err)
	}
	return nil
}

// Processor returns how long the server has worked since its start, on all processors, in steps of 10 ms.
func (s *Server) Processor() (time.Duration, error) {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(s.Process()), "stat"))
	if err != nil {
		return 0, fmt.Errorf("read the work of the server: %w", err)
	}
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	const user, system = 14 - 3, 15 - 3 // of proc(5), behind the name
	ticks := 0
	for _, at := range []int{user, system} {
		n, err := strconv.Atoi(fields[at])
		if err != nil {
			return 0, fmt.Errorf("read the work of the server: %w", err)
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond, nil
}

// record keeps what a process logs.
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

// end returns the last of it, for an error.
func (r *record) end() string {
	text := r.all()
	return text[max(0, len(text)-600):]
}
