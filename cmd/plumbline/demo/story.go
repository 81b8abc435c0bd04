package demo

import (
	_ "embed"
	"fmt"

	yaml "go.yaml.in/yaml/v4"
)

//go:embed story.yaml
var storyText []byte

func readStory() (story, error) {
	var s story
	if err := yaml.Unmarshal(storyText, &s); err != nil {
		return s, fmt.Errorf("read the story: %w", err)
	}
	return s, nil
}

// story is what the example team did, as story.yaml tells it.
type story struct {
	People map[string]struct {
		Name  string `yaml:"name"`
		Email string `yaml:"email"`
	} `yaml:"people"`
	Workloads []workload `yaml:"workloads"`
}

type workload struct {
	Name        string             `yaml:"name"`
	Description string             `yaml:"description"`
	Owner       string             `yaml:"owner"`
	Environment string             `yaml:"environment"`
	Tags        []string           `yaml:"tags"`
	Priorities  map[string]float64 `yaml:"priorities"`
	Steps       []step             `yaml:"steps"`
}

type step struct {
	DaysAgo       int                 `yaml:"days_ago"`
	By            string              `yaml:"by"`
	Priorities    map[string]float64  `yaml:"priorities"`
	Adopted       string              `yaml:"adopted"`
	Partial       string              `yaml:"partial"`
	Absent        string              `yaml:"absent"`
	NotApplicable map[string]string   `yaml:"not_applicable"`
	Notes         map[string]string   `yaml:"notes"`
	Evidence      map[string]link     `yaml:"evidence"`
	Decisions     []decision          `yaml:"decisions"`
	Plan          map[string]planItem `yaml:"plan"`
	Snapshot      *struct {
		Title string `yaml:"title"`
		Note  string `yaml:"note"`
	} `yaml:"snapshot"`
}

type link struct {
	Title string `yaml:"title"`
	URL   string `yaml:"url"`
}

type decision struct {
	Tradeoff    string `yaml:"tradeoff"`
	Choice      string `yaml:"choice"`
	Rationale   string `yaml:"rationale"`
	Owner       string `yaml:"owner"`
	Mitigations int    `yaml:"mitigations"` // how many of the tradeoff's own
	RevisitIn   int    `yaml:"revisit_in"`  // days after the decision
}

type planItem struct {
	Owner string `yaml:"owner"`
	DueIn int    `yaml:"due_in"` // days after the step
	URL   string `yaml:"url"`
}
