package assessment

// Range is a score as an interval on 0–100 at full precision: Low counts every unanswered practice as absent, High as
// adopted. Where nothing is applicable there is no score: Applicable is false and both ends are 0.
type Range struct {
	Low        float64
	High       float64
	Applicable bool
}

// Open reports whether answers can still change the score.
func (r Range) Open() bool { return r.Applicable && r.Low != r.High }

// Score is the range of one level with its bands and its progress.
type Score struct {
	Range
	Band       string // id of the band of Low; empty where nothing is applicable
	BandHigh   string // id of the band of High
	Answered   int    // practices with a status other than unanswered and not_applicable
	Applicable int    // practices that are not not_applicable, nor out of scope
	Total      int    // all practices of the level that are in scope
}

// Result is everything that follows from a questionnaire, priorities and answers. Slices that mirror the questionnaire
// are in its order.
type Result struct {
	Questionnaire   Edition
	Overall         Score // its counts include pillars of priority 0, its range does not
	Pillars         []PillarResult
	Findings        []Finding // in rank order; nil where only scores were asked for
	Unknown         Counts    // unanswered practices by their risk
	OutOfScope      []string  // practices that the facets leave out
	Tradeoffs       []TradeoffResult
	Recommendations []Recommendation // in rank order; nil where only scores were asked for

	evaluation *evaluation // what it was computed from, for Current.Worst; only from ScoreState
}

// Edition names a questionnaire and its version.
type Edition struct {
	ID      string `json:"id"`
	Version string `json:"version"`
}

// PillarResult is the score of one pillar.
type PillarResult struct {
	ID string
	Score
	Principles []PrincipleResult
	Findings   Counts // by severity; not part of the JSON, as Unknown
	Unknown    Counts // unanswered practices by their risk
}

// PrincipleResult is the score of one principle.
type PrincipleResult struct {
	ID string
	Score
	Questions []QuestionResult
}

// QuestionResult is the score and the risk of one question.
type QuestionResult struct {
	ID string
	Score
	// Risk is the worst of the question's findings, none if there is none (unanswered practices are not findings). A
	// question with risk rules has the risk of the first that holds; it is unknown where none holds, and while none
	// of its practices has a status.
	Risk Level
}

// Counts counts by level.
type Counts struct {
	High   int `json:"high"`
	Medium int `json:"medium"`
	Low    int `json:"low"`
}

// Finding is a practice that is absent or partial, with its severity: high, medium or low.
type Finding struct {
	Practice string
	Severity Level   // what it counts as where it is not rated
	Gain     float64 // points, see Recommendation
	NotRated bool
}

// TradeoffState says how real a tradeoff is.
type TradeoffState string

// The states.
const (
	Live     TradeoffState = "live"     // a signal is true
	Possible TradeoffState = "possible" // none is true, one is unknown
	Quiet    TradeoffState = "quiet"    // all are false
)

// TradeoffResult is the state of one tradeoff.
type TradeoffResult struct {
	ID      string
	State   TradeoffState
	Signals []int // indices of the true signals, ascending, never nil
	Pulls   Pulls // of both sides, 0–100
	// NotApplicable says that a side has only practices that are out of scope. The state is Quiet then.
	NotApplicable bool
}

// Recommendation is a row of the improvement plan: a practice that is absent, partial or unanswered.
type Recommendation struct {
	Practice string
	Gain     float64 // points of the overall low if it were adopted
	// Severity is that of the finding, the risk of an unanswered practice, none for a partial one of low risk. A practice
	// that is not rated counts as one of medium risk.
	Severity  Level
	NotRated  bool
	Effort    Effort   // empty where it is not rated
	Tradeoffs []string // ids of those whose state or true signals would change, in order; never nil
}

// Add counts one more of the level; other levels than high, medium and low are not counted.
func (c *Counts) Add(level Level) {
	switch level {
	case High:
		c.High++
	case Medium:
		c.Medium++
	case Low:
		c.Low++
	}
}

// Total returns the sum over the levels.
func (c Counts) Total() int { return c.High + c.Medium + c.Low }

// Plus returns the sum of both, level by level.
func (c Counts) Plus(other Counts) Counts {
	return Counts{c.High + other.High, c.Medium + other.Medium, c.Low + other.Low}
}

// Minus returns the difference, level by level.
func (c Counts) Minus(other Counts) Counts {
	return Counts{c.High - other.High, c.Medium - other.Medium, c.Low - other.Low}
}
