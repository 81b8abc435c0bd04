package assessment

import "time"

// Summary is what the portfolio shows of an assessment; it is stored with every change.
type Summary struct {
	Overall       Score
	Pillars       []PillarSummary // in the questionnaire's order
	Findings      Counts          // in all pillars
	Apart         Counts          // of the findings, those in pillars of priority 0
	Unknown       Counts
	OpenDecisions int // live tradeoffs without a decision
	Stale         int // decisions whose signals have changed
}

// InScope is how many practices the facets leave in scope.
func (s *Summary) InScope() int {
	n := 0
	for i := range s.Pillars {
		n += s.Pillars[i].Total
	}
	return n
}

// Summarise returns the summary of an assessment from its scores.
func Summarise(m *Model, r *Result, of *State) Summary {
	_, apart := r.Split(of.Priorities)
	s := Summary{Overall: r.Overall, Findings: r.Severities(), Apart: apart.Findings, Unknown: r.Unknown,
		Pillars: make([]PillarSummary, len(r.Pillars)), OpenDecisions: len(OpenDecisions(r, of.Decisions))}
	for i := range s.Pillars {
		pillar := &m.Questionnaire().Pillars[i]
		s.Pillars[i] = PillarSummary{ID: pillar.ID, Title: pillar.Title, Score: r.Pillars[i].Score}
	}
	for i := range r.Tradeoffs {
		tradeoff := &r.Tradeoffs[i]
		if d, decided := of.Decisions[tradeoff.ID]; decided && d.Stale(*tradeoff) {
			s.Stale++
		}
	}
	return s
}

// Counted returns the findings in pillars that count in the overall score.
func (s *Summary) Counted() Counts { return s.Findings.Minus(s.Apart) }

// PillarSummary is the score of one pillar.
type PillarSummary struct {
	ID    string
	Title string
	Score
}

// PortfolioFilter chooses assessments; Teams nil means every team.
type PortfolioFilter struct {
	Teams    []string
	Archived bool   // the archived ones instead of those in use
	Workload string // only those of one workload, whether it is archived or not
}

// PortfolioRow is one assessment in the portfolio.
type PortfolioRow struct {
	Assessment    Assessment
	Summary       Summary
	Bands         []Band
	Practices     int       // of the questionnaire
	InScope       int       // practices that the facets do not leave out
	Trend         []float64 // overall low of the snapshots, oldest first
	ChangedBy     string    // name of the person who changed it last; empty where nobody has
	NextDecision  Date      // earliest revisit date of a decision
	LastSnapshot  time.Time // zero if there is none
	SnapshotCount int
}

// Frame is what the portfolio needs of a questionnaire, without its practices.
type Frame struct {
	Bands     []Band
	Pillars   []string // ids, in its order
	Practices int
}

// Frame returns the frame of a questionnaire.
func (q *Questionnaire) Frame() Frame {
	f := Frame{Bands: q.Bands}
	for range q.Practices() {
		f.Practices++
	}
	for i := range q.Pillars {
		f.Pillars = append(f.Pillars, q.Pillars[i].ID)
	}
	return f
}

// PillarScoreJSON is a PillarSummary as JSON.
type PillarScoreJSON struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	ScoreJSON
}

// JSON returns the summary as its JSON has it.
func (p PillarSummary) JSON() PillarScoreJSON { return PillarScoreJSON{p.ID, p.Title, p.Score.JSON()} }
