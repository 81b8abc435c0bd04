package web_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"plumbline/assessment/access"
	"plumbline/web"
	"plumbline/web/webtest"
)

// TestReachedInAnotherWay comes twice through a proxy with TLS: the log says once which setting is missing.
func TestReachedInAnotherWay(t *testing.T) {
	header := http.Header{"X-Forwarded-For": {"203.0.113.7"}, "X-Forwarded-Proto": {"https"}}
	a := webtest.NewApp(t)
	for name, test := range map[string]struct {
		options  web.Options
		header   http.Header
		url, via int
	}{
		"told nothing":    {web.Options{Insecure: true}, header, 1, 1},
		"by Forwarded":    {web.Options{Insecure: true}, http.Header{"Forwarded": {"for=203.0.113.7;proto=https"}}, 1, 1},
		"by Origin":       {web.Options{Insecure: true}, http.Header{"Origin": {"https://reviews.example.com"}}, 1, 0},
		"told the proxy":  {web.Options{Insecure: true, Proxies: []string{"127.0.0.1/32"}}, header, 1, 0},
		"told the url":    {web.Options{Origin: "https://reviews.example.com"}, header, 0, 1},
		"reached as told": {web.Options{Insecure: true}, nil, 0, 0},
	} {
		var log bytes.Buffer
		test.options.Store, test.options.SessionKey, test.options.Logger = a.Store, webtest.SessionKey, slog.New(slog.NewTextHandler(&log, nil))
		handler, err := web.New(test.options)
		if err != nil {
			t.Fatal(err)
		}
		a.Server = httptest.NewServer(handler)
		for range 2 {
			a.Browser().Do(http.MethodGet, "/login", nil, test.header)
		}
		a.Server.Close()
		if url, via := strings.Count(log.String(), "--url"), strings.Count(log.String(), "--trusted-proxy"); url != test.url || via != test.via {
			t.Errorf("%s: --url is named %d times, --trusted-proxy %d times: %s", name, url, via, log.String())
		}
	}
}

// TestAdministratorsAreToldOfMissingSettings comes through a proxy with TLS that the server does not know: its
// administrators read on their pages which settings are missing, nobody else does.
func TestAdministratorsAreToldOfMissingSettings(t *testing.T) {
	c := webtest.NewCompany(t)
	told := func(kind int) string { return c.Browsers[kind].Get("/teams").Page.Find(".notice[role=note]").Text() }
	if says := told(webtest.Admin); says != "" {
		t.Errorf("before any such request: %s", says)
	}
	c.Browser().Do(http.MethodGet, "/login", nil, http.Header{"X-Forwarded-For": {"203.0.113.7"}, "X-Forwarded-Proto": {"https"}})
	if says := told(webtest.Admin); !strings.Contains(says, "--url") || !strings.Contains(says, "--trusted-proxy") {
		t.Errorf("an administrator reads %q", says)
	}
	if says := told(webtest.Lead); says != "" {
		t.Errorf("a lead reads %q", says)
	}
}

// TestAdministratorsAreToldOfTheServer shows what the server itself says beside what requests show.
func TestAdministratorsAreToldOfTheServer(t *testing.T) {
	a, _ := webtest.NewApp(t).Streaming(web.Options{Advice: func() []string { return []string{"Entry 7 does not fit."} }}, webtest.AsItIs)
	told := func(b *webtest.Browser) string { return b.Get("/teams").Page.Find(".notice[role=note]").Text() }
	if says := told(a.SignedIn()); says != "Entry 7 does not fit." {
		t.Errorf("an administrator reads %q", says)
	}
	if says := told(a.SignedInWith(access.Lead)); says != "" {
		t.Errorf("a lead reads %q", says)
	}
}
