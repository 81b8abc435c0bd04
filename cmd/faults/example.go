package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/gorilla/securecookie"

	"plumbline/assessment"
	"plumbline/content"
	"plumbline/storage"
	"plumbline/web"
)

const (
	password = "a plumb line hangs"
	crowd    = 200 // people of the example
)

// example is a team of many people, each with a session, and one workload whose practices nobody has answered.
type example struct {
	questionnaire string // hash
	assessment    string // id
	principle     string // id of the first one
	practices     []string
	firstEvents   int // that the assessment has from its beginning
	people        []person
	actor         assessment.Actor // the first of them
}

// person is an account with a session.
type person struct {
	email  string
	cookie string
}

func email(n int) string { return "person" + strconv.Itoa(n) + "@example.com" }

// newExample fills a data folder.
func newExample(ctx context.Context, folder string) (_ *example, err error) {
	store, err := open(ctx, folder)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	e := &example{}
	if err := e.begin(ctx, store); err != nil {
		return nil, err
	}
	key := make([]byte, 32)
	_, _ = rand.Read(key)
	text := base64.StdEncoding.EncodeToString(key) + "\n"
	if err := os.WriteFile(filepath.Join(folder, "session.key"), []byte(text), 0o600); err != nil {
		return nil, err
	}
	return e, e.employ(ctx, store, key)
}

// begin creates the first account and the workload.
func (e *example) begin(ctx context.Context, store *storage.Store) error {
	hash, err := web.HashPassword(password, email(0), "Person 0")
	if err != nil {
		return err
	}
	link := assessment.OneTimeLink{TokenHash: web.HashToken(web.NewToken()), Kind: assessment.LinkSetup, ExpiresAt: time.Now().Add(time.Hour)}
	if err := store.CreateLink(ctx, link); err != nil {
		return err
	}
	if e.actor.User, err = store.UseSetupLink(ctx, link.TokenHash, assessment.User{Email: email(0), Name: "Person 0", PasswordHash: hash}); err != nil {
		return err
	}
	if e.actor.Memberships, err = store.Memberships(ctx, e.actor.User.ID); err != nil {
		return err
	}
	builtin, err := content.Builtin()
	if err != nil {
		return err
	}
	stored, err := store.SaveQuestionnaire(ctx, builtin)
	if err != nil {
		return err
	}
	e.questionnaire = stored.SHA256
	e.principle = builtin.Pillars[0].Principles[0].ID
	for pillar := range builtin.Pillars {
		for principle := range builtin.Pillars[pillar].Principles {
			for practice := range builtin.Pillars[pillar].Principles[principle].Practices() {
				e.practices = append(e.practices, practice.ID)
			}
		}
	}
	workload := assessment.Workload{Team: e.actor.Memberships[0].Team.ID, Name: "Claims triage assistant"}
	started, err := store.CreateWorkload(ctx, e.actor, workload, stored.SHA256, nil)
	if err != nil {
		return err
	}
	e.assessment = started.ID
	events, err := store.Events(ctx, e.assessment, 0, 10)
	e.firstEvents = len(events)
	return err
}

// employ creates the other people, all with the same password, and a session for each.
func (e *example) employ(ctx context.Context, store *storage.Store, key []byte) error {
	codec := securecookie.New(key, nil)
	codec.SetSerializer(securecookie.NopEncoder{})
	e.people = make([]person, crowd)
	errs := make([]error, crowd)
	var group sync.WaitGroup
	for n := range e.people {
		group.Go(func() { e.people[n], errs[n] = e.hire(ctx, store, codec, n) })
	}
	group.Wait()
	return errors.Join(errs...)
}

func (e *example) hire(ctx context.Context, store *storage.Store, codec *securecookie.SecureCookie, n int) (person, error) {
	user := e.actor.User
	if n > 0 {
		var err error
		user, err = store.CreateUser(ctx, assessment.User{Email: email(n), Name: "Person " + strconv.Itoa(n), PasswordHash: e.actor.User.PasswordHash})
		if err != nil {
			return person{}, err
		}
		if err := store.SetMembership(ctx, user.ID, e.actor.Memberships[0].Team.ID, assessment.Lead); err != nil {
			return person{}, err
		}
	}
	secret := []byte(rand.Text() + rand.Text())
	now := time.Now()
	err := store.CreateSession(ctx, assessment.Session{
		Hash: web.HashToken(string(secret)), User: user.ID, CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(assessment.AbsoluteLimit),
	})
	if err != nil {
		return person{}, err
	}
	value, err := codec.Encode("sid", secret)
	if err != nil {
		return person{}, fmt.Errorf("sign the cookie: %w", err)
	}
	return person{email: user.Email, cookie: "sid=" + value}, nil
}
