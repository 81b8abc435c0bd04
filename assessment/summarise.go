package assessment

// Summarise returns the summary of an assessment from its scores.
func Summarise(m *Model, r *Result, decisions map[string]Decision) Summary {
	s := Summary{Overall: r.Overall, Unknown: r.Unknown, OpenDecisions: len(OpenDecisions(r, decisions))}
	for i, pillar := range m.Questionnaire().Pillars {
		s.Pillars = append(s.Pillars, PillarSummary{ID: pillar.ID, Title: pillar.Title, Score: r.Pillars[i].Score})
	}
	for _, finding := range r.Findings {
		s.Findings.Add(finding.Severity)
	}
	for _, tradeoff := range r.Tradeoffs {
		if d, ok := decisions[tradeoff.ID]; ok && d.Stale(tradeoff) {
			s.Stale++
		}
	}
	return s
}
