package assessment

import "encoding/json"

type comparisonJSON struct {
	Before    overallJSON          `json:"before"`
	After     overallJSON          `json:"after"`
	Delta     float64              `json:"delta"`
	Scope     scopeJSON            `json:"scope"`
	Practices []practiceChangeJSON `json:"practices"`
	Pillars   []pillarChangeJSON   `json:"pillars"`
	Tradeoffs []tradeoffChangeJSON `json:"tradeoffs"`
	Added     []string             `json:"added"`
	Removed   []string             `json:"removed"`
	Reworded  []string             `json:"reworded"`
}

type overallJSON struct {
	Overall *float64 `json:"overall"`
}

type scopeJSON struct {
	Questionnaire float64 `json:"questionnaire"`
	Priorities    float64 `json:"priorities"`
	Applicability float64 `json:"applicability"`
}

type practiceChangeJSON struct {
	ID     string  `json:"id"`
	Before string  `json:"before"`
	After  string  `json:"after"`
	Part   float64 `json:"part"`
}

type pillarChangeJSON struct {
	ID     string   `json:"id"`
	Before *float64 `json:"before"`
	After  *float64 `json:"after"`
}

type tradeoffChangeJSON struct {
	ID     string         `json:"id"`
	Before *TradeoffState `json:"before"`
	After  *TradeoffState `json:"after"`
}

// MarshalJSON returns the comparison with four decimals. Scores with nothing applicable, and what one side does not
// have, are null; a practice without an answer is "unanswered".
func (c Comparison) MarshalJSON() ([]byte, error) {
	out := comparisonJSON{
		Before: overallJSON{c.Before.Overall.Range.json().Low},
		After:  overallJSON{c.After.Overall.Range.json().Low},
		Delta:  RoundTo(c.Delta, decimals),
		Scope: scopeJSON{
			Questionnaire: RoundTo(c.Scope.Questionnaire, decimals),
			Priorities:    RoundTo(c.Scope.Priorities, decimals),
			Applicability: RoundTo(c.Scope.Applicability, decimals),
		},
		Practices: []practiceChangeJSON{},
		Pillars:   []pillarChangeJSON{},
		Tradeoffs: []tradeoffChangeJSON{},
		Added:     ids(c.Added),
		Removed:   ids(c.Removed),
		Reworded:  ids(c.Reworded),
	}
	for _, p := range c.Practices {
		row := practiceChangeJSON{p.ID, p.Before.Word(), p.After.Word(), RoundTo(p.Part, decimals)}
		out.Practices = append(out.Practices, row)
	}
	for _, p := range c.Pillars {
		row := pillarChangeJSON{p.ID, p.Before.Range.json().Low, p.After.Range.json().Low}
		out.Pillars = append(out.Pillars, row)
	}
	for _, t := range c.Tradeoffs {
		out.Tradeoffs = append(out.Tradeoffs, tradeoffChangeJSON{t.ID, t.Before.orNil(), t.After.orNil()})
	}
	return json.Marshal(out)
}

// Word returns the status as one word, "unanswered" for the empty one.
func (s Status) Word() string {
	if s == Unanswered {
		return "unanswered"
	}
	return string(s)
}

// orNil returns nil for no state.
func (s TradeoffState) orNil() *TradeoffState {
	if s == "" {
		return nil
	}
	return &s
}

func ids(names []PracticeName) []string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = name.ID
	}
	return list
}
