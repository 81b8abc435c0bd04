package tradeoffs_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	"plumbline/web/webtest"
)

func TestTradeoffsByState(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	b := a.SignedIn()
	got := b.Get("/assessments/" + id + "/tradeoffs")
	if got.Status != http.StatusOK {
		t.Fatalf("status %d, want 200", got.Status)
	}
	groups := map[string]string{}
	for _, heading := range got.Page.Find(".pick h2, .pick summary").EachIter() {
		groups[strings.TrimSpace(heading.Find(".mark").Text())] = strings.TrimSpace(heading.Next().Find("a > span").Last().Text())
	}
	want := map[string]string{"Open decisions": "Spares against the bill", "Possible": "Rehearsals against quiet nights", "Inactive": "Watching against doing"}
	for title, tradeoff := range want {
		if groups[title] != tradeoff {
			t.Errorf("group %q holds %q, want %q", title, groups[title], tradeoff)
		}
	}
	if text := got.Page.Find(".tabs [aria-current] .count").Text(); text != "1 open" {
		t.Errorf("the tab counts %q, want 1 open", text)
	}
	if got.Page.Find(".master-list").Length() != 1 || got.Page.Find(".master-back").Length() != 0 {
		t.Error("the list does not come first")
	}
	one := b.Get(got.Page.Find(".pick a").First().AttrOr("href", "")).Page
	if one.Find(".master-list").Length() != 0 || one.Find(".master-back a").AttrOr("href", "") != templates.TradeoffsURL(id) {
		t.Error("a tradeoff does not lead back to the list")
	}
	if title := got.Page.Find("article h1").Text(); title != "Spares against the bill" {
		t.Errorf("in hand: %q, want the open one", title)
	}
	if signal := got.Page.Find("article > .signal").Text(); strings.Join(strings.Fields(signal), " ") != "Blind spot Spares are bought and nobody watches the bill." {
		t.Errorf("signal %q", signal)
	}
	var pulls []string
	for _, pull := range got.Page.Find("article .balance .pull").EachIter() {
		pulls = append(pulls, pull.Text())
	}
	if strings.Join(pulls, " ") != "– –" {
		t.Errorf("pulls %v of sides with one answer each, want none", pulls)
	}
}

// TestTensionsAndBlindSpots goes from a blind spot to a tension, which look and read differently everywhere.
func TestTensionsAndBlindSpots(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	b := a.SignedIn()
	const glyph = "use[href='#g-blind']"
	const conflict = "real conflict"
	page := b.Get("/assessments/" + id + "/tradeoffs/t-live").Page
	article := webtest.TextOf(page.Find("article"))
	for _, want := range []string{"Active: blind spot, open decision", "COST-T1.1", "without the practice that guards", "fewer than two answered practices"} {
		if !strings.Contains(article, want) {
			t.Errorf("a blind spot does not say %q: %q", want, article)
		}
	}
	if strings.Contains(article, conflict) || page.Find("article "+glyph).Length() != 2 || webtest.TextOf(page.Find(".pick .kind")) != "Blind spot" {
		t.Errorf("a blind spot looks like a tension: %q", article)
	}
	if overview := b.Get("/assessments/" + id).Page.Find("[aria-labelledby=open-h]"); overview.Find(glyph).Length() != 1 || !strings.Contains(webtest.TextOf(overview), "Blind spot") {
		t.Errorf("the overview says %q", webtest.TextOf(overview))
	}
	a.Answer(id, "r2", assessment.Partial)
	a.Answer(id, "c1", assessment.Adopted)
	a.Answer(id, "c2", assessment.Adopted)
	page = b.Get("/assessments/" + id + "/tradeoffs/t-live").Page
	article = webtest.TextOf(page.Find("article"))
	if !strings.Contains(article, "Active: tension") || !strings.Contains(article, conflict) || page.Find("article "+glyph).Length() != 0 ||
		webtest.TextOf(page.Find(".pick .kind")) != "Tension" || strings.Contains(article, "guards") {
		t.Errorf("a tension says %q", article)
	}
	if pulls := webtest.TextsOf(page.Find("article .balance .pull")); strings.Join(pulls, " ") != "81 100" {
		t.Errorf("pulls %q", pulls)
	}
	quiet := webtest.TextOf(b.Get("/assessments/" + id + "/tradeoffs/t-quiet").Page.Find("article"))
	if strings.Contains(quiet, conflict) {
		t.Errorf("an inactive one says %q", quiet)
	}
}

// TestTradeoffOutOfScope leaves all practices of a side out.
func TestTradeoffOutOfScope(t *testing.T) {
	a := webtest.NewApp(t)
	when, err := assessment.ParseExpression("@mends")
	if err != nil {
		t.Fatal(err)
	}
	var tradeoff string
	sha256 := a.SaveVersion("9.0.0", func(q *assessment.Questionnaire) {
		q.Facets = []assessment.Facet{{ID: "mends", Title: "Does it mend itself?"}}
		side := q.Tradeoffs[0].Sides[0].Practices
		tradeoff = q.Tradeoffs[0].ID
		for practice := range q.Practices() {
			practice.AppliesWhen = assessment.Expression{}
			if slices.Contains(side, practice.ID) {
				practice.AppliesWhen = when
			}
		}
		for i := range q.Tradeoffs {
			for j := range q.Tradeoffs[i].Signals {
				q.Tradeoffs[i].Signals[j].When = when
			}
		}
	})
	started, err := a.Store.CreateWorkload(t.Context(), a.Actor(), assessment.Workload{Team: a.Team(), Name: "Claims"}, sha256, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Store.SetFacets(t.Context(), a.Actor(), started.ID, 1, assessment.Facets{"mends": false}); err != nil {
		t.Fatal(err)
	}
	page := a.SignedIn().Get("/assessments/" + started.ID + "/tradeoffs/" + tradeoff).Page
	article := webtest.TextOf(page.Find("article"))
	if !strings.Contains(article, "Not applicable: out of scope") || page.Find("article .balance").Length() != 0 {
		t.Errorf("the tradeoff says %q", article)
	}
}

func TestTradeoffAnswers(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	b := a.SignedIn()
	tests := []struct {
		tradeoff, heading string
		practices         []string
	}{
		{"t-live", "Why it is active", []string{"Spare machines stand by.", "Somebody watches the bill."}},
		{"t-open", "Answers that decide it", []string{"The switch is rehearsed.", "Idle machines are switched off."}},
		{"t-quiet", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.tradeoff, func(t *testing.T) {
			got := b.Get("/assessments/" + id + "/tradeoffs/" + tt.tradeoff)
			if heading := got.Page.Find("#answers-h").Text(); heading != tt.heading {
				t.Errorf("heading %q, want %q", heading, tt.heading)
			}
			var practices []string
			for _, link := range got.Page.Find("[aria-labelledby=answers-h] tbody a").EachIter() {
				practices = append(practices, link.Text())
				if href := link.AttrOr("href", ""); !strings.HasPrefix(href, "/assessments/"+id+"/principles/") {
					t.Errorf("%s leads to %s, want the walk", link.Text(), href)
				}
			}
			if strings.Join(practices, " ") != strings.Join(tt.practices, " ") {
				t.Errorf("practices %q, want %q", practices, tt.practices)
			}
		})
	}
}

// TestTradeoffNamesTheFacet has a signal that rests on what is said about the workload, as does the practice in it.
func TestTradeoffNamesTheFacet(t *testing.T) {
	const facet, practice = "Does it mend itself?", "Data is classified by sensitivity, and each class has a protection level."
	a := webtest.NewApp(t)
	mends, err := assessment.ParseExpression("@mends")
	if err != nil {
		t.Fatal(err)
	}
	signal, err := assessment.ParseExpression("@mends && weak(sec-02.p1)")
	if err != nil {
		t.Fatal(err)
	}
	sha256 := a.SaveVersion("9.0.0", func(q *assessment.Questionnaire) {
		q.Facets = []assessment.Facet{{ID: "mends", Title: facet}}
		for p := range q.Practices() {
			p.AppliesWhen = assessment.Expression{}
			if p.ID == "sec-02.p1" {
				p.Title, p.AppliesWhen = practice, mends
			}
		}
		q.Tradeoffs = q.Tradeoffs[:1]
		q.Tradeoffs[0].Signals = []assessment.Signal{{When: signal, Says: "It mends itself, and data has no classes."}}
	})
	started, err := a.Store.CreateWorkload(t.Context(), a.Actor(), assessment.Workload{Team: a.Team(), Name: "Claims"}, sha256, nil)
	if err != nil {
		t.Fatal(err)
	}
	a.Answer(started.ID, "sec-02.p1", assessment.Absent)
	b := a.SignedIn()
	article := func() *goquery.Selection { return b.Get(templates.TradeoffsURL(started.ID)).Page.Find("article") }
	say := func(version int, yes bool) {
		if _, err := a.Store.SetFacets(t.Context(), a.Actor(), started.ID, version, assessment.Facets{"mends": yes}); err != nil {
			t.Fatal(err)
		}
	}
	const answers = "[aria-labelledby=answers-h] tbody tr"

	if got := webtest.TextsOf(article().Find(answers)); !slices.Equal(got, []string{facet + "Not sureScope"}) {
		t.Errorf("not said: it depends on %q", got)
	}
	say(1, true)
	rows := article().Find(answers)
	if got := webtest.TextsOf(rows); len(got) != 2 || got[0] != facet+"YesScope" || !strings.HasPrefix(got[1], practice+" Not yet") {
		t.Errorf("said yes: it is active by %q", got)
	}
	if href := rows.First().Find("a").AttrOr("href", ""); href != templates.ScopeURL(started.ID) {
		t.Errorf("the facet leads to %q", href)
	}
	say(2, false)
	want := []string{"No " + facet, words.Status(assessment.OutOfScope) + practice}
	if got := webtest.TextsOf(article().Find(".looks li")); !slices.Equal(got, want) {
		t.Errorf("said no: the condition looks at %q, want %q", got, want)
	}
}

func TestUnknownTradeoffs(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	b := a.SignedIn()
	for _, path := range []string{"/assessments/" + id + "/tradeoffs/t-none", "/assessments/none/tradeoffs", "/assessments/none/tradeoffs/t-live", "/assessments/none/plan"} {
		if got := b.Get(path); got.Status != http.StatusNotFound {
			t.Errorf("GET %s: status %d, want 404", path, got.Status)
		}
	}
	if got := a.Browser().Get("/assessments/" + id + "/tradeoffs"); got.Status != http.StatusSeeOther {
		t.Errorf("without a session: status %d, want 303", got.Status)
	}
}

func TestPullMap(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	got := a.SignedIn().Get("/assessments/" + id + "/tradeoffs")
	row := got.Page.Find("[aria-labelledby=map-h] tbody tr")
	if text := strings.Join(strings.Fields(row.Text()), " "); text != "Reliability and Cost13" {
		t.Errorf("pair %q, want Reliability and Cost with 1 live of 3", text)
	}
	if lines := got.Page.Find(".pulls line"); lines.Length() != 1 || !lines.HasClass("p-live") {
		t.Errorf("%d lines, want one that is live", lines.Length())
	}
	if title := got.Page.Find(".pulls title").Text(); title != "Active conflicts between pillars: Reliability and Cost 1 tradeoff" {
		t.Errorf("spoken: %q", title)
	}
}
