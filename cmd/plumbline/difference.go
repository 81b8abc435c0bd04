package main

import (
	"fmt"
	"io"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/difference"
	"plumbline/content"
)

// builtinName stands for the built-in questionnaire in place of a file name.
const builtinName = "builtin"

type diffCommand struct {
	format
	Before string `arg:"" name:"old" help:"The earlier questionnaire file; builtin is the built-in one, - reads standard input."`
	After  string `arg:"" name:"new" help:"The later questionnaire file, in the same form."`
}

// Run prints what differs between two questionnaires. A difference is not a failure.
func (c diffCommand) Run(s streams) error {
	if c.Before == "-" && c.After == "-" {
		return usageError{"standard input cannot be both questionnaires"}
	}
	before, err := s.edition(c.Before)
	if err != nil {
		return err
	}
	after, err := s.edition(c.After)
	if err != nil {
		return err
	}
	d := difference.Between(before, after)
	if c.json() {
		return printJSON(s.out, d)
	}
	return differenceText{s.out, d, pillarTitles(before, after)}.print()
}

// edition returns the questionnaire in the file, or the built-in one by its name.
func (s streams) edition(name string) (*assessment.Questionnaire, error) {
	if name == builtinName {
		return content.Builtin()
	}
	return s.questionnaire(name)
}

// pillarTitles returns the titles of the pillars of several questionnaires by id, those of the last before the others.
func pillarTitles(all ...*assessment.Questionnaire) map[string]string {
	titles := map[string]string{}
	for _, q := range all {
		for i := range q.Pillars {
			titles[q.Pillars[i].ID] = q.Pillars[i].Title
		}
	}
	return titles
}

// differenceText writes a difference for people.
type differenceText struct {
	w       io.Writer
	d       *difference.Difference
	pillars map[string]string
}

func (t differenceText) print() error {
	fmt.Fprintf(t.w, "%s → %s\n\n", editionText(t.d.Before), editionText(t.d.After))
	if t.d.Empty() {
		fmt.Fprintln(t.w, "No differences.")
		return nil
	}
	if err := t.totals(); err != nil {
		return err
	}
	if len(t.d.Fields) > 0 {
		fmt.Fprintln(t.w, "\nThe questionnaire itself")
		t.fields(t.d.Fields)
	}
	heading := ""
	for _, part := range t.d.Parts {
		if next := t.heading(part); next != heading {
			heading = next
			fmt.Fprintf(t.w, "\n%s\n", heading)
		}
		t.part(part)
	}
	return nil
}

func editionText(e assessment.Edition) string { return e.ID + " " + e.Version }

func (t differenceText) totals() error {
	var rows strings.Builder
	err := table(&rows, func(row func(string, ...any)) {
		row("\tADDED\tREMOVED\tCHANGED\tSAME\t")
		for _, total := range t.d.Totals {
			row("%ss\t%d\t%d\t%d\t%d\t%s", total.Kind, total.Added, total.Removed, total.Changed, total.Same, changedIn(total))
		}
	})
	for line := range strings.Lines(rows.String()) {
		fmt.Fprintln(t.w, strings.TrimRight(line, " \n"))
	}
	return err
}

// changedIn lists what changed in the parts of a kind; one part may count several times.
func changedIn(t difference.Totals) string {
	var list []string
	for _, one := range []struct {
		n    int
		says string
	}{
		{t.Reworded, "reworded"},
		{t.WeightsChanged, "with changed values"},
		{t.RulesChanged, "with changed rules"},
		{t.LinksChanged, "with changed links or sources"},
		{t.Moved, "moved"},
	} {
		if one.n > 0 {
			list = append(list, fmt.Sprintf("%d %s", one.n, one.says))
		}
	}
	return strings.Join(list, ", ")
}

func (t differenceText) heading(p difference.Part) string {
	switch p.Kind {
	case assessment.PartFacet:
		return "Facets"
	case assessment.PartBand:
		return "Bands"
	case assessment.PartTradeoff:
		return "Tradeoffs"
	}
	return t.pillars[p.Pillar]
}

func (t differenceText) part(p difference.Part) {
	sign := map[difference.Class]string{
		difference.Added: "+", difference.Removed: "-", difference.Changed: "~"}[p.Class]
	fmt.Fprintf(t.w, "  %s %s %s %s  %s\n", sign, p.Class, p.Kind, p.ID, p.Title)
	if p.Class == difference.Changed {
		t.fields(p.Fields)
	}
}

// fields writes short values side by side, and texts one under the other.
func (t differenceText) fields(list []difference.Field) {
	for _, field := range list {
		switch field.Kind {
		case difference.FieldValue, difference.FieldPlace:
			fmt.Fprintf(t.w, "      %s: %s → %s\n", field.Field, field.Before, field.After)
		default:
			fmt.Fprintf(t.w, "      %s:\n", field.Field)
			t.lines("-", field.Before)
			t.lines("+", field.After)
		}
	}
}

func (t differenceText) lines(sign, text string) {
	if text == "" {
		return
	}
	for line := range strings.SplitSeq(text, "\n") {
		fmt.Fprintf(t.w, "        %s\n", strings.TrimRight(sign+" "+line, " "))
	}
}
