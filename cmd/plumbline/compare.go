package main

import (
	"fmt"
	"io"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
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
	fmt.Fprintf(t.w, "Overall %s → %s, %s points\n\n", words.Range(before.Range), words.Range(after.Range), words.Signed(t.c.Delta, 1))
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
		row("  %s\tquestionnaire", words.Signed(t.c.Scope.Questionnaire, 2))
		row("  %s\tpriorities", words.Signed(t.c.Scope.Priorities, 2))
		row("  %s\tapplicability", words.Signed(t.c.Scope.Applicability, 2))
		for _, p := range t.c.Practices {
			row("  %s\t%s\t%s → %s\t%s", words.Signed(p.Part, 2), p.ID, words.Status(p.Before), words.Status(p.After), p.Title)
		}
	})
}

func (t compareText) pillars() error {
	return table(t.w, func(row func(string, ...any)) {
		row("PILLAR\tBEFORE\tAFTER")
		for _, p := range t.c.Pillars {
			row("%s\t%s\t%s", p.Title, words.Range(p.Before.Range), words.Range(p.After.Range))
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
		fmt.Fprintf(t.w, "  %s  %s → %s  %s\n", tradeoff.ID, words.State(tradeoff.Before), words.State(tradeoff.After), tradeoff.Title)
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
