package walk_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/templates"
	"plumbline/web/webtest"
)

// walkForm is the form of a principle's page as a browser would send it, changed.
func walkForm(page webtest.Answer, change map[string]string) url.Values {
	form := url.Values{}
	for _, control := range page.Page.Find("#answers input, #answers textarea").EachIter() {
		name, kind := control.AttrOr("name", ""), control.AttrOr("type", "text")
		_, checked := control.Attr("checked")
		if (kind == "radio" || kind == "checkbox") && !checked {
			continue
		}
		value := control.AttrOr("value", "")
		if control.Is("textarea") {
			value = control.Text()
		}
		form.Add(name, value)
	}
	for name, value := range change {
		form.Set(name, value)
	}
	return form
}

func TestResumeTheWalk(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewSmallAssessment().ID
	at := func() string { return b.Get("/assessments/" + id + "/answers").Header.Get("Location") }
	page := "/assessments/" + id + "/principles/"
	if got := at(); got != page+"rel" {
		t.Errorf("nobody was here, something is open: to %q, want %q", got, page+"rel")
	}
	a.Answer(id, "r2", assessment.Absent)
	if got := at(); got != page+"cos" {
		t.Errorf("the first is complete: to %q, want %q", got, page+"cos")
	}
	a.Answer(id, "c2", assessment.Adopted)
	if got := at(); got != page+"rel" {
		t.Errorf("all is complete: to %q, want %q", got, page+"rel")
	}
	b.Get(page + "cos")
	if got := at(); got != page+"rel" {
		t.Errorf("reading moves the place to %q", got)
	}
	b.Post(page+"rel", url.Values{"go": {"next"}})
	if got := at(); got != page+"cos" {
		t.Errorf("after Next: to %q, want %q", got, page+"cos")
	}
	b.Live("/assessments/"+id+"/answers/r2", url.Values{"version.r2": {"1"}, "status.r2": {"adopted"}})
	if got := at(); got != page+"rel" {
		t.Errorf("after an answer elsewhere: to %q, want %q", got, page+"rel")
	}
}

func TestUnknownPlacesOfTheWalk(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewSmallAssessment().ID
	for _, path := range []string{"/assessments/nothing/answers", "/assessments/nothing/principles/rel", "/assessments/" + id + "/principles/nothing",
		"/assessments/" + id + "/principles/%00", "/assessments/" + id + "/principles/r1"} {
		if got := b.Get(path); got.Status != http.StatusNotFound {
			t.Errorf("GET %s: status %d, want 404", path, got.Status)
		}
	}
	for _, path := range []string{"/assessments/nothing/answers/r1", "/assessments/" + id + "/answers/nothing", "/assessments/" + id + "/answers/rel",
		"/assessments/" + id + "/principles/nothing", "/assessments/" + id + "/principles/nothing/rest"} {
		if got := b.Post(path, url.Values{"version.r1": {"1"}, "status.r1": {"absent"}}); got.Status != http.StatusNotFound {
			t.Errorf("POST %s: status %d, want 404", path, got.Status)
		}
	}
	if got := a.Browser().Get("/assessments/" + id + "/answers"); got.Status != http.StatusSeeOther {
		t.Errorf("nobody signed in: status %d, want 303", got.Status)
	}
	if got := a.Browser().Live("/assessments/"+id+"/answers/r1", url.Values{}); got.Status != http.StatusUnauthorized {
		t.Errorf("a save with nobody signed in: status %d, want 401", got.Status)
	}
}

func TestPageOfAPrinciple(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewAssessment("Claims triage assistant").ID
	a.Answer(id, "sec-02.p1", assessment.Partial)
	a.Saves(a.Colleague(), id, "sec-02.p2", assessment.Answer{Status: assessment.NotApplicable, Reason: "No store", Note: "Look <again>",
		Evidence: []assessment.Link{{Title: "Policy", URL: "https://wiki.example.com/policy"}, {URL: "https://wiki.example.com/bare"}}})
	got := b.Get("/assessments/" + id + "/principles/sec-02")
	if got.Status != http.StatusOK {
		t.Fatalf("status %d, want 200", got.Status)
	}
	if len(got.Body) > 60_000 {
		t.Errorf("the page has %d bytes, at most 60,000 are meant", len(got.Body))
	}
	page := got.Page
	wants := map[string]string{
		"h1":                             "Data and model protection",
		"#ask summary":                   "How are data and model protected while they are stored, moved and processed?",
		"#rail .now > a .count":          "1/40 answered",
		"#rail [aria-current] .count":    "1/8",
		"#save-sec-02\\.p1":              "Saved 14:30",
		"#save-sec-02\\.p2":              "Tomás Lindqvist, 14:30",
		"#save-sec-02\\.p3":              "Not answered",
		"#quote-sec-02\\.p2":             "“Look <again>” Tomás Lindqvist, 14:30",
		"#links-sec-02\\.p2":             "Policyhttps://wiki.example.com/bare",
		"#picture .meta":                 "1 of 40 practices answered.",
		"#s-find":                        "Findings in Security, 1",
		"#rest span":                     "7 practices are unanswered.",
		".foot [value=previous]":         "Back: User trust and content safety",
		".foot button[value=next]":       "Next: Identity and access",
		"label[for='note-sec-02\\.p2']":  "Note on practice 2",
		"#reason-sec-02\\.p2":            "No store",
		".tabs [aria-current]":           "Answers",
		"#p-sec-02\\.p1 .seg":            "Not yetPartiallyAdoptedN/A",
		"#p-sec-02\\.p1 > .more .sv .vh": "risk if missing",
	}
	for selector, want := range wants {
		if text := webtest.TextOf(page.Find(selector).First()); text != want {
			t.Errorf("%s says %q, want %q", selector, text, want)
		}
	}
	if n := page.Find("fieldset.practice").Length(); n != 9 {
		t.Errorf("%d practices, want 9", n)
	}
	checked := page.Find("input[type=radio][checked]").Map(func(_ int, radio *goquery.Selection) string {
		return radio.AttrOr("name", "") + "=" + radio.AttrOr("value", "")
	})
	if want := []string{"status.sec-02.p1=partial", "status.sec-02.p2=not_applicable"}; !slices.Equal(checked, want) {
		t.Errorf("chosen %v, want %v", checked, want)
	}
	if n := page.Find("[style], script:not([src])").Length(); n != 0 {
		t.Errorf("%d inline styles or scripts", n)
	}
}

func TestIdsOfTheWalkAreUnique(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewOddAssessment()
	for _, path := range []string{"/principles/answers", "/principles/picture"} {
		got := b.Get("/assessments/" + id + path)
		if got.Status != http.StatusOK {
			t.Fatalf("%s: status %d, want 200", path, got.Status)
		}
		seen := map[string]bool{}
		for _, element := range got.Page.Find("[id]").EachIter() {
			if name := element.AttrOr("id", ""); seen[name] {
				t.Errorf("%s: the id %q is there twice", path, name)
			} else {
				seen[name] = true
			}
		}
		for _, label := range got.Page.Find("label[for]").EachIter() {
			if !seen[label.AttrOr("for", "")] {
				t.Errorf("%s: a label for %q, which is not there", path, label.AttrOr("for", ""))
			}
		}
	}
}

func TestSeveralQuestions(t *testing.T) {
	a := webtest.NewApp(t)
	b := a.SignedIn()
	id := a.NewOddAssessment()
	page := b.Get("/assessments/" + id + "/principles/answers").Page
	if text := webtest.TextOf(page.Find("h1")); text != "Two questions" {
		t.Errorf("heading %q, want the principle's title", text)
	}
	titles := page.Find(".asked > h2").Map(func(_ int, h *goquery.Selection) string { return webtest.TextOf(h) })
	if want := []string{strings.TrimSpace(webtest.LongTitle), "What else?"}; !slices.Equal(titles, want) {
		t.Errorf("questions %q, want %q", titles, want)
	}
	numbers := page.Find(".practice .no").Map(func(_ int, n *goquery.Selection) string { return n.Text() })
	if want := []string{"1", "2", "3", "4"}; !slices.Equal(numbers, want) {
		t.Errorf("numbers %v, want %v", numbers, want)
	}
	last := b.Get("/assessments/" + id + "/principles/picture").Page
	if text := webtest.TextOf(last.Find(".foot button[value=next]")); text != "Finish: overview" {
		t.Errorf("the last button says %q", text)
	}
	got := b.Post("/assessments/"+id+"/principles/picture", url.Values{"go": {"next"}})
	if want := templates.AssessmentURL(id); got.Header.Get("Location") != want {
		t.Errorf("Finish leads to %q, want %q", got.Header.Get("Location"), want)
	}
}

// What a page of the walk loads besides itself stays within 120 kB.
func TestWeightOfTheWalk(t *testing.T) {
	total := 0
	for _, name := range []string{"app.css", "app.js", "dist/htmx.min.js"} {
		text, err := os.ReadFile("../static/" + name)
		if os.IsNotExist(err) {
			continue // a build without htmx weighs less
		}
		if err != nil {
			t.Fatal(err)
		}
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		_, _ = w.Write(text)
		_ = w.Close()
		total += packed.Len()
	}
	if total > 120_000 {
		t.Errorf("%d bytes, at most 120,000 are meant", total)
	}
}
