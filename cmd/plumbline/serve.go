package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/storage"
	"plumbline/web"
)

// serveCommand runs the web application until it is told to stop.
type serveCommand struct {
	Addr      string   `help:"Address to listen on." default:"127.0.0.1:8080" env:"PLUMBLINE_ADDR"`
	Data      string   `help:"Folder of the database and the session key." default:"data" env:"PLUMBLINE_DATA" type:"path"`
	URL       string   `help:"Address under which people reach this installation, for example https://reviews.example.com." env:"PLUMBLINE_URL"`
	TLSCert   string   `name:"tls-cert" help:"Certificate file; with --tls-key the server speaks https itself." env:"PLUMBLINE_TLS_CERT" type:"existingfile"`
	TLSKey    string   `name:"tls-key" help:"Key file of the certificate." env:"PLUMBLINE_TLS_KEY" type:"existingfile"`
	Proxies   []string `name:"trusted-proxy" help:"Address ranges of proxies whose X-Forwarded-For is believed." env:"PLUMBLINE_TRUSTED_PROXIES"`
	TimeZone  string   `help:"Time zone of dates on pages, for example Europe/Berlin." default:"UTC" env:"PLUMBLINE_TIME_ZONE"`
	Font      string   `help:"TrueType font of reports, for scripts that the built-in one cannot draw." env:"PLUMBLINE_FONT" type:"existingfile"`
	LogFormat string   `help:"Form of the log: text or json." enum:"text,json" default:"text" env:"PLUMBLINE_LOG_FORMAT"`
}

// Limits of the HTTP server.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 30 * time.Second
	writeTimeout      = 60 * time.Second
	idleTimeout       = 120 * time.Second
	maxHeaderBytes    = 32 << 10
	shutdownTimeout   = 10 * time.Second
	setupLifetime     = 24 * time.Hour
)

// Run serves until ctx ends.
func (c *serveCommand) Run(ctx context.Context, std streams) error {
	logger := c.logger(std.err)
	store, err := storage.Open(ctx, storage.Options{Folder: c.Data, Logger: logger})
	if err != nil {
		return err
	}
	err = c.serve(ctx, store, logger, std.out)
	return errors.Join(err, store.Close())
}

func (c *serveCommand) logger(w io.Writer) *slog.Logger {
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, nil))
	}
	return slog.New(slog.NewTextHandler(w, nil))
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
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", c.Addr, err)
	}
	if err := c.greet(ctx, store, listener.Addr(), out); err != nil {
		return errors.Join(err, listener.Close())
	}
	return c.listen(ctx, listener, handler, logger)
}

func (c *serveCommand) handler(store *storage.Store, logger *slog.Logger) (http.Handler, error) {
	key, err := sessionKey(c.Data)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("the time zone %q is not known: %w", c.TimeZone, err)
	}
	var font []byte
	if c.Font != "" {
		if font, err = os.ReadFile(c.Font); err != nil {
			return nil, fmt.Errorf("read the font of reports: %w", err)
		}
	}
	return web.New(web.Options{
		Store: store, SessionKey: key, Insecure: c.plain(), Host: hostOf(c.URL), Proxies: c.Proxies, Logger: logger, Zone: zone, Font: font,
	})
}

// plain reports whether people reach the server by http on this machine, where a Secure cookie would be refused.
func (c *serveCommand) plain() bool {
	if c.TLSCert != "" || strings.HasPrefix(c.URL, "https://") {
		return false
	}
	host, _, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

func hostOf(url string) string {
	_, rest, ok := strings.Cut(url, "://")
	if !ok {
		return ""
	}
	host, _, _ := strings.Cut(rest, "/")
	return host
}

// greet says where to go, and on the first run how to create the first account.
func (c *serveCommand) greet(ctx context.Context, store *storage.Store, address net.Addr, out io.Writer) error {
	base := strings.TrimSuffix(c.URL, "/")
	if base == "" {
		base = c.scheme() + "://" + address.String()
	}
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
	_, err = fmt.Fprintf(out, "Plumbline is at %s\n\nThere is no account yet. Open this link once, within a day, to create the first one:\n\n  %s/setup?token=%s\n\n", base, base, token)
	return err
}

func (c *serveCommand) scheme() string {
	if c.TLSCert != "" {
		return "https"
	}
	return "http"
}

func (c *serveCommand) listen(ctx context.Context, listener net.Listener, handler http.Handler, logger *slog.Logger) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes, ErrorLog: slog.NewLogLogger(logger.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() {
		if c.TLSCert != "" {
			failed <- server.ServeTLS(listener, c.TLSCert, c.TLSKey)
			return
		}
		failed <- server.Serve(listener)
	}()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(patience); err != nil {
		return errors.Join(fmt.Errorf("stop: %w", err), server.Close())
	}
	return nil
}

const sessionKeyFile = "session.key"

// sessionKey returns the key that signs session cookies: PLUMBLINE_SESSION_KEY where it is set, else the one in the
// data folder, which is made at the first start.
func sessionKey(folder string) ([]byte, error) {
	if key := os.Getenv("PLUMBLINE_SESSION_KEY"); key != "" {
		return []byte(key), nil
	}
	name := filepath.Join(folder, sessionKeyFile)
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return newSessionKey(name)
	}
	if err != nil {
		return nil, fmt.Errorf("read the session key: %w", err)
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, fmt.Errorf("the session key %s is damaged; remove it, and everybody signs in again: %w", name, err)
	}
	return key, nil
}

func newSessionKey(name string) ([]byte, error) {
	key := make([]byte, 32)
	_, _ = rand.Read(key)
	if err := os.WriteFile(name, []byte(base64.StdEncoding.EncodeToString(key)+"\n"), 0o600); err != nil {
		return nil, fmt.Errorf("write the session key: %w", err)
	}
	return key, nil
}
