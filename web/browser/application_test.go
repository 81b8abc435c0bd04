package browser_test

import (
	"context"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/content"
	"plumbline/content/formats"
	"plumbline/storage"
	"plumbline/templates"
	"plumbline/web"
	"plumbline/web/account"
	"plumbline/web/page"
)

const (
	inesEmail    = "ines@example.com"
	inesName     = "Ines Okafor"
	inesPassword = "a plumb line hangs"
)

// passwordHash is that of inesPassword, made once: each takes as long as a guess may.
var passwordHash = sync.OnceValues(func() (string, error) { return account.HashPassword(inesPassword, inesEmail, inesName) })

// application is the whole application on a database in a temporary folder, reached over a port of its own.
type application struct {
	t       testing.TB
	folder  string
	address string
	store   *storage.Store
	server  *http.Server
	model   *assessment.Model
	sso     *account.SSO // from the next start on
	mute    atomic.Bool  // requests that change something are carried out, and their answers are lost
	lost    chan string  // paths of those requests
	held    sync.Map     // path to the *held that waits for a request to it
}

// startEmpty starts the application as on its first run: nobody has an account.
func startEmpty(t testing.TB) *application {
	t.Helper()
	questionnaire, err := content.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	model, err := assessment.Compile(questionnaire)
	if err != nil {
		t.Fatal(err)
	}
	a := &application{t: t, folder: t.TempDir(), address: "127.0.0.1:0", model: model, lost: make(chan string, 100)}
	a.start()
	t.Cleanup(func() { a.stop() })
	return a
}

// start starts the application with one account, of Ines.
func start(t testing.TB) *application {
	t.Helper()
	a := startEmpty(t)
	hash, err := passwordHash()
	if err != nil {
		t.Fatal(err)
	}
	user := access.User{Email: inesEmail, Name: inesName, PasswordHash: hash}
	if _, err := a.store.UseSetupLink(context.Background(), access.Actor{}, page.HashToken(a.setupToken()), user); err != nil {
		t.Fatal(err)
	}
	return a
}

// start serves what the folder holds; after stop, at the same address as before.
func (a *application) start() {
	a.t.Helper()
	store, err := storage.Open(context.Background(), storage.Options{Folder: a.folder})
	if err != nil {
		a.t.Fatal(err)
	}
	if _, err := store.SaveQuestionnaire(context.Background(), access.Actor{}, a.model.Questionnaire()); err != nil {
		a.t.Fatal(err)
	}
	handler, err := web.New(web.Options{Store: store, Files: formats.Registry{}, SessionKey: make([]byte, 32), Insecure: true, Unlimited: true, SSO: a.sso, ReadReview: readReview})
	if err != nil {
		a.t.Fatal(err)
	}
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", a.address)
	if err != nil {
		a.t.Fatal(err)
	}
	a.store, a.address = store, listener.Addr().String()
	server := &http.Server{Handler: a.muted(handler), ReadHeaderTimeout: 5 * time.Second}
	a.server = server
	go func() { _ = server.Serve(listener) }()
}

func (a *application) muted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if waiting, is := a.held.LoadAndDelete(r.URL.Path); is {
			waiting.(*held).serve(next, w, r)
			return
		}
		if r.Method == http.MethodPost && a.mute.Load() {
			next.ServeHTTP(httptest.NewRecorder(), r)
			a.lost <- r.URL.Path
			panic(http.ErrAbortHandler)
		}
		next.ServeHTTP(w, r)
	})
}

// held is a request that is carried out at once, and whose answer waits.
type held struct{ done, over chan struct{} }

// holds keeps back the answer to the next save of a practice.
func (a *application) holds(id string, practice asked) *held {
	h := &held{done: make(chan struct{}), over: make(chan struct{})}
	a.held.Store(templates.AnswerURL(id, string(practice)), h)
	return h
}

func (h *held) serve(next http.Handler, w http.ResponseWriter, r *http.Request) {
	answer := httptest.NewRecorder()
	next.ServeHTTP(answer, r)
	close(h.done)
	select {
	case <-h.over:
	case <-r.Context().Done():
	}
	maps.Copy(w.Header(), answer.Header())
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes())
}

// carriedOut returns once the request is, whose answer goes on waiting.
func (h *held) carriedOut(t testing.TB) {
	t.Helper()
	select {
	case <-h.done:
	case <-time.After(patience):
		t.Fatal("nothing came that could be held")
	}
}

// release lets the answer go.
func (h *held) release() { close(h.over) }

// losesAnswer returns once the answer to another save of a practice was lost.
func (a *application) losesAnswer(practice asked) {
	a.t.Helper()
	for {
		select {
		case path := <-a.lost:
			if strings.HasSuffix(path, "/answers/"+string(practice)) {
				return
			}
		case <-time.After(patience):
			a.t.Fatalf("%s: no answer was lost", practice)
		}
	}
}

// stop ends the server and everything that is connected to it. Stopping twice is harmless.
func (a *application) stop() {
	_ = a.server.Close()
	_ = a.store.Close()
}

func (a *application) url(path string) string { return "http://" + a.address + path }

// setupToken returns the secret of a link that creates the first account.
func (a *application) setupToken() string {
	a.t.Helper()
	token := page.NewToken()
	link := access.OneTimeLink{TokenHash: page.HashToken(token), Kind: access.LinkSetup, ExpiresAt: time.Now().Add(time.Hour)}
	if err := a.store.CreateLink(context.Background(), access.Actor{}, link); err != nil {
		a.t.Fatal(err)
	}
	return token
}

// resetToken returns the secret of a link that sets a new password for Ines.
func (a *application) resetToken() string {
	a.t.Helper()
	token := page.NewToken()
	link := access.OneTimeLink{TokenHash: page.HashToken(token), Kind: access.LinkReset, User: a.ines().User.ID, ExpiresAt: time.Now().Add(time.Hour)}
	if err := a.store.CreateLink(context.Background(), access.Actor{}, link); err != nil {
		a.t.Fatal(err)
	}
	return token
}

// ines is the account that start makes, with its rights.
func (a *application) ines() access.Actor {
	a.t.Helper()
	user, err := a.store.UserByEmail(context.Background(), inesEmail)
	if err != nil {
		a.t.Fatal(err)
	}
	memberships, err := a.store.Memberships(context.Background(), user.ID)
	if err != nil {
		a.t.Fatal(err)
	}
	return access.Actor{User: user, Memberships: memberships}
}

// endSessions ends every session of Ines, as a new password would.
func (a *application) endSessions() {
	a.t.Helper()
	if err := a.store.DeleteSessionsOf(context.Background(), access.Actor{}, a.ines().User.ID, ""); err != nil {
		a.t.Fatal(err)
	}
}

// newAssessment creates a workload that is reviewed against the built-in questionnaire.
func (a *application) newAssessment(name string) assessment.Assessment {
	a.t.Helper()
	questionnaires, err := a.store.Library(context.Background())
	if err != nil {
		a.t.Fatal(err)
	}
	actor := a.ines()
	workload := assessment.Workload{Team: actor.Memberships[0].Team.ID, Name: name}
	started, err := a.store.CreateWorkload(context.Background(), actor, workload, questionnaires[0].SHA256, nil)
	if err != nil {
		a.t.Fatal(err)
	}
	return started
}

// answer saves answers past the pages, each over whatever is stored.
func (a *application) answer(id string, answers map[string]assessment.Answer) {
	a.t.Helper()
	current, err := a.store.Current(context.Background(), id)
	if err != nil {
		a.t.Fatal(err)
	}
	var saves []assessment.SaveAnswer
	for practice, answer := range answers {
		saves = append(saves, assessment.SaveAnswer{Practice: practice, Version: current.State.Answer(practice).Version, Answer: answer})
	}
	if _, err := a.store.SaveAnswers(context.Background(), a.ines(), id, saves); err != nil {
		a.t.Fatal(err)
	}
}

// stored returns what the database holds for a practice.
func (a *application) stored(id, practice string) assessment.SavedAnswer {
	a.t.Helper()
	current, err := a.store.Current(context.Background(), id)
	if err != nil {
		a.t.Fatal(err)
	}
	return current.State.Answer(practice)
}

// saves counts how often an answer to a practice was stored.
func (a *application) saves(id, practice string) int {
	a.t.Helper()
	events, err := a.store.Events(context.Background(), id, 0, 10000)
	if err != nil {
		a.t.Fatal(err)
	}
	count := 0
	for _, event := range events {
		if event.Subject == practice {
			count++
		}
	}
	return count
}

// reviewed creates an assessment with some answers, which make the tradeoff t05 live.
func (a *application) reviewed(name string) string {
	a.t.Helper()
	id := a.newAssessment(name).ID
	a.answer(id, map[string]assessment.Answer{
		"rel-01.p1":  {Status: assessment.Adopted, Note: "In the wiki,\nsince May."},
		"rel-01.p2":  {Status: assessment.Partial},
		"rel-01.p3":  {Status: assessment.NotApplicable, Reason: "Hosted by the vendor"},
		"rel-01.p4":  {Status: assessment.Absent, Evidence: []assessment.Link{{Title: "Audit", URL: "https://example.com/audit"}}},
		"rel-04.p6":  {Status: assessment.Adopted},
		"perf-02.p4": {Status: assessment.Adopted},
		"cost-03.p1": {Status: assessment.Absent},
	})
	return id
}

// decide records a decision on a tradeoff that has none.
func (a *application) decide(id, tradeoff string) {
	a.t.Helper()
	today := assessment.DateOf(time.Now().UTC())
	decision := assessment.Decision{Tradeoff: tradeoff, Choice: assessment.Mitigate, Rationale: "Idle nodes cost less than a late model.",
		Owner: inesName, Date: today, Mitigations: []string{"Retest each quarter."}}
	if _, err := a.store.SaveDecision(context.Background(), a.ines(), id, decision); err != nil {
		a.t.Fatal(err)
	}
}

// snapshot takes a snapshot and returns its id.
func (a *application) snapshot(id, title string) string {
	a.t.Helper()
	info, err := a.store.TakeSnapshot(context.Background(), a.ines(), id, title, "")
	if err != nil {
		a.t.Fatal(err)
	}
	return info.ID
}

// plan gives an item of the plan another owner.
func (a *application) plan(id, practice, owner string) {
	a.t.Helper()
	current, err := a.store.Current(context.Background(), id)
	if err != nil {
		a.t.Fatal(err)
	}
	item := current.State.Plan[practice]
	item.Owner = owner
	if _, err := a.store.SavePlanItem(context.Background(), a.ines(), id, item); err != nil {
		a.t.Fatal(err)
	}
}

// rename gives the workload of an assessment another name.
func (a *application) rename(id, name string) {
	a.t.Helper()
	current, err := a.store.Current(context.Background(), id)
	if err != nil {
		a.t.Fatal(err)
	}
	workload := current.State.Workload
	workload.Name = name
	if _, err := a.store.UpdateWorkload(context.Background(), a.ines(), workload); err != nil {
		a.t.Fatal(err)
	}
}
