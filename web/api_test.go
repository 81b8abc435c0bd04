package web_test

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

	"plumbline/assessment"
	"plumbline/web"
)

const api = "/api/v1"

// program asks the API with a token, and holds every answer against the description that the server gives.
type program struct {
	*app
	secret string
	routes routers.Router
}

// reply is what came back, read whole.
type reply struct {
	t      testing.TB
	status int
	header http.Header
	body   []byte
}

// program returns one with a token of testEmail.
func (a *app) program(scope assessment.TokenScope) *program {
	a.t.Helper()
	return a.programOf(a.actor(), scope)
}

func (a *app) programOf(actor assessment.Actor, scope assessment.TokenScope) *program {
	a.t.Helper()
	secret := "plb_" + web.NewToken()
	a.newToken(actor, secret, scope)
	return &program{app: a, secret: secret, routes: a.described()}
}

func (a *app) newToken(actor assessment.Actor, secret string, scope assessment.TokenScope) assessment.Token {
	a.t.Helper()
	name := "Pipeline"
	earlier, err := a.store.Tokens(context.Background(), actor.User.ID)
	if err != nil {
		a.t.Fatal(err)
	}
	if len(earlier) > 0 {
		name += " " + strconv.Itoa(len(earlier)+1)
	}
	token, err := a.store.CreateToken(context.Background(), actor, assessment.Token{Hash: web.HashToken(secret), Name: name,
		Scope: scope, ExpiresAt: a.now.Add(24 * time.Hour)})
	if err != nil {
		a.t.Fatal(err)
	}
	return token
}

// described reads the description of the API and checks that it is a valid one.
func (a *app) described() routers.Router {
	a.t.Helper()
	got := a.browser().get(api + "/openapi.json")
	if got.status != http.StatusOK || got.header.Get("Content-Type") != "application/openapi+json" {
		a.t.Fatalf("status %d, %s", got.status, got.header.Get("Content-Type"))
	}
	document, err := openapi3.NewLoader().LoadFromData([]byte(got.body))
	if err != nil {
		a.t.Fatal(err)
	}
	if err := document.Validate(context.Background()); err != nil {
		a.t.Fatal(err)
	}
	routes, err := gorillamux.NewRouter(document)
	if err != nil {
		a.t.Fatal(err)
	}
	return routes
}

func (p *program) get(path string) reply { return p.ask(http.MethodGet, path, nil) }

// ask sends a request with a body, which is text as it is or anything else as JSON, and pairs of headers.
func (p *program) ask(method, path string, body any, headers ...string) reply {
	p.t.Helper()
	var text []byte
	switch body := body.(type) {
	case nil:
	case string:
		text = []byte(body)
	default:
		text, _ = json.Marshal(body)
	}
	request, err := http.NewRequestWithContext(context.Background(), method, p.server.URL+api+path, bytes.NewReader(text))
	if err != nil {
		p.t.Fatal(err)
	}
	if p.secret != "" {
		request.Header.Set("Authorization", "Bearer "+p.secret)
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	got := reply{t: p.t, status: response.StatusCode, header: response.Header}
	if got.body, err = io.ReadAll(response.Body); err != nil {
		p.t.Fatal(err)
	}
	request.Body = io.NopCloser(bytes.NewReader(text))
	p.hold(request, got)
	return got
}

// hold checks a reply against the description of the API, and the request too where it was answered.
func (p *program) hold(request *http.Request, got reply) {
	p.t.Helper()
	route, params, err := p.routes.FindRoute(request)
	if err != nil {
		if got.status != http.StatusNotFound && got.status != http.StatusMethodNotAllowed {
			p.t.Errorf("%s %s is answered with %d, but not described", request.Method, request.URL.Path, got.status)
		}
		got.problem()
		return
	}
	options := &openapi3filter.Options{IncludeResponseStatus: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}
	asked := &openapi3filter.RequestValidationInput{Request: request, PathParams: params, Route: route, Options: options}
	if got.status < http.StatusBadRequest {
		if err := openapi3filter.ValidateRequest(context.Background(), asked); err != nil {
			p.t.Errorf("%s %s is answered, but the description refuses it: %v", request.Method, request.URL, err)
		}
	}
	answered := &openapi3filter.ResponseValidationInput{RequestValidationInput: asked, Status: got.status, Header: got.header, Options: options}
	if err := openapi3filter.ValidateResponse(context.Background(), answered.SetBodyBytes(got.body)); err != nil {
		p.t.Errorf("%s %s: %d is not as described: %v", request.Method, request.URL, got.status, err)
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

func (r reply) problem() problem {
	r.t.Helper()
	var p problem
	r.into(&p)
	if got := r.header.Get("Content-Type"); got != "application/problem+json" {
		r.t.Errorf("a problem is sent as %q", got)
	}
	if p.Status != r.status || p.Title != http.StatusText(r.status) || !strings.HasPrefix(p.Instance, "urn:plumbline:request:") || p.Detail == "" {
		r.t.Errorf("the problem of a %d is %+v", r.status, p)
	}
	return p
}

func (r reply) into(v any) {
	r.t.Helper()
	if err := json.Unmarshal(r.body, v); err != nil {
		r.t.Fatalf("%v in %.200s", err, r.body)
	}
}

func (r reply) want(status int) reply {
	r.t.Helper()
	if r.status != status {
		r.t.Fatalf("status %d, want %d: %.300s", r.status, status, r.body)
	}
	return r
}

func TestDescription(t *testing.T) {
	a := newEmptyApp(t)
	a.described()
	b := a.browser()
	inYAML := b.get(api + "/openapi.yaml")
	if inYAML.status != http.StatusOK || !strings.HasPrefix(inYAML.body, "components:") {
		t.Errorf("status %d: %.40q", inYAML.status, inYAML.body)
	}
	again := b.do(http.MethodGet, api+"/openapi.yaml", nil, http.Header{"If-None-Match": {inYAML.header.Get("ETag")}})
	if again.status != http.StatusNotModified {
		t.Errorf("status %d, want 304", again.status)
	}
}
