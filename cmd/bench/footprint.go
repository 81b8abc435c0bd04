package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"plumbline/cmd/internal/lab"
	"plumbline/templates"
)

// own is the memory that belongs to the process alone, without pages that are mapped from files: the system can take
// those back at any time.
const own = "RssAnon"

// measureProcess measures the built program as an operator sees it.
func measureProcess(ctx context.Context, p plan, binary, folder string) ([]measure, error) {
	info, err := os.Stat(binary)
	if err != nil {
		return nil, err
	}
	first, err := startOnce(ctx, binary, filepath.Join(folder, "empty"))
	if err != nil {
		return nil, err
	}
	data := filepath.Join(folder, "process")
	i, err := install(ctx, data, 1)
	if err != nil {
		return nil, err
	}
	if err := i.store.Close(); err != nil {
		return nil, err
	}
	var starts []float64
	for range p.rounds {
		took, err := startOnce(ctx, binary, data)
		if err != nil {
			return nil, err
		}
		starts = append(starts, took)
	}
	all := []measure{
		atMost("start to first 200", median(starts), 25, "ms", "the built program from its start until GET /readyz answers, on a data folder with one answered assessment; median of "+strconv.Itoa(len(starts))),
		figure("  on an empty folder", first, "ms", "with every migration and the built-in questionnaire to store"),
	}
	running, err := observe(ctx, p, binary, data, i)
	if err != nil {
		return nil, err
	}
	all = append(all, running...)
	return append(all, atMost("stripped binary", float64(info.Size())/1e6, 30, "MB", binary+" as make build makes it")), nil
}

// startOnce starts a server and stops it again. It returns how long it took until the server answered.
func startOnce(ctx context.Context, binary, data string) (milliseconds float64, err error) {
	began := time.Now()
	server, err := lab.Start(ctx, binary, data)
	if err != nil {
		return 0, err
	}
	_, err = server.Stranger("127.0.0.1").Page(ctx, "/readyz")
	took := time.Since(began)
	_, stopped := server.Stop()
	return float64(took.Microseconds()) / 1000, errors.Join(err, stopped)
}

// observe reads the memory of a server and the size of what it sends.
func observe(ctx context.Context, p plan, binary, data string, i *installation) (_ []measure, err error) {
	server, err := lab.Start(ctx, binary, data)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, server.Kill()) }()
	select {
	case <-time.After(p.idle):
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	stranger := server.Stranger("127.0.0.1")
	if _, err := stranger.Page(ctx, templates.SignInURL); err != nil {
		return nil, err
	}
	stranger.Client.CloseIdleConnections()
	idle, err := server.Memory(own)
	if err != nil {
		return nil, err
	}
	if in, err := stranger.SignIn(ctx, lab.Email(0), lab.Password); err != nil || in.Status != http.StatusSeeOther {
		return nil, fmt.Errorf("sign in: status %d, %w", in.Status, err)
	}
	signedIn, err := server.Memory(own)
	if err != nil {
		return nil, err
	}
	sent, err := measureSizes(ctx, server.Address, i)
	if err != nil {
		return nil, err
	}
	l, err := connect(ctx, server.Address, i.reading())
	if err != nil {
		return nil, err
	}
	_, err = l.run(2 * p.round)
	if err := errors.Join(err, l.close()); err != nil {
		return nil, err
	}
	loaded, err := server.Memory(own)
	if err != nil {
		return nil, err
	}
	return append([]measure{
		atMost("memory of its own, idle", idle, 8, "MB", fmt.Sprintf("RssAnon of the built program %v after its start, when it has shown the page of sign-in; what is mapped from files is left out", p.idle)),
		figure("  after a sign-in", signedIn, "MB", "hashing a password takes 64 MiB on purpose; the memory goes back within minutes"),
		figure("  after load", loaded, "MB", fmt.Sprintf("after %v of principle pages on %d connections", 2*p.round, readers)),
	}, sent...), nil
}
