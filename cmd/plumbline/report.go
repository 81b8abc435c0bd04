package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/report"
)

type reportCommand struct {
	reportFont
	Snapshot string `arg:"" help:"The exported snapshot; - reads standard input."`
	Output   string `short:"o" required:"" placeholder:"FILE" help:"File to write; its extension (pdf, csv, md or json) sets the format."`
}

// Run writes the report of a snapshot.
func (c reportCommand) Run(ctx context.Context, s streams) error {
	format, ok := report.FormatOf(c.Output)
	if !ok {
		return usageError{fmt.Sprintf("%s must end in .pdf, .csv, .md or .json", c.Output)}
	}
	document, err := s.read(c.Snapshot, maxSnapshot)
	if err != nil {
		return err
	}
	v, err := assessment.VerifySnapshot(document)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Snapshot, err)
	}
	if defects := defects(v); len(defects) > 0 {
		fmt.Fprintf(s.err, "plumbline: defect: %s\n", strings.Join(defects, "\nplumbline: defect: "))
	}
	renderer, err := c.renderer()
	if err != nil {
		return err
	}
	return replaceFile(c.Output, 0o644, func(w io.Writer) error {
		return renderer.Snapshot(ctx, w, format, report.Named{Hash: v.Hash, Snapshot: v.Snapshot})
	})
}

// defects returns the problems of a snapshot on its own.
func defects(v assessment.Verification) []string {
	if v.Canonical {
		return v.Differences
	}
	return append([]string{"not in canonical form: the file was changed since it was exported"}, v.Differences...)
}
