// Package story says what a snapshot and a comparison tell: the lists and their order, verdicts, notes, what a part of a
// change is called. Pages, PDF, Markdown, CSV and the command line draw it. It knows no layout, no markup and no fonts.
package story

import (
	"cmp"
	"slices"

	"plumbline/assessment"
	"plumbline/assessment/words"
)

// Snapshot is a snapshot with everything that is shown of it, in the order in which it is shown. What the result names
// and the questionnaire does not have is left out.
type Snapshot struct {
	*assessment.Snapshot
	Pillars   []Pillar                  // in the order of the questionnaire
	Counted   assessment.Sum            // over the pillars that count in the overall score
	Apart     assessment.Sum            // over the pillars with priority 0
	Practices []*Practice               // in the order of the questionnaire
	Statuses  map[assessment.Status]int // number of practices by status
	Findings  []*Practice               // of the pillars that count, in rank order
	LeftOut   []*Practice               // findings of pillars that priority 0 leaves out, in rank order
	Actions   []*Practice               // what is left to do, in rank order
	Planned   []*Practice               // the earliest due first, those without a date then, those out of scope last
	Tradeoffs []Tradeoff                // in the order of the questionnaire

	practices map[string]*Practice
	out       map[string]bool // of scope
}

// Pillar is a pillar with its score and its priority.
type Pillar struct {
	*assessment.Pillar
	Score      assessment.Score // not applicable where the result has none
	Tally      Tally
	Priority   float64
	Principles []Principle
}

// Principle is a principle with its score.
type Principle struct {
	*assessment.Principle
	Score assessment.Score // not applicable where the result has none
	Tally Tally
}

// Tally counts what is open in a level.
type Tally struct {
	Findings assessment.Counts // by severity
	Unknown  int               // unanswered practices of high risk
}

// Practice is everything that is said of one practice.
type Practice struct {
	assessment.Place
	Answer   assessment.Answer   // as it is stored
	Status   assessment.Status   // as it counts: that of the answer, or OutOfScope
	Severity assessment.Level    // of its finding; empty where it is none
	Urgency  assessment.Level    // what it ranks by: its severity, or its risk while it is unanswered; empty where nothing is left to do
	Rank     int                 // among the actions, from 1; 0 where nothing is left to do
	Gain     float64             // points that adopting it alone would add to the certain overall score
	Shifts   []string            // ids of the tradeoffs that adopting it would change
	Plan     assessment.PlanItem // zero where it is not planned
}

// Open reports whether something is left to do about the practice.
func (p *Practice) Open() bool { return p.Rank > 0 }

// GainText returns the gain with its sign, empty where nothing is left to do.
func (p *Practice) GainText() string {
	if !p.Open() {
		return ""
	}
	return words.Signed(p.Gain, 2)
}

// Of returns the story of a snapshot.
func Of(s *assessment.Snapshot) *Snapshot {
	v := &Snapshot{Snapshot: s, Statuses: map[assessment.Status]int{}, practices: map[string]*Practice{}, out: map[string]bool{}}
	for _, id := range s.Result.OutOfScope {
		v.out[id] = true
	}
	v.addPillars()
	v.addFindings()
	v.addActions()
	v.addPlan()
	v.addTradeoffs()
	for i := range v.Pillars {
		v.Pillars[i].tally(v.practices)
	}
	v.Counted, v.Apart = v.Result.Split(v.Priorities)
	return v
}

// Practice returns a practice, nil where the questionnaire does not have it.
func (v *Snapshot) Practice(id string) *Practice { return v.practices[id] }

// Status returns the status that a practice counts with: NotApplicable where it is out of scope.
func (v *Snapshot) Status(practice string) assessment.Status {
	if p := v.practices[practice]; p != nil && !p.Status.Applies() {
		return assessment.NotApplicable
	}
	return v.Answers[practice].Status
}

// FindingsOf returns the findings of one severity, in rank order.
func (v *Snapshot) FindingsOf(severity assessment.Level) []*Practice {
	var found []*Practice
	for _, p := range v.Findings {
		if p.Severity == severity {
			found = append(found, p)
		}
	}
	return found
}

func (v *Snapshot) addPillars() {
	for i := range v.Questionnaire.Pillars {
		of := &v.Questionnaire.Pillars[i]
		pillar := Pillar{Pillar: of, Priority: v.Priorities.Of(of.ID)}
		for j := range of.Principles {
			principle := &of.Principles[j]
			pillar.Principles = append(pillar.Principles, Principle{Principle: principle})
			v.addPractices(of, principle)
		}
		pillar.score(v.Result.Pillars)
		v.Pillars = append(v.Pillars, pillar)
	}
}

func (v *Snapshot) addPractices(pillar *assessment.Pillar, principle *assessment.Principle) {
	for i := range principle.Questions {
		question := &principle.Questions[i]
		for j := range question.Practices {
			practice := &question.Practices[j]
			answer := v.Answers[practice.ID]
			one := &Practice{Answer: answer, Status: answer.Status,
				Place: assessment.Place{Pillar: pillar, Principle: principle, Question: question, Practice: practice, Index: len(v.Practices)}}
			v.Practices = append(v.Practices, one)
			v.practices[practice.ID] = one
			if v.out[practice.ID] {
				one.Status = assessment.OutOfScope
			}
			v.Statuses[one.Status]++
		}
	}
}

func (p *Pillar) score(results []assessment.PillarResult) {
	i := slices.IndexFunc(results, func(r assessment.PillarResult) bool { return r.ID == p.ID })
	if i < 0 {
		return
	}
	p.Score = results[i].Score
	for j := range p.Principles {
		one := &p.Principles[j]
		if k := slices.IndexFunc(results[i].Principles, func(r assessment.PrincipleResult) bool { return r.ID == one.ID }); k >= 0 {
			one.Score = results[i].Principles[k].Score
		}
	}
}

func (p *Pillar) tally(practices map[string]*Practice) {
	for i := range p.Principles {
		one := &p.Principles[i]
		for j := range one.Questions {
			for k := range one.Questions[j].Practices {
				one.Tally.count(practices[one.Questions[j].Practices[k].ID])
			}
		}
		p.Tally.add(one.Tally)
	}
}

func (t *Tally) count(p *Practice) {
	t.Findings.Add(p.Severity)
	if p.Status == assessment.Unanswered && p.Place.Practice.Risk == assessment.High {
		t.Unknown++
	}
}

func (t *Tally) add(other Tally) {
	t.Findings = t.Findings.Plus(other.Findings)
	t.Unknown += other.Unknown
}

func (v *Snapshot) addFindings() {
	for _, finding := range v.Result.Findings {
		if p := v.practices[finding.Practice]; p != nil {
			p.Severity = finding.Severity
			if v.Priorities.LeavesOut(p.Pillar.ID) {
				v.LeftOut = append(v.LeftOut, p)
			} else {
				v.Findings = append(v.Findings, p)
			}
		}
	}
}

func (v *Snapshot) addActions() {
	for _, action := range v.Result.Recommendations {
		if p := v.practices[action.Practice]; p != nil {
			v.Actions = append(v.Actions, p)
			p.Rank, p.Urgency, p.Gain, p.Shifts = len(v.Actions), action.Severity, action.Gain, action.Tradeoffs
		}
	}
}

func (v *Snapshot) addPlan() {
	for _, item := range v.Plan {
		if p := v.practices[item.Practice]; p != nil {
			p.Plan = item
			v.Planned = append(v.Planned, p)
		}
	}
	slices.SortFunc(v.Planned, func(a, b *Practice) int {
		if out := v.out[a.Plan.Practice]; out != v.out[b.Plan.Practice] {
			if out {
				return 1
			}
			return -1
		}
		if (a.Plan.Due == "") != (b.Plan.Due == "") {
			return cmp.Compare(b.Plan.Due, a.Plan.Due)
		}
		return cmp.Or(cmp.Compare(a.Plan.Due, b.Plan.Due), cmp.Compare(a.Index, b.Index))
	})
}

// PlannedText says how many practices are planned, and how many of these are out of scope.
func (v *Snapshot) PlannedText() string {
	text := words.Plural(len(v.Planned), "practice", "practices")
	out := 0
	for _, p := range v.Planned {
		if p.Status == assessment.OutOfScope {
			out++
		}
	}
	if out > 0 {
		text += ", " + words.Count(out) + " out of scope"
	}
	return text
}
