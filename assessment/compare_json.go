package assessment

import "encoding/json"

// ComparisonJSON is a Comparison as JSON: on the command line, in files and in the API. Numbers have four decimals, and
// no list is nil.
type ComparisonJSON struct {
	Before        OverallJSON          `json:"before"`
	After         OverallJSON          `json:"after"`
	Delta         float64              `json:"delta" doc:"The sum of scope and of the parts of all practices"`
	Scope         ScopeJSON            `json:"scope"`
	Practices     []PracticeChangeJSON `json:"practices" nullable:"false" doc:"Largest part first"`
	Pillars       []PillarChangeJSON   `json:"pillars" nullable:"false"`
	Tradeoffs     []TradeoffChangeJSON `json:"tradeoffs" nullable:"false"`
	Applicability []PracticeChangeJSON `json:"applicability" nullable:"false" doc:"The parts of the practices whose applicability differs, in the order of the questionnaire; they add up to that of scope"`
	Facets        []FacetChange        `json:"facets" nullable:"false" doc:"Those that differ"`
	Added         []string             `json:"added" nullable:"false"`
	Removed       []string             `json:"removed" nullable:"false"`
	Reworded      []string             `json:"reworded" nullable:"false"`
}

// OverallJSON is the overall low score of one side, null where nothing is applicable.
type OverallJSON struct {
	Overall *float64 `json:"overall"`
}

// ScopeJSON is a Scope.
type ScopeJSON struct {
	Questionnaire float64 `json:"questionnaire"`
	Priorities    float64 `json:"priorities"`
	Applicability float64 `json:"applicability"`
}

// PracticeChangeJSON is a PracticeChange; a practice without an answer is unanswered, one that the facets leave out is
// out_of_scope.
type PracticeChangeJSON struct {
	ID     string  `json:"id"`
	Before string  `json:"before" enum:"adopted,partial,absent,not_applicable,unanswered,out_of_scope"`
	After  string  `json:"after" enum:"adopted,partial,absent,not_applicable,unanswered,out_of_scope"`
	Part   float64 `json:"part"`
}

// PillarChangeJSON is the low of a pillar on each side, null where nothing is applicable or the side does not have it.
type PillarChangeJSON struct {
	ID     string   `json:"id"`
	Before *float64 `json:"before"`
	After  *float64 `json:"after"`
}

// TradeoffChangeJSON is a TradeoffChange, with null on a side that does not have the tradeoff.
type TradeoffChangeJSON struct {
	ID     string         `json:"id"`
	Before *TradeoffState `json:"before"`
	After  *TradeoffState `json:"after"`
}

// JSON returns the comparison as its JSON has it.
func (c *Comparison) JSON() ComparisonJSON {
	return ComparisonJSON{
		Before: OverallJSON{c.Before.Overall.Range.json().Low},
		After:  OverallJSON{c.After.Overall.Range.json().Low},
		Delta:  RoundTo(c.Delta, decimals),
		Scope: ScopeJSON{
			Questionnaire: RoundTo(c.Scope.Questionnaire, decimals),
			Priorities:    RoundTo(c.Scope.Priorities, decimals),
			Applicability: RoundTo(c.Scope.Applicability, decimals),
		},
		Practices:     converted(c.Practices, PracticeChange.json),
		Pillars:       converted(c.Pillars, PillarChange.json),
		Tradeoffs:     converted(c.Tradeoffs, TradeoffChange.json),
		Applicability: converted(c.Applicability, PracticeChange.json),
		Facets:        Listed(c.Facets),
		Added:         converted(c.Added, PracticeName.id),
		Removed:       converted(c.Removed, PracticeName.id),
		Reworded:      converted(c.Reworded, PracticeName.id),
	}
}

// MarshalJSON writes the comparison as ComparisonJSON.
func (c Comparison) MarshalJSON() ([]byte, error) { return json.Marshal(c.JSON()) }

func (p PracticeChange) json() PracticeChangeJSON {
	return PracticeChangeJSON{p.ID, p.Before.Word(), p.After.Word(), RoundTo(p.Part, decimals)}
}

func (p PillarChange) json() PillarChangeJSON {
	return PillarChangeJSON{p.ID, p.Before.Range.json().Low, p.After.Range.json().Low}
}

func (t TradeoffChange) json() TradeoffChangeJSON {
	return TradeoffChangeJSON{t.ID, t.Before.orNil(), t.After.orNil()}
}

func (n PracticeName) id() string { return n.ID }

// orNil returns nil for no state.
func (s TradeoffState) orNil() *TradeoffState {
	if s == "" {
		return nil
	}
	return &s
}
