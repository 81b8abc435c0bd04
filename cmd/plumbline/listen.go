package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"time"
)

// Limits of the HTTP server.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 30 * time.Second
	writeTimeout      = 60 * time.Second
	idleTimeout       = 120 * time.Second
	maxHeaderBytes    = 32 << 10
	shutdownTimeout   = 10 * time.Second
)

// server returns an HTTP server with the limits, which speaks TLS where a certificate is named.
func (s *settings) server(handler http.Handler, logger *slog.Logger) (*http.Server, error) {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes, ErrorLog: log.New(anonymous{logger}, "", 0),
	}
	if s.TLSCert == "" {
		return server, nil
	}
	files, err := loadCertificate(s.TLSCert, s.TLSKey, logger)
	if err != nil {
		return nil, err
	}
	server.TLSConfig = files.config()
	return server, nil
}

// serveUntil serves until ctx ends. Requests that run then have ten seconds to end; after that their connections are
// closed.
func serveUntil(ctx context.Context, server *http.Server, listener net.Listener, logger *slog.Logger) error {
	failed := make(chan error, 1)
	go func() {
		if server.TLSConfig != nil {
			failed <- server.ServeTLS(listener, "", "")
			return
		}
		failed <- server.Serve(listener)
	}()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	logger.InfoContext(ctx, "stopping", "patience", shutdownTimeout.String())
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	err := server.Shutdown(patience)
	if errors.Is(err, context.DeadlineExceeded) {
		logger.WarnContext(ctx, "requests did not end in time, their connections are closed")
		err = server.Close()
	}
	if err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	logger.InfoContext(ctx, "stopped")
	return nil
}

// anonymous passes what net/http has to say on to the log, without the addresses of clients.
type anonymous struct{ logger *slog.Logger }

// Write logs one line.
func (a anonymous) Write(line []byte) (int, error) {
	a.logger.Warn("http server", "message", string(clientAddresses.ReplaceAll(line, nil)))
	return len(line), nil
}

var clientAddresses = regexp.MustCompile(`( from| serving)? (\[[0-9A-Fa-f:.%a-z]+\]|[0-9.]+):[0-9]+|\n$`)
