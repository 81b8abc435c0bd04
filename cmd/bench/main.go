// Command bench prints the numbers that matter, measured in one run on one machine: ratios to the bare cost of the same
// work wherever a plain number would say more about the machine than about the program.
//
// It only reports: a missed target is printed, but the exit status is 0.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/alecthomas/kong"

	"plumbline/cmd/internal/lab"
)

// options is the command line.
type options struct {
	Binary string `help:"The built program, for its size, start and memory." default:"bin/plumbline" type:"existingfile"`
	Folder string `help:"Where the throw-away databases lie; its disk is the one that is measured." default:"bin" type:"path"`
	Quick  bool   `help:"Short rounds, for a first look: the figures are rough."`
	JSON   bool   `name:"json" help:"Print JSON instead of a table."`
	Only   string `help:"Take the measurements of one group only: score, save, page, pdf or process." enum:",score,save,page,pdf,process" default:""`
}

func main() {
	var o options
	kong.Parse(&o, kong.Name("bench"), kong.Description("Measures Plumbline on this machine."))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o, o.plan(), os.Stdout, os.Stderr); err != nil {
		fmt.Fprintf(os.Stderr, "bench: %v\n", err)
		stop()
		os.Exit(1)
	}
}

// plan is how long measurements take.
type plan struct {
	rounds int           // of each side of a comparison; the median counts
	round  time.Duration // of each
	idle   time.Duration // before the memory of an idle server is read
}

func (o options) plan() plan {
	if o.Quick {
		return plan{rounds: 7, round: 150 * time.Millisecond, idle: time.Second}
	}
	return plan{rounds: 25, round: 300 * time.Millisecond, idle: 5 * time.Second}
}

// run takes the measurements and prints them.
func run(ctx context.Context, o options, p plan, out, progress io.Writer) (err error) {
	folder, err := lab.NewFolder(o.Folder, "bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	groups := []struct {
		name    string
		measure func() ([]measure, error)
	}{
		{"score", func() ([]measure, error) { return measureScore(p) }},
		{"save", func() ([]measure, error) { return measureSaves(ctx, p, folder) }},
		{"page", func() ([]measure, error) { return measurePage(ctx, p, folder) }},
		{"pdf", func() ([]measure, error) { return measurePDF(ctx, p) }},
		{"process", func() ([]measure, error) { return measureProcess(ctx, p, o.Binary, folder) }},
	}
	var all []measure
	for _, group := range groups {
		if o.Only != "" && o.Only != group.name {
			continue
		}
		_, _ = fmt.Fprintf(progress, "measuring: %s\n", group.name)
		some, err := group.measure()
		if err != nil {
			return fmt.Errorf("measure %s: %w", group.name, err)
		}
		all = append(all, some...)
	}
	if o.JSON {
		return printJSON(out, all)
	}
	return printTable(out, all, o.Quick)
}
