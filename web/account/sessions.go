package account

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"time"

	"github.com/gorilla/securecookie"
	"github.com/gorilla/sessions"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/web/page"
)

const (
	secureCookie = "__Host-sid"
	plainCookie  = "sid"

	valueUser    = "user"    // id of the account, set at sign-in
	valueVersion = "version" // of the account whose password was right
	valueShown   = "shown"   // when the person showed who they are
	valueMeans   = "means"   // by which the person signed in; empty for a password
	valueVisitor = "visitor" // what the database says about the session, for one request
)

// sessionKeeper keeps sessions by the hash of their secret.
type sessionKeeper interface {
	CreateSession(ctx context.Context, actor access.Actor, s access.Session) error
	DeleteSession(ctx context.Context, actor access.Actor, hash string) error
	RenewSession(ctx context.Context, hash, newHash string) error
	Session(ctx context.Context, hash string) (access.Session, access.Actor, error)
}

// sessionStore keeps sessions in the database: the cookie carries a signed random secret, the database its hash.
type sessionStore struct {
	store  sessionKeeper
	codec  *securecookie.SecureCookie
	secure bool
	clock  func() time.Time
}

func newSessionStore(store sessionKeeper, key []byte, secure bool, clock func() time.Time) *sessionStore {
	codec := securecookie.New(key, nil)
	codec.MaxAge(int(access.AbsoluteLimit.Seconds()))
	codec.SetSerializer(securecookie.NopEncoder{})
	return &sessionStore{store: store, codec: codec, secure: secure, clock: clock}
}

// Get returns the session of the request, read once a request.
func (s *sessionStore) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(s, name)
}

// New returns the session that the cookie names, or a new one where it names none that is still good.
// An error is one of the database; the session is never nil.
func (s *sessionStore) New(r *http.Request, name string) (*sessions.Session, error) {
	session := sessions.NewSession(s, name)
	session.IsNew = true
	session.Options = &sessions.Options{Path: "/", HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteLaxMode,
		MaxAge: int(access.AbsoluteLimit.Seconds())}
	cookie, err := r.Cookie(name)
	if err != nil {
		return session, nil
	}
	var secret []byte
	if err := s.codec.Decode(name, cookie.Value, &secret); err != nil {
		return session, nil
	}
	saved, actor, err := s.store.Session(r.Context(), page.HashOf(secret))
	if assessment.CodeOf(err) == assessment.NotFound {
		return session, nil
	}
	if err != nil {
		return session, err
	}
	session.ID = saved.Hash
	session.IsNew = false
	session.Values[valueUser] = saved.User
	session.Values[valueVisitor] = &page.Visitor{Actor: actor, Session: saved}
	return session, nil
}

// Save writes a new session under a new secret; a known one holds nothing that could change. MaxAge < 0 ends it.
func (s *sessionStore) Save(r *http.Request, w http.ResponseWriter, session *sessions.Session) error {
	if session.Options.MaxAge < 0 {
		http.SetCookie(w, sessions.NewCookie(session.Name(), "", session.Options))
		return s.store.DeleteSession(r.Context(), page.ActorOf(r), session.ID)
	}
	if !session.IsNew {
		return nil
	}
	hash, cookie, err := s.newSecret(session)
	if err != nil {
		return err
	}
	user, _ := session.Values[valueUser].(string)
	version, _ := session.Values[valueVersion].(int)
	means, _ := session.Values[valueMeans].(string)
	shown, _ := session.Values[valueShown].(time.Time)
	now := s.clock()
	session.ID = hash
	err = s.store.CreateSession(r.Context(), page.ActorOf(r), access.Session{
		Hash: session.ID, User: user, CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(access.AbsoluteLimit),
		Address: page.ClientAddress(r), Agent: page.Shortened(r.UserAgent(), assessment.MaxShort), Version: version, Means: means, ShownAt: shown,
	})
	if err != nil {
		return err
	}
	session.IsNew = false
	http.SetCookie(w, cookie)
	return nil
}

// renew gives a known session another secret, and the browser the cookie with it; the old one is worth nothing then.
// NotFound where another request of the session was first: this one goes on as it was recognised.
func (s *sessionStore) renew(r *http.Request, w http.ResponseWriter, session *sessions.Session) error {
	hash, cookie, err := s.newSecret(session)
	if err != nil {
		return err
	}
	if err := s.store.RenewSession(r.Context(), session.ID, hash); err != nil {
		return err
	}
	session.ID = hash
	http.SetCookie(w, cookie)
	return nil
}

// newSecret returns a new secret: what the database knows of it, and the cookie that carries it.
func (s *sessionStore) newSecret(session *sessions.Session) (hash string, cookie *http.Cookie, err error) {
	secret := make([]byte, 32)
	_, _ = rand.Read(secret)
	encoded, err := s.codec.Encode(session.Name(), secret)
	if err != nil {
		return "", nil, fmt.Errorf("sign the session cookie: %w", err)
	}
	return page.HashOf(secret), sessions.NewCookie(session.Name(), encoded, session.Options), nil
}
