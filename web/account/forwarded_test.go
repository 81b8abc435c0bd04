package account_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"plumbline/web"
	"plumbline/web/webtest"
)

// TestForwardedAddresses signs in with an X-Forwarded-For that claims something: it is believed from a named proxy
// only, and of what came before that, nothing.
func TestForwardedAddresses(t *testing.T) {
	tests := map[string]struct {
		proxies []string
		want    string
	}{
		"without a proxy":  {nil, "127.0.0.1"},
		"from the proxy":   {[]string{"127.0.0.0/8"}, "203.0.113.7"},
		"from beside it":   {[]string{"10.0.0.0/8"}, "127.0.0.1"},
		"through a second": {[]string{"127.0.0.0/8", "203.0.113.0/24"}, "198.51.100.1"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a := webtest.NewApp(t)
			handler, err := web.New(web.Options{Store: a.Store, SessionKey: webtest.SessionKey, Insecure: true, Proxies: test.proxies})
			if err != nil {
				t.Fatal(err)
			}
			a.Server = httptest.NewServer(handler)
			t.Cleanup(a.Server.Close)
			form := url.Values{"email": {webtest.TestEmail}, "password": {webtest.TestPassword}}
			a.Browser().Do(http.MethodPost, "/login", form, http.Header{"X-Forwarded-For": {"198.51.100.1, 203.0.113.7"}})
			sessions, err := a.Store.SessionsOf(t.Context(), a.Actor().User.ID)
			if err != nil || len(sessions) != 1 || sessions[0].Address != test.want {
				t.Errorf("got %+v, %v; want one from %s", sessions, err, test.want)
			}
		})
	}
}
