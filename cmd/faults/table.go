package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// printTable writes one line per row.
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
	_, err := io.WriteString(w, messages(outcomes))
	return err
}

// messages lists what the program printed when it refused to start.
func messages(outcomes []outcome) string {
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
