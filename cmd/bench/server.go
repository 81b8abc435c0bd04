package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"

	"plumbline/web"
)

// server is an HTTP server in this process, on a free port of the loopback address.
type server struct {
	address string
	http    *http.Server
	log     io.Closer
}

// serve starts a server.
func serve(ctx context.Context, handler http.Handler) (*server, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &server{address: listener.Addr().String(), http: &http.Server{Handler: handler}, log: io.NopCloser(nil)}
	go func() { _ = s.http.Serve(listener) }()
	return s, nil
}

func (s *server) close() error { return errors.Join(s.http.Close(), s.log.Close()) }

// application starts the whole application on an installation, without rate limits. It logs requests as a real server
// does, but to nowhere.
func application(ctx context.Context, i *installation) (*server, error) {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	handler, err := web.New(web.Options{Store: i.store, SessionKey: i.Key, Insecure: true, Unlimited: true,
		Logger: slog.New(slog.NewTextHandler(null, nil))})
	if err != nil {
		return nil, errors.Join(err, null.Close())
	}
	s, err := serve(ctx, handler)
	if err != nil {
		return nil, errors.Join(err, null.Close())
	}
	s.log = null
	return s, nil
}
