package demo

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"plumbline/assessment"
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
	Facets        assessment.Facets   `yaml:"facets"` // those that change
	Priorities    map[string]float64  `yaml:"priorities"`
	Adopted       string              `yaml:"adopted"`
	Partial       string              `yaml:"partial"`
	Absent        string              `yaml:"absent"`
	NotApplicable map[string]string   `yaml:"not_applicable"`
	Notes         map[string]string   `yaml:"notes"`
	Evidence      []document          `yaml:"evidence"`
	Decisions     []decision          `yaml:"decisions"`
	Plan          map[string]planItem `yaml:"plan"`
	Snapshot      *struct {
		Title string `yaml:"title"`
		Note  string `yaml:"note"`
	} `yaml:"snapshot"`
	Approves string `yaml:"approves"` // the note on the approval of the newest snapshot
}

// answers returns what the step says about practices, whole: nothing of an earlier answer is left.
func (s step) answers() (map[string]assessment.Answer, error) {
	answers := map[string]assessment.Answer{}
	for status, practices := range map[assessment.Status]string{
		assessment.Adopted: s.Adopted, assessment.Partial: s.Partial, assessment.Absent: s.Absent,
		assessment.NotApplicable: strings.Join(slices.Collect(maps.Keys(s.NotApplicable)), " "),
	} {
		for practice := range strings.FieldsSeq(practices) {
			if _, known := answers[practice]; known {
				return nil, fmt.Errorf("practice %s is answered twice", practice)
			}
			answers[practice] = assessment.Answer{Status: status, Reason: s.NotApplicable[practice], Note: s.Notes[practice]}
		}
	}
	for practice := range s.Notes {
		if _, known := answers[practice]; !known {
			return nil, fmt.Errorf("a note on %s without an answer", practice)
		}
	}
	for _, d := range s.Evidence {
		for practice := range strings.FieldsSeq(d.For) {
			answer, known := answers[practice]
			if !known {
				return nil, fmt.Errorf("evidence for %s without an answer", practice)
			}
			answer.Evidence = append(answer.Evidence, assessment.Link{Title: d.Title, URL: d.URL})
			answers[practice] = answer
		}
	}
	return answers, nil
}

// document is evidence for several practices.
type document struct {
	Title string `yaml:"title"`
	URL   string `yaml:"url"`
	For   string `yaml:"for"`
}

type decision struct {
	Tradeoff    string   `yaml:"tradeoff"`
	Choice      string   `yaml:"choice"`
	Rationale   string   `yaml:"rationale"`
	Owner       string   `yaml:"owner"`
	Mitigations []string `yaml:"mitigations"`
	RevisitIn   int      `yaml:"revisit_in"` // days after the decision
}

type planItem struct {
	Owner string `yaml:"owner"`
	DueIn int    `yaml:"due_in"` // days after the step
	URL   string `yaml:"url"`
}
