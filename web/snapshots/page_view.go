package snapshots

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/story"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/snapshots"
	"plumbline/web/page"
)

// findingsAtOnce is how many findings show before the rest unfolds.
const findingsAtOnce = 10

// snapshotView draws a snapshot from its document: its own questionnaire, answers, decisions, plan and result.
func (h *handlers) snapshotView(r *http.Request, file *page.SnapshotFile, found assessment.Verification) view.SnapshotView {
	told := story.Of(found.Snapshot)
	taken := told.TakenAt.In(h.Zone(r))
	v := view.SnapshotView{
		Told: told, ID: file.ID, Title: told.Title, Note: told.Note, Hash: found.Hash, Verified: found.OK(), Defects: found.Differences,
		Lead: "Snapshot " + strconv.Itoa(told.Sequence) + " of " + told.Workload.Name + ", created on " + words.Day(taken) + " at " +
			taken.Format("15:04 MST") + " by " + told.TakenBy + ". It shows the values of that time.",
		Document: templates.SnapshotDocumentURL(file.ID),
		Answers:  templates.SnapshotAnswersURL(file.ID),
		Summary:  templates.SnapshotSummaryURL(file.ID),
		Facts:    snapshotFacts(told),
		Scope:    templates.ScopeOf(told.Questionnaire, told.Facets, ""),
		Bands:    told.Questionnaire.Bands,
		First:    told.Findings[:min(findingsAtOnce, len(told.Findings))],
		More:     told.Findings[min(findingsAtOnce, len(told.Findings)):],
		Piles:    append(told.Piled(story.Undecided), told.Piled(story.Decided)...),
		Rest:     slices.Concat(told.Piled(story.Possible), told.Piled(story.Quiet), told.Piled(story.NotApplicable)),
	}
	if !found.Canonical {
		v.Defects = append(v.Defects, "the document is not in its canonical form")
	}
	for _, pillar := range told.Pillars {
		v.Rows = append(v.Rows, view.SnapshotPillar{Title: pillar.Title, Priority: page.PriorityMark(pillar.Priority),
			Score: pillar.Score, Tally: pillar.Tally})
		if pillar.Score.Range.Applicable {
			v.Axes = append(v.Axes, templates.RadarAxis{Title: pillar.Title, Now: pillar.Score.Range})
		}
	}
	v.Rows = append(v.Rows, view.SnapshotPillar{Title: story.AllPillars, Score: told.Counted.Score, Tally: story.TallyOf(told.Counted), Total: true})
	if told.Apart.Pillars > 0 {
		v.Rows = append(v.Rows, view.SnapshotPillar{Title: story.LeftOut, Score: told.Apart.Score, Tally: story.TallyOf(told.Apart)})
	}
	return v
}

func snapshotFacts(p *story.Snapshot) []templates.SnapshotFact {
	q := p.Questionnaire
	facts := []templates.SnapshotFact{{Name: "Workload", Value: p.Workload.Name}}
	add := func(name, value, address string) {
		if value != "" {
			facts = append(facts, templates.SnapshotFact{Name: name, Value: value, URL: view.WebLink(address)})
		}
	}
	add("Description", p.Workload.Description, "")
	add("Owner", p.Workload.Owner, "")
	add("Environment", p.Workload.Environment, "")
	add("Tags", strings.Join(p.Workload.Tags, ", "), "")
	add("Scope", p.ScopeCount(), "")
	add("Questionnaire", q.Title+" "+q.Version, "")
	add("Source", q.Source.Title, q.Source.URL)
	add("License", q.Source.Licence, "")
	return facts
}
