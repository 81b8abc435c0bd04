package assessment

import "encoding/json"

// decimals is how many decimals scores have in JSON.
const decimals = 4

// ResultJSON is a Result as JSON: in documents of snapshots, on the command line and in the API. Scores have four
// decimals, and no list is nil.
type ResultJSON struct {
	Questionnaire   Edition              `json:"questionnaire"`
	Overall         ScoreJSON            `json:"overall"`
	Pillars         []PillarJSON         `json:"pillars" nullable:"false"`
	Findings        []FindingJSON        `json:"findings" nullable:"false" doc:"In rank order"`
	Unknown         Counts               `json:"unknown" doc:"Unanswered practices by their risk"`
	OutOfScope      []string             `json:"out_of_scope,omitzero" nullable:"false" doc:"Practices that the facets leave out; results of the first release do not have it"`
	Tradeoffs       []TradeoffJSON       `json:"tradeoffs" nullable:"false"`
	Recommendations []RecommendationJSON `json:"recommendations" nullable:"false" doc:"In rank order"`
}

// FindingJSON is a Finding.
type FindingJSON struct {
	Practice string `json:"practice"`
	Severity Level  `json:"severity" enum:"high,medium,low"`
	RatedJSON
}

// RatedJSON says that a practice is not rated; it is left out of one that is.
type RatedJSON struct {
	Rated *bool `json:"rated,omitempty" doc:"False where nobody rated the practice, and the severity is what it counts as"`
}

// RecommendationJSON is a Recommendation, with a gain of four decimals.
type RecommendationJSON struct {
	Practice string  `json:"practice"`
	Gain     float64 `json:"gain" doc:"Points of the overall low if it were adopted"`
	Severity Level   `json:"severity" enum:"high,medium,low,none"`
	RatedJSON
	Effort    *Effort  `json:"effort" enum:"S,M,L" doc:"Null where nobody rated it; it counts as M"`
	Tradeoffs []string `json:"tradeoffs" nullable:"false" doc:"Those that it would change"`
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
		Findings:        converted(r.Findings, Finding.json),
		Unknown:         r.Unknown,
		OutOfScope:      r.OutOfScope,
		Tradeoffs:       converted(r.Tradeoffs, TradeoffResult.json),
		Recommendations: converted(r.Recommendations, Recommendation.json),
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
		Findings:        converted(in.Findings, FindingJSON.result),
		Unknown:         in.Unknown,
		OutOfScope:      in.OutOfScope,
		Tradeoffs:       converted(in.Tradeoffs, TradeoffJSON.result),
		Recommendations: converted(in.Recommendations, RecommendationJSON.result),
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

func rated(not bool) RatedJSON {
	if not {
		return RatedJSON{new(bool)}
	}
	return RatedJSON{}
}

func (r RatedJSON) not() bool { return r.Rated != nil && !*r.Rated }

func (f Finding) json() FindingJSON { return FindingJSON{f.Practice, f.Severity, rated(f.NotRated)} }

func (f FindingJSON) result() Finding {
	return Finding{Practice: f.Practice, Severity: f.Severity, NotRated: f.not()}
}

func (r Recommendation) json() RecommendationJSON {
	out := RecommendationJSON{r.Practice, RoundTo(r.Gain, decimals), r.Severity, rated(r.NotRated), nil, Listed(r.Tradeoffs)}
	if r.Effort != "" {
		out.Effort = &r.Effort
	}
	return out
}

func (r RecommendationJSON) result() Recommendation {
	out := Recommendation{Practice: r.Practice, Gain: r.Gain, Severity: r.Severity, NotRated: r.not(), Tradeoffs: r.Tradeoffs}
	if r.Effort != nil {
		out.Effort = *r.Effort
	}
	return out
}

func converted[From, To any](list []From, convert func(From) To) []To {
	out := make([]To, len(list))
	for i, one := range list {
		out[i] = convert(one)
	}
	return out
}
