package main

import (
	"fmt"
	"io"
	"strings"

	"plumbline/assessment"
)

type compareCommand struct {
	format
	Before string `arg:"" help:"The earlier snapshot, as it was exported; - reads standard input."`
	After  string `arg:"" help:"The later snapshot."`
}

// Run prints what changed between two snapshots.
func (c compareCommand) Run(s streams) error {
	if c.Before == "-" && c.After == "-" {
		return usageError{"standard input cannot be both snapshots"}
	}
	before, err := s.snapshot(c.Before)
	if err != nil {
		return err
	}
	after, err := s.snapshot(c.After)
	if err != nil {
		return err
	}
	comparison, err := assessment.Compare(before, after)
	if err != nil {
		return err
	}
	for _, defect := range comparison.Defects {
		fmt.Fprintf(s.err, "plumbline: defect: %s\n", defect)
	}
	if c.json() {
		return printJSON(s.out, comparison)
	}
	return compareText{s.out, comparison}.print()
}

// snapshot returns the snapshot in the file.
func (s streams) snapshot(name string) (*assessment.Snapshot, error) {
	document, err := s.read(name, maxSnapshot)
	if err != nil {
		return nil, err
	}
	snapshot, err := assessment.ReadSnapshot(document)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return snapshot, nil
}

// compareText writes a comparison for people.
type compareText struct {
	w io.Writer
	c *assessment.Comparison
}

func (t compareText) print() error {
	before, after := t.c.Before.Overall, t.c.After.Overall
	fmt.Fprintf(t.w, "Overall %s → %s, %+.1f points\n\n", rangeText(before.Range), rangeText(after.Range), t.c.Delta)
	if err := t.parts(); err != nil {
		return err
	}
	fmt.Fprintln(t.w)
	if err := t.pillars(); err != nil {
		return err
	}
	t.tradeoffs()
	t.names("Added", t.c.Added)
	t.names("Removed", t.c.Removed)
	t.names("Reworded", t.c.Reworded)
	t.names("Another risk or weight", t.c.WeightsChanged)
	return nil
}

func (t compareText) parts() error {
	return table(t.w, func(row func(string, ...any)) {
		row("  %+.2f\tquestionnaire", t.c.Scope.Questionnaire)
		row("  %+.2f\tpriorities", t.c.Scope.Priorities)
		row("  %+.2f\tapplicability", t.c.Scope.Applicability)
		for _, p := range t.c.Practices {
			row("  %+.2f\t%s\t%s → %s\t%s", p.Part, p.ID, p.Before.Word(), p.After.Word(), p.Title)
		}
	})
}

func (t compareText) pillars() error {
	return table(t.w, func(row func(string, ...any)) {
		row("PILLAR\tBEFORE\tAFTER")
		for _, p := range t.c.Pillars {
			row("%s\t%s\t%s", p.Title, rangeText(p.Before.Range), rangeText(p.After.Range))
		}
	})
}

func (t compareText) tradeoffs() {
	changed := t.c.ChangedTradeoffs()
	if len(changed) == 0 {
		return
	}
	fmt.Fprintln(t.w, "\nTradeoffs")
	for _, tradeoff := range changed {
		fmt.Fprintf(t.w, "  %s  %s → %s  %s\n", tradeoff.ID, tradeoff.Before, tradeoff.After, tradeoff.Title)
	}
}

func (t compareText) names(label string, list []assessment.PracticeName) {
	if len(list) == 0 {
		return
	}
	ids := make([]string, len(list))
	for i, one := range list {
		ids[i] = one.ID
	}
	fmt.Fprintf(t.w, "\n%s: %s\n", label, strings.Join(ids, ", "))
}
