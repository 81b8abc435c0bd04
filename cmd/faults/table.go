package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// printTable writes what happened, one line a row.
func printTable(w io.Writer, outcomes []outcome) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "row\tfault\tfigure\texpected\tmet")
	for _, o := range outcomes {
		figure := o.figure
		if o.err != nil {
			figure = strings.Join(strings.Fields(o.err.Error()), " ")
		}
		_, _ = fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%s\n", o.number, o.fault, figure, o.expected, o.verdict())
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := io.WriteString(w, sayings(outcomes))
	return err
}

// sayings lists what the program said where it refused.
func sayings(outcomes []outcome) string {
	var b strings.Builder
	for _, o := range outcomes {
		if o.said != "" {
			fmt.Fprintf(&b, "%3d  %s: %s\n", o.number, o.fault, o.said)
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "\nWhat it says:\n" + b.String()
}
