package storage

import (
	"fmt"
	"sync/atomic"
	"testing"

	"plumbline/assessment"
	"plumbline/assessment/access"
)

// flip returns a status that differs from that of the save before.
func flip(i int) assessment.Status {
	if i%2 == 0 {
		return assessment.Adopted
	}
	return assessment.Partial
}

func BenchmarkSaveAnswer(b *testing.B) {
	s := newBenchWith(b, Options{}, questionnaire(17))
	version := 0
	for b.Loop() {
		s.save(b, "p1", version, flip(version))
		version++
	}
}

func BenchmarkSaveAnswerParallel16(b *testing.B) {
	s := newBenchWith(b, Options{}, questionnaire(17))
	var person atomic.Int64
	b.SetParallelism(8) // times two processors
	b.RunParallel(func(pb *testing.PB) {
		practice := fmt.Sprintf("p%d", person.Add(1))
		for version := 0; pb.Next(); version++ {
			s.save(b, practice, version, flip(version))
		}
	})
}

// BenchmarkBareUpsert is what any durable save costs on this disk: one row, one commit, the same settings.
func BenchmarkBareUpsert(b *testing.B) {
	s := newBenchWith(b, Options{}, questionnaire(17))
	version := 0
	for b.Loop() {
		version++
		tx := must(s.writers.BeginTx(b.Context(), nil))(b)
		_, err := tx.ExecContext(b.Context(), `
			INSERT INTO answer (assessment_id, practice, status, reason, note, evidence, version, saved_by, saved_at)
			VALUES ($1, 'p1', $2, '', '', '[]', $3, 'Ada', 0)
			ON CONFLICT (assessment_id, practice) DO UPDATE
			SET status = excluded.status, version = excluded.version
		`, s.id, string(flip(version)), version)
		check(b, err)
		check(b, tx.Commit())
	}
}

func BenchmarkCurrent(b *testing.B) {
	s := newBenchWith(b, Options{}, questionnaire(17))
	for b.Loop() {
		s.current(b)
	}
}

func BenchmarkSession(b *testing.B) {
	s := newBenchWith(b, Options{}, questionnaire(17))
	now := s.clock.Now()
	check(b, s.CreateSession(b.Context(), access.Actor{}, access.Session{Hash: "h", User: s.actor.User.ID, CreatedAt: now, SeenAt: now,
		ExpiresAt: now.Add(access.AbsoluteLimit)}))
	for b.Loop() {
		_, _, err := s.Session(b.Context(), "h")
		check(b, err)
	}
}
