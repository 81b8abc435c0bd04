package storage

import (
	"cmp"
	"reflect"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/move"
)

// letIn returns somebody as the door knows them: with their roles, and the count of their rights.
func (b *bench) letIn(t testing.TB, email string, role access.Role) access.Actor {
	t.Helper()
	user := b.join(t, email, role).User
	hash := assessment.Hash([]byte(email))
	check(t, b.CreateSession(t.Context(), access.Actor{}, access.Session{Hash: hash, User: user.ID, CreatedAt: b.clock.Now(),
		SeenAt: b.clock.Now(), ExpiresAt: b.clock.Now().Add(access.AbsoluteLimit)}))
	_, actor, err := b.Session(t.Context(), hash)
	check(t, err)
	return actor
}

// TestRightsAreAskedAgain takes something from a person between the door and the save.
func TestRightsAreAskedAgain(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	other := must(b.CreateTeam(ctx, access.Actor{}, "Other"))(t)
	grant := func(actor access.Actor, action access.Action) access.Actor {
		actor.Grant = access.Grant{Action: action, Team: b.team.ID}
		return actor
	}
	for name, tt := range map[string]struct {
		between func(t *testing.T, actor access.Actor)
		want    assessment.Code
	}{
		"nothing": {func(*testing.T, access.Actor) {}, ""},
		"disabled": {func(t *testing.T, a access.Actor) {
			check(t, b.SetUserDisabled(ctx, access.Actor{}, a.User.ID, true))
		}, assessment.Unauthenticated},
		"demoted": {func(t *testing.T, a access.Actor) {
			check(t, b.SetMembership(ctx, access.Actor{}, a.User.ID, b.team.ID, access.Viewer))
		}, assessment.Forbidden},
		"removed": {func(t *testing.T, a access.Actor) {
			check(t, b.SetMembership(ctx, access.Actor{}, a.User.ID, b.team.ID, ""))
		}, assessment.NotFound},
		"promoted": {func(t *testing.T, a access.Actor) {
			check(t, b.SetMembership(ctx, access.Actor{}, a.User.ID, b.team.ID, access.Lead))
		}, ""},
		"let into another team": {func(t *testing.T, a access.Actor) {
			check(t, b.SetMembership(ctx, access.Actor{}, a.User.ID, other.ID, access.Lead))
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			actor := grant(b.letIn(t, name[:4]+"@example.org", access.Architect), access.ActAnswer)
			tt.between(t, actor)
			before := b.current(t).State
			_, err := b.SaveAnswer(ctx, actor, b.id, saveOf("p1", before.Answer("p1").Version, flip(before.Answer("p1").Version)))
			if code := assessment.CodeOf(err); err == nil && tt.want != "" || err != nil && code != tt.want {
				t.Errorf("%v, want %q", err, tt.want)
			}
			if changed := b.current(t).State.Sequence != before.Sequence; changed != (tt.want == "") {
				t.Errorf("stored: %t", changed)
			}
		})
	}
}

func TestTokenIsAskedAgain(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	for name, between := range map[string]func(access.Actor){
		"revoked": func(a access.Actor) { check(t, b.RevokeToken(ctx, access.Actor{}, a.User.ID, a.TokenID)) },
		"expired": func(access.Actor) { b.clock.move(2 * time.Hour) },
	} {
		person := b.join(t, name+"@example.org", access.Architect)
		must(b.CreateToken(ctx, person, access.Token{Hash: name, Name: name, Scope: access.ScopeWrite, ExpiresAt: b.clock.Now().Add(time.Hour)}))(t)
		actor := must(b.ActorByToken(ctx, name))(t)
		version := b.current(t).State.Answer("p2").Version
		must(b.SaveAnswer(ctx, actor, b.id, saveOf("p2", version, flip(version))))(t)
		between(actor)
		_, err := b.SaveAnswer(ctx, actor, b.id, saveOf("p2", version+1, flip(version+1)))
		wantCode(t, err, assessment.Unauthenticated)
	}
}

// TestSaveDoesNotFollowAWorkload moves a workload into another team while somebody of the first one saves.
func TestSaveDoesNotFollowAWorkload(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	actor := b.letIn(t, "mei@example.org", access.Architect)
	actor.Grant = access.Grant{Action: access.ActAnswer, Team: b.team.ID}
	other := must(b.CreateTeam(ctx, access.Actor{}, "Other"))(t)
	w := b.current(t).State.Workload
	must(b.MoveWorkload(ctx, access.Actor{}, w.ID, w.Version, other.ID))(t)
	_, err := b.SaveAnswer(ctx, actor, b.id, saveOf("p1", 0, assessment.Adopted))
	wantCode(t, err, assessment.NotFound)
	if len(b.current(t).State.Answers) > 0 {
		t.Error("it is stored")
	}
}

// TestEveryCommandAsksAgain calls every method that carries an actor with one who was barred in the meantime.
func TestEveryCommandAsksAgain(t *testing.T) {
	proven := map[string]bool{ // by something else than who asks: a password, a link, a secret
		"CreateSession": true, "DeleteSession": true, "UseSetupLink": true, "UseResetLink": true,
		"Draft": true, // reads
	}
	b := newBench(t)
	actor := b.letIn(t, "barred@example.org", access.Lead)
	snapshot := must(b.TakeSnapshot(t.Context(), b.actor, b.id, "T", ""))(t).ID
	draft := must(b.SaveDraft(t.Context(), actor, assessment.ImportDraft{Kind: "k", Questionnaire: questionnaire(1)}))(t).ID
	texts := map[string]string{"SetProfile": "UTC", "ApproveSnapshot": snapshot, "WithdrawApproval": snapshot, "AcceptDraft": draft, "DropDraft": draft}
	for _, command := range []string{"SaveAnswer", "SaveAnswers", "SaveDecision", "DeleteDecision", "SavePlanItem", "KeepPlanItems",
		"DeletePlanItem", "TakeSnapshot", "TakeSnapshotOnce", "TakeNewSnapshot", "MoveAssessment", "SetPriorities", "SetFacets",
		"SetTogether", "Undo", "Restore"} {
		texts[command] = b.id
	}
	next := must(b.SaveQuestionnaire(t.Context(), access.Actor{}, questionnaire(1)))(t).SHA256
	more := []any{move.Request{Questionnaire: next, Title: "T", Sequence: b.current(t).State.Sequence},
		assessment.Report{Kind: assessment.ReportSnapshot, Snapshot: snapshot, Document: []byte("%PDF")}}
	check(t, b.SetUserDisabled(t.Context(), access.Actor{}, actor.User.ID, true))
	before := b.log(t).Sequence
	store, called := reflect.TypeFor[*Store](), 0
	for i := range store.NumMethod() {
		method := store.Method(i)
		if method.Type.NumIn() < 3 || method.Type.In(2) != reflect.TypeFor[access.Actor]() || proven[method.Name] {
			continue
		}
		called++
		args := []reflect.Value{reflect.ValueOf(b.Store), reflect.ValueOf(t.Context()), reflect.ValueOf(actor)}
		for n := 3; n < method.Type.NumIn(); n++ {
			args = append(args, b.likely(method.Type.In(n), cmp.Or(texts[method.Name], b.sha256), more))
		}
		results := method.Func.Call(args)
		err, _ := results[len(results)-1].Interface().(error)
		if assessment.CodeOf(err) != assessment.Unauthenticated {
			t.Errorf("%s: %v", method.Name, err)
		}
	}
	if called < 35 || b.log(t).Sequence != before {
		t.Errorf("%d commands called, the log is at %d, want %d", called, b.log(t).Sequence, before)
	}
}

// likely returns a value of a type that gets past the checks before the writer.
func (b *bench) likely(kind reflect.Type, text string, more []any) reflect.Value {
	soon := b.clock.Now().Add(time.Hour)
	for _, value := range append(more,
		b.workload("Shop"), assessment.SaveAnswer{Practice: "p1"}, assessment.SetTogether{Kind: assessment.PartPillar, ID: "x", Reason: "none"}, []assessment.SaveAnswer{{Practice: "p1"}}, []string{"p1"},
		assessment.Assessment{Workload: assessment.Workload{ID: "w"}, Questionnaire: assessment.QuestionnaireRef{SHA256: b.sha256}},
		assessment.QuestionnaireIdentity{ID: "id", Version: "1.0.0", Title: "T"},
		assessment.Decision{Tradeoff: "t01"}, assessment.PlanItem{Practice: "p1"}, assessment.ImportDraft{Questionnaire: questionnaire(1)},
		questionnaire(1), access.AccountDisable, access.Viewer, 1, true, soon,
		access.Share{Report: "r", Hash: "h", ExpiresAt: soon}, access.Token{Hash: "h", Name: "n", Scope: access.ScopeRead, ExpiresAt: soon},
		access.OneTimeLink{Kind: access.LinkReset, Email: "x@example.org", Role: access.Viewer, User: "u"}, map[string]access.Role{"team": access.Viewer},
	) {
		if reflect.TypeOf(value) == kind {
			return reflect.ValueOf(value)
		}
	}
	if kind.Kind() == reflect.String {
		return reflect.ValueOf(text).Convert(kind)
	}
	return reflect.Zero(kind)
}
