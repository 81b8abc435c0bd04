package web

import (
	"encoding/json"
	"fmt"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"plumbline/assessment"
)

// apiScore is a score of one level. Where nothing is applicable, all but the counts are null.
type apiScore struct {
	Low        *float64 `json:"low" minimum:"0" maximum:"100" doc:"Every unanswered practice counted as missing"`
	High       *float64 `json:"high" minimum:"0" maximum:"100" doc:"Every unanswered practice counted as adopted"`
	Band       *string  `json:"band" doc:"Band of low"`
	BandHigh   *string  `json:"band_high" doc:"Band of high"`
	Answered   int      `json:"answered"`
	Applicable int      `json:"applicable"`
}

// apiPillarScore is the score of one pillar.
type apiPillarScore struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Low        *float64 `json:"low" minimum:"0" maximum:"100"`
	High       *float64 `json:"high" minimum:"0" maximum:"100"`
	Band       *string  `json:"band"`
	BandHigh   *string  `json:"band_high"`
	Answered   int      `json:"answered"`
	Applicable int      `json:"applicable"`
}

// apiResult is the result of an assessment, with the number of the last change that is in it.
type apiResult struct {
	Assessment      string              `json:"assessment"`
	Sequence        int64               `json:"sequence" doc:"Grows with every change of the assessment"`
	Questionnaire   assessment.Edition  `json:"questionnaire"`
	Overall         apiScore            `json:"overall"`
	Pillars         []apiPillar         `json:"pillars" nullable:"false"`
	Findings        []apiFinding        `json:"findings" nullable:"false" doc:"In rank order"`
	Unknown         assessment.Counts   `json:"unknown" doc:"Unanswered practices by their risk"`
	Tradeoffs       []apiTradeoff       `json:"tradeoffs" nullable:"false"`
	Recommendations []apiRecommendation `json:"recommendations" nullable:"false" doc:"In rank order"`
}

// apiPillar is the score of one pillar with its principles.
type apiPillar struct {
	ID         string         `json:"id"`
	Low        *float64       `json:"low" minimum:"0" maximum:"100"`
	High       *float64       `json:"high" minimum:"0" maximum:"100"`
	Band       *string        `json:"band"`
	BandHigh   *string        `json:"band_high"`
	Answered   int            `json:"answered"`
	Applicable int            `json:"applicable"`
	Principles []apiPrinciple `json:"principles" nullable:"false"`
}

// apiPrinciple is the score of one principle with its questions.
type apiPrinciple struct {
	ID        string        `json:"id"`
	Low       *float64      `json:"low" minimum:"0" maximum:"100"`
	High      *float64      `json:"high" minimum:"0" maximum:"100"`
	Questions []apiQuestion `json:"questions" nullable:"false"`
}

// apiQuestion is the score and the risk of one question.
type apiQuestion struct {
	ID   string   `json:"id"`
	Low  *float64 `json:"low" minimum:"0" maximum:"100"`
	High *float64 `json:"high" minimum:"0" maximum:"100"`
	Risk string   `json:"risk" enum:"high,medium,low,none,unknown"`
}

// apiFinding is a practice that is absent or partial.
type apiFinding struct {
	Practice string `json:"practice"`
	Severity string `json:"severity" enum:"high,medium,low"`
}

// apiTradeoff is the state of one tradeoff.
type apiTradeoff struct {
	ID      string                   `json:"id"`
	State   assessment.TradeoffState `json:"state" enum:"live,possible,quiet"`
	Signals []int                    `json:"signals" nullable:"false" doc:"Places of the true signals in the questionnaire, from 0"`
	Pulls   apiPulls                 `json:"pulls"`
}

// apiPulls is how much of both sides of a tradeoff is done.
type apiPulls []*apiRange

// apiRange is a score without its band.
type apiRange struct {
	Low  float64 `json:"low" minimum:"0" maximum:"100"`
	High float64 `json:"high" minimum:"0" maximum:"100"`
}

// Schema says that a side with nothing applicable has null.
func (apiPulls) Schema(r huma.Registry) *huma.Schema {
	side := &huma.Schema{AnyOf: []*huma.Schema{r.Schema(reflect.TypeFor[apiRange](), true, ""), {Type: "null"}}}
	return &huma.Schema{Type: huma.TypeArray, Items: side, Description: "How much of each side is done; null where nothing of it applies"}
}

// apiRecommendation is a row of the improvement plan.
type apiRecommendation struct {
	Practice  string   `json:"practice"`
	Gain      float64  `json:"gain" doc:"Points of the overall low if it were adopted"`
	Severity  string   `json:"severity" enum:"high,medium,low,none"`
	Effort    string   `json:"effort" enum:"S,M,L"`
	Tradeoffs []string `json:"tradeoffs" nullable:"false" doc:"Those that it would change"`
}

// apiComparison says what changed between two snapshots, and why the overall score moved.
type apiComparison struct {
	Before    apiOverall          `json:"before"`
	After     apiOverall          `json:"after"`
	Delta     float64             `json:"delta" doc:"The sum of scope and of the parts of all practices"`
	Scope     apiScope            `json:"scope"`
	Practices []apiPracticeChange `json:"practices" nullable:"false" doc:"Largest part first"`
	Pillars   []apiPillarChange   `json:"pillars" nullable:"false"`
	Tradeoffs []apiTradeoffChange `json:"tradeoffs" nullable:"false"`
	Added     []string            `json:"added" nullable:"false"`
	Removed   []string            `json:"removed" nullable:"false"`
	Reworded  []string            `json:"reworded" nullable:"false"`
}

// apiOverall is the overall low score of one side.
type apiOverall struct {
	Overall *float64 `json:"overall"`
}

// apiScope is the part of a change that comes from what was asked.
type apiScope struct {
	Questionnaire float64 `json:"questionnaire"`
	Priorities    float64 `json:"priorities"`
	Applicability float64 `json:"applicability"`
}

// apiPracticeChange is a practice with its part of a change.
type apiPracticeChange struct {
	ID     string  `json:"id"`
	Before string  `json:"before" enum:"adopted,partial,absent,not_applicable,unanswered"`
	After  string  `json:"after" enum:"adopted,partial,absent,not_applicable,unanswered"`
	Part   float64 `json:"part"`
}

// apiPillarChange is a pillar before and after.
type apiPillarChange struct {
	ID     string   `json:"id"`
	Before *float64 `json:"before"`
	After  *float64 `json:"after"`
}

// apiTradeoffChange is the state of a tradeoff before and after; null where a side does not have it.
type apiTradeoffChange struct {
	ID     string  `json:"id"`
	Before *string `json:"before"`
	After  *string `json:"after"`
}

// apiTeam names a team.
type apiTeam struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// shaped returns what the domain writes as JSON in the shape that the description of the API names.
func shaped[T any](value any) (shape T, err error) {
	text, err := json.Marshal(value)
	if err != nil {
		return shape, fmt.Errorf("write %T: %w", value, err)
	}
	if err := json.Unmarshal(text, &shape); err != nil {
		return shape, fmt.Errorf("read %T: %w", value, err)
	}
	return shape, nil
}

// momentOrNil returns a moment in UTC, nil for none.
func momentOrNil(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	at = at.UTC()
	return &at
}

// listed returns the list, empty instead of nil: JSON then says [] and not null.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
