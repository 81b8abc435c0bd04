package main

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// visitor is somebody at a server, signed in where there is a cookie.
type visitor struct {
	server *server
	client *http.Client
	cookie string
	header http.Header
}

// reply is an answer of the server, read whole.
type reply struct {
	status int
	header http.Header
	body   string
}

// visit returns one of the example's people at a server.
func (s *server) visit(p person) visitor { return visitor{server: s, client: s.http, cookie: p.cookie} }

// stranger returns somebody without a session who comes from a loopback address.
func (s *server) stranger(address string) visitor {
	return visitor{server: s, client: clientFrom(address)}
}

func (v visitor) get(ctx context.Context, path string) (reply, error) {
	return v.do(ctx, http.MethodGet, path, nil)
}

// post sends a form as a page without scripts does.
func (v visitor) post(ctx context.Context, path string, form url.Values) (reply, error) {
	return v.do(ctx, http.MethodPost, path, form)
}

// live sends a form as the pages' script does.
func (v visitor) live(ctx context.Context, path string, form url.Values) (reply, error) {
	v.header = http.Header{"Hx-Request": {"true"}}
	return v.do(ctx, http.MethodPost, path, form)
}

// signIn tries a password.
func (v visitor) signIn(ctx context.Context, email, password string) (reply, error) {
	return v.post(ctx, "/login", url.Values{"email": {email}, "password": {password}})
}

func (v visitor) do(ctx context.Context, method, path string, form url.Values) (reply, error) {
	request, err := v.request(ctx, method, path, strings.NewReader(form.Encode()))
	if err != nil {
		return reply{}, err
	}
	response, err := v.client.Do(request)
	if err != nil {
		return reply{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return reply{response.StatusCode, response.Header, string(body)}, err
}

func (v visitor) request(ctx context.Context, method, path string, body io.Reader) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, method, "http://"+v.server.address+path, body)
	if err != nil {
		return nil, err
	}
	if v.header != nil {
		request.Header = v.header.Clone()
	}
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if v.cookie != "" {
		request.Header.Set("Cookie", v.cookie)
	}
	return request, nil
}
