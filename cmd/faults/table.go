package main

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// printTable writes what happened, one line a row.
func printTable(w io.Writer, outcomes []outcome) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "row\tfault\tfigure\texpected\tmet")
	for _, o := range outcomes {
		figure := o.figure
		if o.err != nil {
			figure = o.err.Error()
		}
		_, _ = fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%s\n", o.number, o.fault, figure, o.expected, o.verdict())
	}
	return table.Flush()
}
