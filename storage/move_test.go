package storage

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/move"
)

// nextQuestionnaire is the questionnaire of the fixture with p1 reworded, p2 gone, p3 riskier and r new, and with another
// signal of its tradeoff.
func nextQuestionnaire() *assessment.Questionnaire {
	q := questionnaire(2)
	q.Version = "2.0.0"
	question := &q.Pillars[0].Principles[0].Questions[0]
	question.Practices[0].Title = "Practice, in other words"
	question.Practices[2].Weight = 7
	question.Practices[1] = assessment.Practice{ID: "r", Title: "New", Risk: assessment.Low, Weight: 1, Effort: assessment.EffortS}
	q.Tradeoffs[0].Sides[1].Practices = []string{"p4"}
	signal, err := assessment.ParseExpression("p1 && !p4")
	if err != nil {
		panic(err)
	}
	q.Tradeoffs[0].Signals[0].When = signal
	return q
}

// carrying is a bench whose assessment has something of everything, and a questionnaire to move to.
type carrying struct {
	*bench
	next string
}

func newCarrying(t testing.TB) carrying {
	t.Helper()
	c := carrying{bench: newBench(t)}
	ctx := t.Context()
	c.next = must(c.SaveQuestionnaire(ctx, access.Actor{}, nextQuestionnaire()))(t).SHA256
	for practice, status := range map[string]assessment.Status{"p1": assessment.Adopted, "p2": assessment.Absent,
		"p3": assessment.Partial, "p4": assessment.Absent} {
		c.save(t, practice, 0, status)
	}
	must(c.SaveDecision(ctx, c.actor, c.id, decision()))(t)
	must(c.SavePlanItem(ctx, c.actor, c.id, assessment.PlanItem{Practice: "p2", Owner: "Grace"}))(t)
	check(t, c.SetPriorities(ctx, c.actor, c.id, 1, assessment.Priorities{"cost": 2}))
	return c
}

func (c carrying) move(t testing.TB, to string, kept ...string) *assessment.Current {
	t.Helper()
	m := move.Request{Questionnaire: to, Sequence: c.current(t).State.Sequence, Chosen: move.Chosen{Kept: kept}, Title: "Before the move"}
	return must(c.MoveAssessment(t.Context(), c.actor, c.id, m))(t)
}

// read returns the assessment as its rows say.
func (c carrying) read(t testing.TB) *assessment.Current {
	t.Helper()
	return must(reading(t.Context(), c.Store, func(q queryer) (*assessment.Current, error) { return c.load(t.Context(), q, c.id) }))(t)
}

func TestMoveAssessment(t *testing.T) {
	c := newCarrying(t)
	before := c.current(t)
	after := c.move(t, c.next, "p3")

	wantSame(t, c.read(t), after)
	if ref := after.State.Questionnaire; ref.SHA256 != c.next || ref.Version != "2.0.0" || after.Model.Questionnaire().Version != "2.0.0" {
		t.Errorf("got the questionnaire %+v", ref)
	}
	if a := after.State.Answer("p1"); a.Says() || a.Version != 2 {
		t.Errorf("p1 is %+v, want it asked again", a)
	}
	if a := after.State.Answer("p3"); !reflect.DeepEqual(a, before.State.Answer("p3")) {
		t.Errorf("p3 is %+v, want it kept", a)
	}
	if _, there := after.State.Answers["p2"]; there {
		t.Error("the answer to a practice that is gone counts")
	}
	if orphans := after.State.Earlier.Orphans(after.Model); len(orphans) != 1 || orphans[0].Answer.Status != assessment.Absent {
		t.Errorf("orphans %+v", orphans)
	}
	if d := after.State.Decisions["t01"]; !slices.Equal(d.Signals, []int{assessment.LostSignal}) || d.Rationale != decision().Rationale {
		t.Errorf("the decision is %+v", d)
	}
	if row := must(c.Portfolio(t.Context(), assessment.PortfolioFilter{Teams: []string{c.team.ID}}))(t)[0]; row.Summary.Stale != 1 ||
		row.Summary.Overall.Answered != after.Result.Overall.Answered {
		t.Errorf("the summary is %+v", row.Summary)
	}
}

func TestMoveIsRecorded(t *testing.T) {
	c := newCarrying(t)
	before := c.current(t).State
	after := c.move(t, c.next, "p3")
	events := c.events(t)
	last := events[len(events)-2:]
	if last[0].Kind != assessment.EventSnapshot || last[1].Kind != assessment.EventMoved || last[1].Sequence != after.State.Sequence {
		t.Fatalf("got the events %+v", last)
	}
	var was, is move.Record
	check(t, json.Unmarshal(last[1].Before, &was))
	check(t, json.Unmarshal(last[1].After, &is))
	want := move.Record{Questionnaire: assessment.Edition{ID: "test", Version: "2.0.0"}, SHA256: c.next, Snapshot: last[0].Subject,
		Carried: 1, New: 13, Again: []string{"p1"}, Kept: []string{"p3"}, Orphaned: []string{"p2"}}
	if was.SHA256 != c.sha256 || !reflect.DeepEqual(is, want) {
		t.Errorf("from %+v to %+v, want %+v", was, is, want)
	}
	c.wantLog(t, access.AuditEntry{Team: c.team.ID, Action: assessment.EventMoved, SubjectKind: "assessment", Subject: c.id,
		Detail: "test 2.0.0", Assessment: c.id})

	info, document, err := c.Snapshot(t.Context(), last[0].Subject)
	check(t, err)
	v, err := assessment.VerifySnapshot(document)
	check(t, err)
	if !v.OK() || v.Snapshot.Questionnaire.Version != "1.0.0" || info.Title != "Before the move" ||
		!reflect.DeepEqual(v.Snapshot.Answers, before.Plain()) || len(v.Snapshot.Decisions) != 1 || len(v.Snapshot.Plan) != 1 {
		t.Errorf("the snapshot before: %+v", v)
	}
}

func TestMoveBack(t *testing.T) {
	c := newCarrying(t)
	before := c.current(t).State
	c.move(t, c.next, "p3")
	check(t, c.EnableQuestionnaire(t.Context(), c.actor, c.sha256, "", false)) // the way back stays open
	after := c.move(t, c.sha256).State

	for id, answer := range before.Answers {
		got := after.Answer(id)
		if got.Version < answer.Version {
			t.Errorf("%s has version %d, had %d", id, got.Version, answer.Version)
		}
		if got.Version = answer.Version; !reflect.DeepEqual(got, *answer) {
			t.Errorf("%s is %+v, was %+v", id, got, answer)
		}
	}
	d, was := after.Decisions["t01"], before.Decisions["t01"]
	if d.Version == was.Version {
		t.Error("the decision has the version of before")
	}
	if d.Version = was.Version; !reflect.DeepEqual(d, was) {
		t.Errorf("the decision is %+v, was %+v", d, was)
	}
	if after.Plan["p2"].Owner != "Grace" || !after.Priorities.Equal(before.Priorities) {
		t.Errorf("plan %+v, priorities %v", after.Plan, after.Priorities)
	}
	wantSame(t, c.read(t), c.current(t))
}

func TestMoveIsRefused(t *testing.T) {
	c := newCarrying(t)
	retired := questionnaire(2)
	retired.Version = "0.9.0"
	old := must(c.SaveQuestionnaire(t.Context(), access.Actor{}, retired))(t).SHA256
	check(t, c.EnableQuestionnaire(t.Context(), c.actor, old, c.team.ID, false))
	before := c.current(t)
	seen := before.State.Sequence
	tests := []struct {
		name  string
		move  move.Request
		code  assessment.Code
		field string
	}{
		{"stale", move.Request{Questionnaire: c.next, Sequence: seen - 1, Title: "T"}, assessment.Conflict, ""},
		{"no version", move.Request{Questionnaire: c.next, Sequence: -1, Title: "T"}, assessment.VersionRequired, ""},
		{"unknown questionnaire", move.Request{Questionnaire: "none", Sequence: seen, Title: "T"}, assessment.Invalid, "questionnaire"},
		{"retired", move.Request{Questionnaire: old, Sequence: seen, Title: "T"}, assessment.Invalid, "questionnaire"},
		{"no title", move.Request{Questionnaire: c.next, Sequence: seen, Title: " "}, assessment.Invalid, "title"},
		{"broken note", move.Request{Questionnaire: c.next, Sequence: seen, Title: "T", Note: "\xff"}, assessment.Invalid, "note"},
		{"kept", move.Request{Questionnaire: c.next, Sequence: seen, Title: "T", Chosen: move.Chosen{Kept: []string{"p1", "p4"}}}, assessment.Invalid, "keep"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := c.MoveAssessment(t.Context(), c.actor, c.id, tt.move)
			if tt.field == "" {
				wantCode(t, err, tt.code)
			} else {
				wantField(t, err, tt.code, tt.field)
			}
			if c.current(t) != before || len(must(c.Snapshots(t.Context(), c.id))(t)) != 0 {
				t.Error("something was changed")
			}
		})
	}
	_, err := c.MoveAssessment(t.Context(), c.actor, "none", move.Request{Questionnaire: c.next, Title: "T"})
	wantCode(t, err, assessment.NotFound)
}

func TestMoveTwiceCountsOnce(t *testing.T) {
	c := newCarrying(t)
	m := move.Request{Questionnaire: c.next, Sequence: c.current(t).State.Sequence, Title: "T"}
	first := must(c.MoveAssessment(t.Context(), c.actor, c.id, m))(t)
	if again := must(c.MoveAssessment(t.Context(), c.actor, c.id, m))(t); again.State.Sequence != first.State.Sequence {
		t.Errorf("got sequence %d, want %d", again.State.Sequence, first.State.Sequence)
	}
	if n := len(must(c.Snapshots(t.Context(), c.id))(t)); n != 1 {
		t.Errorf("%d snapshots", n)
	}
}

// TestMoveThatFailsLeavesNothing lets the last step of a move fail.
func TestMoveThatFailsLeavesNothing(t *testing.T) {
	c := newCarrying(t)
	before := c.current(t)
	_, err := c.writers.ExecContext(t.Context(), `
		CREATE TRIGGER no_move BEFORE UPDATE OF questionnaire ON assessment BEGIN SELECT RAISE (ABORT, 'no'); END`)
	check(t, err)
	m := move.Request{Questionnaire: c.next, Sequence: before.State.Sequence, Title: "T"}
	if _, err := c.MoveAssessment(t.Context(), c.actor, c.id, m); err == nil {
		t.Fatal("the move went through")
	}
	wantSame(t, c.read(t), before)
	if n := len(must(c.Snapshots(t.Context(), c.id))(t)); n != 0 {
		t.Errorf("%d snapshots", n)
	}
}

// TestMovesKeepEverything makes random changes and moves between random versions, and looks at the rows after each.
func TestMovesKeepEverything(t *testing.T) {
	c := carrying{bench: newBench(t)}
	rapid.Check(t, func(r *rapid.T) {
		c.id = must(c.CreateWorkload(t.Context(), c.actor, c.workload("W"), c.sha256, nil))(t).ID
		for range rapid.IntRange(1, 4).Draw(r, "moves") {
			for range rapid.IntRange(0, 12).Draw(r, "steps") {
				err := c.randomChange(t, r)
				if code := assessment.CodeOf(err); err != nil && code != assessment.Conflict && code != assessment.NotFound && code != assessment.Invalid {
					r.Fatalf("got %v", err)
				}
			}
			c.randomMove(t, r)
		}
	})
}

// randomMove moves to a version of the fixture in which practices are gone, reworded, weighed otherwise and new.
func (c carrying) randomMove(t *testing.T, r *rapid.T) {
	q := questionnaire(2)
	q.Version = fmt.Sprintf("1.%d.0", rapid.IntRange(1, 3).Draw(r, "version"))
	q.Tradeoffs = nil
	for i := range q.Pillars {
		for j := range q.Pillars[i].Principles[0].Questions {
			question := &q.Pillars[i].Principles[0].Questions[j]
			for k := range question.Practices {
				practice := &question.Practices[k]
				switch rapid.IntRange(0, 5).Draw(r, "practice") {
				case 0:
					practice.ID = "n" + practice.ID
				case 1:
					practice.Title = "In other words"
				case 2:
					practice.Weight = 3
				}
			}
		}
	}
	to := must(c.SaveQuestionnaire(t.Context(), access.Actor{}, q))(t).SHA256
	before := c.current(t)
	answers := c.countAnswers(t)
	after := c.move(t, to)
	wantSame(r, c.read(t), after)
	if got := c.countAnswers(t); got < answers {
		r.Fatalf("%d answers, were %d", got, answers)
	}
	if after.State.Sequence == before.State.Sequence {
		return // the same questionnaire
	}
	newest := must(c.Snapshots(t.Context(), c.id))(t)[0]
	_, document, err := c.Snapshot(t.Context(), newest.ID)
	check(t, err)
	v, err := assessment.VerifySnapshot(document)
	check(t, err)
	if !v.OK() {
		r.Fatalf("the snapshot before: %v", v.Differences)
	}
	later := assessment.NewSnapshot(&after.State, after.Model, "After", "", "Ada", c.clock.Now(), newest.SHA256, newest.Sequence+1)
	comparison, err := assessment.Compare(v.Snapshot, later)
	check(t, err)
	sum := comparison.Scope.Questionnaire + comparison.Scope.Priorities + comparison.Scope.Applicability
	for _, practice := range comparison.Practices {
		sum += practice.Part
	}
	if d := sum - comparison.Delta; d > 1e-9 || d < -1e-9 {
		r.Fatalf("the parts are %v, the change %v", sum, comparison.Delta)
	}
}

// countAnswers returns how many answers that say something there are, whether they count or are kept beside.
func (c carrying) countAnswers(t testing.TB) int {
	t.Helper()
	state := c.read(t).State
	all := map[string]bool{}
	for id, answer := range state.Answers {
		if answer.Says() {
			all[fmt.Sprint(id, answer.Answer, answer.By, answer.At)] = true
		}
	}
	for _, answer := range state.Earlier.Answers {
		if answer.Answer.Says() {
			all[fmt.Sprint(answer.Practice, answer.Answer, answer.By, answer.At)] = true
		}
	}
	return len(all)
}
