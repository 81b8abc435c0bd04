package webtest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"plumbline/assessment/access"
	"plumbline/web/page"
)

const API = "/api/v1"

// Program asks the API with a token, and holds every answer against the description that the server gives.
type Program struct {
	*App
	Secret string
	Routes routers.Router
}

// Reply is what came back, read whole.
type Reply struct {
	t      testing.TB
	Status int
	Header http.Header
	Body   []byte
}

// Program returns one with a token of testEmail.
func (a *App) Program(scope access.TokenScope) *Program {
	a.T.Helper()
	return a.ProgramOf(a.Actor(), scope)
}

func (a *App) ProgramOf(actor access.Actor, scope access.TokenScope) *Program {
	a.T.Helper()
	secret := "plb_" + page.NewToken()
	a.NewToken(actor, secret, scope)
	return &Program{App: a, Secret: secret, Routes: a.Described()}
}

func (a *App) NewToken(actor access.Actor, secret string, scope access.TokenScope) access.Token {
	a.T.Helper()
	name := "Pipeline"
	earlier, err := a.Store.Tokens(context.Background(), actor.User.ID)
	if err != nil {
		a.T.Fatal(err)
	}
	if len(earlier) > 0 {
		name += " " + strconv.Itoa(len(earlier)+1)
	}
	token, err := a.Store.CreateToken(context.Background(), actor, access.Token{Hash: page.HashToken(secret), Name: name,
		Scope: scope, ExpiresAt: a.Now().Add(24 * time.Hour)})
	if err != nil {
		a.T.Fatal(err)
	}
	return token
}

// Described reads the description of the API and checks that it is a valid one.
func (a *App) Described() routers.Router {
	a.T.Helper()
	got := a.Browser().Get(API + "/openapi.json")
	if got.Status != http.StatusOK || got.Header.Get("Content-Type") != "application/openapi+json" {
		a.T.Fatalf("status %d, %s", got.Status, got.Header.Get("Content-Type"))
	}
	document, err := openapi3.NewLoader().LoadFromData([]byte(got.Body))
	if err != nil {
		a.T.Fatal(err)
	}
	if err := document.Validate(context.Background()); err != nil {
		a.T.Fatal(err)
	}
	routes, err := gorillamux.NewRouter(document)
	if err != nil {
		a.T.Fatal(err)
	}
	return routes
}

func (p *Program) Get(path string) Reply { return p.Ask(http.MethodGet, path, nil) }

// Ask sends a request with a body, which is text as it is or anything else as JSON, and pairs of headers.
func (p *Program) Ask(method, path string, body any, headers ...string) Reply {
	p.T.Helper()
	var text []byte
	switch body := body.(type) {
	case nil:
	case string:
		text = []byte(body)
	default:
		text, _ = json.Marshal(body)
	}
	request, err := http.NewRequestWithContext(context.Background(), method, p.Server.URL+API+path, bytes.NewReader(text))
	if err != nil {
		p.T.Fatal(err)
	}
	if p.Secret != "" {
		request.Header.Set("Authorization", "Bearer "+p.Secret)
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		p.T.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	got := Reply{t: p.T, Status: response.StatusCode, Header: response.Header}
	if got.Body, err = io.ReadAll(response.Body); err != nil {
		p.T.Fatal(err)
	}
	request.Body = io.NopCloser(bytes.NewReader(text))
	p.hold(request, got)
	return got
}

// hold checks a reply against the description of the API, and the request too where it was answered.
func (p *Program) hold(request *http.Request, got Reply) {
	p.T.Helper()
	route, params, err := p.Routes.FindRoute(request)
	if err != nil {
		if got.Status != http.StatusNotFound && got.Status != http.StatusMethodNotAllowed {
			p.T.Errorf("%s %s is answered with %d, but not described", request.Method, request.URL.Path, got.Status)
		}
		got.Problem()
		return
	}
	options := &openapi3filter.Options{IncludeResponseStatus: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}
	asked := &openapi3filter.RequestValidationInput{Request: request, PathParams: params, Route: route, Options: options}
	if got.Status < http.StatusBadRequest {
		if err := openapi3filter.ValidateRequest(context.Background(), asked); err != nil {
			p.T.Errorf("%s %s is answered, but the description refuses it: %v", request.Method, request.URL, err)
		}
	}
	answered := &openapi3filter.ResponseValidationInput{RequestValidationInput: asked, Status: got.Status, Header: got.Header, Options: options}
	if err := openapi3filter.ValidateResponse(context.Background(), answered.SetBodyBytes(got.Body)); err != nil {
		p.T.Errorf("%s %s: %d is not as described: %v", request.Method, request.URL, got.Status, err)
	}
}

// problem is what a reply says is wrong.
type problem struct {
	Title, Code, Detail, Instance string
	Status                        int
	Errors                        []struct{ Location, Message string }
	Conflicts                     []struct {
		Practice      string
		Stored, Yours struct {
			Status, Note string
			Version      int
		}
	}
}

func (r Reply) Problem() problem {
	r.t.Helper()
	var p problem
	r.Into(&p)
	if got := r.Header.Get("Content-Type"); got != "application/problem+json" {
		r.t.Errorf("a problem is sent as %q", got)
	}
	if p.Status != r.Status || p.Title != http.StatusText(r.Status) || !strings.HasPrefix(p.Instance, "urn:plumbline:request:") || p.Detail == "" {
		r.t.Errorf("the problem of a %d is %+v", r.Status, p)
	}
	return p
}

func (r Reply) Into(v any) {
	r.t.Helper()
	if err := json.Unmarshal(r.Body, v); err != nil {
		r.t.Fatalf("%v in %.200s", err, r.Body)
	}
}

func (r Reply) Want(status int) Reply {
	r.t.Helper()
	if r.Status != status {
		r.t.Fatalf("status %d, want %d: %.300s", r.Status, status, r.Body)
	}
	return r
}
