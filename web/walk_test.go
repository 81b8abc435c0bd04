package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/templates"
)

// oddQuestionnaire has ids that could be mistaken for each other or for something of the page, a long title, a pillar
// with one practice, and a principle with two questions.
const oddQuestionnaire = `
format: plumbline.questionnaire/1
id: odd
version: 1.0.0
title: Odd
bands: [{id: low, title: Low, from: 0}, {id: high, title: High, from: 50}]
pillars:
  - id: main
    title: Main
    principles:
      - id: answers
        title: Two questions
        questions:
          - id: answers.q1
            title: LONG
            practices:
              - {id: a, title: First., risk: high, effort: S}
              - {id: a.b, title: Second., risk: medium, effort: M}
          - id: answers.q2
            title: What else?
            practices:
              - {id: note-a, title: Third., risk: low, effort: L}
              - {id: status.a, title: Fourth., risk: low, effort: L}
  - id: rail
    title: Последний столп
    principles:
      - id: picture
        title: The last
        questions:
          - id: picture.q
            title: Is this the end?
            practices:
              - {id: save-a, title: Fifth., risk: high, effort: S, not_applicable_when: never}
`

var longTitle = strings.Repeat("Is this title longer than any line? ", 9)[:300]

// newOddAssessment creates a workload that is reviewed against oddQuestionnaire.
func (a *app) newOddAssessment() string {
	a.t.Helper()
	q, err := content.ReadQuestionnaire("odd.yaml", strings.NewReader(strings.Replace(oddQuestionnaire, "LONG", longTitle, 1)))
	if err != nil {
		a.t.Fatal(err)
	}
	ref, err := a.store.SaveQuestionnaire(context.Background(), q)
	if err != nil {
		a.t.Fatal(err)
	}
	actor := a.actor()
	started, err := a.store.CreateWorkload(context.Background(), actor,
		assessment.Workload{Team: actor.Memberships[0].Team.ID, Name: "Odd"}, ref.SHA256, nil)
	if err != nil {
		a.t.Fatal(err)
	}
	return started.ID
}

// colleague is somebody else of the team.
func (a *app) colleague() assessment.Actor {
	a.t.Helper()
	user, err := a.store.CreateUser(context.Background(), assessment.User{Email: "tomas@example.com", Name: "Tomás Lindqvist"})
	if err != nil {
		a.t.Fatal(err)
	}
	return assessment.Actor{User: user, Memberships: a.actor().Memberships}
}

// saves stores an answer of somebody over whatever is stored.
func (a *app) saves(by assessment.Actor, id, practice string, answer assessment.Answer) {
	a.t.Helper()
	save := assessment.SaveAnswer{Practice: practice, Version: a.state(id).State.Answer(practice).Version, Answer: answer}
	if _, err := a.store.SaveAnswer(context.Background(), by, id, save); err != nil {
		a.t.Fatal(err)
	}
}

// walkForm is the form of a principle's page as a browser would send it, changed.
func walkForm(page answer, change map[string]string) url.Values {
	form := url.Values{}
	for _, control := range page.page.Find("#answers input, #answers textarea").EachIter() {
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
	a := newApp(t)
	b := a.signedIn()
	id := a.newSmallAssessment().ID
	at := func() string { return b.get("/assessments/" + id + "/answers").header.Get("Location") }
	page := "/assessments/" + id + "/principles/"
	if got := at(); got != page+"rel" {
		t.Errorf("nobody was here, something is open: to %q, want %q", got, page+"rel")
	}
	a.answer(id, "r2", assessment.Absent)
	if got := at(); got != page+"cos" {
		t.Errorf("the first is complete: to %q, want %q", got, page+"cos")
	}
	a.answer(id, "c2", assessment.Adopted)
	if got := at(); got != page+"rel" {
		t.Errorf("all is complete: to %q, want %q", got, page+"rel")
	}
	b.get(page + "cos")
	if got := at(); got != page+"rel" {
		t.Errorf("reading moves the place to %q", got)
	}
	b.post(page+"rel", url.Values{"go": {"next"}})
	if got := at(); got != page+"cos" {
		t.Errorf("after Next: to %q, want %q", got, page+"cos")
	}
	b.live("/assessments/"+id+"/answers/r2", url.Values{"version.r2": {"1"}, "status.r2": {"adopted"}})
	if got := at(); got != page+"rel" {
		t.Errorf("after an answer elsewhere: to %q, want %q", got, page+"rel")
	}
}

func TestUnknownPlacesOfTheWalk(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newSmallAssessment().ID
	for _, path := range []string{"/assessments/nothing/answers", "/assessments/nothing/principles/rel", "/assessments/" + id + "/principles/nothing",
		"/assessments/" + id + "/principles/%00", "/assessments/" + id + "/principles/r1"} {
		if got := b.get(path); got.status != http.StatusNotFound {
			t.Errorf("GET %s: status %d, want 404", path, got.status)
		}
	}
	for _, path := range []string{"/assessments/nothing/answers/r1", "/assessments/" + id + "/answers/nothing", "/assessments/" + id + "/answers/rel",
		"/assessments/" + id + "/principles/nothing", "/assessments/" + id + "/principles/nothing/rest"} {
		if got := b.post(path, url.Values{"version.r1": {"1"}, "status.r1": {"absent"}}); got.status != http.StatusNotFound {
			t.Errorf("POST %s: status %d, want 404", path, got.status)
		}
	}
	if got := a.browser().get("/assessments/" + id + "/answers"); got.status != http.StatusSeeOther {
		t.Errorf("nobody signed in: status %d, want 303", got.status)
	}
	if got := a.browser().live("/assessments/"+id+"/answers/r1", url.Values{}); got.status != http.StatusUnauthorized {
		t.Errorf("a save with nobody signed in: status %d, want 401", got.status)
	}
}

func TestPageOfAPrinciple(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newAssessment("Claims triage assistant").ID
	a.answer(id, "sec-02.p1", assessment.Partial)
	a.saves(a.colleague(), id, "sec-02.p2", assessment.Answer{Status: assessment.NotApplicable, Reason: "No store", Note: "Look <again>",
		Evidence: []assessment.Link{{Title: "Policy", URL: "https://wiki.example.com/policy"}, {URL: "https://wiki.example.com/bare"}}})
	got := b.get("/assessments/" + id + "/principles/sec-02")
	if got.status != http.StatusOK {
		t.Fatalf("status %d, want 200", got.status)
	}
	if len(got.body) > 60_000 {
		t.Errorf("the page has %d bytes, at most 60,000 are meant", len(got.body))
	}
	page := got.page
	wants := map[string]string{
		"h1":                               "How are the data and the model protected while stored, while moving and while being processed?",
		"#rail .now > a .count":            "1/34 answered",
		"#rail [aria-current] .count":      "1/6",
		"#save-sec-02\\.p1":                "Saved 14:30",
		"#save-sec-02\\.p2":                "Tomás Lindqvist, 14:30",
		"#save-sec-02\\.p3":                "Not answered",
		"#quote-sec-02\\.p2":               "“Look <again>” Tomás Lindqvist, 14:30",
		"#links-sec-02\\.p2":               "Policyhttps://wiki.example.com/bare",
		"#picture .meta":                   "1 of 34 practices answered.",
		"#s-find":                          "Findings in Security, 1",
		"#rest span":                       "5 practices are open.",
		".foot [value=previous]":           "Back: Earn user trust",
		".foot button[value=next]":         "Next: Invest in robust access management for identities (user and system) that access the system",
		"label[for='note-sec-02\\.p2']":    "Note on practice 2",
		"#reason-sec-02\\.p2":              "No store",
		".tabs [aria-current]":             "Answers",
		"#p-sec-02\\.p1 .seg .is-adopted":  "Adopted",
		"#p-sec-02\\.p1 > .more .mark .vh": "if missing",
	}
	for selector, want := range wants {
		if text := textOf(page.Find(selector).First()); text != want {
			t.Errorf("%s says %q, want %q", selector, text, want)
		}
	}
	if n := page.Find("fieldset.practice").Length(); n != 7 {
		t.Errorf("%d practices, want 7", n)
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
	a := newApp(t)
	b := a.signedIn()
	id := a.newOddAssessment()
	for _, path := range []string{"/principles/answers", "/principles/picture"} {
		got := b.get("/assessments/" + id + path)
		if got.status != http.StatusOK {
			t.Fatalf("%s: status %d, want 200", path, got.status)
		}
		seen := map[string]bool{}
		for _, element := range got.page.Find("[id]").EachIter() {
			if name := element.AttrOr("id", ""); seen[name] {
				t.Errorf("%s: the id %q is there twice", path, name)
			} else {
				seen[name] = true
			}
		}
		for _, label := range got.page.Find("label[for]").EachIter() {
			if !seen[label.AttrOr("for", "")] {
				t.Errorf("%s: a label for %q, which is not there", path, label.AttrOr("for", ""))
			}
		}
	}
}

func TestSeveralQuestions(t *testing.T) {
	a := newApp(t)
	b := a.signedIn()
	id := a.newOddAssessment()
	page := b.get("/assessments/" + id + "/principles/answers").page
	if text := textOf(page.Find("h1")); text != "Two questions" {
		t.Errorf("heading %q, want the principle's title", text)
	}
	titles := page.Find(".asked > h2").Map(func(_ int, h *goquery.Selection) string { return textOf(h) })
	if want := []string{strings.TrimSpace(longTitle), "What else?"}; !slices.Equal(titles, want) {
		t.Errorf("questions %q, want %q", titles, want)
	}
	numbers := page.Find(".practice .no").Map(func(_ int, n *goquery.Selection) string { return n.Text() })
	if want := []string{"1", "2", "3", "4"}; !slices.Equal(numbers, want) {
		t.Errorf("numbers %v, want %v", numbers, want)
	}
	last := b.get("/assessments/" + id + "/principles/picture").page
	if text := textOf(last.Find(".foot button[value=next]")); text != "Finish: overview" {
		t.Errorf("the last button says %q", text)
	}
	got := b.post("/assessments/"+id+"/principles/picture", url.Values{"go": {"next"}})
	if want := templates.AssessmentURL(id); got.header.Get("Location") != want {
		t.Errorf("Finish leads to %q, want %q", got.header.Get("Location"), want)
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
