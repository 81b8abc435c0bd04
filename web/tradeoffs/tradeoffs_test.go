package tradeoffs_test

import (
	"net/http"
	"strings"
	"testing"

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
		groups[strings.TrimSpace(heading.Find(".mark").Text())] = strings.TrimSpace(heading.Next().Find("span").Last().Text())
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
	if title := got.Page.Find("article h1").Text(); title != "Spares against the bill" {
		t.Errorf("in hand: %q, want the open one", title)
	}
	if signal := got.Page.Find("article > .signal").Text(); signal != "Spares are bought and nobody watches the bill." {
		t.Errorf("signal %q", signal)
	}
	var pulls []string
	for _, pull := range got.Page.Find("article .balance .pull").EachIter() {
		pulls = append(pulls, pull.Text())
	}
	if strings.Join(pulls, " ") != "63–100 0–17" {
		t.Errorf("pulls %v, want 63–100 and 0–17", pulls)
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
