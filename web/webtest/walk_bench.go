package webtest

import (
	"io"
	"net/http/httptest"
	"net/url"
	"strings"
)

// Request asks the handler itself, as the signed-in browser would.
func (b *Browser) Request(method, path string, form url.Values) *httptest.ResponseRecorder {
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r := httptest.NewRequest(method, path, body)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Hx-Request", "true")
	}
	address, err := url.Parse(b.Server.URL)
	if err != nil {
		b.T.Fatal(err)
	}
	for _, cookie := range b.Client.Jar.Cookies(address) {
		r.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	b.Server.Config.Handler.ServeHTTP(w, r)
	return w
}
