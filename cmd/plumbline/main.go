// Command plumbline reviews AI workloads: it serves the web application, and scores, compares, reports and checks
// files without it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // time zones that people choose, if the machine has none

	"github.com/alecthomas/kong"

	"plumbline/content"
)

// The exit statuses.
const (
	done   = 0
	failed = 1
	misuse = 2
)

// commands is the command line, one field a command.
type commands struct {
	Serve         serveCommand         `cmd:"" help:"Serve the web application."`
	Demo          demoCommand          `cmd:"" help:"Serve an example team on a temporary data folder."`
	Questionnaire questionnaireCommand `cmd:"" help:"Check, compare and convert questionnaire files, and print the built-in questionnaire."`
	Score         scoreCommand         `cmd:"" help:"Compute the result of an answers file."`
	Compare       compareCommand       `cmd:"" help:"Explain what changed between two exported snapshots."`
	Report        reportCommand        `cmd:"" help:"Write the report of an exported snapshot."`
	Snapshot      snapshotCommand      `cmd:"" help:"Check exported snapshots."`
	User          userCommand          `cmd:"" help:"Create, disable, enable, reset and list accounts."`
	Audit         auditCommand         `cmd:"" help:"Check the audit log, and remove old entries."`
	Backup        backupCommand        `cmd:"" help:"Back up the database while the server runs."`
	Restore       restoreCommand       `cmd:"" help:"Restore a backup into an empty folder."`
	Doctor        doctorCommand        `cmd:"" help:"Check the settings, the data folder, the database, the audit log, the clock and the certificate."`
	Version       versionCommand       `cmd:"" help:"Print the version."`
	VersionFlag   kong.VersionFlag     `name:"version" help:"Print the version."`
}

// streams is what a command reads and writes if no file is named.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

func main() {
	os.Exit(start())
}

func start() int {
	ctx, stop := untilSignal()
	defer stop()
	return run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr})
}

// untilSignal returns a context that ends with the first signal, so that the command can shut down. A second signal is
// not caught: it ends the process at once.
func untilSignal() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case <-signals:
		case <-ctx.Done():
		}
		signal.Stop(signals)
		cancel()
	}()
	return ctx, cancel
}

// run runs one command line and returns its exit status.
func run(ctx context.Context, args []string, s streams) int {
	root := &commands{}
	exited := -1
	parser, err := root.parser(ctx, s, func(status int) { exited = status })
	if err != nil {
		return s.finish(err)
	}
	command, err := parser.Parse(args)
	switch {
	case exited >= 0:
		return exited
	case err != nil:
		return s.finish(usageError{err.Error()})
	}
	return s.finish(command.Run())
}

// parser returns what reads a command line into the commands; exit is called if there is nothing left to do, as after
// --help.
func (c *commands) parser(ctx context.Context, s streams, exit func(status int)) (*kong.Kong, error) {
	return kong.New(c, kong.Name("plumbline"), kong.Writers(s.out, s.err), kong.Exit(exit),
		kong.Description("Reviews of AI workloads on Azure: scores, tradeoffs, snapshots and reports."),
		kong.Vars{"usual_config": usualConfig, "version": versionText(), "import_kinds": importKinds()}, kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(s, c))
}

// usageError is an invalid command line.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message + "; plumbline --help shows the commands" }

// errReported is a failure that the command has already printed.
var errReported = errors.New("failed")

// finish prints what went wrong and returns the exit status.
func (s streams) finish(err error) int {
	if err == nil {
		return done
	}
	if problems, listed := errors.AsType[content.Problems](err); listed {
		fmt.Fprintln(s.err, problems) // each line begins with its place, as editors read it
	} else if !errors.Is(err, errReported) {
		fmt.Fprintf(s.err, "plumbline: %v\n", err)
	}
	_, badLine := errors.AsType[usageError](err)
	_, badSettings := errors.AsType[settingsError](err)
	if badLine || badSettings {
		return misuse
	}
	return failed
}
