package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"plumbline/web"
	"plumbline/web/webtest"
)

// noted is an observer that remembers.
type noted struct{ requests []string }

func (n *noted) Requested(route, method string, status int, _ time.Duration) {
	n.requests = append(n.requests, fmt.Sprint(method, " ", route, " ", status))
}

func (n *noted) Drew(time.Duration, error) {}

func TestLogHasRoutesAndIDsOnly(t *testing.T) {
	a := webtest.NewApp(t)
	id := a.NewSmallAssessment().ID
	var log bytes.Buffer
	seen := &noted{}
	handler, err := web.New(web.Options{Store: a.Store, SessionKey: webtest.SessionKey, Insecure: true, Observer: seen,
		Logger: slog.New(slog.NewJSONHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ method, path, wantRoute, wantMethod, wantID string }{
		{"GET", "/assessments/" + id + "?secret=1", "/assessments/{assessment}", "GET", id},
		{"GET", "/assessments/mei-secret@example.com", "/assessments/{assessment}", "GET", ""},
		{"GET", "/nowhere/secret", "none", "GET", ""},
		{"SECRET", "/login", "none", "other", ""},
		{"DELETE", "/login", "none", "DELETE", ""},
		{"GET", "/static/secret.css", "/static/*", "GET", ""},
		{"GET", "/reset?token=secret", "/reset", "GET", ""},
	}
	for _, test := range tests {
		log.Reset()
		handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), test.method, test.path, nil))
		var line struct{ Request, Method, Route, Assessment string }
		if err := json.Unmarshal(log.Bytes(), &line); err != nil {
			t.Fatalf("%s: %v", log.String(), err)
		}
		if line.Route != test.wantRoute || line.Method != test.wantMethod || line.Assessment != test.wantID || line.Request == "" {
			t.Errorf("%s %s is logged as %+v", test.method, test.path, line)
		}
		if strings.Contains(strings.ToLower(log.String()), "secret") {
			t.Errorf("%s %s leaves a secret in the log: %s", test.method, test.path, log.String())
		}
	}
	want := []string{"GET /assessments/{assessment} 303", "GET /assessments/{assessment} 303", "GET none 404", "other none 405",
		"DELETE none 405", "GET /static/* 404", "GET /reset 404"}
	if !slices.Equal(seen.requests, want) {
		t.Errorf("observed %q, want %q", seen.requests, want)
	}
}

// silentStore is a store whose database does not answer.
type silentStore struct{ web.Store }

func (silentStore) Ready(context.Context) error { return errors.New("secret: the disk is gone") }

func TestReadiness(t *testing.T) {
	a := webtest.NewApp(t)
	if got := a.Browser().Get("/readyz"); got.Status != http.StatusOK || got.Body != "ok\n" {
		t.Errorf("ready: %d %q", got.Status, got.Body)
	}
	var log bytes.Buffer
	handler, err := web.New(web.Options{Store: silentStore{a.Store}, SessionKey: webtest.SessionKey, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{"/readyz": http.StatusServiceUnavailable, "/healthz": http.StatusOK} {
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		if answer.Code != want || strings.Contains(answer.Body.String(), "secret") {
			t.Errorf("%s: %d %q, want %d", path, answer.Code, answer.Body, want)
		}
	}
	if !strings.Contains(log.String(), "the disk is gone") {
		t.Errorf("the log does not say why: %s", log.String())
	}
}
