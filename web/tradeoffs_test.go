package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/content"
)

// smallQuestionnaire has two pillars, four practices and three tradeoffs; t-live goes live with r1 adopted and c1 absent.
const smallQuestionnaire = `
format: plumbline.questionnaire/1
id: small
version: 1.0.0
title: Small
bands: [{id: critical, title: Critical, from: 0}, {id: moderate, title: Moderate, from: 33}, {id: excellent, title: Excellent, from: 67}]
pillars:
  - id: reliability
    title: Reliability
    principles:
      - id: rel
        title: Spare parts
        questions:
          - id: rel.q
            title: What stands by?
            practices:
              - {id: r1, title: Spare machines stand by., risk: high, effort: S}
              - {id: r2, title: The switch is rehearsed., risk: medium, effort: M}
  - id: cost
    title: Cost
    principles:
      - id: cos
        title: Known costs
        questions:
          - id: cos.q
            title: Who watches?
            practices:
              - {id: c1, title: Somebody watches the bill., risk: high, effort: M}
              - {id: c2, title: Idle machines are switched off., risk: low, effort: L}
tradeoffs:
  - id: t-live
    title: Spares against the bill
    stated: true
    sides:
      - {label: Spare, pillars: [reliability], practices: [r1, r2]}
      - {label: Cheap, pillars: [cost], practices: [c1, c2]}
    signals:
      - {when: r1 && !c1, says: Spares are bought and nobody watches the bill.}
      - {when: r1 && c2, says: Spares are kept and switched off.}
    decide: How many spares are worth it?
    mitigations: [Share the spares., Rent them.]
  - id: t-open
    title: Rehearsals against quiet nights
    sides:
      - {label: Rehearse, pillars: [reliability], practices: [r2]}
      - {label: Rest, pillars: [cost], practices: [c2]}
    signals:
      - {when: r2 && !c2, says: Rehearsals run on idle machines.}
    mitigations: [Rehearse by day.]
  - id: t-quiet
    title: Watching against doing
    sides:
      - {label: Watch, pillars: [cost], practices: [c1]}
      - {label: Do, pillars: [reliability], practices: [r1]}
    signals:
      - {when: c1 && !r1, says: The bill is watched and nothing stands by.}
    mitigations: [Do both.]
`

// newSmallAssessment creates a workload that is reviewed against smallQuestionnaire, with r1 adopted and c1 absent.
func (a *app) newSmallAssessment() assessment.Assessment {
	a.t.Helper()
	q, err := content.ReadQuestionnaire("small.yaml", strings.NewReader(smallQuestionnaire))
	if err != nil {
		a.t.Fatal(err)
	}
	ref, err := a.store.SaveQuestionnaire(context.Background(), q)
	if err != nil {
		a.t.Fatal(err)
	}
	actor := a.actor()
	workload := assessment.Workload{Team: actor.Memberships[0].Team.ID, Name: "Claims triage"}
	started, err := a.store.CreateWorkload(context.Background(), actor, workload, ref.SHA256, nil)
	if err != nil {
		a.t.Fatal(err)
	}
	a.answer(started.ID, "r1", assessment.Adopted)
	a.answer(started.ID, "c1", assessment.Absent)
	return started
}

// answer saves a status over whatever is stored.
func (a *app) answer(id, practice string, status assessment.Status) {
	a.t.Helper()
	save := assessment.SaveAnswer{Practice: practice, Version: a.state(id).State.Answer(practice).Version, Answer: assessment.Answer{Status: status}}
	if _, err := a.store.SaveAnswer(context.Background(), a.actor(), id, save); err != nil {
		a.t.Fatal(err)
	}
}

func (a *app) state(id string) *assessment.Current {
	a.t.Helper()
	current, err := a.store.Current(context.Background(), id)
	if err != nil {
		a.t.Fatal(err)
	}
	return current
}

func TestTradeoffsByState(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	b := a.signedIn()
	got := b.get("/assessments/" + id + "/tradeoffs")
	if got.status != http.StatusOK {
		t.Fatalf("status %d, want 200", got.status)
	}
	groups := map[string]string{}
	for _, heading := range got.page.Find(".pick h2, .pick summary").EachIter() {
		groups[strings.TrimSpace(heading.Find(".mark").Text())] = strings.TrimSpace(heading.Next().Find("span").Last().Text())
	}
	want := map[string]string{"Open decisions": "Spares against the bill", "Possible": "Rehearsals against quiet nights", "Inactive": "Watching against doing"}
	for title, tradeoff := range want {
		if groups[title] != tradeoff {
			t.Errorf("group %q holds %q, want %q", title, groups[title], tradeoff)
		}
	}
	if text := got.page.Find(".tabs [aria-current] .count").Text(); text != "1 open" {
		t.Errorf("the tab counts %q, want 1 open", text)
	}
	if title := got.page.Find("article h1").Text(); title != "Spares against the bill" {
		t.Errorf("in hand: %q, want the open one", title)
	}
	if signal := got.page.Find("article > .signal").Text(); signal != "Spares are bought and nobody watches the bill." {
		t.Errorf("signal %q", signal)
	}
	var pulls []string
	for _, pull := range got.page.Find("article .balance .pull").EachIter() {
		pulls = append(pulls, pull.Text())
	}
	if strings.Join(pulls, " ") != "63–100 0–17" {
		t.Errorf("pulls %v, want 63–100 and 0–17", pulls)
	}
}

func TestTradeoffAnswers(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	b := a.signedIn()
	tests := []struct {
		tradeoff, heading string
		practices         []string
	}{
		{"t-live", "Answers that made it active", []string{"Spare machines stand by.", "Somebody watches the bill."}},
		{"t-open", "Answers that would decide it", []string{"The switch is rehearsed.", "Idle machines are switched off."}},
		{"t-quiet", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.tradeoff, func(t *testing.T) {
			got := b.get("/assessments/" + id + "/tradeoffs/" + tt.tradeoff)
			if heading := got.page.Find("#answers-h").Text(); heading != tt.heading {
				t.Errorf("heading %q, want %q", heading, tt.heading)
			}
			var practices []string
			for _, link := range got.page.Find("[aria-labelledby=answers-h] tbody a").EachIter() {
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
	a := newApp(t)
	id := a.newSmallAssessment().ID
	b := a.signedIn()
	for _, path := range []string{"/assessments/" + id + "/tradeoffs/t-none", "/assessments/none/tradeoffs", "/assessments/none/tradeoffs/t-live", "/assessments/none/plan"} {
		if got := b.get(path); got.status != http.StatusNotFound {
			t.Errorf("GET %s: status %d, want 404", path, got.status)
		}
	}
	if got := a.browser().get("/assessments/" + id + "/tradeoffs"); got.status != http.StatusSeeOther {
		t.Errorf("without a session: status %d, want 303", got.status)
	}
}

func TestPullMap(t *testing.T) {
	a := newApp(t)
	id := a.newSmallAssessment().ID
	got := a.signedIn().get("/assessments/" + id + "/tradeoffs")
	row := got.page.Find("[aria-labelledby=map-h] tbody tr")
	if text := strings.Join(strings.Fields(row.Text()), " "); text != "Reliability and Cost13" {
		t.Errorf("pair %q, want Reliability and Cost with 1 live of 3", text)
	}
	if lines := got.page.Find(".pulls line"); lines.Length() != 1 || !lines.HasClass("p-live") {
		t.Errorf("%d lines, want one that is live", lines.Length())
	}
	if title := got.page.Find(".pulls title").Text(); title != "Active pulls between pillars: Reliability and Cost 1 tradeoff" {
		t.Errorf("spoken: %q", title)
	}
}
