package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	huma "github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	chi "github.com/go-chi/chi/v5"

	"plumbline/assessment"
	"plumbline/web/page"
)

const (
	apiVersion = "1.0.0"

	mediaJSON    = "application/json"
	mediaProblem = "application/problem+json"

	bodyPatience = 30 * time.Second // for the whole body of a request
)

// jsonAPI is what programs ask, as rows for the table of routes, with its description in OpenAPI.
type jsonAPI struct {
	huma.API
	rows []page.Route
}

func newAPI(h *handlers) *jsonAPI {
	a := &jsonAPI{}
	a.API = huma.NewAPI(apiConfig(), &apiAdapter{Adapter: humachi.NewAdapter(chi.NewRouter()), api: a, heavy: h.Heavy})
	a.schemas().RegisterTypeAlias(reflect.TypeFor[huma.ErrorModel](), reflect.TypeFor[apiProblem]())
	a.schemas().RegisterTypeAlias(reflect.TypeFor[assessment.PullsJSON](), reflect.TypeFor[apiPulls]())
	h.workloadOperations(a)
	h.answerOperations(a)
	h.facetOperations(a)
	h.snapshotOperations(a)
	h.reportOperations(a)
	h.gateOperation(a)
	a.describe()
	return a
}

// describe adds the rows that answer with the description of the API.
func (a *jsonAPI) describe() {
	a.rows = append(a.rows,
		page.Get(page.APIPrefix+"/openapi.json", page.Faceless, page.MaxForm, unchanging("application/openapi+json", a.inJSON)),
		page.Get(page.APIPrefix+"/openapi.yaml", page.Faceless, page.MaxForm, unchanging("application/openapi+yaml", a.inYAML)))
}

func (a *jsonAPI) inJSON() ([]byte, error) {
	document, err := json.Marshal(a.OpenAPI())
	if err != nil {
		return nil, fmt.Errorf("describe the API: %w", err)
	}
	return document, nil
}

func (a *jsonAPI) inYAML() ([]byte, error) {
	document, err := a.OpenAPI().YAML()
	if err != nil {
		return nil, fmt.Errorf("describe the API in YAML: %w", err)
	}
	return document, nil
}

// unchanging answers with a document that is the same until the program is another. It is written when somebody asks
// for it first: few installations are ever asked.
func unchanging(media string, write func() ([]byte, error)) page.Handler {
	written := sync.OnceValues(write)
	return func(w http.ResponseWriter, r *http.Request) error {
		document, err := written()
		if err != nil {
			return err
		}
		header := w.Header()
		header.Set("Content-Type", media)
		header.Set("Cache-Control", "no-cache")
		header.Set("ETag", `"`+assessment.Hash(document)+`"`)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(document))
		return nil
	}
}

func apiConfig() huma.Config {
	format := huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: strictJSON}
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title:   "Plumbline",
				Version: apiVersion,
				Description: "Use Plumbline from a pipeline: read scores, answer practices, create snapshots, download reports " +
					"and fail builds. Each request needs a token, which people create on the API tokens page, and can do " +
					"what that person can do. The rate limit is 120 requests per minute for each person.",
			},
			Servers:  []*huma.Server{{URL: "/"}},
			Security: []map[string][]string{{"token": {}}},
			Components: &huma.Components{
				Schemas: huma.NewMapRegistry("#/components/schemas/", schemaName),
				SecuritySchemes: map[string]*huma.SecurityScheme{
					"token": {Type: "http", Scheme: "bearer", Description: "An API token, plb_…"},
				},
			},
		},
		Formats:                      map[string]huma.Format{mediaJSON: format, "json": format},
		DefaultFormat:                mediaJSON,
		RejectUnknownQueryParameters: true,
		Transformers:                 []huma.Transformer{asProblem},
	}
}

// schemaName names a type in the description: apiWorkload is Workload there, and ScoreJSON is Score.
func schemaName(t reflect.Type, hint string) string {
	return strings.TrimSuffix(strings.TrimPrefix(huma.DefaultSchemaNamer(t, hint), "Api"), "JSON")
}

// strictJSON reads JSON, and refuses bytes that are not UTF-8 instead of replacing them.
func strictJSON(data []byte, into any) error {
	if !utf8.Valid(data) {
		return errors.New("the body is not valid UTF-8")
	}
	return json.Unmarshal(data, into)
}

// apiAdapter puts operations into the table of routes instead of a router of their own, so that the policy is asked in
// the one place where it is asked for pages.
type apiAdapter struct {
	huma.Adapter
	api   *jsonAPI
	heavy func(page.Handler) page.Handler
}

// What an operation keeps for the table: who may use it, and whether it is let in by the gate for heavy work.
const (
	keyAccess = "access"
	keyHeavy  = "heavy"
)

var heavy = map[string]any{keyHeavy: true}

// Handle adds an operation to the table.
func (a *apiAdapter) Handle(op *huma.Operation, answer func(huma.Context)) {
	access, _ := op.Metadata[keyAccess].(page.Access)
	handler := func(w http.ResponseWriter, r *http.Request) error {
		if err := boundedBody(r); err != nil {
			return err
		}
		answer(humachi.NewContext(op, r, w))
		return nil
	}
	if op.Metadata[keyHeavy] != nil {
		handler = a.heavy(handler)
	}
	a.api.rows = append(a.api.rows, page.Route{Method: op.Method, Pattern: op.Path, Access: access.ByToken(), Limit: op.MaxBodyBytes,
		Handler: handler})
}

// operation adds an operation: who may use it, what is said about it, and what answers it.
func operation[I, O any](h *handlers, a *jsonAPI, access page.Access, op huma.Operation,
	answer func(ctx context.Context, v *page.Visitor, in *I) (*O, error)) {
	op.Path = page.APIPrefix + op.Path
	op.Metadata = map[string]any{keyAccess: access, keyHeavy: op.Metadata[keyHeavy]}
	op.BodyReadTimeout = bodyPatience
	if op.MaxBodyBytes == 0 {
		op.MaxBodyBytes = page.MaxForm
	}
	op.Errors = append(op.Errors, possibleErrors(op.Method)...)
	huma.Register(a.API, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := answer(ctx, page.VisitorIn(ctx), in)
		if err != nil {
			return nil, h.problem(ctx, err)
		}
		return out, nil
	})
}

// possibleErrors lists the statuses of the errors that any operation of a method can end with.
func possibleErrors(method string) []int {
	all := []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusUnprocessableEntity,
		http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable}
	if method != http.MethodGet {
		all = append(all, http.StatusBadRequest, http.StatusRequestTimeout, http.StatusRequestEntityTooLarge,
			http.StatusUnsupportedMediaType, http.StatusInsufficientStorage)
	}
	return all
}

func (a *jsonAPI) schemas() huma.Registry { return a.OpenAPI().Components.Schemas }

// alternative describes a second status with which an operation can end, with a body of type T.
func alternative[T any](a *jsonAPI, says string) *huma.Response {
	schema := a.schemas().Schema(reflect.TypeFor[T](), true, "")
	return &huma.Response{Description: says, Content: map[string]*huma.MediaType{mediaJSON: {Schema: schema}}}
}

// file is an answer that is a document of its own.
type file struct {
	Body func(huma.Context)
}

// fileResponse describes an answer that is a document of its own.
func fileResponse(media, says string, schema *huma.Schema) map[string]*huma.Response {
	tag := &huma.Param{Description: "SHA-256 of the document, in quotes", Schema: &huma.Schema{Type: huma.TypeString}}
	return map[string]*huma.Response{
		"200": {Description: says, Content: map[string]*huma.MediaType{media: {Schema: schema}}, Headers: map[string]*huma.Param{"ETag": tag}},
		"304": {Description: "The document matches If-None-Match"},
	}
}

// fileAnswer answers an operation with a document of its own.
func fileAnswer(d page.Download) *file {
	return &file{func(ctx huma.Context) {
		r, w := humachi.Unwrap(ctx)
		page.ServeDocument(w, r, d)
	}}
}
