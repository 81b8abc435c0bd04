package report

import (
	"bytes"
	"strings"
	"testing"
)

// TestAcrossSaysNothingOfTime draws the comparison of two workloads: both are named, and nothing changed, rose or fell.
func TestAcrossSaysNothingOfTime(t *testing.T) {
	q := fixture()
	a, b := snap(t, q, "Design review", taken, mixed), snap(t, q, "Before launch", taken, better)
	a.Workload.ID, a.Workload.Name = "w1", "Claims intake"
	b.Workload.ID, b.Workload.Name = "w2", "Fraud scoring"
	pdf := strings.Join(readPDF(t, comparisonPDF(t, renderer(t), a, b)).pages, "\n")
	var markdown bytes.Buffer
	if err := renderer(t).Comparison(t.Context(), &markdown, Markdown, comparisonOf(t, a, b), a, b); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"PDF": pdf, "Markdown": markdown.String()} {
		for _, want := range []string{"Claims intake", "Fraud scoring", "Better in Fraud scoring", "points higher"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q", name, want)
			}
		}
		for _, word := range []string{"Improved", "Regressed", "what changed", "What changed", "Newly", "dropped", "taken back", "bars rise", "effects on the score"} {
			if strings.Contains(text, word) {
				t.Errorf("%s says %q", name, word)
			}
		}
	}
}
