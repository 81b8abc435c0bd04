package assessment

import "slices"

// restore fills in what the JSON of a result leaves out because it follows from what is there: the gains of findings
// from the recommendations, counts from the answers, bands of principles and questions from their stored scores. No
// score is computed anew.
func (s *Snapshot) restore() {
	gains := make(map[string]float64, len(s.Result.Recommendations))
	for _, r := range s.Result.Recommendations {
		gains[r.Practice] = r.Gain
	}
	severities := make(map[string]Level, len(s.Result.Findings))
	for i := range s.Result.Findings {
		finding := &s.Result.Findings[i]
		finding.Gain = gains[finding.Practice]
		severities[finding.Practice] = finding.Severity
	}
	r := restoration{
		bands: s.Questionnaire.Bands, answers: s.Answers, severities: severities, outside: map[string]bool{},
		pillarOf: map[string]*PillarResult{}, principleOf: map[string]*PrincipleResult{}, questionOf: map[string]*QuestionResult{},
	}
	for _, practice := range s.Result.OutOfScope {
		r.outside[practice] = true
	}
	r.tradeoffs(s)
	r.index(s.Result)
	for i := range s.Questionnaire.Pillars {
		s.Result.Overall.Total += r.pillar(&s.Questionnaire.Pillars[i])
	}
}

// restoration is what restoring looks up.
type restoration struct {
	bands       []Band
	answers     Answers
	severities  map[string]Level
	outside     map[string]bool
	pillarOf    map[string]*PillarResult
	principleOf map[string]*PrincipleResult
	questionOf  map[string]*QuestionResult
}

// tradeoffs restores which tradeoffs do not apply.
func (r *restoration) tradeoffs(s *Snapshot) {
	for i := range s.Result.Tradeoffs {
		result := &s.Result.Tradeoffs[i]
		at := slices.IndexFunc(s.Questionnaire.Tradeoffs, func(t Tradeoff) bool { return t.ID == result.ID })
		if at < 0 {
			continue
		}
		for _, side := range s.Questionnaire.Tradeoffs[at].Sides {
			inScope := slices.ContainsFunc(side.Practices, func(id string) bool { return !r.outside[id] })
			result.NotApplicable = result.NotApplicable || len(side.Practices) > 0 && !inScope
		}
	}
}

func (r *restoration) index(result *Result) {
	for i := range result.Pillars {
		pillar := &result.Pillars[i]
		r.pillarOf[pillar.ID] = pillar
		for j := range pillar.Principles {
			principle := &pillar.Principles[j]
			r.principleOf[principle.ID] = principle
			for k := range principle.Questions {
				r.questionOf[principle.Questions[k].ID] = &principle.Questions[k]
			}
		}
	}
}

// pillar restores a pillar and returns how many practices it has.
func (r *restoration) pillar(p *Pillar) int {
	stored := orNew(r.pillarOf[p.ID])
	for i := range p.Principles {
		stored.Total += r.principle(&p.Principles[i], stored)
	}
	return stored.Total
}

func (r *restoration) principle(p *Principle, pillar *PillarResult) int {
	stored := orNew(r.principleOf[p.ID])
	for i := range p.Questions {
		question := orNew(r.questionOf[p.Questions[i].ID])
		r.count(&p.Questions[i], question, pillar)
		r.band(&question.Score)
		stored.Answered += question.Answered
		stored.Applicable += question.Applicable
		stored.Total += question.Total
	}
	r.band(&stored.Score)
	return stored.Total
}

// count counts the practices of a question, and its findings and unanswered practices for the pillar.
func (r *restoration) count(q *Question, stored *QuestionResult, pillar *PillarResult) {
	for i := range q.Practices {
		practice := &q.Practices[i]
		if r.outside[practice.ID] {
			continue
		}
		stored.Total++
		switch r.answers[practice.ID].Status {
		case NotApplicable:
		case Unanswered:
			stored.Applicable++
			pillar.Unknown.Add(practice.CountedRisk())
		default:
			stored.Applicable++
			stored.Answered++
			pillar.Findings.Add(r.severities[practice.ID])
		}
	}
}

func (r *restoration) band(s *Score) {
	if s.Range.Applicable {
		s.Band, s.BandHigh = BandAt(r.bands, s.Low).ID, BandAt(r.bands, s.High).ID
	}
}

// orNew returns the stored level, or one that nobody sees where a document that was changed by hand has none.
func orNew[T any](stored *T) *T {
	if stored == nil {
		return new(T)
	}
	return stored
}
