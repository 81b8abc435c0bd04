package report

import (
	"cmp"
	"slices"

	"plumbline/assessment"
)

// place is where a practice stands in the questionnaire.
type place struct {
	pillar    *assessment.Pillar
	principle *assessment.Principle
	question  *assessment.Question
	practice  *assessment.Practice
}

// view is a snapshot with what the pages look up in it.
type view struct {
	Named
	q          *assessment.Questionnaire
	places     map[string]place
	pillars    map[string]*assessment.PillarResult
	principles map[string]*assessment.PrincipleResult
	tradeoffs  map[string]*assessment.Tradeoff
	states     map[string]assessment.TradeoffResult
	decisions  map[string]assessment.Decision
	plan       map[string]assessment.PlanItem
	advice     map[string]assessment.Recommendation
	counts     map[*assessment.Pillar]*tally
	countsOf   map[*assessment.Principle]*tally
	statuses   map[assessment.Status]int
	bands      []assessment.Band
}

// tally counts the findings of a pillar or a principle, and its unanswered practices of high risk.
type tally struct {
	findings assessment.Counts
	unknown  int
}

func newView(s Named) *view {
	v := &view{
		Named: s, q: s.Questionnaire, bands: s.Questionnaire.Bands,
		places:     map[string]place{},
		pillars:    map[string]*assessment.PillarResult{},
		principles: map[string]*assessment.PrincipleResult{},
		tradeoffs:  map[string]*assessment.Tradeoff{},
		states:     map[string]assessment.TradeoffResult{},
		decisions:  map[string]assessment.Decision{},
		plan:       map[string]assessment.PlanItem{},
		advice:     map[string]assessment.Recommendation{},
		counts:     map[*assessment.Pillar]*tally{},
		countsOf:   map[*assessment.Principle]*tally{},
		statuses:   map[assessment.Status]int{},
	}
	v.indexContent()
	v.indexResult()
	return v
}

func (v *view) indexContent() {
	for i := range v.q.Pillars {
		pillar := &v.q.Pillars[i]
		v.counts[pillar] = &tally{}
		for j := range pillar.Principles {
			principle := &pillar.Principles[j]
			v.countsOf[principle] = &tally{}
			for k := range principle.Questions {
				question := &principle.Questions[k]
				for l := range question.Practices {
					practice := &question.Practices[l]
					v.places[practice.ID] = place{pillar, principle, question, practice}
					v.countAnswer(pillar, principle, practice)
				}
			}
		}
	}
	for i := range v.q.Tradeoffs {
		v.tradeoffs[v.q.Tradeoffs[i].ID] = &v.q.Tradeoffs[i]
	}
}

func (v *view) countAnswer(pillar *assessment.Pillar, principle *assessment.Principle, practice *assessment.Practice) {
	status := v.Answers[practice.ID].Status
	v.statuses[status]++
	if status == assessment.Unanswered && practice.Risk == assessment.High {
		v.counts[pillar].unknown++
		v.countsOf[principle].unknown++
	}
}

func (v *view) indexResult() {
	for i := range v.Result.Pillars {
		pillar := &v.Result.Pillars[i]
		v.pillars[pillar.ID] = pillar
		for j := range pillar.Principles {
			v.principles[pillar.Principles[j].ID] = &pillar.Principles[j]
		}
	}
	for _, f := range v.Result.Findings {
		if p, ok := v.places[f.Practice]; ok {
			v.counts[p.pillar].findings.Add(f.Severity)
			v.countsOf[p.principle].findings.Add(f.Severity)
		}
	}
	for _, t := range v.Result.Tradeoffs {
		v.states[t.ID] = t
	}
	for _, r := range v.Result.Recommendations {
		v.advice[r.Practice] = r
	}
	for _, d := range v.Decisions {
		v.decisions[d.Tradeoff] = d
	}
	for _, item := range v.Plan {
		v.plan[item.Practice] = item
	}
}

// pillar and principle return the score of a level, one that is not applicable where the result has none.
func (v *view) pillar(id string) assessment.Score {
	if p, ok := v.pillars[id]; ok {
		return p.Score
	}
	return assessment.Score{}
}

func (v *view) principle(id string) assessment.Score {
	if p, ok := v.principles[id]; ok {
		return p.Score
	}
	return assessment.Score{}
}

// status returns the answer to a practice.
func (v *view) status(practice string) assessment.Status { return v.Answers[practice].Status }

// findings returns those of one severity, in rank order.
func (v *view) findings(severity assessment.Level) []assessment.Finding {
	var found []assessment.Finding
	for _, f := range v.Result.Findings {
		if _, ok := v.places[f.Practice]; ok && f.Severity == severity {
			found = append(found, f)
		}
	}
	return found
}

func (v *view) findingCounts() assessment.Counts {
	var c assessment.Counts
	for _, f := range v.Result.Findings {
		c.Add(f.Severity)
	}
	return c
}

// pile is one of the parts that the tradeoffs of a report are sorted into.
type pile int

const (
	openDecisions pile = iota // live, and nothing decided
	decided
	possible
	quiet
)

// pileOf says where a tradeoff belongs: whatever was decided stays with the decisions.
func (v *view) pileOf(t *assessment.Tradeoff) pile {
	if _, ok := v.decisions[t.ID]; ok {
		return decided
	}
	switch v.states[t.ID].State {
	case assessment.Live:
		return openDecisions
	case assessment.Possible:
		return possible
	}
	return quiet
}

// piled returns the tradeoffs of a pile in the order of the questionnaire.
func (v *view) piled(p pile) []*assessment.Tradeoff {
	var found []*assessment.Tradeoff
	for i := range v.q.Tradeoffs {
		if t := &v.q.Tradeoffs[i]; v.pileOf(t) == p {
			found = append(found, t)
		}
	}
	return found
}

// planned returns the items of the plan, the earliest due first, those without a date last.
func (v *view) planned() []assessment.PlanItem {
	items := slices.Clone(v.Plan)
	items = slices.DeleteFunc(items, func(i assessment.PlanItem) bool {
		_, known := v.places[i.Practice]
		return !known
	})
	slices.SortStableFunc(items, func(a, b assessment.PlanItem) int {
		if (a.Due == "") != (b.Due == "") {
			return cmp.Compare(b.Due, a.Due)
		}
		return cmp.Compare(a.Due, b.Due)
	})
	return items
}

// recommended returns the ranked recommendations on practices that the questionnaire has.
func (v *view) recommended() []assessment.Recommendation {
	return slices.DeleteFunc(slices.Clone(v.Result.Recommendations), func(r assessment.Recommendation) bool {
		_, known := v.places[r.Practice]
		return !known
	})
}

// severityOf returns the severity of a practice's finding, empty where it is none.
func (v *view) severityOf(practice string) assessment.Level {
	for _, f := range v.Result.Findings {
		if f.Practice == practice {
			return f.Severity
		}
	}
	return ""
}
