package main

import (
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
	"text/tabwriter"
)

// printTable writes the figures as a table, and below it what each of them means.
func printTable(w io.Writer, all []measure, quick bool) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Plumbline on %s/%s, %d processors, %s\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	if quick {
		b.WriteString("A quick run: the figures are rough.\n")
	}
	b.WriteString("\n")
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "measure\tvalue\ttarget\tmet")
	for _, m := range all {
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", m.Name, withUnit(m.Value, m.Unit), m.Target.text(m.Unit), m.Target.verdict())
	}
	if err := table.Flush(); err != nil {
		return err
	}
	b.WriteString("\nWhat was measured:\n")
	for _, m := range all {
		if m.How != "" {
			fmt.Fprintf(&b, "- %s: %s\n", m.Name, m.How)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (t *target) text(unit string) string {
	switch {
	case t == nil:
		return ""
	case t.AtLeast:
		return "≥ " + withUnit(t.Value, unit)
	}
	return "≤ " + withUnit(t.Value, unit)
}

func (t *target) verdict() string {
	switch {
	case t == nil:
		return ""
	case t.Met:
		return "yes"
	}
	return "NO"
}

// withUnit writes a value with three significant digits.
func withUnit(value float64, unit string) string {
	decimals := 0
	switch {
	case value != 0 && value < 10:
		decimals = 2
	case value < 100:
		decimals = 1
	}
	text := strconv.FormatFloat(value, 'f', decimals, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if unit == ratio || unit == "" {
		return text + unit
	}
	return text + " " + unit
}

// ratio is the unit of one rate divided by another.
const ratio = "×"

func printJSON(w io.Writer, all []measure) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(struct {
		Go         string    `json:"go"`
		Processors int       `json:"processors"`
		Measures   []measure `json:"measures"`
	}{runtime.Version(), runtime.NumCPU(), all})
}
