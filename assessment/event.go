package assessment

import (
	"encoding/json"
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
