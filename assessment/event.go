package assessment

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Kinds of events.
const (
	EventAssessmentStarted = "assessment.started"
	EventWorkloadChanged   = "workload.changed"
	EventWorkloadArchived  = "workload.archived"
	EventWorkloadRestored  = "workload.restored"
	EventWorkloadMoved     = "workload.moved" // to another team
	EventPriorities        = "priorities.changed"
	EventFacets            = "facets.changed"
	EventMoved             = "assessment.moved"
	EventAnswer            = "answer.saved"
	EventTogether          = "answers.not_applicable" // many at once
	EventUndone            = "answers.undone"         // what was changed like that was put back
	EventDecision          = "decision.recorded"
	EventDecisionRemoved   = "decision.removed"
	EventPlan              = "plan.kept"
	EventPlanRemoved       = "plan.removed"
	EventSnapshot          = "snapshot.taken"
	EventApproved          = "snapshot.approved"
	EventApprovalWithdrawn = "snapshot.approval_withdrawn"
	EventReport            = "report.stored"
)

// Event is one change of an assessment. Events are never changed or removed; Sequence gives their order.
type Event struct {
	Sequence int64
	At       time.Time
	User     string // name
	Kind     string
	Subject  string // id of the practice, tradeoff, snapshot … that changed
	Before   json.RawMessage
	After    json.RawMessage
}

// EventFilter says which events to read: those of a subject, unless it is empty, with those that changed its answer
// together with others, that happened before a sequence, unless it is 0.
type EventFilter struct {
	Subject string
	Before  int64
	Limit   int
}

// Reversible reports whether what an event changed can be put back.
func (e *Event) Reversible() bool {
	switch e.Kind {
	case EventAnswer, EventTogether, EventUndone, EventDecision, EventDecisionRemoved, EventPlan, EventPlanRemoved, EventPriorities, EventFacets:
		return true
	}
	return false
}

// Holds reports whether what an event of a reversible kind set is still set; of answers that were changed together,
// whether one of them is.
func (c *Current) Holds(e *Event) (bool, error) {
	s := &c.State
	switch e.Kind {
	case EventAnswer:
		answer, err := ValueOf[Answer](e.After)
		return err == nil && s.Answer(e.Subject).Answer.Equal(answer), err
	case EventTogether, EventUndone:
		together, err := ValueOf[Together](e.After)
		return len(together.Standing(s)) > 0, err
	case EventDecision:
		return int64(s.Decisions[e.Subject].Version) == e.Sequence, nil
	case EventDecisionRemoved:
		_, recorded := s.Decisions[e.Subject]
		return !recorded, nil
	case EventPlan:
		return int64(s.Plan[e.Subject].Version) == e.Sequence, nil
	case EventPlanRemoved:
		_, kept := s.Plan[e.Subject]
		return !kept, nil
	case EventPriorities:
		priorities, err := ValueOf[Priorities](e.After)
		return err == nil && s.Priorities.Equal(priorities), err
	case EventFacets:
		facets, err := ValueOf[Facets](e.After)
		return err == nil && s.Facets.Of(c.Model).Equal(facets), err
	}
	return false, nil
}

// ValueOf reads what an event holds; nothing is the zero value.
func ValueOf[T any](held json.RawMessage) (value T, err error) {
	if len(held) == 0 {
		return value, nil
	}
	if err := json.Unmarshal(held, &value); err != nil {
		return value, fmt.Errorf("read what an event holds: %w", err)
	}
	return value, nil
}

// AnswerDetail says what an answer became, for the audit log: "absent → adopted", and which of the rest changed with it,
// "reason", "note" or "evidence".
func AnswerDetail(was, is Answer) string {
	var parts []string
	if was.Status != is.Status {
		parts = append(parts, was.Status.Word()+arrow+is.Status.Word())
	}
	if was.Reason != is.Reason {
		parts = append(parts, "reason")
	}
	if was.Note != is.Note {
		parts = append(parts, "note")
	}
	if !slices.Equal(was.Evidence, is.Evidence) {
		parts = append(parts, "evidence")
	}
	return strings.Join(parts, ", ")
}

// StatusesIn returns the statuses that a detail of AnswerDetail names with what else it says, and false where the status
// stayed.
func StatusesIn(detail string) (was, is Status, rest string, ok bool) {
	first, rest, _ := strings.Cut(detail, ", ")
	from, to, ok := strings.Cut(first, arrow)
	if !ok {
		return "", "", "", false
	}
	return statusOf(from), statusOf(to), rest, true
}

const arrow = " → "

func statusOf(word string) Status {
	if word == Unanswered.Word() {
		return Unanswered
	}
	return Status(word)
}
