package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a running server.
type process struct {
	address string
	started time.Duration // until the first answer with status 200
	command *exec.Cmd
}

// start runs the program on a data folder and waits for its first answer.
func start(ctx context.Context, binary, folder string) (*process, error) {
	began := time.Now()
	p := &process{command: exec.CommandContext(ctx, binary, "serve", "--addr", "127.0.0.1:0", "--data", folder)}
	p.command.Env = []string{"PATH=" + os.Getenv("PATH")}
	output, err := p.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	err = p.waitFor(ctx, output)
	p.started = time.Since(began)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start %s: %w", binary, err), p.stop())
	}
	return p, nil
}

// waitFor reads where the server is from what it prints, and asks it whether its database answers.
func (p *process) waitFor(ctx context.Context, output io.Reader) error {
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		return fmt.Errorf("it did not say where it is: %w", err)
	}
	_, address, found := strings.Cut(strings.TrimSpace(line), "http://")
	if !found {
		return fmt.Errorf("it says %q", line)
	}
	p.address = address
	_, err = fetch(ctx, address, "/readyz", "")
	return err
}

func (p *process) stop() error {
	if err := p.command.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return p.command.Wait()
}

// memory returns how much memory belongs to the process alone (RssAnon), in MB. Pages mapped from files are left out: the
// system keeps those as long as nobody else needs the room.
func (p *process) memory() (float64, error) {
	file := filepath.Join("/proc", strconv.Itoa(p.command.Process.Pid), "status")
	text, err := os.ReadFile(file)
	if err != nil {
		return 0, fmt.Errorf("read the memory of the server: %w", err)
	}
	_, rest, _ := strings.Cut(string(text), "RssAnon:")
	line, _, _ := strings.Cut(rest, "\n")
	kilobytes, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(line, "kB")), 64)
	return kilobytes * 1024 / 1e6, err
}
