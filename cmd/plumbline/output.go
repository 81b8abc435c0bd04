package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
)

// format is the choice between a text for people and JSON for programs.
type format struct {
	Format string `enum:"text,json" default:"text" help:"text for people, json for programs."`
}

func (f format) json() bool { return f.Format == "json" }

// printJSON writes a value as indented JSON.
func printJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// table writes rows whose columns are separated by tabs, and aligns them.
func table(w io.Writer, rows func(row func(format string, args ...any))) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	rows(func(format string, args ...any) { fmt.Fprintf(t, format+"\n", args...) })
	return t.Flush()
}
