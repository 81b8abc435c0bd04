package web_test

import (
	"context"
	"strings"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/content"
	"plumbline/templates"
	"plumbline/web/webtest"
)

// nearlyModerate has a score of 32.96 where the first practice is adopted and the second is not.
const nearlyModerate = `
format: plumbline.questionnaire/1
id: nearly
version: 1.0.0
title: Nearly
bands: [{id: critical, title: Critical, from: 0}, {id: moderate, title: Moderate, from: 33}, {id: excellent, title: Excellent, from: 67}]
pillars:
  - id: one
    title: One
    principles:
      - id: only
        title: Only
        questions:
          - id: only.q
            title: What is done?
            practices:
              - {id: a, title: First., risk: high, weight: 3296, effort: S}
              - {id: b, title: Second., risk: high, weight: 6704, effort: S}
`

// TestScoresStayInTheirBandOnEveryPage shows a score that is critical as 32.9, and never as the 33 at which moderate begins.
func TestScoresStayInTheirBandOnEveryPage(t *testing.T) {
	a := webtest.NewApp(t)
	q, err := content.ReadQuestionnaire("nearly.yaml", strings.NewReader(nearlyModerate))
	if err != nil {
		t.Fatal(err)
	}
	ref, err := a.Store.SaveQuestionnaire(context.Background(), access.Actor{}, q)
	if err != nil {
		t.Fatal(err)
	}
	started, err := a.Store.CreateWorkload(context.Background(), a.Actor(), assessment.Workload{Team: a.Team(), Name: "Claims"}, ref.SHA256, nil)
	if err != nil {
		t.Fatal(err)
	}
	a.Answer(started.ID, "a", assessment.Adopted)
	a.Answer(started.ID, "b", assessment.Absent)
	snapshot := a.Snapshot(started.ID, "First")
	b := a.SignedIn()
	for address, places := range map[string]string{
		"/":                                 "td.cell",
		templates.TeamURL(a.Team()):         "main",
		templates.AssessmentURL(started.ID): ".big, td.num",
		templates.PrincipleURL(started.ID, "only"):    ".big, .mid, #foot-now",
		templates.PlanURL(started.ID) + "?practice=b": "main",
		templates.SnapshotsURL(started.ID):            ".timeline-score b",
		templates.SnapshotURL(snapshot.ID):            ".big, td.num, .snap-answers .meta",
	} {
		page := b.Get(address).Page
		if text := webtest.TextOf(page.Find(places)); !strings.Contains(text, "32.9") {
			t.Errorf("%s says %q", address, text)
		}
		html, _ := page.Html()
		for _, wrong := range []string{"33 of 100", "score 33", "33 now"} {
			if strings.Contains(html, wrong) {
				t.Errorf("%s has %q", address, wrong)
			}
		}
	}
}
