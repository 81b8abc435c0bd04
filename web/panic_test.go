package web_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"plumbline/web"
	"plumbline/web/webtest"
)

// panickingStore is a store with a fault that nobody thought of.
type panickingStore struct {
	web.Store
	fault any
}

func (p *panickingStore) UserCount(ctx context.Context) (int, error) {
	if p.fault != nil {
		panic(p.fault)
	}
	return p.Store.UserCount(ctx)
}

func TestPanic(t *testing.T) {
	a := webtest.NewApp(t)
	var log bytes.Buffer
	store := &panickingStore{a.Store, "index out of range: secret"}
	handler, err := web.New(web.Options{Store: store, SessionKey: webtest.SessionKey, Insecure: true, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	a.Server = httptest.NewServer(handler)
	t.Cleanup(a.Server.Close)
	got := a.Browser().Get("/login")
	number := got.Page.Find("dd code").Text()
	if got.Status != http.StatusInternalServerError || number == "" || got.Header.Get("Content-Security-Policy") == "" {
		t.Errorf("status %d with number %q", got.Status, number)
	}
	for _, inner := range []string{"secret", "goroutine", ".go:", "panic"} {
		if strings.Contains(got.Body, inner) {
			t.Errorf("the page shows %q", inner)
		}
	}
	if text := log.String(); !strings.Contains(text, "request="+number) || !strings.Contains(text, "secret") || !strings.Contains(text, "goroutine") {
		t.Errorf("the log does not have number, fault and stack: %s", text)
	}
	store.fault = nil
	if got := a.Browser().Get("/login"); got.Status != http.StatusOK {
		t.Errorf("afterwards: status %d", got.Status)
	}
}
