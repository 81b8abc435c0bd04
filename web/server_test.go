package web_test

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
	"plumbline/content"
	"plumbline/content/formats"
	"plumbline/content/microsoftcsv"
	"plumbline/storage"
	"plumbline/web"
)

const (
	testEmail    = "ines@example.com"
	testPassword = "a plumb line hangs"
)

var sessionKey = make([]byte, 32)

// hashOnce hashes the test password, which is slow on purpose, once for all tests.
var hashOnce = sync.OnceValues(func() (string, error) { return web.HashPassword(testPassword, testEmail, "Ines Okafor") })

// app is the whole application on a real database in a temporary folder.
type app struct {
	t      testing.TB
	folder string // of the data
	look   looker
	store  *storage.Store
	server *httptest.Server
	now    time.Time
}

// newApp starts the application with the built-in questionnaire and one account, testEmail.
func newApp(t testing.TB) *app {
	t.Helper()
	a := newEmptyApp(t)
	a.createAccount()
	return a
}

// newEmptyApp starts the application as on its first run.
func newEmptyApp(t testing.TB) *app {
	t.Helper()
	a := &app{t: t, folder: t.TempDir(), now: time.Date(2026, 11, 23, 14, 30, 0, 0, time.UTC)}
	clock := func() time.Time { return a.now }
	store, err := storage.Open(t.Context(), storage.Options{Folder: a.folder, Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	a.store = store
	builtin, err := content.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.SaveQuestionnaire(t.Context(), builtin); err != nil {
		t.Fatal(err)
	}
	handler, err := web.New(web.Options{Store: store, Files: formats.Registry{}, SessionKey: sessionKey, Insecure: true, Clock: clock, Unlimited: true, ReadReview: readReview})
	if err != nil {
		t.Fatal(err)
	}
	a.server = httptest.NewServer(handler)
	t.Cleanup(a.server.Close)
	return a
}

// readReview reads the export of Microsoft's assessment site, as the program does.
func readReview(name string, data []byte) (*assessment.OtherReview, []string, error) {
	review, losses, err := microsoftcsv.Read(name, data)
	return review, strings.Split(losses.String(), "\n"), err
}

func (a *app) createAccount() {
	a.t.Helper()
	hash, err := hashOnce()
	if err != nil {
		a.t.Fatal(err)
	}
	token := a.setupToken()
	user := assessment.User{Email: testEmail, Name: "Ines Okafor", PasswordHash: hash}
	if _, err := a.store.UseSetupLink(context.Background(), web.HashToken(token), user); err != nil {
		a.t.Fatal(err)
	}
}

// setupToken returns the secret of a link that creates the first account.
func (a *app) setupToken() string {
	a.t.Helper()
	token := web.NewToken()
	link := assessment.OneTimeLink{TokenHash: web.HashToken(token), Kind: assessment.LinkSetup, ExpiresAt: a.now.Add(time.Hour)}
	if err := a.store.CreateLink(context.Background(), link); err != nil {
		a.t.Fatal(err)
	}
	return token
}

// browser is one client with its cookies; it does not follow redirects.
type browser struct {
	*app
	client *http.Client
}

// answer is what came back, read whole.
type answer struct {
	status int
	header http.Header
	body   string
	page   *goquery.Document
}

func (a *app) browser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		a.t.Fatal(err)
	}
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return &browser{app: a, client: client}
}

// signedIn returns a browser with a session of testEmail. It does not ask for the password, whose check is slow on purpose.
func (a *app) signedIn() *browser {
	a.t.Helper()
	user, err := a.store.UserByEmail(context.Background(), testEmail)
	if err != nil {
		a.t.Fatal(err)
	}
	return a.signedInAs(user)
}

func (a *app) signedInAs(user assessment.User) *browser {
	a.t.Helper()
	secret := []byte(rand.Text() + rand.Text())
	err := a.store.CreateSession(context.Background(), assessment.Session{
		Hash: web.HashToken(string(secret)), User: user.ID, CreatedAt: a.now, SeenAt: a.now, ExpiresAt: a.now.Add(assessment.AbsoluteLimit),
	})
	if err != nil {
		a.t.Fatal(err)
	}
	codec := securecookie.New(sessionKey, nil)
	codec.SetSerializer(securecookie.NopEncoder{})
	value, err := codec.Encode("sid", secret)
	if err != nil {
		a.t.Fatal(err)
	}
	address, err := url.Parse(a.server.URL)
	if err != nil {
		a.t.Fatal(err)
	}
	b := a.browser()
	b.client.Jar.SetCookies(address, []*http.Cookie{{Name: "sid", Value: value, Path: "/"}})
	return b
}

func (b *browser) get(path string) answer { return b.do(http.MethodGet, path, nil, nil) }

func (b *browser) post(path string, form url.Values) answer {
	return b.do(http.MethodPost, path, form, nil)
}

// live posts as htmx does.
func (b *browser) live(path string, form url.Values) answer {
	return b.do(http.MethodPost, path, form, http.Header{"Hx-Request": {"true"}})
}

func (b *browser) do(method, path string, form url.Values, header http.Header) answer {
	b.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
		header = header.Clone()
		if header == nil {
			header = http.Header{}
		}
		header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return b.send(method, path, header, body)
}

// send sends any body.
func (b *browser) send(method, path string, header http.Header, body io.Reader) answer {
	b.t.Helper()
	request, err := http.NewRequestWithContext(context.Background(), method, b.server.URL+path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	for name, values := range header {
		request.Header[name] = values
	}
	response, err := b.client.Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	page, err := goquery.NewDocumentFromReader(strings.NewReader(string(text)))
	if err != nil {
		b.t.Fatal(err)
	}
	return answer{status: response.StatusCode, header: response.Header, body: string(text), page: page}
}

// newAssessment creates a workload that is reviewed against the built-in questionnaire, by the account testEmail.
func (a *app) newAssessment(name string) assessment.Assessment {
	a.t.Helper()
	questionnaires, err := a.store.Questionnaires(context.Background())
	if err != nil {
		a.t.Fatal(err)
	}
	actor := a.actor()
	workload := assessment.Workload{Team: actor.Memberships[0].Team.ID, Name: name}
	started, err := a.store.CreateWorkload(context.Background(), actor, workload, questionnaires[0].SHA256, nil)
	if err != nil {
		a.t.Fatal(err)
	}
	return started
}

func (a *app) actor() assessment.Actor {
	a.t.Helper()
	user, err := a.store.UserByEmail(context.Background(), testEmail)
	if err != nil {
		a.t.Fatal(err)
	}
	memberships, err := a.store.Memberships(context.Background(), user.ID)
	if err != nil {
		a.t.Fatal(err)
	}
	return assessment.Actor{User: user, Memberships: memberships}
}
