package suggest_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/assessment/suggest"
	"plumbline/content/readertest"
)

// garden is a small questionnaire to match rows with.
func garden() *assessment.Questionnaire {
	practice := func(id, title, help, link string, source ...string) assessment.Practice {
		p := assessment.Practice{ID: id, Title: title, Help: help, Risk: assessment.Medium, Weight: 3, Effort: assessment.EffortM, Source: source}
		if link != "" {
			p.Links = []assessment.Link{{Title: "Read more", URL: link}}
		}
		return p
	}
	principle := func(id, source string, practices ...assessment.Practice) assessment.Principle {
		return assessment.Principle{ID: id, Title: "Principle " + id, Weight: 1, Source: []string{source},
			Questions: []assessment.Question{{ID: id + ".q1", Title: "What is done?", Weight: 1, Practices: practices}}}
	}
	return &assessment.Questionnaire{ID: "garden", Version: "1.0.0", Title: "Garden", Bands: []assessment.Band{{ID: "all", Title: "All"}}, Pillars: []assessment.Pillar{
		{ID: "soil", Title: "Soil Health", Principles: []assessment.Principle{
			principle("s1", "RE:04", practice("s1.p1", "Compost is spread each spring", "Worms help to loosen clay.", "https://docs.microsoft.com/en-us/garden/compost/#when"),
				practice("s1.p2", "Beds rest for a season", "", "https://learn.microsoft.com/garden/compost", "RE-05.1"))}},
		{ID: "water", Title: "Water", Principles: []assessment.Principle{
			principle("w1", "WA-1", practice("w1.p1", "Rain barrels collect water from every roof", "A cistern does too.", "https://example.org/barrels?x=1"),
				practice("w1.p2", "Compost is kept moist in spring", "", ""))}},
	}}
}

func TestSuggest(t *testing.T) {
	tests := []struct {
		name string
		row  assessment.ReviewRow
		want string // the practice and its reasons, in order
	}{
		{"code of a practice", assessment.ReviewRow{Title: "re05.1 Anything"}, "s1.p2: the code RE-05.1"},
		{"code of a principle", assessment.ReviewRow{Title: "Anything", Code: "RE 4"}, "s1.p1: the code RE:04 of its principle or question"},
		{"another code", assessment.ReviewRow{Title: "RE:06 - Anything"}, ""},
		{"no code", assessment.ReviewRow{Title: "Anything in RE:04"}, ""},
		{"section", assessment.ReviewRow{Title: "Anything", Link: "http://learn.microsoft.com/garden/compost#When"},
			"s1.p1: a link to the same section, learn.microsoft.com/garden/compost#when"},
		{"page", assessment.ReviewRow{Title: "Anything", Link: "https://www.example.org/barrels/"}, "w1.p1: a link to the same page, example.org/barrels"},
		{"page of two, with help", assessment.ReviewRow{Title: "Loosening clay", Link: "https://learn.microsoft.com/de-de/garden/compost"},
			"s1.p1: a link to the same page, learn.microsoft.com/garden/compost; its help, which mentions loosening, clay"},
		{"front page", assessment.ReviewRow{Title: "Anything", Link: "https://example.org/"}, ""},
		{"words", assessment.ReviewRow{Title: "Collecting rain in barrels"}, "w1.p1: the words collecting, rain, barrels"},
		{"words and pillar", assessment.ReviewRow{Title: "Spread compost in spring", Category: "soil health"}, "s1.p1: the words spread, compost, spring; the pillar Soil Health"},
		{"words in another pillar", assessment.ReviewRow{Title: "Compost in spring", Category: "Water"}, "w1.p2: the words compost, spring; the pillar Water"},
		{"one word", assessment.ReviewRow{Title: "Compost"}, ""},
		{"only the pillar", assessment.ReviewRow{Title: "Anything", Category: "Water"}, ""},
		{"only help", assessment.ReviewRow{Title: "Worms loosen clay"}, ""},
		{"nothing", assessment.ReviewRow{}, ""},
	}
	suggester := suggesterOf(t, garden())
	for _, tt := range tests {
		found, ok := suggester.Suggest(tt.row)
		got := ""
		if ok {
			got = found.Practice + ": " + strings.Join(found.Reasons, "; ")
		}
		if got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestSuggestIsSurerWithMoreReasons(t *testing.T) {
	suggester := suggesterOf(t, garden())
	rows := []assessment.ReviewRow{
		{Title: "Rain in barrels"},
		{Title: "Rain in barrels", Category: "Water"},
		{Title: "Rain in barrels", Category: "Water", Link: "https://example.org/barrels"},
		{Title: "WA1 Rain in barrels", Category: "Water", Link: "https://example.org/barrels"},
	}
	before := 0.0
	for _, row := range rows {
		found, ok := suggester.Suggest(row)
		if !ok || found.Practice != "w1.p1" || found.Score <= before {
			t.Errorf("%+v: %+v after %.2f", row, found, before)
		}
		before = found.Score
	}
}

// Whatever a row says: what is suggested exists, has reasons, is the same each time, and no pillar alone is one.
func TestSuggestProperties(t *testing.T) {
	q := garden()
	model, err := assessment.Compile(q)
	if err != nil {
		t.Fatal(err)
	}
	suggester := suggesterOf(t, q)
	text := rapid.SliceOf(rapid.SampledFrom([]string{"compost", "Rain", "barrels", "roof", "RE:04", "Soil", "health", "spring", "é", "\x00", "#"}))
	links := rapid.SampledFrom([]string{"", "https://example.org/barrels", "https://learn.microsoft.com/garden/compost#when", "::", "https://x.org/y"})
	rapid.Check(t, func(t *rapid.T) {
		row := assessment.ReviewRow{Title: strings.Join(text.Draw(t, "title"), " "), Code: strings.Join(text.Draw(t, "code"), " "),
			Category: rapid.SampledFrom([]string{"", "Water", "Soil Health", "Fire"}).Draw(t, "category"), Link: links.Draw(t, "link")}
		found, ok := suggester.Suggest(row)
		again, _ := suggester.Suggest(row)
		if !reflect.DeepEqual(found, again) {
			t.Fatalf("%+v, then %+v", found, again)
		}
		if !ok {
			return
		}
		if _, there := model.Place(found.Practice); !there || found.Score <= 0 || found.Score > 1 || len(found.Reasons) == 0 || strings.HasPrefix(found.Reasons[0], "the pillar") {
			t.Fatalf("%+v", found)
		}
	})
}

// suggesterOf returns one that nobody stops.
func suggesterOf(t *testing.T, q *assessment.Questionnaire) *suggest.Suggester {
	t.Helper()
	s, err := suggest.New(q, func() error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestManyWordsTakeNoMore gives practices ten times as many different words, as large questionnaires may have: what they
// cost grows with their number, not with its square.
func TestManyWordsTakeNoMore(t *testing.T) {
	work := func(words int) time.Duration { // of a processor, whoever else works
		var long strings.Builder
		for i := range words {
			fmt.Fprintf(&long, "w%dx ", i)
		}
		q := garden()
		q.Pillars[0].Principles[0].Questions[0].Practices[0].Help = long.String()
		row := assessment.ReviewRow{Title: long.String()}
		return readertest.Of(func() { suggesterOf(t, q).Suggest(row) }).Time
	}
	if few, many := work(10_000), work(100_000); many > 40*few {
		t.Errorf("ten times the words take %s after %s", many, few)
	}
}

// TestNewIsStopped ends at the first practice after somebody has gone.
func TestNewIsStopped(t *testing.T) {
	gone, asked := errors.New("gone"), 0
	s, err := suggest.New(garden(), func() error {
		if asked++; asked == 2 {
			return gone
		}
		return nil
	})
	if s != nil || err != gone || asked != 2 {
		t.Errorf("got %v, %v after %d questions", s, err, asked)
	}
}
