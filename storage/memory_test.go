package storage

import (
	"reflect"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"plumbline/assessment"
)

// TestMemoryIsWhatIsStored writes all sorts of things, one after the other and at the same time, and compares after each
// what the store says of the sessions and the assessment with what it reads when it remembers nothing.
func TestMemoryIsWhatIsStored(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	people := []assessment.Actor{b.actor, b.join(t, "bea@example.org", assessment.Viewer), b.join(t, "cy@example.org", "")}
	admin := b.actor
	started := 0
	hashes := make([]string, len(people))
	start := func(i int) error {
		started++
		hashes[i] = assessment.Hash([]byte{byte(i), byte(started), byte(started >> 8)})
		now := b.clock.Now()
		return b.CreateSession(ctx, assessment.Session{Hash: hashes[i], User: people[i].User.ID, CreatedAt: now, SeenAt: now,
			ExpiresAt: now.Add(assessment.AbsoluteLimit)})
	}
	for i := range people {
		check(t, start(i))
	}
	workloadID := b.current(t).State.Workload.ID
	other := must(b.CreateTeam(ctx, "Other"))(t)
	compare := func(t *rapid.T) {
		for i, hash := range hashes {
			session, actor, err := b.Session(ctx, hash)
			session2, actor2, err2 := b.readSession(ctx, hash, b.clock.Now())
			if assessment.CodeOf(err) != assessment.CodeOf(err2) || session != session2 || !reflect.DeepEqual(actor, actor2) {
				t.Fatalf("session %d: remembered %v %v %v, stored %v %v %v", i, session, actor, err, session2, actor2, err2)
			}
		}
		known, err := b.Current(ctx, b.id)
		if err != nil {
			t.Fatal(err)
		}
		stored, err := b.load(ctx, b.readers, b.id)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(known.State, stored.State) || !reflect.DeepEqual(known.Result, stored.Result) {
			t.Fatalf("assessment: remembered %+v, stored %+v", known.State, stored.State)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		who := func() int { return rapid.IntRange(0, len(people)-1).Draw(t, "who") }
		said := func(name string) string { return rapid.StringMatching(`[a-z]{1,3}`).Draw(t, name) }
		// Refusals are as good as successes here: whatever a write did is compared.
		answer := func() func() {
			practice, note := rapid.SampledFrom([]string{"p1", "p2", "p3"}).Draw(t, "practice"), said("note")
			status := rapid.SampledFrom([]assessment.Status{assessment.Absent, assessment.Adopted}).Draw(t, "status")
			return func() {
				c, _ := b.Current(ctx, b.id)
				_, _ = b.SaveAnswer(ctx, admin, b.id, assessment.SaveAnswer{Practice: practice,
					Version: c.State.Answer(practice).Version, Answer: assessment.Answer{Status: status, Note: note}})
			}
		}
		rename := func() func() {
			id, name := people[who()].User.ID, said("name")
			return func() { _ = b.RenameUser(ctx, id, name) }
		}
		role := func() func() {
			id := people[who()].User.ID
			role := rapid.SampledFrom([]assessment.Role{"", assessment.Viewer, assessment.Lead}).Draw(t, "role")
			return func() {
				roles := map[string]assessment.Role{b.team.ID: assessment.Lead}
				if role != "" {
					roles[other.ID] = role
				}
				_ = b.SetMemberships(ctx, admin, id, roles)
			}
		}
		disable := func() func() {
			id, disabled := people[who()].User.ID, rapid.Bool().Draw(t, "disabled")
			return func() { _ = b.SetUserDisabled(ctx, id, disabled) }
		}
		workload := func() func() {
			name := said("workload")
			return func() {
				w, _ := b.Workload(ctx, workloadID)
				w.Name = name
				_, _ = b.UpdateWorkload(ctx, admin, w)
			}
		}
		archive := func() func() {
			archived := rapid.Bool().Draw(t, "archived")
			return func() {
				w, _ := b.Workload(ctx, workloadID)
				_ = b.ArchiveWorkload(ctx, admin, w.ID, w.Version, archived)
			}
		}
		touch := func() func() {
			hash := hashes[who()]
			return func() { _ = b.TouchSession(ctx, hash, b.clock.Now()) }
		}
		end := func() func() {
			hash := hashes[who()]
			return func() { _ = b.DeleteSession(ctx, hash) }
		}
		position := func() func() {
			return func() { _ = b.SetPosition(ctx, admin.User.ID, b.id, "reliability-01") }
		}
		write := func() func() {
			return rapid.SampledFrom([]func() func(){answer, answer, rename, role, disable, workload, archive, touch, end,
				position}).Draw(t, "write")()
		}
		t.Repeat(map[string]func(*rapid.T){
			"":      compare,
			"write": func(*rapid.T) { write()() },
			"sign in": func(*rapid.T) {
				i := who()
				_ = start(i)
			},
			"several": func(*rapid.T) {
				var together sync.WaitGroup
				for range 4 {
					together.Go(write())
				}
				together.Wait()
			},
			"wait": func(t *rapid.T) {
				b.clock.move(time.Duration(rapid.IntRange(1, 20).Draw(t, "minutes")) * time.Minute)
			},
		})
	})
}
