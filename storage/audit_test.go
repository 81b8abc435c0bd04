package storage

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

func (b *bench) audits(t testing.TB, filter access.AuditFilter) []access.AuditEntry {
	t.Helper()
	return must(b.Audit(t.Context(), filter))(t)
}

func everything() access.AuditFilter {
	return access.AuditFilter{Teams: access.TeamScope{All: true}, Limit: 1000}
}

// TestEveryChangeIsLogged runs each change there is and names the last line of the log after it.
func TestEveryChangeIsLogged(t *testing.T) {
	b := newBench(t)
	createAdmin(t, b.Store, "root@example.org")
	ctx := t.Context()
	b.actor.Address = "192.0.2.9"
	me := b.actor.User.ID
	soon := b.clock.Now().Add(time.Hour)
	grace := b.join(t, "grace@example.org", "").User.ID
	started := must(b.Workload(ctx, b.current(t).State.Workload.ID))(t)
	taken := must(b.TakeSnapshot(ctx, b.actor, b.id, "First", ""))(t)
	none := func(_ any, err error) error { return err }
	steps := []struct {
		do            func() error
		action, about string
		team          bool // is told to the team
	}{
		{func() error { return none(b.SaveAnswer(ctx, b.actor, b.id, saveOf("p1", 0, assessment.Adopted))) }, assessment.EventAnswer, "practice p1", true},
		{func() error {
			return none(b.SaveAnswer(ctx, b.actor, b.id, saveOf("p2", 0, assessment.Absent)))
		}, assessment.EventAnswer, "practice p2", true},
		{func() error { return none(b.SaveDecision(ctx, b.actor, b.id, decision())) }, assessment.EventDecision, "tradeoff t01", true},
		{func() error {
			return none(b.DeleteDecision(ctx, b.actor, b.id, "t01", b.current(t).State.Decisions["t01"].Version))
		}, assessment.EventDecisionRemoved, "tradeoff t01", true},
		{func() error { return none(b.KeepPlanItems(ctx, b.actor, b.id, []string{"p3"})) }, assessment.EventPlan, "practice p3", true},
		{func() error {
			return none(b.DeletePlanItem(ctx, b.actor, b.id, "p3", b.current(t).State.Plan["p3"].Version))
		}, assessment.EventPlanRemoved, "practice p3", true},
		{func() error {
			return b.SetPriorities(ctx, b.actor, b.id, 1, assessment.Priorities{"cost": 3})
		}, assessment.EventPriorities, "assessment " + b.id, true},
		{func() error {
			started.Name = "Other"
			return none(b.UpdateWorkload(ctx, b.actor, started))
		}, assessment.EventWorkloadChanged, "workload " + started.ID, true},
		{func() error { return b.ArchiveWorkload(ctx, b.actor, started.ID, 2, true) }, assessment.EventWorkloadArchived, "workload " + started.ID, true},
		{func() error { return none(b.ApproveSnapshot(ctx, b.actor, taken.ID, "")) }, assessment.EventApproved, "snapshot " + taken.ID, true},
		{func() error { return b.WithdrawApproval(ctx, b.actor, taken.ID, b.clock.Now()) }, assessment.EventApprovalWithdrawn, "snapshot " + taken.ID, true},
		{func() error { return b.SetMembership(ctx, b.actor, grace, b.team.ID, access.Viewer) }, access.AuditMember, "account " + grace, true},
		{func() error { return b.RenameTeam(ctx, b.actor, b.team.ID, b.team.Name, "Search") }, access.AuditTeamRenamed, "team " + b.team.ID, true},
		{func() error { return b.SetProfile(ctx, b.actor, grace, "G", "") }, access.AuditAccountChanged, "account " + grace, false},
		{func() error { return b.SetPassword(ctx, b.actor, grace, "h") }, access.AuditPassword, "account " + grace, false},
		{func() error { return b.SetAdmin(ctx, b.actor, grace, true) }, access.AuditAdminGranted, "account " + grace, false},
		{func() error { return b.SetAdmin(ctx, b.actor, grace, false) }, access.AuditAdminTaken, "account " + grace, false},
		{func() error { return b.SetUserDisabled(ctx, b.actor, grace, true) }, access.AuditAccountDisabled, "account " + grace, false},
		{func() error { return b.SetUserDisabled(ctx, b.actor, grace, false) }, access.AuditAccountEnabled, "account " + grace, false},
		{func() error {
			return errors.Join(b.SetAdmin(ctx, access.Actor{}, me, true),
				b.CreateLink(ctx, b.actor, access.OneTimeLink{TokenHash: "r", Kind: access.LinkReset, User: grace, ExpiresAt: soon}))
		}, access.AuditLink, "account " + grace, false},
		{func() error { return b.UseResetLink(ctx, b.actor, "r", "h") }, access.AuditPassword, "account " + grace, false},
		{func() error {
			s := b.session("s")
			s.Address = b.actor.Address
			return b.CreateSession(ctx, access.Actor{}, s)
		}, access.AuditSignIn, "account " + me, false},
		{func() error { return b.DeleteSessionsOf(ctx, b.actor, me, "other") }, access.AuditSessionsEnded, "account " + me, false},
		{func() error {
			return errors.Join(b.CreateSession(ctx, access.Actor{}, b.session("s")), b.DeleteSession(ctx, b.actor, "s"))
		}, access.AuditSignOut, "account " + me, false},
		{func() error {
			return b.RecordAudit(ctx, access.AuditEntry{Account: me, Person: "Ada", Action: "report.read", SubjectKind: "report",
				Subject: "r", Team: b.team.ID, Address: b.actor.Address})
		}, "report.read", "report r", true},
	}
	for _, step := range steps {
		before := b.log(t).Sequence
		check(t, step.do())
		e := b.log(t)
		if e.Sequence == before {
			t.Errorf("%s: nothing was logged", step.action)
		}
		if e.Action != step.action || e.SubjectKind+" "+e.Subject != step.about || (e.Team == b.team.ID) != step.team {
			t.Errorf("the log says %+v, want %s of %s", e, step.action, step.about)
		}
		if e.Account != me || e.Person != "Ada" || e.Address != b.actor.Address || !e.At.Equal(b.clock.Now()) {
			t.Errorf("%s: the log says %+v, want Ada from %s", step.action, e, b.actor.Address)
		}
	}
}

func TestBeginningsAreLogged(t *testing.T) {
	b := newBench(t)
	report := b.report(t)
	must(b.SaveQuestionnaire(t.Context(), access.Actor{}, questionnaire(2)))(t)
	must(b.SaveReport(t.Context(), b.actor, assessment.Report{Kind: report.Kind, Snapshot: report.Snapshot, Media: report.Media,
		FileName: report.FileName, Renderer: report.Renderer}))(t)
	me := b.actor.User.ID
	want := []access.AuditEntry{
		{Account: me, Action: access.AuditAccountCreated, SubjectKind: "account", Subject: me},
		{Action: access.AuditTeamCreated, SubjectKind: "team", Subject: b.team.ID, Detail: "Platform", Team: b.team.ID},
		{Action: access.AuditMember, SubjectKind: "account", Subject: me, Detail: "none → architect", Team: b.team.ID},
		{Action: access.AuditQuestionnaireStored, SubjectKind: "questionnaire", Subject: b.sha256, Detail: "test 1.0.0"},
		{Account: me, Action: assessment.EventAssessmentStarted, SubjectKind: "assessment", Subject: b.id, Team: b.team.ID, Assessment: b.id},
		{Account: me, Action: assessment.EventSnapshot, SubjectKind: "snapshot", Subject: report.Snapshot, Team: b.team.ID, Assessment: b.id},
		{Account: me, Action: assessment.EventReport, SubjectKind: "report", Subject: report.ID, Team: b.team.ID, Assessment: b.id},
	}
	got := b.audits(t, everything())
	for i := range got {
		got[i].Sequence, got[i].At, got[i].Person, got[i].Times, got[i].Hash = 0, time.Time{}, "", 0, ""
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%+v, want\n%+v", got, want)
	}
}

func TestWhatDoesNotHappenIsNotLogged(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	b.save(t, "p1", 0, assessment.Adopted)
	check(t, b.CreateSession(ctx, access.Actor{}, b.session("s")))
	before := b.log(t)

	b.save(t, "p1", 0, assessment.Adopted)
	_, err := b.SaveAnswers(ctx, b.actor, b.id, []assessment.SaveAnswer{saveOf("p3", 0, assessment.Adopted), saveOf("p1", 0, assessment.Absent)})
	wantCode(t, err, assessment.Conflict)
	wantCode(t, b.SetPassword(ctx, access.Actor{}, "nobody", "h"), assessment.NotFound)
	check(t, b.DeleteSession(ctx, access.Actor{}, "none"))
	check(t, b.DeleteSessionsOf(ctx, access.Actor{}, b.actor.User.ID, "s"))
	check(t, b.SetPosition(ctx, b.actor.User.ID, b.id, "x"))
	check(t, b.TouchSession(ctx, "s", b.clock.Now().Add(time.Minute)))
	if got := b.log(t); got != before {
		t.Errorf("the log says %+v", got)
	}
}

func TestLogIsWrittenWithTheChangeOrNotAtAll(t *testing.T) {
	b := newBench(t)
	before := len(b.audits(t, everything()))
	failed := errors.New("failed")
	err := b.writer.do(t.Context(), access.Actor{}, func(x *tx) error {
		_, err := createTeam(x, b.actor, "Half")
		return errors.Join(err, failed)
	})
	if !errors.Is(err, failed) {
		t.Fatal(err)
	}
	if got := len(b.audits(t, everything())); got != before {
		t.Errorf("got %d entries, want %d", got, before)
	}
	execute(t, b.file.path, "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE (ABORT, 'no'); END")
	if _, err := b.SaveAnswer(t.Context(), b.actor, b.id, saveOf("p1", 0, assessment.Adopted)); err == nil {
		t.Error("an answer was saved without its line in the log")
	}
	if got := b.current(t).State.Answers; len(got) != 0 {
		t.Errorf("got %+v, want none", got)
	}
}

func TestLogIsAppendOnly(t *testing.T) {
	b := newBench(t)
	before := b.audits(t, everything())
	for _, statement := range []string{
		"DELETE FROM audit",
		"UPDATE audit SET person = 'Eve'",
		"UPDATE audit SET sequence = sequence + 100",
	} {
		if _, err := b.writers.ExecContext(t.Context(), statement); err == nil {
			t.Errorf("%s was done", statement)
		}
	}
	if got := b.audits(t, everything()); !slices.Equal(got, before) || len(got) == 0 {
		t.Errorf("got %+v, want %+v", got, before)
	}
}

func TestRefusedSignIn(t *testing.T) {
	b := newBench(t)
	check(t, b.RecordRefusedSignIn(t.Context(), "ADA@example.org", "192.0.2.1"))
	b.wantLog(t, access.AuditEntry{Action: access.AuditSignInRefused, SubjectKind: "account", Subject: b.actor.User.ID})
	check(t, b.RecordRefusedSignIn(t.Context(), " Eve@example.org", "192.0.2.1"))
	got := b.log(t)
	if got.SubjectKind != "unknown_address" || len(got.Subject) != 16 || got.Address != "192.0.2.1" || got.Person != "" {
		t.Errorf("the log says %+v", got)
	}
	check(t, b.RecordRefusedSignIn(t.Context(), "eve@example.org", "192.0.2.2"))
	if again := b.log(t); again.Subject != got.Subject {
		t.Errorf("the same address gives %q and %q", got.Subject, again.Subject)
	}
}

func TestAuditFilter(t *testing.T) {
	b := newBench(t)
	noon := b.clock.Now()
	check(t, errors.Join(
		b.RecordAudit(t.Context(), access.AuditEntry{Action: "x", Team: "a", Account: "u1", Assessment: "as1", Subject: "p1", At: noon}),
		b.RecordAudit(t.Context(), access.AuditEntry{Action: "y", Team: "b", Account: "u1", Assessment: "as2", At: noon.Add(time.Hour)}),
		b.RecordAudit(t.Context(), access.AuditEntry{Action: "x", Team: "a", Account: "u2", Assessment: "as1", At: noon.Add(2 * time.Hour)}),
		b.RecordAudit(t.Context(), access.AuditEntry{Action: "z", Account: "u2", At: noon.Add(3 * time.Hour)}),
	))
	last := b.log(t).Sequence // the four are last-3 … last
	all := access.TeamScope{All: true}
	tests := []struct {
		name   string
		filter access.AuditFilter
		want   []int64 // last minus the sequence
	}{
		{"all after", access.AuditFilter{Teams: all, After: last - 4}, []int64{3, 2, 1, 0}},
		{"all, newest first", access.AuditFilter{Teams: all, After: last - 4, Newest: true}, []int64{0, 1, 2, 3}},
		{"limit", access.AuditFilter{Teams: all, After: last - 4, Limit: 2}, []int64{3, 2}},
		{"the page before", access.AuditFilter{Teams: all, Newest: true, Before: last - 1, Limit: 2}, []int64{2, 3}},
		{"one team", access.AuditFilter{Teams: access.TeamScope{Teams: []string{"a"}}}, []int64{3, 1}},
		{"two teams", access.AuditFilter{Teams: access.TeamScope{Teams: []string{"a", "b"}}, Newest: true}, []int64{1, 2, 3}},
		{"no team", access.AuditFilter{}, []int64{}},
		{"person", access.AuditFilter{Teams: all, Account: "u2"}, []int64{1, 0}},
		{"assessment", access.AuditFilter{Teams: all, Assessment: "as2"}, []int64{2}},
		{"another team's assessment", access.AuditFilter{Teams: access.TeamScope{Teams: []string{"a"}}, Assessment: "as2"}, []int64{}},
		{"subject", access.AuditFilter{Teams: all, Subject: "p1"}, []int64{3}},
		{"one action", access.AuditFilter{Teams: all, Actions: []string{"y"}}, []int64{2}},
		{"two actions", access.AuditFilter{Teams: all, Actions: []string{"y", "z"}}, []int64{2, 0}},
		{"period", access.AuditFilter{Teams: all, Account: "u1", From: noon.Add(time.Hour), Until: noon.Add(3 * time.Hour)}, []int64{2}},
		{"from", access.AuditFilter{Teams: all, From: noon.Add(2 * time.Hour)}, []int64{1, 0}},
		{"hostile action", access.AuditFilter{Teams: all, Actions: []string{"x' OR 1=1 --"}}, []int64{}},
		{"hostile", access.AuditFilter{Teams: access.TeamScope{Teams: []string{"a' OR 1=1 --"}}}, []int64{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := []int64{}
			for _, e := range b.audits(t, tt.filter) {
				got = append(got, last-e.Sequence)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestAuditPeople(t *testing.T) {
	b := newBench(t)
	grace := b.join(t, "grace@example.org", access.Architect)
	names := func(teams access.TeamScope) (list []string) {
		for _, user := range must(b.AuditPeople(t.Context(), teams))(t) {
			list = append(list, user.ID)
		}
		return list
	}
	mine := access.TeamScope{Teams: []string{b.team.ID}}
	if got := names(mine); !slices.Equal(got, []string{b.actor.User.ID}) {
		t.Errorf("before Grace did anything: %v", got)
	}
	check(t, b.RecordAudit(t.Context(), access.AuditEntry{Action: "x", Team: b.team.ID, Account: grace.User.ID}))
	if got := names(mine); len(got) != 2 {
		t.Errorf("afterwards: %v", got)
	}
	if got := names(access.TeamScope{All: true}); len(got) != 2 {
		t.Errorf("all teams: %v", got)
	}
	if got := names(access.TeamScope{}); len(got) != 0 {
		t.Errorf("no team: %v", got)
	}
}

func TestAuditOrderWhenTheClockIsSetBack(t *testing.T) {
	b := newBench(t)
	b.save(t, "p1", 0, assessment.Adopted)
	b.clock.move(-24 * time.Hour)
	b.save(t, "p2", 0, assessment.Adopted)
	got := b.audits(t, access.AuditFilter{Teams: access.TeamScope{All: true}, Newest: true, Limit: 2})
	if fmt.Sprint(got[0].Subject, got[1].Subject) != "p2p1" || !got[0].At.Before(got[1].At) {
		t.Errorf("got %+v", got)
	}
}
