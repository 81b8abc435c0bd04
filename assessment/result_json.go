package assessment

import "encoding/json"

// decimals is how many decimals scores have in JSON.
const decimals = 4

// ResultJSON is a Result as JSON: in documents of snapshots, on the command line and in the API. Scores have four
// decimals, and no list is nil.
type ResultJSON struct {
	Questionnaire   Edition          `json:"questionnaire"`
	Overall         ScoreJSON        `json:"overall"`
	Pillars         []PillarJSON     `json:"pillars" nullable:"false"`
	Findings        []Finding        `json:"findings" nullable:"false" doc:"In rank order"`
	Unknown         Counts           `json:"unknown" doc:"Unanswered practices by their risk"`
	Tradeoffs       []TradeoffJSON   `json:"tradeoffs" nullable:"false"`
	Recommendations []Recommendation `json:"recommendations" nullable:"false" doc:"In rank order"`
}

// LevelJSON is the Range of a level: both ends are null where nothing is applicable.
type LevelJSON struct {
	Low  *float64 `json:"low" minimum:"0" maximum:"100" doc:"Every unanswered practice counted as missing"`
	High *float64 `json:"high" minimum:"0" maximum:"100" doc:"Every unanswered practice counted as adopted"`
}

// ScoreJSON is a Score without its total; the bands are null where nothing is applicable.
type ScoreJSON struct {
	LevelJSON
	Band       *string `json:"band" doc:"Band of low"`
	BandHigh   *string `json:"band_high" doc:"Band of high"`
	Answered   int     `json:"answered"`
	Applicable int     `json:"applicable"`
}

// PillarJSON is a PillarResult.
type PillarJSON struct {
	ID string `json:"id"`
	ScoreJSON
	Principles []PrincipleJSON `json:"principles" nullable:"false"`
}

// PrincipleJSON is a PrincipleResult without bands and counts.
type PrincipleJSON struct {
	ID string `json:"id"`
	LevelJSON
	Questions []QuestionJSON `json:"questions" nullable:"false"`
}

// QuestionJSON is a QuestionResult without bands and counts.
type QuestionJSON struct {
	ID string `json:"id"`
	LevelJSON
	Risk Level `json:"risk" enum:"high,medium,low,none,unknown"`
}

// TradeoffJSON is a TradeoffResult.
type TradeoffJSON struct {
	ID      string        `json:"id"`
	State   TradeoffState `json:"state" enum:"live,possible,quiet"`
	Signals []int         `json:"signals" nullable:"false" doc:"Places of the true signals in the questionnaire, from 0"`
	Pulls   PullsJSON     `json:"pulls"`
}

// PullsJSON has the pull of each side, nil where nothing of the side is applicable.
type PullsJSON [2]*RangeJSON

// RangeJSON is a Range where something is applicable.
type RangeJSON struct {
	Low  float64 `json:"low" minimum:"0" maximum:"100"`
	High float64 `json:"high" minimum:"0" maximum:"100"`
}

// JSON returns the result as its JSON has it.
func (r *Result) JSON() ResultJSON {
	return ResultJSON{
		Questionnaire:   r.Questionnaire,
		Overall:         r.Overall.JSON(),
		Pillars:         converted(r.Pillars, PillarResult.json),
		Findings:        Listed(r.Findings),
		Unknown:         r.Unknown,
		Tradeoffs:       converted(r.Tradeoffs, TradeoffResult.json),
		Recommendations: converted(r.Recommendations, Recommendation.rounded),
	}
}

// MarshalJSON writes the result as ResultJSON.
func (r Result) MarshalJSON() ([]byte, error) { return json.Marshal(r.JSON()) }

// UnmarshalJSON reads what MarshalJSON wrote; unknown keys are left to VerifySnapshot, which names them. Bands and
// counts of principles and questions are zero until a snapshot restores them.
func (r *Result) UnmarshalJSON(data []byte) error {
	var in ResultJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	*r = Result{
		Questionnaire:   in.Questionnaire,
		Overall:         in.Overall.Score(),
		Pillars:         converted(in.Pillars, PillarJSON.result),
		Findings:        in.Findings,
		Unknown:         in.Unknown,
		Tradeoffs:       converted(in.Tradeoffs, TradeoffJSON.result),
		Recommendations: in.Recommendations,
	}
	return nil
}

// JSON returns the score as its JSON has it.
func (s Score) JSON() ScoreJSON {
	out := ScoreJSON{LevelJSON: s.Range.json(), Answered: s.Answered, Applicable: s.Applicable}
	if s.Range.Applicable {
		out.Band, out.BandHigh = &s.Band, &s.BandHigh
	}
	return out
}

// Score returns the score that the JSON has, without its total.
func (s ScoreJSON) Score() Score {
	out := Score{Range: s.plain(), Answered: s.Answered, Applicable: s.Applicable}
	if s.Band != nil && s.BandHigh != nil {
		out.Band, out.BandHigh = *s.Band, *s.BandHigh
	}
	return out
}

func (r Range) json() LevelJSON {
	if !r.Applicable {
		return LevelJSON{}
	}
	low, high := RoundTo(r.Low, decimals), RoundTo(r.High, decimals)
	return LevelJSON{&low, &high}
}

func (l LevelJSON) plain() Range {
	if l.Low == nil || l.High == nil {
		return Range{}
	}
	return Range{Low: *l.Low, High: *l.High, Applicable: true}
}

func (p PillarResult) json() PillarJSON {
	return PillarJSON{p.ID, p.Score.JSON(), converted(p.Principles, PrincipleResult.json)}
}

func (p PillarJSON) result() PillarResult {
	return PillarResult{ID: p.ID, Score: p.Score(), Principles: converted(p.Principles, PrincipleJSON.result)}
}

func (p PrincipleResult) json() PrincipleJSON {
	return PrincipleJSON{p.ID, p.Range.json(), converted(p.Questions, QuestionResult.json)}
}

func (p PrincipleJSON) result() PrincipleResult {
	return PrincipleResult{ID: p.ID, Score: Score{Range: p.plain()}, Questions: converted(p.Questions, QuestionJSON.result)}
}

func (q QuestionResult) json() QuestionJSON { return QuestionJSON{q.ID, q.Range.json(), q.Risk} }

func (q QuestionJSON) result() QuestionResult {
	return QuestionResult{ID: q.ID, Score: Score{Range: q.plain()}, Risk: q.Risk}
}

func (t TradeoffResult) json() TradeoffJSON {
	return TradeoffJSON{ID: t.ID, State: t.State, Signals: Listed(t.Signals), Pulls: t.Pulls.json()}
}

func (t TradeoffJSON) result() TradeoffResult {
	return TradeoffResult{ID: t.ID, State: t.State, Signals: t.Signals, Pulls: t.Pulls.plain()}
}

func (p Pulls) json() (out PullsJSON) {
	for i, pull := range p {
		if pull.Applicable {
			out[i] = &RangeJSON{RoundTo(pull.Low, decimals), RoundTo(pull.High, decimals)}
		}
	}
	return out
}

func (p PullsJSON) plain() (out Pulls) {
	for i, pull := range p {
		if pull != nil {
			out[i] = Range{Low: pull.Low, High: pull.High, Applicable: true}
		}
	}
	return out
}

// MarshalJSON writes the pulls as PullsJSON.
func (p Pulls) MarshalJSON() ([]byte, error) { return json.Marshal(p.json()) }

// UnmarshalJSON reads what MarshalJSON wrote.
func (p *Pulls) UnmarshalJSON(data []byte) error {
	var in PullsJSON
	err := json.Unmarshal(data, &in)
	*p = in.plain()
	return err
}

// rounded returns the row with a gain of four decimals.
func (r Recommendation) rounded() Recommendation {
	r.Gain, r.Tradeoffs = RoundTo(r.Gain, decimals), Listed(r.Tradeoffs)
	return r
}

func converted[From, To any](list []From, convert func(From) To) []To {
	out := make([]To, len(list))
	for i, one := range list {
		out[i] = convert(one)
	}
	return out
}
