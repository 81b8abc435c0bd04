package assessment

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestSavedAnswers does the same to answers and to a map, and holds that no earlier answers change by it.
func TestSavedAnswers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var answers SavedAnswers
		want := map[string]*SavedAnswer{}
		var past []SavedAnswers
		var wanted []map[string]*SavedAnswer
		for i := range rapid.IntRange(0, 60).Draw(t, "steps") {
			past, wanted = append(past, answers), append(wanted, maps.Clone(want))
			practice := rapid.StringMatching("[a-c]{0,3}").Draw(t, "practice")
			if rapid.IntRange(0, 2).Draw(t, "what") == 0 {
				answers = answers.Without(practice)
				delete(want, practice)
			} else {
				saved := &SavedAnswer{Practice: practice, Version: i}
				answers, want[practice] = answers.With(saved), saved
			}
		}
		for i, then := range append(past, answers) {
			if want := append(wanted, want)[i]; !maps.Equal(then, want) {
				t.Fatalf("after %d steps: got %v, want %v", i, then, want)
			}
		}
	})
}

func TestUsedReasons(t *testing.T) {
	c := &Current{State: State{Answers: SavedAnswers{}}}
	give := func(practice string, a Answer) {
		c.State.Answers[practice] = &SavedAnswer{Answer: a, Practice: practice}
	}
	for i, reason := range []string{"No GPUs.", "Batch only.", "No GPUs.", "Nobody calls it.", "Hosted.", "Batch only.", "No GPUs.", strings.Repeat("x", 200)} {
		give(strconv.Itoa(i), Answer{Status: NotApplicable, Reason: reason})
	}
	give("adopted", Answer{Status: Adopted})
	if got, want := c.UsedReasons(), []string{"No GPUs.", "Batch only.", "Hosted."}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := (&Current{}).UsedReasons(); len(got) != 0 {
		t.Errorf("without answers: %q", got)
	}
}
