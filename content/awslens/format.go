package awslens

// The lens as JSON, its keys in the order in which lenses have them.

const schemaVersion = "2021-11-01"

type lensFile struct {
	SchemaVersion string       `json:"schemaVersion"`
	Name          string       `json:"name"`
	Description   string       `json:"description"`
	Version       string       `json:"_version,omitempty"`
	Pillars       []lensPillar `json:"pillars"`
}

type lensPillar struct {
	ID          string         `json:"id"`
	Name        string         `json:"name"`
	Description string         `json:"description,omitempty"`
	Questions   []lensQuestion `json:"questions"`
}

type lensQuestion struct {
	ID              string        `json:"id"`
	Title           string        `json:"title"`
	Description     string        `json:"description"`
	HelpfulResource *lensResource `json:"helpfulResource,omitempty"`
	URL             string        `json:"url,omitempty"`
	Choices         []lensChoice  `json:"choices"`
	RiskRules       []lensRule    `json:"riskRules"`
}

type lensChoice struct {
	ID                  string           `json:"id,omitempty"`
	Title               string           `json:"title,omitempty"`
	Description         string           `json:"description,omitempty"`
	HelpfulResource     *lensResource    `json:"helpfulResource,omitempty"`
	ImprovementPlan     *lensResource    `json:"improvementPlan,omitempty"`
	AdditionalResources []lensAdditional `json:"additionalResources,omitempty"`
}

type lensResource struct {
	DisplayText string `json:"displayText"`
	URL         string `json:"url,omitempty"`
}

type lensAdditional struct {
	Type    string         `json:"type"`
	Content []lensResource `json:"content"`
}

type lensRule struct {
	Condition string `json:"condition"`
	Risk      string `json:"risk"`
}

// The types of additional resources.
const (
	helpfulResource = "HELPFUL_RESOURCE"
	improvementPlan = "IMPROVEMENT_PLAN"
)

// noneTitle is the title of the choice that says that no other one holds.
const noneTitle = "None of these"

// filler stands where AWS wants a text and there is none.
const filler = "-"
