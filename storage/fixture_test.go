package storage

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// clock is a clock that stands still until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 5, 4, 10, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// bench is an open store with a person, a team and the assessment of one workload.
type bench struct {
	*Store
	clock  *clock
	actor  access.Actor
	team   access.Team
	sha256 string
	id     string // of the assessment
}

func openStore(t testing.TB, o Options) *Store {
	t.Helper()
	if o.Folder == "" {
		o.Folder = filepath.Join(t.TempDir(), "data")
	}
	s, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func newBench(t testing.TB) *bench { return newBenchWith(t, Options{}, questionnaire(2)) }

func newBenchWith(t testing.TB, o Options, q *assessment.Questionnaire) *bench {
	t.Helper()
	b := &bench{clock: newClock()}
	if o.Clock == nil {
		o.Clock = b.clock.Now
	}
	b.Store = openStore(t, o)
	ctx := t.Context()
	u := must(b.CreateUser(ctx, access.Actor{}, access.User{Email: "ada@example.org", Name: "Ada", PasswordHash: "x", ConfirmedAt: b.now()}))(t)
	b.team = must(b.CreateTeam(ctx, access.Actor{}, "Platform"))(t)
	check(t, b.SetMembership(ctx, access.Actor{}, u.ID, b.team.ID, access.Architect))
	b.actor = access.Actor{User: u}
	b.sha256 = must(b.SaveQuestionnaire(ctx, access.Actor{}, q))(t).SHA256
	b.id = must(b.CreateWorkload(ctx, b.actor, b.workload("Shop assistant"), b.sha256, nil))(t).ID
	return b
}

// now is the moment of the store.
func (b *bench) now() time.Time { return b.Store.clock() }

// join creates an account with a role in the bench's team, or none.
func (b *bench) join(t testing.TB, email string, role access.Role) access.Actor {
	t.Helper()
	u := must(b.CreateUser(t.Context(), access.Actor{}, access.User{Email: email, Name: email[:1], PasswordHash: "x", ConfirmedAt: b.now()}))(t)
	if role == "" {
		return access.Actor{User: u}
	}
	check(t, b.SetMembership(t.Context(), access.Actor{}, u.ID, b.team.ID, role))
	return access.Actor{User: u, Memberships: []access.Membership{{Team: b.team, Role: role}}}
}

// log returns the last entry of the audit log.
func (b *bench) log(t testing.TB) access.AuditEntry {
	t.Helper()
	all := must(b.Audit(t.Context(), access.AuditFilter{Teams: access.TeamScope{All: true}, Newest: true, Limit: 1}))(t)
	if len(all) == 0 {
		t.Fatal("the audit log is empty")
	}
	return all[0]
}

// wantLog compares the last entry of the audit log, but for its sequence, its moment and who it was.
func (b *bench) wantLog(t testing.TB, want access.AuditEntry) {
	t.Helper()
	got := b.log(t)
	got.Sequence, got.At, got.Account, got.Person, got.Address, got.Times, got.Hash = 0, time.Time{}, "", "", "", 0, ""
	if got != want {
		t.Errorf("the log says %+v, want %+v", got, want)
	}
}

func (b *bench) workload(name string) assessment.Workload {
	return assessment.Workload{Team: b.team.ID, Name: name, Description: "Answers questions.", Owner: "Grace",
		Environment: "production", Tags: []string{"rag", "public"}}
}

func (b *bench) save(t testing.TB, practice string, version int, status assessment.Status) *assessment.Current {
	t.Helper()
	return must(b.SaveAnswer(t.Context(), b.actor, b.id, saveOf(practice, version, status)))(t)
}

func (b *bench) current(t testing.TB) *assessment.Current {
	t.Helper()
	return must(b.Current(t.Context(), b.id))(t)
}

func (b *bench) events(t testing.TB) []assessment.Event {
	t.Helper()
	return must(readEvents(t.Context(), b.readers, bothValues, "assessment_id = $1 ORDER BY sequence", b.id))(t)
}

func saveOf(practice string, version int, status assessment.Status) assessment.SaveAnswer {
	a := assessment.Answer{Status: status}
	if status == assessment.NotApplicable {
		a.Reason = "hosted"
	}
	return assessment.SaveAnswer{Practice: practice, Version: version, Answer: a}
}

// questionnaire returns one of two pillars with the given number of questions of four practices each, and one tradeoff
// that is live when p1 is adopted and p2 is absent.
func questionnaire(questions int) *assessment.Questionnaire {
	q := &assessment.Questionnaire{
		ID: "test", Version: "1.0.0", Title: "Test",
		Bands: []assessment.Band{{ID: "critical", Title: "Critical"}, {ID: "good", Title: "Good", From: 50}},
	}
	n := 0
	for _, pillar := range []string{"reliability", "cost"} {
		principle := assessment.Principle{ID: pillar + "-01", Title: pillar, Weight: 1}
		for i := range questions {
			question := assessment.Question{ID: fmt.Sprintf("%s-q%d", pillar, i), Title: "?", Weight: 1}
			for range 4 {
				n++
				question.Practices = append(question.Practices, assessment.Practice{
					ID: fmt.Sprintf("p%d", n), Title: "Practice", Risk: assessment.High, Weight: 5, Effort: assessment.EffortM,
				})
			}
			principle.Questions = append(principle.Questions, question)
		}
		q.Pillars = append(q.Pillars, assessment.Pillar{ID: pillar, Title: pillar, Principles: []assessment.Principle{principle}})
	}
	live, err := assessment.ParseExpression("p1 && !p2")
	if err != nil {
		panic(err)
	}
	q.Tradeoffs = []assessment.Tradeoff{{
		ID: "t01", Title: "Tradeoff", Decide: "What?", Mitigations: []string{"Watch it."},
		Sides: [2]assessment.Side{
			{Label: "Capability", Pillars: []string{"reliability"}, Practices: []string{"p1", "p3"}},
			{Label: "Price", Pillars: []string{"cost"}, Practices: []string{"p2"}},
		},
		Signals: []assessment.Signal{{When: live, Says: "It pulls."}},
	}}
	return q
}

func decision() assessment.Decision {
	return assessment.Decision{Tradeoff: "t01", Choice: assessment.Mitigate, Rationale: "It is worth it.", Owner: "Grace",
		Date: "2026-05-04", Mitigations: []string{"Watch it."}}
}

// must returns the value of a call that has to succeed: must(f())(t).
func must[T any](value T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t testing.TB, err error, want assessment.Code) {
	t.Helper()
	if got := assessment.CodeOf(err); got != want {
		t.Errorf("got error %v with code %q, want %q", err, got, want)
	}
}

func wantField(t testing.TB, err error, code assessment.Code, field string) {
	t.Helper()
	wantCode(t, err, code)
	if one, ok := errors.AsType[*assessment.Error](err); ok && one.Field == field {
		return
	}
	if all, ok := errors.AsType[assessment.Errors](err); ok && all.On(field) != "" {
		return
	}
	t.Errorf("got error %v, want one on field %s", err, field)
}

func cancelled() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}
