package storage

import (
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

func (b *bench) report(t testing.TB) assessment.ReportInfo {
	t.Helper()
	taken := must(b.TakeSnapshot(t.Context(), b.actor, b.id, "First", ""))(t)
	return must(b.SaveReport(t.Context(), b.actor, assessment.Report{Kind: assessment.ReportSnapshot, Snapshot: taken.ID,
		Media: "application/pdf", FileName: "r.pdf", Renderer: "1", Document: []byte("%PDF")}))(t)
}

func (b *bench) share(t testing.TB, report, hash string) access.Share {
	t.Helper()
	seen := len(must(b.Shares(t.Context(), report))(t))
	shares, made, err := b.CreateShareOnce(t.Context(), b.actor,
		access.Share{Report: report, Hash: hash, ExpiresAt: b.clock.Now().Add(time.Hour)}, seen)
	if err != nil || made == nil || *made != shares[0] || len(shares) != seen+1 {
		t.Fatalf("created %+v, %d links, %v", made, len(shares), err)
	}
	return shares[0]
}

// TestCreateShareOnceAtOnce sends the same form several times at once: one link comes of it, and all are told of it.
func TestCreateShareOnceAtOnce(t *testing.T) {
	b := newBench(t)
	report := b.report(t)
	var created atomic.Int32
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			shares, made, err := b.CreateShareOnce(t.Context(), b.actor,
				access.Share{Report: report.ID, Hash: strconv.Itoa(i), ExpiresAt: b.clock.Now().Add(time.Hour)}, 0)
			if err != nil || len(shares) != 1 {
				t.Errorf("%d links, %v", len(shares), err)
			}
			if made != nil {
				created.Add(1)
			}
		})
	}
	all.Wait()
	if n := created.Load(); n != 1 || len(must(b.Shares(t.Context(), report.ID))(t)) != 1 {
		t.Errorf("%d requests made a link, want 1", n)
	}
}

// TestRepeatedShare sends the same request again: its link comes back for a while, and nobody else's.
func TestRepeatedShare(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	report := b.report(t)
	first := b.share(t, report.ID, "h")
	b.share(t, report.ID, "other")
	again := access.Share{Report: report.ID, Hash: "h", ExpiresAt: b.clock.Now().Add(time.Hour)}
	shares, made, err := b.CreateShareOnce(ctx, b.actor, again, 0)
	if err != nil || made == nil || made.ID != first.ID || len(shares) != 2 {
		t.Errorf("got %+v of %d, %v, want the first of 2", made, len(shares), err)
	}
	b.clock.move(access.RepeatLimit)
	if _, made, err = b.CreateShareOnce(ctx, b.actor, again, 0); err != nil || made != nil {
		t.Errorf("later: got %+v, %v, want none", made, err)
	}
}

func TestShare(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	report := b.report(t)
	made := b.share(t, report.ID, "h")
	entry := access.AuditEntry{Team: b.team.ID, Action: access.AuditShareCreated, SubjectKind: "share", Subject: made.ID,
		Detail: "report " + report.ID, Assessment: b.id}
	b.wantLog(t, entry)

	for _, address := range []string{"192.0.2.1", "192.0.2.2"} {
		b.clock.move(time.Minute)
		if got := must(b.UseShare(ctx, "h", address, "Browser"))(t); got != report {
			t.Errorf("got %+v, want %+v", got, report)
		}
	}
	entry.Action = access.AuditShareUsed
	b.wantLog(t, entry)
	if got := b.log(t); got.Account != "" || got.Address != "192.0.2.2" {
		t.Errorf("the log says %+v", got)
	}
	want := access.Share{ID: made.ID, Report: report.ID, CreatedBy: "Ada", CreatedAt: made.CreatedAt, ExpiresAt: made.ExpiresAt,
		Uses: 2, LastUsedAt: b.clock.Now()}
	if got := must(b.Shares(ctx, report.ID))(t); len(got) != 1 || got[0] != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	uses := must(b.ShareUses(ctx, report.ID, made.ID, 1))(t)
	if len(uses) != 1 || uses[0] != (access.ShareUse{At: b.clock.Now(), Address: "192.0.2.2", Agent: "Browser"}) {
		t.Errorf("got %+v", uses)
	}
	if got := must(b.ShareUses(ctx, "other", made.ID, 1))(t); len(got) != 0 {
		t.Errorf("got %+v for another report", got)
	}
}

func TestShareEnds(t *testing.T) {
	tests := []struct {
		name string
		do   func(b *bench, t *testing.T, share access.Share) error
		want assessment.Code
	}{
		{"nothing happens", func(*bench, *testing.T, access.Share) error { return nil }, ""},
		{"revoked", func(b *bench, t *testing.T, share access.Share) error {
			return b.RevokeShare(t.Context(), b.actor, share.Report, share.ID)
		}, assessment.NotFound},
		{"almost expired", func(b *bench, _ *testing.T, _ access.Share) error { b.clock.move(time.Hour - 1000); return nil }, ""},
		{"expired", func(b *bench, _ *testing.T, _ access.Share) error { b.clock.move(time.Hour); return nil }, assessment.NotFound},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			made := b.share(t, b.report(t).ID, "h")
			check(t, tt.do(b, t, made))
			before := b.log(t)
			_, info, err := b.SharedReport(t.Context(), "h")
			wantCode(t, err, tt.want)
			if (info.ID == made.Report) != (tt.want == "") || b.log(t) != before {
				t.Errorf("looking at it gives %+v, and the log says %+v", info, b.log(t))
			}
			_, err = b.UseShare(t.Context(), "h", "", "")
			wantCode(t, err, tt.want)
			if noted := b.log(t) != before; noted != (tt.want == "") {
				t.Errorf("the use was noted: %v", noted)
			}
		})
	}
}

func TestShareIsRefused(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	report := b.report(t)
	_, err := b.UseShare(ctx, "unknown", "", "")
	wantCode(t, err, assessment.NotFound)
	_, _, err = b.CreateShareOnce(ctx, b.actor, access.Share{Report: "none", Hash: "h", ExpiresAt: b.clock.Now().Add(time.Hour)}, 0)
	wantCode(t, err, assessment.NotFound)
	for _, end := range []time.Time{{}, b.clock.Now(), b.clock.Now().Add(access.MaxLife + 1)} {
		_, _, err = b.CreateShareOnce(ctx, b.actor, access.Share{Report: report.ID, Hash: "h", ExpiresAt: end}, 0)
		wantField(t, err, assessment.Invalid, "expires_at")
	}
	made := b.share(t, report.ID, "h")
	wantCode(t, b.RevokeShare(ctx, b.actor, "other", made.ID), assessment.NotFound)
	wantCode(t, b.RevokeShare(ctx, b.actor, report.ID, "none"), assessment.NotFound)
	check(t, b.RevokeShare(ctx, b.actor, report.ID, made.ID))
	before := b.log(t)
	check(t, b.RevokeShare(ctx, b.actor, report.ID, made.ID))
	if got := b.log(t); got != before {
		t.Errorf("the log says %+v of what happened before", got)
	}
}

// TestUpgradeEndsLinksOfMovedWorkloads ends the link that the former team made, at the time of the move; the one that the
// new team made goes on.
func TestUpgradeEndsLinksOfMovedWorkloads(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	report := b.report(t)
	former := b.share(t, report.ID, "former")
	b.clock.move(time.Minute)
	w := b.current(t).State.Workload
	beta := must(b.CreateTeam(ctx, access.Actor{}, "Beta"))(t)
	must(b.MoveWorkload(ctx, access.Actor{}, w.ID, w.Version, beta.ID))(t)
	moved := b.now()
	b.clock.move(time.Minute)
	b.share(t, report.ID, "theirs")
	b.earlier(t, "UPDATE share_link SET revoked_at = NULL WHERE id = '"+former.ID+"'")
	for hash, code := range map[string]assessment.Code{"former": assessment.NotFound, "theirs": ""} {
		_, _, err := b.SharedReport(ctx, hash)
		wantCode(t, err, code)
	}
	for _, one := range must(b.Shares(ctx, report.ID))(t) {
		if want := map[bool]time.Time{true: moved}[one.ID == former.ID]; !one.RevokedAt.Equal(want) {
			t.Errorf("%+v ended at %v, want %v", one, one.RevokedAt, want)
		}
	}
}
