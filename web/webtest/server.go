package webtest

import (
	"context"
	"crypto/rand"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/gorilla/securecookie"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/content"
	"plumbline/content/formats"
	"plumbline/content/microsoftcsv"
	"plumbline/storage"
	"plumbline/web"
	"plumbline/web/account"
	"plumbline/web/page"
)

const (
	TestEmail    = "ines@example.com"
	TestPassword = "a plumb line hangs"
)

var SessionKey = make([]byte, 32)

// hashOnce hashes the test password, which is slow on purpose, once for all tests.
var hashOnce = sync.OnceValues(func() (string, error) { return account.HashPassword(TestPassword, TestEmail, "Ines Okafor") })

// App is the whole application on a real database in a temporary folder.
type App struct {
	T testing.TB
	*Clock
	folder string // of the data
	look   looker
	Store  *storage.Store
	Server *httptest.Server
}

// NewApp starts the application with the built-in questionnaire and one account, testEmail.
func NewApp(t testing.TB) *App {
	t.Helper()
	a := NewEmptyApp(t)
	a.createAccount()
	return a
}

// Folder returns where the data is.
func (a *App) Folder() string { return a.folder }

// NewEmptyApp starts the application as on its first run.
func NewEmptyApp(t testing.TB) *App {
	t.Helper()
	a := &App{T: t, folder: t.TempDir(), Clock: NewClock(time.Date(2026, 11, 23, 14, 30, 0, 0, time.UTC))}
	store, err := storage.Open(t.Context(), storage.Options{Folder: a.folder, Clock: a.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	a.Store = store
	builtin, err := content.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.SaveQuestionnaire(t.Context(), access.Actor{}, builtin); err != nil {
		t.Fatal(err)
	}
	handler, err := web.New(web.Options{Store: store, Files: formats.Registry{}, SessionKey: SessionKey, Insecure: true, Clock: a.Now, Unlimited: true, ReadReview: readReview})
	if err != nil {
		t.Fatal(err)
	}
	a.Server = httptest.NewServer(handler)
	t.Cleanup(a.Server.Close)
	return a
}

// readReview reads the export of Microsoft's assessment site, as the program does.
func readReview(name string, data []byte) (*assessment.OtherReview, []string, error) {
	review, losses, err := microsoftcsv.Read(name, data)
	return review, strings.Split(losses.String(), "\n"), err
}

func (a *App) createAccount() {
	a.T.Helper()
	hash, err := hashOnce()
	if err != nil {
		a.T.Fatal(err)
	}
	token := a.SetupToken()
	user := access.User{Email: TestEmail, Name: "Ines Okafor", PasswordHash: hash}
	if _, err := a.Store.UseSetupLink(context.Background(), access.Actor{}, page.HashToken(token), user); err != nil {
		a.T.Fatal(err)
	}
}

// SetupToken returns the secret of a link that creates the first account.
func (a *App) SetupToken() string {
	a.T.Helper()
	token := page.NewToken()
	link := access.OneTimeLink{TokenHash: page.HashToken(token), Kind: access.LinkSetup, ExpiresAt: a.Now().Add(time.Hour)}
	if err := a.Store.CreateLink(context.Background(), access.Actor{}, link); err != nil {
		a.T.Fatal(err)
	}
	return token
}

// Browser is one client with its cookies; it does not follow redirects.
type Browser struct {
	*App
	Client *http.Client
}

// Answer is what came back, read whole.
type Answer struct {
	Status int
	Header http.Header
	Body   string
	Page   *goquery.Document
}

func (a *App) Browser() *Browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		a.T.Fatal(err)
	}
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return &Browser{App: a, Client: client}
}

// SignedIn returns a browser with a session of testEmail. It does not ask for the password, whose check is slow on purpose.
func (a *App) SignedIn() *Browser {
	a.T.Helper()
	user, err := a.Store.UserByEmail(context.Background(), TestEmail)
	if err != nil {
		a.T.Fatal(err)
	}
	return a.SignedInAs(user)
}

func (a *App) SignedInAs(user access.User) *Browser {
	a.T.Helper()
	secret := []byte(rand.Text() + rand.Text())
	err := a.Store.CreateSession(context.Background(), access.Actor{}, access.Session{
		Hash: page.HashToken(string(secret)), User: user.ID, CreatedAt: a.Now(), SeenAt: a.Now(), ExpiresAt: a.Now().Add(access.AbsoluteLimit),
	})
	if err != nil {
		a.T.Fatal(err)
	}
	codec := securecookie.New(SessionKey, nil)
	codec.SetSerializer(securecookie.NopEncoder{})
	value, err := codec.Encode("sid", secret)
	if err != nil {
		a.T.Fatal(err)
	}
	address, err := url.Parse(a.Server.URL)
	if err != nil {
		a.T.Fatal(err)
	}
	b := a.Browser()
	b.Client.Jar.SetCookies(address, []*http.Cookie{{Name: "sid", Value: value, Path: "/"}})
	return b
}

func (b *Browser) Get(path string) Answer { return b.Do(http.MethodGet, path, nil, nil) }

func (b *Browser) Post(path string, form url.Values) Answer {
	return b.Do(http.MethodPost, path, form, nil)
}

// Live posts as htmx does.
func (b *Browser) Live(path string, form url.Values) Answer {
	return b.Do(http.MethodPost, path, form, http.Header{"Hx-Request": {"true"}})
}

func (b *Browser) Do(method, path string, form url.Values, header http.Header) Answer {
	b.T.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
		header = header.Clone()
		if header == nil {
			header = http.Header{}
		}
		header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return b.Send(method, path, header, body)
}

// Send sends any body.
func (b *Browser) Send(method, path string, header http.Header, body io.Reader) Answer {
	b.T.Helper()
	request, err := http.NewRequestWithContext(context.Background(), method, b.Server.URL+path, body)
	if err != nil {
		b.T.Fatal(err)
	}
	for name, values := range header {
		request.Header[name] = values
	}
	response, err := b.Client.Do(request)
	if err != nil {
		b.T.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		b.T.Fatal(err)
	}
	page, err := goquery.NewDocumentFromReader(strings.NewReader(string(text)))
	if err != nil {
		b.T.Fatal(err)
	}
	return Answer{Status: response.StatusCode, Header: response.Header, Body: string(text), Page: page}
}

// NewAssessment creates a workload that is reviewed against the built-in questionnaire, by the account testEmail.
func (a *App) NewAssessment(name string) assessment.Assessment {
	a.T.Helper()
	questionnaires, err := a.Store.Library(context.Background())
	if err != nil {
		a.T.Fatal(err)
	}
	actor := a.Actor()
	workload := assessment.Workload{Team: actor.Memberships[0].Team.ID, Name: name}
	started, err := a.Store.CreateWorkload(context.Background(), actor, workload, questionnaires[0].SHA256, nil)
	if err != nil {
		a.T.Fatal(err)
	}
	return started
}

func (a *App) Actor() access.Actor {
	a.T.Helper()
	user, err := a.Store.UserByEmail(context.Background(), TestEmail)
	if err != nil {
		a.T.Fatal(err)
	}
	memberships, err := a.Store.Memberships(context.Background(), user.ID)
	if err != nil {
		a.T.Fatal(err)
	}
	return access.Actor{User: user, Memberships: memberships}
}
