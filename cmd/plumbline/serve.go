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
	"sync/atomic"
	"time"

	"golang.org/x/net/netutil"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/cmd/plumbline/metrics"
	"plumbline/content"
	"plumbline/content/formats"
	"plumbline/storage"
	"plumbline/storage/folder"
	"plumbline/templates"
	"plumbline/web"
	"plumbline/web/drawing"
	"plumbline/web/page"
)

// serveCommand runs the web application until it is told to stop.
type serveCommand struct{ settings }

// setupLifetime is how long the link that creates the first account is valid.
const setupLifetime = 24 * time.Hour

// How many documents may be made of one assessment in an hour, each stored for good.
const (
	snapshotsPerHour = 60
	reportsPerHour   = 60
)

// Run serves until ctx ends.
func (c *serveCommand) Run(ctx context.Context, std streams) error {
	if err := c.check(); err != nil {
		return err
	}
	i := &installation{settings: &c.settings, logger: c.logger(std.err), out: std.out}
	if c.MetricsAddr != "" {
		i.figures = metrics.New(built())
	}
	i.warn(ctx)
	return i.run(ctx)
}

// installation is what runs while the application is served.
type installation struct {
	*settings
	logger  *slog.Logger
	out     io.Writer        // for the person who starts the server
	figures *metrics.Metrics // nil if they are off
	store   *storage.Store

	auditBreak atomic.Pointer[string] // what administrators are told of the audit log; nil while it holds
}

// warn logs what will not work although the server starts.
func (i *installation) warn(ctx context.Context) {
	if !i.secure() && !loopback(i.Addr) {
		i.logger.WarnContext(ctx, "nobody can sign in from another machine over HTTP: set a certificate "+
			"(--tls-cert, --tls-key), or use a TLS proxy and set its address with --url https://…", "address", i.Addr)
	}
	if i.MetricsAddr != "" && !loopback(i.MetricsAddr) {
		i.logger.WarnContext(ctx, "the metrics on --metrics-addr are open to other machines without sign-in", "address", i.MetricsAddr)
	}
}

// run opens the data folder and serves until ctx ends.
func (i *installation) run(ctx context.Context) (err error) {
	options := storage.Options{Folder: i.Data, Logger: i.logger, Quotas: i.quotas(), TokenIdle: i.OIDC.tokenIdle()}
	if i.figures != nil {
		options.Observe = i.figures.Committed
	}
	i.store, err = storage.Open(ctx, options)
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("the data folder %s is not writable for this user (ID %d); change its owner, or set another folder with --data: %w",
			i.Data, os.Getuid(), err)
	}
	if err != nil {
		return err
	}
	if kind, err := folder.NetworkDisk(i.Data); err == nil && kind != "" {
		i.logger.WarnContext(ctx, "the data folder is on a network file system, where the database is not safe: move it to a local disk",
			"folder", i.Data, "kind", kind)
	}
	return errors.Join(i.serve(ctx), i.store.Close())
}

func (i *installation) serve(ctx context.Context) error {
	if err := i.keepBuiltin(ctx); err != nil {
		return err
	}
	application, err := i.application(ctx)
	if err != nil {
		return err
	}
	server, err := i.server(application, i.logger)
	if err != nil {
		return err
	}
	server.RegisterOnShutdown(application.EndStreams)
	listener, err := listen(ctx, "--addr", i.Addr)
	if err != nil {
		return err
	}
	listener = netutil.LimitListener(listener, maxConnections)
	defer listener.Close()
	stop, err := i.serveFigures(ctx, application)
	if err != nil {
		return err
	}
	defer stop()
	if err := i.greet(ctx, listener.Addr()); err != nil {
		return err
	}
	stopShipping, err := i.shipAudit(ctx)
	if err != nil {
		return err
	}
	defer stopShipping()
	go application.FindProvider(ctx)
	go i.forgetAddresses(ctx)
	go i.watchAudit(ctx)
	i.logger.InfoContext(ctx, "serving", "address", listener.Addr().String(), "version", built(), "config", i.file())
	return serveUntil(ctx, server, listener, i.logger)
}

// How many things a team can have, far more than any needs: pages list them all.
const (
	assessmentsPerTeam     = 5000
	assessmentsPerWorkload = 100
	questionnairesPerTeam  = 200
	invitationsPerTeam     = 500
	linksPerReport         = 500
)

// assessmentSize is how many bytes of text one assessment may hold: more than the longest answers to all practices of the
// built-in questionnaire take, and little enough that the server can hold some of them, and snapshots of them.
const assessmentSize = 16 << 20

// keepBuiltin stores this edition of the built-in questionnaire unless it is stored already.
func (i *installation) keepBuiltin(ctx context.Context) error {
	stored, err := i.store.LibraryEntry(ctx, content.BuiltinSHA256)
	if err == nil && stored.Builtin() {
		return nil
	}
	if err != nil && assessment.CodeOf(err) != assessment.NotFound {
		return err
	}
	builtin, err := content.Builtin()
	if err != nil {
		return err
	}
	_, err = i.store.SaveQuestionnaire(ctx, access.Actor{}, builtin)
	return err
}

// application returns the web application on the open store.
func (i *installation) application(ctx context.Context) (*web.Server, error) {
	key, err := i.sessionKey()
	if err != nil {
		return nil, err
	}
	zone, err := i.zone()
	if err != nil {
		return nil, err
	}
	font, err := readFont(i.Font)
	if err != nil {
		return nil, err
	}
	proxies, err := i.proxies()
	if err != nil {
		return nil, err
	}
	sso, err := i.sso(ctx)
	if err != nil {
		return nil, err
	}
	observer := page.Observer(page.Silent{})
	if i.figures != nil {
		observer = i.figures
	}
	drawer, err := drawing.New(font, observer)
	if err != nil {
		return nil, err
	}
	return web.New(web.Options{
		Store: i.store, Files: formats.Registry{}, ReadReview: readReview, SessionKey: key, SSO: sso,
		Origin: i.origin(), Remember: i.remember, Advice: i.advice, Insecure: i.plain(), PlainHTTP: !i.secure() && !loopback(i.Addr), Host: i.host(), Proxies: proxies, Logger: i.logger, Zone: zone, Observer: observer, Drawer: drawer,
	})
}

// quotas returns how much may be saved.
func (i *installation) quotas() storage.Quotas {
	return storage.Quotas{GrowthPerDay: i.TeamGrowth << 20, AssessmentSize: assessmentSize, AssessmentsPerTeam: assessmentsPerTeam,
		AssessmentsPerWorkload: assessmentsPerWorkload, QuestionnairesPerTeam: questionnairesPerTeam, InvitationsPerTeam: invitationsPerTeam,
		LinksPerReport: linksPerReport, SnapshotsPerHour: snapshotsPerHour, ReportsPerHour: reportsPerHour}
}

// greet prints the address, and at the first start the link that creates the first account. The link appears nowhere
// else, not even in the log.
func (i *installation) greet(ctx context.Context, address net.Addr) error {
	base := i.base(address)
	count, err := i.store.UserCount(ctx)
	if err != nil {
		return err
	}
	if count > 0 {
		_, err = fmt.Fprintf(i.out, "Plumbline is at %s\n", base)
		return err
	}
	token := page.NewToken()
	link := access.OneTimeLink{TokenHash: page.HashToken(token), Kind: access.LinkSetup, ExpiresAt: time.Now().Add(setupLifetime)}
	if err := i.store.CreateLink(ctx, access.Actor{}, link); err != nil {
		return err
	}
	_, err = fmt.Fprintf(i.out, "Plumbline is at %s\n\nThere are no accounts yet. Open this link to create the first one. It works once, within a day:\n\n  %s%s?token=%s\n\n",
		base, base, templates.SetupURL, token)
	return err
}
