package lab

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
	"plumbline/assessment/access"
	"plumbline/content"
	"plumbline/storage"
	"plumbline/web/account"
	"plumbline/web/page"
)

// Password is that of every person of an example.
const Password = "a plumb line hangs"

// Example is a team of people, each with a session, and one workload whose practices nobody has answered.
type Example struct {
	Questionnaire *assessment.Questionnaire
	Assessment    string       // id
	Events        int          // of the assessment, from its beginning
	People        []Person     // all of them lead the team
	Actor         access.Actor // the first of them
	Key           []byte       // signs the cookies of sessions; in the file session.key, too
}

// Person is an account with a session.
type Person struct {
	ID     string
	Email  string
	Cookie string // as a request carries it
}

// Email returns the address of a person by their place among the people.
func Email(n int) string { return "person" + strconv.Itoa(n) + "@example.com" }

// NewExample fills an empty data folder and closes it.
func NewExample(ctx context.Context, folder string, people int) (_ *Example, err error) {
	store, err := storage.Open(ctx, storage.Options{Folder: folder})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	e := &Example{People: make([]Person, people), Key: make([]byte, 32)}
	_, _ = rand.Read(e.Key)
	text := base64.StdEncoding.EncodeToString(e.Key) + "\n"
	if err := os.WriteFile(filepath.Join(folder, "session.key"), []byte(text), 0o600); err != nil {
		return nil, err
	}
	if err := e.begin(ctx, store); err != nil {
		return nil, fmt.Errorf("begin the example: %w", err)
	}
	if err := e.employ(ctx, store); err != nil {
		return nil, fmt.Errorf("people of the example: %w", err)
	}
	return e, nil
}

// begin creates the first account and the workload.
func (e *Example) begin(ctx context.Context, store *storage.Store) error {
	hash, err := account.HashPassword(Password, Email(0), "Person 0")
	if err != nil {
		return err
	}
	link := access.OneTimeLink{TokenHash: page.HashToken(page.NewToken()), Kind: access.LinkSetup, ExpiresAt: time.Now().Add(time.Hour)}
	if err := store.CreateLink(ctx, access.Actor{}, link); err != nil {
		return err
	}
	if e.Actor.User, err = store.UseSetupLink(ctx, access.Actor{}, link.TokenHash, access.User{Email: Email(0), Name: "Person 0", PasswordHash: hash}); err != nil {
		return err
	}
	if e.Actor.Memberships, err = store.Memberships(ctx, e.Actor.User.ID); err != nil {
		return err
	}
	if e.Questionnaire, err = content.Builtin(); err != nil {
		return err
	}
	stored, err := store.SaveQuestionnaire(ctx, access.Actor{}, e.Questionnaire)
	if err != nil {
		return err
	}
	workload := assessment.Workload{Team: e.Actor.Memberships[0].Team.ID, Name: "Claims triage assistant"}
	started, err := store.CreateWorkload(ctx, e.Actor, workload, stored.SHA256, nil)
	if err != nil {
		return err
	}
	e.Assessment = started.ID
	events, err := store.Events(ctx, e.Assessment, 0, 10)
	e.Events = len(events)
	return err
}

// employ creates the other people, all with the same password, and a session for each.
func (e *Example) employ(ctx context.Context, store *storage.Store) error {
	codec := securecookie.New(e.Key, nil)
	codec.SetSerializer(securecookie.NopEncoder{})
	errs := make([]error, len(e.People))
	var group sync.WaitGroup
	for n := range e.People {
		group.Go(func() { e.People[n], errs[n] = e.hire(ctx, store, codec, n) })
	}
	group.Wait()
	return errors.Join(errs...)
}

func (e *Example) hire(ctx context.Context, store *storage.Store, codec *securecookie.SecureCookie, n int) (Person, error) {
	user := e.Actor.User
	if n > 0 {
		var err error
		user, err = store.CreateUser(ctx, access.Actor{}, access.User{Email: Email(n), Name: "Person " + strconv.Itoa(n), PasswordHash: e.Actor.User.PasswordHash})
		if err != nil {
			return Person{}, err
		}
		if err := store.SetMembership(ctx, access.Actor{}, user.ID, e.Actor.Memberships[0].Team.ID, access.Lead); err != nil {
			return Person{}, err
		}
	}
	secret := []byte(rand.Text() + rand.Text())
	now := time.Now()
	err := store.CreateSession(ctx, access.Actor{}, access.Session{
		Hash: page.HashToken(string(secret)), User: user.ID, CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(access.AbsoluteLimit),
	})
	if err != nil {
		return Person{}, err
	}
	value, err := codec.Encode("sid", secret)
	if err != nil {
		return Person{}, fmt.Errorf("sign the cookie: %w", err)
	}
	return Person{ID: user.ID, Email: user.Email, Cookie: "sid=" + value}, nil
}
