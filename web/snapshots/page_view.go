package snapshots

import (
	"net/http"
	"strconv"
	"strings"

	"plumbline/assessment"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/snapshots"
	"plumbline/web/page"
)

// snapshotPage draws a snapshot from its document: its own questionnaire, answers, decisions, plan and result.
type snapshotPage struct {
	*assessment.Snapshot
	model     *assessment.Model
	decisions map[string]assessment.Decision
}

func (h *handlers) snapshotView(r *http.Request, file *page.SnapshotFile, found assessment.Verification) (view.SnapshotView, error) {
	model, err := assessment.Compile(found.Snapshot.Questionnaire)
	if err != nil {
		return view.SnapshotView{}, assessment.Wrap(assessment.Internal, err, "The questionnaire of the snapshot cannot be read")
	}
	p := &snapshotPage{Snapshot: found.Snapshot, model: model, decisions: map[string]assessment.Decision{}}
	for _, decision := range p.Decisions {
		p.decisions[decision.Tradeoff] = decision
	}
	taken := p.TakenAt.In(h.Zone(r))
	view := view.SnapshotView{
		ID: file.ID, Title: p.Title, Note: p.Note, Hash: found.Hash, Verified: found.OK(), Defects: found.Differences,
		Lead: "Snapshot " + strconv.Itoa(p.Sequence) + " of " + p.Workload.Name + ", taken on " + words.Day(taken) + " at " +
			taken.Format("15:04 MST") + " by " + p.TakenBy + ". It shows what was stored then, whatever has changed since.",
		Document: templates.SnapshotDocumentURL(file.ID),
		Answers:  templates.SnapshotAnswersURL(file.ID),
		Summary:  templates.SnapshotSummaryURL(file.ID),
		Facts:    p.facts(),
		Bands:    p.Questionnaire.Bands,
		Overall:  p.Result.Overall,
		Progress: progress(p.Result.Overall),
		Pages:    p.answers(),
	}
	if !found.Canonical {
		view.Defects = append(view.Defects, "the document is not in its canonical form")
	}
	p.addScores(&view)
	p.addFindings(&view)
	p.addTradeoffs(&view)
	p.addPlan(&view)
	return view, nil
}

func progress(s assessment.Score) string {
	return strconv.Itoa(s.Answered) + " of " + strconv.Itoa(s.Applicable) + " answered"
}

// webLink returns an address that may be followed: http or https, else the empty string.
func webLink(address string) string {
	clean, failure := assessment.CheckURL("", "", address)
	if failure != nil {
		return ""
	}
	return clean
}

func (p *snapshotPage) facts() []templates.SnapshotFact {
	q := p.Questionnaire
	facts := []templates.SnapshotFact{{Name: "Workload", Value: p.Workload.Name}}
	add := func(name, value, address string) {
		if value != "" {
			facts = append(facts, templates.SnapshotFact{Name: name, Value: value, URL: webLink(address)})
		}
	}
	add("Description", p.Workload.Description, "")
	add("Owner", p.Workload.Owner, "")
	add("Environment", p.Workload.Environment, "")
	add("Tags", strings.Join(p.Workload.Tags, ", "), "")
	add("Questionnaire", q.Title+" "+q.Version, "")
	add("Source", q.Source.Title, q.Source.URL)
	add("Licence", q.Source.Licence, "")
	return facts
}

func (p *snapshotPage) addScores(v *view.SnapshotView) {
	sum := view.SnapshotPillar{Title: "All pillars", Score: p.Result.Overall, Answered: progressShort(p.Result.Overall),
		Findings: p.Result.Severities(), Unknown: p.Result.Unknown.High, Total: true}
	findings := p.findingsByPillar()
	for i := range p.Result.Pillars {
		result := &p.Result.Pillars[i]
		pillar, ok := p.model.Pillar(result.ID)
		if !ok {
			continue
		}
		row := view.SnapshotPillar{Title: pillar.Title, Score: result.Score, Answered: progressShort(result.Score),
			Findings: findings[pillar.ID], Unknown: p.unknownHigh(pillar), Priority: page.PriorityMark(p.Priorities.Of(pillar.ID))}
		v.Pillars = append(v.Pillars, row)
		if result.Range.Applicable {
			v.Axes = append(v.Axes, templates.RadarAxis{Title: pillar.Title, Now: result.Range})
		}
	}
	v.Pillars = append(v.Pillars, sum)
}

func progressShort(s assessment.Score) string {
	return strconv.Itoa(s.Answered) + " of " + strconv.Itoa(s.Applicable)
}

func (p *snapshotPage) findingsByPillar() map[string]assessment.Counts {
	counts := map[string]assessment.Counts{}
	for _, finding := range p.Result.Findings {
		if place, ok := p.model.Place(finding.Practice); ok {
			sum := counts[place.Pillar.ID]
			sum.Add(finding.Severity)
			counts[place.Pillar.ID] = sum
		}
	}
	return counts
}

func (p *snapshotPage) unknownHigh(pillar *assessment.Pillar) int {
	n := 0
	for practice := range pillar.Practices() {
		if practice.Risk == assessment.High && p.Answers[practice.ID].Status == assessment.Unanswered {
			n++
		}
	}
	return n
}

// findingsAtOnce is how many findings show before the rest unfolds.
const findingsAtOnce = 10

func (p *snapshotPage) addFindings(v *view.SnapshotView) {
	counts := p.Result.Severities()
	v.Counts = strconv.Itoa(counts.High) + " high, " + strconv.Itoa(counts.Medium) + " medium, " + strconv.Itoa(counts.Low) + " low"
	for _, finding := range p.Result.Findings {
		place, ok := p.model.Place(finding.Practice)
		if !ok {
			continue
		}
		row := view.SnapshotFinding{Severity: finding.Severity, Practice: place.Practice.Title, Anchor: anchorOf(finding.Practice),
			Status: p.Answers[finding.Practice].Status, Pillar: place.Pillar.Title, Principle: place.Principle.Title}
		if len(v.Findings.First) < findingsAtOnce {
			v.Findings.First = append(v.Findings.First, row)
		} else {
			v.Findings.More = append(v.Findings.More, row)
		}
	}
}

// anchorOf returns the id of a practice's answer on the page of a snapshot.
func anchorOf(practice string) string { return "practice-" + practice }
