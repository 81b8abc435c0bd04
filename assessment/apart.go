package assessment

// LeavesOut reports whether a pillar has priority 0, so that nothing in it counts in the overall score.
func (p Priorities) LeavesOut(pillar string) bool { return p.Of(pillar) == 0 }

// Sum adds up several pillars.
type Sum struct {
	Score    // the overall score for pillars that count; no range for the others
	Pillars  int
	Findings Counts // by severity
	Unknown  Counts // unanswered practices by their risk
}

// Split adds up the pillars that count, and separately those with priority 0. Pages and reports show two sums; the JSON
// of a result counts all pillars.
func (r *Result) Split(p Priorities) (counted, apart Sum) {
	counted.Score = r.Overall
	counted.Answered, counted.Applicable, counted.Total = 0, 0, 0
	for i := range r.Pillars {
		pillar := &r.Pillars[i]
		if p.LeavesOut(pillar.ID) {
			apart.add(pillar)
		} else {
			counted.add(pillar)
		}
	}
	return counted, apart
}

// SplitFindings returns the findings in pillars that count, and separately those in pillars with priority 0.
func (m *Model) SplitFindings(all []Finding, p Priorities) (counted, apart []Finding) {
	for _, finding := range all {
		if place, _ := m.Place(finding.Practice); place.Pillar != nil && p.LeavesOut(place.Pillar.ID) {
			apart = append(apart, finding)
		} else {
			counted = append(counted, finding)
		}
	}
	return counted, apart
}

func (s *Sum) add(p *PillarResult) {
	s.Pillars++
	s.Answered += p.Answered
	s.Applicable += p.Applicable
	s.Total += p.Total
	s.Findings = s.Findings.Plus(p.Findings)
	s.Unknown = s.Unknown.Plus(p.Unknown)
}
