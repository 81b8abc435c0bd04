package assessment

import (
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestSearchInAnyLanguage(t *testing.T) {
	for _, tt := range []struct {
		search, text string
		want         bool
	}{
		{"cafe\u0301", "Café payments", true},
		{"CAFÉ", "cafe\u0301", true},
		{"STRASSE", "Straße", true},
		{"straße", "STRASSE", true},
		{"ὀδυσσεύς", "ὈΔΥΣΣΕΎΣ", true}, // a final sigma
		{"ﬁnance", "Finance", true},
		{"ＡＩ", "ai search", true}, // full width
		{"한", "\u1112\u1161\u11ab", true},
		{"istanbul", "ISTANBUL", true},
		{"mei core", "Core of Mei", true},
		{"", "anything", true},
		{"mei other", "Core of Mei", false},
	} {
		if got := Matches(tt.search, tt.text); got != tt.want {
			t.Errorf("%q in %q: %v, want %v", tt.search, tt.text, got, tt.want)
		}
	}
}

func TestSearchHoldsForEitherForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`\pL{1,6}[\x{300}\x{301}\x{323}]?\pL{0,3}`).Draw(t, "word")
		if text := "a " + norm.NFC.String(word); !Matches(norm.NFD.String(word), text) || !Matches(norm.NFC.String(word), norm.NFD.String(text)) {
			t.Errorf("%q is not found in the other form", word)
		}
	})
}

func TestNamesAreInOrder(t *testing.T) {
	want := []string{"", "alpha", "Ångström", "Beta", "éclair two", "eclipse", "Eclipse", "Émile", "ökonomie", "Team 1", "zeta", "Ωmega", "Ярослав"}
	got := slices.Clone(want)
	slices.Reverse(got)
	SortByName(got, func(name string) string { return name })
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	same := []int{3, 1, 2}
	SortByName(same, func(int) string { return "one name" })
	if !slices.Equal(same, []int{3, 1, 2}) {
		t.Errorf("those of one name: %v", same)
	}
}
