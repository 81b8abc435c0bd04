package words_test

import (
	"testing"

	"plumbline/assessment/words"
)

func TestReason(t *testing.T) {
	for when, want := range map[string]string{
		"": "", "no model is trained": "No model is trained", "no store holds data (note how you know)": "No store holds data",
		"no API (of yours) is called": "No API (of yours) is called", "(never)": "(never)",
	} {
		if got := words.Reason(when); got != want {
			t.Errorf("%q is offered as %q, want %q", when, got, want)
		}
	}
}
