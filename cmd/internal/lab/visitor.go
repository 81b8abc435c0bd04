package lab

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"plumbline/templates"
)

// Visitor is somebody at a server.
type Visitor struct {
	Address string // host and port of the server
	Client  *http.Client
	Cookie  string      // of their session, empty without one
	Header  http.Header // sent with each request
}

// Reply is an answer of the server, read whole.
type Reply struct {
	Status int
	Header http.Header
	Body   string
}

// ClientFrom returns a client whose connections come from a loopback address. It follows no redirects.
func ClientFrom(address string) *http.Client {
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}, Timeout: Patience}
	return &http.Client{
		Timeout:       2 * time.Minute,
		Transport:     &http.Transport{DialContext: dialer.DialContext, MaxIdleConnsPerHost: 200},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Get asks for a page.
func (v Visitor) Get(ctx context.Context, path string) (Reply, error) {
	return v.do(ctx, http.MethodGet, path, nil)
}

// Page returns the body of a page. An answer other than 200 is an error.
func (v Visitor) Page(ctx context.Context, path string) (string, error) {
	got, err := v.Get(ctx, path)
	if err == nil && got.Status != http.StatusOK {
		err = fmt.Errorf("GET %s was answered with status %d", path, got.Status)
	}
	return got.Body, err
}

// Post sends a form as a page without scripts does.
func (v Visitor) Post(ctx context.Context, path string, form url.Values) (Reply, error) {
	return v.do(ctx, http.MethodPost, path, form)
}

// Live sends a form as the pages' script does.
func (v Visitor) Live(ctx context.Context, path string, form url.Values) (Reply, error) {
	v.Header = http.Header{"Hx-Request": {"true"}}
	return v.do(ctx, http.MethodPost, path, form)
}

// SignIn tries a password.
func (v Visitor) SignIn(ctx context.Context, email, password string) (Reply, error) {
	return v.Post(ctx, templates.SignInURL, url.Values{"email": {email}, "password": {password}})
}

func (v Visitor) do(ctx context.Context, method, path string, form url.Values) (Reply, error) {
	request, err := v.Request(ctx, method, path, strings.NewReader(form.Encode()))
	if err != nil {
		return Reply{}, err
	}
	response, err := v.Client.Do(request)
	if err != nil {
		return Reply{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return Reply{response.StatusCode, response.Header, string(body)}, err
}

// Request returns a request that the visitor has not sent yet; the body of a POST is a form.
func (v Visitor) Request(ctx context.Context, method, path string, body io.Reader) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, method, "http://"+v.Address+path, body)
	if err != nil {
		return nil, err
	}
	if v.Header != nil {
		request.Header = v.Header.Clone()
	}
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if v.Cookie != "" {
		request.Header.Set("Cookie", v.Cookie)
	}
	return request, nil
}
