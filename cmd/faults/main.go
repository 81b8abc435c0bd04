// Command faults provokes what goes wrong in real life and prints what happens: killed processes, full disks, more people
// than the server has room for. The rows are those of the fault matrix; tests cover the faults that need no process of
// their own, and the list below the table names those tests.
//
// Everything it starts runs on the loopback addresses and in a folder of its own, and ends with it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// options is the command line.
type options struct {
	Binary     string `help:"The built program." default:"bin/plumbline" type:"existingfile"`
	Migrations string `help:"Folder of the migrations, to make a database of the first schema." default:"storage/migrations" type:"existingdir"`
	Folder     string `help:"Where the throw-away databases lie." default:"bin" type:"path"`
	Row        []int  `help:"Only these rows of the matrix."`
	Long       bool   `help:"The full counts; minutes instead of seconds for some rows."`
}

func main() {
	var o options
	kong.Parse(&o, kong.Name("faults"), kong.Description("Provokes faults and prints what happens."))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, o, os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "faults: %v\n", err)
		os.Exit(1)
	}
}

// errNotMet reports that a row did not end as expected.
var errNotMet = errors.New("not every row is met")

// run tries the rows that were asked for and prints the table.
func run(ctx context.Context, o options, out, progress io.Writer) (err error) {
	chosen := chosenRows(o.Row)
	if len(chosen) == 0 {
		return fmt.Errorf("none of the rows %v needs a process of its own; the tests that hold them:\n%s", o.Row, heldBy(o.Row))
	}
	t, err := newTrial(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.close()) }()
	outcomes := t.try(ctx, chosen, progress)
	if err := printTable(out, outcomes); err != nil {
		return err
	}
	if len(o.Row) == 0 {
		if _, err := fmt.Fprintf(out, "\nHeld by tests:\n%s", heldBy(nil)); err != nil {
			return err
		}
	}
	for _, one := range outcomes {
		if one.verdict() == notMet {
			return errNotMet
		}
	}
	return nil
}
