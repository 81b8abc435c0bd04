package assessment

// Questionnaire is one version of the content that a workload is reviewed against: pillars > principles > questions >
// practices, plus the tradeoffs between them.
//
// Its JSON form is the questionnaire file of format QuestionnaireFormat. Weights are always filled in (a reader applies
// the defaults). What came after the first release is left out where it has its default, so that the JSON of an older
// questionnaire stays what it was.
type Questionnaire struct {
	Format        string     `json:"format,omitempty"` // only in snapshots, where the questionnaire is a file of its own
	ID            string     `json:"id"`
	Version       string     `json:"version"`
	Title         string     `json:"title"`
	Summary       string     `json:"summary,omitempty"`
	Source        Source     `json:"source,omitzero"`
	Scoring       Scoring    `json:"scoring,omitempty"`
	SharesIDsWith []string   `json:"shares_ids_with,omitempty"` // ids of questionnaires in which an equal practice id means the same
	Facets        []Facet    `json:"facets,omitempty"`
	Bands         []Band     `json:"bands"`
	Pillars       []Pillar   `json:"pillars"`
	Tradeoffs     []Tradeoff `json:"tradeoffs,omitempty"`
}

// QuestionnaireFormat is the first line's value of every questionnaire file.
const QuestionnaireFormat = "plumbline.questionnaire/1"

// Canonical returns the canonical JSON that the questionnaire is stored and named by: without the line format, with or
// without which it is the same.
func (q *Questionnaire) Canonical() ([]byte, error) {
	plain := *q
	plain.Format = ""
	return Canonical(&plain)
}

// Edition returns the id and the version of the questionnaire.
func (q *Questionnaire) Edition() Edition { return Edition{q.ID, q.Version} }

// Scoring says how the score of a level follows from what is below it.
type Scoring string

// The rules. The empty one is ScoreLevels.
const (
	ScoreLevels  Scoring = "levels"  // each level is the mean of its children by their own weights
	ScoreWeights Scoring = "weights" // each practice counts by its own weight, whatever principle it belongs to
)

// Facet is a question about the workload, answered with yes or no, that decides which practices are asked.
type Facet struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Help  string `json:"help,omitempty"`
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
	ID                string              `json:"id"`
	Title             string              `json:"title"`
	Help              string              `json:"help,omitempty"`
	Risk              Level               `json:"risk,omitempty"` // empty where it is not rated
	Weight            float64             `json:"weight"`
	Effort            Effort              `json:"effort,omitempty"`      // empty where it is not rated
	AppliesWhen       Expression          `json:"applies_when,omitzero"` // over facets alone; zero where it always applies
	Aka               []string            `json:"aka,omitempty"`         // words to find it by
	Related           []string            `json:"related,omitempty"`     // ids of practices
	SameSince         string              `json:"same_since,omitempty"`  // version since which it means the same
	DependsOn         []string            `json:"depends_on,omitempty"`  // facts of the workload whose change asks to confirm the answer
	References        map[string][]string `json:"references,omitempty"`  // places in other frameworks, by the framework
	Advice            string              `json:"advice,omitempty"`
	Links             []Link              `json:"links,omitempty"`
	NotApplicableWhen string              `json:"not_applicable_when,omitempty"`
	Source            []string            `json:"source,omitempty"`
}

// Rated reports whether somebody said what it means when the practice is missing.
func (p *Practice) Rated() bool { return p.Risk != "" }

// CountedRisk is the risk that the practice counts with: medium where it is not rated.
func (p *Practice) CountedRisk() Level {
	if p.Rated() {
		return p.Risk
	}
	return Medium
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
	Source      []string `json:"source,omitempty"`
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
	Kind SignalKind `json:"kind,omitempty"`
	Says string     `json:"says"`
}

// SignalKind tells what a signal points at.
type SignalKind string

// The kinds. The empty one is Tension.
const (
	Tension   SignalKind = "tension"    // both sides are pursued
	BlindSpot SignalKind = "blind_spot" // a side is pursued, and its guard is missing
)

// Blind reports whether the signal points at a blind spot.
func (s *Signal) Blind() bool { return s.Kind == BlindSpot }

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

// DefaultWeight is the weight of a practice that names none: high 5, medium 3, low 1, not rated 3.
func DefaultWeight(risk Level) float64 {
	switch risk {
	case High:
		return 5
	case Low:
		return 1
	default:
		return 3
	}
}

// days is the divisor of a gain in the improvement plan: S 1, M 3, L 8. Not rated counts as M.
func (e Effort) days() float64 {
	switch e {
	case EffortS:
		return 1
	case EffortL:
		return 8
	default:
		return 3
	}
}

// PartKind is what a part of a questionnaire is.
type PartKind string

// The kinds of parts, in the order in which they are listed.
const (
	PartFacet     PartKind = "facet"
	PartBand      PartKind = "band"
	PartPillar    PartKind = "pillar"
	PartPrinciple PartKind = "principle"
	PartQuestion  PartKind = "question"
	PartPractice  PartKind = "practice"
	PartTradeoff  PartKind = "tradeoff"
)

// PartKinds returns every kind of part.
func PartKinds() []PartKind {
	return []PartKind{PartFacet, PartBand, PartPillar, PartPrinciple, PartQuestion, PartPractice, PartTradeoff}
}
