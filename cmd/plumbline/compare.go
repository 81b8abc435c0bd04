package main

import (
	"fmt"
	"io"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
)

type compareCommand struct {
	format
	Before string `arg:"" help:"The earlier exported snapshot; - reads standard input."`
	After  string `arg:"" help:"The later exported snapshot."`
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
	return compareText{s.out, story.Between(comparison, before, after)}.print()
}

// snapshot returns the snapshot in the file.
func (s streams) snapshot(name string) (*assessment.Snapshot, error) {
	document, err := s.read(name, maxSnapshot)
	if err != nil {
		return nil, err
	}
	snapshot, err := assessment.ReadSnapshotFile(document)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return snapshot, nil
}

// compareText writes a comparison for people.
type compareText struct {
	w io.Writer
	*story.Change
}

func (t compareText) print() error {
	fmt.Fprintf(t.w, "%s\n\n%s %s\n", t.Heading(), t.Verdict(), t.Counts())
	if note := t.Note(); note != "" {
		fmt.Fprintln(t.w, note)
	}
	fmt.Fprintln(t.w)
	for _, part := range []func() error{t.scores, t.parts, t.scope, t.practices} {
		if err := part(); err != nil {
			return err
		}
	}
	t.decided()
	for _, list := range t.Contents {
		t.head(list.Title, len(list.Names))
		for _, one := range list.Names {
			fmt.Fprintf(t.w, "  %s  %s\n", one.ID, one.Title)
		}
	}
	return nil
}

func (t compareText) head(title string, n int) {
	fmt.Fprintf(t.w, "\n%s, %s\n", title, words.Count(n))
}

func (t compareText) scores() error {
	return table(t.w, func(row func(string, ...any)) {
		row("SCORE\tBEFORE\tAFTER\t%s\tBAND", strings.ToUpper(t.PointsTitle()))
		for _, s := range t.Scores {
			row("%s\t%s\t%s\t%s\t%s", s.Title, story.Low(s.Before), story.Low(s.After), s.Change(), s.Band)
		}
	})
}

func (t compareText) parts() error {
	fmt.Fprintf(t.w, "\n%s: %s\n", t.Why(), t.Sum())
	return table(t.w, func(row func(string, ...any)) {
		for _, p := range t.Parts {
			row("  %s\t%s\t%s", words.Signed(p.Shown, 1), p.Title, p.Note)
		}
	})
}

func (t compareText) scope() error {
	if !t.Tailored() {
		return nil
	}
	fmt.Fprintf(t.w, "\n%s\n  %s\n", t.ScopeTitle(), t.ScopeNote())
	shifts := t.ScopeShifts()
	if len(shifts) == 0 {
		fmt.Fprintf(t.w, "  %s\n", t.SameScope())
		return nil
	}
	return table(t.w, func(row func(string, ...any)) {
		for _, one := range shifts {
			said := ""
			if one.Before != "" {
				said = one.Before + " → " + one.After
			}
			row("  %s\t%s\t%s\t%s", words.Signed(one.Part, 2), words.Plural(one.Practices, "practice", "practices"), said, one.Title)
		}
	})
}

func (t compareText) practices() error {
	for _, list := range t.Lists {
		if len(list.Rows) == 0 {
			continue
		}
		t.head(list.Title, len(list.Rows))
		err := table(t.w, func(row func(string, ...any)) {
			for _, p := range list.Rows {
				row("  %s\t%s\t%s → %s\t%s", words.Signed(p.Part, 2), p.ID, p.BeforeWord(), words.Status(p.After), noted(p))
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// noted returns the title of a practice with what there is to know about its change.
func noted(p story.PracticeShift) string {
	return strings.Join(append([]string{p.Title}, p.Notes...), " | ")
}

func (t compareText) decided() {
	if len(t.States) > 0 {
		t.head(t.StatesTitle(), len(t.States))
	}
	for _, one := range t.States {
		fmt.Fprintf(t.w, "  %s  %s  %s\n", one.ID, story.StateShift(one), one.Title)
	}
	if len(t.Settled) > 0 {
		t.head(t.SettledTitle(), len(t.Settled))
	}
	for _, one := range t.Settled {
		fmt.Fprintf(t.w, "  %s  %s: %s\n", one.Tradeoff, one.Kind, one.Title)
	}
}
