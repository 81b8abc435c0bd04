package assessment

// Questionnaire is one version of the content that a workload is reviewed against:
// pillars > principles > questions > practices, plus the tradeoffs between them.
//
// Its JSON form is the questionnaire file of format "plumbline.questionnaire/1" without the
// line `format`. Weights are always filled in (a reader applies the defaults).
type Questionnaire struct {
	ID        string     `json:"id"`
	Version   string     `json:"version"`
	Title     string     `json:"title"`
	Summary   string     `json:"summary,omitempty"`
	Source    Source     `json:"source,omitzero"`
	Bands     []Band     `json:"bands"`
	Pillars   []Pillar   `json:"pillars"`
	Tradeoffs []Tradeoff `json:"tradeoffs,omitempty"`
}

// Source names the document that the content was written from, and its licence.
type Source struct {
	Title   string `json:"title,omitempty"`
	URL     string `json:"url,omitempty"`
	Licence string `json:"licence,omitempty"`
}

// Band names a part of the 0–100 scale: it holds from From (inclusive) up to the next band.
type Band struct {
	ID    string  `json:"id"`
	Title string  `json:"title"`
	From  float64 `json:"from"`
}

// Pillar is the top level of a questionnaire, for example Reliability.
type Pillar struct {
	ID         string      `json:"id"`
	Title      string      `json:"title"`
	Summary    string      `json:"summary,omitempty"`
	Principles []Principle `json:"principles"`
}

// Principle is one design principle; it is shown as one page of the walk.
type Principle struct {
	ID        string     `json:"id"`
	Title     string     `json:"title"`
	Summary   string     `json:"summary,omitempty"`
	Source    []string   `json:"source,omitempty"`
	Weight    float64    `json:"weight"`
	Questions []Question `json:"questions"`
}

// Question groups the practices that answer it.
type Question struct {
	ID        string     `json:"id"`
	Title     string     `json:"title"`
	Help      string     `json:"help,omitempty"`
	Weight    float64    `json:"weight"`
	Practices []Practice `json:"practices"`
	RiskRules []RiskRule `json:"risk_rules,omitempty"`
}

// Practice is the smallest thing that is answered: one statement, one status.
type Practice struct {
	ID                string   `json:"id"`
	Title             string   `json:"title"`
	Help              string   `json:"help,omitempty"`
	Risk              Level    `json:"risk"`
	Weight            float64  `json:"weight"`
	Effort            Effort   `json:"effort"`
	Advice            string   `json:"advice,omitempty"`
	Links             []Link   `json:"links,omitempty"`
	NotApplicableWhen string   `json:"not_applicable_when,omitempty"`
	Source            []string `json:"source,omitempty"`
}

// Link points at a document; URL is http or https.
type Link struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

// RiskRule gives a question's risk where its condition is the first that holds.
type RiskRule struct {
	When Expression `json:"when"`
	Risk Level      `json:"risk"`
}

// Tradeoff is two qualities that pull against each other, with the answers that make the pull real.
type Tradeoff struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	Stated      bool     `json:"stated"`
	Summary     string   `json:"summary,omitempty"`
	Sides       [2]Side  `json:"sides"`
	Signals     []Signal `json:"signals"`
	Decide      string   `json:"decide,omitempty"`
	Mitigations []string `json:"mitigations,omitempty"`
}

// Side is one direction of a tradeoff.
type Side struct {
	Label     string   `json:"label"`
	Pillars   []string `json:"pillars"`
	Practices []string `json:"practices"`
}

// Signal is one condition of a tradeoff, with the sentence to show when it holds.
type Signal struct {
	When Expression `json:"when"`
	Says string     `json:"says"`
}

// Level is a risk or a severity.
type Level string

// The levels, worst first. A finding's severity is never none or unknown; a question's risk may be both.
const (
	High    Level = "high"
	Medium  Level = "medium"
	Low     Level = "low"
	None    Level = "none"
	Unknown Level = "unknown"
)

// Effort is the size of the work to adopt a practice: S days, M weeks, L a quarter.
type Effort string

// The sizes of effort.
const (
	EffortS Effort = "S"
	EffortM Effort = "M"
	EffortL Effort = "L"
)

// DefaultWeight is the weight of a practice that names none: high 5, medium 3, low 1.
func DefaultWeight(risk Level) float64 {
	switch risk {
	case High:
		return 5
	case Medium:
		return 3
	default:
		return 1
	}
}

// days is the divisor of a gain in the improvement plan: S 1, M 3, L 8.
func (e Effort) days() float64 {
	switch e {
	case EffortM:
		return 3
	case EffortL:
		return 8
	default:
		return 1
	}
}
