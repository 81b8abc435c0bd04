package walk

import (
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/templates"
)

// TestLargeRowsAreNotKept draws a row of usual length, which is kept, and one that is not.
func TestLargeRowsAreNotKept(t *testing.T) {
	d := newDrawn()
	for version, note := range []string{"Soon.", strings.Repeat("n", largestRow)} {
		v := templates.PracticeView{Content: new(assessment.Practice), Version: version, Form: assessment.Answer{Status: assessment.Partial, Note: note}}
		var b strings.Builder
		if err := d.row(v, true).Render(t.Context(), &b); err != nil || !strings.Contains(b.String(), note) {
			t.Fatalf("drawn with %d bytes, %v", b.Len(), err)
		}
	}
	if n := d.rows.Len(); n != 1 {
		t.Errorf("%d rows are kept, want 1", n)
	}
}
