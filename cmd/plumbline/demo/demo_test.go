package demo

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/storage"
)

// day is the day on which the story ends in tests.
var day = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// told is the store when the story is told.
type told struct {
	*testing.T
	store *storage.Store
	rows  []assessment.PortfolioRow
}

func TestStory(t *testing.T) {
	folder := t.TempDir()
	if err := Seed(t.Context(), folder, day); err != nil {
		t.Fatal(err)
	}
	store, err := storage.Open(t.Context(), storage.Options{Folder: folder, Clock: func() time.Time { return day }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	rows, err := store.Portfolio(t.Context(), assessment.PortfolioFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for name, check := range map[string]func(told){
		"a first visitor meets everything":   told.everything,
		"facets are said":                    told.facets,
		"nothing out of scope is answered":   told.scope,
		"notes fit their answers":            told.notes,
		"most adopted practices have proof":  told.evidence,
		"decisions are about live tradeoffs": told.decisions,
	} {
		t.Run(name, func(t *testing.T) { check(told{t, store, rows}) })
	}
}

func (t told) current(row assessment.PortfolioRow) *assessment.Current {
	t.Helper()
	current, err := t.store.Current(t.Context(), row.Assessment.ID)
	if err != nil {
		t.Fatal(err)
	}
	return current
}

func (t told) everything() {
	snapshots, approvals, decisions, stale, overdue := 0, 0, 0, 0, 0
	for _, row := range t.rows {
		snapshots += row.SnapshotCount
		stale += row.Summary.Stale
		now := t.current(row)
		decisions += len(now.State.Decisions)
		approved, err := t.store.Approvals(t.Context(), row.Assessment.ID)
		if err != nil {
			t.Fatal(err)
		}
		approvals += len(approved)
		for practice, item := range now.State.Plan {
			if item.Due.Before(assessment.DateOf(day)) && now.State.Answer(practice).Status != assessment.Adopted {
				overdue++
			}
		}
	}
	if len(t.rows) != 3 || snapshots != 5 || decisions != 7 {
		t.Errorf("%d workloads, %d snapshots, %d decisions; want 3, 5, 7", len(t.rows), snapshots, decisions)
	}
	if approvals != 1 || stale != 1 || overdue != 1 {
		t.Errorf("%d approvals, %d stale decisions, %d overdue plan items; want one of each", approvals, stale, overdue)
	}
	if _, err := t.store.UserByEmail(t.Context(), Email); err != nil {
		t.Errorf("no account to sign in with: %v", err)
	}
}

// facets also holds that no two scopes are alike: the portfolio is to show how they are told apart.
func (t told) facets() {
	scopes := map[int]bool{}
	for _, row := range t.rows {
		now := t.current(row)
		for _, facet := range now.Model.Questionnaire().Facets {
			if now.State.Facets.Said(facet.ID) == nil {
				t.Errorf("%s does not say %s", row.Assessment.Workload.Name, facet.ID)
			}
		}
		scopes[len(now.Model.OutOfScope(now.State.Facets))] = true
	}
	if len(scopes) != len(t.rows) {
		t.Errorf("the scopes of %d workloads are not all different: %v", len(t.rows), scopes)
	}
}

func (t told) scope() {
	for _, row := range t.rows {
		now := t.current(row)
		t.answersIn(now.Model, now.State.Facets, now.State.Plain())
		snapshots, err := t.store.Snapshots(t.Context(), row.Assessment.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, info := range snapshots {
			_, document, err := t.store.Snapshot(t.Context(), info.ID)
			if err != nil {
				t.Fatal(err)
			}
			snapshot, err := assessment.ReadSnapshot(document)
			if err != nil {
				t.Fatal(err)
			}
			t.answersIn(now.Model, snapshot.Facets, snapshot.Answers)
		}
	}
}

func (t told) answersIn(m *assessment.Model, f assessment.Facets, answers assessment.Answers) {
	t.Helper()
	if len(answers) == 0 {
		t.Error("nothing is answered")
	}
	for _, practice := range m.OutOfScope(f) {
		if answers[practice].Status != assessment.Unanswered {
			t.Errorf("%s is answered and out of scope", practice)
		}
	}
}

// notes holds that a note and evidence belong to the answer that they were written for: none outlives it.
func (t told) notes() {
	s, err := readStory()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range s.Workloads {
		last := map[string]assessment.Answer{}
		for _, step := range w.Steps {
			answers, err := step.answers()
			if err != nil {
				t.Fatal(err)
			}
			maps.Copy(last, answers)
		}
		i := slices.IndexFunc(t.rows, func(r assessment.PortfolioRow) bool { return r.Assessment.Workload.Name == w.Name })
		for practice, saved := range t.current(t.rows[i]).State.Answers {
			if !saved.Equal(last[practice]) {
				t.Errorf("%s: %s is %+v, its last step says %+v", w.Name, practice, saved.Answer, last[practice])
			}
		}
	}
}

func (t told) evidence() {
	for _, row := range t.rows {
		adopted, evidenced := 0, 0
		for _, saved := range t.current(row).State.Answers {
			if saved.Status == assessment.Adopted {
				adopted++
				if len(saved.Evidence) > 0 {
					evidenced++
				}
			}
		}
		if evidenced*4 < adopted*3 {
			t.Errorf("%s: evidence for %d of %d adopted practices, want three of four", row.Assessment.Workload.Name, evidenced, adopted)
		}
	}
}

// decisions also holds that a mitigation is one of the questionnaire's.
func (t told) decisions() {
	for _, row := range t.rows {
		now := t.current(row)
		for id, decision := range now.State.Decisions {
			tradeoff, _ := now.Model.Tradeoff(id)
			if decision.State != assessment.Live {
				t.Errorf("%s: %s was %s when it was decided", row.Assessment.Workload.Name, id, decision.State)
			}
			for _, text := range decision.Mitigations {
				if !slices.Contains(tradeoff.Mitigations, text) {
					t.Errorf("%s: %s has no mitigation %q", row.Assessment.Workload.Name, id, text)
				}
			}
		}
	}
}

// TestMistakesAreNamed tells of a workload whose only step has a mistake, and wants to be told which day and what.
func TestMistakesAreNamed(t *testing.T) {
	s, err := readStory()
	if err != nil {
		t.Fatal(err)
	}
	teller := &teller{today: day, now: day.AddDate(-1, 0, 0), people: map[string]access.Actor{}}
	teller.store, err = storage.Open(t.Context(), storage.Options{Folder: t.TempDir(), Clock: func() time.Time { return teller.now }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = teller.store.Close() }()
	first := s.Workloads[0]
	s.Workloads = nil
	if err := teller.tell(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	practice := slices.Collect(teller.model.Questionnaire().Practices())[0].ID
	for want, spoilt := range map[string]step{
		"facets: ":     {Facets: assessment.Facets{"none": true}},
		"priorities: ": {Priorities: map[string]float64{"none": 1}},
		"practice " + practice + " is answered twice": {Adopted: practice, Absent: practice},
		"a note on x without an answer":               {Notes: map[string]string{"x": "Seen."}},
		"evidence for x without an answer":            {Evidence: []document{{Title: "Log", URL: "https://example.com", For: "x"}}},
		"decision on none: ":                          {Decisions: []decision{{Tradeoff: "none", Choice: "accept"}}},
		"plan item none: ":                            {Plan: map[string]planItem{"none": {Owner: "Ada"}}},
		"approval: ":                                  {Approves: "Agreed."},
	} {
		spoilt.DaysAgo, spoilt.By = 3, first.Steps[0].By
		told := workload{Name: first.Name, Steps: []step{spoilt}}
		if err := teller.review(t.Context(), told); err == nil || !strings.Contains(err.Error(), "3 days ago: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q of 3 days ago", err, want)
		}
	}
}

func TestSeedOfUsedFolder(t *testing.T) {
	folder := t.TempDir()
	if err := Seed(t.Context(), folder, day); err != nil {
		t.Fatal(err)
	}
	if err := Seed(t.Context(), folder, day); err == nil || !strings.HasPrefix(err.Error(), "tell the story: ") {
		t.Errorf("got %v, want that the story cannot be told twice", err)
	}
	if err := Seed(t.Context(), filepath.Join(folder, "plumbline.db"), day); err == nil {
		t.Error("a file is no folder to fill")
	}
}
