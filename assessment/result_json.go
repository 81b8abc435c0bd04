package assessment

import "encoding/json"

// decimals is how many decimals scores have in JSON.
const decimals = 4

// rangeJSON is the JSON of a Range: both ends are null where nothing is applicable.
type rangeJSON struct {
	Low  *float64 `json:"low"`
	High *float64 `json:"high"`
}

func (r Range) json() rangeJSON {
	if !r.Applicable {
		return rangeJSON{}
	}
	low, high := RoundTo(r.Low, decimals), RoundTo(r.High, decimals)
	return rangeJSON{&low, &high}
}

func (r rangeJSON) plain() Range {
	if r.Low == nil || r.High == nil {
		return Range{}
	}
	return Range{Low: *r.Low, High: *r.High, Applicable: true}
}

// MarshalJSON returns {"low": …, "high": …} with four decimals, or null where nothing is applicable.
func (r Range) MarshalJSON() ([]byte, error) {
	if !r.Applicable {
		return []byte("null"), nil
	}
	return json.Marshal(r.json())
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (r *Range) UnmarshalJSON(data []byte) error {
	var in rangeJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	*r = in.plain()
	return nil
}

// scoreJSON is the JSON of a Score; the bands are null where nothing is applicable.
type scoreJSON struct {
	rangeJSON
	Band       *string `json:"band"`
	BandHigh   *string `json:"band_high"`
	Answered   int     `json:"answered"`
	Applicable int     `json:"applicable"`
}

func (s Score) json() scoreJSON {
	out := scoreJSON{rangeJSON: s.Range.json(), Answered: s.Answered, Applicable: s.Applicable}
	if s.Range.Applicable {
		out.Band, out.BandHigh = &s.Band, &s.BandHigh
	}
	return out
}

func (s scoreJSON) plain() Score {
	out := Score{Range: s.rangeJSON.plain(), Answered: s.Answered, Applicable: s.Applicable}
	if s.Band != nil && s.BandHigh != nil {
		out.Band, out.BandHigh = *s.Band, *s.BandHigh
	}
	return out
}

// MarshalJSON returns the range with four decimals, the bands and the progress. Total is not part of it.
func (s Score) MarshalJSON() ([]byte, error) { return json.Marshal(s.json()) }

// UnmarshalJSON reads what MarshalJSON wrote.
func (s *Score) UnmarshalJSON(data []byte) error {
	var in scoreJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	*s = in.plain()
	return nil
}

type pillarJSON struct {
	ID string `json:"id"`
	scoreJSON
	Principles []PrincipleResult `json:"principles"`
}

// MarshalJSON returns the id, the score and the principles.
func (p PillarResult) MarshalJSON() ([]byte, error) {
	return json.Marshal(pillarJSON{p.ID, p.Score.json(), listed(p.Principles)})
}

// UnmarshalJSON reads what MarshalJSON wrote; counts that the JSON leaves out are 0.
func (p *PillarResult) UnmarshalJSON(data []byte) error {
	var in pillarJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	*p = PillarResult{ID: in.ID, Score: in.scoreJSON.plain(), Principles: in.Principles}
	return nil
}

type principleJSON struct {
	ID string `json:"id"`
	rangeJSON
	Questions []QuestionResult `json:"questions"`
}

// MarshalJSON returns the id, the range and the questions.
func (p PrincipleResult) MarshalJSON() ([]byte, error) {
	return json.Marshal(principleJSON{p.ID, p.Range.json(), listed(p.Questions)})
}

// UnmarshalJSON reads what MarshalJSON wrote; bands and counts, which the JSON leaves out, are zero until a snapshot
// restores them.
func (p *PrincipleResult) UnmarshalJSON(data []byte) error {
	var in principleJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	*p = PrincipleResult{ID: in.ID, Score: Score{Range: in.plain()}, Questions: in.Questions}
	return nil
}

type questionJSON struct {
	ID string `json:"id"`
	rangeJSON
	Risk Level `json:"risk"`
}

// MarshalJSON returns the id, the range and the risk.
func (q QuestionResult) MarshalJSON() ([]byte, error) {
	return json.Marshal(questionJSON{q.ID, q.Range.json(), q.Risk})
}

// UnmarshalJSON reads what MarshalJSON wrote; bands and counts, which the JSON leaves out, are zero until a snapshot
// restores them.
func (q *QuestionResult) UnmarshalJSON(data []byte) error {
	var in questionJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	*q = QuestionResult{ID: in.ID, Score: Score{Range: in.plain()}, Risk: in.Risk}
	return nil
}

// MarshalJSON returns the result with four decimals; empty lists are [].
func (r Result) MarshalJSON() ([]byte, error) {
	type plain Result
	r.Pillars, r.Findings = listed(r.Pillars), listed(r.Findings)
	r.Tradeoffs, r.Recommendations = listed(r.Tradeoffs), listed(r.Recommendations)
	return json.Marshal(plain(r))
}

// MarshalJSON returns the row with a gain of four decimals.
func (r Recommendation) MarshalJSON() ([]byte, error) {
	type plain Recommendation
	r.Gain, r.Tradeoffs = RoundTo(r.Gain, decimals), listed(r.Tradeoffs)
	return json.Marshal(plain(r))
}

// MarshalJSON returns the tradeoff with pulls of four decimals.
func (t TradeoffResult) MarshalJSON() ([]byte, error) {
	type plain TradeoffResult
	t.Signals = listed(t.Signals)
	return json.Marshal(plain(t))
}

// listed returns the list, empty instead of nil: JSON then says [] and not null.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
