package assessment

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"
)

// snapshotFormat is the format of a snapshot's document.
const snapshotFormat = "plumbline.snapshot/1"

// Snapshot is an immutable copy of an assessment with everything that its result depends on. Its document is its
// canonical JSON, its name the Hash of those bytes.
type Snapshot struct {
	Format        string           `json:"format"`
	Title         string           `json:"title"`
	Note          string           `json:"note"`
	TakenAt       time.Time        `json:"taken_at"`
	TakenBy       string           `json:"taken_by"` // name of the person
	Sequence      int              `json:"sequence"` // 1 for the first of its assessment
	Previous      string           `json:"previous"` // Hash of the one before; empty for the first
	Assessment    string           `json:"assessment"`
	Workload      SnapshotWorkload `json:"workload"`
	Questionnaire *Questionnaire   `json:"questionnaire"`
	Priorities    Priorities       `json:"priorities"`
	Facets        Facets           `json:"facets,omitempty"` // those of the questionnaire that something was said about
	Answers       Answers          `json:"answers"`
	Decisions     []Decision       `json:"decisions"` // by tradeoff id
	Plan          []PlanItem       `json:"plan"`      // by practice id
	Result        *Result          `json:"result"`
}

// SnapshotWorkload is the workload as it was.
type SnapshotWorkload struct {
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Owner       string   `json:"owner"`
	Environment string   `json:"environment"`
	Tags        []string `json:"tags"`
}

// NewSnapshot returns a snapshot of the state with its complete result. Previous is the Hash of the one before in the
// same assessment; sequence counts from 1.
func NewSnapshot(state *State, m *Model, title, note, by string, at time.Time, previous string, sequence int) *Snapshot {
	answers := state.Plain()
	priorities := maps.Clone(state.Priorities)
	if priorities == nil {
		priorities = Priorities{}
	}
	facets := state.Facets.Of(m)
	questionnaire := *m.Questionnaire()
	questionnaire.Format = QuestionnaireFormat
	w := state.Workload
	return &Snapshot{
		Format:     snapshotFormat,
		Title:      title,
		Note:       note,
		TakenAt:    at.UTC().Round(0),
		TakenBy:    by,
		Sequence:   sequence,
		Previous:   previous,
		Assessment: state.ID,
		Workload: SnapshotWorkload{
			ID: w.ID, Name: w.Name, Description: w.Description, Owner: w.Owner, Environment: w.Environment,
			Tags: Listed(slices.Clone(w.Tags)),
		},
		Questionnaire: &questionnaire,
		Priorities:    priorities,
		Facets:        facets,
		Answers:       answers,
		Decisions:     sortedDecisions(state.Decisions),
		Plan:          sortedPlan(state.Plan),
		Result:        m.Evaluate(answers, priorities, facets),
	}
}

func sortedDecisions(decisions map[string]Decision) []Decision {
	sorted := make([]Decision, 0, len(decisions))
	for _, decision := range decisions {
		decision.Signals = Listed(decision.Signals)
		decision.At = decision.At.UTC().Round(0)
		sorted = append(sorted, decision)
	}
	slices.SortFunc(sorted, func(a, b Decision) int { return cmp.Compare(a.Tradeoff, b.Tradeoff) })
	return sorted
}

func sortedPlan(plan map[string]PlanItem) []PlanItem {
	sorted := slices.AppendSeq(make([]PlanItem, 0, len(plan)), maps.Values(plan))
	slices.SortFunc(sorted, func(a, b PlanItem) int { return cmp.Compare(a.Practice, b.Practice) })
	return sorted
}

// Canonical returns the document of the snapshot.
func (s *Snapshot) Canonical() ([]byte, error) { return Canonical(s) }

// ReadSnapshot reads a document strictly: one JSON object of the snapshotFormat without unknown keys outside its result.
// The result is as complete as that of NewSnapshot, with scores of four decimals. The error is an *Error with code
// Invalid.
func ReadSnapshot(document []byte) (*Snapshot, error) {
	decoder := json.NewDecoder(bytes.NewReader(document))
	decoder.DisallowUnknownFields()
	var s Snapshot
	err := decoder.Decode(&s)
	if _, wrong := errors.AsType[*json.SyntaxError](err); wrong || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, Errorf(Invalid, "the file is not a snapshot: it is not JSON, or was changed")
	}
	if err != nil {
		return nil, Errorf(Invalid, "the file is not a snapshot: %s", clip(err.Error())) // which may hold what the file holds
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, Errorf(Invalid, "the file contains more than the snapshot")
	}
	if s.Format != snapshotFormat {
		return nil, InvalidField("format", fmt.Sprintf("expected %q, found %q", snapshotFormat, s.Format))
	}
	if s.Questionnaire == nil {
		return nil, InvalidField("questionnaire", "expected a questionnaire")
	}
	if s.Result == nil {
		return nil, InvalidField("result", "expected a result")
	}
	s.restore()
	return &s, nil
}
