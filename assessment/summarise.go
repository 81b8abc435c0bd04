package assessment

// Summarise returns the summary of an assessment from its scores.
func Summarise(m *Model, r *Result, of *State) Summary {
	_, apart := r.Split(of.Priorities)
	s := Summary{Overall: r.Overall, Findings: r.Severities(), Apart: apart.Findings, Unknown: r.Unknown,
		Pillars: make([]PillarSummary, len(r.Pillars))}
	for i := range s.Pillars {
		pillar := &m.Questionnaire().Pillars[i]
		s.Pillars[i] = PillarSummary{ID: pillar.ID, Title: pillar.Title, Score: r.Pillars[i].Score}
	}
	for i := range r.Tradeoffs {
		tradeoff := &r.Tradeoffs[i]
		d, decided := of.Decisions[tradeoff.ID]
		switch {
		case !decided && tradeoff.State == Live:
			s.OpenDecisions++
		case decided && d.Stale(*tradeoff):
			s.Stale++
		}
	}
	return s
}
