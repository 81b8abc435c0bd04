package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"syscall"
	"time"

	"plumbline/web"
)

// Limits of the HTTP server.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 30 * time.Second
	writeTimeout      = 60 * time.Second
	idleTimeout       = 120 * time.Second
	maxHeaderBytes    = 32 << 10
	shutdownTimeout   = 10 * time.Second
	maxConnections    = 4096 // open at once, each up to 40 KB; more wait until one closes
	maxIdle           = 1000 // of these, without a request; beyond that the one that rests for longest is closed
)

// server returns an HTTP server with the limits. It serves TLS if a certificate is named.
func (s *settings) server(handler http.Handler, logger *slog.Logger) (*http.Server, error) {
	server := limited(handler, logger)
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

// limited returns an HTTP server with the limits.
func limited(handler http.Handler, logger *slog.Logger) *http.Server {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes, ErrorLog: log.New(newServerLog(logger, time.Now), "", 0),
	}
	watchSilent(server)
	watchIdle(server, maxIdle)
	return server
}

// listen listens on the address of a flag. Its error says in plain words what prevents it.
func listen(ctx context.Context, flag, address string) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("another program already listens on %s; stop it, or set another address with %s", address, flag)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("this user cannot listen on %s; ports below 1024 require a special permission: %w", address, err)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return nil, fmt.Errorf("this machine does not have the address %s; set one that it has with %s", address, flag)
	case err != nil:
		return nil, fmt.Errorf("listen on %s: %w", address, err)
	}
	return listener, nil
}

// serveFigures serves the metrics on their own address until stop is called, if they are on.
func (i *installation) serveFigures(ctx context.Context, application *web.Server) (stop func(), err error) {
	if i.figures == nil {
		return func() {}, nil
	}
	listener, err := listen(ctx, "--metrics-addr", i.MetricsAddr)
	if err != nil {
		return nil, err
	}
	i.figures.Watch(i.store, application.Load, i.Data)
	server := limited(i.figures.Handler(), i.logger)
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			i.logger.Error("metrics are no longer served", "error", err.Error())
		}
	}()
	i.logger.InfoContext(ctx, "serving metrics", "address", listener.Addr().String())
	return func() { _ = server.Close() }, nil
}

// serveUntil serves until ctx ends. Open requests then have ten seconds to finish before their connections are closed.
func serveUntil(ctx context.Context, server *http.Server, listener net.Listener, logger *slog.Logger) error {
	failed := make(chan error, 1)
	go func() {
		if server.TLSConfig != nil {
			failed <- server.ServeTLS(listener, "", "")
			return
		}
		failed <- server.Serve(listener)
	}()
	debug.FreeOSMemory() // the start needs several times the memory of what follows
	tell := func(state string) {
		if err := notify(state); err != nil {
			logger.WarnContext(ctx, "systemd was not notified", "error", err.Error())
		}
	}
	tell(serviceReady)
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	logger.InfoContext(ctx, "stopping", "patience", shutdownTimeout.String())
	tell(serviceStopping)
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	err := server.Shutdown(patience)
	if errors.Is(err, context.DeadlineExceeded) {
		logger.WarnContext(ctx, "requests did not end in time; their connections were closed")
		err = server.Close()
	}
	if err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	logger.InfoContext(ctx, "stopped")
	return nil
}
