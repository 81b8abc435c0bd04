package wording

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// bracketed writes runs with what changed in brackets.
func bracketed(runs []Run) string {
	var text strings.Builder
	for _, run := range runs {
		if run.Changed {
			text.WriteString("[" + run.Text + "]")
		} else {
			text.WriteString(run.Text)
		}
	}
	return text.String()
}

func TestCompareWords(t *testing.T) {
	tests := []struct{ before, after, old, now string }{
		{"", "", "", ""},
		{"", "New text.", "", "[New text.]"},
		{"The same.", "The same.", "The same.", "The same."},
		{"Requests are timed.", "Requests are timed at night.", "Requests are [timed.]", "Requests are [timed at night.]"},
		{"A budget is set for each month.", "A limit is set for every week.", "A [budget] is set for [each month.]", "A [limit] is set for [every week.]"},
		{"one  two\nthree", "one two\nthree", "one[  ]two\nthree", "one[ ]two\nthree"},
		{"Größe wählen", "Größe nicht wählen", "Größe wählen", "Größe [nicht ]wählen"},
	}
	for _, tt := range tests {
		old, now := new(Comparer).Words(tt.before, tt.after)
		if bracketed(old) != tt.old || bracketed(now) != tt.now {
			t.Errorf("%q to %q:\ngot  %q and %q\nwant %q and %q", tt.before, tt.after, bracketed(old), bracketed(now), tt.old, tt.now)
		}
	}
}

func TestCompareLines(t *testing.T) {
	old, now := new(Comparer).Lines("one two\nthe list\nthree", "one two\nthe other list\nthree\nfour")
	if bracketed(old) != "one two\n[the list]\nthree" || bracketed(now) != "one two\n[the other list]\nthree[\nfour]" {
		t.Errorf("got %q and %q", bracketed(old), bracketed(now))
	}
}

func TestCompareWordsIsExact(t *testing.T) {
	text := rapid.StringOfN(rapid.RuneFrom([]rune("ab \n\té🙂")), 0, 40, -1)
	joined := func(runs []Run, all bool) string {
		var b strings.Builder
		for _, run := range runs {
			if all || !run.Changed {
				b.WriteString(run.Text)
			}
		}
		return b.String()
	}
	rapid.Check(t, func(t *rapid.T) {
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		compare := new(Comparer).Words
		if rapid.Bool().Draw(t, "lines") {
			compare = new(Comparer).Lines
		}
		old, now := compare(before, after)
		if joined(old, true) != before || joined(now, true) != after {
			t.Errorf("%q and %q became %q and %q", before, after, joined(old, true), joined(now, true))
		}
		for _, runs := range [][]Run{old, now} {
			for i := 1; i < len(runs); i++ {
				if runs[i].Changed == runs[i-1].Changed {
					t.Errorf("neighbours alike in %v", runs)
				}
			}
		}
		if before == after && slices.ContainsFunc(old, func(r Run) bool { return r.Changed }) {
			t.Errorf("%q changed in %v", before, old)
		}
	})
}

func TestCompareWordsOfLongTexts(t *testing.T) {
	before, after := strings.Repeat("one two ", 20_000), strings.Repeat("two one ", 20_000)
	old, now := new(Comparer).Words("Same start "+before, "Same start "+after)
	if len(old) != 3 || len(now) != 3 || old[0].Text != "Same start " || old[2].Text != " " {
		t.Errorf("%d and %d runs", len(old), len(now))
	}
}

// TestManyLongTexts holds that the work on all texts together is bounded: beyond it, they are wholly changed.
func TestManyLongTexts(t *testing.T) {
	before, after := strings.Repeat("one two ", 250), strings.Repeat("two one three ", 160)
	var c Comparer
	for i := range 4_000 {
		old, now := c.Words(before, after)
		if len(old) == 0 || len(now) == 0 {
			t.Fatalf("text %d is not shown", i)
		}
		if i == 0 && len(old) < 10 || i == 3_999 && (len(old) != 1 || len(now) != 1 || !old[0].Changed) {
			t.Errorf("text %d has %d runs", i, len(old))
		}
	}
	if c.done > maxTogether+2*maxCompared {
		t.Errorf("%d steps, want about %d", c.done, maxTogether)
	}
}

func BenchmarkCompareLongTexts(b *testing.B) {
	before, after := strings.Repeat("one two ", 250), strings.Repeat("two one three ", 160)
	b.ReportAllocs()
	for b.Loop() {
		var c Comparer
		for range 4_000 {
			c.Words(before, after)
		}
	}
}
