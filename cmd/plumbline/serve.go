package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"syscall"
	"time"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/storage"
	"plumbline/templates"
	"plumbline/web"
)

// serveCommand runs the web application until it is told to stop.
type serveCommand struct{ settings }

// setupLifetime is how long the link that creates the first account is good.
const setupLifetime = 24 * time.Hour

// Run serves until ctx ends.
func (c *serveCommand) Run(ctx context.Context, std streams) error {
	if err := c.check(); err != nil {
		return err
	}
	logger := c.logger(std.err)
	c.warn(ctx, logger)
	store, err := storage.Open(ctx, storage.Options{Folder: c.Data, Logger: logger})
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("the data folder %s cannot be written by this user (id %d); change its owner, or name another with --data: %w",
			c.Data, os.Getuid(), err)
	}
	if err != nil {
		return err
	}
	err = c.serve(ctx, store, logger, std.out)
	return errors.Join(err, store.Close())
}

// warn says what will not work although the server starts.
func (s *settings) warn(ctx context.Context, logger *slog.Logger) {
	if !s.secure() && !loopback(s.Addr) {
		logger.WarnContext(ctx, "nobody can sign in from another machine over http: give the server a certificate with "+
			"--tls-cert and --tls-key, or put a proxy with TLS in front of it and name its address with --url https://…", "address", s.Addr)
	}
}

func (c *serveCommand) serve(ctx context.Context, store *storage.Store, logger *slog.Logger, out io.Writer) error {
	builtin, err := content.Builtin()
	if err != nil {
		return err
	}
	if _, err := store.SaveQuestionnaire(ctx, builtin); err != nil {
		return err
	}
	handler, err := c.handler(store, logger)
	if err != nil {
		return err
	}
	server, err := c.server(handler, logger)
	if err != nil {
		return err
	}
	server.RegisterOnShutdown(handler.EndStreams)
	listener, err := listen(ctx, c.Addr)
	if err != nil {
		return err
	}
	if err := c.greet(ctx, store, listener.Addr(), out); err != nil {
		return errors.Join(err, listener.Close())
	}
	logger.InfoContext(ctx, "serving", "address", listener.Addr().String(), "version", version, "config", c.file())
	return serveUntil(ctx, server, listener, logger)
}

func (c *serveCommand) handler(store *storage.Store, logger *slog.Logger) (*web.Server, error) {
	key, err := c.sessionKey()
	if err != nil {
		return nil, err
	}
	zone, err := c.zone()
	if err != nil {
		return nil, err
	}
	font, err := c.font()
	if err != nil {
		return nil, err
	}
	proxies, err := c.proxies()
	if err != nil {
		return nil, err
	}
	return web.New(web.Options{
		Store: store, SessionKey: key, Insecure: c.plain(), Host: c.host(), Proxies: proxies, Logger: logger, Zone: zone, Font: font,
	})
}

// listen takes an address. Its error says in plain words who or what is in the way.
func listen(ctx context.Context, address string) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("another program listens on %s already; stop it, or name another address with --addr", address)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("this user may not listen on %s; ports below 1024 need a right of their own: %w", address, err)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return nil, fmt.Errorf("this machine has no address %s; name one that it has with --addr", address)
	case err != nil:
		return nil, fmt.Errorf("listen on %s: %w", address, err)
	}
	return listener, nil
}

// greet says where to go, and on the first run how to create the first account. The link goes nowhere else: the log
// never has it.
func (c *serveCommand) greet(ctx context.Context, store *storage.Store, address net.Addr, out io.Writer) error {
	base := c.base(address)
	count, err := store.UserCount(ctx)
	if err != nil {
		return err
	}
	if count > 0 {
		_, err = fmt.Fprintf(out, "Plumbline is at %s\n", base)
		return err
	}
	token := web.NewToken()
	link := assessment.OneTimeLink{TokenHash: web.HashToken(token), Kind: assessment.LinkSetup, ExpiresAt: time.Now().Add(setupLifetime)}
	if err := store.CreateLink(ctx, link); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "Plumbline is at %s\n\nThere is no account yet. Open this link once, within a day, to create the first one:\n\n  %s%s?token=%s\n\n",
		base, base, templates.SetupURL, token)
	return err
}
