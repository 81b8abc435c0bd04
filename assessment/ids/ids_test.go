package ids

import (
	"strings"
	"testing"
)

func TestNew(t *testing.T) {
	seen := map[string]bool{}
	last := ""
	for range 1000 {
		id := New()
		if !Valid(id) || seen[id] || id <= last {
			t.Fatalf("got %s after %s", id, last)
		}
		seen[id], last = true, id
	}
}

func TestValid(t *testing.T) {
	for id, want := range map[string]bool{
		"0190163d-8694-739b-aea5-966c26f8ad91":   true,
		"abcdefghij27":                           true, // as made before
		"0a1b2c3d4e5f":                           true, // as given to links by a migration
		"":                                       false,
		"abcdefghij2":                            false,
		"abcdefghij277":                          false,
		"ABCDEFGHIJ27":                           false,
		"abcdefghij27\n":                         false,
		"0190163D-8694-739B-AEA5-966C26F8AD91":   false,
		"0190163d8694739baea5966c26f8ad91":       false,
		"{0190163d-8694-739b-aea5-966c26f8ad91}": false,
		"0190163d-8694-439b-aea5-966c26f8ad91":   false, // of version 4
		"urn:uuid:0190163d-8694-739b-aea5-966c26f8ad91": false,
		strings.Repeat("a", 1000):                       false,
	} {
		if got := Valid(id); got != want {
			t.Errorf("%q: got %v, want %v", id, got, want)
		}
	}
}
