// Package demo fills an empty data folder with an example team: three workloads, five snapshots over a year, decisions
// and plan items.
package demo

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/content"
	"plumbline/storage"
	"plumbline/web/account"
	"plumbline/web/page"
)

// Email and Password sign in to the first account.
const (
	Email    = "ines@example.com"
	Password = "a plumb line hangs"
)

// teller writes the story into a store, at the times when it happened.
type teller struct {
	store  *storage.Store
	now    time.Time // in the story; its steps move it on
	today  time.Time
	people map[string]access.Actor
	model  *assessment.Model
	sha256 string
}

// Seed fills the empty data folder with the story as if its last day were today.
func Seed(ctx context.Context, folder string, today time.Time) error {
	s, err := readStory()
	if err != nil {
		return err
	}
	t := &teller{today: today, now: today.AddDate(-1, 0, 0), people: map[string]access.Actor{}}
	store, err := storage.Open(ctx, storage.Options{Folder: folder, Clock: func() time.Time { return t.now }})
	if err != nil {
		return err
	}
	t.store = store
	if err := t.tell(ctx, s); err != nil {
		_ = store.Close()
		return fmt.Errorf("tell the story: %w", err)
	}
	return store.Close()
}

func (t *teller) tell(ctx context.Context, s story) error {
	builtin, err := content.Builtin()
	if err != nil {
		return err
	}
	ref, err := t.store.SaveQuestionnaire(ctx, access.Actor{}, builtin)
	if err != nil {
		return err
	}
	t.sha256 = ref.SHA256
	if t.model, err = t.store.Model(ctx, ref.SHA256); err != nil {
		return err
	}
	if err := t.meet(ctx, s); err != nil {
		return err
	}
	for _, w := range s.Workloads {
		if err := t.review(ctx, w); err != nil {
			return fmt.Errorf("%s: %w", w.Name, err)
		}
	}
	return nil
}

// meet creates the accounts. All have the same password.
func (t *teller) meet(ctx context.Context, s story) error {
	hash, err := account.HashPassword(Password, Email, "")
	if err != nil {
		return err
	}
	token := page.NewToken()
	err = t.store.CreateLink(ctx, access.Actor{}, access.OneTimeLink{TokenHash: page.HashToken(token), Kind: access.LinkSetup, ExpiresAt: t.now.Add(time.Hour)})
	if err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(s.People)) {
		person := access.User{Email: s.People[key].Email, Name: s.People[key].Name, PasswordHash: hash}
		var user access.User
		if person.Email == Email {
			user, err = t.store.UseSetupLink(ctx, access.Actor{}, page.HashToken(token), person)
		} else {
			user, err = t.join(ctx, person)
		}
		if err != nil {
			return err
		}
		memberships, err := t.store.Memberships(ctx, user.ID)
		if err != nil {
			return err
		}
		t.people[key] = access.Actor{User: user, Memberships: memberships}
	}
	return nil
}

func (t *teller) join(ctx context.Context, person access.User) (access.User, error) {
	person.ConfirmedAt = t.now
	user, err := t.store.CreateUser(ctx, access.Actor{}, person)
	if err != nil {
		return user, err
	}
	teams, err := t.store.Teams(ctx)
	if err != nil {
		return user, err
	}
	return user, t.store.SetMembership(ctx, access.Actor{}, user.ID, teams[0].ID, access.Architect)
}

func (t *teller) review(ctx context.Context, w workload) error {
	t.move(w.Steps[0], 9)
	by := t.people[w.Steps[0].By]
	started, err := t.store.CreateWorkload(ctx, by, assessment.Workload{
		Team: by.Memberships[0].Team.ID, Name: w.Name, Description: w.Description, Owner: w.Owner, Environment: w.Environment, Tags: w.Tags,
	}, t.sha256, w.Priorities)
	if err != nil {
		return err
	}
	for _, s := range w.Steps {
		if err := t.take(ctx, started.ID, s); err != nil {
			return fmt.Errorf("%d days ago: %w", s.DaysAgo, err)
		}
	}
	return nil
}

// move sets the clock to an hour of the day of a step.
func (t *teller) move(s step, hour int) {
	day := t.today.AddDate(0, 0, -s.DaysAgo)
	t.now = time.Date(day.Year(), day.Month(), day.Day(), hour, 5, 0, 0, time.UTC)
}

func (t *teller) take(ctx context.Context, id string, s step) error {
	by := t.people[s.By]
	t.move(s, 10)
	if err := t.set(ctx, by, id, s); err != nil {
		return err
	}
	if err := t.answer(ctx, by, id, s); err != nil {
		return err
	}
	t.move(s, 14)
	for _, d := range s.Decisions {
		if err := t.decide(ctx, by, id, d); err != nil {
			return fmt.Errorf("decision on %s: %w", d.Tradeoff, err)
		}
	}
	for _, practice := range slices.Sorted(maps.Keys(s.Plan)) {
		item := s.Plan[practice]
		_, err := t.store.SavePlanItem(ctx, by, id, assessment.PlanItem{
			Practice: practice, Owner: item.Owner, Due: assessment.DateOf(t.now.AddDate(0, 0, item.DueIn)), URL: item.URL,
		})
		if err != nil {
			return fmt.Errorf("plan item %s: %w", practice, err)
		}
	}
	t.move(s, 16)
	if s.Snapshot != nil {
		if _, err := t.store.TakeSnapshot(ctx, by, id, s.Snapshot.Title, s.Snapshot.Note); err != nil {
			return fmt.Errorf("snapshot: %w", err)
		}
	}
	if s.Approves != "" {
		if err := t.approve(ctx, by, id, s.Approves); err != nil {
			return fmt.Errorf("approval: %w", err)
		}
	}
	return nil
}

// set changes what the step says about the workload as a whole: facets and priorities.
func (t *teller) set(ctx context.Context, by access.Actor, id string, s step) error {
	current, err := t.store.Current(ctx, id)
	if err != nil {
		return err
	}
	if s.Facets != nil {
		facets := maps.Clone(current.State.Facets)
		if facets == nil {
			facets = assessment.Facets{}
		}
		maps.Copy(facets, s.Facets)
		if _, err := t.store.SetFacets(ctx, by, id, current.State.FacetsVersion, facets); err != nil {
			return fmt.Errorf("facets: %w", err)
		}
	}
	if s.Priorities != nil {
		if err := t.store.SetPriorities(ctx, by, id, current.State.Version, s.Priorities); err != nil {
			return fmt.Errorf("priorities: %w", err)
		}
	}
	return nil
}

// answer saves the answers of a step. Each takes the place of an earlier one as a whole.
func (t *teller) answer(ctx context.Context, by access.Actor, id string, s step) error {
	answers, err := s.answers()
	if err != nil {
		return err
	}
	current, err := t.store.Current(ctx, id)
	if err != nil {
		return err
	}
	for _, practice := range inOrder(t.model, answers) {
		t.now = t.now.Add(40 * time.Second)
		save := assessment.SaveAnswer{Practice: practice, Version: current.State.Answer(practice).Version, Answer: answers[practice]}
		if _, err := t.store.SaveAnswer(ctx, by, id, save); err != nil {
			return fmt.Errorf("answer %s: %w", practice, err)
		}
	}
	return nil
}

// inOrder returns the practices in the order of the questionnaire, as people answer them.
func inOrder(m *assessment.Model, answers map[string]assessment.Answer) []string {
	practices := slices.Sorted(maps.Keys(answers))
	slices.SortStableFunc(practices, func(a, b string) int {
		left, _ := m.Place(a)
		right, _ := m.Place(b)
		return left.Index - right.Index
	})
	return practices
}

func (t *teller) decide(ctx context.Context, by access.Actor, id string, d decision) error {
	current, err := t.store.Current(ctx, id)
	if err != nil {
		return err
	}
	decided := assessment.Decision{
		Tradeoff: d.Tradeoff, Choice: assessment.Choice(d.Choice), Rationale: d.Rationale, Owner: d.Owner,
		Date: assessment.DateOf(t.now), Mitigations: d.Mitigations, Version: current.State.Decisions[d.Tradeoff].Version,
	}
	if d.RevisitIn > 0 {
		decided.RevisitOn = assessment.DateOf(t.now.AddDate(0, 0, d.RevisitIn))
	}
	_, err = t.store.SaveDecision(ctx, by, id, decided)
	return err
}

// approve approves the newest snapshot.
func (t *teller) approve(ctx context.Context, by access.Actor, id, note string) error {
	snapshots, err := t.store.Snapshots(ctx, id)
	if err != nil {
		return err
	}
	if len(snapshots) == 0 {
		return errors.New("there is no earlier snapshot to approve")
	}
	newest := slices.MaxFunc(snapshots, func(a, b assessment.SnapshotInfo) int { return a.Sequence - b.Sequence })
	_, err = t.store.ApproveSnapshot(ctx, by, newest.ID, note)
	return err
}
