package webtest

import (
	"context"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/access"
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
    source: [COST-T1.1]
    sides:
      - {label: Spare, pillars: [reliability], practices: [r1, r2]}
      - {label: Cheap, pillars: [cost], practices: [c1, c2]}
    signals:
      - {when: r1 && !c1, kind: blind_spot, says: Spares are bought and nobody watches the bill.}
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

// NewSmallAssessment creates a workload that is reviewed against smallQuestionnaire, with r1 adopted and c1 absent.
func (a *App) NewSmallAssessment() assessment.Assessment {
	a.T.Helper()
	q, err := content.ReadQuestionnaire("small.yaml", strings.NewReader(smallQuestionnaire))
	if err != nil {
		a.T.Fatal(err)
	}
	ref, err := a.Store.SaveQuestionnaire(context.Background(), access.Actor{}, q)
	if err != nil {
		a.T.Fatal(err)
	}
	actor := a.Actor()
	workload := assessment.Workload{Team: actor.Memberships[0].Team.ID, Name: "Claims triage"}
	started, err := a.Store.CreateWorkload(context.Background(), actor, workload, ref.SHA256, nil)
	if err != nil {
		a.T.Fatal(err)
	}
	a.Answer(started.ID, "r1", assessment.Adopted)
	a.Answer(started.ID, "c1", assessment.Absent)
	return started
}

// Answer saves a status over whatever is stored.
func (a *App) Answer(id, practice string, status assessment.Status) {
	a.T.Helper()
	save := assessment.SaveAnswer{Practice: practice, Version: a.State(id).State.Answer(practice).Version, Answer: assessment.Answer{Status: status}}
	if _, err := a.Store.SaveAnswer(context.Background(), a.Actor(), id, save); err != nil {
		a.T.Fatal(err)
	}
}

func (a *App) State(id string) *assessment.Current {
	a.T.Helper()
	current, err := a.Store.Current(context.Background(), id)
	if err != nil {
		a.T.Fatal(err)
	}
	return current
}
