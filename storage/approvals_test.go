package storage

import (
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

func TestApproval(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	taken := must(b.TakeSnapshot(ctx, b.actor, b.id, "First", ""))(t)
	if _, ok, err := b.Approval(ctx, taken.ID); ok || err != nil {
		t.Errorf("approved before it was: %v, %v", ok, err)
	}
	made := must(b.ApproveSnapshot(ctx, b.actor, taken.ID, " Fine. "))(t)
	want := assessment.Approval{Snapshot: taken.ID, Account: b.actor.User.ID, Person: "Ada", At: b.clock.Now(), Note: "Fine."}
	if made != want {
		t.Errorf("got %+v, want %+v", made, want)
	}
	entry := access.AuditEntry{Team: b.team.ID, Action: assessment.EventApproved, SubjectKind: "snapshot", Subject: taken.ID, Assessment: b.id}
	b.wantLog(t, entry)
	events := b.events(t)
	if last := events[len(events)-1]; last.Kind != assessment.EventApproved || last.Subject != taken.ID {
		t.Errorf("the last event is %+v", last)
	}

	before := b.log(t)
	if again := must(b.ApproveSnapshot(ctx, b.actor, taken.ID, "Other words"))(t); again != made || b.log(t) != before {
		t.Errorf("approving again changed something: %+v", again)
	}
	_, err := b.ApproveSnapshot(ctx, b.join(t, "grace@example.org", access.Lead), taken.ID, "")
	wantCode(t, err, assessment.Conflict)
	if got, ok, err := b.Approval(ctx, taken.ID); got != want || !ok || err != nil {
		t.Errorf("got %+v, %v, %v", got, ok, err)
	}
	if got := must(b.Approvals(ctx, b.id))(t); len(got) != 1 || got[taken.ID] != want {
		t.Errorf("got %+v", got)
	}

	wantCode(t, b.WithdrawApproval(ctx, b.actor, taken.ID, made.At.Add(-time.Minute)), assessment.Conflict)
	check(t, b.WithdrawApproval(ctx, b.actor, taken.ID, made.At))
	entry.Action = assessment.EventApprovalWithdrawn
	b.wantLog(t, entry)
	wantCode(t, b.WithdrawApproval(ctx, b.actor, taken.ID, made.At), assessment.NotFound)
	must(b.ApproveSnapshot(ctx, b.actor, taken.ID, ""))(t)
}

func TestApprovalIsRefused(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	taken := must(b.TakeSnapshot(ctx, b.actor, b.id, "First", ""))(t)
	_, err := b.ApproveSnapshot(ctx, b.actor, "none", "")
	wantCode(t, err, assessment.NotFound)
	_, err = b.ApproveSnapshot(ctx, b.actor, taken.ID, strings.Repeat("x", assessment.MaxReason+1))
	wantField(t, err, assessment.Invalid, "note")
	_, err = b.ApproveSnapshot(ctx, access.Actor{User: access.User{ID: "nobody", Name: "N"}}, taken.ID, "")
	wantCode(t, err, assessment.NotFound)
	if _, ok, err := b.Approval(ctx, taken.ID); ok || err != nil {
		t.Errorf("approved after refusals: %v, %v", ok, err)
	}
}
