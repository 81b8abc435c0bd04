package assessment

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestSavedAnswers does the same to answers and to a map, and holds that no earlier answers change by it.
func TestSavedAnswers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var answers SavedAnswers
		want := map[string]*SavedAnswer{}
		type moment struct {
			answers SavedAnswers
			want    map[string]*SavedAnswer
		}
		past := []moment{{answers, maps.Clone(want)}}
		for i := range rapid.IntRange(0, 60).Draw(t, "steps") {
			practice := rapid.StringMatching("[a-c]{0,3}").Draw(t, "practice")
			if rapid.IntRange(0, 2).Draw(t, "what") == 0 {
				answers = answers.Without(practice)
				delete(want, practice)
			} else {
				saved := &SavedAnswer{Practice: practice, Version: i}
				answers, want[practice] = answers.With(saved), saved
			}
			past = append(past, moment{answers, maps.Clone(want)})
		}
		for _, then := range past {
			all := slices.Collect(maps.Values(then.want))
			if got := maps.Collect(then.answers.All()); !maps.Equal(got, then.want) || then.answers.Len() != len(all) {
				t.Fatalf("got %v, want %v", got, then.want)
			}
			if !reflect.DeepEqual(then.answers, NewSavedAnswers(all)) {
				t.Fatalf("%v depends on how it was made", then.want)
			}
			for _, practice := range []string{"", "a", "b", "ca"} {
				got, ok := then.answers.Of(practice)
				if saved := then.want[practice]; ok != (saved != nil) || ok && !reflect.DeepEqual(got, *saved) {
					t.Fatalf("got %+v of %q, want %+v", got, practice, saved)
				}
			}
		}
	})
}
