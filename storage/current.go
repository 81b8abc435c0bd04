package storage

import (
	"context"
	"fmt"
	"maps"

	"plumbline/assessment"
)

// Current returns an assessment as it is now, NotFound if there is none. The view is shared: nobody may change
// anything in it.
func (s *Store) Current(ctx context.Context, assessmentID string) (*assessment.Current, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	known, probe := s.views.at(assessmentID, s.views.generation())
	if known != nil {
		return known, nil
	}
	// Reading one row is over before anybody goes away; to watch for that would cost more.
	sequence, err := sequenceOf(context.WithoutCancel(ctx), s.readers, assessmentID)
	if err != nil {
		return nil, err
	}
	if view := s.views.get(assessmentID, sequence, probe); view != nil {
		return view, nil
	}
	view, err := reading(ctx, s, func(q queryer) (*assessment.Current, error) { return s.load(ctx, q, assessmentID) })
	if err != nil {
		return nil, err
	}
	s.views.put(assessmentID, view, probe)
	return view, nil
}

func sequenceOf(ctx context.Context, q queryer, assessmentID string) (int64, error) {
	var sequence int64
	err := q.QueryRowContext(ctx, "SELECT sequence FROM assessment WHERE id = $1", assessmentID).Scan(&sequence)
	return sequence, found(err, "assessment")
}

// current returns the view that a write starts from: with what the writes before it in the transaction have done.
func (s *Store) current(t *tx, assessmentID string) (*assessment.Current, error) {
	if view, ok := t.mine[assessmentID]; ok {
		return view, nil
	}
	if view, ok := t.committed[assessmentID]; ok {
		return view, nil
	}
	known, probe := s.views.at(assessmentID, t.generation)
	if known != nil && !t.bumps {
		return known, nil
	}
	sequence, err := sequenceOf(context.Background(), t.conn, assessmentID)
	if err != nil {
		return nil, err
	}
	if view := s.views.get(assessmentID, sequence, probe); view != nil {
		return view, nil
	}
	return s.load(context.Background(), t.conn, assessmentID)
}

// load reads all rows of an assessment and scores it.
func (s *Store) load(ctx context.Context, q queryer, assessmentID string) (*assessment.Current, error) {
	state := assessment.State{}
	var err error
	if state.Assessment, err = readAssessment(ctx, q, assessmentID); err != nil {
		return nil, err
	}
	if state.Answers, err = readAnswers(ctx, q, assessmentID); err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	if state.Decisions, err = readDecisions(ctx, q, assessmentID); err != nil {
		return nil, fmt.Errorf("read decisions: %w", err)
	}
	if state.Plan, err = readPlan(ctx, q, assessmentID); err != nil {
		return nil, fmt.Errorf("read plan: %w", err)
	}
	if state.Earlier, err = readEarlier(ctx, q, assessmentID); err != nil {
		return nil, fmt.Errorf("read what was said earlier: %w", err)
	}
	model, err := s.model(ctx, q, state.Questionnaire.SHA256)
	if err != nil {
		return nil, err
	}
	return &assessment.Current{State: state, Model: model, Result: model.ScoreState(&state), Size: state.Size()}, nil
}

// clonePriorities returns a copy that is never nil.
func clonePriorities(p assessment.Priorities) assessment.Priorities {
	out := assessment.Priorities{}
	maps.Copy(out, p)
	return out
}
