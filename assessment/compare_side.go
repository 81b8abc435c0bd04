package assessment

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"
)

// side is one snapshot of a comparison with its own evaluation.
type side struct {
	snapshot   *Snapshot
	model      *Model
	evaluation *evaluation
	result     *Result
}

func newSide(s *Snapshot) (*side, error) {
	m, err := Compile(s.Questionnaire)
	if err != nil {
		return nil, err
	}
	one := &side{snapshot: s, model: m}
	one.evaluation = m.evaluate(m.inputsOf(s.Answers, s.Facets), m.prioritiesOf(one.priorities()))
	one.result = one.evaluation.result()
	return one, nil
}

// priorities returns the priorities of the pillars that the side has; any other counts 1.
func (s *side) priorities() Priorities {
	known := maps.Clone(s.snapshot.Priorities)
	maps.DeleteFunc(known, func(id string, _ float64) bool {
		_, ok := s.model.pillarAt[id]
		return !ok
	})
	return known
}

// status returns the status of a practice as it is shown: OutOfScope where the facets leave it out, Unanswered where the
// stored text is not a status.
func (s *side) status(practice string) Status {
	if s.evaluation.isOut(s.model.practiceAt[practice]) {
		return OutOfScope
	}
	status, _ := parseStatus(string(s.snapshot.Answers[practice].Status))
	return status
}

func (s *side) compared() ComparedSnapshot {
	return ComparedSnapshot{
		Title:         s.snapshot.Title,
		TakenAt:       s.snapshot.TakenAt,
		TakenBy:       s.snapshot.TakenBy,
		Assessment:    s.snapshot.Assessment,
		Workload:      s.snapshot.Workload,
		Questionnaire: s.result.Questionnaire,
		Overall:       s.result.Overall,
	}
}

// defects compares the stored scores with the computed ones, to the decimals that are stored.
func (s *side) defects(which string) []string {
	stored := s.snapshot.Result
	if stored == nil {
		return nil
	}
	var list []string
	check := func(name string, stored, computed Range) {
		if !sameStored(stored, computed) {
			list = append(list, fmt.Sprintf("the %s snapshot stores %s for %s, but its answers give %s",
				which, stored.text(), name, computed.text()))
		}
	}
	check("the overall score", stored.Overall.Range, s.result.Overall.Range)
	for i := range s.result.Pillars {
		pillar := &s.result.Pillars[i]
		check(pillar.ID, pillarScore(stored, pillar.ID).Range, pillar.Range)
	}
	return list
}

func sameStored(stored, computed Range) bool {
	return stored.Applicable == computed.Applicable &&
		RoundTo(stored.Low, decimals) == RoundTo(computed.Low, decimals) &&
		RoundTo(stored.High, decimals) == RoundTo(computed.High, decimals)
}

// text returns the range for a sentence.
func (r Range) text() string {
	if !r.Applicable {
		return "nothing applicable"
	}
	return fmt.Sprintf("%g to %g", RoundTo(r.Low, decimals), RoundTo(r.High, decimals))
}

// pillarScore returns the score of a pillar in a result, the zero Score where the result does not have it.
func pillarScore(r *Result, id string) Score {
	for i := range r.Pillars {
		if r.Pillars[i].ID == id {
			return r.Pillars[i].Score
		}
	}
	return Score{}
}

// practicesSince returns the practices that the earlier side lacks, and those whose text it has otherwise.
func (s *side) practicesSince(earlier *side) (added, reworded []PracticeName) {
	added, reworded = []PracticeName{}, []PracticeName{}
	for i := range s.model.practices {
		place, _ := s.model.Place(s.model.ids[i])
		name := PracticeName{place.Practice.ID, place.Practice.Title}
		old, ok := earlier.model.Place(name.ID)
		switch {
		case !ok:
			added = append(added, name)
		case !place.Practice.Wording().readsAs(old.Practice.Wording()):
			reworded = append(reworded, name)
		}
	}
	return added, reworded
}

// weightsChangedSince returns the practices that the earlier side has too, with another risk or weight.
func (s *side) weightsChangedSince(earlier *side) []PracticeName {
	revalued := []PracticeName{}
	for practice := range s.model.questionnaire.Practices() {
		old, ok := earlier.model.Place(practice.ID)
		if ok && !practice.Wording().countsAs(old.Practice.Wording()) {
			revalued = append(revalued, PracticeName{practice.ID, practice.Title})
		}
	}
	return revalued
}

// practicesWithout returns the practices that the other side lacks.
func (s *side) practicesWithout(other *side) []PracticeName {
	list, _ := s.practicesSince(other)
	return list
}

// pillarChanges needs the practices' parts to be known.
func (c *Comparison) pillarChanges(a, b *side) []PillarChange {
	changes := make([]PillarChange, 0, len(b.model.pillars))
	for i := range b.model.pillars {
		pillar := &b.model.questionnaire.Pillars[i]
		change := PillarChange{ID: pillar.ID, Title: pillar.Title}
		change.Before = pillarScore(a.result, pillar.ID)
		change.After = b.result.Pillars[i].Score
		for _, practice := range c.Practices {
			if practice.Pillar == pillar.ID {
				change.Part += practice.Part
				change.Practices++
			}
		}
		changes = append(changes, change)
	}
	for i := range a.model.pillars {
		pillar := &a.model.questionnaire.Pillars[i]
		if _, ok := b.model.pillarAt[pillar.ID]; !ok {
			changes = append(changes, PillarChange{ID: pillar.ID, Title: pillar.Title, Before: a.result.Pillars[i].Score})
		}
	}
	return changes
}

func tradeoffChanges(a, b *side) []TradeoffChange {
	changes := make([]TradeoffChange, 0, len(b.model.tradeoffs))
	for i := range b.model.tradeoffs {
		tradeoff := &b.model.questionnaire.Tradeoffs[i]
		change := TradeoffChange{ID: tradeoff.ID, Title: tradeoff.Title, After: b.result.Tradeoffs[i].State}
		if at, ok := a.model.tradeoffAt[tradeoff.ID]; ok {
			change.Before = a.result.Tradeoffs[at].State
		}
		changes = append(changes, change)
	}
	for i := range a.model.tradeoffs {
		tradeoff := &a.model.questionnaire.Tradeoffs[i]
		if _, ok := b.model.tradeoffAt[tradeoff.ID]; !ok {
			change := TradeoffChange{ID: tradeoff.ID, Title: tradeoff.Title, Before: a.result.Tradeoffs[i].State}
			changes = append(changes, change)
		}
	}
	return changes
}

func priorityChanges(a, b *side) []PriorityChange {
	changes := []PriorityChange{}
	before, after := a.priorities(), b.priorities()
	for i := range b.model.questionnaire.Pillars {
		pillar := &b.model.questionnaire.Pillars[i]
		_, known := a.model.pillarAt[pillar.ID]
		if known && before.Of(pillar.ID) != after.Of(pillar.ID) {
			changes = append(changes, PriorityChange{pillar.ID, pillar.Title, before.Of(pillar.ID), after.Of(pillar.ID)})
		}
	}
	return changes
}

func decisionChanges(a, b *side) []DecisionChange {
	before, after := decisionsByTradeoff(a.snapshot), decisionsByTradeoff(b.snapshot)
	ids := slices.Collect(maps.Keys(after))
	for id := range before {
		if _, ok := after[id]; !ok {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	changes := []DecisionChange{}
	for _, id := range ids {
		if !sameDecision(before[id], after[id]) {
			changes = append(changes, DecisionChange{id, tradeoffTitle(id, b.model, a.model), before[id], after[id]})
		}
	}
	return changes
}

func decisionsByTradeoff(s *Snapshot) map[string]*Decision {
	decisions := make(map[string]*Decision, len(s.Decisions))
	for i := range s.Decisions {
		decisions[s.Decisions[i].Tradeoff] = &s.Decisions[i]
	}
	return decisions
}

// sameDecision compares what was decided and on what grounds, not when it was written down.
func sameDecision(a, b *Decision) bool {
	if a == nil || b == nil {
		return a == b
	}
	x, y := *a, *b
	x.Version, y.Version = 0, 0
	x.At, y.At = time.Time{}, time.Time{}
	return reflect.DeepEqual(x, y)
}

// tradeoffTitle returns the title in the first model that has the tradeoff, else its id.
func tradeoffTitle(id string, models ...*Model) string {
	for _, m := range models {
		if tradeoff, ok := m.Tradeoff(id); ok {
			return tradeoff.Title
		}
	}
	return id
}
